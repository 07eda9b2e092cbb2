//! A unit as the commands show it: the way to it, its name, and what stands below it.

use serde::Serialize;

use super::Printed;
use super::output::{BOLD, FAINT, Output};
use super::table::{self, Cell};
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::Locator;
use crate::document::node::{Node, NodeIndex};
use crate::text::width::{Ambiguous, columns, truncate};

/// One step of the way to a unit, as JSON has it.
#[derive(Debug, Serialize)]
pub(super) struct Step<'d> {
    locator: Locator,
    label: &'d str,
    title: &'d str,
}

/// The way to a unit: its ancestors from the top, then the unit itself.
pub(super) fn path(document: &Document, index: NodeIndex) -> Vec<Step<'_>> {
    let nodes = document.path(index).into_iter().filter_map(|step| document.node(step));
    nodes.map(|node| Step { locator: document.locator(node), label: &node.label, title: &node.title }).collect()
}

/// The way to a unit in words: `第四章 推动外贸创新发展 › 三、培育外贸新业态 › （四）……`.
pub(super) fn breadcrumb(document: &Document, index: NodeIndex) -> String {
    let names: Vec<_> = document.path(index).into_iter().map(|step| name(document, step)).collect();
    names.join(" › ")
}

/// What a unit is called: number and title; the count where it has neither (第3段).
pub(super) fn name(document: &Document, index: NodeIndex) -> String {
    document.name_in_words(index)
}

/// The head of a document on two lines: its title, then number, issuer, date and id as far as they are known.
pub(super) fn print_head(output: &mut Output, document: &Document) -> Printed {
    let metadata = &document.metadata;
    output.marked(&metadata.title, BOLD)?;
    output.line("")?;
    let date = metadata.date.map(|date| date.to_string());
    let parts = [metadata.document_number.clone(), metadata.issuer.clone(), date, Some(document.id.to_string())];
    let known: Vec<_> = parts.into_iter().flatten().collect();
    output.marked(&known.join(" · "), FAINT)?;
    output.line("")
}

/// The document that the lines below are from, on one line of a screen: its id, and as much of its name as there is room for.
pub(super) fn print_document(output: &mut Output, document: &Document, room: usize) -> Printed {
    let id = truncate(document.id.as_str(), room, Ambiguous::Narrow);
    output.marked(&id, FAINT)?;
    let left = room.saturating_sub(columns(&id, Ambiguous::Narrow) + 2);
    if left > 0 {
        output.text("  ")?;
        output.marked(&truncate(&document.official_name(), left, Ambiguous::Narrow), BOLD)?;
    }
    output.line("")
}

/// All units below `index`, an empty line before each; the rows of a table aligned and without lines between them.
pub(super) fn print_below(output: &mut Output, document: &Document, index: Option<NodeIndex>) -> Printed {
    let (mut next, end) = match index.and_then(|index| Some((index.0, document.node(index)?.subtree_end.0))) {
        Some((own, end)) if is_table(document, own) => (own, end),
        Some((own, end)) => (own + 1, end),
        None => (0, document.nodes.len()),
    };
    while let Some(node) = document.node(NodeIndex(next)).filter(|_| next < end) {
        if is_table(document, next) {
            let table_end = node.subtree_end.0.clamp(next + 1, end);
            print_table(output, document, next..table_end, index != Some(NodeIndex(next)))?;
            next = table_end;
            continue;
        }
        let text = document.unit_text(node);
        if !text.is_empty() {
            output.line("")?;
            output.line(text)?;
        }
        next += 1;
    }
    Ok(())
}

fn is_table(document: &Document, index: usize) -> bool {
    document.node(NodeIndex(index)).is_some_and(|node| node.kind == Kind::Table)
}

fn print_table(output: &mut Output, document: &Document, nodes: std::ops::Range<usize>, with_caption: bool) -> Printed {
    let nodes: Vec<&Node> = nodes.filter_map(|at| document.node(NodeIndex(at))).collect();
    let rows: Vec<Vec<Cell>> = nodes.iter().filter(|node| !node.cells.is_empty()).map(|node| cells(node)).collect();
    output.line("")?;
    if let Some(table) = nodes.first().filter(|table| with_caption && !table.title.is_empty()) {
        output.marked(&table.title, BOLD)?;
        output.line("")?;
    }
    table::aligned(&rows).into_iter().try_for_each(|line| output.line(line))
}

/// A row under the head of its table; cells that go on from the rows above are written out.
pub(super) fn print_row(output: &mut Output, document: &Document, row: &Node) -> Printed {
    let head = row.parent.and_then(|table| document.node(table)).filter(|table| !table.cells.is_empty());
    let whole = |node: &Node| node.cells.iter().map(|cell| Cell::new(&cell.text, cell.columns.clone())).collect();
    let rows: Vec<Vec<Cell>> = head.into_iter().chain([row]).map(whole).collect();
    table::aligned(&rows).into_iter().try_for_each(|line| output.line(line))
}

/// The cells of a row; one that goes on from the row above stays empty, as it looks on paper.
fn cells(row: &Node) -> Vec<Cell> {
    let shown = |cell: &crate::document::table::Cell| {
        let text = if cell.span.is_empty() { "" } else { cell.text.as_str() };
        Cell::new(text, cell.columns.clone())
    };
    row.cells.iter().map(shown).collect()
}
