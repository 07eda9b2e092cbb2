//! The table of folding against the rules and lists that it was made from.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use celan::text::fold::folded;

#[path = "folding/rules.rs"]
mod rules;

const LISTS: [&str; 2] = [include_str!("../src/text/fold/simplified.txt"), include_str!("../src/text/fold/variants.txt")];

#[test]
fn the_table_is_what_the_rules_make() {
    let made = rules::table(&rules::ideographs(&LISTS));
    assert!(
        made == include_bytes!("../src/text/fold/table.bin"),
        "run `cargo run --example make-folding`, and raise FOLDING_VERSION"
    );
}

#[test]
fn every_character_of_unicode_folds_by_its_rule() {
    let ideographs = rules::ideographs(&LISTS);
    for character in '\0'..=char::MAX {
        let expected = match rules::rule(character, &ideographs) {
            rules::Rule::Dropped | rules::Rule::WhiteSpace => String::new(),
            rules::Rule::Text(folded) => folded,
        };
        assert_eq!(folded(&character.to_string()), expected, "{character:?}");
    }
}

/// The plan is simplified throughout: none of its ideographs may change.
#[test]
fn a_simplified_plan_keeps_every_ideograph() {
    let plan = include_str!("../corpus/湖南省“十四五”商务和开放型经济发展规划.txt");
    let ideographs = |text: &str| text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')).collect::<String>();
    assert_eq!(ideographs(&folded(plan)), ideographs(plan));
}
