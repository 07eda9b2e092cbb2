//! Paragraphs: a story cut at its marks, with what each paragraph prints ([MS-DOC] §2.4.2).
//!
//! Takes positions, gives paragraphs in order with their properties. What was deleted (tracked changes), hidden, or is the code of a field
//! is left out; what was inserted is kept. Notes and text boxes that hang on a paragraph are named, not read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::extract::little_endian::{slice, u8_at, u16s};
use crate::extract::symbol;

use super::characters::Characters;
use super::modifiers::modifiers;
use super::properties::{CharacterProperties, ParagraphProperties};
use super::runs::Runs;
use super::styles::Styles;

/// Fields within fields; a formula in a reference in a table of contents has three.
const DEEPEST_FIELD: usize = 32;
/// Characters that mark something ([MS-DOC] §2.4.1 and `sprmCFSpec`).
const CELL_END: u16 = 0x07;
const PARAGRAPH_END: u16 = 0x0D;
const SECTION_END: u16 = 0x0C;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_SEPARATE: u16 = 0x14;
const FIELD_END: u16 = 0x15;
/// What stands where a symbol of another font is printed.
const SYMBOL: u16 = 0x28;

/// A paragraph as it lies in the file.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// What it prints, without an automatic number; line breaks within it are newlines.
    pub(super) text: String,
    pub(super) properties: ParagraphProperties,
    /// Whether it ends with the mark of a cell.
    pub(super) cell_end: bool,
    /// Whether its mark is deleted, by a tracked change.
    pub(super) mark_deleted: bool,
    /// What hangs on it, in order.
    pub(super) anchors: Vec<Anchor>,
    /// Runs of text in it that are deleted, by tracked changes.
    pub(super) deleted: usize,
    /// Runs of text in it that are hidden.
    pub(super) hidden: usize,
}

/// Something that hangs on a place of the text and is printed elsewhere: its number among those of its kind, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Anchor {
    /// 脚注.
    Footnote(usize),
    /// 尾注.
    Endnote(usize),
    /// 文本框.
    Box(usize),
}

/// Where a field stands: `PAGE \* MERGEFORMAT` is its code, `3` its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Code,
    Result,
}

/// What is known of the characters of a file.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) characters: Characters,
    pub(super) character_runs: Runs<CharacterProperties>,
    pub(super) paragraph_runs: Runs<ParagraphProperties>,
    pub(super) styles: Styles,
    /// The names of the fonts by their numbers.
    pub(super) fonts: Vec<String>,
    /// The last characters of sections.
    pub(super) section_ends: BTreeSet<usize>,
    /// What hangs on which character.
    pub(super) anchors: BTreeMap<usize, Vec<Anchor>>,
}

/// What becomes of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Printed,
    Deleted,
    Hidden,
}

impl Source {
    /// The paragraphs within a range of positions. Text at the end without a mark is a paragraph nevertheless.
    pub(super) fn paragraphs(&self, range: Range<usize>) -> impl Iterator<Item = Paragraph> {
        let mut fields = Vec::new();
        let (mut start, end) = (range.start, range.end.min(self.characters.units.len()));
        std::iter::from_fn(move || {
            let rest = self.characters.units.get(start..end).filter(|rest| !rest.is_empty())?;
            let ends = |(at, unit): (usize, &u16)| match *unit {
                PARAGRAPH_END | CELL_END => true,
                SECTION_END => self.section_ends.contains(&(start + at)),
                _ => false,
            };
            let mark = rest.iter().enumerate().position(ends);
            let own = start..mark.map_or(end, |mark| start + mark + 1);
            start = own.end;
            let paragraph = self.paragraph(own, mark.is_some(), &mut fields);
            // A field whose code does not end with its paragraph is broken; the text after it is text.
            fields.fill(Field::Result);
            Some(paragraph)
        })
    }

    fn paragraph(&self, range: Range<usize>, has_mark: bool, fields: &mut Vec<Field>) -> Paragraph {
        let last = range.end - 1;
        let mut paragraph = Paragraph { properties: self.paragraph_properties(last), ..Paragraph::default() };
        let text_end = if has_mark { last } else { range.end };
        let mut units = Vec::new();
        let (mut at, mut fate) = (range.start, Fate::Printed);
        while at < text_end {
            let (properties, end) = self.character_properties(at);
            let end = end.clamp(at + 1, text_end);
            let now = self.fate(&properties, &paragraph);
            let within_code = fields.contains(&Field::Code);
            self.print(at..end, &properties, now, fields, (&mut paragraph, &mut units));
            if now != fate && !within_code {
                paragraph.deleted += usize::from(now == Fate::Deleted);
                paragraph.hidden += usize::from(now == Fate::Hidden);
            }
            (at, fate) = (end, now);
        }
        paragraph.text = String::from_utf16_lossy(&units);
        let mark = self.characters.units.get(last).copied().filter(|_| has_mark);
        paragraph.cell_end = mark == Some(CELL_END);
        paragraph.mark_deleted = has_mark && self.character_properties(last).0.deleted;
        paragraph
    }

