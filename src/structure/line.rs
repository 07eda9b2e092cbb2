//! A raw block as the stages of structuring see it: its text without markup, and where that stands.

use std::ops::Range;

use crate::extract::{RawBlock, RawDocument, RawTable, Shape};
use crate::text::numeral::{self, Script};

/// One raw block; called a line because in a text file it is one.
#[derive(Debug)]
pub(super) struct Line<'raw> {
    /// Its characters without markup and the white space around them; empty for a table.
    pub(super) text: &'raw str,
    /// Where `text` begins, in bytes of the document's text.
    pub(super) start: usize,
    /// Bytes of the block, as tiled.
    pub(super) span: Range<usize>,
    /// The line of the source, for messages.
    pub(super) number: u32,
    /// The level of the heading, where the format marks it as one.
    pub(super) heading_level: Option<u8>,
    /// Whether it begins in the middle of a line of the source, whose line breaks were lost.
    pub(super) inside: bool,
    /// Whether its number is that of a note under a table.
    pub(super) is_note: bool,
    /// The page where it begins, where the format tells.
    pub(super) page: Option<u32>,
    /// The frame that it stands in, as the format says: [`RawBlock::frame`].
    pub(super) frame: Option<u32>,
    /// The table, where the block is one.
    pub(super) table: Option<&'raw RawTable>,
}

/// All blocks as lines.
pub(super) fn lines(raw: &RawDocument) -> Vec<Line<'_>> {
    raw.blocks.iter().map(|block| line(&raw.text, block)).collect()
}

fn line<'raw>(text: &'raw str, block: &'raw RawBlock) -> Line<'raw> {
    let own = text.get(block.span.clone()).unwrap_or_default();
    let (table, hint) = match &block.shape {
        Shape::Table(table) => (Some(table), None),
        Shape::Paragraph(hint) => (None, Some(*hint)),
    };
    let visible = own.trim_start_matches(is_space);
    let marked = visible.get(hint.map_or(0, |hint| hint.markup)..).unwrap_or(visible).trim_start_matches(is_space);
    let marked = without_page_number(marked);
    Line {
        text: if table.is_some() { "" } else { marked.trim_end_matches(is_space) },
        start: block.span.start + (own.len() - marked.len()),
        span: block.span.clone(),
        number: block.line,
        heading_level: hint.and_then(|hint| hint.heading_level),
        inside: false,
        is_note: false,
        page: block.page,
        frame: block.frame,
        table,
    }
}

/// 15三、强化…… is 三、强化…… after the number of a page: a conversion glued them together. The number stays in the node's text.
fn without_page_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|first: char| first.is_ascii_digit());
    let glued = (1..=3).contains(&(text.len() - rest.len()))
        && numeral::leading(rest).is_some_and(|numeral| {
            numeral.script == Script::Han && rest.get(numeral.len..).is_some_and(|after| after.starts_with('、'))
        });
    if glued { rest } else { text }
}

/// White space and the characters without width that web pages leave behind.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// The first so many characters of a text: what begins with a label is told by them, however long the text is.
pub(super) fn beginning(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

/// The characters of a line without any white space: 国 务 院 is 国务院.
pub(super) fn compact(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    compact.extend(text.split(is_space));
    compact
}
