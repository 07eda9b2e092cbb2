//! The outline beside the lines that it was read from.
//!
//! ```text
//!   行  地址  类别  标题                    原文
//!    1  f1    文首  关于缺号的通知          关于缺号的通知
//!    3  1     节    一、甲                  一、甲
//!             2段
//! !  7  4     节    四、丁                  四、丁
//! ```
//!
//! Running text and the rows of tables are only counted, except where something was noticed about them.

use serde::Serialize;

use crate::cli::session::Session;
use crate::cli::unit;
use crate::cli::{Printed, either};
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::Locator;
use crate::document::node::{Node, NodeIndex};
use crate::library::Reading;
use crate::text::safe::safe_line;
use crate::text::width::{Ambiguous, columns, pad, truncate};

/// How wide a line is where the output is no terminal.
const UNTIED: usize = 120;
/// Columns between columns.
const GAP: &str = "  ";

/// One line of the outline.
struct Row<'d> {
    sign: char,
    line: String,
    address: String,
    kind: &'d str,
    /// Number and title, indented by depth.
    name: String,
    source: &'d str,
}

/// Prints the outline.
pub(super) fn print(session: &mut Session<'_>, reading: &Reading) -> Printed {
    let rows = rows(reading, session.language);
    let head = session.language.pick(["行", "地址", "类别", "标题", "原文"], ["Line", "Address", "Kind", "Title", "Source"]);
    let [line, address, kind, name, source] = head;
    let head = Row { sign: ' ', line: line.to_owned(), address: address.to_owned(), kind, name: name.to_owned(), source };
    let widest = |of: fn(&Row<'_>) -> usize| rows.iter().chain([&head]).map(of).max().unwrap_or(0);
    let widths = (widest(|row| width(&row.line)), widest(|row| width(&row.address)), widest(|row| width(row.kind)));
    let used = 2 + widths.0 + widths.1 + widths.2 + 4 * GAP.len();
    let room = session.world.columns.unwrap_or(UNTIED).saturating_sub(used);
    // The title has no more than half: the source is what it is judged by.
    let named = widest(|row| width(&row.name)).min(room / 2);
    for row in [&head].into_iter().chain(&rows) {
        let left = widths.0.saturating_sub(width(&row.line));
        let line = format!(
            "{} {}{}{GAP}{}{GAP}{}{GAP}{}{GAP}{}",
            row.sign,
            " ".repeat(left),
            row.line,
            pad(&row.address, widths.1, Ambiguous::Narrow),
            pad(row.kind, widths.2, Ambiguous::Narrow),
            pad(&safe_line(&row.name), named, Ambiguous::Narrow),
            truncate(&safe_line(row.source), room.saturating_sub(named), Ambiguous::Narrow),
        );
        session.output.line(line.trim_end())?;
    }
    Ok(())
}

fn width(text: &str) -> usize {
    columns(text, Ambiguous::Narrow)
}

fn rows(reading: &Reading, language: Language) -> Vec<Row<'_>> {
    let document = &reading.document;
    let (mut rows, mut folded) = (Vec::new(), Folded::default());
    for (place, node) in document.nodes.iter().enumerate() {
        let sign = sign(&reading.diagnostics, node);
        if !node.kind.is_outline() && sign == ' ' {
            folded.count(node.kind);
            continue;
        }
        rows.extend(folded.take(language));
        let depth = document.path(NodeIndex(place)).len().saturating_sub(1);
        let name = if node.kind.is_outline() { unit::name(document, NodeIndex(place)) } else { String::new() };
        rows.push(Row {
            sign,
            line: node.line_start.to_string(),
            address: node.address.to_string(),
            kind: in_words(node.kind, language),
            name: format!("{}{name}", GAP.repeat(depth)),
            source: source(document, node),
        });
    }
    rows.extend(folded.take(language));
    rows
}

/// The line of the text that a node begins in, as it stands; where it begins in the middle of one, from there on.
fn source<'d>(document: &'d Document, node: &Node) -> &'d str {
    let (before, from) = document.text.split_at_checked(node.span.start).unwrap_or(("", &document.text));
    let inside = !before.is_empty() && !before.ends_with('\n');
    let own = if inside { from } else { from.trim_start_matches(['\n', '\r']) };
    own.lines().next().unwrap_or_default().trim_end()
}

/// What was noticed about the lines of a node: `!` a warning, `·` a note.
fn sign(diagnostics: &[Diagnostic], node: &Node) -> char {
    let here = |diagnostic: &&Diagnostic| {
        diagnostic.place.line.is_some_and(|line| (node.line_start..=node.line_end.max(node.line_start)).contains(&line))
    };
    match diagnostics.iter().filter(here).map(|diagnostic| diagnostic.severity).max() {
        Some(Severity::Warning) => '!',
        Some(Severity::Note) => '·',
        None => ' ',
    }
}

/// Running text that is only counted.
#[derive(Default)]
struct Folded {
    paragraphs: usize,
    rows: usize,
}

impl Folded {
    fn count(&mut self, kind: Kind) {
        if kind == Kind::Row {
            self.rows += 1;
        } else {
            self.paragraphs += 1;
        }
    }

    /// The line that tells the count, where there is anything.
    fn take<'d>(&mut self, language: Language) -> Option<Row<'d>> {
        let Self { paragraphs, rows } = std::mem::take(self);
        let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let rows = (rows > 0).then(|| either(language, format!("{rows}行"), many(rows, "row")));
        let paragraphs = (paragraphs > 0).then(|| either(language, format!("{paragraphs}段"), many(paragraphs, "paragraph")));
        let parts: Vec<String> = rows.into_iter().chain(paragraphs).collect();
        let name = format!("…… {}", parts.join(language.pick("，", ", ")));
        (!parts.is_empty()).then(|| Row { sign: ' ', line: String::new(), address: String::new(), kind: "", name, source: "" })
    }
}

/// What people call a kind.
const fn in_words(kind: Kind, language: Language) -> &'static str {
    let chinese = match kind {
        Kind::Front => "文首",
        Kind::Part => "编",
        Kind::Chapter => "章",
        Kind::Section => "节",
        Kind::Measure => "项",
        Kind::Item => "条目",
        Kind::Subitem => "子目",
        Kind::Article => "条",
        Kind::Clause => "款",
        Kind::Box => "专栏",
        Kind::Annex => "附件",
        Kind::Table => "表",
        Kind::Row => "行",
        Kind::Bullet => "要点",
        Kind::Paragraph => "段",
    };
    language.pick(chinese, kind.name())
}

/// A node of the outline in JSON.
#[derive(Serialize)]
pub(super) struct Entry<'d> {
    locator: Locator,
    depth: usize,
    kind: Kind,
    label: &'d str,
    title: &'d str,
    line: u32,
    source: &'d str,
}

/// The nodes of the outline in reading order.
pub(super) fn entries(document: &Document) -> Vec<Entry<'_>> {
    let nodes = document.nodes.iter().enumerate().filter(|(_, node)| node.kind.is_outline());
    let entry = |(place, node)| entry(document, NodeIndex(place), node);
    nodes.map(entry).collect()
}

fn entry<'d>(document: &'d Document, index: NodeIndex, node: &'d Node) -> Entry<'d> {
    Entry {
        locator: document.locator(node),
        depth: document.path(index).len(),
        kind: node.kind,
        label: &node.label,
        title: &node.title,
        line: node.line_start,
        source: source(document, node),
    }
}
