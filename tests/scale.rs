//! Libraries of made-up documents: each is read as it was made, and what is built of many is the same however it was come by.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "scale/making.rs"]
mod making;
#[path = "scale/words.rs"]
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

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

/// Every file of a folder and those in it, with what the file system says of it.
fn files_of(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let (path, metadata) = entry.map(|entry| (entry.path(), entry.metadata().unwrap())).unwrap();
        if metadata.is_dir() {
            files.extend(files_of(&path));
        } else {
            files.insert(path, (metadata.len(), metadata.modified().unwrap()));
        }
    }
    files
}

/// The bytes of the files that are written when a document comes to a library of so many, and when it goes again.
fn written_for_one(count: usize) -> [u64; 2] {
    let (keep, files, path) = made_up(count);
    let mut library = Library::open(&path).unwrap().value;
    library.add(&[&files], &mut |_, _| {}).unwrap();
    let one = making::make(12, 20);
    let file = keep.path().join(&one.name);
    fs::write(&file, &one.text).unwrap();
    let mut written = |change: &dyn Fn(&mut Library)| {
        let before = files_of(&path);
        change(&mut library);
        let after = files_of(&path).into_iter();
        after.filter(|(path, seen)| before.get(path) != Some(seen)).map(|(_, (bytes, _))| bytes).sum()
    };
    let add = |library: &mut Library| assert_eq!(library.add(&[&file], &mut |_, _| {}).unwrap().len(), 1);
    let remove = |library: &mut Library| library.remove(&DocumentId::new(&one.id)).unwrap();
    [written(&add), written(&remove)]
}

#[test]
fn what_is_written_for_one_document_does_not_grow_with_the_library() {
    let (few, many) = (written_for_one(20), written_for_one(80));
    for (few, many) in few.into_iter().zip(many) {
        // The list of what has gone and of the shelves is a few digits longer.
        assert!(many < few + 200, "{many} bytes instead of {few}");
    }
    assert!(many[0] < 200_000 && many[1] < 5_000, "{many:?}");
}

#[test]
fn what_is_nowhere_is_told_from_what_is_whatever_has_gone() {
    let (_keep, files, path) = made_up(10);
    let mut library = Library::open(&path).unwrap().value;
    // Each on a shelf of its own, as far as they are not taken along.
    library.add_in_steps(&[&files], Duration::ZERO, &mut |_, _| {}).unwrap();
    let typed = |text: &str| Request { limit: Some(0), ..Request::of(query::parse(&format!("\"{text}\""))) };
    let titles: Vec<_> =
        (0..10).map(|number| making::make(11, number)).map(|made| (DocumentId::new(&made.id), made.title)).collect();
    for (gone, (id, _)) in titles.iter().enumerate().step_by(3) {
        library.remove(id).unwrap();
        for (number, (_, title)) in titles.iter().enumerate() {
            let answer = library.ask(typed(title)).unwrap();
            let is_there = number > gone || number % 3 != 0;
            let is_another = titles
                .iter()
                .enumerate()
                .any(|(other, (_, text))| text.contains(title.as_str()) && other != number && (other > gone || other % 3 != 0));
            assert_eq!(answer.absent.is_empty(), is_there || is_another, "{title} of {number} after {gone}");
        }
    }
}

/// What the allocator of a process has been told, while `celan add` is at work; `told` is what its environment says at the start.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn heaps_while_adding(files: &Path, library: &Path, told: Option<&str>) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_celan"));
    command.arg("--library").arg(library).arg("add").arg(files).stdout(Stdio::null()).stderr(Stdio::null());
    match told {
        Some(told) => command.env("MALLOC_ARENA_MAX", told),
        None => command.env_remove("MALLOC_ARENA_MAX"),
    };
    let mut adding = command.spawn().unwrap();
    let mut seen = Vec::new();
    let status = loop {
        let environment = fs::read(format!("/proc/{}/environ", adding.id())).unwrap_or_default();
        let variables = environment.split(|byte| *byte == 0).filter(|variable| variable.starts_with(b"MALLOC_"));
        seen.extend(variables.map(|variable| String::from_utf8_lossy(variable).into_owned()));
        seen.sort();
        seen.dedup();
        if let Some(status) = adding.try_wait().unwrap() {
            break status;
        }
    };
    assert!(status.success());
    seen
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn adding_takes_few_heaps_unless_somebody_knows_better() {
    let (_keep, files, library) = made_up(40);
    let heaps = std::thread::available_parallelism().unwrap().get() + 1;
    let told = [format!("MALLOC_ARENA_MAX={heaps}"), "MALLOC_TRIM_THRESHOLD_=1048576".to_owned()];
    assert_eq!(heaps_while_adding(&files, &library, None), told);
    assert_eq!(Library::open(&library).unwrap().value.listings().len(), 40);
    assert_eq!(heaps_while_adding(&files, &library, Some("7")), ["MALLOC_ARENA_MAX=7"]);
}
