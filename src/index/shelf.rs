//! A shelf: one file with the texts, folded texts, word bounds and trees of the documents that one commit added.
//!
//! Mapped through tantivy's directory and read in place; nothing is parsed until it is asked for, and every page is checked before it is
//! used (`sums`). Layout, all numbers little-endian:
//! the sections, their lengths as `u64`, magic. The sections:
//!
//! 1. originals: how the units differ from what their folded form lets expect: see [`originals`];
//! 2. folded: the folded form of every unit, each closed by `\n`, which no folded text contains, so that no match crosses units;
//! 3. bounds: see [`bounds`];
//! 4. units: one [`UnitRecord`] for each unit, in the order of `folded`;
//! 5. arrivals: for each document its first unit and its ordinal, in the order of `folded`: see [`records`];
//! 6. documents: one [`DocumentRecord`] for each document, sorted by id;
//! 7. data: the ids of all documents, then their heads as JSON, then their trees, packed;
//! 8. frequent: see [`frequent`]; empty where the shelf is small;
//! 9. short forms that the documents introduce: see [`short_forms`];
//! 10. words and single characters: see [`words`];
//! 11. checksums of the sources: see [`checksums`];
//! 12. checksums of the ids, in the same way;
//! 13. pairs of neighbours: see [`pair_filter`];
//! 14. rare pairs with their units: see [`rare_pairs`]; empty where the shelf is small.

pub(super) mod bounds;
pub(super) mod builder;
pub(super) mod checksums;
pub(super) mod prepared;
pub(super) mod records;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use self::bounds::Bounds;
use self::records::{DOCUMENT_BYTES, DocumentRecord, UNIT_BYTES, UnitKey, UnitRecord};
use super::error::IndexError;
use super::frequent::{self, Frequent};
use super::manifest::ShelfEntry;
use super::packed_tree::{PackedTree, Wanted};
use super::short_forms::{self, Introduced};
use super::sums::{Checked, Content};
use super::{originals, packed_tree, pair_filter, rare_pairs, words, xxh3};
use crate::corpus::sha256;
use crate::document::Document;
use crate::document::excerpt::Excerpt;
use crate::document::metadata::{Metadata, Source};
use crate::document::node::NodeIndex;
use crate::index::grams::Pair;
use serde::{Deserialize, Serialize};

pub(super) const MAGIC: &[u8; 8] = b"celan\x0010";
const SECTIONS: usize = 14;
const FOOTER: usize = SECTIONS * 8 + MAGIC.len();

/// What is known of a document without parsing its tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What it says of itself.
    pub metadata: Metadata,
    /// Its file.
    pub source: Source,
    /// How many units it has.
    pub units: usize,
}

/// One shelf, opened.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) number: u32,
    file: String,
    content: Content,
    sections: [Range<usize>; SECTIONS],
    removed: Vec<u32>,
}

/// A unit with what is needed to look into it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<'shelf> {
    pub(super) shelf: &'shelf Shelf,
    pub(super) ordinal: u32,
    pub(super) record: UnitRecord,
    /// Its folded text.
    pub(super) folded: &'shelf [u8],
    /// Where its original ends.
    original_end: usize,
}

impl Shelf {
    /// Opens the content of a shelf; the layout is checked, the sections are not read.
    pub(super) fn open(entry: &ShelfEntry, content: Content) -> Result<Self, IndexError> {
        let (number, file, removed) = (entry.number, entry.file(), entry.removed.clone());
        let damaged = || IndexError::Damaged { file: file.clone() };
        let end = content.len().checked_sub(FOOTER).ok_or_else(damaged)?;
        let lengths = content.get(end..content.len()).and_then(|footer| footer.strip_suffix(MAGIC)).ok_or_else(damaged)?;
        let mut sections: [Range<usize>; SECTIONS] = Default::default();
        let mut at = 0_usize;
        for (section, length) in sections.iter_mut().zip(lengths.as_chunks().0) {
            let length = usize::try_from(u64::from_le_bytes(*length));
            let behind = length.ok().and_then(|length| at.checked_add(length)).ok_or_else(damaged)?;
            *section = at..behind;
            at = behind;
        }
        if at != end {
            return Err(damaged());
        }
        Ok(Self { number, file, content, sections, removed })
    }

