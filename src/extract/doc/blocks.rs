//! Blocks: paragraphs gathered into tables, rows and cells, tables within tables included ([MS-DOC] §2.4.3).
//!
//! Takes the paragraphs of a story in order, gives a tree. Each paragraph says how many tables it stands in; the mark at its end may end a
//! cell; the paragraph that ends a row has no text and says what the row looks like.

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;

use super::paragraphs::Paragraph;
use super::properties::RowProperties;

/// The longest books have some ten thousand.
const MOST_PARAGRAPHS: usize = 1 << 20;
/// Word allows tables within tables to some depth that nobody reaches.
const DEEPEST_TABLE: u32 = 64;

/// A paragraph or a table.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Box<Paragraph>),
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The content of each cell.
    pub(super) cells: Vec<Vec<Block>>,
    pub(super) properties: RowProperties,
}

/// A table as far as it is read.
#[derive(Debug, Default)]
struct Open {
    rows: Vec<Row>,
    /// The cells of the row that is read.
    cells: Vec<Vec<Block>>,
    /// The blocks of the cell that is read.
    cell: Vec<Block>,
}

/// Gathers paragraphs into blocks.
///
/// # Errors
///
/// Where there are more paragraphs, or tables lie deeper in each other, than in any honest document.
pub(super) fn gathered(paragraphs: impl Iterator<Item = Paragraph>) -> Result<Vec<Block>, ExtractError> {
    let mut blocks = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (before, paragraph) in paragraphs.enumerate() {
        if before >= MOST_PARAGRAPHS {
            return Err(too_large("个段落", "paragraphs", MOST_PARAGRAPHS as u64));
        }
        let depth = paragraph.properties.table_depth();
        if depth > DEEPEST_TABLE {
            return Err(too_large("层嵌套的表格", "levels of tables within tables", u64::from(DEEPEST_TABLE)));
        }
        let depth = depth as usize;
        close(&mut open, depth, &mut blocks);
        while open.len() < depth {
            open.push(Open::default());
        }
        match open.last_mut() {
            Some(table) => table.take(paragraph, depth),
            None => blocks.push(Block::Paragraph(Box::new(paragraph))),
        }
    }
    close(&mut open, 0, &mut blocks);
    Ok(blocks)
}

/// Closes the tables that lie deeper.
fn close(open: &mut Vec<Open>, depth: usize, blocks: &mut Vec<Block>) {
    while open.len() > depth {
        let Some(table) = open.pop().map(Open::closed) else { return };
        open.last_mut().map_or(&mut *blocks, |around| &mut around.cell).extend(table);
    }
}

impl Open {
    /// Takes a paragraph of this table, which lies at a depth.
    fn take(&mut self, mut paragraph: Paragraph, depth: usize) {
        let properties = &mut paragraph.properties;
        let (row_end, cell_end) = if depth == 1 {
            (properties.ends.row, paragraph.cell_end)
        } else {
            // Within other tables the marks are those of paragraphs.
            (properties.ends.inner_row, properties.ends.inner_cell)
        };
        if row_end {
            let properties = std::mem::take(&mut properties.row);
            self.end_row(properties);
            // A row whose mark is deleted is deleted.
            if paragraph.mark_deleted {
                self.rows.pop();
            }
            return;
        }
        self.cell.push(Block::Paragraph(Box::new(paragraph)));
        if cell_end {
            self.cells.push(std::mem::take(&mut self.cell));
        }
    }

    fn end_row(&mut self, mut properties: RowProperties) {
        if !self.cell.is_empty() {
            self.cells.push(std::mem::take(&mut self.cell));
        }
        let cells = std::mem::take(&mut self.cells);
        properties.fit(cells.len());
        if !cells.is_empty() {
            self.rows.push(Row { cells, properties });
        }
    }

    /// The table; one whose last row never ended has that row nevertheless.
    fn closed(mut self) -> Option<Block> {
        self.end_row(RowProperties::default());
        (!self.rows.is_empty()).then_some(Block::Table(self.rows))
    }
}
