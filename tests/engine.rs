//! The engine suite: what every engine promises, held against a plain scan of the units.
//!
//! The scan knows nothing of tantivy, shelves or segmentation: it folds the text of each node and looks.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "tests stop at the first surprise")]

use std::collections::BTreeSet;

use celan::document::Document;
use celan::document::locator::DocumentId;
use celan::index::Index;
use celan::query::{self, Query};
use celan::search::{Details, Engine, Match, Proposal, Request, Response};
use celan::text::fold::{fold, folded};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

mod common;
use common::{document, plan};

fn literal(text: &str) -> Request {
    Request::of(Query::literal(text))
}

fn typed(text: &str) -> Request {
    Request::of(query::parse(text))
}

/// The plain scan: the units of a document, folded once.
struct Scan<'document> {
    document: &'document Document,
    units: Vec<(usize, String)>,
}

impl<'document> Scan<'document> {
    fn of(document: &'document Document) -> Self {
        let units = document.walk().map(|(index, node)| (index.0, folded(document.unit_text(node)))).collect();
        Self { document, units }
    }

    /// Node and number of occurrences of every unit that contains the string, by looking.
    fn find(&self, string: &str) -> BTreeSet<(usize, usize)> {
        let needle = folded(string);
        let counts = self.units.iter().map(|(node, unit)| (*node, unit.matches(&needle).count()));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// Recall and precision 1, true totals, and highlights that mark the string and nothing else.
    fn assert_complete(&self, index: &Index, string: &str) {
        let response = index.search(&literal(string)).unwrap();
        let expected = self.find(string);
        let found: BTreeSet<_> = response.hits.iter().map(|hit| (hit.node.0, hit.highlights.len())).collect();
        assert_eq!(found, expected, "units and places for {string:?}");
        assert_eq!(response.total, expected.len(), "total for {string:?}");
        assert_eq!(response.occurrences, expected.iter().map(|(_, count)| count).sum::<usize>(), "occurrences of {string:?}");
        for hit in &response.hits {
            let text = self.document.unit_text(self.document.node(hit.node).unwrap());
            for place in &hit.highlights {
                assert_eq!(folded(&text[place.clone()]), folded(string), "highlight in {text}");
            }
        }
    }
}

fn substrings(document: &Document) -> impl Strategy<Value = String> + use<> {
    let units: Vec<Vec<char>> = document
        .walk()
        .map(|(_, node)| fold(document.unit_text(node)).text.chars().collect::<Vec<_>>())
        .filter(|characters| !characters.is_empty())
        .collect();
    (0..units.len(), any::<prop::sample::Index>(), 1..=8_usize).prop_map(move |(unit, start, length)| {
        let characters = &units[unit];
        let start = start.index(characters.len());
        characters.iter().skip(start).take(length).collect()
    })
}

#[test]
fn every_single_character_of_the_plan_is_found_wherever_it_stands() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let characters: BTreeSet<char> = plan.text.chars().filter(|character| !character.is_whitespace()).collect();
    assert!(characters.len() > 1000);
    let scan = Scan::of(&plan);
    for character in characters {
        scan.assert_complete(&index, &character.to_string());
    }
}

#[test]
fn six_thousand_substrings_of_the_plan_are_found_wherever_they_stand() {
    let plan = plan();
    let small = Index::in_memory([&plan]).unwrap();
    let scan = Scan::of(&plan);
    let config = Config { cases: 6000, rng_seed: RngSeed::Fixed(57), ..Config::default() };
    proptest!(config, |(string in substrings(&plan))| {
        prop_assume!(!folded(&string).is_empty());
        scan.assert_complete(&small, &string);
    });
}

#[test]
fn bigrams_propose_what_the_scan_finds() {
    let plan = plan();
    let large = Index::in_memory([&plan, &common::filler()]).unwrap();
    let scan = Scan::of(&plan);
    let scope = Some(celan::search::Scope { document: plan.id.clone(), address: celan::document::locator::Address::default() });
    let config = Config { cases: 1500, rng_seed: RngSeed::Fixed(2021), ..Config::default() };
    proptest!(config, |(string in substrings(&plan))| {
        prop_assume!(!folded(&string).is_empty());
        let response = large.search(&Request { scope: scope.clone(), ..literal(&string) }).unwrap();
        let found: BTreeSet<_> = response.hits.iter().map(|hit| (hit.node.0, hit.highlights.len())).collect();
        prop_assert_eq!(found, scan.find(&string), "{}", string);
    });
}

