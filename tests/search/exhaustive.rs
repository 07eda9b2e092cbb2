//! Nothing is missed and nothing invented: random queries, in libraries of every make, find what the reference finds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use celan::document::Document;
use celan::document::locator::{Address, DocumentId};
use celan::index::Index;
use celan::search::{Count, Details, Engine, Proposal, Request, Scope};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use crate::agreement::{assert_agrees, proposal};
use crate::common::{document, plan};
use crate::disk::{change, open, shelves};
use crate::documents::{bulk, small};
use crate::queries::{read, typed};
use crate::reference::Reference;

/// Small documents, the Hunan plan, and so much else that the index is asked instead of all texts.
static LARGE: LazyLock<Vec<Document>> = LazyLock::new(|| [small(), vec![plan()], bulk()].concat());

fn config(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(57), max_shrink_iters: 200, failure_persistence: None, ..Config::default() }
}

/// Everything, each document, and some places in them.
fn scopes(documents: &[Document]) -> Vec<Option<Scope>> {
    let scope = |document: &Document, address: Address| Some(Scope { document: document.id.clone(), address });
    let mut scopes = vec![None];
    for document in documents {
        scopes.push(scope(document, Address::default()));
        scopes.extend(document.walk().step_by(7).map(|(_, node)| scope(document, node.address.clone())));
    }
    scopes.push(Some(Scope { document: DocumentId::new("no-such"), address: Address::default() }));
    scopes.push(scope(&documents[0], "9.9.9".parse().unwrap()));
    scopes
}

#[test]
fn in_a_small_library_every_query_finds_what_the_reference_finds() {
    let documents = small();
    let index = Index::in_memory(&documents).unwrap();
    let reference = Reference::of(&documents);
    let scopes = scopes(&documents);
    proptest!(config(1000), |(typed in typed(&documents), scope in any::<prop::sample::Index>(), scoped in any::<bool>())| {
        let scope = scopes[if scoped { scope.index(scopes.len()) } else { 0 }].as_ref();
        assert_agrees(&index, &reference, &read(&typed), scope);
    });
}

#[test]
fn where_places_meet_and_sentences_end_the_counts_are_those_of_the_reference() {
    let documents = small();
    let index = Index::in_memory(&documents).unwrap();
    let reference = Reference::of(&documents);
    for typed in [
        "同句:(企业 。)",
        "同句:(往来 ！)",
        "同句:(？ 应当)",
        "近1:(企业 。)",
        "近0:(易货 货贸)",
        "近1:(应当 。)",
        "易货贸 货贸易",
        "易货贸|货贸易",
        "货贸易货贸易|易货",
        "外贸企业|外贸|企业",
        "(一|号",
        "标题:(易货贸|货贸易)",
        "正文:(易货贸|货贸易)",
        "同句:(易货贸 货贸易)",
        "m|²",
        "e|é",
        "-(外贸 企业) 外贸",
    ] {
        assert_agrees(&index, &reference, &read(typed), None);
    }
}

#[test]
fn overlapping_places_are_one_wherever_they_are_counted() {
    let document = document("overlap.txt", "一、甲\n\n易货贸易。货贸易货贸易。\n");
    let index = Index::in_memory([&document]).unwrap();
    let details = Details { facets: true, explanation: false };
    let response = index.search(&Request { details, ..Request::of(read("易货贸 货贸易")) }).unwrap();
    let marked: Vec<&str> = response
        .hits
        .iter()
        .flat_map(|hit| hit.highlights.iter().map(|place| &document.unit_text(&document.nodes[hit.node.0])[place.clone()]))
        .collect();
    assert_eq!(marked, ["易货贸易", "货贸易货贸易"]);
    assert_eq!(response.occurrences, 2);
    assert_eq!(response.facets.documents[0].1, Count { units: 1, occurrences: 2 });
    assert_eq!(response.facets.chapters[0].2, Count { units: 1, occurrences: 2 });
}

#[test]
fn in_the_hunan_plan_every_query_finds_what_the_reference_finds() {
    let documents = [plan()];
    let index = Index::in_memory(&documents).unwrap();
    let reference = Reference::of(&documents);
    proptest!(config(120), |(typed in typed(&documents))| {
        assert_agrees(&index, &reference, &read(&typed), None);
    });
}

#[test]
fn in_a_large_library_the_index_proposes_all_that_the_reference_finds() {
    let index = Index::in_memory(LARGE.iter()).unwrap();
    let reference = Reference::of(LARGE.iter());
    let scopes = scopes(&LARGE[..4]);
    let mut ways = BTreeMap::new();
    proptest!(config(30), |(typed in typed(&LARGE[..4]), scope in any::<prop::sample::Index>(), scoped in any::<bool>())| {
        let scope = scopes[if scoped { scope.index(scopes.len()) } else { 0 }].as_ref();
        assert_agrees(&index, &reference, &read(&typed), scope);
    });
    for typed in ["外贸", "的", "，", "电商", "外贸 企业", "𠮷林", "易货贸 货贸易", "标题:外贸", "“外贸”", "第三章", "创新 -农村"]
    {
        let query = read(typed);
        assert_agrees(&index, &reference, &query, None);
        *ways.entry(format!("{:?}", proposal(&index, &query))).or_insert(0) += 1;
    }
    let way = |way: Proposal| ways.get(&format!("{way:?}")).copied().unwrap_or_default();
    assert!(way(Proposal::Frequent) >= 4 && way(Proposal::Grams) >= 4, "{ways:?}");
}

#[test]
fn what_is_removed_and_put_in_again_over_many_commits_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let (few, bulk) = LARGE.split_at(4);
    change(folder.path(), &[], bulk, 0);
    change(folder.path(), &[], &few[3..], 0);
    change(folder.path(), &[], &few[..3], 0);
    assert!(shelves(folder.path()) > 2, "each commit has a shelf of its own");
    assert_all_agree(&open(folder.path()), LARGE.iter(), 6);

    // Some of every shelf goes; one comes back changed under its name.
    let changed = Document { id: few[1].id.clone(), ..few[2].clone() };
    change(folder.path(), &[&few[0], &few[1], &bulk[2], &bulk[7]], std::slice::from_ref(&changed), 0);
    let left = || LARGE.iter().filter(|document| ![&few[0].id, &few[1].id, &bulk[2].id, &bulk[7].id].contains(&&document.id));
    assert_all_agree(&open(folder.path()), left().chain([&changed]), 6);

    change(folder.path(), &[&changed], &[few[0].clone(), few[1].clone(), bulk[7].clone(), bulk[2].clone()], 0);
    assert_all_agree(&open(folder.path()), LARGE.iter(), 3);
}

fn assert_all_agree<'documents>(index: &Index, documents: impl Iterator<Item = &'documents Document>, cases: u32) {
    let reference = Reference::of(documents);
    for typed in ["外贸", "，", "电商", "𠮷", "类:条例 企业", "在:2.1 企业", "-年:2019 支持"] {
        assert_agrees(index, &reference, &read(typed), None);
    }
    proptest!(config(cases), |(typed in typed(&LARGE[..4]))| {
        assert_agrees(index, &reference, &read(&typed), None);
    });
}
