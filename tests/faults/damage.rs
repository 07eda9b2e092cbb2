//! Index files that are not what was written: any byte flipped, any file cut, gone or foreign.
//!
//! Every file of the index of a library that is large enough to be asked through tantivy is damaged in many places. What is asked then is
//! answered rightly or refused with the name of a file; it is never answered wrongly, and nothing panics.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use celan::document::locator::DocumentId;
use celan::index::{Index, IndexError, Opened};
use celan::library::{InProcess, examine};
use celan::query;
use celan::search::{Engine, Request};

use crate::world::{Chance, World, file_name, number, text};

/// So many places are damaged where nothing else is asked for.
const DAMAGES: u64 = 300;

/// A dull text of so many lines, long enough that units are proposed by the index.
fn filler(chance: &mut Chance, lines: usize) -> String {
    let syllables: Vec<char> = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏外贸易境开放发展".chars().collect();
    let mut syllable = || syllables[usize::try_from(chance.below(syllables.len() as u64)).unwrap()];
    (0..lines).map(|_| (0..40).map(|_| syllable()).chain(['。', '\n']).collect::<String>()).collect()
}

/// A library with a large index and a small one.
fn large_world() -> World {
    let world = World::new();
    let mut chance = Chance::fixed(7);
    let folder = world.incoming(0..3);
    fs::write(folder.join("filler.txt"), filler(&mut chance, 9_500)).unwrap();
    world.add(&folder);
    world.add(&world.incoming(3..4));
    world.run(&["remove", "notice-1"], &[0]);
    world
}

/// Strings whose answers go through all parts of an index: rare and frequent, words and crossings, single characters, several terms.
const ASKED: [&str; 9] = ["甲0乙", "甲3乙", "易货贸易试点", "外贸", "天地玄", "荒", "抓好落实 按时", "甲1乙", "秋收冬藏"];

/// What the index says; an error where it noticed that something is wrong.
fn answers(index: &Index) -> Result<Vec<String>, IndexError> {
    let mut answers = Vec::new();
    for asked in ASKED {
        let response = index.search(&Request { limit: Some(20), ..Request::of(query::parse(asked)) })?;
        answers.push(format!("{asked} {} {} {:?}", response.total, response.occurrences, response.hits));
    }
    for (id, head) in index.heads()? {
        answers.push(format!("{id} {head:?}"));
    }
    for id in ["notice-0", "notice-3", "notice-1"] {
        answers.push(format!("{:?}", index.document(&DocumentId::new(id))?));
    }
    Ok(answers)
}

/// What came of reading a damaged index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Noticed {
    /// When it was opened.
    Opening,
    /// When something was asked.
    Asking,
    /// Not at all: nothing that was asked needed what is damaged.
    Unneeded,
}

fn noticed(folder: &Path, expected: &[String], what: &str) -> Noticed {
    match Index::open(folder) {
        Opened::Absent | Opened::Unusable(_) => Noticed::Opening,
        Opened::Ready(index) => match answers(&index) {
            Err(error) => {
                assert!(error.to_string().contains("index") || error.to_string().contains("shelf"), "{what}: {error}");
                Noticed::Asking
            }
            Ok(answers) => {
                assert_eq!(answers, expected, "{what}: a wrong answer, and nobody noticed");
                Noticed::Unneeded
            }
        },
    }
}

fn files_of(index: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(index).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|file| !file.to_string_lossy().ends_with(".lock"));
    files.into_iter().map(|file| (file.clone(), fs::read(&file).unwrap())).collect()
}

#[test]
fn no_flipped_byte_and_no_cut_file_gives_a_wrong_answer() {
    let world = large_world();
    let index = world.library.join("index");
    let Opened::Ready(opened) = Index::open(&index) else { panic!("the index is ready") };
    let expected = answers(&opened).unwrap();
    drop(opened);
    let files = files_of(&index);
    let mut chance = Chance::seeded(6);
    let mut tally: BTreeMap<(&str, Noticed), usize> = BTreeMap::new();
    for _ in 0..number("CELAN_DAMAGES").unwrap_or(DAMAGES) {
        let (file, bytes) = &files[usize::try_from(chance.below(files.len() as u64)).unwrap()];
        // Replaced, not written over: what is mapped elsewhere keeps its bytes.
        fs::remove_file(file).unwrap();
        let at = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
        let (kind, damaged) = match chance.below(4) {
            0 => ("cut", bytes[..at].to_vec()),
            1 => ("zeroed", [&bytes[..at], &vec![0; bytes.len() - at]].concat()),
            _ => {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << chance.below(8);
                ("flipped", damaged)
            }
        };
        fs::write(file, &damaged).unwrap();
        let what = format!("{} {kind} at {at}", file.display());
        *tally.entry((kind, noticed(&index, &expected, &what))).or_default() += 1;
        fs::remove_file(file).unwrap();
        fs::write(file, bytes).unwrap();
    }
    eprintln!("damaged index files: {tally:?}");
    assert_eq!(noticed(&index, &expected, "nothing"), Noticed::Unneeded);
    assert!(tally.keys().any(|(_, noticed)| *noticed == Noticed::Asking), "some damage is noticed only by who comes across it");
}

