//! `celan doctor`: whether the library is what it should be, and where it is not, the index anew.

use clap::{ArgMatches, Command as ClapCommand};
use serde::Serialize;

use super::progress::Progress;
use super::session::Session;
use super::{Command, Outcome, either, json, parser};
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::library::{Examination, examine, repair};

pub(super) const COMMAND: Command = Command { name: "doctor", describe, run };

fn describe(command: ClapCommand, language: Language) -> ClapCommand {
    command
        .about(language.pick("检查文库是否完好", "Examine whether the library is sound"))
        .override_usage(language.pick("celan doctor [选项]", "celan doctor [OPTIONS]"))
        .arg(parser::switch(
            "repair",
            language.pick("有问题时由 corpus/ 重建索引，再检查一遍", "Where it is not, build the index anew from corpus/ and examine again"),
        ))
        .arg(parser::json(language))
        .after_help(language.pick(
            "重读每个原文件，与索引中的登记、结构和单元逐一核对，并核对索引文件的校验和；原文件、更正和笔记从不改动。\n退出码：0 完好，1 有问题，2 无法检查。",
            "Every source is read anew and held against the index: its SHA-256, its tree, its units; and the files of the index against their\nchecksums. Sources, corrections and notes are never touched. Exit code: 0 sound, 1 trouble found, 2 not examined.",
        ))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let folder = session.library_folder()?;
    let mut extractor = session.extractor();
    let bar = Progress::new(session.language);
    let mut progress = |done, of| bar.show(done, of);
    let mut examination = examine(&folder, &mut extractor, &mut progress).map_err(|error| session.failed(&error))?;
    let mut before = None;
    if matches.get_flag("repair") && examination.can_be_repaired() {
        repair(&folder, &mut extractor, &mut progress).map_err(|error| session.failed(&error))?;
        let after = examine(&folder, &mut extractor, &mut progress).map_err(|error| session.failed(&error))?;
        before = Some(std::mem::replace(&mut examination, after));
    }
    bar.end();
    if matches.get_flag("json") {
        json::print(&mut session.output, &report(&folder.display().to_string(), &examination, before.as_ref()))?;
    } else {
        print(session, &examination, before.as_ref())?;
    }
    Ok(if examination.is_sound() { Outcome::Found } else { Outcome::Nothing })
}

fn print(session: &mut Session<'_>, examination: &Examination, before: Option<&Examination>) -> anyhow::Result<()> {
    let language = session.language;
    if let Some(before) = before {
        print_findings(session, before)?;
        session
            .output
            .line(language.pick("已由 corpus/ 重建索引，重新检查：", "the index was built anew from corpus/; examined again:"))?;
    }
    print_findings(session, examination)?;
    let Examination { sources, documents, units, index_files, asked, notes, findings } = examination;
    session.output.line(either(
        language,
        format!("原文件 {sources}，文件 {documents}，核对单元 {units}，索引文件 {index_files}，抽查检索 {asked}，笔记 {notes}"),
        format!("sources {sources}, documents {documents}, units compared {units}, index files {index_files}, looked up {asked}, notes {notes}"),
    ))?;
    session.output.line(if examination.is_sound() {
        language.pick("文库完好", "the library is sound").to_owned()
    } else {
        let count = findings.iter().filter(|finding| finding.severity == Severity::Warning).count();
        either(language, format!("发现 {count} 个问题"), format!("found {count} thing{} wrong", if count == 1 { "" } else { "s" }))
    })?;
    Ok(())
}

fn print_findings(session: &mut Session<'_>, examination: &Examination) -> anyhow::Result<()> {
    for finding in &examination.findings {
        let said = finding.say(session.language);
        session.output.line(said)?;
    }
    Ok(())
}

/// An examination in JSON.
#[derive(Serialize)]
struct Report<'e> {
    library: &'e str,
    sound: bool,
    repaired: bool,
    sources: usize,
    documents: usize,
    units: usize,
    index_files: usize,
    looked_up: usize,
    notes: usize,
    findings: &'e [Diagnostic],
    /// What was found before the index was built anew.
    before: &'e [Diagnostic],
}

fn report<'e>(library: &'e str, examination: &'e Examination, before: Option<&'e Examination>) -> Report<'e> {
    Report {
        library,
        sound: examination.is_sound(),
        repaired: before.is_some(),
        sources: examination.sources,
        documents: examination.documents,
        units: examination.units,
        index_files: examination.index_files,
        looked_up: examination.asked,
        notes: examination.notes,
        findings: &examination.findings,
        before: before.map_or(&[], |before| &before.findings),
    }
}
