//! Many files at once: read side by side, taken up in order, and noticed in a large library without a look at each of them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use celan::corpus::Corpus;
use celan::diagnostic::{Bilingual, Diagnostic};
use celan::extract::ExtractError;
use celan::library::{Added, Extractor, File, InProcess, Library, Listing, Look, Reading};
use celan::query;
use celan::search::{Request, Response};
use tempfile::TempDir;

/// Reads in this process, with others of its kind or alone; breaks down on texts that speak of trouble.
#[derive(Debug, Clone, Copy)]
struct Reader {
    alone: bool,
}

impl Extractor for Reader {
    fn read(&mut self, file: File<'_>) -> Result<Reading, ExtractError> {
        let reading = file.read()?;
        let refused = || ExtractError::Said(Bilingual::new("读取出错", "broke down"));
        if reading.document.text.contains("麻烦") { Err(refused()) } else { Ok(reading) }
    }

    fn another(&self) -> Option<Box<dyn Extractor>> {
        if self.alone { None } else { Some(Box::new(*self)) }
    }
}

fn empty_library() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library");
    Corpus::create(&path, &[]).unwrap();
    (folder, path)
}

/// Notices of unequal length in two folders; some have the same name, some the same bytes, some the same 文号, some are bad.
fn write_notices(folder: &Path, count: usize) {
    for part in ["a", "b"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    for number in 0..count {
        let part = if number % 3 == 0 { "b" } else { "a" };
        let measures = "（一）推进易货贸易试点，试点第2项。\n\n".repeat(number % 9);
        let text = match number % 40 {
            7 => "一、麻烦\n\n此件读不出来。\n".to_owned(),
            11 => "关于同一事项的通知\n\n一、总体要求\n\n内容完全相同。\n".to_owned(),
            13 => format!("甲省商务厅\n关于第{number}号事项的通知\n甲商发〔2022〕5号\n\n一、总体要求\n\n编号为甲{number}乙。\n"),
            _ => format!(
                "关于第{number}号事项的通知\n\n一、总体要求\n\n{measures}编号为甲{number}乙。\n\n二、保障措施\n\n抓好落实。\n"
            ),
        };
        fs::write(folder.join(part).join(format!("notice-{}.txt", number % 60)), text).unwrap();
    }
}

fn answers(library: &Library) -> Vec<Response> {
    let typed = ["易货贸易", "试点", "易", "甲61乙", "推进 第2项", "内容完全相同", "甲商发〔2022〕5号", "没有的话"];
    typed.iter().map(|typed| library.search(&Request::of(query::parse(typed))).unwrap()).collect()
}

fn in_words(added: &[(PathBuf, Added)]) -> Vec<String> {
    added.iter().map(|(path, added)| format!("{:?} {added:?}", path.file_name())).collect()
}

#[test]
fn side_by_side_the_same_comes_out_as_one_after_the_other() {
    let notices = tempfile::tempdir().unwrap();
    write_notices(notices.path(), 100);
    let mut outcomes: Vec<(Vec<String>, Vec<Listing>, Vec<Response>)> = Vec::new();
    for alone in [true, false] {
        let (_keep, path) = empty_library();
        let mut library = Library::open_with(&path, Box::new(Reader { alone })).unwrap().value;
        let mut shown = Vec::new();
        let added = library.add(&[notices.path()], &mut |done, of| shown.push((done, of))).unwrap();
        assert_eq!(shown, (0..=added.len()).map(|done| (done, added.len())).collect::<Vec<_>>());
        assert!(added.iter().map(|(path, _)| path).is_sorted(), "the report is in the order of the files");
        outcomes.push((in_words(&added), library.listings().to_vec(), answers(&library)));

        let again = library.add(&[notices.path()], &mut |_, _| {}).unwrap();
        assert!(again.iter().all(|(_, added)| matches!(added, Added::Unchanged(_) | Added::Refused(_))), "{again:?}");
        assert!(Library::open(&path).unwrap().diagnostics.is_empty(), "the index knows what corpus/ looks like");

        let noticed = library.reindex(&mut |_, _| {}).unwrap();
        assert_eq!(noticed, Vec::<Diagnostic>::new(), "bad files never came in");
        assert_eq!((library.listings(), answers(&library)), (&*outcomes[0].1, outcomes[0].2.clone()), "built anew");
    }
    let [one_by_one, side_by_side] = outcomes.as_slice() else { panic!("two outcomes") };
    assert_eq!(side_by_side, one_by_one);
    let told = |part: &str| one_by_one.0.iter().filter(|said| said.contains(part)).count();
    assert_eq!((told("Refused"), told("Unchanged"), told("twin: Some")), (2, 1, 1), "{:#?}", one_by_one.0);
}

#[test]
fn bad_files_among_many_are_told_and_the_others_come_in_when_the_index_is_lost() {
    let (_keep, path) = empty_library();
    write_notices(&path.join("corpus"), 100);
    let open = || Library::open_with(&path, Box::new(Reader { alone: false })).unwrap();
    let opened = open();
    let codes: Vec<_> = opened.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["index-renewed", "unreadable-source", "unreadable-source"]);
    let expected = (opened.value.listings().to_vec(), answers(&opened.value));
    fs::remove_dir_all(path.join("index")).unwrap();
    let renewed = open().value;
    assert_eq!((renewed.listings().to_vec(), answers(&renewed)), expected);
}

