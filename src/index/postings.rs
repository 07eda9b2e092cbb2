//! What tantivy knows: which units hold which pairs.
//!
//! Sets of units are sorted lists of tantivy's own numbers, segment by segment, and become [`UnitKey`]s at the end.

use std::sync::Arc;

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::error::IndexError;
use super::grams::{Lookup, lookup};
use super::inversion::shelf_of;
use super::schema::Fields;
use super::shelf::records::UnitKey;

/// One segment, its fields opened when they are first asked for.
pub(super) struct Segment<'index> {
    reader: &'index SegmentReader,
    grams: Arc<InvertedIndexReader>,
    fields: &'index Fields,
}

impl<'index> Segment<'index> {
    pub(super) fn open(reader: &'index SegmentReader, fields: &'index Fields) -> Result<Self, IndexError> {
        Ok(Self { reader, grams: reader.inverted_index(fields.grams)?, fields })
    }

    /// The units that may hold a folded string: a superset of those that do; none where nothing in it is visible.
    pub(super) fn may_hold(&self, folded: &str) -> Result<Option<Vec<DocId>>, IndexError> {
        match lookup(folded) {
            None => Ok(None),
            Some(Lookup::Pairs(pairs)) => self.hold_all(&pairs).map(Some),
            Some(Lookup::Character(character)) => self.hold_character(character).map(Some),
        }
    }

    /// How many units hold a pair of characters, deleted ones included.
    pub(super) fn hold_pair(&self, pair: &str) -> Result<u32, IndexError> {
        self.grams.doc_freq(&Term::from_field_text(self.fields.grams, pair)).map_err(broken)
    }

    fn hold_all(&self, pairs: &[String]) -> Result<Vec<DocId>, IndexError> {
        let mut lists: Vec<SegmentPostings> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            match self
                .grams
                .read_postings(&Term::from_field_text(self.fields.grams, pair), IndexRecordOption::Basic)
                .map_err(broken)?
            {
                Some(list) => lists.push(list),
                None => return Ok(Vec::new()),
            }
        }
        lists.sort_by_key(SegmentPostings::doc_freq);
        let mut lists = lists.into_iter();
        let Some(rarest) = lists.next() else { return Ok(Vec::new()) };
        let mut units = all(rarest);
        for mut list in lists {
            // Once there are few, looking at each costs less than reading on.
            if units.len() < FEW {
                break;
            }
            units.retain(|unit| list.doc() == *unit || (list.doc() < *unit && list.seek(*unit) == *unit));
        }
        Ok(units)
    }

    fn hold_character(&self, character: char) -> Result<Vec<DocId>, IndexError> {
        let start = String::from(character);
        let mut units = Vec::new();
        let dictionary = self.grams.terms();
        let mut stream = dictionary.range().ge(start.as_bytes()).into_stream().map_err(broken)?;
        while stream.advance() && stream.key().starts_with(start.as_bytes()) {
            let list = self.grams.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic).map_err(broken)?;
            units.extend(all(list));
        }
        units.sort_unstable();
        units.dedup();
        Ok(units)
    }

    /// All units.
    pub(super) fn every(&self) -> Vec<DocId> {
        (0..self.reader.max_doc()).collect()
    }

    /// The number of the shelf that it belongs to.
    pub(super) fn shelf(&self) -> Result<u32, IndexError> {
        let segment = self.reader.segment_id();
        shelf_of(segment).ok_or_else(|| IndexError::Damaged { file: segment.uuid_string() })
    }

    /// The keys of units, those of removed documents too.
    pub(super) fn keys(&self, units: &[DocId]) -> Result<Vec<UnitKey>, IndexError> {
        let shelf = self.shelf()?;
        Ok(units.iter().map(|unit| UnitKey { shelf, ordinal: *unit }).collect())
    }
}

/// A segment that cannot be read.
fn broken(error: std::io::Error) -> IndexError {
    tantivy::TantivyError::from(error).into()
}

/// Below so many units the other pairs of a string are not asked for.
const FEW: usize = 64;

fn all(mut list: SegmentPostings) -> Vec<DocId> {
    let mut units = Vec::with_capacity(list.doc_freq() as usize);
    let mut unit = list.doc();
    while unit != TERMINATED {
        units.push(unit);
        unit = list.advance();
    }
    units
}

/// Those that are in both sorted lists.
pub(super) fn both(mut left: Vec<DocId>, right: &[DocId]) -> Vec<DocId> {
    let mut right = right.iter().peekable();
    left.retain(|unit| {
        while right.next_if(|other| **other < *unit).is_some() {}
        right.peek().is_some_and(|other| **other == *unit)
    });
    left
}

/// Those that are in either of two sorted lists.
pub(super) fn either(mut left: Vec<DocId>, right: Vec<DocId>) -> Vec<DocId> {
    if left.is_empty() {
        return right;
    }
    left.extend(right);
    left.sort_unstable();
    left.dedup();
    left
}