#[test]
fn what_is_known_of_frequent_strings_beforehand_is_what_a_full_search_finds() {
    let plan = plan();
    let index = Index::in_memory(copies(&plan, 24).iter()).unwrap();
    let strings = ["的", "发展", "企业", "外贸", "贸易", "进出口", "产业", "湖南", "建设", "开放型经济", "跨境电商", "，", "2"];
    let frequent = strings.iter().filter(|string| is_known_as_found(&index, &literal(string))).count();
    assert!(frequent >= 7, "only {frequent} answers were known beforehand");
}

#[test]
fn what_is_known_beforehand_holds_in_all_figures() {
    let lines = (0..400).map(|number| match number % 40 {
        0 => format!("第{number}号，依照第2条办理。"),
        1 => format!("第{number}号，第2条与第二条，第2条。"),
        2 => "依照第三条办理。".repeat(number % 7 + 1),
        _ => format!("第{number}号，依照第二条办理{}", "，从严掌握。".repeat(number % 9)),
    });
    let figures = document("条文.txt", &lines.collect::<Vec<_>>().join("\n\n"));
    let index = Index::in_memory([&common::filler(), &figures]).unwrap();
    assert!(is_known_as_found(&index, &typed("第二条")));
    assert!(is_known_as_found(&index, &typed("第2条")));
    // Too seldom in either figures.
    assert!(!is_known_as_found(&index, &typed("第三条")));
}

/// Whether the twenty best were known beforehand; the answer is that of a full search in any case.
fn is_known_as_found(index: &Index, request: &Request) -> bool {
    let all = index.search(&Request { details: Details { facets: true, explanation: false }, ..request.clone() }).unwrap();
    assert!(all.total > 0, "{request:?}");
    let known = [1, 64, 20].map(|limit| {
        let details = Details { facets: false, explanation: true };
        let best = index.search(&Request { limit: Some(limit), details, ..request.clone() }).unwrap();
        assert_eq!((best.total, best.occurrences), (all.total, all.occurrences), "{request:?}");
        assert_eq!(best.hits, all.hits[..limit.min(all.total)], "{request:?} {limit}");
        best.explanation.unwrap().proposed_by == Proposal::Frequent
    });
    known[2]
}

/// The document under so many names.
fn copies(document: &Document, count: usize) -> Vec<Document> {
    let copy = |number| Document { id: DocumentId::new(&format!("copy-{number:02}")), ..document.clone() };
    (0..count).map(copy).collect()
}

#[test]
fn every_word_of_the_plan_is_found_wherever_it_stands() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let segmenter = celan::text::segment::Segmenter::full();
    let words: BTreeSet<String> = plan
        .walk()
        .flat_map(|(_, node)| {
            let text = folded(plan.unit_text(node));
            segmenter.words(&text).into_iter().map(|word| text[word].to_owned()).collect::<Vec<_>>()
        })
        .filter(|word| !word.trim().is_empty())
        .collect();
    assert!(words.len() > 2500, "{} words", words.len());
    let scan = Scan::of(&plan);
    for word in words {
        scan.assert_complete(&index, &word);
    }
}

#[test]
fn a_string_across_title_and_body_of_a_unit_is_found() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let response = index.search(&typed("易货贸易试点。完善")).unwrap();
    assert_eq!(addresses(&plan, &response), ["4.3.4"]);
}

#[test]
fn whole_words_come_before_crossings_and_titles_before_bodies() {
    let text = "一、与境外贸易伙伴往来\n\n深化与境外贸易伙伴的合作。\n\n二、综合\n\n支持外贸企业发展。\n\n三、外贸\n\n其他。\n";
    let document = document("order.txt", text);
    let index = Index::in_memory([&document]).unwrap();
    let response = index.search(&typed("外贸")).unwrap();
    assert_eq!(addresses(&document, &response), ["3", "2.p1", "1", "1.p1"]);
    let matched: Vec<_> = response.hits.iter().map(|hit| hit.matched).collect();
    assert_eq!(matched, [Match::Word, Match::Word, Match::Crossing, Match::Crossing]);
}

