//! Proposing: which units have to be looked at, so that none that matches is left out.

use tantivy::DocId;

use super::engine::Search;
use super::error::IndexError;
use super::grams::{Lookup, lookup};
use super::matcher::Level;
use super::open::Index;
use super::postings::{Segment, both, either};
use super::shelf::records::UnitKey;
use super::shelf::{Shelf, Unit};
use crate::query::{Clause, Term};

/// Libraries whose folded texts are no longer than this many bytes are scanned: it takes less time than asking the index.
pub(super) const SCAN_BYTES: usize = 1 << 20;

impl<'search> Search<'search> {
    /// Every unit that may fulfil the query at this level, in the order of the shelves.
    pub(super) fn proposed(&self, level: Level) -> Result<Vec<Unit<'search>>, IndexError> {
        let index = self.index;
        if index.is_small() {
            return Ok(index.shelves.iter().flat_map(Shelf::units).collect());
        }
        Ok(index.units(&self.proposed_keys(level, |_| true)?))
    }

    /// The units of a shelf that may hold any of these folded strings, in order.
    pub(super) fn hold_any(&self, shelf: &'search Shelf, strings: &[&str]) -> Result<Vec<Unit<'search>>, IndexError> {
        if strings.is_empty() {
            return Ok(Vec::new());
        }
        let may_hold = |segment: &Segment<'_>| by_any(strings.iter().map(|string| segment.may_hold(string)));
        Ok(self.index.units(&self.index.keys(|other| other.number == shelf.number, may_hold)?))
    }

    /// What may fulfil the query by the index, whatever the size of the library, on the shelves that are wanted.
    pub(super) fn proposed_keys(&self, level: Level, is_wanted: impl Fn(&Shelf) -> bool) -> Result<Vec<UnitKey>, IndexError> {
        self.index.keys(is_wanted, |segment| match (self.clause, level) {
            // What holds the term as it was typed has been found before.
            (Clause::Term(term), Level::Synonyms) => by_any(synonyms(term).map(|form| segment.may_hold(form))),
            (clause, level) => proposed_by(clause, segment, level),
        })
    }
}

impl Index {
    /// Whether reading all texts is the quickest way to find something.
    pub(super) fn is_small(&self) -> bool {
        self.shelves.iter().map(Shelf::scan_bytes).sum::<usize>() <= SCAN_BYTES
    }

    /// The keys, sorted, of what is proposed on the shelves that are wanted.
    fn keys(
        &self,
        is_wanted: impl Fn(&Shelf) -> bool,
        propose: impl Fn(&Segment<'_>) -> Proposed,
    ) -> Result<Vec<UnitKey>, IndexError> {
        let mut keys = Vec::new();
        for segment in self.segments_of(is_wanted) {
            let segment = segment?;
            match propose(&segment)? {
                Some(units) => keys.extend(segment.keys(units)),
                None => keys.extend(segment.keys(0..segment.unit_count())),
            }
        }
        keys.sort_unstable();
        Ok(keys)
    }

    /// The units of these keys, which are sorted.
    pub(super) fn units(&self, keys: &[UnitKey]) -> Vec<Unit<'_>> {
        let mut shelf: Option<&Shelf> = None;
        let mut units = Vec::with_capacity(keys.len());
        for key in keys {
            if shelf.is_none_or(|shelf| shelf.number != key.shelf) {
                shelf = self.shelves.iter().find(|shelf| shelf.number == key.shelf);
            }
            units.extend(shelf.and_then(|shelf| shelf.unit(key.ordinal)));
        }
        units
    }

    /// How many units at most may hold a folded string: what its rarest pair says, however the units are spread over segments.
    pub(super) fn at_most(&self, folded: &str) -> Result<u32, IndexError> {
        let mut least = self.segments.unit_count();
        let Some(Lookup::Pairs(pairs)) = lookup(folded) else { return Ok(least) };
        let segments = self.segments_of(|_| true).collect::<Result<Vec<_>, _>>()?;
        for pair in pairs {
            let mut units = 0;
            for segment in &segments {
                units += segment.hold_pair(pair)?;
            }
            least = least.min(units);
        }
        Ok(least)
    }
}

/// The units of a segment that may fulfil a clause; none where that may be any.
fn proposed_by(clause: &Clause, segment: &Segment<'_>, level: Level) -> Result<Option<Vec<DocId>>, IndexError> {
    match clause {
        Clause::Term(term) => proposed_by_term(term, segment, level),
        Clause::Near(terms, _) => by_all(terms.iter().map(|term| proposed_by_term(term, segment, level))),
        Clause::All(clauses) => by_all(clauses.iter().map(|clause| proposed_by(clause, segment, level))),
        Clause::Any(clauses) => by_any(clauses.iter().map(|clause| proposed_by(clause, segment, level))),
        Clause::In(_, clause) => proposed_by(clause, segment, level),
        Clause::Not(_) | Clause::Only(_) => Ok(None),
    }
}

fn proposed_by_term(term: &Term, segment: &Segment<'_>, level: Level) -> Result<Option<Vec<DocId>>, IndexError> {
    let synonyms = synonyms(term).filter(|_| level == Level::Synonyms);
    by_any(term.typed_forms().chain(synonyms).map(|form| segment.may_hold(form)))
}

/// The folded synonyms of a term.
fn synonyms(term: &Term) -> impl Iterator<Item = &str> {
    term.synonyms().map(|form| form.folded.as_str())
}

/// Units that are proposed; none where that may be any.
type Proposed = Result<Option<Vec<DocId>>, IndexError>;

fn by_all(parts: impl Iterator<Item = Proposed>) -> Proposed {
    let mut proposed: Option<Vec<DocId>> = None;
    for part in parts {
        proposed = match (proposed, part?) {
            (None, part) => part,
            (some, None) => some,
            (Some(left), Some(right)) => Some(both(left, &right)),
        };
    }
    Ok(proposed)
}

fn by_any(parts: impl Iterator<Item = Proposed>) -> Proposed {
    let mut proposed = Vec::new();
    for part in parts {
        match part? {
            None => return Ok(None),
            Some(part) => proposed = either(proposed, part),
        }
    }
    Ok(Some(proposed))
}
