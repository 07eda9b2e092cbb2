//! Shelves that are written while the next ones are made.

use std::fs;
use std::path::Path;
use std::time::Duration;

use celan::document::Document;
use celan::document::locator::DocumentId;
use celan::index::{IndexError, Writer, WriterLock};
use celan::query;
use celan::search::{Details, Engine, Proposal, Request, Response};

use crate::disk::{change, open, shelves};
use crate::documents::{bulk, small};

/// Adds documents in one commit, a shelf for every so many bytes; the files named `in_the_way` cannot be written.
fn add(folder: &Path, shelf_bytes: usize, in_the_way: &[&str]) -> Result<(), IndexError> {
    let lock = WriterLock::take(folder, Duration::from_secs(5)).unwrap();
    let mut writer = Writer::begin(&lock, 0, &[])?.with_shelves_of(shelf_bytes);
    for file in in_the_way {
        fs::create_dir(folder.join(file)).unwrap();
    }
    for document in small().into_iter().chain(bulk()) {
        writer.add(&document)?;
    }
    writer.commit("")
}

/// Adds documents in one commit, a shelf for every so many bytes.
fn add_all(folder: &Path, documents: &[Document], shelf_bytes: usize) -> Result<(), IndexError> {
    let lock = WriterLock::take(folder, Duration::from_secs(5)).unwrap();
    let mut writer = Writer::begin(&lock, 0, &[])?.with_shelves_of(shelf_bytes);
    documents.iter().try_for_each(|document| writer.add(document))?;
    writer.commit("")
}

fn search(folder: &Path, typed: &str) -> Response {
    open(folder).search(&Request { limit: Some(20), ..Request::of(query::parse(typed)) }).unwrap()
}

#[test]
fn many_shelves_answer_as_one_does() {
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    change(one.path(), &[], &[small(), bulk()].concat(), 0);
    add(many.path(), 1 << 16, &[]).unwrap();
    assert_eq!(shelves(one.path()), 1);
    assert!(shelves(many.path()) > 8, "{}", shelves(many.path()));
    for typed in ["外贸", "易货贸易", "𠮷林", "电商 -农村", "没有的话", "标题:外贸"] {
        assert_eq!(search(many.path(), typed), search(one.path(), typed), "{typed}");
    }
}

#[test]
fn what_several_shelves_know_beforehand_is_what_a_full_search_finds() {
    // The same texts twice: the best of one shelf and of another stand equal.
    let folder = tempfile::tempdir().unwrap();
    let again = |document: Document| Document { id: DocumentId::new(&format!("a-{}", document.id)), ..document };
    let documents: Vec<_> = bulk().into_iter().chain(bulk().into_iter().map(again)).chain(small()).collect();
    add_all(folder.path(), &documents, 3_000_000).unwrap();
    assert_eq!(shelves(folder.path()), 2);
    let index = open(folder.path());
    let mut known = 0;
    for typed in ["外贸", "电商", "，", "外贸，", "境外贸易的", "贸易", "天", "易货贸易", "第3章"] {
        let request = Request::of(query::parse(typed));
        let all = index.search(&Request { details: Details { facets: true, explanation: false }, ..request.clone() }).unwrap();
        for limit in [0, 1, 7, 20, 64] {
            let details = Details { facets: false, explanation: true };
            let best = index.search(&Request { limit: Some(limit), details, ..request.clone() }).unwrap();
            assert_eq!((best.total, best.occurrences), (all.total, all.occurrences), "{typed}");
            assert_eq!(best.hits, all.hits[..limit.min(all.total)], "{typed} {limit}");
            known += usize::from(best.explanation.unwrap().proposed_by == Proposal::Frequent);
        }
    }
    assert!(known >= 30, "only {known} answers were known beforehand");
}

#[test]
fn what_the_disk_refuses_while_the_next_shelf_is_made_is_told() {
    // The first shelf is written in between, the last by the commit.
    for (shelf_bytes, refused) in [(1 << 16, "shelf-000001.bin"), (1 << 16, "shelf-000002.bin"), (1 << 30, "shelf-000001.bin")] {
        let folder = tempfile::tempdir().unwrap();
        let error = add(folder.path(), shelf_bytes, &[refused]).unwrap_err().to_string();
        assert!(error.contains(refused), "{error}");
    }
}

#[test]
fn who_gives_up_leaves_nothing_that_is_still_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let lock = WriterLock::take(folder.path(), Duration::from_secs(5)).unwrap();
    let mut writer = Writer::begin(&lock, 0, &[]).unwrap().with_shelves_of(1 << 16);
    for document in bulk() {
        writer.add(&document).unwrap();
    }
    drop(writer);
    // The sums that close a file are the last of it to be written.
    let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let written: Vec<_> = files.filter(|file| file.extension().is_some_and(|extension| extension == "bin")).collect();
    assert!(written.len() > 8, "{written:?}");
    assert!(written.iter().all(|file| fs::read(file).unwrap().ends_with(b"cls3")));
    drop(lock);
    add(folder.path(), 1 << 20, &[]).unwrap();
    assert!(search(folder.path(), "外贸").total > 1000, "and nothing stands in the way of the next");
}
