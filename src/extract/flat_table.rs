//! Tables in plain text: flattened a cell a line, or a row a line with tabs between the cells.
//!
//! Word and WPS write a table as text with one cell a line, each led by a tab, and a blank line between the rows:
//!
//! ```text
//! →湖南省“十四五”商务和开放型经济发展规划主要指标        caption: a row of one cell before the head row
//!
//! →类                                                     head row, first cell: 类别, broken over lines
//!
//! 别
//! →序
//! …
//! ```
//!
//! A row begins at a tab-led line after a blank line; a cell goes on in lines without a tab after a blank line. The table ends with
//! its last tab-led line. Tables without any tab are found by `cell_lines`. Takes lines, gives tables; each line is looked at a bounded number of times.

use std::ops::Range;

use super::cell_lines;
use super::lines::Line;
use super::{RawCell, RawRow, RawTable};

/// A table and the lines that it consists of (places in the list of lines).
pub(super) struct Found {
    pub(super) lines: Range<usize>,
    pub(super) table: RawTable,
}

/// A cell is broken over at most this many lines (自⏎⏎贸⏎⏎试⏎⏎验⏎⏎区 is five, with four blank lines between).
const LONGEST_CELL: usize = 16;
/// A line that goes on with a cell is short; a paragraph after the table is not.
const LONGEST_PIECE: usize = 20;
/// Cells are short on average; paragraphs that happen to begin with a tab are not.
const LONGEST_AVERAGE: usize = 30;

/// A row as places in the list of lines: each cell from its first line to its last.
type RowLines = Vec<Range<usize>>;

/// All tables, in order.
pub(super) fn find(text: &str, lines: &[Line<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        let end = if leads_cell(line) {
            let (rows, end) = flattened_rows(lines, next);
            found.extend(flattened_table(text, lines, &rows).map(|table| Found { lines: next..end, table }));
            end
        } else if line.text.trim().contains('\t') {
            let (rows, end) = tabbed_rows(lines, next);
            found.extend(tabbed_table(text, rows).map(|table| Found { lines: next..end, table }));
            end
        } else if let Some(table) = cell_lines::at(lines, next) {
            let end = table.lines.end;
            found.push(table);
            end
        } else {
            next + 1
        };
        next = end;
    }
    found
}

/// A line with one cell: a tab, then text without a tab, or nothing.
fn leads_cell(line: &Line<'_>) -> bool {
    line.text.strip_prefix('\t').is_some_and(|cell| !cell.trim().contains('\t'))
}

/// The rows from `start` on, and the line after the last tab-led one.
fn flattened_rows(lines: &[Line<'_>], start: usize) -> (Vec<RowLines>, usize) {
    let mut rows: Vec<RowLines> = Vec::new();
    let (mut end, mut pending, mut after_blank) = (start, None, true);
    for (at, line) in lines.iter().enumerate().skip(start) {
        if leads_cell(line) {
            // What stood between this cell and the one before it was the rest of that cell.
            if let Some((last, rest)) = rows.last_mut().and_then(|row| row.last_mut()).zip(pending.take()) {
                last.end = rest;
            }
            match rows.last_mut() {
                Some(row) if !after_blank => row.push(at..at + 1),
                _ => rows.push(std::iter::once(at..at + 1).collect()),
            }
            end = at + 1;
            after_blank = false;
        } else if line.is_blank() {
            after_blank = true;
        } else if goes_on(line) && at - end < LONGEST_CELL && (after_blank || pending.is_some()) {
            pending = Some(at + 1);
            after_blank = false;
        } else {
            break;
        }
        if at >= end + LONGEST_CELL {
            break;
        }
    }
    (rows, end)
}

/// Whether a line without a tab may be the rest of a cell: short, no full stop, not the heading of what follows the table.
fn goes_on(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let heading = text.starts_with('第') || text.contains('、') || text.starts_with("（一）");
    !heading && !text.ends_with('。') && !text.contains('\t') && text.chars().count() <= LONGEST_PIECE
}

fn flattened_table(text: &str, lines: &[Line<'_>], rows: &[RowLines]) -> Option<RawTable> {
    let captions = rows.iter().take_while(|row| row.len() == 1).count();
    let (caption, rows) = rows.split_at(captions);
    let rows = rows.iter().filter_map(|row| flattened_row(lines, row)).collect();
    let caption = caption.first().zip(caption.last()).and_then(|(first, last)| {
        let (first, last) = (lines.get(first.first()?.start)?, lines.get(last.last()?.end - 1)?);
        Some(first.visible().start..last.visible().end)
    });
    Some(RawTable { caption, rows }).filter(|table| is_table(text, table))
}

fn flattened_row(lines: &[Line<'_>], row: &RowLines) -> Option<RawRow> {
    let first = lines.get(row.first()?.start)?;
    let cells = row.iter().filter_map(|cell| {
        let (first, last) = (lines.get(cell.start)?, lines.get(cell.end - 1)?);
        Some(RawCell { span: first.visible().start..last.visible().end, columns: None })
    });
    Some(RawRow { span: first.start..first.start, line: first.number, cells: cells.collect() })
}

/// The cells of a line with tabs between them; a tab before the first of them leads an empty one.
fn tabbed_cells(line: &Line<'_>) -> Vec<RawCell> {
    let mut start = line.start;
    let written = line.text.trim_end();
    let cells = written.split('\t').map(|cell| {
        let visible = start + (cell.len() - cell.trim_start().len());
        start += cell.len() + 1;
        RawCell { span: visible..visible + cell.trim().len(), columns: None }
    });
    cells.collect()
}

fn tabbed_rows(lines: &[Line<'_>], start: usize) -> (Vec<RawRow>, usize) {
    let (mut rows, mut end) = (Vec::new(), start + 1);
    for (at, line) in lines.iter().enumerate().skip(start) {
        if line.is_blank() {
            continue;
        }
        if !line.text.trim_end().contains('\t') {
            break;
        }
        rows.push(RawRow { span: line.start..line.start, line: line.number, cells: tabbed_cells(line) });
        end = at + 1;
    }
    (rows, end)
}

fn tabbed_table(text: &str, rows: Vec<RawRow>) -> Option<RawTable> {
    // 第一章 总则→1: a table of contents with page numbers is no table.
    let contents = rows.iter().all(|row| {
        let last = row.cells.last().and_then(|cell| text.get(cell.span.clone())).unwrap_or_default();
        row.cells.len() == 2 && last.chars().all(|character| character.is_ascii_digit())
    });
    Some(RawTable { caption: None, rows }).filter(|table| !contents && is_table(text, table))
}

/// At least two rows of at least two cells, and cells as short as cells are.
fn is_table(text: &str, table: &RawTable) -> bool {
    let cells = || table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| text.get(cell.span.clone()));
    let (count, sentences) = (cells().count(), cells().filter(|cell| cell.ends_with('。')).count());
    let characters: usize = cells().map(|cell| cell.chars().count()).sum();
    table.rows.iter().filter(|row| row.cells.len() > 1).count() > 1
        && characters <= count * LONGEST_AVERAGE
        && sentences * 3 <= count
}
