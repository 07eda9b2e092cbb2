//! The reader of plain text (.txt): UTF-8, with or without a byte order mark.
//!
//! Every line that is not blank is a paragraph, except where lines are the cells of a flattened table (see `flat_table`). The
//! extracted text is the decoded text, all of it: line ends stay what they are.

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::error::ExtractError;
use super::lines::{Line, lines};
use super::{RawBlock, RawDocument, Shape, StyleHint, flat_table, recognise, tiled};

/// Whether the bytes are plain text.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    recognise::plain_text(bytes).is_some()
}

/// Reads plain text.
pub(super) fn read(bytes: &[u8]) -> Result<Warned<RawDocument>, ExtractError> {
    let text = recognise::plain_text(bytes).ok_or_else(|| recognise::why_not(bytes))?;
    let lines = lines(text);
    let blocks = tiled(text, blocks(text, &lines));
    Ok(Warned { value: RawDocument { text: text.to_owned(), blocks }, diagnostics: replaced_characters(&lines) })
}

fn blocks(text: &str, lines: &[Line<'_>]) -> Vec<RawBlock> {
    let mut tables = flat_table::find(text, lines).into_iter().peekable();
    let mut blocks = Vec::new();
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        if let Some(found) = tables.next_if(|found| found.lines.start == next) {
            blocks.push(RawBlock { span: line.start..line.start, line: line.number, shape: Shape::Table(found.table) });
            next = found.lines.end;
            continue;
        }
        if !line.is_blank() {
            let shape = Shape::Paragraph(StyleHint::default());
            blocks.push(RawBlock { span: line.start..line.start, line: line.number, shape });
        }
        next += 1;
    }
    blocks
}

/// U+FFFD stands where an earlier conversion lost a character: the text is incomplete and nobody would notice.
pub(super) fn replaced_characters(lines: &[Line<'_>]) -> Vec<Diagnostic> {
    let mut damaged = lines.iter().filter(|line| line.text.contains('\u{FFFD}'));
    let Some(first) = damaged.next() else { return Vec::new() };
    let count = damaged.count() + 1;
    let message = Bilingual::new(
        format!("有{count}行含有转换时丢失的字符（U+FFFD）"),
        format!("{count} line(s) contain characters that a conversion has lost (U+FFFD)"),
    );
    vec![Diagnostic::warning("lost-characters", message, Place::line(first.number))]
}
