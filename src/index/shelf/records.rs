//! The records of a shelf: fixed numbers about units and documents, little-endian, read in place.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::node::NodeIndex;
use crate::index::sums::Checked;

/// Where a unit is: the number of its shelf, and its ordinal there, which is its number in the segment of the shelf too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::index) struct UnitKey {
    pub(in crate::index) shelf: u32,
    pub(in crate::index) ordinal: u32,
}

/// What a unit is in its document, as far as the order of results is concerned; the first stands before the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(in crate::index) enum Standing {
    /// A heading or a numbered thing: chapter, measure, article, box.
    Measure,
    /// A row of the table of indicators.
    Indicator,
    /// A bullet, a further paragraph of an article, a row or head of another table.
    Point,
    /// Running text.
    #[default]
    Text,
    /// A few words that are no sentence: what is left of a table, a signature.
    Fragment,
    /// Text that stands before the headings that treat what it lists, and the front matter.
    Preamble,
}

impl Standing {
    pub(in crate::index) const fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::Measure,
            1 => Self::Indicator,
            2 => Self::Point,
            3 => Self::Text,
            4 => Self::Fragment,
            _ => Self::Preamble,
        }
    }

    /// That of every node of a document, in reading order.
    pub(in crate::index) fn all(document: &Document) -> Vec<Self> {
        // For each parent (and for the top level) the last heading right below it.
        let mut last_heading = BTreeMap::new();
        for (index, node) in document.walk().filter(|(_, node)| heads(node.kind)) {
            last_heading.insert(node.parent, index);
        }
        let indicators: BTreeSet<NodeIndex> = document.indicators.iter().map(|indicator| indicator.node).collect();
        let mut article_end = NodeIndex(0);
        let mut standings = Vec::with_capacity(document.nodes.len());
        for (index, node) in document.walk() {
            if node.kind == Kind::Article {
                article_end = node.subtree_end;
            }
            let precedes_heading = last_heading.get(&node.parent).is_some_and(|last| *last > index);
            let is = |kind: Kind| node.kind == kind;
            // 项 and 目 of a law are parts of their article.
            let is_part = (is(Kind::Item) || is(Kind::Subitem)) && index < article_end;
            standings.push(if is_part {
                Self::Point
            } else if is(Kind::Row) && indicators.contains(&index) {
                Self::Indicator
            } else if is(Kind::Paragraph) && precedes_heading {
                Self::Preamble
            } else if is(Kind::Paragraph) && is_fragment(document.unit_text(node)) {
                Self::Fragment
            } else {
                Self::usual(node.kind)
            });
        }
        standings
    }

    const fn usual(kind: Kind) -> Self {
        match kind {
            Kind::Part
            | Kind::Chapter
            | Kind::Section
            | Kind::Measure
            | Kind::Item
            | Kind::Subitem
            | Kind::Article
            | Kind::Box
            | Kind::Annex => Self::Measure,
            Kind::Bullet | Kind::Clause | Kind::Row | Kind::Table => Self::Point,
            Kind::Front => Self::Preamble,
            Kind::Paragraph => Self::Text,
        }
    }
}

/// Whether a text is too short for a sentence and has no mark that ends one.
fn is_fragment(text: &str) -> bool {
    text.chars().nth(SENTENCE).is_none() && !text.contains(['。', '；', '：', '！', '？'])
}

/// So many characters are a sentence, whatever ends them.
const SENTENCE: usize = 40;

/// Whether what stands before such a node under the same parent only leads up to it.
const fn heads(kind: Kind) -> bool {
    match kind {
        Kind::Part | Kind::Chapter | Kind::Section | Kind::Measure | Kind::Article => true,
        Kind::Item
        | Kind::Subitem
        | Kind::Front
        | Kind::Clause
        | Kind::Box
        | Kind::Annex
        | Kind::Table
        | Kind::Row
        | Kind::Bullet
        | Kind::Paragraph => false,
    }
}

/// What is kept of a unit; there is one for every node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::index) struct UnitRecord {
    /// Where its folded text begins in `folded`; it ends before the closing `\n`.
    pub(in crate::index) folded: u32,
    /// Where its original begins in its section.
    pub(in crate::index) original: u32,
    /// How many units before it its parent stands; 0 at the top level.
    pub(in crate::index) parent: u32,
    /// What it is.
    pub(in crate::index) standing: Standing,
    /// Where its title (the name, for an indicator) begins and ends, from the start of its folded text; equal where it has none.
    pub(in crate::index) title: (u16, u16),
}

pub(in crate::index) const UNIT_BYTES: usize = 4 * 4;

impl UnitRecord {
    pub(in crate::index) fn write(&self, section: &mut Vec<u8>) {
        section.extend(self.folded.to_le_bytes());
        section.extend(self.original.to_le_bytes());
        section.extend((self.parent << 8 | self.standing as u32).to_le_bytes());
        section.extend(self.title.0.to_le_bytes());
        section.extend(self.title.1.to_le_bytes());
    }

    pub(in crate::index) fn read(section: Checked<'_>, ordinal: usize) -> Option<Self> {
        numbers(section, ordinal).map(Self::of)
    }

