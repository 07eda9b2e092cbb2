//! Runs: the properties of characters and paragraphs by where they lie in the stream ([MS-DOC] §2.9.33, §2.9.174).
//!
//! They lie in pages of 512 bytes; a table names the pages. Each page begins with the places where its runs begin and end; its last byte
//! counts them.

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;
use crate::extract::little_endian::{slice, u8_at, u16_at, usize_at};

use super::modifiers::modifiers;
use super::plc::Plc;
use super::properties::{CharacterProperties, ParagraphProperties};

/// The bytes of a page.
const PAGE: usize = 512;
/// `BxPap`: what stands in a page for each paragraph, the place of its properties first.
const PARAGRAPH_ITEM: usize = 13;
/// Runs of the longest books are some hundred thousand.
const MOST_RUNS: usize = 1 << 20;
/// The edges of all cells; a book of nothing but tables has some hundred thousand.
const MOST_EDGES: usize = 8 << 20;
/// The bytes of properties that lie outside the pages: some hundred for each row of a wide table.
const MOST_ELSEWHERE: u64 = 32 << 20;

/// Runs in the order of the stream.
#[derive(Debug)]
pub(super) struct Runs<Properties> {
    runs: Vec<Run<Properties>>,
}

/// Characters with the same properties.
#[derive(Debug)]
struct Run<Properties> {
    start: usize,
    end: usize,
    properties: Properties,
}

impl<Properties> Runs<Properties> {
    /// The properties at a place, and the place where they end.
    pub(super) fn at(&self, offset: usize) -> Option<(&Properties, usize)> {
        let run = self.runs.get(self.runs.partition_point(|run| run.start <= offset).checked_sub(1)?)?;
        (offset < run.end).then_some((&run.properties, run.end))
    }

    /// The place after `offset` where the next run begins.
    pub(super) fn next_start(&self, offset: usize) -> Option<usize> {
        self.runs.get(self.runs.partition_point(|run| run.start <= offset)).map(|run| run.start)
    }

    /// Reads the pages that a part names; `item` is what stands in a page for each run, and `read` takes the page and the place in it
    /// that the first byte of the item names.
    fn load(
        word: &[u8],
        part: &[u8],
        item: usize,
        mut read: impl FnMut(&[u8], usize) -> Result<Properties, ExtractError>,
    ) -> Result<Self, ExtractError> {
        let mut runs = Vec::new();
        // Each page of the stream is named once.
        for (_, _, page) in Plc::new(part, 4).items().take(word.len() / PAGE + 1) {
            let number = usize_at(page, 0).unwrap_or_default() & 0x003F_FFFF;
            let Some(page) = slice(word, number * PAGE, PAGE) else { continue };
            let count = usize::from(u8_at(page, PAGE - 1).unwrap_or_default());
            for at in 0..count {
                let limits = usize_at(page, at * 4).zip(usize_at(page, at * 4 + 4)).filter(|(start, end)| start < end);
                let place = u8_at(page, (count + 1) * 4 + at * item);
                let (Some((start, end)), Some(place)) = (limits, place) else { continue };
                runs.push(Run { start, end, properties: read(page, usize::from(place) * 2)? });
            }
            if runs.len() > MOST_RUNS {
                return Err(too_large("段不同的格式", "runs of properties", MOST_RUNS as u64));
            }
        }
        runs.sort_by_key(|run| run.start);
        Ok(Self { runs })
    }
}

impl Runs<CharacterProperties> {
    /// Reads the properties of characters.
    ///
    /// # Errors
    ///
    /// Where there are more than any honest document has.
    pub(super) fn of_characters(word: &[u8], part: &[u8]) -> Result<Self, ExtractError> {
        Self::load(word, part, 1, |page, place| {
            let mut properties = CharacterProperties::default();
            // The place 0 stands for no properties at all.
            let length = u8_at(page, place).filter(|_| place > 0).map_or(0, usize::from);
            modifiers(slice(page, place + 1, length).unwrap_or_default()).for_each(|modifier| properties.apply(modifier));
            Ok(properties)
        })
    }
}

impl Runs<ParagraphProperties> {
    /// Reads the properties of paragraphs; those of wide tables lie in the stream `data`.
    ///
    /// # Errors
    ///
    /// Where there are more than any honest document has.
    pub(super) fn of_paragraphs(word: &[u8], part: &[u8], data: &[u8]) -> Result<Self, ExtractError> {
        let (mut elsewhere, mut edges) = (0u64, 0);
        Self::load(word, part, PARAGRAPH_ITEM, |page, place| {
            let list = if place > 0 { paragraph_list(page, place) } else { &[] };
            let mut properties =
                ParagraphProperties { style: u16_at(list, 0).unwrap_or_default(), ..ParagraphProperties::default() };
            modifiers(list.get(2..).unwrap_or_default()).for_each(|modifier| properties.apply(modifier));
            if let Some(place) = properties.elsewhere.take() {
                let length = u16_at(data, place).map_or(0, usize::from);
                let list = place.checked_add(2).and_then(|start| slice(data, start, length)).unwrap_or_default();
                elsewhere += list.len() as u64;
                modifiers(list).for_each(|modifier| properties.apply(modifier));
            }
            edges += properties.row.edges.len();
            if edges > MOST_EDGES {
                return Err(too_large("条单元格边线", "edges of cells", MOST_EDGES as u64));
            }
            if elsewhere > MOST_ELSEWHERE {
                return Err(too_large("字节的段落格式", "bytes of properties of paragraphs", MOST_ELSEWHERE));
            }
            Ok(properties)
        })
    }
}

/// `PapxInFkp`: the length is in pairs of bytes and counts its own byte, or is 0 and a second one follows that does not.
fn paragraph_list(page: &[u8], place: usize) -> &[u8] {
    let read = match u8_at(page, place).map(usize::from) {
        Some(0) => u8_at(page, place + 1).and_then(|pairs| slice(page, place + 2, usize::from(pairs) * 2)),
        Some(pairs) => slice(page, place + 1, pairs * 2 - 1),
        None => None,
    };
    read.unwrap_or_default()
}
