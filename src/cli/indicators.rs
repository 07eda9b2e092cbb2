//! `celan indicators`: the numbers that the plans of the library bind themselves to.

use clap::{Arg, ArgMatches};

use super::session::Session;
use super::{Command, Outcome, exported, parser, table};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::export::{Entry, INDICATOR_FORMATS, IndicatorFormat};
use crate::text::fold;

pub(super) const COMMAND: Command = Command { name: "indicators", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("列出规划指标", "Print the indicators of the plans"))
        .override_usage(language.pick("celan indicators [选项] [文字]…", "celan indicators [OPTIONS] [QUERY]…"))
        .arg(
            Arg::new("query").num_args(0..).value_name(language.pick("文字", "QUERY")).help(
                language.pick("只列名称、类别等含有这些文字的", "Only those whose name, group or property contains these words"),
            ),
        )
        .arg(parser::json(language).conflicts_with("csv"))
        .arg(parser::switch("csv", language.pick("输出 CSV", "Print CSV")))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library()?;
    let mut documents = Vec::new();
    for listing in library.listings() {
        documents.push(library.document(&listing.id).map_err(|error| session.failed(&error))?);
    }
    let terms: Vec<_> = matches.get_many::<String>("query").into_iter().flatten().map(|term| fold::folded(term)).collect();
    let entries: Vec<_> = documents.iter().flat_map(|document| entries(document)).filter(|entry| holds(entry, &terms)).collect();
    match INDICATOR_FORMATS.into_iter().find(|format| matches.get_flag(format.name)) {
        Some(format) => print_format(session, format, &entries)?,
        None => print_table(session, &entries)?,
    }
    if entries.is_empty() {
        session.say(session.language.pick("没有符合的指标", "no such indicator"));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Found)
}

fn entries(document: &Document) -> impl Iterator<Item = Entry<'_>> {
    document.indicators.iter().map(move |indicator| Entry { document, indicator })
}

/// Whether every term occurs in what the indicator says of itself.
fn holds(entry: &Entry<'_>, terms: &[String]) -> bool {
    let indicator = entry.indicator;
    let said = [&indicator.category, &indicator.name, &indicator.unit, &indicator.target, &indicator.property];
    let said = said.map(|part| fold::folded(part));
    terms.iter().all(|term| said.iter().any(|part| part.contains(term.as_str())))
}

fn print_format(session: &mut Session<'_>, format: IndicatorFormat, entries: &[Entry<'_>]) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    format.write(entries, &mut bytes)?;
    exported::print(session, format.name, &bytes)
}

/// One table a document, under the document's name.
fn print_table(session: &mut Session<'_>, entries: &[Entry<'_>]) -> anyhow::Result<()> {
    let language = session.language;
    for (position, group) in entries.chunk_by(|one, other| one.document.id == other.document.id).enumerate() {
        let Some(first) = group.first() else { continue };
        if position > 0 {
            session.output.line("")?;
        }
        session.output.line(first.document.official_name())?;
        session.output.line("")?;
        let mut years: Vec<u16> = group.iter().flat_map(|entry| &entry.indicator.values).map(|value| value.year).collect();
        years.sort_unstable();
        years.dedup();
        let names: Vec<_> = years.iter().map(ToString::to_string).collect();
        let before = language.pick(["类别", "序号", "指标", "单位"], ["Group", "No.", "Indicator", "Unit"]);
        let after = language.pick(["年均增长（%）", "属性", "目标"], ["Growth (%/year)", "Property", "Target"]);
        let mut rows = vec![table::row(before.into_iter().chain(names.iter().map(String::as_str)).chain(after))];
        rows.extend(group.iter().map(|entry| row(entry, &years)));
        for line in table::aligned(&rows) {
            session.output.line(line)?;
        }
    }
    Ok(())
}

fn row(entry: &Entry<'_>, years: &[u16]) -> Vec<table::Cell> {
    let indicator = entry.indicator;
    let value = |year: &u16| indicator.values.iter().find(|value| value.year == *year).map_or("", |value| value.value.as_str());
    let before = [&indicator.category, &indicator.number, &indicator.name, &indicator.unit].map(String::as_str);
    let after = [&indicator.annual_growth, &indicator.property, &indicator.target].map(String::as_str);
    table::row(before.into_iter().chain(years.iter().map(value)).chain(after))
}
