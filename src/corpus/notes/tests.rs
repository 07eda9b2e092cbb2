//! What is kept of notes, whatever hands have been at the file.

use std::thread;

use proptest::prelude::*;

use super::*;
use crate::corpus::{Corpus, sha256};
use crate::diagnostic::Language;

fn note(locator: &str, text: &str) -> Note {
    let quotation = "探索推进易货贸易试点。".to_owned();
    Note { locator: locator.parse().unwrap(), quotation, sha256: Some(sha256(b"x")), text: text.to_owned() }
}

fn read(text: &str) -> (Notes, Vec<String>) {
    let read = Notes::read(text);
    (read.value, read.diagnostics.iter().map(|fault| fault.say(Language::English)).collect())
}

#[test]
fn what_is_written_is_read_back() {
    let mut notes = Notes::default();
    let all = [
        note("甲/4.3.4", "与上一轮对照\n\n## 不是标题\n\\## 也不是"),
        note("甲/a17", ""),
        note("乙", "> 引文在后\n<!-- sha256:x -->"),
    ];
    for note in &all {
        assert_eq!(notes.put(None, Some(note)), Outcome::Done);
    }
    let (again, faults) = read(&notes.written());
    assert_eq!((again.iter().cloned().collect::<Vec<_>>(), faults), (all.to_vec(), Vec::new()));
    assert_eq!(again.written(), notes.written());
}

#[test]
fn a_note_on_a_whole_document_may_begin_like_a_quotation_or_a_sum() {
    for text in ["> 引自来文\n> 第二行", "<!-- sha256:x -->", "\\> 甲", "\\\\<!-- sha256: 乙", "甲\n> 乙"] {
        let note = Note { sha256: None, ..note("甲", text) };
        let mut notes = Notes::default();
        notes.put(None, Some(&note));
        let (again, faults) = read(&notes.written());
        assert_eq!((again.iter().cloned().collect::<Vec<_>>(), faults), (vec![note], Vec::new()));
    }
}

#[test]
fn carriage_returns_at_the_end_of_a_line_do_not_make_a_note_another_one() {
    let mut notes = Notes::default();
    notes.put(None, Some(&note("甲/4.3.4", "一\r\r\n二\r\n\r三\r")));
    let (mut again, _) = read(&notes.written());
    assert_eq!(again, notes);
    assert_eq!(again.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["一\n二\n\r三"]);
    again.put(None, Some(&note("甲/4.3.4", "一\r\r\n二\r\n\r三\r")));
    assert_eq!(again, notes, "it is there already");
}

#[test]
fn the_file_is_plain_to_read() {
    let mut notes = Notes::default();
    notes.put(None, Some(&Note { sha256: Some("0".repeat(64)), ..note("甲/4.3.4", "要点") }));
    let expected = format!("{HEAD}\n## 甲/4.3.4\n\n> 探索推进易货贸易试点。\n\n<!-- sha256:{} -->\n\n要点\n\n", "0".repeat(64));
    assert_eq!(notes.written(), expected);
}

#[test]
fn a_person_may_write_notes_and_slips_are_told_but_nothing_is_lost() {
    let text = "我的笔记\n\n## 甲/4.3\n手写的\r\n两行\n## 第四章 三\n写错了位置\n## 甲/4.q\n\n## 乙/1\n<!-- sha256:abc -->\n> 字\n";
    let (mut notes, faults) = read(text);
    let said: Vec<_> = notes.iter().map(|note| (note.locator.to_string(), note.text.clone())).collect();
    assert_eq!(said, [("甲/4.3".to_owned(), "手写的\n两行".to_owned()), ("乙/1".to_owned(), String::new())]);
    assert_eq!(
        faults,
        [
            "notes.md: line 6: `第四章 三` is no locator such as 湘政办发-2021-57/4.3.4; the block is kept but is no note",
            "notes.md: line 8: `甲/4.q` is no locator such as 湘政办发-2021-57/4.3.4; the block is kept but is no note",
            "notes.md: line 11: sha256 must be 64 hexadecimal digits; taken as absent",
        ]
    );
    notes.put(None, Some(&note("丙/1", "新")));
    assert!(notes.written().starts_with(text), "{}", notes.written());
    let removed = notes.iter().next().cloned();
    notes.put(removed.as_ref(), None);
    let written = notes.written();
    assert!(!written.contains("手写的") && written.contains("## 第四章 三\n写错了位置\n## 甲/4.q\n"), "{written}");
}

#[test]
fn a_note_that_another_window_changed_is_not_overwritten() {
    let mut notes = Notes::default();
    let (before, theirs, ours) = (note("甲/1", "旧"), note("甲/1", "他们的"), note("甲/1", "我们的"));
    notes.put(None, Some(&before));
    assert_eq!(notes.put(Some(&before), Some(&theirs)), Outcome::Done);
    assert_eq!(notes.put(Some(&before), Some(&ours)), Outcome::BothKept);
    assert_eq!(notes.iter().collect::<Vec<_>>(), [&theirs, &ours]);
    assert_eq!(notes.put(Some(&before), None), Outcome::BothKept);
    assert_eq!(notes.iter().count(), 2);
}

#[test]
fn windows_that_write_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Corpus::create(folder.path(), &[]).unwrap();
    thread::scope(|scope| {
        for window in 1..=8_u32 {
            let corpus = &corpus;
            scope.spawn(move || {
                for number in 1..=5_u32 {
                    change(corpus, None, Some(&note(&format!("甲/{window}.{number}"), "字"))).unwrap();
                }
            });
        }
    });
    let loaded = load(&corpus).unwrap();
    assert_eq!((loaded.value.iter().count(), loaded.diagnostics.len()), (40, 0));
}

#[test]
fn a_file_that_is_no_text_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Corpus::create(folder.path(), &[]).unwrap();
    let path = folder.path().join(NOTES_FILE);
    std::fs::write(&path, b"## \xCD\xE2").unwrap();
    let error = change(&corpus, None, Some(&note("甲/1", "字"))).unwrap_err();
    assert!(error.to_string().ends_with("notes.md: not in UTF-8; convert it, or move it away"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), b"## \xCD\xE2");
}

proptest! {
    #[test]
    fn reading_and_writing_keeps_every_byte(text in "(## 甲/1\n|## \n|> 引\n|<!-- sha256:\n|[字a\\\\ ]{0,3}\n|\r\n){0,12}") {
        prop_assert_eq!(Notes::read(&text).value.written(), text);
    }

    #[test]
    fn words_come_back_as_they_were(text in "([字 a>#\\\\]{1,4}\n?){1,5}") {
        let text = text.trim().to_owned();
        let mut notes = Notes::default();
        notes.put(None, Some(&note("甲/1", &text)));
        let again = Notes::read(&notes.written()).value;
        prop_assert_eq!(&again.iter().next().unwrap().text, &text);
    }
}
