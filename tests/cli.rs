//! The program as people run it: the real binary on libraries in temporary folders.
//!
//! What it prints is data: each file `tests/cli/*.toml` holds cases of arguments, environment, and the expected output, errors and exit
//! code in full. What needs more than one call is written out below.

#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

/// The cases of one file.
#[derive(Deserialize)]
struct Suite {
    case: Vec<Case>,
}

/// One call and what it must come to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    /// The value of `LANG`.
    #[serde(default)]
    lang: String,
    exit: i32,
    /// All of standard output, where it is compared.
    stdout: Option<String>,
    /// What standard output begins with.
    stdout_starts: Option<String>,
    /// All of standard error, nothing where it is left out.
    #[serde(default)]
    stderr: String,
}

/// The program, with nothing of this machine's environment.
fn celan(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_celan"));
    command
        .env_clear()
        .env("CELAN_LIBRARY", library)
        .env("HOME", library)
        .current_dir(library)
        .stdin(Stdio::null())
        .args(arguments);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("everything that is printed is UTF-8")
}

fn run(library: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = celan(library, arguments).output().expect("the program starts");
    (status.code().expect("the program ends by itself"), text(&stdout), text(&stderr))
}

/// A library of these files, its index built.
fn library(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("celan.toml"), "").expect("the settings are written");
    fs::create_dir(folder.path().join("corpus")).expect("the folder is made");
    for (name, bytes) in files {
        fs::write(folder.path().join("corpus").join(name), bytes).expect("the source is written");
    }
    run(folder.path(), &["list"]);
    folder
}

fn empty_library() -> tempfile::TempDir {
    library(&[])
}

/// The library that a new user has.
fn plan() -> tempfile::TempDir {
    library(&[(celan::corpus::BUILT_IN_NAME, celan::corpus::BUILT_IN)])
}

fn json(library: &Path, arguments: &[&str]) -> serde_json::Value {
    let (code, stdout, stderr) = run(library, arguments);
    assert_eq!((code, stderr.as_str()), (0, ""), "{arguments:?}");
    serde_json::from_str(&stdout).expect("the output is JSON")
}

