//! Setting the nodes of a document one after the other: which kind stands how, with how much room before it.

mod block;
mod front;

use std::ops::Range;

use super::{Head, Line, Page, PageOptions, Piece, Role, Spacing};
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::node::{Node, NodeIndex};
use crate::document::table::Cell;
use crate::text::width::columns;
use crate::tui::strokes::Strokes;
use crate::tui::table::Grid;
use block::{Align, Block};

/// Two ideographs.
const INDENT: usize = 4;
/// From this width on a box has a rule beside it.
const FRAMED: usize = 24;

/// Lays out a whole document.
pub(super) fn set(document: &Document, options: PageOptions) -> Page {
    let mut setter = Setter { document, options, page: Page::default(), table: None, open_box: None };
    for (index, node) in document.walk() {
        setter.set(index, node);
    }
    setter.end_table();
    setter.end_box();
    setter.page
}

struct Setter<'a> {
    document: &'a Document,
    options: PageOptions,
    page: Page,
    /// The table that is being set.
    table: Option<OpenTable>,
    /// One past the last node of the box that is being set.
    open_box: Option<NodeIndex>,
}

/// A table that is being set.
struct OpenTable {
    grid: Grid,
    /// Its last row so far.
    last: NodeIndex,
    /// The first line of its head, where it has one.
    head: Option<usize>,
    /// The lines of its head with the rule below, once there is a row.
    set_head: Option<Range<usize>>,
    /// Whether the last row is the second of its head.
    is_in_head: bool,
}