    fn fate(&self, properties: &CharacterProperties, paragraph: &Paragraph) -> Fate {
        let mut styles = std::iter::once(paragraph.properties.style).chain(properties.style);
        if properties.deleted {
            Fate::Deleted
        } else if properties.hidden.over(styles.any(|style| self.styles.hides(style))) {
            Fate::Hidden
        } else {
            Fate::Printed
        }
    }

    /// What characters with the same properties print.
    fn print(
        &self,
        range: Range<usize>,
        properties: &CharacterProperties,
        fate: Fate,
        fields: &mut Vec<Field>,
        (paragraph, units): (&mut Paragraph, &mut Vec<u16>),
    ) {
        for (position, unit) in self.characters.units.iter().copied().enumerate().take(range.end).skip(range.start) {
            // A hidden mark of a field is a mark nevertheless.
            match unit {
                FIELD_BEGIN if fields.len() < DEEPEST_FIELD => fields.push(Field::Code),
                FIELD_SEPARATE => fields.iter_mut().next_back().into_iter().for_each(|field| *field = Field::Result),
                FIELD_END => drop(fields.pop()),
                _ => {}
            }
            if fate != Fate::Printed || fields.contains(&Field::Code) {
                continue;
            }
            paragraph.anchors.extend(self.anchors.get(&position).into_iter().flatten());
            match properties.symbol {
                Some((font, code)) if unit == SYMBOL => {
                    let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
                    let sign = symbol::written(font, u32::from(code));
                    units.extend_from_slice(sign.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf16(&mut [0; 2]));
                }
                Some(_) | None => units.extend(printed(unit)),
            }
        }
    }

    /// The properties of the paragraph that a mark ends.
    fn paragraph_properties(&self, mark: usize) -> ParagraphProperties {
        let Some(place) = self.characters.place(mark) else { return ParagraphProperties::default() };
        let mut properties = self.paragraph_runs.at(place.offset).map(|(properties, _)| properties.clone()).unwrap_or_default();
        let (list, short) = self.characters.modifiers(place.modifier);
        modifiers(list).for_each(|modifier| properties.apply(modifier));
        if let Some((place, value)) = short {
            properties.apply_short(place, value);
        }
        properties
    }

    /// The properties of a character, and the position where they end at the earliest.
    fn character_properties(&self, position: usize) -> (CharacterProperties, usize) {
        let Some(place) = self.characters.place(position) else { return (CharacterProperties::default(), position + 1) };
        let run = self.character_runs.at(place.offset);
        let mut properties = run.map(|(properties, _)| *properties).unwrap_or_default();
        let run_end = run.map(|(_, end)| end).or_else(|| self.character_runs.next_start(place.offset));
        let (list, short) = self.characters.modifiers(place.modifier);
        modifiers(list).for_each(|modifier| properties.apply(modifier));
        if let Some((place, value)) = short {
            properties.apply_short(place, value);
        }
        let end = run_end.map_or(place.piece_end, |end| position + (end - place.offset).div_ceil(place.width));
        (properties, end.min(place.piece_end))
    }
}

/// What a character prints. A tab within a paragraph is a gap; tabs of the extracted text separate cells.
fn printed(unit: u16) -> Option<u16> {
    match unit {
        0x09 => Some(u16::from(b' ')),
        // Breaks of lines, pages and columns.
        0x0B | 0x0C | 0x0E => Some(u16::from(b'\n')),
        // A hyphen at which no line breaks.
        0x1E => Some(u16::from(b'-')),
        // A soft hyphen shows only where a line breaks; pictures, notes and everything else below print nothing here.
        0..=0x1F | 0x7F..=0x9F | 0xFEFF => None,
        printed => Some(printed),
    }
}

/// The names of fonts (`SttbfFfn`): each has a length, 39 bytes on its look, then its name with a zero at its end.
pub(super) fn font_names(part: &[u8]) -> Vec<String> {
    let mut rest = part.get(4..).unwrap_or_default();
    let mut names = Vec::new();
    while let Some(font) = u8_at(rest, 0).and_then(|length| slice(rest, 1, usize::from(length))) {
        let name = font.get(39..).unwrap_or_default();
        names.push(String::from_utf16_lossy(&u16s(name).take_while(|unit| *unit != 0).collect::<Vec<_>>()));
        rest = rest.get(1 + font.len()..).unwrap_or_default();
    }
    names
}
