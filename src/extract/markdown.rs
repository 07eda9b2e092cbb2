//! The reader of Markdown (.md): plain text in which `#` marks headings and pipes draw tables.
//!
//! Only what tells structure is read: ATX headings (`CommonMark` §4.2) become hints, pipe tables (`GFM` §4.10) become
//! tables. The text is kept as it stands, marks and all, so that nothing is lost. Told from plain text by its content: an
//! official text has no line that begins with `# `.

use std::ops::Range;

use crate::diagnostic::Warned;

use super::decode::{Decoded, decode};
use super::error::ExtractError;
use super::limits::Limits;
use super::lines::Line;
use super::text::read_lines;
use super::{RawBlock, RawCell, RawDocument, RawRow, RawTable, Shape, StyleHint};

/// So many bytes are looked at for a heading first.
const EARLY: usize = 4_096;

/// Whether the bytes are plain text with a Markdown heading or table in it.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    // Neither a heading nor a table, in any encoding: told without decoding.
    if !bytes.iter().any(|byte| matches!(byte, b'#' | b'|')) {
        return false;
    }
    if has_early_heading(bytes) {
        return true;
    }
    let Ok(Decoded { text, .. }) = decode(bytes, None) else { return false };
    let mut before_has_pipe = false;
    text.lines().any(|line| {
        let table = before_has_pipe && is_delimiter(line);
        before_has_pipe = line.contains('|');
        table || heading(line.trim()).is_some()
    })
}

/// Whether a heading stands at the beginning of what is UTF-8 as far as that: most files need not be decoded twice. What cannot be decoded
/// further on is told when it is read.
fn has_early_heading(bytes: &[u8]) -> bool {
    let beginning = bytes.get(..EARLY).unwrap_or(bytes);
    let lines = beginning.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let mut lines = lines.map_while(|line| str::from_utf8(line).ok().filter(|line| !line.contains('\0')));
    lines.any(|line| heading(line.trim()).is_some())
}

/// Reads Markdown.
pub(super) fn read(bytes: &[u8], _limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    read_lines(bytes, blocks)
}

fn blocks(_: &str, lines: &[Line<'_>]) -> Vec<RawBlock> {
    let mut blocks = Vec::new();
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        if let Some(end) = table_end(lines, next) {
            let table = Shape::Table(table(lines.get(next..end).unwrap_or_default()));
            blocks.push(RawBlock::at(line.start, line.number, table));
            next = end;
            continue;
        }
        if !line.is_blank() {
            let hint = heading(line.text.trim()).unwrap_or_default();
            blocks.push(RawBlock::at(line.start, line.number, Shape::Paragraph(hint)));
        }
        next += 1;
    }
    blocks
}

/// `## 标题`: up to six signs, then white space.
fn heading(line: &str) -> Option<StyleHint> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    if !(1..=6).contains(&level) || !title.starts_with([' ', '\t', '\u{3000}']) || title.trim().is_empty() {
        return None;
    }
    let markup = line.len() - title.trim_start().len();
    Some(StyleHint { heading_level: u8::try_from(level).ok(), markup })
}

/// `|---|:--:|`: the line between the head of a table and its rows.
fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.chars().all(|character| matches!(character, '|' | '-' | ':' | ' '))
}

/// Where the table that begins at this line ends, if one begins here.
fn table_end(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let (head, delimiter) = (lines.get(start)?, lines.get(start + 1)?);
    if !head.text.contains('|') || is_delimiter(head.text) || !is_delimiter(delimiter.text) {
        return None;
    }
    let rows = lines.iter().skip(start + 2).take_while(|line| line.text.contains('|')).count();
    Some(start + 2 + rows)
}

/// The delimiter line has no cells: its characters belong to the head row.
fn table(lines: &[Line<'_>]) -> RawTable {
    let rows = lines.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| {
        let cells = cells(line).into_iter().map(|span| RawCell { span, columns: None });
        RawRow { span: line.start..line.start, line: line.number, cells: cells.collect() }
    });
    RawTable { caption: None, rows: rows.collect() }
}

fn cells(line: &Line<'_>) -> Vec<Range<usize>> {
    let visible = line.text.trim();
    let mut start = line.visible().start;
    let inner = visible.strip_prefix('|').unwrap_or(visible);
    start += visible.len() - inner.len();
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let cells = inner.split('|').map(|cell| {
        let from = start + (cell.len() - cell.trim_start().len());
        start += cell.len() + 1;
        from..from + cell.trim().len()
    });
    cells.collect()
}
