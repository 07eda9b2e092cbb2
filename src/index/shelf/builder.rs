//! Making a shelf: documents made ready go in, the bytes of the file come out.

use std::collections::BTreeMap;

use super::bounds::BoundsBuilder;
use super::prepared::Prepared;
use super::records::{DocumentRecord, UNIT_BYTES, UnitRecord};
use super::{HEADER, MAGIC, SECTIONS};
use crate::index::frequent::{self, Texts, gather};
use crate::index::propose::SCAN_BYTES;

/// Gathers documents; [`ShelfBuilder::finish`] gives the file.
#[derive(Debug, Default)]
pub(in crate::index) struct ShelfBuilder {
    originals: Vec<u8>,
    folded: String,
    bounds: BoundsBuilder,
    units: Vec<UnitRecord>,
    /// How often words of three characters and more occur.
    words: BTreeMap<String, u32>,
    documents: BTreeMap<String, DocumentParts>,
    /// Length of the heads and trees in `documents`.
    data_bytes: usize,
}

#[derive(Debug)]
struct DocumentParts {
    head: Vec<u8>,
    tree: Vec<u8>,
    units: (u32, u32),
    short_forms: Vec<(String, String)>,
}

impl ShelfBuilder {
    pub(in crate::index) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Length of the file so far, but for its header and its records of documents.
    pub(in crate::index) fn bytes(&self) -> usize {
        self.originals.len() + self.folded.len() + self.bounds.bytes() + self.units.len() * UNIT_BYTES + self.data_bytes
    }

    /// How many units stand on the shelf so far: the ordinal of the next one.
    pub(in crate::index) fn unit_count(&self) -> u32 {
        offset(self.units.len())
    }

    /// Puts a document onto the shelf.
    pub(in crate::index) fn push(&mut self, prepared: Prepared) {
        let (folded, original) = (offset(self.folded.len()), offset(self.originals.len()));
        let first = self.unit_count();
        for unit in &prepared.units {
            self.units.push(UnitRecord {
                folded: folded + offset(unit.folded.start),
                original: original + offset(unit.original),
                parent: unit.parent,
                standing: unit.standing,
                title: unit.title,
            });
        }
        for word in prepared.words.lines().filter(|word| word.chars().nth(2).is_some()) {
            match self.words.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(self.words.insert(word.to_owned(), 1)),
            }
        }
        self.folded.push_str(&prepared.folded);
        self.originals.extend(&prepared.originals);
        self.bounds.push(prepared.characters, &prepared.bounds);
        self.data_bytes += prepared.head.len() + prepared.tree.len();
        let units = (first, offset(prepared.units.len()));
        let parts = DocumentParts { head: prepared.head, tree: prepared.tree, units, short_forms: prepared.short_forms };
        self.documents.insert(prepared.id, parts);
    }

    /// The bytes of the file.
    pub(in crate::index) fn finish(self) -> serde_json::Result<Vec<u8>> {
        let mut data = Vec::new();
        // Ids together, then heads, then trees: who lists the documents does not touch the trees.
        let ids: Vec<_> = self.documents.keys().map(|id| put(&mut data, id.as_bytes())).collect();
        let heads: Vec<_> = self.documents.values().map(|parts| put(&mut data, &parts.head)).collect();
        let trees: Vec<_> = self.documents.values().map(|parts| put(&mut data, &parts.tree)).collect();
        let mut records = Vec::new();
        let mut arrivals = Vec::new();
        let mut short_forms = Vec::new();
        for (ordinal, (parts, ((id, head), tree))) in self.documents.values().zip(ids.into_iter().zip(heads).zip(trees)).enumerate()
        {
            DocumentRecord { id, head, tree, units: parts.units }.write(&mut records);
            arrivals.push((parts.units.0, offset(ordinal)));
            short_forms.extend(parts.short_forms.iter().map(|(full, short)| (full, short, offset(ordinal))));
        }
        arrivals.sort_unstable();
        let frequent = if self.folded.len() > SCAN_BYTES {
            let (units, bounds, words) = (&self.units, self.bounds.bits(), &self.words);
            frequent::write(&gather(Texts { folded: &self.folded, units, arrivals: &arrivals, bounds, words }))
        } else {
            Vec::new()
        };
        let mut units = Vec::with_capacity(self.units.len() * UNIT_BYTES);
        self.units.iter().for_each(|unit| unit.write(&mut units));
        let arrivals: Vec<u8> =
            arrivals.into_iter().flat_map(|(unit, document)| [unit.to_le_bytes(), document.to_le_bytes()]).flatten().collect();
        let bounds = self.bounds.finish(self.folded.as_bytes());
        let sections: [&[u8]; SECTIONS] = [
            &self.originals,
            self.folded.as_bytes(),
            &bounds,
            &units,
            &arrivals,
            &records,
            &data,
            &frequent,
            &serde_json::to_vec(&short_forms)?,
        ];
        let mut file = Vec::with_capacity(HEADER + sections.iter().map(|section| section.len()).sum::<usize>());
        file.extend(MAGIC);
        for section in sections {
            file.extend((section.len() as u64).to_le_bytes());
        }
        for section in sections {
            file.extend(section);
        }
        Ok(file)
    }
}

/// Puts bytes at the end of `data`; gives where they are.
fn put(data: &mut Vec<u8>, bytes: &[u8]) -> (u32, u32) {
    let start = offset(data.len());
    data.extend(bytes);
    (start, offset(bytes.len()))
}

/// A shelf is kept far below 4 GiB; what lies beyond is refused before it comes here.
fn offset(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
