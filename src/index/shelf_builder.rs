//! Making a shelf: documents go in, the bytes of the file come out.
//!
//! Folds and segments every unit on the way and hands the words on, so that tantivy indexes the very strings that stand in the file.

use std::collections::BTreeMap;
use std::ops::Range;

use super::shelf::{DOCUMENT_BYTES, HEADER, Head, MAGIC, UNIT_BYTES};
use crate::document::Document;
use crate::document::node::Node;
use crate::text::fold::{Folded, fold};
use crate::text::segment::Segmenter;

/// A unit as it goes into tantivy.
#[derive(Debug)]
pub(super) struct IndexedUnit {
    pub(super) ordinal: u32,
    pub(super) folded: String,
    /// The words in `folded`, as jieba's search mode gives them.
    pub(super) words: Vec<Range<usize>>,
}

/// Gathers documents; [`ShelfBuilder::finish`] gives the file.
#[derive(Debug, Default)]
pub(super) struct ShelfBuilder {
    texts: Vec<u8>,
    folded: Vec<u8>,
    bounds: Vec<u8>,
    units: Vec<u8>,
    documents: BTreeMap<String, DocumentParts>,
    /// Length of the heads and trees in `documents`.
    data_bytes: usize,
    order: u32,
}

#[derive(Debug)]
struct DocumentParts {
    /// The order in which documents came; units refer to it until the ids are sorted.
    arrival: u32,
    head: Vec<u8>,
    tree: Vec<u8>,
    text: (u32, u32),
    units: (u32, u32),
}

/// The most that a shelf holds before the next one is begun: offsets are 32 bits wide.
pub(super) const SHELF_BYTES: usize = 256 << 20;

impl ShelfBuilder {
    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Length of the file so far, but for its header and its records of documents.
    pub(super) fn bytes(&self) -> usize {
        self.texts.len() + self.folded.len() + self.bounds.len() + self.units.len() + self.data_bytes
    }

    /// Puts a document onto the shelf and gives its units as they are to be indexed.
    pub(super) fn push(&mut self, document: &Document, segmenter: &Segmenter) -> serde_json::Result<Vec<IndexedUnit>> {
        let text_start = offset(self.texts.len());
        let first_unit = self.unit_count();
        let arrival = self.order;
        self.order += 1;
        let mut indexed = Vec::new();
        for (place, node) in document.nodes.iter().enumerate() {
            let text = document.unit_text(node);
            let folding = fold(text);
            if !folding.text.is_empty() {
                let words = segmenter.words(&folding.text);
                let start = document.unit_start(node);
                let title = title_range(node, start, &folding);
                let ordinal = self.unit_count();
                self.push_unit(&folding.text, &words);
                let original = (text_start + offset(start), offset(text.len()));
                let folded = (offset(self.folded.len() - folding.text.len() - 1), offset(folding.text.len()));
                for number in [folded.0, folded.1, title.0, title.1, original.0, original.1, arrival, offset(place)] {
                    self.units.extend(number.to_le_bytes());
                }
                indexed.push(IndexedUnit { ordinal, folded: folding.text, words });
            }
        }
        self.texts.extend(document.text.as_bytes());
        let head = Head { metadata: document.metadata.clone(), source: document.source.clone(), units: indexed.len() };
        let parts = DocumentParts {
            arrival,
            head: serde_json::to_vec(&head)?,
            tree: lz4_flex::compress_prepend_size(&serde_json::to_vec(document)?),
            text: (text_start, offset(document.text.len())),
            units: (first_unit, offset(indexed.len())),
        };
        self.data_bytes += parts.head.len() + parts.tree.len();
        self.documents.insert(document.id.as_str().to_owned(), parts);
        Ok(indexed)
    }

    fn unit_count(&self) -> u32 {
        offset(self.units.len() / UNIT_BYTES)
    }

    fn push_unit(&mut self, folded: &str, words: &[Range<usize>]) {
        let base = self.folded.len();
        self.folded.extend(folded.as_bytes());
        self.folded.push(b'\n');
        self.bounds.resize(self.folded.len() / 8 + 1, 0);
        for bound in words.iter().flat_map(|word| [word.start, word.end]) {
            if let Some(byte) = self.bounds.get_mut((base + bound) / 8) {
                *byte |= 1 << ((base + bound) % 8);
            }
        }
    }

    /// The bytes of the file.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let mut ordinals = vec![0_u32; self.documents.len()];
        let mut data = Vec::new();
        // Ids together, then heads, then trees: who lists the documents does not touch the trees.
        let ids: Vec<_> = self.documents.keys().map(|id| put(&mut data, id.as_bytes())).collect();
        let heads: Vec<_> = self.documents.values().map(|parts| put(&mut data, &parts.head)).collect();
        let trees: Vec<_> = self.documents.values().map(|parts| put(&mut data, &parts.tree)).collect();
        let mut records = Vec::with_capacity(self.documents.len() * DOCUMENT_BYTES);
        for (ordinal, (parts, ((id, head), tree))) in self.documents.values().zip(ids.into_iter().zip(heads).zip(trees)).enumerate()
        {
            if let Some(slot) = ordinals.get_mut(parts.arrival as usize) {
                *slot = offset(ordinal);
            }
            for (start, length) in [id, head, tree, parts.text, parts.units] {
                records.extend(start.to_le_bytes());
                records.extend(length.to_le_bytes());
            }
        }
        for record in self.units.chunks_exact_mut(UNIT_BYTES) {
            let Some(field) = record.get_mut(24..28) else { continue };
            let arrival = field.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
            field.copy_from_slice(&ordinals.get(arrival).copied().unwrap_or_default().to_le_bytes());
        }
        let sections = [&self.texts, &self.folded, &self.bounds, &self.units, &records, &data];
        let mut file = Vec::with_capacity(HEADER + sections.iter().map(|section| section.len()).sum::<usize>());
        file.extend(MAGIC);
        for section in sections {
            file.extend((section.len() as u64).to_le_bytes());
        }
        for section in sections {
            file.extend(section);
        }
        file
    }
}

/// Puts bytes at the end of `data`; gives where they are.
fn put(data: &mut Vec<u8>, bytes: &[u8]) -> (u32, u32) {
    let start = offset(data.len());
    data.extend(bytes);
    (start, offset(bytes.len()))
}

/// Where the title stands in the folded unit; equal ends where there is none.
fn title_range(node: &Node, unit_start: usize, folding: &Folded) -> (u32, u32) {
    let Some(title) = &node.title_span else { return (0, 0) };
    let position = |at: usize| offset(folding.folded_position(at.saturating_sub(unit_start)));
    (position(title.start), position(title.end))
}

/// A shelf is kept below 4 GiB, see [`SHELF_BYTES`]; what lies beyond is refused before it comes here.
fn offset(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
