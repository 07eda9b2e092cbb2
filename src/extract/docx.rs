//! The reader of DOCX (Word and WPS since 2007): Office Open XML, ISO/IEC 29500.
//!
//! By hand, because the numbers of chapters and sections (第一章, 一、, （一）) are counted by Word and stand nowhere in the file.
//! The stages, in order:
//!
//! 1. `package` (over `container` and `xml` of `extract`): which parts the file has, as trees, with bounds against hostile files.
//! 2. `styles` and `numbering` (over `lists`, `counting`, `symbol`): what each paragraph is and which number is printed before it.
//! 3. `body` and `table`: paragraphs, tables, text boxes, notes, in reading order.
//!
//! The extracted text has a line for each paragraph; a line break within one begins a new line. Cells of tables are separated by a
//! tab, rows by a newline. Notes are paragraphs at the end, `[1]` and so on, without a sign where they are referred to, so that
//! no phrase is torn. Heads and feet of pages, comments and pictures are left out.

mod body;
mod numbering;
mod package;
mod styles;
mod table;

use std::collections::BTreeMap;

use crate::diagnostic::Warned;

use super::RawDocument;
use super::container::{Container, is_container};
use super::error::ExtractError;
use super::limits::Limits;
use super::lines::lines;
use super::pieces::{Content, Piece, assembled};
use super::text::replaced_characters;
use super::xml::Element;
use body::{Body, NoteKind};
use numbering::Numbering;
use package::Package;
use styles::Styles;

/// Whether the bytes are a container with a word-processing document in it.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    is_container(bytes) && Container::glance(bytes).is_ok_and(|mut container| package::is_document(&mut container))
}

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    let package = package::read(&mut Container::open(bytes, limits)?)?;
    let styles = Styles::read(package.styles.as_ref());
    let mut body = Body::new(&styles, Numbering::read(package.numbering.as_ref()));
    let mut pieces = Vec::new();
    body.blocks(&package.document, &mut pieces)?;
    body.finish(&mut pieces);
    notes(&mut body, &package, &mut pieces)?;
    let raw = assembled(pieces);
    let mut left_out = body.left_out;
    left_out.unknown_formats = body.numbering.counters.unknown;
    let mut diagnostics = left_out.diagnostics();
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
            if let Some(Content::Paragraph { text, .. }) = own.first_mut().map(|piece| &mut piece.content) {
                *text = format!("[{number}] {}", text.trim_start());
            }
            pieces.append(&mut own);
        }
    }
    Ok(())
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
