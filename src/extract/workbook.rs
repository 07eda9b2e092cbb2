//! The reader of spreadsheets: XLSX (ISO/IEC 29500), ODS (ISO/IEC 26300) and XLS (\[MS-XLS\]).
//!
//! All three by hand, over the bounded container and XML of `extract`. The usual crate for them lays a sheet out as the rectangle around its
//! cells, so that one stray cell in the last row takes gigabytes; reserves what a part declares of its own size; follows the sectors
//! of a damaged XLS in circles; and gives the numbers of XLS and ODS without the formats that they are shown with (0.07 for 7%).
//!
//! 1. `xlsx`, `ods` (over `container` and `xml`), `xls` (over `compound` and `records`): the sheets as sparse cells, each as it is displayed (`format`).
//! 2. `grid`: the cells of a sheet as blocks of rows, merged cells resolved.
//! 3. Here: blocks as paragraphs and tables. The name of a sheet comes first, as a heading where there are several, unless it is a
//!    default one or stands in the sheet.
//!
//! Numbers are written as the author sees them: percentages as 7%, dates by their format, groups of thousands with their commas.
//! Formulas are the values that were saved with them. Hidden sheets, charts and comments are left out; hidden rows and columns are kept,
//! because what they hold is often what the visible sums are made of.

mod date;
mod format;
mod grid;
mod ods;
mod records;
mod xls;
mod xlsx;

use std::collections::BTreeMap;

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::RawDocument;
use super::compound::{Compound, is_compound};
use super::container::{Container, is_container, too_large};
use super::error::ExtractError;
use super::limits::Limits;
use super::lines::lines;
use super::pieces::{Cell, Content, Piece, Row, assembled};
use super::text::replaced_characters;

/// Sheets of one workbook; a yearbook has some hundred.
const MOST_SHEETS: usize = 1024;
/// Excel has so many columns, `LibreOffice` as many.
const MOST_COLUMNS: u32 = 16_384;
/// Excel has so many rows, `LibreOffice` as many.
const MOST_ROWS: u32 = 1_048_576;
/// Merged regions of one sheet.
const MOST_MERGED: usize = 20_000;

/// Row and column of a cell, counted from 0.
type Position = (u32, u32);

/// Cells merged into one; both corners belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Region {
    first: Position,
    last: Position,
}

/// A sheet: the cells that are not empty, as they are displayed.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    hidden: bool,
    cells: BTreeMap<Position, String>,
    merged: Vec<Region>,
}

/// The sheets of a workbook as far as they are read, with the bounds over all of them.
#[derive(Debug, Default)]
struct Workbook {
    sheets: Vec<Sheet>,
    /// Sheets that are charts or macros.
    other_sheets: usize,
    /// The cells with content in all sheets.
    cells: u64,
    /// How many there may be.
    most_cells: u64,
    bytes: u64,
}

impl Workbook {
    /// A workbook without sheets that may hold so much.
    fn within(limits: &Limits) -> Self {
        Self { most_cells: limits.cells, ..Self::default() }
    }

    /// Begins a sheet; cells go to the last one begun.
    fn begin(&mut self, name: &str, hidden: bool) -> Result<(), ExtractError> {
        if self.sheets.len() >= MOST_SHEETS {
            return Err(too_large("个工作表", "sheets of a workbook", MOST_SHEETS as u64));
        }
        self.sheets.push(Sheet { name: visible(name), hidden, ..Sheet::default() });
        Ok(())
    }

    /// Puts the content of a cell; white space alone is none.
    fn put(&mut self, (row, column): Position, text: &str) -> Result<(), ExtractError> {
        within(row, column)?;
        let text = visible(text);
        if text.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        self.bytes += text.len() as u64;
        if self.cells > self.most_cells {
            return Err(too_large("个单元格", "cells of a workbook", self.most_cells));
        }
        if self.bytes > super::container::LARGEST_TEXT {
            return Err(too_large("字节的正文", "bytes of text", super::container::LARGEST_TEXT));
        }
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.cells.insert((row, column), text);
        }
        Ok(())
    }

    /// Merges a region; one cell alone is no region.
    fn merge(&mut self, region: Region) -> Result<(), ExtractError> {
        let Some(sheet) = self.sheets.last_mut().filter(|_| region.first != region.last) else { return Ok(()) };
        if sheet.merged.len() >= MOST_MERGED {
            return Err(too_large("个合并区域", "merged regions of a sheet", MOST_MERGED as u64));
        }
        if region.first.0 <= region.last.0 && region.first.1 <= region.last.1 {
            sheet.merged.push(region);
        }
        Ok(())
    }
}

/// Refuses a position that no spreadsheet program has.
fn within(row: u32, column: u32) -> Result<(), ExtractError> {
    if column >= MOST_COLUMNS {
        return Err(too_large("列的工作表", "columns of a sheet", u64::from(MOST_COLUMNS)));
    }
    if row >= MOST_ROWS {
        return Err(too_large("行的工作表", "rows of a sheet", u64::from(MOST_ROWS)));
    }
    Ok(())
}

/// The text without white space around it and without what is no character; a tab within it is a gap.
fn visible(text: &str) -> String {
    let characters = text.trim().chars().map(|character| if character == '\t' { ' ' } else { character });
    characters.filter(|character| *character == '\n' || !character.is_control()).collect()
}

/// Whether the bytes are a workbook of Excel since 2007.
pub(super) fn accepts_xlsx(bytes: &[u8]) -> bool {
    is_container(bytes) && Container::glance(bytes).is_ok_and(|container| xlsx::is_workbook(&container))
}

