//! Libraries of made-up documents: each is read as it was made, and what is built of many is the same however it was come by.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "scale/making.rs"]
mod making;
#[path = "scale/words.rs"]
mod words;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use celan::corpus::Corpus;
use celan::document::locator::DocumentId;
use celan::document::metadata::Source;
use celan::library::{Added, Library};
use celan::query;
use celan::search::Request;
use celan::{extract, structure};
use tempfile::TempDir;

#[test]
fn made_up_documents_are_read_exactly_as_they_were_made() {
    let running = ["front", "paragraph"];
    for number in 0..120 {
        let made = making::make(7, number);
        let raw = extract::extract(made.text.as_bytes()).unwrap().value;
        let read = structure::structure(raw, Source { file: made.name.clone(), ..Source::default() });
        let document = read.value;
        let outline = document.nodes.iter().map(|node| (node.kind.name(), node.label.clone(), node.title.clone()));
        let outline: Vec<_> = outline.filter(|(kind, _, _)| !running.contains(kind)).collect();
        let same = outline.iter().zip(&made.outline).take_while(|(found, made)| found == made).count();
        let differing = (outline.get(same), made.outline.get(same));
        assert!(outline == made.outline, "{}: {same} alike, then (found, made) {differing:?}\n{}", made.name, made.text);
        assert_eq!((document.id.as_str(), &document.metadata.title), (made.id.as_str(), &made.title));
        assert_eq!(document.indicators.len(), made.indicators, "{}", made.name);
        assert_eq!(read.diagnostics, [], "{}", made.name);
    }
}

/// A folder of made-up documents, and an empty library.
fn made_up(count: usize) -> (TempDir, PathBuf, PathBuf) {
    let keep = tempfile::tempdir().unwrap();
    let (files, library) = (keep.path().join("files"), keep.path().join("library"));
    fs::create_dir_all(&files).unwrap();
    for number in 0..count {
        let made = making::make(11, number);
        fs::write(files.join(&made.name), &made.text).unwrap();
    }
    Corpus::create(&library, &[]).unwrap();
    (keep, files, library)
}

fn counts(library: &Library) -> Vec<usize> {
    let typed = ["试点", "保障措施", "数字经济", "的", "第一章 总体要求", "没有的话"];
    typed.iter().map(|typed| library.search(&Request::of(query::parse(typed))).unwrap().total).collect()
}

fn bytes_of(folder: &Path) -> u64 {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

#[test]
fn what_was_added_before_an_interruption_stays_and_only_the_rest_is_added_again() {
    let (_keep, files, path) = made_up(12);
    let mut library = Library::open(&path).unwrap().value;
    let adding = catch_unwind(AssertUnwindSafe(|| {
        library.add_in_steps(&[&files], Duration::ZERO, &mut |done, _| assert!(done < 7, "the power fails"))
    }));
    assert!(adding.is_err());
    drop(library);

    let opened = Library::open(&path).unwrap();
    assert_eq!(opened.diagnostics, [], "the index knows what is in corpus/");
    let mut library = opened.value;
    assert_eq!(library.listings().len(), 7);
    let added = library.add(&[&files], &mut |_, _| {}).unwrap();
    let is_new: Vec<bool> = added.iter().map(|(_, added)| matches!(added, Added::New { .. })).collect();
    assert_eq!(is_new, (0..12).map(|number| number >= 7).collect::<Vec<_>>());

    let (_keep, files, path) = made_up(12);
    let mut at_once = Library::open(&path).unwrap().value;
    at_once.add(&[&files], &mut |_, _| {}).unwrap();
    assert_eq!(library.listings().len(), at_once.listings().len());
    assert_eq!(counts(&library), counts(&at_once));
    assert!(counts(&library)[0] > 0);
}

#[test]
fn what_has_gone_takes_no_more_room_than_what_is_there() {
    let (keep, files, path) = made_up(14);
    let mut library = Library::open(&path).unwrap().value;
    library.add(&[&files], &mut |_, _| {}).unwrap();
    let old: Vec<DocumentId> = library.listings().iter().map(|listing| listing.id.clone()).collect();
    // A small shelf that stays stands after the large one, of which everything goes.
    let young = making::make(12, 20);
    let file = keep.path().join(&young.name);
    fs::write(&file, &young.text).unwrap();
    library.add(&[&file], &mut |_, _| {}).unwrap();
    let (index, expected) = (path.join("index"), counts(&library));
    let full = bytes_of(&index);
    for id in &old {
        library.remove(id).unwrap();
    }
    assert!(bytes_of(&index) < full / 2, "{} of {full}", bytes_of(&index));
    assert_eq!(library.listings().len(), 1);
    library.add(&[&files], &mut |_, _| {}).unwrap();
    for _ in 0..10 {
        library.remove(&old[3]).unwrap();
        library.add(&[&files], &mut |_, _| {}).unwrap();
    }
    assert!(bytes_of(&index) < full * 2, "{} of {full}", bytes_of(&index));
    assert_eq!(counts(&library), expected);
}
