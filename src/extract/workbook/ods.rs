//! ODS (ISO/IEC 26300-1 §9): the sheets of an `OpenDocument` spreadsheet.
//!
//! Takes a container, gives the workbook. Cells carry the text that they show. Cells and rows may be repeated any number of times:
//! empty ones only move the place, others count.

use std::collections::BTreeSet;

use crate::extract::container::Container;
use crate::extract::error::ExtractError;
use crate::extract::xml::{self, Element, Vocabulary};

use super::{MOST_COLUMNS, MOST_ROWS, Region, Workbook, within};

const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const CONTENT: &str = "content.xml";
/// Spaces that stand for themselves (`text:s`).
const MOST_SPACES: usize = 64;

/// Whether the container holds a spreadsheet, or a template of one.
pub(super) fn is_workbook(container: &mut Container<'_>) -> bool {
    container.has(CONTENT) && container.read("mimetype").is_ok_and(|kind| kind.is_some_and(|kind| kind.starts_with(MIMETYPE)))
}

/// Reads the workbook.
///
/// # Errors
///
/// Where the content is missing, damaged or goes past a bound.
pub(super) fn read(container: &mut Container<'_>) -> Result<Workbook, ExtractError> {
    let missing = || ExtractError::DamagedPart { part: CONTENT.to_owned(), at: None };
    let nesting = container.limits.xml_nesting;
    let content = xml::parse(CONTENT, &container.read(CONTENT)?.ok_or_else(missing)?, nesting)?;
    let hidden = hidden_styles(&content);
    let body = content.child("body").and_then(|body| body.child("spreadsheet")).ok_or_else(missing)?;
    let mut workbook = Workbook::within(&container.limits);
    for table in body.all("table") {
        let is_hidden = table.attribute("style-name").is_some_and(|style| hidden.contains(style));
        workbook.begin(table.attribute("name").unwrap_or_default(), is_hidden)?;
        if !is_hidden {
            rows(table, &mut 0, &mut workbook)?;
        }
    }
    Ok(workbook)
}

/// The styles of tables that are not displayed.
fn hidden_styles(content: &Element) -> BTreeSet<&str> {
    let styles = content.child("automatic-styles").into_iter().flat_map(|styles| styles.all("style"));
    let hidden = styles
        .filter(|style| style.child("table-properties").is_some_and(|properties| properties.attribute("display") == Some("false")));
    hidden.filter_map(|style| style.attribute("name")).collect()
}

/// The rows, also those of groups and of the head that is printed again on each page.
fn rows(parent: &Element, next: &mut u32, workbook: &mut Workbook) -> Result<(), ExtractError> {
    for child in &parent.children {
        if child.is("table-row") {
            let repeated = times(child, "number-rows-repeated");
            let has_content = child.children.iter().any(|cell| !shown(cell).is_empty());
            for _ in 0..if has_content { repeated } else { 0 } {
                within(*next, 0)?;
                row(child, *next, workbook)?;
                *next += 1;
            }
            *next = next.saturating_add(if has_content { 0 } else { repeated });
        } else if ["table-rows", "table-header-rows", "table-row-group"].iter().any(|group| child.is(group)) {
            rows(child, next, workbook)?;
        }
    }
    Ok(())
}

fn row(row: &Element, number: u32, workbook: &mut Workbook) -> Result<(), ExtractError> {
    let mut column = 0u32;
    for cell in row.children.iter().filter(|cell| cell.is("table-cell") || cell.is("covered-table-cell")) {
        let repeated = times(cell, "number-columns-repeated");
        let (columns, rows) = (times(cell, "number-columns-spanned"), times(cell, "number-rows-spanned"));
        let text = shown(cell);
        if !text.is_empty() && cell.is("table-cell") {
            for column in column..column.saturating_add(repeated) {
                workbook.put((number, column), &text)?;
            }
        }
        if columns > 1 || rows > 1 {
            let last = |first: u32, count: u32, most: u32| first.saturating_add(count - 1).min(most - 1);
            let corner = (last(number, rows, MOST_ROWS), last(column, columns, MOST_COLUMNS));
            workbook.merge(Region { first: (number, column), last: corner })?;
        }
        column = column.saturating_add(repeated);
    }
    Ok(())
}

fn times(element: &Element, attribute: &str) -> u32 {
    let times = element.attribute(attribute).and_then(|times| times.trim().parse().ok());
    times.unwrap_or(1).max(1)
}

/// The paragraphs of a cell, a line each; where a program wrote none, the value itself.
fn shown(cell: &Element) -> String {
    let paragraphs = cell.children.iter().filter(|child| child.vocabulary == Vocabulary::Text && child.name == "p");
    let paragraphs: Vec<_> = paragraphs.map(running).collect();
    if !paragraphs.is_empty() {
        return paragraphs.join("\n");
    }
    let values = ["string-value", "date-value", "time-value", "boolean-value", "value"];
    values.iter().find_map(|value| cell.attribute(value)).unwrap_or_default().to_owned()
}

/// The characters of running text; runs of white space are one space, unless they are written out.
fn running(element: &Element) -> String {
    let mut text = String::new();
    if element.children.is_empty() {
        match element.name.as_str() {
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                text.push_str(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" => text.push(' '),
            "line-break" => text.push('\n'),
            _ => text.extend(element.text.chars().map(|character| if character.is_ascii_whitespace() { ' ' } else { character })),
        }
    }
    let spoken = element.children.iter().filter(|child| child.vocabulary == Vocabulary::Text && child.name != "ruby-text");
    text.extend(spoken.map(running));
    text
}
