//! Cells → blocks of rows: where one table ends and the next begins, and which columns a merged cell covers.
//!
//! Takes the sparse cells of a sheet, gives its blocks of contiguous rows, each as wide as its cells reach. A cell merged downwards
//! is written in its first row and empty in the others. Costs what is written, not what lies between.

use std::collections::BTreeMap;

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;
use crate::extract::pieces::{Cell, Row};

use super::{Region, Sheet, Written};

/// Columns of one block: as many as in other formats.
const MOST_COLUMNS: u32 = 1024;

/// A row as far as it is known: its cells by their columns, and the columns that merged regions cover in it.
#[derive(Debug, Default)]
struct Line<'sheet> {
    cells: BTreeMap<u32, &'sheet str>,
    /// First and last column of each region.
    merged: BTreeMap<u32, u32>,
}

/// The blocks of a sheet; `written` counts their cells, empty ones included.
///
/// # Errors
///
/// Where a block is wider, or all of them larger, than any honest table.
pub(super) fn blocks(sheet: &Sheet, written: &mut Written) -> Result<Vec<Vec<Row>>, ExtractError> {
    let mut blocks = Vec::new();
    let mut block: Vec<Line<'_>> = Vec::new();
    // The last row of the block, or of a merged cell that hangs down from it.
    let mut reach = 0;
    let mut regions = Regions::new(sheet);
    let mut cells = sheet.cells.iter().peekable();
    while let Some(((row, _), _)) = cells.peek().copied() {
        let row = *row;
        regions.advance(row);
        let mut line = Line { cells: BTreeMap::new(), merged: regions.columns() };
        let mut hangs = row;
        while let Some(((_, column), text)) = cells.next_if(|((at, _), _)| *at == row) {
            let region = regions.over(*column);
            // What is covered by a merged cell is not shown.
            if region.is_none_or(|region| region.first == (row, *column)) {
                line.cells.insert(*column, text.as_str());
                hangs = hangs.max(region.map_or(row, |region| region.last.0));
            }
        }
        if line.cells.is_empty() {
            continue;
        }
        if !block.is_empty() && row > reach + 1 {
            blocks.push(rows(&std::mem::take(&mut block), written)?);
            reach = 0;
        }
        reach = reach.max(hangs);
        block.push(line);
    }
    if !block.is_empty() {
        blocks.push(rows(&block, written)?);
    }
    Ok(blocks)
}

/// The rows of a block, as wide as the cells with content reach: a merged cell does not make it wider.
fn rows(block: &[Line<'_>], written: &mut Written) -> Result<Vec<Row>, ExtractError> {
    let left = block.iter().filter_map(|line| line.cells.keys().next()).min().copied().unwrap_or(0);
    let right = block.iter().filter_map(|line| line.cells.keys().next_back()).max().copied().unwrap_or(left);
    if right - left >= MOST_COLUMNS {
        return Err(too_large("列的表格", "columns of a table", u64::from(MOST_COLUMNS)));
    }
    written.cells += block.len() as u64 * u64::from(right - left + 1);
    if written.cells > written.most {
        return Err(too_large("个单元格", "cells of a workbook", written.most));
    }
    Ok(block.iter().map(|line| row(line, left, right)).collect())
}

fn row(line: &Line<'_>, left: u32, right: u32) -> Row {
    let mut row = Vec::new();
    let mut column = left;
    while column <= right {
        let region = line.merged.range(..=column).next_back().filter(|(_, last)| **last >= column);
        let end = region.map_or(column, |(_, last)| (*last).min(right));
        let text = line.cells.get(&column).map(|text| (*text).to_owned()).unwrap_or_default();
        row.push(Cell { text, columns: end - column + 1 });
        column = end + 1;
    }
    row
}

/// The merged regions over one row after the other. They do not overlap; where a file says so, the first stands.
struct Regions {
    /// Those that begin further down, the last of them first.
    coming: Vec<Region>,
    /// Those over the row, by their first column.
    open: BTreeMap<u32, Region>,
}

impl Regions {
    fn new(sheet: &Sheet) -> Self {
        let mut coming = sheet.merged.clone();
        coming.sort_unstable_by(|one, other| other.cmp(one));
        Self { coming, open: BTreeMap::new() }
    }

    /// Goes down to a row.
    fn advance(&mut self, row: u32) {
        self.open.retain(|_, region| region.last.0 >= row);
        while let Some(region) = self.coming.pop_if(|region| region.first.0 <= row) {
            let before = self.open.range(..=region.last.1).next_back();
            let overlaps = before.is_some_and(|(_, other)| other.last.1 >= region.first.1);
            if region.last.0 >= row && !overlaps {
                self.open.insert(region.first.1, region);
            }
        }
    }

    /// The region over a column.
    fn over(&self, column: u32) -> Option<Region> {
        self.open.range(..=column).next_back().map(|(_, region)| *region).filter(|region| region.last.1 >= column)
    }

    fn columns(&self) -> BTreeMap<u32, u32> {
        self.open.iter().map(|(first, region)| (*first, region.last.1)).collect()
    }
}
