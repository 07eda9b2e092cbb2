//! Tables over pages: what the end of a page has torn becomes whole again.
//!
//! A table that begins a page goes on with the one that ended the page before where both have the same columns. A head that is repeated
//! is left out. A row may be torn too: where its number stands on the first page and only the rest of its long text on the second.

use crate::extract::pieces::Row;

use super::joining::join;
use super::sheet::Table;

/// How many rows the head of a table has at most.
const MOST_HEAD_ROWS: usize = 4;
/// The columns of both parts differ by less than this share of the width of the table.
const SAME_COLUMN: f32 = 0.015;

/// The last table, while nothing came after it.
pub(super) struct LastTable {
    columns: Vec<f32>,
    page: u32,
    head: Vec<Row>,
}

/// What was done to make a table whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stitched {
    /// Rows of repeated heads that were left out.
    pub(super) repeated: usize,
    /// Rows that were torn and joined.
    pub(super) torn: usize,
}

impl LastTable {
    pub(super) fn new(table: &Table, page: u32) -> Self {
        Self { columns: table.columns.clone(), page, head: table.rows.iter().take(MOST_HEAD_ROWS).cloned().collect() }
    }

    /// Whether a table at the begin of this page goes on with the last one.
    pub(super) fn goes_on(&self, table: &Table, page: u32) -> bool {
        let from = |columns: &[f32]| columns.first().copied().unwrap_or(0.0);
        let width = self.columns.last().map_or(0.0, |last| last - from(&self.columns));
        let near =
            |(own, its): (&f32, &f32)| ((own - from(&self.columns)) - (its - from(&table.columns))).abs() <= width * SAME_COLUMN;
        self.page + 1 == page && self.columns.len() == table.columns.len() && self.columns.iter().zip(&table.columns).all(near)
    }

    /// Adds the part that goes on to the rows so far.
    pub(super) fn add(&mut self, rows: &mut Vec<Row>, table: Table, page: u32) -> Stitched {
        let same = |(own, other): &(&Row, &Row)| own == other && own.iter().any(|cell| !cell.text.is_empty());
        let repeated = self.head.iter().zip(&table.rows).take_while(same).count();
        let mut more = table.rows.into_iter().skip(repeated).peekable();
        let mut torn = 0;
        if let Some(rest) = more.next_if(|row| is_rest(rows, row)) {
            torn = 1;
            for (cell, rest) in rows.iter_mut().next_back().into_iter().flatten().zip(rest) {
                join(&mut cell.text, &rest.text);
            }
        }
        rows.extend(more);
        self.page = page;
        Stitched { repeated, torn }
    }
}

/// Whether a row is the rest of the last one: it has text in one or few of the columns that go on, and none in at least two
/// columns that every row has filled so far, its number among them. A cell merged downwards leaves one column empty, not two.
fn is_rest(rows: &[Row], row: &Row) -> bool {
    let Some(last) = rows.last() else { return false };
    let shape = |row: &Row| row.iter().map(|cell| cell.columns).collect::<Vec<_>>();
    if shape(last) != shape(row) {
        return false;
    }
    let filled = |place: usize| {
        let alike = rows.iter().filter(|row| shape(row) == shape(last));
        alike.clone().count() > 1 && alike.clone().all(|row| row.get(place).is_some_and(|cell| !cell.text.is_empty()))
    };
    let missing = (0..row.len()).filter(|place| row.get(*place).is_some_and(|cell| cell.text.is_empty()) && filled(*place)).count();
    let texts: Vec<_> = last.iter().zip(row).filter(|(_, rest)| !rest.text.is_empty()).collect();
    let unfinished = texts.iter().all(|(last, _)| !last.text.is_empty() && !last.text.ends_with(['。', '；']));
    missing >= 2 && texts.len() * 2 <= row.len() && !texts.is_empty() && unfinished
}
