//! Strings that very many units hold: how many, and which of them are the best, told without looking at them again.
//!
//! A string such as 应当 stands in a third of all units of a collection of laws. To count and rank them all takes time that grows with
//! the library, though the answer is the same every time. So a shelf of some size keeps, for its most frequent single characters,
//! pairs and words, the number of units, the number of places and the best units (“champion lists”: Manning, Raghavan and Schütze,
//! Introduction to Information Retrieval, §7.1.3). Layout, numbers little-endian: their count, a record of six numbers for each, sorted
//! by string, the ordinals of the best units, the strings.

mod gather;
mod strings;

use memchr::memmem::Finder;

use super::engine::{Findings, Found, Search};
use super::error::IndexError;
use super::matcher::{Level, Place};
use super::ranking::weigh;
use super::shelf::records::numbers;
use super::shelf::{Shelf, Unit};
use super::sums::Checked;
use crate::query::Clause;

pub(super) use gather::{Texts, candidates, gather};

/// How many of the best units are kept for each string; more are not asked for without looking at all.
pub(super) const BEST: usize = 64;

/// Numbers of a record: start and length of the string, units, places, start and length of the list of the best.
const RECORD: usize = 6;

/// What a shelf knows of one frequent string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frequent {
    pub(super) units: usize,
    pub(super) occurrences: usize,
    /// The best units, best first.
    pub(super) best: Vec<u32>,
}

/// Writes the section: strings, sorted, with what is known of them.
pub(super) fn write(frequent: &[(String, Frequent)]) -> Vec<u8> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let (mut records, mut best, mut strings) = (Vec::new(), Vec::<u8>::new(), Vec::<u8>::new());
    for (string, known) in frequent {
        let fields = [strings.len(), string.len(), known.units, known.occurrences, best.len() / 4, known.best.len()];
        records.extend(fields.into_iter().flat_map(number));
        best.extend(known.best.iter().flat_map(|ordinal| ordinal.to_le_bytes()));
        strings.extend(string.as_bytes());
    }
    let mut section = number(frequent.len()).to_vec();
    section.extend(number(best.len() / 4));
    section.extend(records);
    section.extend(best);
    section.extend(strings);
    section
}

/// Looks a folded string up in a section.
pub(super) fn find(section: Checked<'_>, string: &str) -> Option<Frequent> {
    let [count, listed]: [u32; 2] = numbers(section, 0)?;
    let (count, listed) = (count as usize, listed as usize);
    let (records, rest) = section.split_at_checked(8)?.1.split_at_checked(count.checked_mul(RECORD * 4)?)?;
    let (best, strings) = rest.split_at_checked(listed.checked_mul(4)?)?;
    let key = |at: usize| {
        let [start, length, ..]: [u32; RECORD] = numbers(records, at)?;
        strings.get(start as usize..(start as usize).checked_add(length as usize)?)
    };
    let at = super::shelf::first(count, |at| key(at).is_none_or(|key| key >= string.as_bytes()));
    if key(at)? != string.as_bytes() {
        return None;
    }
    let [_, _, units, occurrences, first, length]: [u32; RECORD] = numbers(records, at)?;
    let (first, length) = (first as usize, length as usize);
    let ordinals = best.get(first.checked_mul(4)?..first.checked_add(length)?.checked_mul(4)?)?;
    let best = ordinals.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
    Some(Frequent { units: units as usize, occurrences: occurrences as usize, best })
}

/// So many documents may have been taken off a shelf before what it knew of them is no longer subtracted.
const MOST_REMOVED: usize = 64;