#[test]
fn what_a_killed_process_left_half_done_is_swept_away() {
    let (_keep, path) = empty_library();
    fs::write(path.join("corpus/.celan-half"), "一、半").unwrap();
    fs::write(path.join("corpus/.mine"), "hidden").unwrap();
    let mut library = Library::open(&path).unwrap().value;
    library.reindex(&mut |_, _| {}).unwrap();
    let mut left: Vec<_> = fs::read_dir(path.join("corpus")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!((left, library.listings().len()), (vec![".mine".into()], 0));
}

/// A library with so many small sources in a folder of their own, all of them and their folders an hour old.
fn library_of(count: usize) -> (TempDir, PathBuf) {
    let (keep, path) = empty_library();
    let folder = path.join("corpus/notices");
    fs::create_dir(&folder).unwrap();
    for number in 0..count {
        fs::write(folder.join(format!("{number}.txt")), format!("编号为甲{number}乙。\n")).unwrap();
    }
    make_old(&folder);
    make_old(&path.join("corpus"));
    Library::open_with(&path, Box::new(InProcess)).unwrap();
    (keep, path)
}

fn make_old(folder: &Path) {
    let hour = Duration::from_hours(1);
    fs::File::open(folder).unwrap().set_modified(SystemTime::now() - hour).unwrap();
}

/// How many units hold this, as seen by a quick opening so many seconds from now.
fn found(path: &Path, seconds: u64, typed: &str) -> usize {
    let now = SystemTime::now() + Duration::from_secs(seconds);
    let library = Library::open_looking(path, Box::new(InProcess), Look::Quick(now), &mut |_, _| {}).unwrap().value;
    library.search(&Request::of(query::parse(typed))).unwrap().total
}

#[test]
fn in_a_small_library_every_change_is_noticed_at_once() {
    let (_keep, path) = library_of(20);
    assert_eq!(found(&path, 0, "甲7乙"), 1);
    fs::write(path.join("corpus/notices/7.txt"), "改成了丙7丁。\n").unwrap();
    make_old(&path.join("corpus/notices"));
    assert_eq!((found(&path, 1, "甲7乙"), found(&path, 1, "丙7丁")), (0, 1));
}

#[test]
fn in_a_large_library_a_change_in_place_is_noticed_within_a_minute_or_when_asked_for() {
    let (_keep, path) = library_of(1001);
    assert_eq!(found(&path, 0, "甲7乙"), 1);
    let change = |text: &str| fs::write(path.join("corpus/notices/7.txt"), text).unwrap();
    change("改成了丙丙7丁。\n");
    assert_eq!(found(&path, 59, "甲7乙"), 1, "every source was looked at less than a minute ago");
    assert_eq!((found(&path, 61, "甲7乙"), found(&path, 61, "丙丙7丁")), (0, 1));

    found(&path, 0, "甲7乙");
    change("又改成了戊7己。\n");
    let library = Library::open(&path).unwrap().value;
    assert_eq!(library.search(&Request::of(query::parse("戊7己"))).unwrap().total, 1, "a close look sees it at once");
}

#[test]
fn in_a_large_library_files_that_come_go_or_are_replaced_are_noticed_at_once() {
    let (_keep, path) = library_of(1001);
    let notices = path.join("corpus/notices");
    assert_eq!(found(&path, 0, "甲7乙"), 1);
    fs::rename(notices.join("7.txt"), path.join("elsewhere.txt")).unwrap();
    assert_eq!(found(&path, 1, "甲7乙"), 0);
    make_old(&notices);
    assert_eq!(found(&path, 2, "甲8乙"), 1);
    fs::write(path.join("new.txt"), "新的丙8丁。\n").unwrap();
    fs::rename(path.join("new.txt"), notices.join("8.txt")).unwrap();
    assert_eq!((found(&path, 3, "甲8乙"), found(&path, 3, "丙8丁")), (0, 1));
    make_old(&notices);
    found(&path, 4, "丙8丁");
    fs::create_dir(path.join("corpus/more")).unwrap();
    fs::write(path.join("corpus/more/9.txt"), "又来了戊9己。\n").unwrap();
    assert_eq!(found(&path, 5, "戊9己"), 1);
}

#[test]
fn a_note_of_the_future_or_in_disorder_is_not_believed() {
    let (_keep, path) = library_of(1001);
    let note = path.join("index/checked.json");
    assert_eq!(found(&path, 600, "甲7乙"), 1);
    assert!(note.exists());
    fs::write(path.join("corpus/notices/7.txt"), "改成了丙丙7丁。\n").unwrap();
    assert_eq!(found(&path, 0, "甲7乙"), 0, "the clock was set back");
    fs::write(&note, "nonsense").unwrap();
    fs::write(path.join("corpus/notices/7.txt"), "改成了戊7己。\n").unwrap();
    assert_eq!(found(&path, 1, "戊7己"), 1);
}

/// Writes other text of the same length over a source so that nothing tells it from outside.
fn change_unseen(source: &Path, text: &str) {
    let before = fs::metadata(source).unwrap();
    assert_eq!(before.len(), text.len() as u64);
    fs::write(source, text).unwrap();
    fs::File::options().write(true).open(source).unwrap().set_modified(before.modified().unwrap()).unwrap();
}

/// How many units hold this, after a look at every source.
fn found_at_a_close_look(path: &Path, typed: &str) -> usize {
    let library = Library::open(path).unwrap().value;
    library.search(&Request::of(query::parse(typed))).unwrap().total
}

#[test]
fn one_file_more_in_a_large_library_is_told_from_all_others_without_reading_them() {
    let (_keep, path) = library_of(1001);
    let notices = path.join("corpus/notices");
    assert_eq!(found_at_a_close_look(&path, "甲7乙"), 1);
    // Only who reads the source again could find this.
    change_unseen(&notices.join("7.txt"), "编号为丙7丁。\n");
    fs::write(notices.join("new.txt"), "新的戊0己。\n").unwrap();
    fs::write(notices.join("8.txt"), "换成了庚8辛。\n").unwrap();
    fs::remove_file(notices.join("9.txt")).unwrap();
    let counts = ["戊0己", "庚8辛", "甲8乙", "甲9乙", "甲7乙"].map(|typed| found_at_a_close_look(&path, typed));
    assert_eq!(counts, [1, 1, 0, 0, 1]);

    // Without the table of what was seen every source is read.
    fs::remove_file(path.join("index/seen.bin")).unwrap();
    fs::write(notices.join("new.txt"), "又是新的壬0癸。\n").unwrap();
    assert_eq!(["壬0癸", "甲7乙", "丙7丁"].map(|typed| found_at_a_close_look(&path, typed)), [1, 0, 1]);
}

#[test]
fn corrections_that_come_change_or_go_in_a_large_library_are_followed() {
    let (_keep, path) = library_of(1001);
    let corrections = path.join("corpus/notices/7.txt.celan.toml");
    let title = || {
        let library = Library::open(&path).unwrap().value;
        let listing = library.listings().iter().find(|listing| listing.source.file == "notices/7.txt").unwrap();
        listing.metadata.title.clone()
    };
    let own = title();
    for wanted in ["更正一", "更正二二"] {
        fs::write(&corrections, format!("title = \"{wanted}\"\n")).unwrap();
        assert_eq!((title(), title()), (wanted.to_owned(), wanted.to_owned()));
    }
    fs::remove_file(&corrections).unwrap();
    assert_eq!(title(), own);
}

#[test]
fn a_table_of_what_was_seen_that_is_damaged_is_not_believed() {
    let (_keep, path) = library_of(1001);
    let (table, source) = (path.join("index/seen.bin"), path.join("corpus/notices/7.txt"));
    assert_eq!(found_at_a_close_look(&path, "甲7乙"), 1);
    let whole = fs::read(&table).unwrap();
    let mut flipped = whole.clone();
    flipped[4321] ^= 1;
    for (at, damaged) in
        [flipped, whole[..whole.len() - 16].to_vec(), [&whole[16..], &whole[..16]].concat()].into_iter().enumerate()
    {
        fs::write(&table, damaged).unwrap();
        change_unseen(&source, &format!("编号为丙{at}丁。\n"));
        fs::write(path.join("corpus/new.txt"), format!("第{at}次，")).unwrap();
        make_old(&path.join("corpus"));
        assert_eq!(found_at_a_close_look(&path, &format!("丙{at}丁")), 1);
    }
}
