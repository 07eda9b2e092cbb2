//! The reader of DOC (Word 97 to 2003) and of WPS files, which are the same thing: the Word binary format, [MS-DOC].
//!
//! By hand, because the numbers of chapters and sections (第一章, 一、, （一）) are counted by Word and stand nowhere in the file.
//! The stages, in order:
//!
//! 1. `fib` (over `compound`): which streams and parts the file has, and whether it can be read at all.
//! 2. `characters` and `runs` (with `plc`, `modifiers`, `properties`): the characters of all stories, and what is said of each.
//! 3. `styles` and `numbering` (over `lists`): what each paragraph is and which number is printed before it.
//! 4. `paragraphs`, `blocks`, `drawings`: paragraphs, tables, what hangs on them.
//! 5. `body` and `table`: all of it in reading order.
//!
//! The extracted text is that of the reader of DOCX: a line for each paragraph, notes as paragraphs at the end, `[1]` and so on. Heads and
//! feet of pages, comments and pictures are left out.

mod blocks;
mod body;
mod characters;
mod drawings;
mod fib;
mod modifiers;
mod numbering;
mod paragraphs;
mod plc;
mod properties;
mod runs;
mod styles;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::Warned;

use super::RawDocument;
use super::compound::{Compound, is_compound};
use super::error::ExtractError;
use super::left_out::LeftOut;
use super::limits::Limits;
use super::lines::lines;
use super::pieces::{Content, Piece, assembled};
use super::text::replaced_characters;
use body::Body;
use characters::Characters;
use drawings::TextBox;
use fib::{DOCUMENT, Fib, Part, Story, damaged};
use numbering::Numbering;
use paragraphs::{Anchor, Source, font_names};
use plc::Plc;
use runs::Runs;
use styles::Styles;

/// Whether the bytes are a compound file with a Word document in it.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    is_compound(bytes) && Compound::open(bytes).is_ok_and(|compound| compound.has(DOCUMENT))
}

/// Reads a DOC file.
pub(super) fn read(bytes: &[u8], _limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    let compound = Compound::open(bytes)?;
    let word = compound.read(DOCUMENT)?.ok_or_else(|| damaged(DOCUMENT))?;
    let fib = Fib::read(&word)?;
    let names = fib.table_names();
    let name = *names.iter().find(|name| compound.has(name)).unwrap_or(&names[0]);
    let table = compound.read(name)?.ok_or_else(|| damaged(name))?;
    let file = File { fib, word: &word, table: &table, table_name: name };
    // Pictures lie in this stream too; where it is damaged, only the properties of wide tables are lost.
    let data = compound.read("Data").ok().flatten().unwrap_or_default();
    let (pieces, left_out) = file.pieces(&data)?;
    let raw = assembled(pieces);
    let mut diagnostics = left_out.diagnostics();
    diagnostics.extend(replaced_characters(&lines(&raw.text)));
    Ok(Warned { value: raw, diagnostics })
}

/// The streams of a file.
struct File<'bytes> {
    fib: Fib<'bytes>,
    word: &'bytes [u8],
    table: &'bytes [u8],
    table_name: &'static str,
}

