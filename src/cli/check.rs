//! `celan check`: how a file was read, beside the file itself, so that a person can judge it.
//!
//! The head with what the document says of itself, what was noticed and where, and the outline beside the lines it was read from
//! (`outline`). The file is read anew, from its place in the library or outside of one.

mod outline;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};
use serde::Serialize;

use super::session::Session;
use super::{Command, Outcome, choose, either, json, parser, report, table};
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::document::locator::DocumentId;
use crate::document::metadata::Metadata;
use crate::library::{Extractor, Reading, read_file};

pub(super) const COMMAND: Command = Command { name: "check", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick(
            "对照原文检查一个文件的解析结果",
            "Show how a file was read, beside its lines, to be judged by a person",
        ))
        .override_usage(language.pick("celan check [选项] 文件", "celan check [OPTIONS] DOC"))
        .arg(Arg::new("document").required(true).value_name(language.pick("文件", "DOC")).help(language.pick(
            "文件路径，或文库中文件的编号、文号（57号）或标题的一部分",
            "The path of a file, or the id, number (57号) or a part of the title of a document of the library",
        )))
        .arg(parser::json(language))
        .after_help(language.pick(
            "行首“!”表示该行有警告，“·”表示有提示；有警告时退出码仍为 0，脚本可看 --json 中的 diagnostics。",
            "A line that begins with `!` has a warning, one with `·` a note. Warnings leave the exit code at 0: a script finds them in the\n`diagnostics` of --json.",
        ))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let typed = matches.get_one::<String>("document").map(String::as_str).unwrap_or_default();
    let Some((path, id)) = meant(session, typed)? else { return Ok(Outcome::Nothing) };
    let mut extractor = session.extractor();
    let mut reading = read_file(&path, &mut extractor).map_err(|error| session.failed(&error))?;
    extractor.rest();
    if let Some(id) = id {
        reading.document.id = id;
    }
    // What concerns the file as a whole comes first.
    reading.diagnostics.sort_by_key(|diagnostic| (diagnostic.place.line, diagnostic.place.page));
    if matches.get_flag("json") {
        json::print(&mut session.output, &entry(&path, &reading))?;
        return Ok(Outcome::Found);
    }
    print_head(session, &path, &reading)?;
    print_diagnostics(session, &reading.diagnostics)?;
    session.output.line("")?;
    outline::print(session, &reading)?;
    Ok(Outcome::Found)
}

/// The file that is meant, and its id where it is one of the library; none where there is none, which has been told.
fn meant(session: &Session<'_>, typed: &str) -> anyhow::Result<Option<(PathBuf, Option<DocumentId>)>> {
    let path = Path::new(typed);
    if path.is_file() {
        return Ok(Some((path.to_owned(), None)));
    }
    let library = session.library()?;
    let Some(listing) = choose::document(session, &library, typed)? else { return Ok(None) };
    Ok(Some((session.source_path(&listing)?, Some(listing.id.clone()))))
}

/// What the document says of itself, as far as it is known, one thing a line.
fn print_head(session: &mut Session<'_>, path: &Path, reading: &Reading) -> anyhow::Result<()> {
    let language = session.language;
    let metadata = &reading.document.metadata;
    let amended: Vec<String> = metadata.amended.iter().map(ToString::to_string).collect();
    let known = [
        (("文件", "File"), Some(path.display().to_string())),
        (("编号", "Id"), Some(reading.document.id.to_string())),
        (("格式", "Format"), Some(reading.format.to_owned())),
        (("编码", "Encoding"), reading.encoding.map(str::to_owned)),
        (("标题", "Title"), Some(metadata.title.clone())),
        (("文种", "Kind"), metadata.genre.clone()),
        (("发文机关", "Issuer"), metadata.issuer.clone()),
        (("文号", "Number"), metadata.document_number.clone()),
        (("成文日期", "Date"), metadata.date.map(|date| date.to_string())),
        (("施行日期", "In force"), metadata.effective.map(|date| date.to_string())),
        (("修正日期", "Amended"), Some(amended.join(language.pick("、", ", "))).filter(|amended| !amended.is_empty())),
        (("有效期", "Validity"), metadata.validity.clone()),
        (("主送机关", "Addressee"), metadata.addressee.clone()),
        (("地区", "Region"), metadata.region.clone()),
        (("结构", "Structure"), Some(report::structure(&reading.summary(), language))),
    ];
    let rows = known
        .iter()
        .map(|((chinese, english), value)| table::row([language.pick(*chinese, *english), value.as_deref().unwrap_or("—")]));
    for line in table::aligned(&rows.collect::<Vec<_>>()) {
        session.output.line(line)?;
    }
    Ok(())
}

fn print_diagnostics(session: &mut Session<'_>, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    let language = session.language;
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (warnings, notes) = (of(Severity::Warning), of(Severity::Note));
    session.output.line("")?;
    session.output.line(either(
        language,
        format!("警告 {warnings}，提示 {notes}"),
        format!("warnings {warnings}, notes {notes}"),
    ))?;
    for diagnostic in diagnostics {
        // The file is known from the head.
        let mut placed = diagnostic.clone();
        placed.place.file = placed.place.file.filter(|_| diagnostic.place.line.is_none());
        let word = match diagnostic.severity {
            Severity::Warning => language.pick("警告  ", "warning  "),
            Severity::Note => language.pick("提示  ", "note     "),
        };
        session.output.line(format_args!("{word}{}", placed.say(language)))?;
    }
    Ok(())
}

/// A file in JSON.
#[derive(Serialize)]
struct Entry<'r> {
    file: String,
    id: &'r DocumentId,
    format: &'r str,
    encoding: Option<&'r str>,
    #[serde(flatten)]
    metadata: &'r Metadata,
    diagnostics: &'r [Diagnostic],
    outline: Vec<outline::Entry<'r>>,
}

fn entry<'r>(path: &Path, reading: &'r Reading) -> Entry<'r> {
    Entry {
        file: path.display().to_string(),
        id: &reading.document.id,
        format: reading.format,
        encoding: reading.encoding,
        metadata: &reading.document.metadata,
        diagnostics: &reading.diagnostics,
        outline: outline::entries(&reading.document),
    }
}
