//! Tables as aligned columns of cells, or where the page is too narrow for that, as lines of “head：cell”.

use std::ops::Range;

use super::flow::Flow;
use super::page::{PageOptions, Piece, Role};
use crate::document::Document;
use crate::document::node::{Node, NodeIndex};
use crate::document::table::Cell;
use crate::text::line_break::{Measure, wrap};
use crate::text::width::{Ambiguous, columns};

/// What stands between two cells where there is room, and in the rule below the head.
const ROOMY: (&str, &str) = (" │ ", "─┼─");
/// The same where room is short.
const TIGHT: (&str, &str) = ("│", "┼");
/// The columns that [`ROOMY`] takes.
const ROOMY_COLUMNS: usize = 3;
/// A column of a grid is at least this wide: two ideographs.
const NARROWEST: usize = 4;

/// How a table is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Columns of the terminal for each column of the table; empty where the cells are set one below the other.
    widths: Vec<usize>,
    /// What stands between two cells, and in the rule below the head.
    between: (&'static str, &'static str),
    /// The columns of the table and the bytes of the document of each cell of the head row.
    heads: Vec<(Range<usize>, Range<usize>)>,
    page: usize,
    ambiguous: Ambiguous,
}

impl Grid {
    /// Finds the widths for all rows of a table.
    #[must_use]
    pub fn new(document: &Document, table: NodeIndex, options: &PageOptions) -> Self {
        let rows = document.node(table).into_iter().chain(document.children(Some(table)).map(|(_, row)| row));
        let mut widths: Vec<usize> = Vec::new();
        for cell in rows.flat_map(|row| &row.cells) {
            widths.resize(widths.len().max(cell.columns.end.min(MOST_COLUMNS)), NARROWEST);
            if let Some(width) = widths.get_mut(cell.columns.start).filter(|_| cell.columns.len() == 1) {
                *width = (*width).max(columns(&cell.text, options.ambiguous));
            }
        }
        let heads = document.node(table).into_iter().flat_map(|node| &node.cells);
        let heads = heads.map(|cell| (cell.columns.clone(), cell.span.clone())).collect();
        let gaps = widths.len().saturating_sub(1);
        let is_roomy = widths.iter().sum::<usize>() + ROOMY_COLUMNS * gaps <= options.columns;
        let (between, taken) = if is_roomy { (ROOMY, ROOMY_COLUMNS) } else { (TIGHT, 1) };
        let room = options.columns.saturating_sub(taken * gaps);
        Self { widths: shrunk(widths, room), between, heads, page: options.columns, ambiguous: options.ambiguous }
    }

    /// The lines of the head row with a rule below it; nothing where the cells are set one below the other.
    #[must_use]
    pub fn head(&self, document: &Document, node: &Node) -> Vec<Vec<Piece>> {
        if self.widths.is_empty() || node.cells.is_empty() {
            return Vec::new();
        }
        let mut lines = self.row(document, node, Role::Heading);
        let rules: Vec<_> = self.widths.iter().map(|width| "─".repeat(*width)).collect();
        lines.push(vec![Piece::Fill(rules.join(self.between.1), Role::Rule)]);
        lines
    }

    /// The lines of one row.
    #[must_use]
    pub fn row(&self, document: &Document, node: &Node, role: Role) -> Vec<Vec<Piece>> {
        if self.widths.is_empty() {
            return self.stacked(document, node);
        }
        let cells: Vec<_> = node.cells.iter().map(|cell| (self.width(cell), self.cell(document, cell))).collect();
        let height = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or_default();
        (0..height)
            .map(|number| {
                let mut pieces = Vec::new();
                for (place, (width, lines)) in cells.iter().enumerate() {
                    if place > 0 {
                        pieces.push(Piece::Fill(self.between.0.to_owned(), Role::Rule));
                    }
                    let (spans, used) = lines.get(number).cloned().unwrap_or_default();
                    pieces.extend(spans.into_iter().map(|span| Piece::Source(span, role)));
                    pieces.push(Piece::Fill(" ".repeat(width.saturating_sub(used)), Role::Text));
                }
                pieces
            })
            .collect()
    }

    fn width(&self, cell: &Cell) -> usize {
        let widths = self.widths.iter().skip(cell.columns.start).take(cell.columns.len());
        widths.sum::<usize>() + self.between.0.chars().count() * cell.columns.len().saturating_sub(1)
    }

    /// The lines of a cell, each with the columns that it takes.
    fn cell(&self, document: &Document, cell: &Cell) -> Vec<(Vec<Range<usize>>, usize)> {
        let flow = Flow::joined(document, cell.span.clone());
        let measure = Measure { columns: self.width(cell), first_indent: 0, ambiguous: self.ambiguous };
        let lines = wrap(&flow.text, &measure).into_iter();
        lines
            .map(|range| {
                let shown = flow.text.get(range.clone()).unwrap_or_default().trim_end();
                (flow.sources(&(range.start..range.start + shown.len())), columns(shown, self.ambiguous))
            })
            .collect()
    }

    /// A row as one line for each cell, the head of its column before it.
    fn stacked(&self, document: &Document, node: &Node) -> Vec<Vec<Piece>> {
        let mut lines = Vec::new();
        for cell in node.cells.iter().filter(|cell| !cell.span.is_empty()) {
            let head = self.heads.iter().find(|(columns, _)| columns.contains(&cell.columns.start));
            let head = head.map_or_else(String::new, |(_, span)| Flow::joined(document, span.clone()).text);
            let flow = Flow::joined(document, cell.span.clone());
            if flow.text.is_empty() {
                continue;
            }
            let before = if head.is_empty() { String::new() } else { format!("{head}：") };
            let first_indent = columns(&before, self.ambiguous).min(self.page / 2);
            let measure = Measure { columns: self.page, first_indent, ambiguous: self.ambiguous };
            for (number, range) in wrap(&flow.text, &measure).into_iter().enumerate() {
                let head = (number == 0 && !before.is_empty())
                    .then(|| Piece::Fill(crate::text::width::pad(&before, first_indent, self.ambiguous), Role::Rule));
                let text = flow.sources(&range).into_iter().map(|span| Piece::Source(span, Role::Text));
                lines.push(head.into_iter().chain(text).collect());
            }
        }
        lines.push(Vec::new());
        lines
    }
}

/// More columns than this are taken for a damaged table.
const MOST_COLUMNS: usize = 64;

/// Takes from the widest column until all fit into `room`; no widths at all where more than half would have to go.
fn shrunk(mut widths: Vec<usize>, room: usize) -> Vec<usize> {
    if widths.len() * NARROWEST > room || widths.iter().sum::<usize>() > 2 * room {
        return Vec::new();
    }
    let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
    while excess > 0 {
        let Some(widest) = widths.iter_mut().max_by_key(|width| **width).filter(|width| **width > NARROWEST) else { break };
        let step = excess.min(2).min(*widest - NARROWEST);
        *widest -= step;
        excess -= step;
    }
    widths
}
