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
fn places_are_listed_and_counted() {
    check("research.toml", plan().path());
}

#[test]
fn a_pipe_that_is_closed_early_ends_quietly() {
    let library = plan();
    for arguments in [
        &["help"][..],
        &["man"],
        &["completions", "bash"],
        &["toc"],
        &["toc", "--json"],
        &["search", "外贸"],
        &["search", "外贸", "--kwic", "9"],
        &["count", "外贸", "--json"],
        &[],
    ] {
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
        for command in ["search", "show", "toc", "cite", "indicators", "list", "add", "check", "remove", "reindex"] {
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
    let table = "\
结果    文件      编号              格式  编码   标题                                    结构                提示  警告
未加入  无.txt
已加入  规划.txt  湘政办发-2021-57  txt   UTF-8  湖南省“十四五”商务和开放型经济发展规划  10章 41节 99项 1表  0     0
未加入  坏.bin
已加入  办法.md   办法              md    UTF-8  试行办法                                1章                 0     0
";
    assert_eq!((code, stdout.as_str()), (2, table), "{stderr}");
    let told: Vec<&str> = stderr.lines().collect();
    assert_eq!(told[2], "错误：无.txt：文件或文件夹不存在");
    assert!(told[3].starts_with("错误：坏.bin：这不是文本文件；目前可读") && told.len() == 4, "{stderr}");

    let endless = fs::File::create(folder.path().join("镜像.txt")).expect("the file is made");
    endless.set_len(2 << 30).expect("it is long, and takes no room");
    assert_eq!(
        celan(&["add", "镜像.txt"]).2,
        "错误：镜像.txt：超过 1024 MiB，不像是文档；请检查文件内容，或在 celan.toml 中设置 file_mib\n"
    );

    let again = celan(&["add", "规划.txt"]);
    let table = "结果      文件      编号              格式  编码  标题  结构  提示  警告\n没有变化  规划.txt  湘政办发-2021-57\n";
    assert_eq!(again, (0, table.to_owned(), String::new()));

    let removed = celan(&["remove", "57号"]);
    let told = "已移除  湘政办发-2021-57  湖南省“十四五”商务和开放型经济发展规划\n文库中的副本 corpus/规划.txt 已删除\n";
    assert_eq!(removed, (0, told.to_owned(), String::new()));
    assert!(!library.join("corpus/规划.txt").exists() && folder.path().join("规划.txt").exists());
    assert_eq!(celan(&["remove", "57号"]).0, 1);

    assert_eq!(celan(&["reindex", "--lang", "en"]), (0, "index built anew: 1 document\n".to_owned(), String::new()));
    assert_eq!(celan(&["search", "规范管理"]).0, 0);
}

#[test]
fn of_many_files_only_those_are_shown_that_something_is_to_be_said_about() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = folder.path().join("文件");
    fs::create_dir(&texts).expect("the folder is made");
    for number in 1..=30 {
        fs::write(texts.join(format!("{number:02}.txt")), format!("关于第{number}号事项的通知\n\n一、甲\n\n二、乙\n"))
            .expect("written");
    }
    fs::write(texts.join("31.txt"), "关于缺号的通知\n\n一、甲\n\n二、乙\n\n四、丁\n\n五、戊\n").expect("written");
    let add = |library: &str, more: &[&str]| {
        let arguments = [&["add", "文件"], more].concat();
        let output = celan(folder.path(), &arguments).env("CELAN_LIBRARY", library).output().expect("it starts");
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    };
    let (code, stdout, stderr) = add("一", &[]);
    let table = "\
结果    文件         编号  格式  编码   标题            结构  提示  警告
已加入  文件/31.txt  31    txt   UTF-8  关于缺号的通知  4节   0     1
30 份无警告
";
    assert_eq!((code, stdout.as_str()), (0, table));
    assert_eq!(stderr, "新建文库：一\n尚无索引，已由 corpus/ 更新索引（0 个文件）\n31.txt：第7行：“四、”之前缺号\n");
    assert_eq!(add("二", &["--verbose"]).1.lines().count(), 32);
    assert_eq!(add("二", &["--lang", "en"]), (0, "31 without a warning\n".to_owned(), String::new()));

    let (_, stdout, stderr) = add("三", &["--json"]);
    assert_eq!(stderr, "新建文库：三\n尚无索引，已由 corpus/ 更新索引（0 个文件）\n");
    let entries: serde_json::Value = serde_json::from_str(&stdout).expect("the output is JSON");
    let last = &entries[30];
    assert_eq!((last["outcome"].as_str(), last["id"].as_str(), last["format"].as_str()), (Some("added"), Some("31"), Some("txt")));
    assert_eq!((last["counts"]["section"].as_u64(), last["diagnostics"][0]["code"].as_str()), (Some(4), Some("numbering-gap")));
    let keys: Vec<&String> = last.as_object().into_iter().flat_map(|entry| entry.keys()).collect();
    let expected = ["counts", "diagnostics", "encoding", "file", "format", "id", "outcome", "reason", "title", "twin"];
    assert_eq!(keys, expected);
}

#[test]
fn reasons_stand_below_the_table_that_they_belong_to() {
    let library = empty_library();
    fs::write(library.path().join("坏.pdf"), b"%PDF-1.7").expect("the file is written");
    let (mut screen, both) = std::io::pipe().expect("a pipe is opened");
    let mut command = celan(library.path(), &["add", "坏.pdf"]);
    command.stdout(both.try_clone().expect("the same pipe")).stderr(both);
    let mut child = command.spawn().expect("it starts");
    drop(command);
    let shown = std::io::read_to_string(&mut screen).expect("it is UTF-8");
    assert_eq!(child.wait().expect("it ends").code(), Some(2));
    let beginnings: Vec<&str> = shown.lines().filter_map(|line| line.split(['：', ' ']).next()).collect();
    assert_eq!(beginnings, ["结果", "未加入", "错误"], "{shown}");
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
    assert_eq!(keys.len(), 10, "{keys:?}");
}

#[test]
fn what_is_not_there_as_typed_is_answered_with_what_there_is() {
    check("answers.toml", plan().path());
}

#[test]
fn an_explanation_adds_up_and_stands_in_columns() {
    let library = plan();
    let (code, told, _) = run(library.path(), &["search", "外贸企业|ＲＣＥＰ", "--explain", "--lang", "en"]);
    assert_eq!(code, 0, "{told}");
    for row in
        ["term      外贸企业", "folded    rcep", "also      区域全面经济伙伴关系协定 (synonym)", "searched  by reading all texts, "]
    {
        assert!(told.lines().any(|line| line.starts_with(row)), "{row}: {told}");
    }
    for hit in told.split("\n\n") {
        let sums: Vec<&str> = hit.lines().filter(|line| line.contains(" × ")).collect();
        assert!(!sums.is_empty() || !hit.contains("score"), "{hit}");
        assert!(sums.iter().all(|line| line.find('=') == sums[0].find('=') && line.chars().count() <= 40), "{hit}");
    }
    let found = json(library.path(), &["search", "农村电商", "--explain", "--json"]);
    let weights = &found["explanation"]["weights"];
    let hits: Vec<_> = ["hits", "related"].iter().flat_map(|list| found[list].as_array().into_iter().flatten()).collect();
    assert!(!hits.is_empty());
    for hit in hits {
        let parts = hit["score_parts"].as_object().expect("the parts of the score");
        let weighted = |(name, part): (&String, &serde_json::Value)| part.as_f64().zip(weights[name].as_f64());
        let sum: f64 = parts.iter().map(|part| weighted(part).map_or(f64::NAN, |(part, weight)| part * weight)).sum();
        assert!((sum - hit["score"].as_f64().expect("a number")).abs() < 1e-4, "{hit}");
    }
    assert_eq!(found["explanation"]["terms"][0]["others"][0]["origin"], "synonym");
}

#[test]
fn what_another_reading_finds_is_data_of_its_own() {
    let library = plan();
    let (code, stdout, stderr) = run(library.path(), &["search", "yihuomaoyi", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&stdout).expect("the output is JSON");
    assert_eq!((code, stderr.as_str(), &answer["total"], &answer["absent"][0]), (1, "", &0.into(), &"yihuomaoyi".into()));
    let instead = &answer["instead"];
    assert_eq!((&instead["meant"], &instead["query"]), (&"pinyin".into(), &"易货贸易".into()));
    assert_eq!((&instead["total"], &instead["hits"][0]["locator"]), (&1.into(), &"湘政办发-2021-57/4.3.4".into()));
    assert_eq!((&answer["suggestions"][0]["text"], &answer["suggestions"][0]["units"]), (&"易货贸易".into(), &1.into()));
    let place = json(library.path(), &["search", "4.3.4", "--json"]);
    assert_eq!((&place["place"]["locator"], &place["place"]["kind"]), (&"湘政办发-2021-57/4.3.4".into(), &"measure".into()));
    let further = json(library.path(), &["search", "中国国际进口博览会", "--json"]);
    let synonyms = &further["synonyms"];
    assert_eq!((&further["total"], &synonyms["total"], &synonyms["occurrences"]), (&0.into(), &1.into(), &1.into()));
    assert_eq!(synonyms["hits"][0]["through"][0], "进博会");
}

#[test]
fn settings_that_cannot_be_read_are_told() {
    let library = library(&[("甲.txt", "第一章  总则\n\n贸易。\n".as_bytes())]);
    fs::write(library.path().join("celan.toml"), "synonyms = 3\n").expect("the settings are written");
    let (code, _, stderr) = run(library.path(), &["search", "贸易"]);
    assert_eq!((code, stderr.lines().count()), (0, 2), "{stderr}");
    assert!(stderr.contains("celan.toml") && stderr.ends_with("1 个单元，1 处\n"), "{stderr}");
}

#[test]
fn facets_add_up_to_the_totals() {
    let library = plan();
    for query in ["外贸", "发展 开放", "2025年"] {
        let answer = json(library.path(), &["search", query, "--limit", "3", "--json"]);
        let sum = |facet: &str, key: &str| -> u64 {
            let groups = answer["facets"][facet].as_array().into_iter().flatten();
            groups.map(|group| group[key].as_u64().expect("a count")).sum()
        };
        for facet in ["documents", "chapters"] {
            assert_eq!(Some(sum(facet, "units")), answer["total"].as_u64(), "{query}: {facet}");
            assert_eq!(Some(sum(facet, "occurrences")), answer["occurrences"].as_u64(), "{query}: {facet}");
        }
        assert_eq!(answer["hits"].as_array().map(Vec::len), Some(3), "{query}");
        let chapters = answer["facets"]["chapters"].as_array().expect("a list");
        assert!(chapters.len() > 1 && chapters.iter().all(|chapter| chapter["citation"].is_string()), "{query}");
    }
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
fn the_examples_in_the_pages_are_what_the_program_prints() {
    let library = plan();
    for (page, language) in [("README.md", "en"), ("README.zh-CN.md", "zh"), ("docs/research.md", "en")] {
        let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect("the page is there");
        let examples = examples(&page);
        assert!(examples.len() >= 5, "the examples are found");
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

/// How a worker with so many MiB of memory ends that is sent these files and its input then left open, or closed
/// where there are none; sent as the program sends them: the length of the question, that of its head, the head, the file.
#[cfg(unix)]
fn worker(memory: u64, files: &[&[u8]]) -> Output {
    use std::io::Write;
    let limits = celan::extract::Limits { memory, ..celan::extract::Limits::USUAL };
    let limits = serde_json::to_string(&limits).expect("limits are numbers");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = celan(folder.path(), &["__extract", &limits]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it listens");
    let head = br#"{"name":"a.txt","corrections":null}"#;
    let length = |length: usize| (length as u64).to_le_bytes();
    let question = |file: &&[u8]| [&length(8 + head.len() + file.len()), &length(head.len()), head.as_slice(), file].concat();
    let sent: Vec<u8> = files.iter().flat_map(question).collect();
    // A worker that breaks down stops listening.
    let _ = stdin.write_all(&sent);
    let listening = (!files.is_empty()).then_some(stdin);
    let output = child.wait_with_output().expect("it ends");
    drop(listening);
    output
}

#[test]
#[cfg(unix)]
fn a_worker_ends_with_its_input_and_cannot_take_more_memory_than_it_may() {
    use std::os::unix::process::ExitStatusExt;
    let idle = worker(2048, &[]);
    assert_eq!((idle.status.code(), text(&idle.stderr)), (Some(0), String::new()));
    // A block for each line takes more than the file itself by far.
    let starved = worker(256, &["一\n".repeat(3 << 20).as_bytes()]);
    assert_eq!(starved.status.signal(), Some(6), "{}", text(&starved.stderr));
    assert!(text(&starved.stderr).contains("memory allocation of"), "{}", text(&starved.stderr));
    let too_long = worker(256, &[&vec![b' '; 300 << 20]]);
    assert_eq!((too_long.status.code(), text(&too_long.stderr)), (Some(2), "out of memory\n".to_owned()));
}

#[test]
#[cfg(unix)]
fn a_worker_does_not_outlive_the_program_that_started_it() {
    let limits = serde_json::to_string(&celan::extract::Limits::USUAL).expect("limits are numbers");
    let folder = tempfile::tempdir().expect("a temporary folder");
    // The shell starts a worker, waits until that says that it is there, and ends; the worker's input stays open.
    let mut shell = std::process::Command::new("sh");
    shell.args([
        "-c",
        r#"mkfifo said; "$0" "$@" <&0 >said & head -c 8 said >&2"#,
        env!("CARGO_BIN_EXE_celan"),
        "__extract",
        &limits,
    ]);
    shell.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = shell.spawn().expect("it starts");
    let listening = child.stdin.take();
    // What it says on standard error ends when the last who may say something has ended.
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.stderr, [0; 8], "{}", text(&output.stderr));
    drop(listening);
}

#[test]
fn the_worker_is_named_nowhere() {
    let library = empty_library();
    for arguments in [&["help"][..], &["man"], &["completions", "bash"], &["completions", "zsh"], &["search", "-h"]] {
        let (_, printed, errors) = run(library.path(), arguments);
        assert!(!printed.contains("__extract") && errors.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_file_is_checked_beside_its_lines() {
    let library = plan();
    let folder = library.path();
    let written = "关于缺号的通知\n\n一、甲\u{1b}[2J\n\n正文。\n\n四、丁\n\n（一）推进易货。完善机制。\n\n五、戊\n";
    fs::write(folder.join("缺号.txt"), written).expect("the file is written");
    let printed = "\
文件      缺号.txt
编号      缺号
格式      txt
编码      UTF-8
标题      关于缺号的通知
文种      通知
发文机关  —
文号      —
成文日期  —
施行日期  —
修正日期  —
有效期    —
主送机关  —
地区      —
结构      3节 1项

警告 1，提示 0
警告  第7行：“四、”之前缺号

  行  地址  类别  标题              原文
   1  f1    文首  关于缺号的通知    关于缺号的通知
   3  1     节    一、甲␛[2J        一、甲␛[2J
                  …… 1段
!  7  4     节    四、丁            四、丁
   9  4.1   项      （一）推进易货  （一）推进易货。完善机制。
  11  5     节    五、戊            五、戊
";
    assert_eq!(run(folder, &["check", "缺号.txt"]), (0, printed.to_owned(), String::new()));

    let (code, by_id, errors) = run(folder, &["check", "57号"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(by_id.contains("\n  281  2.4     节      四、发展布局 "), "{by_id}");
    let checked = json(folder, &["check", "57号", "--json"]);
    assert_eq!((checked["id"].as_str(), checked["format"].as_str()), (Some("湘政办发-2021-57"), Some("txt")));
    assert_eq!((checked["diagnostics"].as_array().map(Vec::len), checked["outline"][1]["line"].as_u64()), (Some(0), Some(20)));

    fs::write(folder.join("坏.txt"), b"\x00\x01\xff").expect("the file is written");
    assert_eq!(run(folder, &["check", "没有.txt"]).0, 1);
    let (code, _, errors) = run(folder, &["check", "坏.txt"]);
    assert_eq!(code, 2);
    assert!(errors.starts_with("错误：坏.txt：这不是文本文件；目前可读"), "{errors}");
}

#[test]
fn corrections_are_followed_and_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("the file is written");
    write("意见.txt", "关于开放的意见\n\n一、总体要求\n\n推动开放。\n\n三、保障措施\n");
    let checked = |arguments: &[&str]| {
        let (code, stdout, stderr) = run(folder.path(), arguments);
        assert_eq!((code, stderr.as_str()), (0, ""));
        stdout.split_once("\n\n").expect("a head and the rest").1.to_owned()
    };
    let before = "\
警告 1，提示 0
警告  第7行：“三、”与前后编号不相接，按正文处理

  行  地址  类别  标题            原文
   1  f1    文首  关于开放的意见  关于开放的意见
   3  1     节    一、总体要求    一、总体要求
                  …… 1段
!  7  1.p2  段                    三、保障措施
";
    assert_eq!(checked(&["check", "意见.txt"]), before);

    write("意见.txt.celan.toml", "titel = '甲'\n[[heading]]\nline = 7\nkind = 'section'\n");
    let after = "\
warnings 1, notes 1
warning  意见.txt.celan.toml: unknown key `titel`; there are: title, issuer, document_number, date, [[heading]], [[text]]
note     line 7: read as a heading (section), as corrected

  Line  Address  Kind     Title           Source
     1  f1       front    关于开放的意见  关于开放的意见
     3  1        section  一、总体要求    一、总体要求
                          …… 1 paragraph
·    7  3        section  三、保障措施    三、保障措施
";
    assert_eq!(checked(&["check", "意见.txt", "--lang", "en"]), after);
}
