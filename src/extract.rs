//! Bytes → raw blocks: what a file contains, before anyone asks what it means.
//!
//! [`extract`] takes the bytes of a file and gives the extracted text cut into blocks in reading order; their spans tile the text.
//! Which reader is used is decided by the bytes, never by the name. One reader a format, one row each in [`READERS`]. What the
//! blocks mean is left to `structure`.
//!
//! # A new reader
//!
//! `markdown` is the smallest reader and the one to copy. A format is one file in `extract/` (with a folder of its own beside it where
//! one file is not enough) and one row in [`READERS`]. The file opens with what it reads and what it leaves out, and has two functions:
//!
//! ```text
//! /// Whether the bytes are of this format: by its signature or its contents, cheaply, without a panic on any bytes.
//! pub(super) fn accepts(bytes: &[u8]) -> bool;
//!
//! /// Text and blocks, in reading order. What is strange is a diagnostic with a line, what is too much (depth, size, count) an error
//! /// that names the limit, and nothing is dropped silently.
//! pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Warned<RawDocument>, ExtractError>;
//! ```
//!
//! Formats of lines use `text::read_lines`, formats of text in any encoding `decode`, formats of paragraphs and tables `pieces`, which
//! writes the text; whatever writes it gives each block where it begins and lets `tiled` make the spans tile the text. Where the
//! format was refused before, its row leaves `recognise`. `tests/readers.rs` asks for a sample of the new format and then holds the
//! reader against everything that holds for all of them; nothing outside `extract` changes.

mod cell_lines;
mod compound;
mod container;
mod counting;
mod decode;
mod doc;
mod docx;
mod error;
mod flat_table;
mod html;
mod layout;
mod left_out;
mod limits;
mod lines;
mod lists;
mod little_endian;
mod markdown;
mod mojibake;
mod page_marks;
mod ofd;
mod outline;
mod pdf;
mod pieces;
mod recognise;
mod symbol;
mod text;
mod utf16;
mod workbook;
mod xml;

pub use decode::known_encoding;
pub use error::ExtractError;
pub use limits::{LIMITS, Limit, Limits};

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;

use crate::diagnostic::{Bilingual, Warned};

/// The name of an encoding as the Encoding Standard has it, such as `GB18030`.
pub type EncodingName = &'static str;

/// The name of a format, which is the usual ending of its files: `docx`.
pub type FormatName = &'static str;

/// A file as read: its text and the blocks that the text consists of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawDocument {
    /// The extracted text. For a text file: its decoded characters, all of them, without a byte order mark.
    pub text: String,
    /// The blocks in reading order; the first begins at 0, each begins where the one before it ends and takes the blank lines
    /// after it along, the last ends with the text.
    pub blocks: Vec<RawBlock>,
    /// The encoding that the file was decoded from, such as `GB18030`; none for formats that leave no choice.
    pub encoding: Option<EncodingName>,
    /// The format that it was read from, by the usual ending of its files; none before [`extract`] has said so.
    pub format: Option<FormatName>,
    /// What the file says of the document outside its text.
    pub hints: Hints,
}

/// What stands about the document beside its text (the info box and the meta tags of a web page), as written there. The text's own
/// head is believed first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The title.
    pub title: Option<String>,
    /// 发文机关: who issued it.
    pub issuer: Option<String>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// 成文日期, such as 2019年01月24日 or 2019-01-24.
    pub date: Option<String>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlock {
    /// Bytes of the extracted text.
    pub span: Range<usize>,
    /// Line of the extracted text where the block's first visible character stands, counted from 1.
    pub line: u32,
    /// The page, or the sheet of a workbook, where it begins, counted from 1; none for formats without pages.
    pub page: Option<u32>,
    /// The frame that it stands in: a box drawn around a text (专栏), a table of one column, a text box. Blocks of one frame have the
    /// same number, other frames have other ones.
    pub frame: Option<u32>,
    /// What the block is.
    pub shape: Shape,
}

