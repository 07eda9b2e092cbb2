//! The reader of plain text (.txt), in UTF-8, GB18030 (GBK, GB2312), UTF-16 or Big5 (see `decode`).
//!
//! Every line that is not blank is a paragraph, except where lines are the cells of a flattened table (see `flat_table`). The
//! extracted text is the decoded text, line ends and form feeds included; only page numbers are taken out of it (see `page_marks`),
//! and said to be.

use std::borrow::Cow;

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::decode::{Decoded, decode, gaps};
use super::error::ExtractError;
use super::limits::Limits;
use super::lines::{Line, lines};
use super::page_marks::{self, PageMark};
use super::{RawBlock, RawDocument, Shape, StyleHint, flat_table, tiled};

/// Whether the bytes are plain text.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    decode(bytes, None).is_ok()
}

/// Reads plain text.
pub(super) fn read(bytes: &[u8], _limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    let mut decoded = decode(bytes, None)?;
    let marks = page_marks::find(&lines(&decoded.text));
    if !marks.is_empty() {
        decoded.text = Cow::Owned(without(&decoded.text, &marks));
    }
    let mut read = assembled(decoded, blocks);
    let mut ends = marks.iter().peekable();
    let mut page = marks.first().map(|first| first.page);
    for block in &mut read.value.blocks {
        while let Some(end) = ends.next_if(|end| end.line <= block.line) {
            page = Some(end.page + 1);
        }
        block.page = page;
    }
    read.diagnostics.extend(left_out(&marks));
    Ok(read)
}

/// The text without its page numbers; their lines stay.
fn without(text: &str, marks: &[PageMark]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for mark in marks {
        rest.push_str(text.get(end..mark.span.start).unwrap_or_default());
        end = mark.span.end;
    }
    rest.push_str(text.get(end..).unwrap_or_default());
    rest
}

fn left_out(marks: &[PageMark]) -> Option<Diagnostic> {
    let (first, last) = marks.first().zip(marks.last())?;
    let message = Bilingual::new(
        format!("{}个页码（{}至{}）没有计入正文，末个在第{}行", marks.len(), first.page, last.page, last.line),
        format!(
            "{} page number(s) ({} to {}) are left out of the text, the last in line {}",
            marks.len(),
            first.page,
            last.page,
            last.line
        ),
    );
    Some(Diagnostic::note("page-numbers", message, Place::line(first.line)))
}

/// Reads a format whose text is the decoded file; `blocks` tells the blocks by its lines.
pub(super) fn read_lines(
    bytes: &[u8],
    blocks: fn(&str, &[Line<'_>]) -> Vec<RawBlock>,
) -> Result<Warned<RawDocument>, ExtractError> {
    Ok(assembled(decode(bytes, None)?, blocks))
}

fn assembled(decoded: Decoded<'_>, blocks: fn(&str, &[Line<'_>]) -> Vec<RawBlock>) -> Warned<RawDocument> {
    let lines = lines(&decoded.text);
    let diagnostics = gaps(&decoded).or_else(|| replaced_characters(&lines)).into_iter().collect();
    let blocks = tiled(&decoded.text, blocks(&decoded.text, &lines));
    let encoding = Some(decoded.encoding);
    Warned { value: RawDocument { text: decoded.text.into_owned(), blocks, encoding, ..RawDocument::default() }, diagnostics }
}

fn blocks(text: &str, lines: &[Line<'_>]) -> Vec<RawBlock> {
    let mut tables = flat_table::find(text, lines).into_iter().peekable();
    let mut blocks = Vec::new();
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        if let Some(found) = tables.next_if(|found| found.lines.start == next) {
            blocks.push(RawBlock::at(line.start, line.number, Shape::Table(found.table)));
            next = found.lines.end;
            continue;
        }
        if !line.is_blank() {
            let shape = Shape::Paragraph(StyleHint::default());
            blocks.push(RawBlock::at(line.start, line.number, shape));
        }
        next += 1;
    }
    blocks
}

/// U+FFFD stands where an earlier conversion lost a character: the text is incomplete and nobody would notice.
pub(super) fn replaced_characters(lines: &[Line<'_>]) -> Option<Diagnostic> {
    let mut damaged = lines.iter().filter(|line| line.text.contains('\u{FFFD}'));
    let first = damaged.next()?;
    let count = damaged.count() + 1;
    let message = Bilingual::new(
        format!("有{count}行含有转换时丢失的字符（U+FFFD）"),
        format!("{count} line(s) contain characters that a conversion has lost (U+FFFD)"),
    );
    Some(Diagnostic::warning("lost-characters", message, Place::line(first.number)))
}
