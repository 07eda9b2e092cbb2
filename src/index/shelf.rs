//! A shelf: one file with the texts, folded texts, word bounds and trees of the documents that one commit added.
//!
//! Mapped through tantivy's directory and read in place; nothing is parsed until it is asked for. Layout, all numbers little-endian:
//! magic, the lengths of the sections as `u64`, then the sections:
//!
//! 1. texts: the extracted texts, one after another;
//! 2. folded: the folded form of every unit, each closed by `\n`, which no folded text contains, so that no match crosses units;
//! 3. bounds: a bit for each byte of `folded`: whether a word begins or ends there;
//! 4. units: one [`UnitRecord`] for each unit, in the order of `folded`;
//! 5. documents: one [`DocumentRecord`] for each document, sorted by id;
//! 6. data: the ids of all documents, then their heads as JSON, then their trees as JSON, compressed (LZ4).

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tantivy::directory::OwnedBytes;

use super::error::IndexError;
use crate::document::Document;
use crate::document::metadata::{Metadata, Source};

pub(super) const MAGIC: &[u8; 8] = b"celan\x00s1";
pub(super) const SECTIONS: usize = 6;
pub(super) const HEADER: usize = MAGIC.len() + SECTIONS * 8;

/// Where a unit is: the shelf's number in the high half, the unit's ordinal in the low half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UnitKey {
    pub(super) shelf: u32,
    pub(super) ordinal: u32,
}

impl UnitKey {
    pub(super) const fn packed(self) -> u64 {
        ((self.shelf as u64) << 32) | self.ordinal as u64
    }

    pub(super) const fn unpack(packed: u64) -> Self {
        Self { shelf: (packed >> 32) as u32, ordinal: (packed & 0xFFFF_FFFF) as u32 }
    }
}

/// Eight numbers about a unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct UnitRecord {
    /// Where its folded text begins in `folded`, and how long it is.
    pub(super) folded: (u32, u32),
    /// Where its title begins and ends, counted from the start of its folded text; equal where it has none.
    pub(super) title: (u32, u32),
    /// Where its text begins in `texts`, and how long it is.
    pub(super) original: (u32, u32),
    /// The ordinal of its document.
    pub(super) document: u32,
    /// Its place in the document's nodes.
    pub(super) node: u32,
}

/// Where the parts of a document are: starts and lengths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct DocumentRecord {
    pub(super) id: (u32, u32),
    pub(super) head: (u32, u32),
    pub(super) tree: (u32, u32),
    pub(super) text: (u32, u32),
    /// First unit and number of units.
    pub(super) units: (u32, u32),
}

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

/// A tree that claims to be longer than this is damaged: it is some ten times what the longest law needs for each of its bytes.
const MOST_TREE_BYTES: usize = 1 << 30;

pub(super) const UNIT_BYTES: usize = 8 * 4;
pub(super) const DOCUMENT_BYTES: usize = 10 * 4;

/// One shelf, opened.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) number: u32,
    file: String,
    bytes: OwnedBytes,
    sections: [Range<usize>; SECTIONS],
    removed: Vec<u32>,
}

impl Shelf {
    /// Opens the bytes of a shelf; the layout is checked, the sections are not read.
    pub(super) fn open(number: u32, file: String, bytes: OwnedBytes, removed: Vec<u32>) -> Result<Self, IndexError> {
        let damaged = || IndexError::Damaged { file: file.clone() };
        if bytes.get(..MAGIC.len()) != Some(MAGIC.as_slice()) {
            return Err(damaged());
        }
        let mut sections: [Range<usize>; SECTIONS] = Default::default();
        let mut at = HEADER;
        for (position, section) in sections.iter_mut().enumerate() {
            let start = MAGIC.len() + position * 8;
            let length = bytes.get(start..start + 8).and_then(|bytes| Some(u64::from_le_bytes(bytes.try_into().ok()?)));
            let end = length.and_then(|length| at.checked_add(usize::try_from(length).ok()?)).ok_or_else(damaged)?;
            *section = at..end;
            at = end;
        }
        if at != bytes.len() {
            return Err(damaged());
        }
        Ok(Self { number, file, bytes, sections, removed })
    }

    pub(super) fn damaged(&self) -> IndexError {
        IndexError::Damaged { file: self.file.clone() }
    }

    fn section(&self, section: usize) -> &[u8] {
        self.sections.get(section).and_then(|range| self.bytes.get(range.clone())).unwrap_or_default()
    }

    fn texts(&self) -> &[u8] {
        self.section(0)
    }

    /// The folded texts of all units, each closed by `\n`.
    pub(super) fn folded(&self) -> &[u8] {
        self.section(1)
    }

    /// Whether a word begins or ends at this byte of `folded`.
    pub(super) fn is_bound(&self, at: usize) -> bool {
        self.section(2).get(at / 8).is_some_and(|byte| byte & (1 << (at % 8)) != 0)
    }

