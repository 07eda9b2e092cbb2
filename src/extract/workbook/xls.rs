//! XLS (\[MS-XLS\], BIFF8): the sheets of a workbook of Excel 97 to 2003, also of WPS.
//!
//! Takes a compound file, gives the workbook. Its one stream is a list of records: first those of the whole workbook (formats, styles,
//! shared strings, where the sheets begin), then those of each sheet.

use std::collections::BTreeMap;

use crate::extract::compound::Compound;
use crate::extract::error::ExtractError;
use crate::extract::limits::Limits;
use crate::extract::little_endian::{u8_at, u16_at, u32_at, usize_at};

use super::date::DateSystem;
use super::records::{Record, Records, Strings, text, text_of_length};
use super::{Position, Region, Workbook, format};

/// The stream of BIFF8, and that of the versions before it.
const STREAMS: [&str; 2] = ["Workbook", "Book"];
/// The version that BIFF8 begins with.
const BIFF8: u16 = 0x0600;

/// What cells refer to.
#[derive(Debug, Default)]
struct Shared {
    strings: Vec<String>,
    /// Format codes by their number.
    formats: BTreeMap<u16, String>,
    /// The number of the format of each cell style.
    styles: Vec<u16>,
    dates: DateSystem,
}

/// A sheet as the workbook announces it.
#[derive(Debug)]
struct Announced {
    at: usize,
    name: String,
    hidden: bool,
    is_worksheet: bool,
}

/// Whether the compound file holds a workbook.
pub(super) fn is_workbook(compound: &Compound<'_>) -> bool {
    STREAMS.iter().any(|stream| compound.has(stream))
}

/// Reads the workbook.
///
/// # Errors
///
/// Where it is damaged, encrypted, older than BIFF8, or goes past a bound.
pub(super) fn read(compound: &Compound<'_>, limits: &Limits) -> Result<Workbook, ExtractError> {
    let stream = STREAMS.iter().find_map(|stream| compound.read(stream).transpose()).transpose()?.unwrap_or_default();
    let damaged = |at: usize| ExtractError::DamagedPart { part: "Workbook".to_owned(), at: Some(at) };
    let mut records = Records::new(&stream);
    let begin = records.next_at(0)?.filter(Record::begins).ok_or_else(|| damaged(0))?;
    if u16_at(begin.data, 0) != Some(BIFF8) {
        let (english, chinese) = ("an XLS file of Excel 95 or older", " Excel 95 或更早版本的 XLS 文件");
        return Err(ExtractError::Unsupported { english, chinese });
    }
    let (shared, announced) = globals(&mut records, begin.end)?;
    let mut workbook = Workbook::within(limits);
    for sheet in announced {
        if !sheet.is_worksheet {
            workbook.other_sheets += 1;
            continue;
        }
        workbook.begin(&sheet.name, sheet.hidden)?;
        let begin = records.next_at(sheet.at)?.filter(Record::begins).ok_or_else(|| damaged(sheet.at))?;
        if !sheet.hidden {
            cells(&mut records, begin.end, &shared, &mut workbook)?;
        }
    }
    Ok(workbook)
}

/// The records before the first sheet.
fn globals(records: &mut Records<'_>, start: usize) -> Result<(Shared, Vec<Announced>), ExtractError> {
    let (mut shared, mut announced, mut at) = (Shared::default(), Vec::new(), start);
    while let Some(record) = records.next_at(at)?.filter(|record| record.kind != Record::END) {
        at = record.end;
        let data = record.data;
        match record.kind {
            // FilePass (§2.4.117): everything after it is encrypted.
            0x2F => return Err(ExtractError::Encrypted),
            // Date1904 (§2.4.77).
            0x22 if u16_at(data, 0) == Some(1) => shared.dates = DateSystem::Since1904,
            // Format (§2.4.126).
            0x041E => {
                if let Some((number, code)) = u16_at(data, 0).zip(data.get(2..).and_then(text)) {
                    shared.formats.insert(number, code);
                }
            }
            // XF (§2.4.353).
            0xE0 => shared.styles.push(u16_at(data, 2).unwrap_or_default()),
            // BoundSheet8 (§2.4.28).
            0x85 => announced.extend(sheet(data)),
            // SST (§2.4.265), which goes on in the records after it.
            0xFC => {
                let mut strings = Strings::new(data);
                while let Some(more) = records.next_at(at)?.filter(|record| record.kind == Record::CONTINUE) {
                    strings.push(more.data);
                    at = more.end;
                }
                shared.strings = strings.read();
            }
            _ => {}
        }
    }
    Ok((shared, announced))
}

