//! The reader of DOCX (Word and WPS since 2007): Office Open XML, ISO/IEC 29500.
//!
//! By hand, because the numbers of chapters and sections (第一章, 一、, （一）) are counted by Word and stand nowhere in the file.
//! The stages, in order:
//!
//! 1. `package` (over `container` and `xml`): which parts the file has, as trees, with bounds against hostile files.
//! 2. `styles` and `numbering` (with `counting`, `symbol`): what each paragraph is and which number is printed before it.
//! 3. `body` and `table`: paragraphs, tables, text boxes, notes, in reading order.
//!
//! The extracted text has a line for each paragraph; a line break within one begins a new line. Cells of tables are separated by a
//! tab, rows by a newline. Notes are paragraphs at the end, `[1]` and so on, without a sign where they are referred to, so that
//! no phrase is torn. Heads and feet of pages, comments and pictures are left out.

mod body;
mod counting;
mod numbering;
mod package;
mod styles;
mod symbol;
mod table;
mod xml;

use std::collections::BTreeMap;

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::container::{Container, is_container};
use super::error::ExtractError;
use super::lines::lines;
use super::text::replaced_characters;
use super::{RawBlock, RawCell, RawDocument, RawRow, RawTable, Shape, StyleHint, tiled};
use body::{Body, NoteKind, Piece, Row};
use numbering::Numbering;
use package::Package;
use styles::Styles;
use xml::Element;

/// Whether the bytes are a container with a word-processing document in it.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    is_container(bytes) && Container::open(bytes).is_ok_and(|mut container| package::is_document(&mut container))
}

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8]) -> Result<Warned<RawDocument>, ExtractError> {
    let package = package::read(&mut Container::open(bytes)?)?;
    let styles = Styles::read(package.styles.as_ref());
    let mut body = Body::new(&styles, Numbering::read(package.numbering.as_ref()));
    let mut pieces = Vec::new();
    body.blocks(&package.document, &mut pieces)?;
    body.finish(&mut pieces);
    notes(&mut body, &package, &mut pieces)?;
    let raw = assembled(pieces);
    let mut diagnostics = left_out(&body);
    diagnostics.extend(replaced_characters(&lines(&raw.text)));
    Ok(Warned { value: raw, diagnostics })
}

/// The notes, footnotes first, each kind numbered in the order in which they are referred to.
fn notes<'tree>(body: &mut Body<'tree>, package: &'tree Package, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
    for kind in [NoteKind::Footnote, NoteKind::Endnote] {
        let (part, name) = match kind {
            NoteKind::Footnote => (&package.footnotes, "footnote"),
            NoteKind::Endnote => (&package.endnotes, "endnote"),
        };
        let elements = part.iter().flat_map(|part| &part.children).filter(|note| note.is(name));
        let by_id: BTreeMap<&str, &Element> = elements.filter_map(|note| Some((note.attribute("id")?, note))).collect();
        let referred = match kind {
            NoteKind::Footnote => std::mem::take(&mut body.footnotes),
            NoteKind::Endnote => std::mem::take(&mut body.endnotes),
        };
        for (note, number) in referred.iter().filter_map(|id| by_id.get(id)).zip(1..) {
            let mut own = Vec::new();
            body.blocks(note, &mut own)?;
            body.finish(&mut own);
            if let Some(Piece::Paragraph { text, .. }) = own.first_mut() {
                *text = format!("[{number}] {}", text.trim_start());
            }
            pieces.append(&mut own);
        }
    }
    Ok(())
}

/// The text of the pieces and the blocks over it.
fn assembled(pieces: Vec<Piece>) -> RawDocument {
    let mut page = Page::default();
    for piece in pieces {
        match piece {
            Piece::Paragraph { text, heading_level } => page.paragraph(&text, heading_level),
            Piece::Table(rows) => page.table(&rows),
        }
    }
    let blocks = tiled(&page.text, page.blocks);
    RawDocument { text: page.text, blocks, ..RawDocument::default() }
}

/// The extracted text as far as it is written.
#[derive(Default)]
struct Page {
    text: String,
    blocks: Vec<RawBlock>,
    /// Newlines written so far.
    lines: u32,
}

impl Page {
    /// Each line is a block, as in a text file; only the first visible one is the heading.
    fn paragraph(&mut self, text: &str, heading_level: Option<u8>) {
        let mut heading_level = heading_level;
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                let hint = StyleHint { heading_level: heading_level.take(), markup: 0 };
                self.block(Shape::Paragraph(hint));
            }
            self.write(line);
            self.write("\n");
        }
    }

    /// Rows of one cell before all others name the table (主要指标).
    fn table(&mut self, rows: &[Row]) {
        self.block(Shape::Table(RawTable::default()));
        let (own, start) = (self.blocks.len() - 1, self.text.len());
        let captions = rows.iter().take_while(|row| row.len() == 1).count();
        let (captions, rows) = rows.split_at(if captions < rows.len() { captions } else { 0 });
        for row in captions {
            self.row(row);
        }
        let written = self.text.get(start..).unwrap_or_default();
        let from = start + (written.len() - written.trim_start().len());
        let caption = Some(from..from + written.trim().len()).filter(|caption| !caption.is_empty());
        let rows = rows.iter().map(|row| self.row(row)).collect();
        if let Some(block) = self.blocks.get_mut(own) {
            let blank = self.text.get(start..).unwrap_or_default().chars().take_while(|character| character.is_whitespace());
            block.line += u32::try_from(blank.filter(|character| *character == '\n').count()).unwrap_or(0);
            block.shape = Shape::Table(RawTable { caption, rows });
        }
    }

    fn row(&mut self, cells: &Row) -> RawRow {
        let (start, line) = (self.text.len(), self.lines + 1);
        let mut written = Vec::with_capacity(cells.len());
        for (at, cell) in cells.iter().enumerate() {
            self.write(if at == 0 { "" } else { "\t" });
            let from = self.text.len();
            self.write(&cell.text);
            written.push(RawCell { span: from..self.text.len(), columns: Some(cell.columns) });
        }
        self.write("\n");
        RawRow { span: start..start, line, cells: written }
    }

    fn block(&mut self, shape: Shape) {
        let start = self.text.len();
        self.blocks.push(RawBlock { span: start..start, line: self.lines + 1, shape });
    }

    fn write(&mut self, text: &str) {
        self.text.push_str(text);
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        self.lines = self.lines.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }
}

/// What a reader of the printed page would not miss, and a careful one should know of.
fn left_out(body: &Body<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut say = |code: &str, count: usize, chinese: &str, english: &str| {
        if count > 0 {
            let message = Bilingual::new(format!("{count}{chinese}"), format!("{count} {english}"));
            diagnostics.push(Diagnostic::note(code, message, Place::default()));
        }
    };
    let left_out = &body.left_out;
    say("deleted-text", left_out.deleted, "处修订中删除的文字没有读入", "tracked deletion(s) left out");
    say("hidden-text", left_out.hidden, "处隐藏文字没有读入", "run(s) of hidden text left out");
    say("embedded-document", left_out.embedded, "个嵌入的其他文档没有读入", "embedded document(s) left out");
    for format in &body.numbering.unknown {
        let message = Bilingual::new(
            format!("编号格式 {format} 不认识，按阿拉伯数字写出"),
            format!("the numbering format {format} is unknown: its numbers are written in digits"),
        );
        diagnostics.push(Diagnostic::warning("numbering-format", message, Place::default()));
    }
    diagnostics
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
