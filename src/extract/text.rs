//! The reader of plain text (.txt), in UTF-8, GB18030 (GBK, GB2312), UTF-16 or Big5 (see `decode`).
//!
//! Every line that is not blank is a paragraph, except where lines are the cells of a flattened table (see `flat_table`). The
//! extracted text is the decoded text, all of it: line ends and form feeds stay what they are.

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::decode::{decode, gaps};
use super::error::ExtractError;
use super::lines::{Line, lines};
use super::{Hints, RawBlock, RawDocument, Shape, StyleHint, flat_table, tiled};

/// Whether the bytes are plain text.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    decode(bytes, None).is_ok()
}

/// Reads plain text.
pub(super) fn read(bytes: &[u8]) -> Result<Warned<RawDocument>, ExtractError> {
    read_lines(bytes, blocks)
}

/// Reads a format whose text is the decoded file; `blocks` tells the blocks by its lines.
pub(super) fn read_lines(
    bytes: &[u8],
    blocks: fn(&str, &[Line<'_>]) -> Vec<RawBlock>,
) -> Result<Warned<RawDocument>, ExtractError> {
    let decoded = decode(bytes, None)?;
    let lines = lines(&decoded.text);
    let diagnostics = gaps(&decoded).or_else(|| replaced_characters(&lines)).into_iter().collect();
    let blocks = tiled(&decoded.text, blocks(&decoded.text, &lines));
    let encoding = Some(decoded.encoding);
    Ok(Warned { value: RawDocument { text: decoded.text.into_owned(), blocks, encoding, hints: Hints::default() }, diagnostics })
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