    pub(super) fn damaged(&self) -> IndexError {
        IndexError::Damaged { file: self.file.clone() }
    }

    /// Whether something that was read of it was not what had been written.
    pub(super) fn is_damaged(&self) -> bool {
        self.content.is_damaged()
    }

    /// Whether all of it is what was written.
    pub(super) fn is_whole(&self) -> bool {
        self.content.get(0..self.content.len()).is_some()
    }

    fn section(&self, section: usize) -> Checked<'_> {
        let range = self.sections.get(section).cloned().unwrap_or_default();
        Checked::new(&self.content, &range)
    }

    /// The folded texts of all units, each closed by `\n`.
    pub(super) fn folded(&self) -> Checked<'_> {
        self.section(1)
    }

    pub(super) fn bounds(&self) -> Bounds<'_> {
        Bounds(self.section(2))
    }

    pub(super) fn unit_count(&self) -> usize {
        self.section(3).len() / UNIT_BYTES
    }

    pub(super) fn document_count(&self) -> usize {
        self.section(5).len() / DOCUMENT_BYTES
    }

    pub(super) fn unit(&self, ordinal: u32) -> Option<Unit<'_>> {
        let (record, next) = UnitRecord::read_with_next(self.section(3), ordinal as usize)?;
        let (folded, original_end) = match next {
            Some(next) => (next.folded as usize, next.original as usize),
            None => (self.folded().len(), self.section(0).len()),
        };
        let folded = self.folded().get(record.folded as usize..folded.checked_sub(1)?)?;
        Some(Unit { shelf: self, ordinal, record, folded, original_end })
    }

    /// The unit whose folded text, closed by its `\n`, holds this byte of all of them.
    pub(super) fn unit_at(&self, folded: usize) -> Option<Unit<'_>> {
        let starts_after = |unit| UnitRecord::read(self.section(3), unit).is_none_or(|unit| unit.folded as usize > folded);
        let unit = first(self.unit_count(), starts_after).checked_sub(1)?;
        self.unit(u32::try_from(unit).ok()?)
    }

    /// All units, in order.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        (0..u32::try_from(self.unit_count()).unwrap_or(u32::MAX)).filter_map(|ordinal| self.unit(ordinal))
    }

    pub(super) fn document_record(&self, ordinal: u32) -> Option<DocumentRecord> {
        DocumentRecord::read(self.section(5), ordinal as usize)
    }

    /// The ordinal of the document that a unit is of, and its place among the document's nodes.
    pub(super) fn document_of(&self, unit: u32) -> Option<(u32, usize)> {
        records::arrived_with(self.section(4), unit)
    }

    pub(super) fn is_removed(&self, document: u32) -> bool {
        self.removed.binary_search(&document).is_ok()
    }

    /// Whether the document of a unit no longer belongs to the library.
    pub(super) fn has_removed(&self, unit: u32) -> bool {
        !self.removed.is_empty() && self.document_of(unit).is_none_or(|(document, _)| self.is_removed(document))
    }

    /// Documents that stand in the file and no longer belong to the library, by their ordinals.
    pub(super) fn removed(&self) -> &[u32] {
        &self.removed
    }

    /// The id of a document, as bytes in the file.
    pub(super) fn id(&self, document: &DocumentRecord) -> &[u8] {
        slice(self.section(6), document.id)
    }

    /// The ordinal of the document with this id, unless it has been removed.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let has_it = |ordinal: &u32| self.document_record(*ordinal).is_some_and(|record| self.id(&record) == id.as_bytes());
        let found = checksums::find(self.section(11), &sha256(id.as_bytes())).find(has_it);
        found.filter(|ordinal| !self.is_removed(*ordinal))
    }

    /// The ordinal of the document with this checksum, of several that have not been removed the first by id.
    pub(super) fn with_checksum(&self, sha256: &str) -> Result<Option<u32>, IndexError> {
        for ordinal in checksums::find(self.section(10), sha256).filter(|ordinal| !self.is_removed(*ordinal)) {
            let record = self.document_record(ordinal).ok_or_else(|| self.damaged())?;
            if self.source(&record)?.sha256 == sha256 {
                return Ok(Some(ordinal));
            }
        }
        Ok(None)
    }

    /// The ordinals of the documents that have not been removed, with their records.
    pub(super) fn live_documents(&self) -> impl Iterator<Item = (u32, DocumentRecord)> {
        (0..u32::try_from(self.document_count()).unwrap_or(u32::MAX))
            .filter(|ordinal| !self.is_removed(*ordinal))
            .filter_map(|ordinal| Some((ordinal, self.document_record(ordinal)?)))
    }

    pub(super) fn head(&self, document: &DocumentRecord) -> Result<Head, IndexError> {
        serde_json::from_slice(slice(self.section(6), document.head)).map_err(|_| self.damaged())
    }

    /// The file of a document: its head without what the document says of itself.
    pub(super) fn source(&self, document: &DocumentRecord) -> Result<Source, IndexError> {
        #[derive(Deserialize)]
        struct Part {
            source: Source,
        }
        let part: Part = serde_json::from_slice(slice(self.section(6), document.head)).map_err(|_| self.damaged())?;
        Ok(part.source)
    }

    /// The whole document, put together again.
    pub(super) fn document(&self, record: &DocumentRecord) -> Result<Document, IndexError> {
        let mut text = String::new();
        for ordinal in record.units.0..record.units.0.saturating_add(record.units.1) {
            let unit = self.unit(ordinal).ok_or_else(|| self.damaged())?;
            self.unfold(&unit, &mut text)?;
        }
        packed_tree::unpack(slice(self.section(6), record.tree), &text).ok_or_else(|| self.damaged())
    }

    /// Some units of a document, those above them, and what else is needed to cite them.
    pub(super) fn excerpt(&self, record: &DocumentRecord, nodes: &[NodeIndex]) -> Result<Excerpt, IndexError> {
        let tree = range(record.tree).and_then(|range| self.section(6).read(range)).ok_or_else(|| self.damaged())?;
        let tree = PackedTree::new(&tree).ok_or_else(|| self.damaged())?;
        let first = record.units.0 as usize;
        let unit = |node: usize| self.unit(u32::try_from(first.checked_add(node)?).ok()?);
        let parent_of = |node: usize| {
            let distance = UnitRecord::read(self.section(3), first.checked_add(node)?)?.parent as usize;
            node.checked_sub(distance).filter(|_| distance > 0)
        };
        let mut wanted = BTreeMap::new();
        let mut nodes: Vec<usize> = nodes.iter().map(|node| node.0).filter(|node| *node < record.units.1 as usize).collect();
        while let Some(node) = nodes.pop() {
            if let (Entry::Vacant(vacant), Some(unit)) = (wanted.entry(node), unit(node)) {
                let above = Some(unit.record.parent as usize).filter(|distance| *distance > 0);
                let parent = above.and_then(|distance| node.checked_sub(distance));
                vacant.insert(Wanted { text: self.original(&unit)?, parent });
                nodes.extend(parent.into_iter().chain(tree.cited_with(node, parent_of)));
            }
        }
        tree.excerpt(&wanted).ok_or_else(|| self.damaged())
    }

    /// The text of a unit before it was folded, the white space around it too.
    pub(super) fn original(&self, unit: &Unit<'_>) -> Result<String, IndexError> {
        let mut text = String::with_capacity(unit.folded.len() * 2);
        self.unfold(unit, &mut text)?;
        Ok(text)
    }

    fn unfold(&self, unit: &Unit<'_>, text: &mut String) -> Result<(), IndexError> {
        let (start, end) = (unit.record.original as usize, unit.original_end);
        let folded = str::from_utf8(unit.folded).map_err(|_| self.damaged())?;
        let packed = self.section(0).get(start..end).ok_or_else(|| self.damaged())?;
        // Where the next record is damaged, the end is guessed.
        originals::decode_onto(folded, packed, text).filter(|()| !self.is_damaged()).ok_or_else(|| self.damaged())
    }

    /// What is known of a folded string beforehand.
    pub(super) fn frequent(&self, folded: &str) -> Option<Frequent> {
        frequent::find(self.section(7), folded)
    }

    /// The short forms of which either form, folded, stands in this folded term, with the ordinals of their documents; in their order.
    pub(super) fn short_forms(&self, folded_term: &str) -> Result<Vec<Introduced<'_>>, IndexError> {
        short_forms::find(self.section(8), folded_term).filter(|_| !self.is_damaged()).ok_or_else(|| self.damaged())
    }

    /// Whether a pair of neighbours may stand in one of its units.
    pub(super) fn may_hold(&self, pair: Pair) -> bool {
        pair_filter::may_hold(self.section(12), pair)
    }

    /// The units of a pair of neighbours that stands in few of them, of a pair that stands in none perhaps others; none where that is not known.
    pub(super) fn units_of_rare(&self, pair: Pair) -> Option<Vec<u32>> {
        rare_pairs::units(self.section(13), pair)
    }

    /// Tells the words of its units, with the number of units that hold each, and the single characters, with that of the
    /// neighbours that follow them.
    pub(super) fn words(&self, tell: &mut dyn FnMut(&str, u64)) -> Result<(), IndexError> {
        self.section(9).whole().and_then(|section| words::read(section, tell)).ok_or_else(|| self.damaged())
    }

    /// Length of the folded texts, which is what a scan has to read.
    pub(super) fn scan_bytes(&self) -> usize {
        self.folded().len()
    }

    /// XXH3 of the whole file as it is now; none where it cannot be read.
    pub(super) fn checksum(&self) -> Option<u32> {
        self.content.bytes().map(xxh3::hash)
    }

    /// Length of the whole file.
    pub(super) fn file_bytes(&self) -> usize {
        self.content.len()
    }
}

