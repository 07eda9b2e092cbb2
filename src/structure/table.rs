//! Tables: the cells of each row and the columns that they stand in.

use crate::document::table::Cell;
use crate::extract::{RawCell, RawRow, RawTable};

use super::columns::Columns;
use super::title;

/// A table with its head row apart.
#[derive(Debug)]
pub(super) struct Table {
    /// The cells of the head row.
    pub(super) head: Vec<Cell>,
    /// The cells of the rows below it.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// Reads the cells of a raw table. The first row is the head.
pub(super) fn read(text: &str, raw: &RawTable) -> Table {
    let Some((head, rows)) = raw.rows.split_first() else { return Table { head: Vec::new(), rows: Vec::new() } };
    let count = head.cells.iter().map(|cell| cell.columns.unwrap_or(1) as usize).sum();
    let columns = Columns::learn(count, rows.iter().map(|row| row.cells.iter().map(|cell| slice(text, cell)).collect()));
    let carries = carries_down(text, rows, count);
    let mut group = String::new();
    let rows = rows.iter().map(|row| {
        let mut cells = self::row(text, row, &columns);
        if let Some(first) = cells.first_mut().filter(|cell| carries && cell.columns.start == 0) {
            if first.text.is_empty() {
                first.text.clone_from(&group);
            } else {
                group.clone_from(&first.text);
            }
        }
        cells
    });
    Table { rows: rows.collect(), head: self::row(text, head, &Columns::learn(count, std::iter::empty())) }
}

fn slice<'text>(text: &'text str, cell: &RawCell) -> &'text str {
    text.get(cell.span.clone()).unwrap_or_default()
}

fn row(text: &str, row: &RawRow, columns: &Columns) -> Vec<Cell> {
    let written = row.cells.iter().map(|cell| slice(text, cell)).collect::<Vec<_>>();
    let told = row.cells.iter().any(|cell| cell.columns.is_some());
    let mut next = 0;
    let mut spans = if told { Vec::new() } else { columns.align(&written) }.into_iter();
    let cells = row.cells.iter().zip(&written).map(|(cell, written)| {
        let columns = spans.next().unwrap_or_else(|| next..next + cell.columns.unwrap_or(1) as usize);
        next = columns.end;
        Cell { text: title::joined(written), span: cell.span.clone(), columns }
    });
    cells.collect()
}

/// Whether empty first cells continue the group above them (对外贸易 over four rows): some rows name one, others are empty there.
fn carries_down(text: &str, rows: &[RawRow], count: usize) -> bool {
    let complete = || rows.iter().filter(|row| row.cells.len() == count).filter_map(|row| row.cells.first());
    let empty = complete().filter(|cell| slice(text, cell).is_empty()).count();
    count > 2 && empty > 0 && rows.first().and_then(|row| row.cells.first()).is_some_and(|cell| !slice(text, cell).is_empty())
}
