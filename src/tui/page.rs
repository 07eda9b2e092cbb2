//! A document laid out in lines of so many columns, as data.
//!
//! Takes a [`Document`], gives a [`Page`]: for each line the node it belongs to and pieces that point back into the document's text,
//! so that highlights can be drawn over them. The set-up follows official documents as far as a terminal can (GB/T 9704-2012):
//! chapters centred, paragraphs indented by two characters (首行缩进), a measure's title before its body, the signature to the right,
//! boxes (专栏) with a rule beside them, lines justified to the column. How each kind is set is the matter of `setter`.

mod setter;

use std::ops::Range;
use std::sync::Arc;

use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::text::width::Ambiguous;

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
    /// The number of an article of a law: 第十七条.
    Article,
    /// The sign before a point: ——.
    Mark,
    /// A rule between cells, or beside a box.
    Rule,
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Bytes of the document's text.
    Source(Range<usize>, Role),
    /// Something that is not in the document: rules, the space between cells.
    Fill(String, Role),
    /// A column left free before this byte of the document's text, so that the line reaches the end of its measure.
    Gap(usize),
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
    /// The same of the first line of a row with cells that go on from rows above, their words repeated: for where those are out of sight.
    /// Nothing for any other line.
    pub carried: Vec<Piece>,
    /// How it is moved sideways, where it is part of a table wider than the page.
    pub wide: Option<Wide>,
}

/// How a line of a table wider than the page is moved sideways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wide {
    /// The columns that stay in sight; none where nothing does.
    pub label: Range<usize>,
    /// How far the table can be moved, so that what is seen begins with a column of it and no number is cut into another one.
    pub stops: Arc<[usize]>,
    /// Where the cells of its row begin; nothing on a rule.
    pub cells: Arc<[usize]>,
    /// The columns of the whole table.
    pub columns: usize,
}

impl Wide {
    /// How far the table is moved where the page is moved so far.
    #[must_use]
    pub fn moved(&self, shift: usize) -> usize {
        self.stops.iter().copied().rfind(|stop| *stop <= shift).unwrap_or_default()
    }

    /// The columns of the cell that this column cuts into, which is not the one that stays in sight.
    #[must_use]
    pub fn cut_at(&self, column: usize) -> Option<Range<usize>> {
        let last = self.cells.iter().rposition(|start| *start < column)?;
        let start = self.cells.get(last).copied().filter(|start| *start != self.label.start)?;
        let end = self.cells.get(last + 1).copied().unwrap_or(self.columns);
        (column < end).then_some(start..end)
    }

    /// The columns of it that are out of sight at the left, or covered by those that stay, where it is moved so far.
    #[must_use]
    pub fn hidden(&self, moved: usize) -> usize {
        moved + if moved > self.label.start { self.label.len() } else { 0 }
    }
}

impl Line {
    /// Whether it shows anything of the document.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Source(..)))
    }
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
    /// Whether a comma or full stop may stand in the two columns after the line (标点悬挂).
    pub hangs: bool,
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
    /// The columns of the widest table that does not fit; 0 where all do.
    widest: usize,
    /// The heads of tables, from the top.
    heads: Vec<Head>,
}

/// The head of a table, which stays in sight while its rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    /// Its lines with the rule below.
    lines: Range<usize>,
    /// One past the last line of the table.
    end: usize,
}

impl Page {
    /// Lays out a document.
    #[must_use]
    pub fn new(document: &Document, options: PageOptions) -> Self {
        setter::set(document, options)
    }

    /// The columns of the widest table that does not fit onto the page; 0 where all do.
    #[must_use]
    pub const fn widest(&self) -> usize {
        self.widest
    }

    /// The lines of a table's head that stand over the first lines of a window which begins at the line `top`, within the table; nothing
    /// where the head is in sight anyhow, or has more than `most` lines. The end of the table pushes it away.
    #[must_use]
    pub fn head_over(&self, top: usize, most: usize) -> Range<usize> {
        let begun = self.heads.partition_point(|head| head.lines.start < top);
        let head =
            begun.checked_sub(1).and_then(|last| self.heads.get(last)).filter(|head| top < head.end && head.lines.len() <= most);
        head.map_or(0..0, |head| head.lines.end - head.lines.len().min(head.end - top)..head.lines.end)
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
                Piece::Fill(..) | Piece::Gap(_) => false,
            })
        };
        own.enumerate().find(|(_, line)| shows(line)).map_or(start, |(offset, _)| start + offset)
    }

    /// The first byte of the document's text on a line; none where it shows nothing of it.
    #[must_use]
    pub fn byte_of(&self, line: usize) -> Option<usize> {
        self.lines.get(line)?.pieces.iter().find_map(|piece| match piece {
            Piece::Source(span, _) => Some(span.start),
            Piece::Fill(..) | Piece::Gap(_) => None,
        })
    }
}