    pub(super) fn unit_count(&self) -> usize {
        self.section(3).len() / UNIT_BYTES
    }

    pub(super) fn document_count(&self) -> usize {
        self.section(4).len() / DOCUMENT_BYTES
    }

    pub(super) fn unit(&self, ordinal: usize) -> Option<UnitRecord> {
        let [folded, folded_length, title, title_end, original, original_length, document, node] =
            numbers(self.section(3), ordinal)?;
        let original = (original, original_length);
        Some(UnitRecord { folded: (folded, folded_length), title: (title, title_end), original, document, node })
    }

    pub(super) fn document_record(&self, ordinal: usize) -> Option<DocumentRecord> {
        let [id, id_length, head, head_length, tree, tree_length, text, text_length, unit, units] =
            numbers(self.section(4), ordinal)?;
        Some(DocumentRecord {
            id: (id, id_length),
            head: (head, head_length),
            tree: (tree, tree_length),
            text: (text, text_length),
            units: (unit, units),
        })
    }

    /// The unit whose folded text contains this byte of `folded`.
    pub(super) fn unit_at(&self, folded: usize) -> Option<usize> {
        let (mut low, mut high) = (0, self.unit_count());
        while low < high {
            let middle = low.midpoint(high);
            if self.unit(middle)?.folded.0 as usize <= folded { low = middle + 1 } else { high = middle }
        }
        low.checked_sub(1)
    }

    pub(super) fn is_removed(&self, document: u32) -> bool {
        self.removed.binary_search(&document).is_ok()
    }

    /// The folded text of a unit.
    pub(super) fn folded_text(&self, unit: &UnitRecord) -> &[u8] {
        slice(self.folded(), unit.folded)
    }

    /// The original text of a unit.
    pub(super) fn original_text(&self, unit: &UnitRecord) -> Result<&str, IndexError> {
        str::from_utf8(slice(self.texts(), unit.original)).map_err(|_| self.damaged())
    }

    /// The id of a document, as bytes in the file.
    pub(super) fn id(&self, document: &DocumentRecord) -> &[u8] {
        slice(self.section(5), document.id)
    }

    /// The ordinal of the document with this id, unless it has been removed.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.document_count());
        while low < high {
            let middle = low.midpoint(high);
            if self.id(&self.document_record(middle)?) < id.as_bytes() { low = middle + 1 } else { high = middle }
        }
        let found = self.document_record(low).is_some_and(|record| self.id(&record) == id.as_bytes());
        (found && !u32::try_from(low).is_ok_and(|ordinal| self.is_removed(ordinal))).then_some(low)
    }

    /// The ordinals of the documents that have not been removed, with their records.
    pub(super) fn live_documents(&self) -> impl Iterator<Item = (usize, DocumentRecord)> {
        (0..self.document_count())
            .filter(|ordinal| !u32::try_from(*ordinal).is_ok_and(|ordinal| self.is_removed(ordinal)))
            .filter_map(|ordinal| Some((ordinal, self.document_record(ordinal)?)))
    }

    pub(super) fn head(&self, document: &DocumentRecord) -> Result<Head, IndexError> {
        serde_json::from_slice(slice(self.section(5), document.head)).map_err(|_| self.damaged())
    }

    /// The whole document, parsed.
    pub(super) fn document(&self, record: &DocumentRecord) -> Result<Document, IndexError> {
        let packed = slice(self.section(5), record.tree);
        let length = packed.first_chunk().map_or(0, |length| u32::from_le_bytes(*length) as usize);
        if length > MOST_TREE_BYTES {
            return Err(self.damaged());
        }
        let tree = lz4_flex::decompress_size_prepended(packed).map_err(|_| self.damaged())?;
        let mut document: Document = serde_json::from_slice(&tree).map_err(|_| self.damaged())?;
        let text = str::from_utf8(slice(self.texts(), record.text)).map_err(|_| self.damaged())?;
        text.clone_into(&mut document.text);
        Ok(document)
    }

    /// Length of the folded texts, which is what a scan has to read.
    pub(super) fn scan_bytes(&self) -> usize {
        self.folded().len()
    }

    /// Length of the whole file.
    pub(super) fn file_bytes(&self) -> usize {
        self.bytes.len()
    }
}

fn slice(bytes: &[u8], (start, length): (u32, u32)) -> &[u8] {
    let start = start as usize;
    start.checked_add(length as usize).and_then(|end| bytes.get(start..end)).unwrap_or_default()
}

fn numbers<const COUNT: usize>(section: &[u8], ordinal: usize) -> Option<[u32; COUNT]> {
    let start = ordinal.checked_mul(COUNT * 4)?;
    let bytes = section.get(start..start.checked_add(COUNT * 4)?)?;
    let mut numbers = [0; COUNT];
    for (number, bytes) in numbers.iter_mut().zip(bytes.chunks_exact(4)) {
        *number = u32::from_le_bytes(bytes.try_into().ok()?);
    }
    Some(numbers)
}