/// Whether the bytes are a workbook of Excel before 2007.
pub(super) fn accepts_xls(bytes: &[u8]) -> bool {
    is_compound(bytes) && Compound::open(bytes).is_ok_and(|compound| xls::is_workbook(&compound))
}

/// Whether the bytes are a spreadsheet of `LibreOffice` and its kin.
pub(super) fn accepts_ods(bytes: &[u8]) -> bool {
    is_container(bytes) && Container::glance(bytes).is_ok_and(|mut container| ods::is_workbook(&mut container))
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    let workbook = sheets(bytes, limits)?;
    let mut pieces = Vec::new();
    let mut written = Written { cells: 0, most: limits.cells };
    // Sheets are the sections of a workbook; a single one has the name of the whole.
    let several = workbook.sheets.iter().filter(|sheet| !sheet.cells.is_empty()).count() > 1;
    let heading_level = several.then_some(2);
    for (sheet, number) in workbook.sheets.iter().zip(1..) {
        for content in contents(sheet, heading_level, &mut written)? {
            pieces.push(Piece { content, page: Some(number), frame: None });
        }
    }
    let raw = assembled(pieces);
    let mut diagnostics = left_out(&workbook);
    diagnostics.extend(replaced_characters(&lines(&raw.text)));
    Ok(Warned { value: raw, diagnostics })
}

fn sheets(bytes: &[u8], limits: &Limits) -> Result<Workbook, ExtractError> {
    if is_compound(bytes) {
        return xls::read(&Compound::open(bytes)?, limits);
    }
    let mut container = Container::open(bytes, limits)?;
    if xlsx::is_workbook(&container) { xlsx::read(&mut container) } else { ods::read(&mut container) }
}

/// The paragraphs and tables of a sheet, none for one that is empty or hidden; `written` counts the cells of all grids, empty ones included.
fn contents(sheet: &Sheet, heading_level: Option<u8>, written: &mut Written) -> Result<Vec<Content>, ExtractError> {
    let blocks = grid::blocks(sheet, written)?;
    let mut contents = Vec::new();
    for block in blocks {
        laid_out(block, &mut contents);
    }
    let first = contents.first().map(|content| match content {
        Content::Paragraph { text, .. } => text.as_str(),
        Content::Table(rows) => rows.first().and_then(|row| row.first()).map_or("", |cell| cell.text.as_str()),
    });
    if first.is_some_and(|first| first != sheet.name) && !is_default_name(&sheet.name) {
        contents.insert(0, Content::Paragraph { text: sheet.name.clone(), heading_level });
    }
    Ok(contents)
}

/// Sheet1, 工作表1: names that programs give.
fn is_default_name(name: &str) -> bool {
    let rest = ["Sheet", "sheet", "工作表"].iter().find_map(|default| name.strip_prefix(default));
    name.is_empty() || rest.is_some_and(|number| number.chars().all(|digit| digit.is_ascii_digit()))
}

/// A block as a table between its caption and its notes; where hardly a row has two cells, as paragraphs.
fn laid_out(mut rows: Vec<Row>, contents: &mut Vec<Content>) {
    if rows.iter().filter(|row| filled(row) > 1).count() < 2 {
        contents.extend(rows.into_iter().flatten().filter(|cell| !cell.text.is_empty()).map(|cell| paragraph(cell.text)));
        return;
    }
    // A caption is often not merged: it stands in the first cell and runs over the empty ones beside it.
    for row in rows.iter_mut().take_while(|row| is_caption(row)) {
        row.retain(|cell| !cell.text.is_empty());
    }
    let notes = rows.iter().rev().take_while(|row| is_note(row)).count();
    let notes = rows.split_off(rows.len() - notes);
    contents.push(Content::Table(rows));
    contents.extend(notes.into_iter().flatten().filter(|cell| !cell.text.is_empty()).map(|cell| paragraph(cell.text)));
}

fn paragraph(text: String) -> Content {
    Content::Paragraph { text, heading_level: None }
}

fn filled(row: &Row) -> usize {
    row.iter().filter(|cell| !cell.text.is_empty()).count()
}

/// One cell that begins the row, or says what all values are measured in, wherever it stands (单位：亿元).
fn is_caption(row: &Row) -> bool {
    let begins = row.first().is_some_and(|cell| !cell.text.is_empty());
    filled(row) == 1 && (begins || row.iter().any(|cell| cell.text.trim_start_matches(['（', '(']).starts_with("单位")))
}

/// One cell over the whole row, or one that says that it is a note.
fn is_note(row: &Row) -> bool {
    const WORDS: [&str; 8] = ["注", "说明", "备注", "资料来源", "数据来源", "来源", "*", "※"];
    let says = |cell: &Cell| WORDS.iter().any(|word| cell.text.starts_with(word));
    row.len() == 1 || filled(row) == 1 && row.first().is_some_and(says)
}

/// The cells of all grids, empty ones included, and how many there may be.
struct Written {
    cells: u64,
    most: u64,
}

/// What is in the file but not in the text.
fn left_out(workbook: &Workbook) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let hidden: Vec<_> = workbook.sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| sheet.name.as_str()).collect();
    if !hidden.is_empty() {
        let message = Bilingual::new(
            format!("隐藏的工作表没有读入：{}", hidden.join("、")),
            format!("hidden sheet(s) left out: {}", hidden.join(", ")),
        );
        diagnostics.push(Diagnostic::note("hidden-sheet", message, Place::default()));
    }
    if workbook.other_sheets > 0 {
        let count = workbook.other_sheets;
        let message =
            Bilingual::new(format!("{count}个图表或宏工作表没有读入"), format!("{count} sheet(s) of charts or macros left out"));
        diagnostics.push(Diagnostic::note("chart-sheet", message, Place::default()));
    }
    diagnostics
}

#[cfg(test)]
mod tests;