fn sheet(data: &[u8]) -> Option<Announced> {
    let name = text_of_length(data.get(7..)?, usize::from(u8_at(data, 6)?))?;
    Some(Announced { at: usize_at(data, 0)?, name, hidden: u8_at(data, 4)? & 3 > 0, is_worksheet: u8_at(data, 5)? == 0 })
}

/// The records of a sheet; charts within it are sheets of their own.
fn cells(records: &mut Records<'_>, start: usize, shared: &Shared, workbook: &mut Workbook) -> Result<(), ExtractError> {
    let (mut at, mut depth) = (start, 0u32);
    // The cell whose formula gave the text that follows.
    let mut awaited = None;
    while let Some(record) = records.next_at(at)? {
        at = record.end;
        if record.begins() {
            depth += 1;
        } else if record.kind == Record::END {
            let Some(outer) = depth.checked_sub(1) else { return Ok(()) };
            depth = outer;
        } else if depth == 0 {
            cell(&record, shared, workbook, &mut awaited)?;
        }
    }
    Ok(())
}

/// What one record puts into its sheet.
fn cell(record: &Record<'_>, shared: &Shared, workbook: &mut Workbook, awaited: &mut Option<Position>) -> Result<(), ExtractError> {
    let data = record.data;
    if record.kind == 0xE5 {
        return merged(data, workbook);
    }
    // String (§2.4.268): the text of the formula before it.
    if let (0x0207, Some(at)) = (record.kind, *awaited) {
        return workbook.put(at, &text(data).unwrap_or_default());
    }
    let Some((row, column)) = u16_at(data, 0).zip(u16_at(data, 2)) else { return Ok(()) };
    let (row, column) = (u32::from(row), u32::from(column));
    let number = |style: Option<u16>, number: f64| shared.displayed(style, number);
    let style = u16_at(data, 4);
    let shown = match record.kind {
        // LabelSst (§2.4.149).
        0xFD => usize_at(data, 6).and_then(|at| shared.strings.get(at)).cloned(),
        // Label (§2.4.148) and RString.
        0x0204 | 0xD6 => data.get(6..).and_then(text),
        // Number (§2.4.180).
        0x0203 => float(data, 6).map(|value| number(style, value)),
        // RK (§2.4.220).
        0x027E => u32_at(data, 6).map(|value| number(style, rk(value))),
        // MulRk (§2.4.175): several of them, and the last column.
        0xBD => return several(data, (row, column), shared, workbook),
        // BoolErr (§2.4.24).
        0x0205 => u8_at(data, 6).map(|value| if u8_at(data, 7) == Some(1) { error(value) } else { boolean(value) }.to_owned()),
        // Formula (§2.4.127): its value is a number unless it ends with FFFF (§2.5.133).
        0x06 if u16_at(data, 12) == Some(0xFFFF) => {
            *awaited = Some((row, column)).filter(|_| u8_at(data, 6) == Some(0));
            result(data).map(str::to_owned)
        }
        0x06 => float(data, 6).map(|value| number(style, value)),
        _ => None,
    };
    shown.map_or(Ok(()), |shown| workbook.put((row, column), &shown))
}

/// Numbers side by side, each with its style.
fn several(data: &[u8], (row, first): Position, shared: &Shared, workbook: &mut Workbook) -> Result<(), ExtractError> {
    for (column, pair) in (first..).zip(data.get(4..).unwrap_or_default().chunks_exact(6)) {
        let shown = u32_at(pair, 2).map(|value| shared.displayed(u16_at(pair, 0), rk(value)));
        workbook.put((row, column), &shown.unwrap_or_default())?;
    }
    Ok(())
}

/// The value of a formula that is no number; a text follows in a record of its own.
fn result(data: &[u8]) -> Option<&'static str> {
    match u8_at(data, 6)? {
        1 => u8_at(data, 8).map(boolean),
        2 => u8_at(data, 8).map(error),
        _ => None,
    }
}

/// `MergeCells` (§2.4.168).
fn merged(data: &[u8], workbook: &mut Workbook) -> Result<(), ExtractError> {
    for region in data.get(2..).unwrap_or_default().chunks_exact(8) {
        let corner = |at: usize| u16_at(region, at).map_or(0, u32::from);
        workbook.merge(Region { first: (corner(0), corner(4)), last: (corner(2), corner(6)) })?;
    }
    Ok(())
}

