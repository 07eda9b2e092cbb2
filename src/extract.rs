//! Bytes → raw blocks: what a file contains, before anyone asks what it means.
//!
//! [`extract`] takes the bytes of a file and gives the extracted text cut into blocks in reading order; their spans tile the text.
//! Which reader is used is decided by the bytes, never by the name. One reader a format, one row each in the registry. What the
//! blocks mean is left to `structure`.

use std::ops::Range;

/// A file as read: its text and the blocks that the text consists of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawDocument {
    /// The extracted text. For a text file: its decoded characters, all of them, without a byte order mark.
    pub text: String,
    /// The blocks in reading order; each span begins where the one before it ends and takes the blank lines after it along.
    pub blocks: Vec<RawBlock>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlock {
    /// Bytes of the extracted text.
    pub span: Range<usize>,
    /// Line of the extracted text where the block's first visible character stands, counted from 1.
    pub line: u32,
    /// What the block is.
    pub shape: Shape,
}

/// What a raw block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Running text; in a text file one line.
    Paragraph(StyleHint),
    /// A grid of cells.
    Table(RawTable),
}

/// What the format says about the look of a paragraph; helps, but is not believed blindly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StyleHint {
    /// The level of the heading, from 1, where the format marks it as one (Markdown `##`).
    pub heading_level: Option<u8>,
}

/// A table as it stood in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawTable {
    /// Bytes of the extracted text where its caption stands, if it has one.
    pub caption: Option<Range<usize>>,
    /// The rows, the head row included, top to bottom.
    pub rows: Vec<RawRow>,
}

/// A row of a raw table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// Bytes of the extracted text; rows tile the block from the end of the caption on.
    pub span: Range<usize>,
    /// First line of the row, counted from 1.
    pub line: u32,
    /// The cells as they stand, left to right; fewer than the columns where cells are merged.
    pub cells: Vec<RawCell>,
}

/// A cell of a raw table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawCell {
    /// Bytes of the extracted text without the white space around the content.
    pub span: Range<usize>,
    /// How many columns it covers, where the format says so.
    pub columns: Option<u32>,
}
