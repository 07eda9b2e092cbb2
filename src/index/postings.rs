//! What tantivy knows: which units hold which pairs.
//!
//! Sets of units are sorted lists of tantivy's own numbers, segment by segment, and become [`UnitKey`]s at the end.

use std::sync::Arc;

use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED, Term};

use super::error::IndexError;
use super::grams::{Lookup, Pair, lookup};
use super::inversion::shelf_of;
use super::open::Index;
use super::schema::Fields;
use super::segments::{Segments, foreign};
use super::shelf::Shelf;
use super::shelf::records::UnitKey;

/// One segment; it is opened when its shelf may hold what is asked for, its fields when they are first asked for, and kept open.
pub(super) struct Segment<'index> {
    segments: &'index Segments,
    /// Which of them it is.
    place: usize,
    /// How many units it knows, those of removed documents too.
    units: u32,
    /// The shelf that it belongs to.
    pub(super) shelf: &'index Shelf,
}

impl Index {
    /// The segments of the shelves that are wanted.
    pub(super) fn segments_of(&self, is_wanted: impl Fn(&Shelf) -> bool) -> impl Iterator<Item = Result<Segment<'_>, IndexError>> {
        self.segments.names().enumerate().filter_map(move |(place, (name, units))| {
            let number = shelf_of(name);
            match self.shelves.iter().find(|shelf| Some(shelf.number) == number) {
                Some(shelf) => is_wanted(shelf).then_some(Ok(Segment { segments: &self.segments, place, units, shelf })),
                None => Some(Err(foreign(&name.uuid_string()))),
            }
        })
    }
}

impl Segment<'_> {
    /// The bigrams that begin with a character.
    fn grams(&self, first: char) -> Result<(Field, Arc<InvertedIndexReader>), IndexError> {
        let (reader, fields) = self.segments.reader(self.place)?;
        let damaged = || IndexError::Damaged { file: reader.segment_id().uuid_string() };
        let field = *fields.grams().get(Fields::part(first)).ok_or_else(damaged)?;
        Ok((field, reader.inverted_index(field)?))
    }

    /// The bigrams that begin as a pair of characters does, and the term that the pair is there.
    fn pair(&self, pair: Pair) -> Result<(Arc<InvertedIndexReader>, Term), IndexError> {
        let (field, grams) = self.grams(pair.first())?;
        Ok((grams, Term::from_field_text(field, &pair.text())))
    }

    /// The units that may hold a folded string: a superset of those that do; none where nothing in it is visible.
    pub(super) fn may_hold(&self, folded: &str) -> Result<Option<Vec<DocId>>, IndexError> {
        match lookup(folded) {
            None => Ok(None),
            Some(Lookup::Pairs(pairs)) => self.hold_all(&pairs).map(Some),
            Some(Lookup::Character(character)) => self.hold_character(character).map(Some),
        }
    }

    /// How many units at most hold a pair of characters, deleted ones included.
    pub(super) fn hold_pair(&self, pair: Pair) -> Result<u32, IndexError> {
        if !self.shelf.may_hold(pair) {
            return Ok(0);
        }
        if let Some(units) = self.shelf.units_of_rare(pair) {
            return Ok(u32::try_from(units.len()).unwrap_or(u32::MAX));
        }
        let (grams, term) = self.pair(pair)?;
        grams.doc_freq(&term).map_err(broken)
    }

    fn hold_all(&self, pairs: &[Pair]) -> Result<Vec<DocId>, IndexError> {
        if !pairs.iter().all(|pair| self.shelf.may_hold(*pair)) {
            return Ok(Vec::new());
        }
        // What is verified of so few costs less than to open the segment, which may know of fewer.
        if let Some(units) = pairs.iter().find_map(|pair| self.shelf.units_of_rare(*pair)) {
            return Ok(units);
        }
        let mut lists: Vec<SegmentPostings> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let (grams, term) = self.pair(*pair)?;
            match grams.read_postings(&term, IndexRecordOption::Basic).map_err(broken)? {
                Some(list) => lists.push(list),
                None => return Ok(Vec::new()),
            }
            if lists.last().is_some_and(|list| list.doc_freq() <= VERY_FEW) {
                break;
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
        let (_, grams) = self.grams(character)?;
        let dictionary = grams.terms();
        let mut stream = dictionary.range().ge(start.as_bytes()).into_stream().map_err(broken)?;
        while stream.advance() && stream.key().starts_with(start.as_bytes()) {
            let list = grams.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic).map_err(broken)?;
            units.extend(all(list));
        }
        units.sort_unstable();
        units.dedup();
        Ok(units)
    }

    /// How many units it knows: their numbers are the ones below.
    pub(super) const fn unit_count(&self) -> u32 {
        self.units
    }

    /// The keys of units, those of removed documents too.
    pub(super) fn keys(&self, units: impl IntoIterator<Item = DocId>) -> impl Iterator<Item = UnitKey> {
        units.into_iter().map(|ordinal| UnitKey { shelf: self.shelf.number, ordinal })
    }
}

/// A segment that cannot be read.
fn broken(error: std::io::Error) -> IndexError {
    tantivy::TantivyError::from(error).into()
}

/// Where a pair is held by so few units, the others are not even looked up: each may need another part of the dictionary, which is read and
/// checked whole.
const VERY_FEW: u32 = 16;

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