#[test]
fn the_doctor_names_the_file_that_is_damaged_and_repairs_the_index() {
    let world = World::new();
    world.add(&world.incoming(0..6));
    let index = world.library.join("index");
    let mut said = 0;
    for at in 0..files_of(&index).len() {
        let (file, mut bytes) = files_of(&index)[at].clone();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        fs::remove_file(&file).unwrap();
        fs::write(&file, bytes).unwrap();
        let (found, _) = world.run(&["doctor"], &[1]);
        assert!(found.contains("index/"), "{name}: {found}");
        said += usize::from(found.contains(&name));
        let (repaired, _) = world.run(&["doctor", "--repair", "--json"], &[0]);
        let repaired: serde_json::Value = serde_json::from_str(&repaired).unwrap();
        assert!(repaired["sound"] == true && repaired["repaired"] == true, "{repaired}");
        assert!(!repaired["before"].as_array().unwrap().is_empty(), "{repaired}");
    }
    assert!(said >= 4, "most are named: {said}");
    world.must_hold(&[0, 1, 2, 3, 4, 5], &[2]);
}

#[test]
fn a_search_that_comes_across_damage_says_so_and_is_answered_from_a_new_index() {
    let world = large_world();
    let index = world.library.join("index");
    let (shelf, mut bytes) = files_of(&index).into_iter().max_by_key(|(file, bytes)| (is_shelf(file), bytes.len())).unwrap();
    let place = bytes.windows("甲0乙".len()).position(|window| window == "甲0乙".as_bytes());
    bytes[place.unwrap()] ^= 1;
    fs::remove_file(&shelf).unwrap();
    fs::write(&shelf, bytes).unwrap();
    let (found, said) = world.run(&["search", "甲0乙"], &[0]);
    assert!(found.contains("甲0乙"), "{found}");
    let name = shelf.file_name().unwrap().to_string_lossy().into_owned();
    assert!(said.contains(&name) && said.contains("built anew"), "{said}");
    let (found, said) = world.run(&["search", "甲0乙"], &[0]);
    assert!(found.contains("甲0乙") && !said.contains("damaged"), "{said}");
}

fn is_shelf(file: &Path) -> bool {
    file.file_name().unwrap().to_string_lossy().starts_with("shelf-")
}

#[test]
fn the_doctor_tells_what_became_of_sources() {
    let world = World::new();
    world.add(&world.incoming(0..6));
    let corpus = world.library.join("corpus");
    let codes = || -> Vec<String> {
        let examination = examine(&world.library, &mut InProcess, &mut |_, _| {}).unwrap();
        examination.findings.into_iter().map(|finding| format!("{} {}", finding.code, finding.place.file.unwrap())).collect()
    };
    assert_eq!(codes(), Vec::<String>::new());
    fs::write(corpus.join(file_name(1)), text(7)).unwrap();
    fs::remove_file(corpus.join(file_name(2))).unwrap();
    fs::write(corpus.join(file_name(9)), text(9)).unwrap();
    fs::write(corpus.join("bad.pdf"), "%PDF-1.7").unwrap();
    let expected = [
        "unreadable-source corpus/bad.pdf",
        "source-changed corpus/notice-1.txt",
        "source-not-indexed corpus/notice-9.txt",
        "source-missing corpus/notice-2.txt",
    ];
    assert_eq!(codes(), expected);
    let (left, _) = world.run(&["doctor", "--repair"], &[1]);
    assert!(left.contains("bad.pdf"), "what only the user can mend stays: {left}");
    assert_eq!(codes(), expected[..1]);
    fs::write(corpus.join("ids.json"), "[").unwrap();
    assert_eq!(codes().last().map(String::as_str), Some("unreadable-source corpus/bad.pdf"));
    assert!(codes().contains(&"ids corpus/ids.json".to_owned()));
}
