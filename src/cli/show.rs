//! `celan show`: a unit with the way to it, what stands below it, and its citation.

use clap::ArgMatches;
use serde::Serialize;

use super::output::{BOLD, FAINT};
use super::session::Session;
use super::{Command, Outcome, choose, either, json, parser, unit};
use crate::diagnostic::Language;
use crate::document::kind::Kind;
use crate::document::locator::Locator;
use crate::export::passage::Passage;
use crate::library::Target;

pub(super) const COMMAND: Command = Command { name: "show", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick(
            "显示一处原文，连同其路径、下级内容和引用",
            "Show a unit with the way to it, what stands below it, and its citation",
        ))
        .override_usage(language.pick("celan show [选项] 位置", "celan show [OPTIONS] LOCATOR"))
        .arg(choose::argument(language))
        .arg(parser::json(language))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library_at_hand()?;
    let typed = choose::typed(matches);
    let Some(target) = choose::target(session, &library, &typed)? else { return Ok(Outcome::Nothing) };
    let passage = choose::passage(&target, false);
    if matches.get_flag("json") {
        json::print(&mut session.output, &Unit::of(&passage))?;
    } else {
        print(session, &target, &passage)?;
    }
    Ok(Outcome::Found)
}

/// A unit in JSON.
#[derive(Serialize)]
struct Unit<'d> {
    locator: Locator,
    citation: String,
    kind: &'static str,
    label: &'d str,
    title: &'d str,
    text: &'d str,
    path: Vec<unit::Step<'d>>,
    line_start: u32,
    line_end: u32,
}

impl<'d> Unit<'d> {
    fn of(passage: &Passage<'d>) -> Self {
        let document = passage.document;
        let node = passage.node.and_then(|index| document.node(index));
        let lines = u32::try_from(document.text.lines().count()).unwrap_or(u32::MAX);
        Self {
            locator: passage.locator(),
            citation: format!("{}{}", document.official_name(), passage.place()),
            // A whole document is no node; its kind has a name of its own.
            kind: node.map_or("document", |node| node.kind.name()),
            label: node.map_or("", |node| &node.label),
            title: node.map_or(&document.metadata.title, |node| &node.title),
            text: passage.text(),
            path: passage.node.map(|index| unit::path(document, index)).unwrap_or_default(),
            line_start: node.map_or(1, |node| node.line_start),
            line_end: node.map_or(lines, |node| node.line_end),
        }
    }
}

fn print(session: &mut Session<'_>, target: &Target, passage: &Passage<'_>) -> anyhow::Result<()> {
    let document = passage.document;
    let output = &mut session.output;
    let Some((index, node)) = passage.node.and_then(|index| Some((index, document.node(index)?))) else {
        unit::print_head(output, document)?;
        unit::print_below(output, document, None)?;
        return Ok(());
    };
    output.marked(&unit::breadcrumb(document, index), BOLD)?;
    output.line("")?;
    let lines = (node.line_start, node.line_end.max(node.line_start));
    let place = format!("{} · {}", passage.locator(), lines_in_words(session.language, lines));
    output.marked(&place, FAINT)?;
    output.line("")?;
    if node.kind != Kind::Table || target.sentence.is_some() {
        output.line("")?;
        if node.cells.is_empty() || target.sentence.is_some() {
            output.line(passage.text())?;
        } else {
            unit::print_row(output, document, node)?;
        }
    }
    if target.sentence.is_none() {
        unit::print_below(output, document, Some(index))?;
    }
    output.line("")?;
    output.line(format_args!("——{}{}", document.official_name(), passage.place()))?;
    Ok(())
}

fn lines_in_words(language: Language, (first, last): (u32, u32)) -> String {
    if first == last {
        either(language, format!("第 {first} 行"), format!("line {first}"))
    } else {
        either(language, format!("第 {first}–{last} 行"), format!("lines {first}–{last}"))
    }
}
