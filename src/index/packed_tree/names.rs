//! Labels, numbers, titles and cells: mostly they stand in the text, so that a length is enough.

use std::borrow::Cow;
use std::ops::Range;

use super::{Columns, Place, place};
use crate::document::locator::Step;
use crate::document::numbering::{Form, Numbering};
use crate::document::table::Cell;
use crate::index::varint;

/// How the words of a title or a cell are known.
const WRITTEN_OUT: u8 = 0;
const AS_IN_TEXT: u8 = 1;
/// As in the text, the line breaks and the white space around them left out.
const JOINED: u8 = 2;

/// The title has a span.
const SPAN: u8 = 0x10;
/// The title ends where the node does.
const TO_THE_END: u8 = 0x20;

/// The number is not that of the address, or its label not that of the node.
const OTHER_NUMBER: u8 = 0x10;
const DECIMAL: u8 = 9;

pub(super) fn put_label(columns: &mut Columns<Vec<u8>>, label: &str, place: &Place<'_>) {
    let stands = place.text.get(place.start..).is_some_and(|text| text.starts_with(label));
    varint::put(&mut columns.labels, (label.len() as u64) << 1 | u64::from(!stands));
    if !stands {
        columns.words.extend(label.as_bytes());
    }
}

pub(super) fn take_label(columns: &mut Columns<&[u8]>, at: &Place<'_>) -> Option<String> {
    let code = varint::take(&mut columns.labels)?;
    let length = place(code >> 1)?;
    if code & 1 == 0 {
        let end = at.start.checked_add(length)?;
        return if length == 0 { Some(String::new()) } else { at.text.get(at.start..end).map(str::to_owned) };
    }
    let (words, rest) = columns.words.split_at_checked(length)?;
    columns.words = rest;
    str::from_utf8(words).ok().map(str::to_owned)
}

/// Takes a label without reading it.
pub(super) fn skip_label(columns: &mut Columns<&[u8]>) -> Option<()> {
    let code = varint::take(&mut columns.labels)?;
    if code & 1 == 1 {
        columns.words = columns.words.get(place(code >> 1)?..)?;
    }
    Some(())
}

/// The value and insertion that an address lets expect.
fn expected(step: Option<&Step>) -> (u32, u32) {
    step.map_or((1, 0), |step| (step.value, step.insertion))
}

pub(super) fn put_numbering(columns: &mut Columns<Vec<u8>>, numbering: &Numbering, label: &str, step: Option<&Step>) {
    let Numbering { form, value, insertion, label: own_label } = numbering;
    let (form, depth) = match form {
        Form::Part => (0, None),
        Form::Chapter => (1, None),
        Form::Section => (2, None),
        Form::Article => (3, None),
        Form::Han => (4, None),
        Form::BracketedHan => (5, None),
        Form::Arabic => (6, None),
        Form::BracketedArabic => (7, None),
        Form::Circled => (8, None),
        Form::Decimal { depth } => (DECIMAL, Some(*depth)),
        Form::Annex => (10, None),
        Form::Box => (11, None),
    };
    let other = own_label != label || (*value, *insertion) != expected(step);
    let bytes = &mut columns.numberings;
    bytes.push(if other { form | OTHER_NUMBER } else { form });
    bytes.extend(depth);
    if other {
        varint::put(bytes, u64::from(*value));
        varint::put(bytes, u64::from(*insertion));
        varint::put_bytes(bytes, own_label.as_bytes());
    }
}

pub(super) fn take_numbering(columns: &mut Columns<&[u8]>, label: &str, step: Option<&Step>) -> Option<Numbering> {
    let bytes = &mut columns.numberings;
    let flags = varint::take_byte(bytes)?;
    let form = match flags & 15 {
        0 => Form::Part,
        1 => Form::Chapter,
        2 => Form::Section,
        3 => Form::Article,
        4 => Form::Han,
        5 => Form::BracketedHan,
        6 => Form::Arabic,
        7 => Form::BracketedArabic,
        8 => Form::Circled,
        DECIMAL => Form::Decimal { depth: varint::take_byte(bytes)? },
        10 => Form::Annex,
        11 => Form::Box,
        _ => return None,
    };
    if flags & OTHER_NUMBER == 0 {
        let (value, insertion) = expected(step);
        return Some(Numbering { form, value, insertion, label: label.to_owned() });
    }
    let value = u32::try_from(varint::take(bytes)?).ok()?;
    let insertion = u32::try_from(varint::take(bytes)?).ok()?;
    Some(Numbering { form, value, insertion, label: varint::take_text(bytes)?.to_owned() })
}

