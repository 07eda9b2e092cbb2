//! A library for the program to work on, documents made for it, and what it must hold.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

/// A string that every document holds, each in a number of units of its own.
pub(crate) const COMMON: &str = "共同语句";

/// A number by which documents and moments are chosen (`SplitMix64`).
pub(crate) struct Chance(u64);

impl Chance {
    /// By the seed that was asked for, else by the clock; `of` tells the tests apart.
    pub(crate) fn seeded(of: u64) -> Self {
        let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos().into();
        let seed = number("CELAN_FAULTS_SEED").unwrap_or_else(clock);
        eprintln!("CELAN_FAULTS_SEED={seed}");
        Self(seed.wrapping_mul(31).wrapping_add(of))
    }

    /// The same in every run.
    pub(crate) const fn fixed(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }
}

/// A number in the environment.
pub(crate) fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The program.
pub(crate) fn program() -> PathBuf {
    let path = std::env::var_os("CELAN_FAULTS_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_celan").into(), PathBuf::from);
    path.canonicalize().unwrap()
}

/// The file name of a document.
pub(crate) fn file_name(document: u64) -> String {
    format!("notice-{document}.txt")
}

/// How many units of a document hold [`COMMON`].
pub(crate) const fn common_units(document: u64) -> u64 {
    document % 7 + 1
}

/// A document: some measures, each with a string of its own.
pub(crate) fn text(document: u64) -> String {
    let mut text = format!("关于第{document}号事项的通知\n\n一、总体要求\n\n编号为甲{document}乙。\n\n二、主要任务\n\n");
    for unit in 1..=common_units(document) {
        write!(text, "（{unit}）推进第{unit}项工作。第{document}件第{unit}项，{COMMON}，易货贸易试点。\n\n").unwrap();
    }
    text.push_str("三、保障措施\n\n抓好落实，按时报送。\n");
    text
}

/// A library in a folder that goes with the test.
pub(crate) struct World {
    /// Both the library and what is added to it.
    keep: TempDir,
    pub(crate) library: PathBuf,
}

impl World {
    pub(crate) fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        Self::at(keep.path().join("library"), keep)
    }

    pub(crate) fn at(library: PathBuf, keep: TempDir) -> Self {
        fs::create_dir_all(library.join("corpus")).unwrap();
        fs::write(library.join("celan.toml"), "").unwrap();
        Self { keep, library }
    }

    /// A folder with these documents, outside of the library.
    pub(crate) fn incoming(&self, documents: impl IntoIterator<Item = u64>) -> PathBuf {
        let folder = self.keep.path().join("incoming");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for document in documents {
            fs::write(folder.join(file_name(document)), text(document)).unwrap();
        }
        folder
    }

    pub(crate) fn celan(&self, arguments: &[&str]) -> Command {
        celan(&self.library, arguments)
    }

    /// What a call prints; it must end by itself with one of these codes.
    pub(crate) fn run(&self, arguments: &[&str], codes: &[i32]) -> (String, String) {
        let output = self.celan(arguments).output().unwrap();
        told(arguments, &output, codes)
    }

    pub(crate) fn add(&self, folder: &Path) {
        self.run(&["add", folder.to_str().unwrap()], &[0]);
    }

    /// The files of the documents that the program lists.
    pub(crate) fn documents(&self) -> BTreeSet<String> {
        let (listed, _) = self.run(&["list", "--json"], &[0]);
        let listed: Vec<serde_json::Value> = serde_json::from_str(&listed).unwrap();
        listed.iter().map(|one| one["source"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn count(&self, typed: &str) -> u64 {
        let (found, _) = self.run(&["search", "--json", "--limit", "1", typed], &[0, 1]);
        total(&found)
    }

    /// That the library holds exactly these documents: listed, counted, each found by its own string, and sound.
    pub(crate) fn must_hold(&self, documents: &[u64], own: &[u64]) {
        assert_eq!(self.documents(), documents.iter().map(|document| file_name(*document)).collect());
        assert_eq!(self.count(COMMON), documents.iter().map(|document| common_units(*document)).sum::<u64>());
        for document in own {
            let expected = u64::from(documents.contains(document));
            assert_eq!(self.count(&format!("甲{document}乙")), expected, "document {document}");
            let bytes = fs::read(self.library.join("corpus").join(file_name(*document)));
            assert_eq!(bytes.ok(), (expected == 1).then(|| text(*document).into_bytes()), "document {document}");
        }
        self.must_be_sound();
    }

    pub(crate) fn must_be_sound(&self) {
        self.run(&["doctor"], &[0]);
    }
}

pub(crate) fn celan(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.env_clear().env("CELAN_LIBRARY", library).env("HOME", library).env("LANG", "en_US.UTF-8");
    command.current_dir("/").stdin(Stdio::null()).args(arguments);
    command
}

/// What a call printed; it must have ended by itself with one of these codes.
pub(crate) fn told(arguments: &[&str], output: &Output, codes: &[i32]) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let ended = output.status.code().is_some_and(|code| codes.contains(&code));
    assert!(ended && !stderr.contains("internal error"), "celan {arguments:?}: {}\n{stdout}\n{stderr}", output.status);
    (stdout, stderr)
}

/// How many units were found.
pub(crate) fn total(json: &str) -> u64 {
    serde_json::from_str::<serde_json::Value>(json).unwrap()["total"].as_u64().unwrap()
}