#[test]
fn several_terms_must_all_occur_and_quotation_marks_hold_together() {
    let text = "一、甲\n\n外贸 企业与 RCEP。\n\n二、乙\n\n企业外贸。\n\n三、丙\n\n外贸。\n";
    let document = document("terms.txt", text);
    let index = Index::in_memory([&document]).unwrap();
    let found = |query: &str| {
        let mut found = addresses(&document, &index.search(&typed(query)).unwrap());
        found.sort();
        found
    };
    assert_eq!(found("外贸　企业"), ["1.p1", "2.p1"]);
    assert_eq!(found("“外贸企业”"), ["1.p1"]);
    assert_eq!(found("企业 ｒｃｅｐ"), ["1.p1"]);
    assert_eq!(found("外贸 没有"), [""; 0]);
}

#[test]
fn a_scope_leaves_its_subtree_only() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let all = index.search(&typed("贸易")).unwrap();
    let scope = celan::search::Scope { document: plan.id.clone(), address: "4.3".parse().unwrap() };
    let within = index.search(&Request { scope: Some(scope), ..typed("贸易") }).unwrap();
    let expected: BTreeSet<_> = addresses(&plan, &all).into_iter().filter(|address| address.starts_with("4.3")).collect();
    assert!(!expected.is_empty() && within.total < all.total);
    assert_eq!(addresses(&plan, &within).into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_limit_leaves_the_totals_and_the_order_alone() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let all = index.search(&typed("开放")).unwrap();
    let few = index.search(&Request { limit: Some(5), ..typed("开放") }).unwrap();
    assert_eq!((few.total, few.occurrences), (all.total, all.occurrences));
    assert_eq!(few.hits, all.hits[..5]);
    assert_eq!(index.search(&Request { limit: Some(0), ..typed("开放") }).unwrap().hits, []);
}

#[test]
fn where_nothing_is_found_units_with_some_of_the_words_are_kept_apart() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let response = index.search(&typed("易货贸易航天员")).unwrap();
    assert_eq!((response.total, response.occurrences, response.hits.len()), (0, 0, 0));
    assert!(addresses_of(&plan, &response.related).contains(&"4.3.4".to_owned()));
    assert!(response.related.iter().all(|hit| hit.matched == Match::Any && !hit.highlights.is_empty()));
}

#[test]
fn cells_of_a_row_are_kept_apart() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    assert_eq!(addresses(&plan, &index.search(&typed("对外贸易依存度")).unwrap()), ["2.3.t1.r4"]);
    assert_eq!(index.search(&typed("个预期性")).unwrap().total, 0);
    assert_eq!(index.search(&typed("487584")).unwrap().total, 0);
}

proptest! {
    #[test]
    fn nothing_typed_is_an_error_and_highlights_lie_on_characters(query in "\\PC{0,24}", text in "\\PC{0,200}") {
        let document = document("any.txt", &text);
        let index = Index::in_memory([&document]).unwrap();
        let response = index.search(&typed(&query)).unwrap();
        for hit in response.hits.iter().chain(&response.related) {
            let unit = document.unit_text(document.node(hit.node).unwrap());
            for place in &hit.highlights {
                prop_assert!(unit.get(place.clone()).is_some_and(|marked| !marked.is_empty()));
            }
        }
    }

    #[test]
    fn any_substring_of_any_text_is_found(text in "[一二、（）a-zA ０１“”\\n\\t。外贸易𠮷]{1,80}", cut in any::<(prop::sample::Index, prop::sample::Index)>()) {
        let document = document("any.txt", &text);
        let index = Index::in_memory([&document]).unwrap();
        let units: Vec<_> = document.walk().map(|(_, node)| folded(document.unit_text(node))).filter(|unit| !unit.is_empty()).collect();
        prop_assume!(!units.is_empty());
        let characters: Vec<char> = units[cut.0.index(units.len())].chars().collect();
        let start = cut.1.index(characters.len());
        let string: String = characters[start..].iter().take(5).collect();
        prop_assume!(!folded(&string).is_empty() && !string.contains('\t'));
        Scan::of(&document).assert_complete(&index, &string);
    }
}

fn addresses(document: &Document, response: &Response) -> Vec<String> {
    addresses_of(document, &response.hits)
}

fn addresses_of(document: &Document, hits: &[celan::search::Hit]) -> Vec<String> {
    hits.iter().map(|hit| document.node(hit.node).unwrap().address.to_string()).collect()
}