fn slice(bytes: Checked<'_>, part: (u32, u32)) -> &[u8] {
    range(part).and_then(|range| bytes.get(range)).unwrap_or_default()
}

/// From a start on so many bytes.
fn range((start, length): (u32, u32)) -> Option<Range<usize>> {
    let start = start as usize;
    Some(start..start.checked_add(length as usize)?)
}

/// The first of `count` things, sorted, for which `holds` is true; `count` where there is none.
pub(super) fn first(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

impl<'shelf> Unit<'shelf> {
    pub(super) fn key(&self) -> UnitKey {
        UnitKey { shelf: self.shelf.number, ordinal: self.ordinal }
    }

    /// Whether its document no longer belongs to the library.
    pub(super) fn is_removed(&self) -> bool {
        self.shelf.has_removed(self.ordinal)
    }

    /// Whether a place in the folded text begins and ends where words do.
    pub(super) fn is_whole(&self, place: &Range<usize>) -> bool {
        let base = self.record.folded as usize;
        self.shelf.bounds().are_bounds(base + place.start, base + place.end)
    }

    /// Where the title stands in the folded text.
    pub(super) fn title(&self) -> Range<usize> {
        usize::from(self.record.title.0)..usize::from(self.record.title.1)
    }

    /// The unit that it stands under.
    pub(super) fn parent(&self) -> Option<Unit<'shelf>> {
        let distance = Some(self.record.parent).filter(|distance| *distance > 0)?;
        self.shelf.unit(self.ordinal.checked_sub(distance)?)
    }
}
