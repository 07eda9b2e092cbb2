//! A document laid out in lines of so many columns, as data.
//!
//! Takes a [`Document`], gives a [`Page`]: for each line the node it belongs to and pieces that point back into the document's text,
//! so that highlights can be drawn over them. The set-up follows official documents as far as a terminal can (GB/T 9704-2012):
//! chapters centred, paragraphs indented by two characters (首行缩进), a measure's title before its body.

use std::ops::Range;

use super::flow::Flow;
use super::table::Grid;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::node::{Node, NodeIndex};
use crate::text::line_break::{Measure, wrap};
use crate::text::width::{Ambiguous, columns};

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Text,
    /// The heading of a part, a chapter, an annex; the title of the document.
    Chapter,
    /// The heading of a section or a box, the caption or head of a table.
    Heading,
    /// The number and title that running text follows on.
    Title,
    /// A rule between cells.
    Rule,
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Bytes of the document's text.
    Source(Range<usize>, Role),
    /// Something that is not in the document: rules, the space between cells.
    Fill(String, Role),
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The node whose text it shows.
    pub node: NodeIndex,
    /// Free columns before the first piece.
    pub indent: usize,
    /// What it shows; nothing on an empty line.
    pub pieces: Vec<Piece>,
}

/// How a document is to be laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageOptions {
    /// Columns of a line.
    pub columns: usize,
    /// How wide ambiguous characters are.
    pub ambiguous: Ambiguous,
    /// How much free room there is between paragraphs.
    pub spacing: Spacing,
}

/// The free room between paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Spacing {
    /// An empty line.
    #[default]
    Roomy,
    /// None but before headings: small screens.
    Compact,
}

/// A laid-out document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// All lines, from the top.
    pub lines: Vec<Line>,
    /// For each node its first line.
    starts: Vec<usize>,
}

impl Page {
    /// Lays out a document.
    #[must_use]
    pub fn new(document: &Document, options: PageOptions) -> Self {
        let mut setter = Setter { document, options, page: Self::default(), grid: None };
        for (index, node) in document.walk() {
            setter.set(index, node);
        }
        setter.page
    }

    /// The first line of a node.
    #[must_use]
    pub fn line_of(&self, node: NodeIndex) -> usize {
        self.starts.get(node.0).copied().unwrap_or_default()
    }

    /// The line that shows a byte of the document's text within `node`; the node's first line where none does.
    #[must_use]
    pub fn line_at(&self, node: NodeIndex, byte: usize) -> usize {
        let start = self.line_of(node);
        let own = self.lines.iter().skip(start).take_while(|line| line.node == node);
        let shows = |line: &Line| {
            line.pieces.iter().any(|piece| match piece {
                Piece::Source(span, _) => span.contains(&byte),
                Piece::Fill(..) => false,
            })
        };
        own.enumerate().find(|(_, line)| shows(line)).map_or(start, |(offset, _)| start + offset)
    }

    /// The first byte of the document's text on a line; none where it shows nothing of it.
    #[must_use]
    pub fn byte_of(&self, line: usize) -> Option<usize> {
        self.lines.get(line)?.pieces.iter().find_map(|piece| match piece {
            Piece::Source(span, _) => Some(span.start),
            Piece::Fill(..) => None,
        })
    }
}

/// How a block of text is set.
struct Block {
    /// The bytes of the document.
    span: Range<usize>,
    /// Free columns before the first line.
    first_indent: usize,
    /// Whether each line stands in the middle.
    centred: bool,
    /// The role of the bytes before `head_end`.
    head: Role,
    /// Where the head ends and running text begins.
    head_end: usize,
}

struct Setter<'a> {
    document: &'a Document,
    options: PageOptions,
    page: Page,
    grid: Option<Grid>,
}

/// Two ideographs.
const INDENT: usize = 4;