impl<'search> Search<'search> {
    /// The answer to a query for one string that some shelf knows as frequent, in any of its figures; none for all other queries.
    pub(super) fn known_beforehand(&self) -> Result<Option<Findings<'search>>, IndexError> {
        let Clause::Term(term) = self.clause else { return Ok(None) };
        let plain = self.bounds.is_none() && self.prefer.is_none() && !self.details.facets;
        let Some(limit) = self.limit.filter(|limit| plain && *limit <= BEST) else { return Ok(None) };
        let mut findings = Findings::default();
        let mut unknown = Vec::new();
        for shelf in &self.index.shelves {
            match term.typed_forms().find_map(|form| Some((form, shelf.frequent(form)?))) {
                None => unknown.push(shelf),
                Some((form, known)) => {
                    let others: Vec<&str> = term.typed_forms().filter(|other| *other != form).collect();
                    let others = self.hold_any(shelf, &others)?;
                    let Some(known) = self.on_shelf(shelf, (form, &known), &others, limit)? else { return Ok(None) };
                    findings.extend(known);
                }
            }
        }
        if unknown.len() == self.index.shelves.len() {
            return Ok(None);
        }
        findings.extend(self.verify(&self.proposed_on(&unknown)?, Level::Typed)?);
        super::engine::keep_best(&mut findings.best, self.limit);
        Ok(Some(findings))
    }

    /// What a shelf knows of a form of the term, less what has been taken off it since, with the units that hold `others` of its forms;
    /// none where that leaves too little.
    fn on_shelf(
        &self,
        shelf: &'search Shelf,
        (form, known): (&str, &Frequent),
        others: &[Unit<'search>],
        limit: usize,
    ) -> Result<Option<Findings<'search>>, IndexError> {
        if shelf.removed().len() > MOST_REMOVED {
            return Ok(None);
        }
        let mut findings = Findings { units: known.units, occurrences: known.occurrences, ..Findings::default() };
        let form = Finder::new(form);
        let count = |unit: &Unit<'_>| form.find_iter(unit.folded).count();
        for document in shelf.removed() {
            let record = shelf.document_record(*document).ok_or_else(|| shelf.damaged())?;
            let units = (record.units.0..record.units.0 + record.units.1).filter_map(|ordinal| shelf.unit(ordinal));
            for here in units.map(|unit| count(&unit)).filter(|here| *here > 0) {
                findings.units = findings.units.saturating_sub(1);
                findings.occurrences = findings.occurrences.saturating_sub(here);
            }
        }
        let mut places = Vec::new();
        for unit in others.iter().filter(|unit| !unit.is_removed()) {
            let Some(found) = self.found(unit, &mut places)? else { continue };
            let here = count(unit);
            findings.units += usize::from(here == 0);
            findings.occurrences = findings.occurrences.saturating_sub(here) + found.tally.occurrences as usize;
            findings.best.push(found);
        }
        // They are in the order that `weigh` gives them.
        let wanted = limit.min(findings.units.saturating_sub(findings.best.len()));
        let is_other = |unit: &Unit<'_>| others.binary_search_by_key(&unit.ordinal, |other| other.ordinal).is_ok();
        let best = known.best.iter().filter_map(|ordinal| shelf.unit(*ordinal));
        let mut taken = 0;
        for unit in best.filter(|unit| !unit.is_removed() && !is_other(unit)).take(wanted) {
            if let Some(found) = self.found(&unit, &mut places)? {
                findings.best.push(found);
                taken += 1;
            }
        }
        Ok((taken >= wanted).then_some(findings))
    }

    /// A unit with its tally, where it fulfils the query.
    fn found(&self, unit: &Unit<'search>, places: &mut Vec<Place>) -> Result<Option<Found<'search>>, IndexError> {
        if !self.matcher.test(unit, Level::Typed, places)? {
            return Ok(None);
        }
        places.sort_unstable();
        Ok(Some(Found { unit: *unit, tally: weigh(unit, places, &self.weights) }))
    }

    /// Every unit of these shelves that may fulfil the query.
    fn proposed_on(&self, shelves: &[&'search Shelf]) -> Result<Vec<Unit<'search>>, IndexError> {
        if shelves.iter().map(|shelf| shelf.scan_bytes()).sum::<usize>() <= super::propose::SCAN_BYTES {
            return Ok(shelves.iter().flat_map(|shelf| shelf.units()).collect());
        }
        let keys = self.proposed_keys(Level::Typed, |number| shelves.iter().any(|shelf| shelf.number == number))?;
        Ok(self.index.units(&keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_with_what_is_known_of_them() {
        let known = |units, best: &[u32]| Frequent { units, occurrences: units + 1, best: best.to_vec() };
        let frequent =
            [("应当".to_owned(), known(3, &[7, 1])), ("的".to_owned(), known(9, &[])), ("规定".to_owned(), known(4, &[2]))];
        let section = write(&frequent);
        for (string, expected) in &frequent {
            assert_eq!(find(section.as_slice().into(), string).as_ref(), Some(expected));
        }
        assert_eq!(find(section.as_slice().into(), "应"), None);
        assert_eq!(find(section.as_slice().into(), "规定的"), None);
        for length in 0..section.len() {
            // A section cut short is no harm; what can still be read is right.
            let cut = section.get(..length).unwrap_or_default();
            assert!(find(cut.into(), "应当").is_none_or(|found| found.units == 3));
        }
    }
}