impl Setter<'_> {
    fn set(&mut self, index: NodeIndex, node: &Node) {
        if node.kind != Kind::Row {
            self.end_table();
        }
        if self.open_box.is_some_and(|end| end <= index) {
            self.end_box();
        }
        self.open_room(index, node);
        self.page.starts.push(self.page.lines.len());
        if node.kind == Kind::Box {
            self.begin_box(index, node);
        }
        let plain = self.block(node);
        match node.kind {
            Kind::Front => self.set_front(index, node, &plain),
            Kind::Part | Kind::Chapter | Kind::Annex => {
                self.set_block(index, &Block { title: Role::Chapter, label: Role::Chapter, align: Align::Centre, ..plain });
            }
            Kind::Section | Kind::Box => {
                self.set_block(index, &Block { title: Role::Heading, label: Role::Heading, first_indent: 0, ..plain });
            }
            Kind::Table => self.set_table(index, node, &plain),
            Kind::Row => self.set_row(index, node, &plain),
            Kind::Article => self.set_block(index, &Block { label: Role::Article, ..plain }),
            Kind::Bullet => self.set_block(index, &Block { label: Role::Mark, ..plain }),
            Kind::Paragraph => self.set_paragraph(index, node, &plain),
            Kind::Measure | Kind::Item | Kind::Subitem | Kind::Clause => self.set_block(index, &plain),
        }
    }

    /// A node's own text as a paragraph with its number and title before it.
    fn block(&self, node: &Node) -> Block {
        let start = self.document.unit_start(node);
        let span = start..start + self.document.unit_text(node).len();
        let label_end = start + node.label.len();
        let title_end = node.title_span.as_ref().map_or(label_end, |title| title.end);
        Block { span, first_indent: INDENT, align: Align::Start, label: Role::Title, label_end, title: Role::Title, title_end }
    }

    /// Columns of a line: a box takes some for its rule.
    fn columns(&self) -> usize {
        self.options.columns.saturating_sub(if self.is_framed() { 2 } else { 0 })
    }

    fn is_framed(&self) -> bool {
        self.open_box.is_some() && self.options.columns >= FRAMED
    }

    /// Empty lines before a node; they count to the node before it.
    fn open_room(&mut self, index: NodeIndex, node: &Node) {
        let roomy = usize::from(self.options.spacing == Spacing::Roomy);
        let lines = match node.kind {
            Kind::Part | Kind::Chapter | Kind::Annex => 1 + roomy,
            Kind::Section | Kind::Box | Kind::Table => 1,
            Kind::Row => 0,
            Kind::Front
            | Kind::Measure
            | Kind::Item
            | Kind::Subitem
            | Kind::Article
            | Kind::Clause
            | Kind::Bullet
            | Kind::Paragraph => roomy.max(usize::from(self.follows_table(index))),
        };
        let Some(before) = index.0.checked_sub(1).map(NodeIndex).filter(|_| !self.page.lines.is_empty()) else { return };
        for _ in 0..lines {
            self.push(Line { node: before, indent: 0, pieces: Vec::new(), carried: Vec::new(), wide: None });
        }
    }

    fn follows_table(&self, index: NodeIndex) -> bool {
        let before = index.0.checked_sub(1).and_then(|before| self.document.node(NodeIndex(before)));
        before.is_some_and(|before| matches!(before.kind, Kind::Table | Kind::Row))
    }

    /// Puts a line onto the page, in a box with the rule beside it.
    fn push(&mut self, line: Line) {
        let line = if self.is_framed() && line.wide.is_none() {
            let upright = Strokes::of(self.options.ambiguous).upright;
            let beside = Piece::Fill(format!("{upright} {}", " ".repeat(line.indent)), Role::Rule);
            let beside = |pieces: Vec<Piece>| std::iter::once(beside.clone()).chain(pieces).collect();
            let carried = if line.carried.is_empty() { Vec::new() } else { beside(line.carried) };
            Line { indent: 0, pieces: beside(line.pieces), carried, ..line }
        } else {
            line
        };
        self.page.lines.push(line);
    }

    fn begin_box(&mut self, index: NodeIndex, node: &Node) {
        self.open_box = Some(node.subtree_end);
        self.push_edge(index, [true, false, true, false]);
    }

    fn end_box(&mut self) {
        if let Some(end) = self.open_box {
            self.push_edge(NodeIndex(end.0.saturating_sub(1)), [true, false, false, true]);
            self.open_box = None;
        }
    }

    /// The upper or lower edge of a box.
    fn push_edge(&mut self, node: NodeIndex, corner: [bool; 4]) {
        if !self.is_framed() {
            return;
        }
        let strokes = Strokes::of(self.options.ambiguous);
        let edge = format!("{}{}", strokes.joint(corner), strokes.level.repeat(self.options.columns.saturating_sub(1)));
        self.page.lines.push(Line {
            node,
            indent: 0,
            pieces: vec![Piece::Fill(edge, Role::Rule)],
            carried: Vec::new(),
            wide: None,
        });
    }

    fn set_table(&mut self, index: NodeIndex, node: &Node, plain: &Block) {
        let caption = node.title_span.clone();
        if node.cells.is_empty() && self.document.children(Some(index)).all(|(_, row)| row.cells.is_empty()) {
            return self.set_block(index, plain);
        }
        if let Some(span) = caption {
            self.set_block(
                index,
                &Block { span, title: Role::Heading, label: Role::Heading, align: Align::Centre, ..plain.clone() },
            );
        }
        let grid = Grid::new(self.document, index, &PageOptions { columns: self.columns(), ..self.options });
        let mut head = None;
        if node.cells.is_empty() {
            let first = self.document.node(NodeIndex(index.0 + 1));
            self.push_cells(&grid, (index, None), grid.rule(None, first.map(|row| row.cells.as_slice())));
        } else {
            self.push_cells(&grid, (index, None), grid.rule(None, Some(&node.cells)));
            head = (!grid.is_stacked()).then_some(self.page.lines.len());
            self.push_cells(&grid, (index, Some(&node.cells)), grid.row(self.document, node, Role::Heading));
        }
        self.page.widest = self.page.widest.max(grid.overflow());
        self.table = Some(OpenTable { grid, last: index, head, set_head: None, is_in_head: false });
    }

    fn set_row(&mut self, index: NodeIndex, node: &Node, plain: &Block) {
        let Some(mut table) = self.table.take().filter(|_| !node.cells.is_empty()) else {
            return self.set_block(index, plain);
        };
        let grid = &table.grid;
        let above = self.document.node(table.last).filter(|above| !above.cells.is_empty());
        let heads = above.filter(|above| above.kind == Kind::Table).map(|above| above.cells.as_slice());
        let is_in_head = heads.is_some_and(|heads| is_parted(heads, &node.cells));
        let is_below_head = table.is_in_head || heads.is_some_and(|_| !is_in_head);
        if let Some(above) = above.filter(|_| is_below_head || is_in_head || grid.is_ruled()) {
            self.push_cells(grid, (table.last, None), grid.rule(Some(&above.cells), Some(&node.cells)));
            if let Some(start) = self.page.starts.last_mut() {
                *start = self.page.lines.len();
            }
        }
        if is_below_head {
            table.set_head = table.head.map(|head| head..self.page.lines.len());
        }
        let role = if is_in_head { Role::Heading } else { Role::Text };
        self.push_cells(grid, (index, Some(&node.cells)), grid.row(self.document, node, role));
        self.table = Some(OpenTable { last: index, is_in_head, ..table });
    }

    fn end_table(&mut self) {
        if let Some(OpenTable { grid, last, set_head, .. }) = self.table.take() {
            let cells = self.document.node(last).map(|row| row.cells.as_slice());
            self.push_cells(&grid, (last, None), grid.rule(cells, None));
            let end = self.page.lines.len();
            self.page.heads.extend(set_head.map(|lines| Head { lines, end }));
        }
    }

    /// Puts lines of a table onto the page: those of a row with these cells, or a rule.
    fn push_cells(&mut self, grid: &Grid, (node, cells): (NodeIndex, Option<&[Cell]>), lines: Vec<Vec<Piece>>) {
        let wide = grid.wide(cells);
        let mut carried = cells.map(|cells| grid.carried(self.document, cells)).unwrap_or_default();
        for pieces in lines {
            self.push(Line { node, indent: 0, pieces, carried: std::mem::take(&mut carried), wide: wide.clone() });
        }
    }

    /// Unnumbered text; what belongs to the head or the end of a document has a place of its own.
    fn set_paragraph(&mut self, index: NodeIndex, node: &Node, plain: &Block) {
        let below = self.document.node(NodeIndex(index.0 + 1)).filter(|below| below.kind == Kind::Paragraph);
        let below = below.map(|below| self.document.unit_text(below));
        let (align, first_indent) = self.place(self.document.unit_text(node), below);
        self.set_block(index, &Block { first_indent, align, ..plain.clone() });
    }

    /// The columns of a text on the terminal.
    fn width(&self, text: &str) -> usize {
        columns(text, self.options.ambiguous)
    }
}

/// A span as pieces, each part in the role of its place in the block.
fn split(span: Range<usize>, block: &Block) -> impl Iterator<Item = Piece> {
    let label_end = block.label_end.clamp(span.start, span.end);
    let title_end = block.title_end.clamp(label_end, span.end);
    [(span.start..label_end, block.label), (label_end..title_end, block.title), (title_end..span.end, Role::Text)]
        .into_iter()
        .filter(|(part, _)| !part.is_empty())
        .map(|(part, role)| Piece::Source(part, role))
}

/// Whether a row goes on with the head above it: it parts each head that stands over several columns, and leaves the others as they are.
fn is_parted(heads: &[Cell], row: &[Cell]) -> bool {
    let is_wide = |head: &Cell| head.columns.len() > 1;
    let goes_on = |head: &Cell| {
        let is_below = |cell: &&Cell| head.columns.start <= cell.columns.start && cell.columns.end <= head.columns.end;
        let mut below = row.iter().filter(is_below);
        if is_wide(head) {
            below.clone().count() > 1 && below.all(|cell| !cell.text.is_empty())
        } else {
            below.all(|cell| cell.text.is_empty())
        }
    };
    heads.iter().any(is_wide) && heads.iter().all(goes_on)
}
