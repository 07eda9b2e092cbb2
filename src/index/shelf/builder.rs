//! Making a shelf: documents made ready go in, the bytes of the file come out.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::thread;

use super::bounds::BoundsBuilder;
use super::prepared::Prepared;
use super::records::{self, DocumentRecord, UNIT_BYTES, UnitRecord};
use super::{FOOTER, MAGIC, checksums};
use crate::corpus::sha256;
use crate::index::frequent::{self, Texts, candidates, gather};
use crate::index::inversion::Inversion;
use crate::index::pair_filter;
use crate::index::propose::SCAN_BYTES;
use crate::index::rare_pairs;
use crate::index::short_forms::{self, Introduced};
use crate::index::words::{self, Words};
use crate::index::xxh3;

/// Gathers documents; [`ShelfBuilder::finish`] gives the file.
#[derive(Debug, Default)]
pub(in crate::index) struct ShelfBuilder {
    originals: Vec<u8>,
    folded: String,
    bounds: BoundsBuilder,
    units: Vec<UnitRecord>,
    inversion: Inversion,
    words: Words,
    documents: BTreeMap<String, DocumentParts>,
    /// Length of the heads and trees in `documents`.
    data_bytes: usize,
}

#[derive(Debug)]
struct DocumentParts {
    head: Vec<u8>,
    tree: Vec<u8>,
    checksum: u64,
    units: (u32, u32),
    short_forms: Vec<(String, String)>,
}

/// What the pairs and words of a shelf tell.
struct Told {
    /// Words and single characters, sorted, with the number of units or of neighbours.
    words: Vec<(String, u32)>,
    /// Strings that may be frequent.
    candidates: Vec<String>,
    /// The filter of pairs.
    pairs: Vec<u8>,
    /// The section of rare pairs.
    rare_pairs: Vec<u8>,
}

impl ShelfBuilder {
    pub(in crate::index) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Length of the file so far, but for its footer and its records of documents.
    pub(in crate::index) fn bytes(&self) -> usize {
        self.originals.len() + self.folded.len() + self.bounds.bits().len() + self.units.len() * UNIT_BYTES + self.data_bytes
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
                folded: folded + offset(unit.folded),
                original: original + offset(unit.original),
                parent: unit.parent,
                standing: unit.standing,
                title: unit.title,
            });
        }
        self.inversion.push(first, &prepared.pairs);
        self.words.push(prepared.words);
        self.bounds.append(&prepared.bounds);
        self.folded.push_str(&prepared.folded);
        self.originals.extend(&prepared.originals);
        self.data_bytes += prepared.head.len() + prepared.tree.len();
        let units = (first, offset(prepared.units.len()));
        let Prepared { head, tree, checksum, short_forms, .. } = prepared;
        let parts = DocumentParts { head, tree, checksum, units, short_forms };
        self.documents.insert(prepared.id, parts);
    }

    /// Writes the file, while `write_segment` is given what tantivy gets to know; gives the length of the file and its checksum.
    pub(in crate::index) fn finish<Segment: Send>(
        mut self,
        file: &mut dyn Write,
        write_segment: impl FnOnce(Inversion) -> tantivy::Result<Segment> + Send,
    ) -> tantivy::Result<(Segment, u64, u32)> {
        let mut words = std::mem::take(&mut self.words).sorted();
        let mut inversion = std::mem::take(&mut self.inversion);
        inversion.settle();
        let is_scanned = self.folded.len() <= SCAN_BYTES;
        let candidates = if is_scanned { Vec::new() } else { candidates(&inversion, &words, self.units.len()) };
        let pairs = pair_filter::write(inversion.pairs().count(), inversion.pairs());
        let rare_pairs = if is_scanned { Vec::new() } else { rare_pairs::write(inversion.rare(rare_pairs::MOST)) };
        words.extend(inversion.neighbours().into_iter().map(|(character, neighbours)| (character.to_string(), neighbours)));
        words.sort_unstable();
        thread::scope(|scope| {
            let segment = scope.spawn(|| write_segment(inversion));
            let (length, checksum) = self.write(file, Told { words, candidates, pairs, rare_pairs })?;
            let segment = segment.join().unwrap_or_else(|_| Err(io::Error::other("writing a segment broke down").into()))?;
            Ok((segment, length, checksum))
        })
    }

    /// Writes the sections; gives their length and checksum.
    fn write(self, file: &mut dyn Write, told: Told) -> io::Result<(u64, u32)> {
        let Told { words, candidates, pairs, rare_pairs } = told;
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
            short_forms.extend(parts.short_forms.iter().map(|(full, short)| Introduced { document: offset(ordinal), full, short }));
        }
        arrivals.sort_unstable();
        let short_forms = short_forms::write(&short_forms);
        let checksums = checksums::write(self.documents.values().map(|parts| parts.checksum));
        let of_ids = checksums::write(self.documents.keys().map(|id| checksums::beginning(&sha256(id.as_bytes()))));
        drop(self.documents);
        let texts = Texts { folded: &self.folded, units: &self.units, arrivals: &arrivals, bounds: self.bounds.bits() };
        let mut units = Vec::with_capacity(self.units.len() * UNIT_BYTES);
        self.units.iter().for_each(|unit| unit.write(&mut units));
        let arrived = records::write_arrivals(&arrivals);
        let words = words::write(&words);
        let mut sections = Sections::new(file);
        let frequent = thread::scope(|scope| {
            // What is frequent takes some time to be known; what stands before it in the file is written meanwhile.
            let counting = (!candidates.is_empty()).then(|| scope.spawn(|| frequent::write(&gather(texts, candidates))));
            for section in [&self.originals, self.folded.as_bytes(), self.bounds.bits(), &units, &arrived, &records, &data] {
                sections.put(section)?;
            }
            let broke_down = |_| io::Error::other("counting what is frequent broke down");
            counting.map_or_else(|| Ok(Vec::new()), |counting| counting.join().map_err(broke_down))
        })?;
        for section in [frequent, short_forms, words, checksums, of_ids, pairs, rare_pairs] {
            sections.put(&section)?;
        }
        sections.finish()
    }
}

/// The sections of a file, written one after another; how long they are stands behind them.
struct Sections<'file> {
    file: &'file mut dyn Write,
    lengths: Vec<u8>,
    length: u64,
    checksum: xxh3::Hasher,
}

impl<'file> Sections<'file> {
    fn new(file: &'file mut dyn Write) -> Self {
        Self { file, lengths: Vec::with_capacity(FOOTER), length: 0, checksum: xxh3::Hasher::default() }
    }

    fn put(&mut self, section: &[u8]) -> io::Result<()> {
        self.lengths.extend((section.len() as u64).to_le_bytes());
        self.append(section)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.checksum.update(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Closes the file; gives its length and the checksum of all.
    fn finish(mut self) -> io::Result<(u64, u32)> {
        let mut footer = std::mem::take(&mut self.lengths);
        footer.extend(MAGIC);
        self.append(&footer)?;
        Ok((self.length, self.checksum.finish()))
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
