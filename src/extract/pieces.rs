//! Pieces → raw document: the text of formats that have paragraphs and tables but no lines (Word, PDF, OFD, workbooks).
//!
//! A reader gives what it found in reading order; this writes the extracted text and the blocks over it. A paragraph is a line, a line
//! break within one begins a new line; cells of tables are separated by a tab, rows by a newline.

use super::container::too_large;
use super::error::ExtractError;
use super::{RawBlock, RawCell, RawDocument, RawRow, RawTable, Shape, StyleHint, tiled};

/// Word allows 63 columns.
const MOST_COLUMNS: u32 = 1024;

/// A part of a document, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) content: Content,
    /// [`RawBlock::page`].
    pub(super) page: Option<u32>,
    /// [`RawBlock::frame`].
    pub(super) frame: Option<u32>,
}

impl Piece {
    /// Whether it is a paragraph that prints nothing.
    pub(super) fn is_blank(&self) -> bool {
        match &self.content {
            Content::Paragraph { text, .. } => text.trim().is_empty(),
            Content::Table(_) => false,
        }
    }
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// A paragraph; line breaks within it are newlines.
    Paragraph {
        /// Its characters, its number included.
        text: String,
        /// The level of the heading that it is, from 1.
        heading_level: Option<u8>,
    },
    /// A table; rows of one cell before all others name it.
    Table(Vec<Row>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Paragraph { text: String::new(), heading_level: None }
    }
}

/// A row of cells.
pub(super) type Row = Vec<Cell>;

/// A cell of a table. One merged downwards is written in its first row and empty in the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its paragraphs, a line each.
    pub(super) text: String,
    /// How many columns it covers.
    pub(super) columns: u32,
}

/// The row, unless it is wider than that of any honest table.
pub(super) fn checked(row: Row) -> Result<Row, ExtractError> {
    let columns = row.iter().fold(0u32, |sum, cell| sum.saturating_add(cell.columns));
    if columns > MOST_COLUMNS {
        return Err(too_large("列的表格", "columns of a table", u64::from(MOST_COLUMNS)));
    }
    Ok(row)
}

/// What a cell prints: its paragraphs, a line each; a table within it a row a line.
pub(super) fn cell_text(pieces: Vec<Piece>) -> String {
    let mut lines = Vec::new();
    for piece in pieces {
        match piece.content {
            Content::Paragraph { text, .. } => lines.push(text),
            Content::Table(rows) => lines.extend(rows.into_iter().map(|row| {
                let cells: Vec<_> = row.iter().map(|cell| cell.text.replace('\n', " ")).collect();
                cells.join(" ")
            })),
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The text of the pieces and the blocks over it.
pub(super) fn assembled(pieces: Vec<Piece>) -> RawDocument {
    let mut written = Written::default();
    for piece in pieces {
        let first = written.blocks.len();
        match piece.content {
            Content::Paragraph { text, heading_level } => written.paragraph(&text, heading_level),
            Content::Table(rows) => written.table(&rows),
        }
        for block in written.blocks.iter_mut().skip(first) {
            (block.page, block.frame) = (piece.page, piece.frame);
        }
    }
    let blocks = tiled(&written.text, written.blocks);
    RawDocument { text: written.text, blocks, ..RawDocument::default() }
}

/// The extracted text as far as it is written.
#[derive(Default)]
struct Written {
    text: String,
    blocks: Vec<RawBlock>,
    /// Newlines written so far.
    lines: u32,
}

impl Written {
    /// Each line is a block, as in a text file; only the first visible one is the heading.
    fn paragraph(&mut self, text: &str, heading_level: Option<u8>) {
        let mut heading_level = heading_level;
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                let hint = StyleHint { heading_level: heading_level.take(), markup: 0 };
                self.block(Shape::Paragraph(hint));
            }
            self.write(line);
            self.write("\n");
        }
    }

    /// Rows of one cell before all others name the table (主要指标).
    fn table(&mut self, rows: &[Row]) {
        self.block(Shape::Table(RawTable::default()));
        let (own, start) = (self.blocks.len() - 1, self.text.len());
        let captions = rows.iter().take_while(|row| row.len() == 1).count();
        let (captions, rows) = rows.split_at(if captions < rows.len() { captions } else { 0 });
        for row in captions {
            self.row(row);
        }
        let written = self.text.get(start..).unwrap_or_default();
        let from = start + (written.len() - written.trim_start().len());
        let caption = Some(from..from + written.trim().len()).filter(|caption| !caption.is_empty());
        let rows = rows.iter().map(|row| self.row(row)).collect();
        if let Some(block) = self.blocks.get_mut(own) {
            let blank = self.text.get(start..).unwrap_or_default().chars().take_while(|character| character.is_whitespace());
            block.line += u32::try_from(blank.filter(|character| *character == '\n').count()).unwrap_or(0);
            block.shape = Shape::Table(RawTable { caption, rows });
        }
    }

    fn row(&mut self, cells: &Row) -> RawRow {
        let (start, line) = (self.text.len(), self.lines + 1);
        let mut written = Vec::with_capacity(cells.len());
        for (at, cell) in cells.iter().enumerate() {
            self.write(if at == 0 { "" } else { "\t" });
            let from = self.text.len();
            self.write(&cell.text);
            written.push(RawCell { span: from..self.text.len(), columns: Some(cell.columns) });
        }
        self.write("\n");
        RawRow { span: start..start, line, cells: written }
    }

    fn block(&mut self, shape: Shape) {
        let start = self.text.len();
        self.blocks.push(RawBlock::at(start, self.lines + 1, shape));
    }

    fn write(&mut self, text: &str) {
        self.text.push_str(text);
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        self.lines = self.lines.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }
}
