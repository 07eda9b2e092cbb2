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

/// A folder that is a library without documents.
fn empty_library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("celan.toml"), "").expect("the settings are written");
    fs::create_dir(folder.path().join("corpus")).expect("the folder is made");
    folder
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
fn a_pipe_that_is_closed_early_ends_quietly() {
    let library = empty_library();
    for arguments in [&["help"][..], &["man"], &["completions", "bash"]] {
        let mut child = celan(library.path(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
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
