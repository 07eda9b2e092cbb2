//! Hostile files, names and folders, met by the real program: it is never led astray, never waits for ever, and always says why.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A library in a folder of its own, and room beside it.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("library/corpus")).unwrap();
        fs::create_dir_all(folder.path().join("home")).unwrap();
        fs::create_dir_all(folder.path().join("in")).unwrap();
        Self { folder }
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// A file outside of the library.
    fn file(&self, name: impl AsRef<OsStr>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("in").join(name.as_ref());
        fs::write(&path, bytes).unwrap();
        path
    }

    fn run(&self, arguments: &[&OsStr]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_celan"));
        command.env("CELAN_LIBRARY", self.library()).env("HOME", self.folder.path().join("home")).env("CELAN_LANG", "en");
        command.env_remove("LC_ALL").env("LANG", "en_US.UTF-8").current_dir(self.folder.path().join("in"));
        command.args(arguments).output().unwrap()
    }

    fn celan(&self, arguments: &[&str]) -> Output {
        self.run(&arguments.iter().map(OsStr::new).collect::<Vec<_>>())
    }

    fn add(&self, path: &Path) -> Output {
        self.run(&[OsStr::new("add"), path.as_os_str()])
    }

    fn stored(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.library().join("corpus")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A terminal would obey what is left of these: escape sequences, C1 controls, marks that turn the direction.
fn commands(text: &str) -> Vec<char> {
    let commands = text.chars().filter(|character| {
        character.is_control() && !matches!(character, '\n' | '\r' | '\t')
            || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    });
    commands.collect()
}

/// A plan that would set the title of the terminal, clear it, answer for it and turn numbers round; its table would compute.
const OWNED: &str = "关于\u{1b}]0;owned\u{7}规划的\u{1b}]2;owned\u{1b}\\通知\n甲发〔2021〕1号\n\n第一章  总\u{202e}则\n一、红\u{1b}[31m字\u{9b}2J\u{1b}[6n\n正文<script>alert(1)</script>=1+1。\n\n专栏1  \u{1b}[2J指标\n指标\t2020年\t2025年\t属性\n=cmd|' /C calc'!A0\t-3.5\t+7%\t@SUM(A1)\n\u{1b}]52;c;eA==\u{7}车位\t100\t-1+2\t预期性\n";

#[test]
fn nothing_that_a_document_or_its_name_says_commands_the_terminal_in_any_command() {
    let bench = Bench::new();
    let path = bench.file(OsStr::from_bytes(b"\xFF\x1B]0;owned\x07\n.txt"), OWNED);
    let added = bench.add(&path);
    assert_eq!(added.status.code(), Some(0), "{}", said(&added));
    assert_eq!(commands(&said(&added)), Vec::<char>::new(), "{}", said(&added));
    let mut runs: Vec<Vec<&str>> = vec![
        vec!["list"],
        vec!["list", "--json"],
        vec!["toc"],
        vec!["toc", "--json"],
        vec!["search", "红"],
        vec!["search", "红", "--json"],
        vec!["search", "owned"],
        vec!["show", "1.1"],
        vec!["count", "红"],
        vec!["indicators", "--json"],
        vec!["check", "甲发-2021-1"],
        vec!["reindex"],
        vec!["remove", "甲发-2021-1"],
    ];
    for style in ["official", "plain", "gbt7714", "markdown", "bibtex", "csl-json"] {
        runs.insert(0, vec!["cite", "1.1", "--quote", "--style", style]);
    }
    for arguments in runs {
        let output = bench.celan(&arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        assert_eq!(commands(&said(&output)), Vec::<char>::new(), "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn a_table_that_is_exported_computes_nothing_and_its_numbers_stay_numbers() {
    let bench = Bench::new();
    let clean: String = OWNED.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect();
    assert_eq!(bench.add(&bench.file("plan.txt", clean)).status.code(), Some(0));
    let exported = bench.celan(&["indicators", "--csv"]);
    let mut rows = csv::ReaderBuilder::new().has_headers(true).from_reader(exported.stdout.as_slice());
    let cells: Vec<String> = rows.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    let has = |cell: &str| cells.iter().any(|own| own == cell);
    assert!(has("'=cmd|' /C calc'!A0") && has("'@SUM(A1)") && has("'-1+2"), "{cells:?}");
    assert!(has("-3.5") && has("+7%") && has("100"), "{cells:?}");
    assert!(!cells.iter().any(|cell| cell.starts_with(['=', '@', '\t'])), "{cells:?}");
    let concordance = bench.celan(&["search", "alert", "--kwic", "--csv"]);
    assert!(!said(&concordance).lines().any(|line| line.split(',').any(|cell| cell.starts_with('='))), "{}", said(&concordance));
    let quoted = said(&bench.celan(&["cite", "1.1", "--quote", "--style", "markdown"]));
    assert!(!quoted.contains("<script>"), "{quoted}");
}

#[test]
fn pipes_devices_and_sockets_are_refused_at_once_and_not_waited_for() {
    let bench = Bench::new();
    let pipe = bench.folder.path().join("in/pipe.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let socket = bench.folder.path().join("in/socket.txt");
    let _listener = UnixListener::bind(&socket).unwrap();
    for path in [&pipe, &socket, Path::new("/dev/zero"), Path::new("/dev/null")] {
        let output = bench.add(path);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("no file but a pipe, a device or a folder"), "{}", said(&output));
    }
    // In a folder that is added they are passed over, in `corpus/` they are named.
    bench.file("good.txt", "关于好文件的通知\n");
    assert_eq!(bench.add(&bench.folder.path().join("in")).status.code(), Some(0));
    assert!(Command::new("mkfifo").arg(bench.library().join("corpus/pipe.txt")).status().unwrap().success());
    let output = bench.celan(&["reindex"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("pipe.txt: this is a pipe, a device or a socket and was not read"), "{}", said(&output));
}

#[test]
fn what_only_has_the_name_of_a_file_of_corrections_is_not_waited_for_and_costs_the_document_beside_it() {
    let bench = Bench::new();
    let document = bench.file("notice.txt", "关于好文件的通知\n");
    let beside = bench.folder.path().join("in/notice.txt.celan.toml");
    let refused = |why: &str| {
        let output = bench.add(&document);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(why), "{}", said(&output));
    };
    assert!(Command::new("mkfifo").arg(&beside).status().unwrap().success());
    refused("notice.txt.celan.toml: no file but a pipe, a device or a folder");
    fs::remove_file(&beside).unwrap();
    symlink("/dev/zero", &beside).unwrap();
    refused("notice.txt.celan.toml: no file but a pipe, a device or a folder");
    fs::remove_file(&beside).unwrap();
    fs::write(&beside, " ".repeat(5 << 20)).unwrap();
    refused("notice.txt.celan.toml: longer than 4 MiB, which no corrections are");
    fs::write(&beside, "title = \"关于另一文件的通知\"\n").unwrap();
    assert_eq!(bench.add(&document).status.code(), Some(0));
    assert!(said(&bench.celan(&["list"])).contains("关于另一文件的通知"));
}

#[test]
fn a_link_that_leads_out_of_the_library_is_not_followed_and_named() {
    let bench = Bench::new();
    let secret = bench.file("secret.txt", "关于机密事项的通知\n");
    let corpus = bench.library().join("corpus");
    fs::write(corpus.join("own.txt"), "关于公开事项的通知\n").unwrap();
    symlink(&secret, corpus.join("link.txt")).unwrap();
    symlink(bench.folder.path().join("in"), corpus.join("folder")).unwrap();
    symlink(&corpus, corpus.join("loop")).unwrap();
    let output = bench.celan(&["list"]);
    assert!(said(&output).contains("关于公开事项的通知") && !said(&output).contains("机密"), "{}", said(&output));
    assert_eq!(said(&output).matches("this is a symbolic link and was not followed").count(), 3, "{}", said(&output));
    assert_eq!(bench.celan(&["search", "机密"]).status.code(), Some(1));
    // Nor is one in a folder that is added; one that is named itself is what its user wants.
    fs::create_dir(bench.folder.path().join("in/sub")).unwrap();
    symlink(&secret, bench.folder.path().join("in/sub/link.txt")).unwrap();
    assert_eq!(bench.celan(&["add", "sub"]).status.code(), Some(1));
    assert_eq!(bench.celan(&["add", "sub/link.txt"]).status.code(), Some(0));
    assert_eq!(bench.celan(&["search", "机密"]).status.code(), Some(0));
}

#[test]
fn a_file_with_any_name_is_added_under_one_that_can_be_named_and_found_again() {
    let bench = Bench::new();
    let names: [&[u8]; 8] = [
        b"\xB9\xE6\xBB\xAE.txt",
        b".hidden.txt",
        b".celan-staged.txt",
        b"ids.json",
        b"line\nfeed\r.txt",
        "规".repeat(83).as_bytes().to_vec().leak(),
        "\u{202e}txt.规划.txt".as_bytes(),
        b"-rf",
    ];
    for (number, name) in names.iter().enumerate() {
        let path = bench.file(OsStr::from_bytes(name), format!("关于第{number}号事项的通知\n\n一、编号甲{number}乙\n"));
        let output = bench.add(&path);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    // A namesake of the longest one needs a few bytes more.
    fs::create_dir(bench.folder.path().join("in/more")).unwrap();
    let twin = bench.file(format!("more/{}", "规".repeat(83)), "关于同名文件的通知\n");
    assert_eq!(bench.add(&twin).status.code(), Some(0));
    let stored = bench.stored();
    assert!(stored.iter().all(|name| commands(name).is_empty() && !name.contains(['\n', '\r'])), "{stored:?}");
    assert_eq!(bench.celan(&["reindex"]).status.code(), Some(0));
    for number in 0..names.len() {
        let found = bench.celan(&["search", &format!("编号甲{number}乙")]);
        assert_eq!(found.status.code(), Some(0), "{number} is gone: {stored:?}");
    }
}

#[test]
fn a_file_that_came_into_the_library_under_no_name_at_all_is_named_and_left_out() {
    let bench = Bench::new();
    fs::write(bench.library().join("corpus").join(OsStr::from_bytes(b"\xB9\xE6.txt")), "关于规划的通知\n").unwrap();
    fs::write(bench.library().join("corpus/own.txt"), "关于公开事项的通知\n").unwrap();
    let output = bench.celan(&["list"]);
    assert!(said(&output).contains("its name is no valid UTF-8 and it was not read: rename it"), "{}", said(&output));
    assert!(said(&output).contains("关于公开事项的通知"));
}

fn tree(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tree(&path, found);
        }
        found.insert(path);
    }
}

#[test]
fn an_archive_whose_entries_lead_elsewhere_writes_nothing_anywhere_and_reads_nothing_from_there() {
    let bench = Bench::new();
    let secret = bench.file("secret.xml", "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>机密</w:t></w:r></w:p></w:body></w:document>");
    let document = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>关于公开事项的通知</w:t></w:r></w:p></w:body></w:document>";
    let target = secret.display().to_string();
    let relations = format!(
        "<Relationships xmlns=\"x\"><Relationship Type=\"http://x/officeDocument\" Target=\"{target}\"/><Relationship Type=\"http://x/styles\" Target=\"../../../../..{target}\"/></Relationships>"
    );
    let bytes = container(&[
        ("_rels/.rels", &relations),
        ("word/_rels/document.xml.rels", &relations),
        ("word/document.xml", document),
        ("../../../evil.txt", "x"),
        ("/tmp/celan-evil.txt", "x"),
        ("..\\..\\evil.txt", "x"),
    ]);
    let path = bench.file("公开.docx", bytes);
    let mut before = BTreeSet::new();
    tree(bench.folder.path(), &mut before);
    let output = bench.add(&path);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let mut after = BTreeSet::new();
    tree(bench.folder.path(), &mut after);
    let library = bench.library();
    let elsewhere: Vec<_> = after.difference(&before).filter(|path| !path.starts_with(&library)).collect();
    assert!(elsewhere.iter().all(|path| path.starts_with(bench.folder.path().join("home"))), "{elsewhere:?}");
    assert!(!Path::new("/tmp/celan-evil.txt").exists());
    assert_eq!(bench.celan(&["search", "公开"]).status.code(), Some(0));
    assert_eq!(bench.celan(&["search", "机密"]).status.code(), Some(1));
}

#[test]
fn bad_files_stop_no_import_are_listed_with_their_reasons_and_can_be_added_when_they_are_mended() {
    let bench = Bench::new();
    let inbox = bench.folder.path().join("in");
    let deep = format!("<html><body>{}", "<div>".repeat(5000));
    let bomb = container(&[("word/document.xml", &"0".repeat(3 << 20))]);
    let cut = container(&[("word/document.xml", "<w:document/>")]).into_iter().take(40).collect::<Vec<u8>>();
    let bad: [(&str, &[u8], &str); 5] = [
        ("a-cut.docx", &cut, "damaged or cut off"),
        ("m-bomb.docx", &bomb, "expanded bytes for each packed byte"),
        ("n-deep.html", deep.as_bytes(), "deep in each other"),
        ("o-empty.pdf", b"%PDF-1.7", "damaged or cut off"),
        ("z-noise.txt", b"\0\x01\x02\x03\0\0\0\xFF\xFE\xFD", "not a text file"),
    ];
    for (name, bytes, _) in bad {
        fs::write(inbox.join(name), bytes).unwrap();
    }
    for number in 0..1000 {
        fs::write(inbox.join(format!("n{number}.txt")), format!("关于第{number}号事项的通知\n\n一、编号甲{number}乙\n")).unwrap();
    }
    let output = bench.add(&inbox);
    assert_eq!(output.status.code(), Some(2), "some were refused");
    let text = said(&output);
    for (name, _, reason) in bad {
        assert!(text.lines().any(|line| line.contains(name) && line.contains(reason)), "{name}, {reason}: {text}");
    }
    assert_eq!(bench.stored().len(), 1000);
    assert_eq!(bench.celan(&["search", "编号甲999乙"]).status.code(), Some(0));
    fs::write(inbox.join("o-empty.pdf"), "关于补件的通知\n\n一、已经补齐\n").unwrap();
    let output = bench.add(&inbox);
    assert_eq!(output.status.code(), Some(2), "four are still bad");
    assert_eq!(bench.stored().len(), 1001);
    assert_eq!(bench.celan(&["search", "已经补齐"]).status.code(), Some(0));
}

#[test]
fn the_limits_of_a_library_hold_in_its_worker_and_a_file_that_was_refused_is_added_once_they_are_raised() {
    let bench = Bench::new();
    let cells = format!("<html><body><table>{}</table></body></html>", "<tr><td>甲</td><td>乙</td></tr>".repeat(60));
    let path = bench.file("table.html", cells);
    let settings = bench.library().join("celan.toml");
    fs::write(&settings, "[limits]\ncells = 100\n").unwrap();
    let output = bench.add(&path);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("the file has more than 100 cells"), "{}", said(&output));
    fs::write(&settings, "[limits]\ncells = 1000\n").unwrap();
    assert_eq!(bench.add(&path).status.code(), Some(0));
    fs::write(&settings, "[limits]\nfile_mib = 1\n").unwrap();
    let output = bench.add(&bench.file("long.txt", "关于开放的意见\n".repeat(60_000)));
    assert!(said(&output).contains("longer than 1 MiB"), "{}", said(&output));
}

/// What the terminal program writes into a real pseudo-terminal from its start until this stands in it.
fn written_until(bench: &Bench, awaited: &str) -> Vec<u8> {
    let size = PtySize { rows: 24, cols: 100, pixel_width: 0, pixel_height: 0 };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_celan"));
    command.env("CELAN_LIBRARY", bench.library());
    command.env("HOME", bench.folder.path().join("home"));
    command.env("LANG", "zh_CN.UTF-8");
    command.env("TERM", "xterm-256color");
    let mut child = pty.slave.spawn_command(command).unwrap();
    let mut reader = pty.master.try_clone_reader().unwrap();
    let (mut written, mut bytes) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&written).contains(awaited) {
        let count = reader.read(&mut bytes).unwrap();
        assert_ne!(count, 0, "it ended: {}", String::from_utf8_lossy(&written));
        written.extend(bytes.iter().take(count));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    written
}

#[test]
fn a_document_does_not_set_the_title_of_the_terminal_nor_its_clipboard() {
    let bench = Bench::new();
    assert_eq!(bench.add(&bench.file("plan.txt", OWNED)).status.code(), Some(0));
    let written = written_until(&bench, "owned");
    // What is asked of the terminal and set in it is the program's own, which has none of the document's words.
    let asked: Vec<&[u8]> = written.split(|byte| *byte == 0x1B).filter(|rest| rest.starts_with(b"]")).collect();
    for request in asked {
        let end = request.iter().position(|byte| matches!(byte, 0x07 | b'\\')).unwrap_or(request.len());
        let request = String::from_utf8_lossy(request.get(..end).unwrap()).into_owned();
        assert!(
            !request.contains("owned") && !["]0;", "]1;", "]2;", "]52;"].iter().any(|set| request.starts_with(set)),
            "{request}"
        );
    }
    assert!(String::from_utf8_lossy(&written).contains('␛'), "it is shown instead");
}
