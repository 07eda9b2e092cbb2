//! Tables: rows and cells, merged ones resolved.
//!
//! A cell merged downwards is written in its first row and empty in the others; one merged sideways says how many columns it covers.
//! A table of one column or one row lays text out (a box around a 专栏, 文号 and 签发人 on one line): its content are paragraphs.

use crate::extract::error::ExtractError;
use crate::extract::pieces::{Cell, Content, Piece, Row, cell_text, checked};

use super::body::Body;
use crate::extract::xml::{Element, Vocabulary};

/// Reads a table.
///
/// # Errors
///
/// Where it is wider than any honest table.
pub(super) fn read<'tree>(body: &mut Body<'tree>, table: &'tree Element, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
    let rows = rows(table);
    let widest = rows.iter().map(|row| cells(row).len()).max().unwrap_or(0);
    if widest < 2 {
        return body.framed(rows.into_iter().flat_map(cells), pieces);
    }
    if rows.len() < 2 {
        for cell in rows.into_iter().flat_map(cells) {
            body.blocks(cell, pieces)?;
        }
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| self::row(body, row)).collect::<Result<Vec<_>, _>>()?;
    pieces.push(body.piece(Content::Table(rows)));
    Ok(())
}

/// The rows, also those within content controls; deleted ones left out.
fn rows(table: &Element) -> Vec<&Element> {
    let deleted = |row: &Element| row.child("trPr").is_some_and(|properties| properties.child("del").is_some());
    let mut rows = within(table, "tr");
    rows.retain(|row| !deleted(row));
    rows
}

fn cells(row: &Element) -> Vec<&Element> {
    within(row, "tc")
}

/// The elements of this name, looked for also in what may wrap them (`sdt`, `customXml`, `ins`), not in other tables.
fn within<'tree>(parent: &'tree Element, name: &str) -> Vec<&'tree Element> {
    let mut found = Vec::new();
    for child in &parent.children {
        if child.is(name) {
            found.push(child);
        } else if child.vocabulary == Vocabulary::Main
            && matches!(child.name.as_str(), "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo")
        {
            found.extend(within(child, name));
        }
    }
    found
}

fn row<'tree>(body: &mut Body<'tree>, row: &'tree Element) -> Result<Row, ExtractError> {
    let properties = row.child("trPr");
    let skipped = |name: &str| {
        let columns = properties.and_then(|properties| properties.number::<u32>(name)).filter(|columns| *columns > 0);
        columns.map(|columns| Cell { text: String::new(), columns })
    };
    let mut cells: Row = skipped("gridBefore").into_iter().collect();
    for cell in self::cells(row) {
        let properties = cell.child("tcPr");
        let columns = properties.and_then(|properties| properties.number("gridSpan")).unwrap_or(1).max(1);
        let continues = |name: &str| {
            let merge = properties.and_then(|properties| properties.child(name));
            merge.is_some_and(|merge| merge.attribute("val") != Some("restart"))
        };
        if let Some(wide) = cells.last_mut().filter(|_| continues("hMerge")) {
            wide.columns = wide.columns.saturating_add(columns);
            continue;
        }
        let text = if continues("vMerge") { String::new() } else { text(body, cell)? };
        cells.push(Cell { text, columns });
    }
    cells.extend(skipped("gridAfter"));
    checked(cells)
}

/// What the cell prints.
fn text<'tree>(body: &mut Body<'tree>, cell: &'tree Element) -> Result<String, ExtractError> {
    let mut pieces = Vec::new();
    body.blocks(cell, &mut pieces)?;
    Ok(cell_text(pieces))
}
