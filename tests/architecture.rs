//! The plan of the house, held against the code: which module may use which, what is fenced where, how long a file may be.
//!
//! `docs/architecture.md` explains the plan. Changing a table below is a decision about the design and has a commit of its own.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the ground up: each may use those before it.
const LAYERS: [&str; 14] = [
    "diagnostic",
    "document",
    "text",
    "extract",
    "structure",
    "corpus",
    "query",
    "search",
    "index",
    "analysis",
    "export",
    "library",
    "tui",
    "cli",
];

/// What is named in these modules only.
const FENCES: [(&str, &[&str]); 19] = [
    ("tantivy", &["index"]),
    ("jieba_rs", &["text"]),
    ("use pinyin", &["text"]),
    ("scraper", &["extract"]),
    ("chardetng", &["extract"]),
    ("encoding_rs", &["extract"]),
    ("use zip", &["extract"]),
    ("quick_xml", &["extract"]),
    ("hayro_interpret", &["extract"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli", "main"]),
    ("std::fs", &["corpus", "index", "cli"]),
    // Processes are started by `cli` (readers) and `tui` (clipboard); `index` only names its own.
    ("std::process", &["cli", "index", "main", "tui"]),
    ("rlimit", &["cli"]),
    ("strsim", &["tui"]),
    ("println!", &["cli", "main"]),
    ("eprintln!", &["cli", "main"]),
];

/// The most lines of a file, its inline tests not counted.
const MOST_LINES: usize = 400;

/// The most lines of tests within a file.
const MOST_TEST_LINES: usize = 150;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 4] = ["utils", "common", "helpers", "manager"];

struct SourceFile {
    path: PathBuf,
    module: String,
    /// Everything before the inline tests, comments left out.
    code: String,
    lines: usize,
    test_lines: usize,
    opening: String,
}

fn sources() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > LAYERS.len(), "the sources are where they are looked for");
    files.iter().map(|path| read(&root, path)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read(root: &Path, path: &Path) -> SourceFile {
    let text = fs::read_to_string(path).unwrap();
    let is_tests = path.file_name().is_some_and(|name| name == "tests.rs");
    let (body, tests) = if is_tests { ("", "") } else { text.split_once("#[cfg(test)]\n").unwrap_or((&text, "")) };
    let relative = path.strip_prefix(root).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
    SourceFile {
        path: relative.to_owned(),
        module: first.trim_end_matches(".rs").to_owned(),
        code: body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n"),
        lines: body.lines().count(),
        test_lines: tests.lines().count(),
        opening: text.lines().next().unwrap_or_default().to_owned(),
    }
}

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == module)
}

/// The names that follow `crate::`, also inside braces.
fn used_modules(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (_, rest) in code.match_indices("crate::").map(|(at, marker)| (at, &code[at + marker.len()..])) {
        let names = rest.strip_prefix('{').map_or_else(|| vec![rest], |list| list.split('}').next().unwrap().split(',').collect());
        for name in names {
            let end = name.trim().find(|character: char| !(character.is_alphanumeric() || character == '_'));
            let name = name.trim();
            used.push(name[..end.unwrap_or(name.len())].to_owned());
        }
    }
    used
}

#[test]
fn a_module_uses_only_modules_that_stand_before_it() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(own) = rank(&file.module) else { continue };
        for used in used_modules(&file.code) {
            if rank(&used).is_some_and(|other| other > own) {
                wrong.push(format!("{} uses {used}", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_has_a_place_in_the_plan() {
    let strangers: Vec<_> = sources()
        .into_iter()
        .filter(|file| rank(&file.module).is_none() && !matches!(file.module.as_str(), "lib" | "main"))
        .map(|file| file.path)
        .collect();
    assert!(strangers.is_empty(), "{strangers:?}");
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared: Vec<_> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(|name| name.trim_end_matches(';')).collect();
    assert_eq!(declared, LAYERS, "src/lib.rs lists the modules in the order of the plan");
}

#[test]
fn fenced_crates_stay_behind_their_fences() {
    let mut wrong = Vec::new();
    for file in sources().into_iter().filter(|file| !file.path.ends_with("make_dictionary.rs")) {
        for (name, allowed) in FENCES {
            if !allowed.contains(&file.module.as_str()) && names(&file.code, name) {
                wrong.push(format!("{} names {name}", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether the code names the crate or macro, not merely a longer word that contains it.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let joins = |character: Option<char>| character.is_some_and(|character| character.is_alphanumeric() || character == '_');
        let is_string = before == Some('"');
        !joins(before) && !joins(after) && !is_string
    })
}

#[test]
fn files_keep_to_their_budget() {
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|file| file.lines > MOST_LINES || file.test_lines > MOST_TEST_LINES)
        .map(|file| format!("{}: {} lines, {} of tests", file.path.display(), file.lines, file.test_lines))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_file_says_what_it_is_and_has_a_name_that_says_something() {
    for file in sources() {
        assert!(file.opening.starts_with("//! "), "{} opens with //!", file.path.display());
        let stem = file.path.file_stem().unwrap().to_str().unwrap();
        assert!(!EMPTY_NAMES.contains(&stem), "{}", file.path.display());
    }
}

#[test]
fn nothing_is_imported_by_a_glob_and_no_code_is_unsafe() {
    for file in sources() {
        let globs: Vec<_> =
            file.code.lines().filter(|line| line.trim_start().starts_with("use ") && line.contains("::*")).collect();
        assert!(globs.is_empty(), "{}: {globs:?}", file.path.display());
        assert!(!names(&file.code, "unsafe"), "{}", file.path.display());
    }
}

#[test]
fn the_checks_can_fail() {
    assert_eq!(used_modules("use crate::{tui::app, document};\ncrate::index::open()"), ["tui", "document", "index"]);
    assert!(names("use tantivy::Index;", "tantivy"));
    assert!(!names("let tantivy_index = 1;", "tantivy"));
    assert!(rank("tui") > rank("library"));
}
