//! Where the terms of a query stand in a unit: the check that every hit passes, whatever proposed it.

use std::ops::Range;

use memchr::memmem::Finder;

use super::shelf::{Shelf, UnitRecord};
use crate::query::Query;

/// The terms of a query, ready to be looked for in many texts.
pub(super) struct Terms<'query> {
    finders: Vec<Finder<'query>>,
}

/// What is known of one unit that holds all the terms.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Tally {
    /// Places in the text, each term counted without overlaps of its own.
    pub(super) occurrences: u32,
    /// How many terms stand as whole words somewhere in the unit.
    pub(super) whole_words: u32,
    /// How many terms stand in its title.
    pub(super) in_title: u32,
}

impl<'query> Terms<'query> {
    pub(super) fn new(query: &'query Query) -> Self {
        Self { finders: query.terms().into_iter().map(|term| Finder::new(term.folded.as_bytes())).collect() }
    }

    pub(super) fn count(&self) -> usize {
        self.finders.len()
    }

    /// The longest term, which is likely to be the rarest.
    pub(super) fn longest(&self) -> Option<&Finder<'query>> {
        self.finders.iter().max_by_key(|finder| finder.needle().len())
    }

    /// Counts the terms in a unit; none where one of them is missing.
    pub(super) fn tally(&self, shelf: &Shelf, unit: &UnitRecord) -> Option<Tally> {
        let text = shelf.folded_text(unit);
        let mut tally = Tally::default();
        for finder in &self.finders {
            let (mut found, mut whole, mut titled) = (0, false, false);
            for start in finder.find_iter(text) {
                let end = start + finder.needle().len();
                found += 1;
                whole = whole || is_whole(shelf, unit, start..end);
                titled = titled || (start >= unit.title.0 as usize && end <= unit.title.1 as usize);
            }
            if found == 0 {
                return None;
            }
            tally.occurrences += found;
            tally.whole_words += u32::from(whole);
            tally.in_title += u32::from(titled);
        }
        Some(tally)
    }

    /// All places of all terms in a folded text, in order, those of several terms that overlap merged.
    pub(super) fn places(&self, folded: &[u8]) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = self
            .finders
            .iter()
            .flat_map(|finder| finder.find_iter(folded).map(|start| start..start + finder.needle().len()))
            .collect();
        if self.finders.len() > 1 {
            merge_overlaps(&mut places);
        }
        places
    }
}

/// Whether a place begins and ends where words do.
fn is_whole(shelf: &Shelf, unit: &UnitRecord, place: Range<usize>) -> bool {
    let base = unit.folded.0 as usize;
    shelf.is_bound(base + place.start) && shelf.is_bound(base + place.end)
}

fn merge_overlaps(places: &mut Vec<Range<usize>>) {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    places.dedup_by(|next, kept| {
        let overlaps = next.start < kept.end;
        if overlaps {
            kept.end = kept.end.max(next.end);
        }
        overlaps
    });
}
