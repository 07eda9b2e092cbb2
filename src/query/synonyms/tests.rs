//! Tests of synonyms: the shipped table itself, and the forms of terms.

use super::*;

fn forms_by(synonyms: &Synonyms, term: &str) -> Vec<String> {
    synonyms.of(&fold::folded(term)).into_iter().map(|form| form.text).collect()
}

fn forms(term: &str) -> Vec<String> {
    forms_by(&Synonyms::concerning(&[&fold::folded(term)], []), term)
}

#[test]
fn the_table_is_in_order() {
    let lines: Vec<&str> = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(lines.len() >= 150);
    let mut seen = BTreeSet::new();
    for line in lines {
        let members: Vec<&str> = line.split('\t').collect();
        assert!(members.len() >= 2, "{line}");
        for member in members {
            assert_eq!(member, member.trim(), "{line}");
            assert!(member.chars().count() >= 2, "{line}");
            let ideographs: String = member.chars().filter(|character| is_ideograph(*character)).collect();
            assert_eq!(fold::folded(&ideographs), ideographs, "{member} has to be written with the characters it folds to");
            let first = |text: &str| text.chars().next().filter(|first| is_ideograph(*first));
            assert_eq!(first(&fold::folded(member)), first(member), "{member} has to begin as it does when folded");
            assert!(seen.insert(fold::folded(member)), "{member} stands in two groups, or twice in one");
        }
    }
}

#[test]
fn the_lines_for_a_term_are_all_that_have_a_form_in_it() {
    for term in ["自贸区和综保区", "rcep协定", "RCEP", "人均gdp", "\u{201C}一带一路\u{201D}", "5g", "电商", "", "#"]
    {
        let term = fold::folded(term);
        let concerns = |line: &&str| line.split('\t').any(|member| stands_in(member, &[&term]));
        let expected: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).filter(concerns).collect();
        assert_eq!(lines_for(&[&term]).filter(concerns).collect::<Vec<_>>(), expected, "{term}");
    }
}

#[test]
fn full_and_short_forms_stand_for_each_other() {
    assert_eq!(forms("自贸区"), ["自由贸易试验区", "自贸试验区"]);
    assert_eq!(forms("自由贸易试验区"), ["自贸试验区", "自贸区"]);
    assert_eq!(forms("ＲＣＥＰ"), ["区域全面经济伙伴关系协定", "RCEP协定"]);
    assert_eq!(forms("国家发改委"), ["国家发展和改革委员会", "国家发展改革委"]);
    assert_eq!(forms("丝绸之路经济带和21世纪海上丝绸之路"), ["“一带一路”"]);
    assert_eq!(forms("易货贸易"), [""; 0]);
    assert_eq!(forms(""), [""; 0]);
    assert_eq!(forms("𠮷野家"), [""; 0]);
}

#[test]
fn a_member_is_changed_within_a_longer_term() {
    assert_eq!(forms("湖南自贸试验区"), ["湖南自由贸易试验区", "湖南自贸区"]);
    assert_eq!(forms("电商产业园"), ["电子商务产业园"]);
    assert_eq!(forms("中国（湖南）自由贸易试验区"), ["中国(湖南)自贸试验区", "中国(湖南)自贸区"]);
    assert_eq!(forms("跨境电商"), ["跨境电子商务"]);
    assert_eq!(forms("跨境电商与外贸"), ["跨境电商与对外贸易", "跨境电子商务与外贸", "跨境电子商务与对外贸易"]);
    assert_eq!(forms("RCEP协定"), ["区域全面经济伙伴关系协定", "RCEP"]);
}

#[test]
fn what_stands_there_by_accident_is_left_alone() {
    // 境外|贸易, not 境|外贸|易.
    assert_eq!(forms("境外贸易"), [""; 0]);
    // The short form within its own long one.
    assert_eq!(forms("对外贸易"), ["外贸"]);
    // Latin letters go on.
    assert_eq!(forms("gdpr"), [""; 0]);
    assert_eq!(forms("ABCEP"), [""; 0]);
    assert_eq!(forms("人均GDP"), ["人均国内生产总值"]);
}

#[test]
fn the_user_and_documents_add_groups_of_their_own() {
    let document = DocumentId::new("湘政办发-2021-57");
    let terms = ["电商", "网商", "湖南自贸试验区", "ab", "外贸和湖南自贸试验区"];
    let synonyms = Synonyms::concerning(
        &terms,
        [
            Group { members: vec!["网商".into(), "电商".into()], source: Source::User },
            Group {
                members: vec!["湖南自贸试验区".into(), "中国（湖南）自由贸易试验区".into()],
                source: Source::Document(document.clone()),
            },
            Group { members: vec!["ＡＢ".into(), "ab".into()], source: Source::User },
        ],
    );
    assert_eq!(forms_by(&synonyms, "电商"), ["网商", "电子商务"]);
    assert_eq!(synonyms.of("电商").first().map(|form| form.source.clone()), Some(Source::User));
    // Groups are not chained: 网商 is what the user says it is.
    assert_eq!(forms_by(&synonyms, "网商"), ["电商"]);
    let found = synonyms.of("湖南自贸试验区");
    let expected = Synonym {
        folded: "中国(湖南)自由贸易试验区".into(),
        text: "中国（湖南）自由贸易试验区".into(),
        source: Source::Document(document.clone()),
    };
    assert_eq!(found.first(), Some(&expected));
    assert_eq!(forms_by(&synonyms, "湖南自贸试验区"), ["中国（湖南）自由贸易试验区", "湖南自由贸易试验区", "湖南自贸区"]);
    assert_eq!(forms_by(&synonyms, "ab"), [""; 0]);
    // Where parts of several sources were changed, the most special is named.
    let both = synonyms.of("外贸和湖南自贸试验区");
    assert!(both.iter().any(|form| form.text.starts_with("对外贸易和中国（") && form.source == Source::Document(document.clone())));
}

#[test]
fn the_number_of_forms_is_bounded() {
    let found = forms("自贸区与发改委与经开区与外贸与电商");
    assert_eq!(found.len(), MOST_FORMS);
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>().len(), MOST_FORMS);
}

#[test]
fn the_forms_that_begin_with_a_character_are_known_where_they_stand() {
    let mut expected: Vec<(char, usize)> = Vec::new();
    let mut at = 0;
    for form in TABLE.split_inclusive(['\t', '\n']) {
        expected.extend(form.chars().next().filter(|first| is_ideograph(*first)).map(|first| (first, at)));
        at += form.len();
    }
    let places = |ideograph: char| FORMS.that_begin_with(ideograph).map(move |place| (ideograph, place));
    let mut found: Vec<(char, usize)> = ('\u{4E00}'..='\u{9FFF}').flat_map(places).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert!(expected.len() > 500);
    assert_eq!(found, expected);
    let line = |place: usize| TABLE.get(line_of(place)..).unwrap().lines().next().unwrap();
    assert!(found.iter().all(|(first, place)| line(*place).split('\t').any(|form| form.starts_with(*first))));
}