impl RawBlock {
    /// A block that begins at byte `start` of the text, in `line`; [`tiled`] finds its end.
    fn at(start: usize, line: u32, shape: Shape) -> Self {
        Self { span: start..start, line, page: None, frame: None, shape }
    }
}

/// What a raw block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Running text; in a text file one line.
    Paragraph(StyleHint),
    /// A grid of cells.
    Table(RawTable),
}

/// What the format says about the look of a paragraph; helps, but is not believed blindly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StyleHint {
    /// The level of the heading, from 1, where the format marks it as one (Markdown `##`).
    pub heading_level: Option<u8>,
    /// Bytes of markup between the paragraph's first visible character and its text (3 for `## `); 0 where there is none.
    pub markup: usize,
}

/// A table as it stood in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawTable {
    /// Bytes of the extracted text where its caption stands, if it has one; white space around it left out.
    pub caption: Option<Range<usize>>,
    /// The rows, the head row included, top to bottom.
    pub rows: Vec<RawRow>,
}

/// A row of a raw table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// Bytes of the extracted text; rows tile the block from the end of the caption on.
    pub span: Range<usize>,
    /// First line of the row, counted from 1.
    pub line: u32,
    /// The cells as they stand, left to right; fewer than the columns where cells are merged.
    pub cells: Vec<RawCell>,
}

/// A cell of a raw table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawCell {
    /// Bytes of the extracted text without the white space around the content.
    pub span: Range<usize>,
    /// How many columns it covers, where the format says so.
    pub columns: Option<u32>,
}

/// One row of the registry: a format that can be read.
#[derive(Debug)]
pub struct Reader {
    /// What people call the format, in Chinese.
    pub chinese: &'static str,
    /// What they call it in English, as it stands in a list.
    pub english: &'static str,
    /// The usual endings of file names, without the dot, the commonest first; for messages and for walks over folders, never for
    /// the choice of the reader.
    pub extensions: &'static [&'static str],
    /// Whether these bytes are of this format.
    accepts: fn(&[u8]) -> bool,
    read: fn(&[u8], &Limits) -> Result<Warned<RawDocument>, ExtractError>,
}

/// The formats that can be read. The first that accepts the bytes reads them, hence the particular before the general.
pub const READERS: [Reader; 10] = [
    Reader { chinese: "Word 文档", english: "Word documents", extensions: &["docx"], accepts: docx::accepts, read: docx::read },
    Reader {
        chinese: "旧版 Word 文档",
        english: "old Word documents",
        extensions: &["doc", "wps"],
        accepts: doc::accepts,
        read: doc::read,
    },
    Reader { chinese: "OFD 版式文件", english: "OFD files", extensions: &["ofd"], accepts: ofd::accepts, read: ofd::read },
    Reader {
        chinese: "Excel 工作簿",
        english: "Excel workbooks",
        extensions: &["xlsx"],
        accepts: workbook::accepts_xlsx,
        read: workbook::read,
    },
    Reader {
        chinese: "旧版 Excel 工作簿",
        english: "old Excel workbooks",
        extensions: &["xls"],
        accepts: workbook::accepts_xls,
        read: workbook::read,
    },
    Reader {
        chinese: "ODF 电子表格",
        english: "ODF spreadsheets",
        extensions: &["ods"],
        accepts: workbook::accepts_ods,
        read: workbook::read,
    },
    Reader { chinese: "PDF 文件", english: "PDF files", extensions: &["pdf"], accepts: pdf::accepts, read: pdf::read },
    Reader { chinese: "网页", english: "web pages", extensions: &["html", "htm"], accepts: html::accepts, read: html::read },
    Reader { chinese: "Markdown", english: "Markdown", extensions: &["md"], accepts: markdown::accepts, read: markdown::read },
    Reader { chinese: "纯文本", english: "plain text", extensions: &["txt"], accepts: text::accepts, read: text::read },
];

