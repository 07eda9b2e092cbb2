//! An index that is opened for one question: what it answers, and what it says where another process renews it meanwhile.

use std::path::Path;
use std::time::Duration;

use celan::diagnostic::Language;
use celan::index::{Index, IndexError, Opened, Writer, WriterLock};
use celan::query;
use celan::search::{Engine, Request, Response};

use crate::common::plan;
use crate::disk::{change, open};
use crate::documents::{bulk, small};

/// Known beforehand: no segment is asked for it.
const FREQUENT: &str = "外贸";

/// With a pair that stands in few units, which the shelf knows: no segment is asked for it either.
const RARE: &str = "𠮷林";

/// Neither: its segments are asked for it.
const COMMON: &str = "外贸 电商";

fn at_hand(folder: &Path) -> Index {
    match Index::open_at_hand(folder) {
        Opened::Ready(index) => *index,
        Opened::Absent | Opened::Unusable(_) => unreachable!("the index has just been written"),
    }
}

fn search(index: &Index, typed: &str) -> Result<Response, IndexError> {
    index.search(&Request { limit: Some(20), ..Request::of(query::parse(typed)) })
}

fn made(folder: &Path) {
    change(folder, &[], &[small(), vec![plan()], bulk()].concat(), 0);
}

#[test]
fn it_answers_what_any_other_answers() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path());
    for typed in [FREQUENT, RARE, COMMON, "易货贸易 试点", "电商 -农村", "没有的话", "标题:外贸"] {
        assert_eq!(search(&at_hand(folder.path()), typed).unwrap(), search(&open(folder.path()), typed).unwrap(), "{typed}");
    }
}

#[test]
fn where_a_commit_came_in_between_what_is_gone_is_told_from_damage() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path());
    let (before, kept) = (at_hand(folder.path()), open(folder.path()));
    let [frequent, rare, common] = [FREQUENT, RARE, COMMON].map(|typed| search(&kept, typed).unwrap());
    let lock = WriterLock::take(folder.path(), Duration::from_secs(5)).unwrap();
    let mut writer = Writer::begin_anew(&lock, 0, &[]).unwrap();
    writer.add(&plan()).unwrap();
    writer.commit("").unwrap();
    assert_eq!(search(&before, FREQUENT).unwrap(), frequent, "the shelves are open");
    assert_eq!(search(&before, RARE).unwrap(), rare, "the shelves are open");
    assert_eq!(search(&kept, COMMON).unwrap(), common, "one that is kept has all of it open");
    let error = search(&before, COMMON).unwrap_err();
    assert!(!error.is_damage());
    assert_eq!(
        [Language::English, Language::Chinese].map(|language| error.in_language(language)),
        ["the index has been renewed by another process in the meantime; try again", "索引刚刚由另一进程更新；请再试一次"]
    );
}

#[test]
fn a_segment_that_is_gone_without_a_commit_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path());
    let index = at_hand(folder.path());
    let postings = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    for file in postings.filter(|file| file.extension().is_some_and(|extension| extension == "idx")) {
        std::fs::remove_file(file).unwrap();
    }
    assert!(search(&index, FREQUENT).unwrap().total > 1000);
    assert!(search(&index, COMMON).unwrap_err().is_damage());
    assert!(matches!(Index::open(folder.path()), Opened::Unusable(_)));
}
