//! Turning texts around: from the units, each with its pairs of neighbours, to the pairs, each with its units.
//!
//! Documents are cut into pairs side by side ([`Pairs`]); a shelf gathers them in one list of units for each pair ([`Inversion`])
//! and writes these as one segment of tantivy, in which units have the numbers that they have on the shelf. tantivy would do the same
//! with a look-up in a large table for every character of the text, of which hardly one finds its place in the memory next to the
//! processor; here the pairs of many documents are dealt out by their first characters, and each small table gets all of its own at once.

use rustc_hash::FxHashMap;
use tantivy::columnar::ColumnarWriter;
use tantivy::directory::{Directory, TerminatingWrite};
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{Index, SegmentComponent, SegmentId, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::store::{Compressor, StoreWriter};

use super::grams::{PAIR_BITS, Pair, pairs};
use super::schema::Fields;
use super::varint;

/// So many pairs are gathered before they are put into their lists: those of several documents, so that what a table needs is fetched
/// once for all of them.
const BATCH: usize = 1 << 20;

/// The tables that pairs are dealt out to, by the last bits of their first character.
const TABLES: usize = 256;

/// Bits for the number of a unit in a run or a batch.
const UNIT_BITS: u32 = u64::BITS - PAIR_BITS;

/// So many units are numbered from the first of a run; so many more may stand before the run in its batch.
const MOST_UNITS: u32 = 1 << (UNIT_BITS - 1);

/// The pairs of a document's units.
#[derive(Debug, Default)]
pub(in crate::index) struct Pairs {
    /// A pair, and the number of the unit that holds it counted from the first of its run, in one number; in the order of the text.
    entries: Vec<u64>,
    /// The first unit of each run, and where the run begins in `entries`.
    runs: Vec<(u32, usize)>,
}

impl Pairs {
    /// Takes the pairs of a unit; units come in order.
    pub(in crate::index) fn push(&mut self, unit: u32, folded: &str) {
        let first = match self.runs.last() {
            Some((first, _)) if unit - first < MOST_UNITS => *first,
            Some(_) | None => {
                self.runs.push((unit, self.entries.len()));
                unit
            }
        };
        let unit = u64::from(unit - first);
        self.entries.extend(pairs(folded).map(|pair| pair.number() << UNIT_BITS | unit));
    }

    /// Gives back the room that is left over, after the last unit.
    pub(in crate::index) fn close(&mut self) {
        self.entries.shrink_to_fit();
    }

    /// The runs: the first unit of each, and its entries.
    fn runs(&self) -> impl Iterator<Item = (u32, &[u64])> {
        let ends = self.runs.iter().skip(1).map(|(_, begin)| *begin).chain([self.entries.len()]);
        self.runs.iter().zip(ends).map(|((first, begin), end)| (*first, self.entries.get(*begin..end).unwrap_or_default()))
    }
}

/// The units that hold a pair.
#[derive(Debug, Default)]
struct Units {
    /// How far each unit is from the one before it: see [`varint`].
    distances: Vec<u8>,
    last: u32,
    count: u32,
}

impl Units {
    /// Takes a unit that is not before the last one.
    fn push(&mut self, unit: u32) {
        if self.count == 0 || unit > self.last {
            varint::put(&mut self.distances, u64::from(unit.saturating_sub(self.last)));
            self.last = unit;
            self.count += 1;
        }
    }

    /// The units, in order.
    fn iter(&self) -> impl Iterator<Item = u32> {
        varint::sums(&self.distances)
    }
}

/// The pairs of a shelf with their units.
#[derive(Debug)]
pub(in crate::index) struct Inversion {
    tables: Vec<Table>,
    /// How many entries wait in the tables.
    waiting: usize,
    /// The unit that units are counted from in what waits.
    first: u32,
}

/// The pairs that begin with some of the characters.
#[derive(Debug, Default)]
struct Table {
    units: FxHashMap<Pair, Units>,
    /// As in [`Pairs`], in the order of the units: what has not been put into the lists.
    waiting: Vec<u64>,
}

impl Table {
    /// Puts what waits, whose units are counted from this one, into the lists.
    fn settle(&mut self, first: u32) {
        for entry in self.waiting.drain(..) {
            let unit = u32::try_from(entry & ((1 << UNIT_BITS) - 1)).unwrap_or_default();
            self.units.entry(Pair::new(entry >> UNIT_BITS)).or_default().push(first.saturating_add(unit));
        }
    }
}

impl Default for Inversion {
    fn default() -> Self {
        Self { tables: std::iter::repeat_with(Table::default).take(TABLES).collect(), waiting: 0, first: 0 }
    }
}

impl Inversion {
    /// Takes the pairs of a document whose first unit has the number `first` on the shelf.
    pub(in crate::index) fn push(&mut self, first: u32, pairs: &Pairs) {
        for (base, entries) in pairs.runs() {
            let begun = first.saturating_add(base);
            for entries in entries.chunks(BATCH) {
                if self.waiting >= BATCH || begun - self.first >= MOST_UNITS {
                    self.settle();
                    self.first = begun;
                }
                let before = u64::from(begun - self.first);
                for entry in entries {
                    let first = usize::try_from(Pair::new(entry >> UNIT_BITS).first_code()).unwrap_or_default();
                    if let Some(table) = self.tables.get_mut(first % TABLES) {
                        table.waiting.push(entry + before);
                    }
                }
                self.waiting += entries.len();
            }
        }
    }

    /// Puts what waits into the lists: to be called after the last document.
    pub(in crate::index) fn settle(&mut self) {
        self.tables.iter_mut().for_each(|table| table.settle(self.first));
        self.waiting = 0;
    }

    fn units(&self) -> impl Iterator<Item = (&Pair, &Units)> + Clone {
        self.tables.iter().flat_map(|table| &table.units)
    }

    /// All pairs, in no order.
    pub(in crate::index) fn pairs(&self) -> impl Iterator<Item = Pair> {
        self.units().map(|(pair, _)| *pair)
    }

    /// All pairs, in no order, with the distances between their units, the first from 0, where these are no more than `most`: see [`varint`].
    pub(in crate::index) fn rare(&self, most: u32) -> impl Iterator<Item = (Pair, Option<&[u8]>)> + Clone {
        self.units().map(move |(pair, units)| (*pair, Some(units.distances.as_slice()).filter(|_| units.count <= most)))
    }

    /// The pairs that no fewer units than these hold, with their number, sorted.
    pub(in crate::index) fn frequent(&self, least: u32) -> Vec<(Pair, u32)> {
        let frequent = self.units().map(|(pair, units)| (*pair, units.count)).filter(|(_, count)| *count >= least);
        let mut frequent: Vec<_> = frequent.collect();
        frequent.sort_unstable();
        frequent
    }

    /// The characters that may stand in no fewer units than these, with a number that theirs does not exceed, sorted.
    pub(in crate::index) fn frequent_characters(&self, least: u32) -> Vec<(char, u32)> {
        let mut counts: FxHashMap<char, u32> = FxHashMap::default();
        for (pair, units) in self.units() {
            *counts.entry(pair.first()).or_default() += units.count;
        }
        let mut frequent: Vec<_> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
        frequent.sort_unstable();
        frequent
    }

    /// The Chinese characters, with the number of different neighbours that follow them, sorted.
    pub(in crate::index) fn neighbours(&self) -> Vec<(char, u32)> {
        let mut counts: FxHashMap<char, u32> = FxHashMap::default();
        for (pair, _) in self.units().filter(|(pair, _)| pair.first() >= '\u{2E80}') {
            *counts.entry(pair.first()).or_default() += 1;
        }
        let mut neighbours: Vec<_> = counts.into_iter().collect();
        neighbours.sort_unstable();
        neighbours
    }

    /// Writes the segment of the shelf of this number, which has so many units.
    ///
    /// # Errors
    /// Where the disk fails.
    pub(in crate::index) fn write(self, index: &Index, shelf: u32, units: u32) -> tantivy::Result<SegmentMeta> {
        let fields = Fields::new();
        let segment = index.segment(index.new_segment_meta(segment_id(shelf)?, units));
        for component in [
            SegmentComponent::Terms,
            SegmentComponent::Postings,
            SegmentComponent::Positions,
            SegmentComponent::FastFields,
            SegmentComponent::FieldNorms,
            SegmentComponent::Store,
        ] {
            // One that was killed may have left it behind.
            let _ = index.directory().delete(&segment.relative_path(component));
        }
        // Segments have all their files, those too that hold nothing.
        FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?.close()?;
        StoreWriter::new(segment.open_write(SegmentComponent::Store)?, Compressor::None, 0, false)?.close()?;
        let mut columns = segment.open_write(SegmentComponent::FastFields)?;
        ColumnarWriter::default().serialize(units, None, &mut columns)?;
        columns.terminate()?;
        let mut serializer = InvertedIndexSerializer::open(&segment)?;
        let mut lists: Vec<(Pair, Units)> = self.tables.into_iter().flat_map(|table| table.units).collect();
        lists.sort_unstable_by_key(|(pair, _)| (Fields::part(pair.first()), *pair));
        let mut lists = lists.into_iter().peekable();
        while let Some(part) = lists.peek().map(|(pair, _)| Fields::part(pair.first())) {
            let mut of_part = std::iter::from_fn(|| lists.next_if(|(pair, _)| Fields::part(pair.first()) == part));
            let Some(field) = fields.grams().get(part) else {
                of_part.by_ref().for_each(drop);
                continue;
            };
            let mut field = serializer.new_field(*field, 0, None)?;
            // Each is given back as soon as it is written: the next shelf is being filled meanwhile.
            for (pair, units) in of_part {
                field.new_term(pair.text().as_bytes(), units.count, false)?;
                units.iter().for_each(|unit| field.write_doc(unit, 0, &[]));
                field.close_term()?;
            }
            field.close()?;
        }
        serializer.close()?;
        Ok(segment.meta().clone())
    }
}

/// The name of the segment that belongs to a shelf: its number.
pub(in crate::index) fn segment_id(shelf: u32) -> tantivy::Result<SegmentId> {
    SegmentId::from_uuid_string(&format!("{shelf:032x}")).map_err(|error| tantivy::TantivyError::InvalidArgument(error.to_string()))
}

/// The shelf that a segment belongs to; none where it is not ours.
pub(in crate::index) fn shelf_of(segment: SegmentId) -> Option<u32> {
    u32::from_str_radix(&segment.uuid_string(), 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(documents: &[&[&str]]) -> Vec<(String, Vec<u32>)> {
        let mut inversion = Inversion::default();
        let mut first = 0;
        for document in documents {
            let mut pairs = Pairs::default();
            for (unit, folded) in (0..).zip(*document) {
                pairs.push(unit, folded);
            }
            pairs.close();
            inversion.push(first, &pairs);
            first += u32::try_from(document.len()).unwrap();
        }
        inversion.settle();
        let mut lists: Vec<_> = inversion.units().map(|(pair, units)| (pair.text(), units.iter().collect())).collect();
        lists.sort_unstable();
        lists
    }

    #[test]
    fn every_pair_has_the_units_that_hold_it() {
        let found = lists(&[&["易货", "货易货", ""], &["易货易货"]]);
        let expected = [("易货", vec![0, 1, 3]), ("货\n", vec![0, 1, 3]), ("货易", vec![1, 3])];
        assert_eq!(found, expected.map(|(pair, units)| (pair.to_owned(), units)));
    }

    #[test]
    fn long_documents_are_put_into_the_lists_bit_by_bit() {
        let long = "湘品出湘".repeat(BATCH / 8);
        let found = lists(&[&[&long, "出湘", &long, &long, "湘品"]]);
        assert_eq!(found.iter().find(|(pair, _)| pair == "出湘").unwrap().1, [0, 1, 2, 3]);
        assert_eq!(found.iter().find(|(pair, _)| pair == "湘品").unwrap().1, [0, 2, 3, 4]);
    }

    #[test]
    fn segments_are_named_by_shelves() {
        for shelf in [1, 17, u32::MAX] {
            assert_eq!(shelf_of(segment_id(shelf).unwrap()), Some(shelf));
        }
        assert_eq!(shelf_of(SegmentId::generate_random()), None);
    }
}
