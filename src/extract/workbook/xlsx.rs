//! XLSX (ISO/IEC 29500-1 §18): the sheets of a `SpreadsheetML` package.
//!
//! Takes a container, gives the workbook. Which part is which sheet is said by relationships; strings are shared between the sheets; a
//! number is shown by the format of its style.

use std::collections::BTreeMap;

use crate::extract::container::{Container, resolved};
use crate::extract::error::ExtractError;
use crate::extract::xml::{self, Apart, Element};

use super::date::DateSystem;
use super::{Position, Region, Workbook, format, within};

const WORKBOOK: &str = "xl/workbook.xml";

/// What cells refer to.
#[derive(Debug, Default)]
struct Shared {
    strings: Vec<String>,
    /// The format code of each cell style.
    formats: Vec<String>,
    dates: DateSystem,
}

/// Whether the container holds a workbook.
pub(super) fn is_workbook(container: &Container<'_>) -> bool {
    container.has(WORKBOOK)
}

/// Reads the workbook.
///
/// # Errors
///
/// Where a part is missing, damaged or goes past a bound.
pub(super) fn read(container: &mut Container<'_>) -> Result<Workbook, ExtractError> {
    let book = part(container, WORKBOOK)?.unwrap_or_default();
    let relations = part(container, "xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let of_kind = |kind: &str| relations.children.iter().find(|relation| is_kind(relation, kind)).and_then(target);
    let mut shared = Shared { dates: dates(&book), ..Shared::default() };
    if let Some(part) = of_kind("sharedStrings").map(|name| part(container, &name)).transpose()?.flatten() {
        shared.strings = part.all("si").map(characters).collect();
    }
    if let Some(part) = of_kind("styles").map(|name| part(container, &name)).transpose()?.flatten() {
        shared.formats = formats(&part);
    }
    let mut workbook = Workbook::within(&container.limits);
    for sheet in book.child("sheets").into_iter().flat_map(|sheets| sheets.all("sheet")) {
        let id = sheet.attribute("id").unwrap_or_default();
        let relation = relations.children.iter().find(|relation| relation.attribute("Id") == Some(id));
        let Some(relation) = relation.filter(|relation| is_kind(relation, "worksheet")) else {
            workbook.other_sheets += 1;
            continue;
        };
        let hidden = matches!(sheet.attribute("state"), Some("hidden" | "veryHidden"));
        workbook.begin(sheet.attribute("name").unwrap_or_default(), hidden)?;
        let name = target(relation).unwrap_or_default();
        let bytes = container.read(&name)?.ok_or_else(|| ExtractError::DamagedPart { part: name.clone(), at: None })?;
        if !hidden {
            let mut next_row = 0;
            let mut each = |row: Element| cells(&row, &mut next_row, &shared, &mut workbook);
            let rows = Apart { name: "row", each: &mut each };
            let content = xml::parse_apart(&name, &bytes, container.limits.xml_nesting, rows)?;
            merged(&content, &mut workbook)?;
        }
    }
    Ok(workbook)
}

fn part(container: &mut Container<'_>, name: &str) -> Result<Option<Element>, ExtractError> {
    let nesting = container.limits.xml_nesting;
    container.read(name)?.map(|bytes| xml::parse(name, &bytes, nesting)).transpose()
}

fn is_kind(relation: &Element, kind: &str) -> bool {
    relation.attribute("Type").and_then(|written| written.rsplit_once('/')).is_some_and(|(_, last)| last == kind)
}

fn target(relation: &Element) -> Option<String> {
    relation.attribute("Target").map(|target| resolved("xl", target))
}

fn dates(book: &Element) -> DateSystem {
    let since_1904 = book.child("workbookPr").and_then(|properties| properties.attribute("date1904"));
    if matches!(since_1904, Some("1" | "true")) { DateSystem::Since1904 } else { DateSystem::Since1900 }
}

/// The format codes of the cell styles: written in the part, or known by their number.
fn formats(styles: &Element) -> Vec<String> {
    let written = styles.child("numFmts").into_iter().flat_map(|formats| formats.all("numFmt"));
    let written: BTreeMap<&str, &str> =
        written.filter_map(|format| Some((format.attribute("numFmtId")?, format.attribute("formatCode")?))).collect();
    let used = styles.child("cellXfs").into_iter().flat_map(|styles| styles.all("xf"));
    let code = |style: &Element| {
        let id = style.attribute("numFmtId").unwrap_or_default();
        let known = || id.parse().ok().and_then(format::built_in).unwrap_or_default();
        written.get(id).copied().unwrap_or_else(known).to_owned()
    };
    used.map(code).collect()
}

/// The cells of a row; `next` is its number where it does not say it.
fn cells(row: &Element, next: &mut u32, shared: &Shared, workbook: &mut Workbook) -> Result<(), ExtractError> {
    let said = row.attribute("r").and_then(|row| row.trim().parse::<u32>().ok());
    let number = said.and_then(|row| row.checked_sub(1)).unwrap_or(*next);
    *next = number.saturating_add(1);
    let mut column = 0u32;
    for cell in row.all("c") {
        let at = cell.attribute("r").and_then(position).unwrap_or((number, column));
        within(at.0, at.1)?;
        workbook.put(at, &displayed(cell, shared))?;
        column = at.1 + 1;
    }
    Ok(())
}

fn merged(content: &Element, workbook: &mut Workbook) -> Result<(), ExtractError> {
    for region in content.child("mergeCells").into_iter().flat_map(|regions| regions.all("mergeCell")) {
        let corners = region.attribute("ref").and_then(|corners| corners.split_once(':'));
        if let Some((first, last)) = corners.and_then(|(first, last)| Some((position(first)?, position(last)?))) {
            workbook.merge(Region { first, last })?;
        }
    }
    Ok(())
}

/// A1 is row 0, column 0.
fn position(reference: &str) -> Option<Position> {
    let reference = reference.trim();
    let digits = reference.find(|character: char| character.is_ascii_digit())?;
    let (letters, row) = reference.split_at_checked(digits)?;
    let mut column = 0u32;
    for letter in letters.chars() {
        column = column.checked_mul(26)?.checked_add(letter.to_digit(36)?.checked_sub(9)?)?;
    }
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// What a cell shows (ISO/IEC 29500-1 §18.18.11).
fn displayed(cell: &Element, shared: &Shared) -> String {
    let value = cell.child("v").map(|value| value.text.as_str()).unwrap_or_default();
    match cell.attribute("t") {
        Some("s") => value.trim().parse::<usize>().ok().and_then(|at| shared.strings.get(at)).cloned().unwrap_or_default(),
        Some("inlineStr") => cell.child("is").map(characters).unwrap_or_default(),
        Some("b") => match value.trim() {
            "" => String::new(),
            "1" | "true" => "TRUE".to_owned(),
            _ => "FALSE".to_owned(),
        },
        Some("str") => unescaped(value),
        Some("e" | "d") => value.to_owned(),
        Some(_) | None => {
            let style = cell.attribute("s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
            let code = shared.formats.get(style).map(String::as_str).unwrap_or_default();
            let number = value.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            number.map_or_else(|| value.to_owned(), |number| format::displayed(number, code, shared.dates))
        }
    }
}

/// The characters of a string, plain or of several runs; how it is pronounced (`rPh`) left out.
fn characters(string: &Element) -> String {
    let runs = string.children.iter().filter_map(|part| if part.is("r") { part.child("t") } else { part.is("t").then_some(part) });
    runs.map(|run| unescaped(&run.text)).collect()
}

/// `_x000D_` is a carriage return (ISO/IEC 29500-1 §22.4.2.4).
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_")).and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some((character, remaining)) = code.and_then(char::from_u32).zip(after.get(5..)) {
            plain.push(character);
            rest = remaining;
        } else {
            plain.push_str("_x");
            rest = after;
        }
    }
    plain + rest
}