impl Shared {
    /// A number as its style shows it.
    fn displayed(&self, style: Option<u16>, number: f64) -> String {
        let number_of_format = style.and_then(|style| self.styles.get(usize::from(style))).copied().unwrap_or_default();
        let written = self.formats.get(&number_of_format).map(String::as_str);
        let code = written.or_else(|| format::built_in(u32::from(number_of_format))).unwrap_or_default();
        format::displayed(number, code, self.dates)
    }
}

fn float(data: &[u8], at: usize) -> Option<f64> {
    let bytes = data.get(at..at.checked_add(8)?)?.try_into().ok()?;
    Some(f64::from_le_bytes(bytes)).filter(|number| number.is_finite())
}

/// A number in 30 bits (§2.5.217): whole or the upper half of a float, and perhaps a hundred times too large.
fn rk(value: u32) -> f64 {
    let number = if value & 2 > 0 { f64::from(value.cast_signed() >> 2) } else { f64::from_bits(u64::from(value & !3) << 32) };
    let number = if value & 1 > 0 { number / 100.0 } else { number };
    if number.is_finite() { number } else { 0.0 }
}

const fn boolean(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

/// The errors of formulas (§2.5.10).
const fn error(value: u8) -> &'static str {
    match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn sheet_of(records: &[Vec<u8>]) -> Vec<((u32, u32), String)> {
        let stream = [records.concat(), record(Record::END, &[])].concat();
        let shared = Shared { strings: vec!["共享".to_owned()], styles: vec![0, 9], ..Shared::default() };
        let mut workbook = Workbook::within(&Limits::USUAL);
        workbook.begin("表", false).unwrap();
        cells(&mut Records::new(&stream), 0, &shared, &mut workbook).unwrap();
        workbook.sheets.pop().unwrap().cells.into_iter().collect()
    }

    /// Row 0, a column and a style, and what follows.
    fn at(column: u8, style: u8, data: &[u8]) -> Vec<u8> {
        [&[0, 0, column, 0, style, 0][..], data].concat()
    }

    #[test]
    fn each_kind_of_cell_is_read() {
        let formula = |value: [u8; 8]| [&value[..], &[0; 8]].concat();
        let chart = [record(0x0809, &[0; 4]), record(0x0203, &at(9, 0, &1.0f64.to_le_bytes())), record(Record::END, &[])].concat();
        let found = sheet_of(&[
            record(0xFD, &at(0, 0, &[0, 0, 0, 0])),
            record(0x0203, &at(1, 1, &0.07f64.to_le_bytes())),
            chart,
            // 84 as a whole number, and 0.84 as a hundredth of it.
            record(0x027E, &at(2, 0, &(84u32 << 2 | 2).to_le_bytes())),
            record(
                0xBD,
                &[&[0, 0, 3, 0, 0, 0][..], &(84u32 << 2 | 3).to_le_bytes(), &[1, 0], &(84u32 << 2 | 3).to_le_bytes(), &[4, 0]]
                    .concat(),
            ),
            record(0x0205, &at(5, 0, &[1, 0])),
            record(0x0205, &at(6, 0, &[0x2A, 1])),
            record(0x06, &at(7, 0, &formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]))),
            record(0x0207, &[2, 0, 1, 0x32, 0x75, 0x59, 0x4E]),
            record(0x06, &at(8, 0, &formula([2, 0, 7, 0, 0, 0, 0xFF, 0xFF]))),
            record(0x06, &at(9, 0, &formula(2.5f64.to_le_bytes()))),
            record(0x0204, &at(10, 0, &[1, 0, 0, b'x'])),
            record(0x0201, &[255; 6]),
            record(0x0203, &[0]),
        ]);
        let found: Vec<_> = found.iter().map(|((_, column), text)| (*column, text.as_str())).collect();
        assert_eq!(
            found,
            [
                (0, "共享"),
                (1, "7%"),
                (2, "84"),
                (3, "0.84"),
                (4, "84%"),
                (5, "TRUE"),
                (6, "#N/A"),
                (7, "甲乙"),
                (8, "#DIV/0!"),
                (9, "2.5"),
                (10, "x"),
            ]
        );
    }

    #[test]
    fn numbers_of_thirty_bits_are_whole_or_halves_of_floats() {
        let upper = |number: f64| u32::try_from(number.to_bits() >> 32).unwrap();
        let numbers = [upper(-2.5), upper(-250.0) | 1, (-7i32 << 2 | 2).cast_unsigned()].map(|number| rk(number).to_string());
        assert_eq!(numbers, ["-2.5", "-2.5", "-7"]);
    }
}
