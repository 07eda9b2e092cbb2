//! The programs that are compared: whether they are there, and how a term is looked up with each as a whole command.
//!
//! Each is asked for what `celan search TERM` gives: how many units there are, and the best 20 with the term marked. ripgrep lists all
//! lines, as it is meant to be used.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::options::Options;
use crate::stores::Stores;

/// A program that is looked for by its name.
pub(crate) fn is_there(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg(if program == "recollq" { "-h" } else { "--version" });
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// The version of every program, as a sentence each.
pub(crate) fn versions(options: &Options) -> String {
    let celan = options.celan.to_string_lossy();
    let mut lines = vec!["### Programs\n".to_owned()];
    for (name, program, arguments) in [
        ("celan", &*celan, ["--version"].as_slice()),
        ("ripgrep", "rg", &["--version"]),
        ("SQLite", "sqlite3", &["--version"]),
        ("Groonga", "groonga", &["--version"]),
        // It has no option for its version, but says it when it is asked for something that it does not have.
        ("Recoll", "recollq", &["-V"]),
    ] {
        let said = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok();
        let said = said.map(|output| [output.stdout, output.stderr].concat());
        let said = said.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let version = said.as_deref().map_or("not installed", |text| version_in(text));
        lines.push(format!("- {name}: {version}"));
    }
    lines.join("\n")
}

/// The first word that begins with a digit and holds a full stop.
fn version_in(text: &str) -> &str {
    let is_version = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('.');
    text.split([' ', '\n']).find(is_version).unwrap_or("installed")
}

/// `celan --version`: the program's own no-op.
pub(crate) fn no_op(options: &Options) -> Command {
    let mut command = Command::new(&options.celan);
    command.arg("--version");
    command
}

/// `celan search TERM`.
pub(crate) fn celan(options: &Options, stores: &Stores, term: &str) -> Command {
    let mut command = Command::new(&options.celan);
    command.arg("--library").arg(&stores.library).args(["search", term]);
    command
}

/// `rg -n -F TERM` over a file or a folder.
pub(crate) fn ripgrep(place: &Path, term: &str) -> Command {
    let mut command = Command::new("rg");
    command.args(["-n", "-F", term]).arg(place);
    command
}

/// The `sqlite3` command on the table with trigrams.
pub(crate) fn sqlite(stores: &Stores, term: &str) -> Command {
    let mut command = Command::new("sqlite3");
    command.arg(&stores.sqlite).arg(sqlite_query(&[term]));
    command
}

/// What SQLite is asked for: the total, and the best 20 by BM25 with the terms marked.
pub(crate) fn sqlite_query(terms: &[&str]) -> String {
    let phrases: Vec<_> = terms.iter().map(|term| format!("\"{}\"", term.replace('"', "\"\"").replace('\'', "''"))).collect();
    let matched = format!("from units where units match '{}'", phrases.join(" AND "));
    format!("select count(*) {matched}; select rowid, highlight(units, 0, '[', ']') {matched} order by rank limit 20;")
}

/// The `groonga` command on its database.
pub(crate) fn groonga(stores: &Stores, term: &str) -> Command {
    let mut command = Command::new("groonga");
    command.arg(stores.groonga()).arg(groonga_query(&[term]));
    command
}

/// What Groonga is asked for: the best 20 by its score with the terms marked; the total comes with them.
pub(crate) fn groonga_query(terms: &[&str]) -> String {
    let phrases: Vec<_> = terms.iter().map(|term| format!("\\\"{term}\\\"")).collect();
    format!(
        "select units --match_columns body --query \"{}\" --output_columns '_id,_score,highlight_html(body)' --sort_keys -_score --limit 20",
        phrases.join(" ")
    )
}

/// `recollq` on its database: the best 20 files, with the words around the term or only by their names.
pub(crate) fn recoll(stores: &Stores, term: &str, shown: Shown) -> Command {
    let mut command = Command::new("recollq");
    command.arg("-c").arg(&stores.recoll).args(["-n", "20"]);
    if matches!(shown, Shown::Passages) {
        command.arg("-A");
    }
    command.arg(term);
    command
}

/// What Recoll shows of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shown {
    /// Its name.
    Names,
    /// Passages of its text, as celan does.
    Passages,
}
