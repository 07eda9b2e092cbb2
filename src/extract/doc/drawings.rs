//! Drawings: which text boxes hang on which characters ([MS-DOC] §2.8.37 `PlcfSpa`, §2.8.32 `PlcftxbxTxt`, [MS-ODRAW] §2.2).
//!
//! A drawing hangs on a character, a text box belongs to a drawing; both name it by a number. A drawing may be a group of others, and then
//! only the group hangs on a character.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::extract::little_endian::{slice, u16_at, u32_at, usize_at};

use super::plc::Plc;

/// Records of drawings: the container of all drawings of a story, a container of a group, the numbers of a drawing.
const ALL_DRAWINGS: u16 = 0xF002;
const GROUP: u16 = 0xF003;
const NUMBERS: u16 = 0xF00A;
/// The header of a record.
const HEADER: usize = 8;

/// A text box.
#[derive(Debug)]
pub(super) struct TextBox {
    /// Its characters, counted within the story of text boxes.
    pub(super) range: Range<usize>,
    /// The position that it hangs on, where that is known.
    pub(super) position: Option<usize>,
}

/// The text boxes of a document, by the parts with their texts, with the places of drawings, and with the drawings.
pub(super) fn text_boxes(texts: &[u8], places: &[u8], drawings: &[u8]) -> Vec<TextBox> {
    let groups = groups(drawings).unwrap_or_default();
    let places = Plc::new(places, 26).items().filter_map(|(position, _, item)| Some((u32_at(item, 0)?, position)));
    let places: BTreeMap<u32, usize> = places.collect();
    let texts = Plc::new(texts, 22);
    // The last one only ends the others.
    let boxes = texts.items().take(texts.len().saturating_sub(1));
    // Those that may be used again have no text of their own.
    let boxes = boxes.filter(|(_, _, item)| u16_at(item, 8) == Some(0)).filter_map(|(start, end, item)| {
        let drawing = u32_at(item, 14)?;
        let position = places.get(&drawing).or_else(|| places.get(groups.get(&drawing)?)).copied();
        Some(TextBox { range: start..end, position })
    });
    boxes.collect()
}

/// For each drawing in a group the outermost group that it is in.
fn groups(part: &[u8]) -> Option<BTreeMap<u32, u32>> {
    let mut groups = BTreeMap::new();
    // First stands what all drawings have in common; then for each story a byte that says which, and its drawings.
    let mut at = HEADER.checked_add(usize_at(part, 4)?)?;
    while let Some((kind, drawings)) = at.checked_add(1).and_then(|at| record(part, at)) {
        at = at.checked_add(1 + HEADER + drawings.len())?;
        if kind != ALL_DRAWINGS {
            break;
        }
        // What lies in the outermost group of a story lies in no group.
        let story = records(drawings).filter(|(kind, _)| *kind == GROUP).flat_map(|(_, content)| records(content));
        for (_, content) in story.filter(|(kind, _)| *kind == GROUP) {
            let numbers = numbers(content);
            let first = numbers.first().copied();
            groups.extend(numbers.into_iter().filter_map(|number| Some((number, first?))));
        }
    }
    Some(groups)
}

/// The kind and the content of the record at a place.
fn record(bytes: &[u8], at: usize) -> Option<(u16, &[u8])> {
    Some((u16_at(bytes, at.checked_add(2)?)?, slice(bytes, at.checked_add(HEADER)?, usize_at(bytes, at.checked_add(4)?)?)?))
}

fn records(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, content) = record(bytes, at)?;
        at += HEADER + content.len();
        Some((kind, content))
    })
}

/// The numbers of all drawings within, however deep, the outermost first.
fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (mut numbers, mut at) = (Vec::new(), 0);
    while let Some((kind, content)) = record(bytes, at) {
        if kind == NUMBERS {
            numbers.extend(u32_at(content, 0));
        }
        // The low half byte 15 marks a container: step into it.
        let is_container = u16_at(bytes, at).is_some_and(|version| version & 0xF == 0xF);
        at += if is_container { HEADER } else { HEADER + content.len() };
    }
    numbers
}