    /// A record and the one behind it, if there is one.
    pub(in crate::index) fn read_with_next(section: Checked<'_>, ordinal: usize) -> Option<(Self, Option<Self>)> {
        let start = ordinal.checked_mul(UNIT_BYTES)?;
        let Some(both) = section.get(start..start.checked_add(2 * UNIT_BYTES)?) else {
            return Some((Self::read(section, ordinal)?, Self::read(section, ordinal + 1)));
        };
        let [record, next] = both.as_chunks::<4>().0.as_chunks::<4>().0 else { return None };
        Some((Self::of(record.map(u32::from_le_bytes)), Some(Self::of(next.map(u32::from_le_bytes)))))
    }

    fn of([folded, original, parent, title]: [u32; 4]) -> Self {
        let [title_start, title_start_high, title_end, title_end_high] = title.to_le_bytes();
        let [standing, ..] = parent.to_le_bytes();
        Self {
            folded,
            original,
            parent: parent >> 8,
            standing: Standing::from_byte(standing),
            title: (u16::from_le_bytes([title_start, title_start_high]), u16::from_le_bytes([title_end, title_end_high])),
        }
    }
}

/// Where the parts of a document are: starts and lengths in the data; units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::index) struct DocumentRecord {
    pub(in crate::index) id: (u32, u32),
    pub(in crate::index) head: (u32, u32),
    pub(in crate::index) tree: (u32, u32),
    /// First unit and number of units.
    pub(in crate::index) units: (u32, u32),
}

pub(in crate::index) const DOCUMENT_BYTES: usize = 8 * 4;

impl DocumentRecord {
    pub(in crate::index) fn write(&self, section: &mut Vec<u8>) {
        for (start, length) in [self.id, self.head, self.tree, self.units] {
            section.extend(start.to_le_bytes());
            section.extend(length.to_le_bytes());
        }
    }

    pub(in crate::index) fn read(section: Checked<'_>, ordinal: usize) -> Option<Self> {
        let [id, id_length, head, head_length, tree, tree_length, unit, units] = numbers(section, ordinal)?;
        Some(Self { id: (id, id_length), head: (head, head_length), tree: (tree, tree_length), units: (unit, units) })
    }
}

/// Bytes of an arrival: the first unit of a document, and its ordinal.
const ARRIVAL_BYTES: usize = 2 * 4;

/// So many arrivals are looked at in one piece.
const TOGETHER: usize = 64;

/// The section of arrivals, the first units of documents with their ordinals, sorted: how many there are, the first unit of each piece of them,
/// then all of them.
pub(in crate::index) fn write_arrivals(arrivals: &[(u32, u32)]) -> Vec<u8> {
    let mut section = u32::try_from(arrivals.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    section.extend(arrivals.iter().step_by(TOGETHER).flat_map(|(unit, _)| unit.to_le_bytes()));
    section.extend(arrivals.iter().flat_map(|(unit, document)| [unit.to_le_bytes(), document.to_le_bytes()]).flatten());
    section
}

/// The ordinal of the document that a unit is of, and its place among the units of the document, by a section of arrivals.
pub(in crate::index) fn arrived_with(section: Checked<'_>, unit: u32) -> Option<(u32, usize)> {
    let [count] = numbers(section, 0)?.map(|count: u32| count as usize);
    let (pieces, arrivals) = section.split_at_checked(4)?.1.split_at_checked(count.div_ceil(TOGETHER) * 4)?;
    let begins = pieces.whole()?.as_chunks::<4>().0;
    let start = begins.partition_point(|begin| u32::from_le_bytes(*begin) <= unit).checked_sub(1)? * TOGETHER;
    let piece = arrivals.get(start * ARRIVAL_BYTES..count.min(start + TOGETHER) * ARRIVAL_BYTES)?;
    let piece = piece.as_chunks::<4>().0.as_chunks::<2>().0;
    let after = piece.partition_point(|[begin, _]| u32::from_le_bytes(*begin) <= unit);
    let [begin, document] = piece.get(after.checked_sub(1)?)?.map(u32::from_le_bytes);
    Some((document, (unit - begin) as usize))
}

/// The `ordinal`-th record of `COUNT` numbers in a section.
pub(in crate::index) fn numbers<const COUNT: usize>(section: Checked<'_>, ordinal: usize) -> Option<[u32; COUNT]> {
    let start = ordinal.checked_mul(COUNT * 4)?;
    let bytes = section.get(start..start.checked_add(COUNT * 4)?)?;
    let mut numbers = [0; COUNT];
    for (number, bytes) in numbers.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *number = u32::from_le_bytes(*bytes);
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_found_with_its_document_in_any_piece_of_the_arrivals() {
        let ordinal = |number: usize| u32::try_from(number).unwrap();
        for count in [0, 1, 2, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 7] {
            // Documents of three units, their ordinals turned round.
            let arrivals: Vec<_> = (0..count).map(|at| (ordinal(3 * at), ordinal(count - at))).collect();
            let section = write_arrivals(&arrivals);
            for unit in 0..3 * count {
                let expected = Some((ordinal(count - unit / 3), unit % 3));
                assert_eq!(arrived_with(section.as_slice().into(), ordinal(unit)), expected, "unit {unit} of {count} documents");
            }
            for length in 0..section.len() {
                // A section cut short is no harm.
                let cut = section.get(..length).unwrap_or_default();
                let found = arrived_with(cut.into(), ordinal(count));
                assert!(found.is_none_or(|found| found == (ordinal(count - count / 3), count % 3)), "{length} bytes");
            }
        }
        assert_eq!(arrived_with(write_arrivals(&[]).as_slice().into(), 0), None);
    }
}