/// The formats that can be read with their endings, as a list in a sentence: Markdown（.md）、纯文本（.txt）.
#[must_use]
pub fn readable() -> Bilingual {
    let endings = |reader: &Reader, mark: &str| {
        reader.extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(mark)
    };
    let chinese = READERS.iter().map(|reader| format!("{}（{}）", reader.chinese, endings(reader, "、")));
    let english = READERS.iter().map(|reader| format!("{} ({})", reader.english, endings(reader, ", ")));
    Bilingual::new(chinese.collect::<Vec<_>>().join("、"), english.collect::<Vec<_>>().join(", "))
}

/// Reads a file. An empty file is an empty document.
///
/// # Errors
///
/// Where no reader accepts the bytes; the error names what they look like and what can be read.
pub fn extract(bytes: &[u8]) -> Result<Warned<RawDocument>, ExtractError> {
    extract_within(bytes, &Limits::USUAL)
}

/// Like [`extract`], within limits of one's own. Those of the file's size, of time and of memory are left to who calls.
///
/// # Errors
///
/// As [`extract`], and where the file goes past a limit, which the error names.
pub fn extract_within(bytes: &[u8], limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    match reader_of(bytes) {
        Some(reader) => {
            let mut read = (reader.read)(bytes, limits)?;
            check_cells(&read.value, limits)?;
            read.value.format = reader.extensions.first().copied();
            Ok(read)
        }
        None => Err(decode::decode(bytes, None).err().unwrap_or(ExtractError::Binary)),
    }
}

/// Refuses a document with too many cells, whatever format they came from.
fn check_cells(raw: &RawDocument, limits: &Limits) -> Result<(), ExtractError> {
    let tables = raw.blocks.iter().filter_map(|block| match &block.shape {
        Shape::Table(table) => Some(table),
        Shape::Paragraph(_) => None,
    });
    let cells: usize = tables.flat_map(|table| &table.rows).map(|row| row.cells.len()).sum();
    if cells as u64 > limits.cells { Err(container::too_large("个单元格", "cells", limits.cells)) } else { Ok(()) }
}

/// The reader that these bytes are for, where there is one.
#[must_use]
pub fn reader_of(bytes: &[u8]) -> Option<&'static Reader> {
    const READERS_IN_ORDER: &[Reader] = &READERS;
    READERS_IN_ORDER.iter().find(|reader| (reader.accepts)(bytes))
}

/// The name of a format read back from where it was written; what is no such name is empty.
///
/// # Errors
/// Where no text was written.
pub fn known_format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<FormatName, D::Error> {
    let written = <Cow<'de, str> as Deserialize>::deserialize(deserializer)?;
    let mut names = READERS.iter().filter_map(|reader| reader.extensions.first().copied());
    Ok(names.find(|name| *name == written).unwrap_or_default())
}

/// Makes blocks tile a text: each ends where the next begins, the first begins at 0 and the last ends with the text.
fn tiled(text: &str, mut blocks: Vec<RawBlock>) -> Vec<RawBlock> {
    if blocks.is_empty() && !text.is_empty() {
        blocks.push(RawBlock::at(0, 1, Shape::Paragraph(StyleHint::default())));
    }
    let mut end = text.len();
    for block in blocks.iter_mut().rev() {
        block.span.end = end;
        if let Shape::Table(table) = &mut block.shape {
            let mut row_end = end;
            for row in table.rows.iter_mut().rev() {
                row.span.end = row_end;
                row_end = row.span.start;
            }
        }
        end = block.span.start;
    }
    if let Some(first) = blocks.first_mut() {
        first.span.start = 0;
        if let Shape::Table(RawTable { caption: None, rows }) = &mut first.shape
            && let Some(row) = rows.first_mut()
        {
            row.span.start = 0;
        }
    }
    blocks
}

#[cfg(test)]
mod tests;
