//! The relevance table of the built-in plan is sound, and search does not rank worse than it did.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "relevance/judging.rs"]
mod judging;

use std::collections::BTreeSet;

use celan::corpus::{BUILT_IN, BUILT_IN_NAME};
use celan::library::Library;

use judging::{Figures, KINDS};

const TABLE: &str = include_str!("relevance.tsv");

/// Just under what was measured last; raised as search improves, never lowered.
const MRR_FLOOR: f64 = 0.91;
/// The same for recall.
const RECALL_FLOOR: f64 = 0.91;

fn library() -> Library {
    Library::in_memory(&[(BUILT_IN_NAME, BUILT_IN)]).unwrap().value
}

#[test]
fn every_answer_of_the_table_stands_in_the_plan() {
    let library = library();
    let document = library.document(&library.listings()[0].id).unwrap();
    let missing: Vec<String> = judging::read(TABLE)
        .unwrap()
        .iter()
        .flat_map(|judged| judged.answers.iter().chain(&judged.acceptable).map(move |address| (judged, address)))
        .filter(|(_, address)| document.find(address).is_none())
        .map(|(judged, address)| format!("{}: {address}", judged.query))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_table_is_wide_enough() {
    let table = judging::read(TABLE).unwrap();
    let answered: Vec<_> = table.iter().filter(|judged| !judged.answers.is_empty()).collect();
    assert!(answered.len() >= 120, "{} queries with an answer", answered.len());
    assert!(table.len() - answered.len() >= 8, "too few queries without an answer");
    let kinds: BTreeSet<&str> = answered.iter().map(|judged| judged.kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(KINDS));
    let chapters: BTreeSet<String> =
        answered.iter().flat_map(|judged| &judged.answers).filter_map(|address| Some(address.0.first()?.to_string())).collect();
    for chapter in (1..=10).map(|chapter| chapter.to_string()) {
        assert!(chapters.contains(&chapter), "no answer in chapter {chapter}");
    }
}

#[test]
fn a_table_that_is_wrong_is_refused_with_the_line() {
    let refused = |table: &str| judging::read(table).map(|_| ()).unwrap_err();
    assert_eq!(refused("# remark\n外贸\tterm\t4"), "line 2: 3 columns instead of 4");
    assert_eq!(refused("外贸\tword\t4\t"), "line 1: no such kind: word");
    assert_eq!(refused("外贸\tterm\t4\t\n外贸\tterm\t4\t"), "line 2: 外贸 stands twice");
    assert_eq!(refused("外贸\tterm\t4.p1?\t"), "line 1: 外贸 has no full answer");
    assert_eq!(refused("外贸\tterm\t4.q\t"), "line 1: `q` is no step of an address such as 4.3.4, a17.2.3 or 2.3.t1.r5");
}

#[test]
fn the_measures_count_the_first_answer_and_the_share_of_answers() {
    let table = judging::read("外贸\tterm\t4 4.1 4.2.p1?\t").unwrap();
    let ranked = |addresses: &[&str]| addresses.iter().map(|address| address.parse().unwrap()).collect::<Vec<_>>();
    let figures = |addresses: &[&str]| {
        let mut figures = Figures::default();
        figures.add(&table[0], &ranked(addresses));
        (figures.mrr(), figures.recall())
    };
    assert_eq!(figures(&["4", "4.1"]), (1.0, 1.0));
    assert_eq!(figures(&["3", "4.2.p1"]), (0.5, 0.0));
    assert_eq!(figures(&["3", "5", "6", "4.1"]), (0.25, 0.5));
    assert_eq!(figures(&["1", "2", "3", "5", "6", "7", "8", "9", "10", "1.1", "4"]), (0.0, 0.0));
}

#[test]
fn where_the_plan_has_no_answer_search_says_so() {
    let library = library();
    let table = judging::read(TABLE).unwrap();
    let without = table.iter().filter(|judged| judged.answers.is_empty()).map(|judged| judged.query.as_str());
    let invented: Vec<&str> = without.filter(|query| !judging::says_nothing(&library, query).unwrap()).collect();
    assert_eq!(invented, Vec::<&str>::new());
}

#[test]
fn search_ranks_no_worse_than_before() {
    let library = library();
    let mut figures = Figures::default();
    for judged in judging::read(TABLE).unwrap().iter().filter(|judged| !judged.answers.is_empty()) {
        figures.add(judged, &judging::ranked(&library, &judged.query).unwrap());
    }
    assert!(figures.mrr() >= MRR_FLOOR, "MRR@10 {:.3} is below {MRR_FLOOR}", figures.mrr());
    assert!(figures.recall() >= RECALL_FLOOR, "recall@10 {:.3} is below {RECALL_FLOOR}", figures.recall());
}