pub(super) fn put_title(columns: &mut Columns<Vec<u8>>, title: &str, span: Option<&Range<usize>>, label: &str, at: &Place<'_>) {
    let written = span.and_then(|span| at.text.get(span.clone())).unwrap_or_default();
    let form = form(title, written);
    let to_the_end = span.is_some_and(|span| span.end == at.end);
    columns.titles.push(form | if span.is_some() { SPAN } else { 0 } | if to_the_end { TO_THE_END } else { 0 });
    if let Some(span) = span {
        varint::put_distance(&mut columns.titles, span.start as u64, at.start.saturating_add(label.len()) as u64);
        if !to_the_end {
            varint::put_distance(&mut columns.titles, span.end as u64, span.start as u64);
        }
    }
    put_words(&mut columns.words, form, title);
}

pub(super) fn take_title(columns: &mut Columns<&[u8]>, label: &str, at: &Place<'_>) -> Option<(String, Option<Range<usize>>)> {
    let flags = varint::take_byte(&mut columns.titles)?;
    let span = if flags & SPAN == 0 {
        None
    } else {
        let start = place(varint::take_distance(&mut columns.titles, at.start.saturating_add(label.len()) as u64)?)?;
        let is_last = flags & TO_THE_END != 0;
        Some(start..if is_last { at.end } else { place(varint::take_distance(&mut columns.titles, start as u64)?)? })
    };
    let written = span.clone().and_then(|span| at.text.get(span)).unwrap_or_default();
    Some((take_words(&mut columns.words, flags & 15, written)?, span))
}

pub(super) fn put_cells(columns: &mut Columns<Vec<u8>>, cells: &[Cell], at: &Place<'_>) {
    let bytes = &mut columns.cells;
    varint::put(bytes, cells.len() as u64);
    let (mut end, mut column) = (at.start, 0);
    for Cell { text, span, columns: covered } in cells {
        let form = form(text, at.text.get(span.clone()).unwrap_or_default());
        bytes.push(form);
        put_words(&mut columns.words, form, text);
        for (number, expected) in
            [(span.start, end), (span.end, span.start), (covered.start, column), (covered.end, covered.start.saturating_add(1))]
        {
            varint::put_distance(bytes, number as u64, expected as u64);
        }
        // A tab stands between two cells.
        (end, column) = (span.end.saturating_add(1), covered.end);
    }
}

pub(super) fn take_cells(columns: &mut Columns<&[u8]>, at: &Place<'_>) -> Option<Vec<Cell>> {
    let bytes = &mut columns.cells;
    let (mut end, mut column) = (at.start, 0);
    let mut cells = Vec::new();
    for _ in 0..varint::take(bytes)? {
        let form = varint::take_byte(bytes)?;
        let mut take = |expected: usize| place(varint::take_distance(bytes, expected as u64)?);
        let start = take(end)?;
        let span = start..take(start)?;
        let first = take(column)?;
        let covered = first..take(first.saturating_add(1))?;
        let text = take_words(&mut columns.words, form, at.text.get(span.clone()).unwrap_or_default())?;
        (end, column) = (span.end.saturating_add(1), covered.end);
        cells.push(Cell { text, span, columns: covered });
    }
    Some(cells)
}

/// The form in which `words` are stored where the text has `written`.
fn form(words: &str, written: &str) -> u8 {
    if words == written {
        AS_IN_TEXT
    } else if words == joined(written) {
        JOINED
    } else {
        WRITTEN_OUT
    }
}

fn joined(written: &str) -> Cow<'_, str> {
    if written.contains(['\n', '\r']) {
        written.split(['\n', '\r']).map(str::trim).collect::<String>().into()
    } else {
        written.trim().into()
    }
}

fn put_words(bytes: &mut Vec<u8>, form: u8, words: &str) {
    if form == WRITTEN_OUT {
        varint::put_bytes(bytes, words.as_bytes());
    }
}

fn take_words(bytes: &mut &[u8], form: u8, written: &str) -> Option<String> {
    match form {
        WRITTEN_OUT => varint::take_text(bytes).map(str::to_owned),
        AS_IN_TEXT => Some(written.to_owned()),
        JOINED => Some(joined(written).into_owned()),
        _ => None,
    }
}