fn check(file: &str, library: &Path) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cli").join(file);
    let suite: Suite = toml::from_str(&fs::read_to_string(path).expect("the cases are there")).expect("the cases are TOML");
    let mut wrong = Vec::new();
    for case in suite.case {
        let arguments: Vec<&str> = case.args.iter().map(String::as_str).collect();
        let output = celan(library, &arguments).env("LANG", &case.lang).output().expect("the program starts");
        let (code, stdout, stderr) = (output.status.code(), text(&output.stdout), text(&output.stderr));
        let same = code == Some(case.exit)
            && case.stdout.as_ref().is_none_or(|expected| *expected == stdout)
            && case.stdout_starts.as_ref().is_none_or(|expected| stdout.starts_with(expected.as_str()))
            && case.stderr == stderr;
        if !same {
            let expected = case.stdout.or(case.stdout_starts).unwrap_or_default();
            wrong.push(format!(
                "celan {}\n--- exit {code:?}, expected {}\n--- output\n{stdout}\n--- expected\n{expected}\n--- errors\n{stderr}\n--- expected\n{}",
                case.args.join(" "),
                case.exit,
                case.stderr
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n==========\n"));
}

#[test]
fn usage_and_its_mistakes_are_told_in_both_languages() {
    check("usage.toml", empty_library().path());
}

#[test]
fn the_plan_is_read_searched_and_cited() {
    check("plan.toml", plan().path());
}

#[test]
fn a_pipe_that_is_closed_early_ends_quietly() {
    let library = plan();
    for arguments in [&["help"][..], &["man"], &["completions", "bash"], &["toc"], &["toc", "--json"], &["search", "外贸"], &[]] {
        let (reader, writer) = std::io::pipe().expect("a pipe is opened");
        drop(reader);
        let output = celan(library.path(), arguments).stdout(writer).stderr(Stdio::piped()).output().expect("it starts");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn completions_know_every_command_in_every_shell() {
    let library = empty_library();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, script, errors) = run(library.path(), &["completions", shell]);
        assert_eq!((code, errors.as_str()), (0, ""), "{shell}");
        for command in ["search", "show", "toc", "cite", "indicators", "list", "add", "remove", "reindex"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn the_manual_page_has_headings_in_the_language_of_the_call() {
    let library = empty_library();
    let headings = |language: &str| -> Vec<String> {
        let (_, page, _) = run(library.path(), &["man", "--lang", language]);
        page.lines().filter_map(|line| line.strip_prefix(".SH ")).map(str::to_owned).collect()
    };
    assert_eq!(headings("zh"), ["名称", "用法", "说明", "选项", "命令", "补充", "版本"]);
    assert_eq!(headings("en"), ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXTRA", "VERSION"]);
}

#[test]
fn files_come_in_and_go_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("the file is written");
    file("规划.txt", celan::corpus::BUILT_IN);
    file("办法.md", "# 试行办法\n\n## 第一章 总则\n\n为规范管理，制定本办法。\n".as_bytes());
    file("坏.bin", b"\0\x01\x02\x03");
    let library = folder.path().join("文库");
    let celan = |arguments: &[&str]| {
        let output = celan(folder.path(), arguments).env("CELAN_LIBRARY", &library).output().expect("it starts");
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    };

    let (code, stdout, stderr) = celan(&["add", "规划.txt", "坏.bin", "无.txt", "办法.md"]);
    assert_eq!((code, stdout.as_str()), (2, "已加入  湘政办发-2021-57  规划.txt\n已加入  办法  办法.md\n"), "{stderr}");
    assert!(stderr.contains("坏.bin") && stderr.contains("纯文本（.txt）") && stderr.contains("无.txt"), "{stderr}");

    let again = celan(&["add", "规划.txt"]);
    assert_eq!(again, (0, "没有变化  湘政办发-2021-57  规划.txt\n".to_owned(), String::new()));

    let removed = celan(&["remove", "57号"]);
    let told = "已移除  湘政办发-2021-57  湖南省“十四五”商务和开放型经济发展规划\n文库中的副本 corpus/规划.txt 已删除\n";
    assert_eq!(removed, (0, told.to_owned(), String::new()));
    assert!(!library.join("corpus/规划.txt").exists() && folder.path().join("规划.txt").exists());
    assert_eq!(celan(&["remove", "57号"]).0, 1);

    assert_eq!(celan(&["reindex", "--lang", "en"]), (0, "index built anew: 1 document\n".to_owned(), String::new()));
    assert_eq!(celan(&["search", "规范管理"]).0, 0);
}

#[test]
fn highlights_are_characters_of_the_text() {
    let library = plan();
    let answer = json(library.path(), &["search", "易货贸易", "--limit", "0", "--json"]);
    assert_eq!((answer["total"].as_u64(), answer["occurrences"].as_u64()), (Some(1), Some(6)));
    let hit = &answer["hits"][0];
    let characters: Vec<char> = hit["text"].as_str().unwrap_or_default().chars().collect();
    let words: Vec<String> = hit["highlights"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|range| {
            let [from, to] = [0, 1].map(|end| usize::try_from(range[end].as_u64().expect("a number")).expect("a count"));
            characters[from..to].iter().collect()
        })
        .collect();
    assert_eq!(words, ["易货贸易"; 6]);
    assert_eq!(hit["locator"], "湘政办发-2021-57/4.3.4");
    let keys: Vec<&String> = hit.as_object().into_iter().flat_map(|hit| hit.keys()).collect();
    assert_eq!(keys.len(), 8, "{keys:?}");
}

#[test]
fn every_unit_of_the_outline_is_shown_under_its_locator() {
    let library = plan();
    let outline = json(library.path(), &["toc", "--json"]);
    let mut nodes: Vec<&serde_json::Value> = outline[0]["nodes"].as_array().into_iter().flatten().collect();
    let mut kinds = std::collections::BTreeSet::new();
    let mut some = Vec::new();
    while let Some(node) = nodes.pop() {
        nodes.extend(node["children"].as_array().into_iter().flatten());
        if kinds.insert(node["kind"].to_string()) {
            some.push(node);
        }
    }
    assert!(kinds.len() >= 8, "{kinds:?}");
    for node in some {
        let shown = json(library.path(), &["show", node["locator"].as_str().expect("a locator"), "--json"]);
        for key in ["locator", "kind", "label", "title"] {
            assert_eq!(shown[key], node[key], "{node}");
        }
        assert_eq!(shown["line_start"], node["line"], "{node}");
    }
}

#[test]
fn without_any_library_the_plan_is_there_at_the_first_run() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut command = celan(home.path(), &["search", "易货贸易"]);
    let output = command.env_remove("CELAN_LIBRARY").output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(home.path().join(".local/share/celan/celan.toml").is_file());
}

/// The calls in a page (`$ celan …`) with what is printed below each; `…` on the last line stands for the rest.
fn examples(page: &str) -> Vec<(Vec<&str>, String)> {
    let blocks = page.split("```console\n").skip(1).filter_map(|after| after.split_once("\n```"));
    blocks
        .filter_map(|(block, _)| {
            let (call, printed) = block.split_once('\n')?;
            Some((call.strip_prefix("$ celan ")?.split(' ').collect(), format!("{printed}\n")))
        })
        .collect()
}

#[test]
fn the_examples_in_the_readmes_are_what_the_program_prints() {
    let library = plan();
    for (page, language) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect("the page is there");
        let examples = examples(&page);
        assert!(examples.len() >= 7, "the examples are found");
        for (arguments, expected) in examples {
            let output = celan(library.path(), &arguments).env("CELAN_LANG", language).output().expect("it starts");
            let printed = format!("{}\n", text(&output.stdout).trim_end());
            match expected.strip_suffix("…\n") {
                Some(beginning) => assert!(printed.starts_with(beginning), "{arguments:?}\n{printed}"),
                None => assert_eq!(printed, expected, "{arguments:?}"),
            }
        }
    }
}