impl<'bytes> File<'bytes> {
    fn part(&self, part: Part) -> Result<&'bytes [u8], ExtractError> {
        self.fib.part(self.table, part)
    }

    /// The text of the file in reading order, and what was left out.
    fn pieces(&self, data: &[u8]) -> Result<(Vec<Piece>, LeftOut), ExtractError> {
        let characters = Characters::read(self.word, self.part(Part::Pieces)?, self.table_name)?;
        let story = |story: Story| {
            let (start, end) =
                self.fib.story(story).filter(|(_, end)| *end <= characters.units.len()).ok_or_else(|| damaged(DOCUMENT))?;
            Ok::<_, ExtractError>(start..end)
        };
        let main = story(Story::Main)?;
        let (texts, places) = (self.part(Part::BoxTexts)?, self.part(Part::Drawings)?);
        let boxes = drawings::text_boxes(texts, places, self.part(Part::DrawingGroups)?);
        let anchors = self.anchors(&main, &boxes)?;
        let ranges: Vec<_> = within(&story(Story::Boxes)?, boxes.into_iter().map(|text_box| text_box.range)).collect();
        let notes = |part: Part, range: Range<usize>| {
            let texts = Plc::new(self.part(part)?, 0);
            Ok::<_, ExtractError>(within(&range, texts.items().map(|(start, end, _)| start..end)).collect::<Vec<_>>())
        };
        let footnotes = notes(Part::FootnoteTexts, story(Story::Footnotes)?)?;
        let endnotes = notes(Part::EndnoteTexts, story(Story::Endnotes)?)?;
        let source = Source {
            characters,
            character_runs: Runs::of_characters(self.word, self.part(Part::CharacterPages)?)?,
            paragraph_runs: Runs::of_paragraphs(self.word, self.part(Part::ParagraphPages)?, data)?,
            styles: Styles::read(self.part(Part::Styles)?),
            fonts: font_names(self.part(Part::Fonts)?),
            section_ends: self.section_ends()?,
            anchors,
        };
        let numbering = Numbering::read(self.fib.part_and_rest(self.table, Part::Lists)?, self.part(Part::ListOverrides)?);
        let mut body = Body::new(&source, &ranges, numbering);
        let mut pieces = Vec::new();
        body.story(main, &mut pieces)?;
        body.loose_boxes(&mut pieces)?;
        let (first, second) = (std::mem::take(&mut body.footnotes), std::mem::take(&mut body.endnotes));
        append_notes(&mut body, &first, &footnotes, &mut pieces)?;
        append_notes(&mut body, &second, &endnotes, &mut pieces)?;
        let unknown = std::mem::take(&mut body.numbering.counters.unknown);
        Ok((pieces, LeftOut { deleted: body.deleted, hidden: body.hidden, embedded: 0, unknown_formats: unknown }))
    }

    /// What hangs on which character of the document.
    fn anchors(&self, main: &Range<usize>, boxes: &[TextBox]) -> Result<BTreeMap<usize, Vec<Anchor>>, ExtractError> {
        let references = |part: Part| {
            let places = Plc::new(self.part(part)?, 2);
            Ok::<_, ExtractError>((0..places.len()).filter_map(move |at| places.position(at)))
        };
        let footnotes = references(Part::FootnoteReferences)?.enumerate().map(|(at, place)| (place, Anchor::Footnote(at)));
        let endnotes = references(Part::EndnoteReferences)?.enumerate().map(|(at, place)| (place, Anchor::Endnote(at)));
        let boxes = boxes.iter().enumerate().filter_map(|(at, text_box)| Some((text_box.position?, Anchor::Box(at))));
        let mut anchors: BTreeMap<usize, Vec<Anchor>> = BTreeMap::new();
        for (position, anchor) in footnotes.chain(endnotes).chain(boxes).filter(|(position, _)| main.contains(position)) {
            anchors.entry(position).or_default().push(anchor);
        }
        Ok(anchors)
    }

    /// The last characters of sections; other characters of the same kind are breaks of pages.
    fn section_ends(&self) -> Result<BTreeSet<usize>, ExtractError> {
        let sections = Plc::new(self.part(Part::Sections)?, 12);
        Ok(sections.items().filter_map(|(_, end, _)| end.checked_sub(1)).collect())
    }
}

/// Ranges counted within a story as ranges of the file; what leaves the story or lies in the range before it is cut.
fn within(story: &Range<usize>, ranges: impl Iterator<Item = Range<usize>>) -> impl Iterator<Item = Range<usize>> {
    let (mut last, end) = (story.start, story.end);
    let first = story.start;
    ranges.map(move |range| {
        let place = |position: usize| first.saturating_add(position).clamp(last, end);
        let own = place(range.start)..place(range.end);
        last = own.end.max(last);
        own.start..own.end.max(own.start)
    })
}

/// Reads the notes referred to, numbered in the order in which they are.
fn append_notes(
    body: &mut Body<'_>,
    referred: &[usize],
    ranges: &[Range<usize>],
    pieces: &mut Vec<Piece>,
) -> Result<(), ExtractError> {
    for (range, number) in referred.iter().filter_map(|note| ranges.get(*note)).zip(1..) {
        let mut own = Vec::new();
        body.story(range.clone(), &mut own)?;
        if let Some(Content::Paragraph { text, .. }) = own.first_mut().map(|piece| &mut piece.content) {
            *text = format!("[{number}] {}", text.trim_start());
        }
        pieces.append(&mut own);
    }
    Ok(())
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