impl Setter<'_> {
    fn set(&mut self, index: NodeIndex, node: &Node) {
        self.open_room(index, node);
        self.page.starts.push(self.page.lines.len());
        let start = self.document.unit_start(node);
        let span = start..start + self.document.unit_text(node).len();
        let head_end = node.title_span.as_ref().map_or(start + node.label.len(), |title| title.end);
        let plain = Block { span, first_indent: INDENT, centred: false, head: Role::Title, head_end };
        match node.kind {
            Kind::Front => self.set_front(index, node, &plain),
            Kind::Part | Kind::Chapter | Kind::Annex => {
                self.set_block(index, &Block { head: Role::Chapter, centred: true, first_indent: 0, ..plain });
            }
            Kind::Section | Kind::Box => self.set_block(index, &Block { head: Role::Heading, first_indent: 0, ..plain }),
            Kind::Table => self.set_table(index, node, &plain),
            Kind::Row => self.set_row(index, node, &plain),
            Kind::Measure | Kind::Item | Kind::Subitem | Kind::Article | Kind::Clause | Kind::Bullet | Kind::Paragraph => {
                self.set_block(index, &plain);
            }
        }
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
            | Kind::Paragraph => roomy.max(usize::from(self.grid.take().is_some())),
        };
        let Some(before) = index.0.checked_sub(1).map(NodeIndex).filter(|_| !self.page.lines.is_empty()) else { return };
        let empty = Line { node: before, indent: 0, pieces: Vec::new() };
        self.page.lines.extend(std::iter::repeat_n(empty, lines));
    }

    /// The head of a document keeps its lines: titles and signatures are broken with care there.
    fn set_front(&mut self, index: NodeIndex, node: &Node, block: &Block) {
        let title = node.title_span.clone().unwrap_or(0..0);
        let mut start = block.span.start;
        for line in self.document.slice(block.span.clone()).split_inclusive('\n') {
            let span = start..start + line.len();
            start = span.end;
            if line.trim().is_empty() {
                continue;
            }
            let is_title = span.start < title.end && title.start < span.end;
            let (head, head_end) = if is_title { (Role::Chapter, span.end) } else { (Role::Text, span.start) };
            let first_indent = if is_title { 0 } else { INDENT };
            self.set_block(index, &Block { span, first_indent, centred: is_title, head, head_end });
        }
    }

    fn set_block(&mut self, node: NodeIndex, block: &Block) {
        let flow = Flow::joined(self.document, block.span.clone());
        let first_indent = if self.options.columns >= 4 * INDENT { block.first_indent } else { 0 };
        let ambiguous = self.options.ambiguous;
        let measure = Measure { columns: self.options.columns, first_indent, ambiguous };
        for (number, range) in wrap(&flow.text, &measure).into_iter().enumerate() {
            let shown = flow.text.get(range.clone()).unwrap_or_default().trim_end();
            let indent = match (block.centred, number) {
                (true, _) => self.options.columns.saturating_sub(columns(shown, ambiguous)) / 2,
                (false, 0) => first_indent,
                (false, _) => 0,
            };
            let sources = flow.sources(&(range.start..range.start + shown.len()));
            let pieces = sources.into_iter().flat_map(|span| split(span, block.head_end, block.head)).collect();
            self.page.lines.push(Line { node, indent, pieces });
        }
    }

    fn set_table(&mut self, index: NodeIndex, node: &Node, plain: &Block) {
        let caption = node.title_span.clone();
        if node.cells.is_empty() && self.document.children(Some(index)).all(|(_, row)| row.cells.is_empty()) {
            return self.set_block(index, plain);
        }
        if let Some(span) = caption {
            let head_end = span.end;
            self.set_block(index, &Block { span, first_indent: 0, centred: true, head: Role::Heading, head_end });
        }
        let grid = Grid::new(self.document, index, &self.options);
        let head = grid.head(self.document, node);
        self.page.lines.extend(head.into_iter().map(|pieces| Line { node: index, indent: 0, pieces }));
        self.grid = Some(grid);
    }

    fn set_row(&mut self, index: NodeIndex, node: &Node, plain: &Block) {
        match self.grid.as_ref().filter(|_| !node.cells.is_empty()) {
            Some(grid) => {
                let lines = grid.row(self.document, node, Role::Text);
                self.page.lines.extend(lines.into_iter().map(|pieces| Line { node: index, indent: 0, pieces }));
            }
            None => self.set_block(index, plain),
        }
    }
}

/// A span as pieces: in the role `head` before `head_end`, as text after it.
fn split(span: Range<usize>, head_end: usize, head: Role) -> impl Iterator<Item = Piece> {
    let middle = head_end.clamp(span.start, span.end);
    [(span.start..middle, head), (middle..span.end, Role::Text)]
        .into_iter()
        .filter(|(part, _)| !part.is_empty())
        .map(|(part, role)| Piece::Source(part, role))
}
