//! Answering from what the shelves know beforehand of a frequent string: see [`frequent`](super::frequent).
//!
//! Totals are added up shelf by shelf, less what has been removed since; a shelf that knows nothing of the string is searched. Of the listed
//! units only those are read whose ranks let them be among the first.

use super::engine::{Findings, Found, Search, keep_best};
use super::error::IndexError;
use super::frequent::{BEST, Best, Frequent};
use super::matcher::{Level, Place};
use super::needle::Needle;
use super::ranking::{Tally, rank, weigh, weigh_ranked};
use super::shelf::{Shelf, Unit};
use crate::query::Clause;

/// What a shelf knows of a query.
struct OnShelf<'search> {
    /// The totals, and the units that had to be read.
    findings: Findings<'search>,
    /// The best of all others.
    listed: Vec<Best>,
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
        let (mut unknown, mut listed) = (Vec::new(), Vec::new());
        for shelf in &self.index.shelves {
            match term.typed_forms().find_map(|form| Some((form, shelf.frequent(form)?))) {
                None => unknown.push(shelf),
                Some((form, known)) => {
                    let others: Vec<&str> = term.typed_forms().filter(|other| *other != form).collect();
                    let others = self.hold_any(shelf, &others)?;
                    let Some(known) = self.on_shelf(shelf, (form, &known), &others, limit)? else { return Ok(None) };
                    findings.extend(known.findings);
                    listed.extend(known.listed.into_iter().map(|best| (shelf, best)));
                }
            }
        }
        if unknown.len() == self.index.shelves.len() {
            return Ok(None);
        }
        findings.extend(self.verify(&self.proposed_on(&unknown)?, Level::Typed)?);
        if !self.read_best(listed, limit, &mut findings.best)? {
            return Ok(None);
        }
        keep_best(&mut findings.best, self.limit);
        Ok(Some(findings))
    }

    /// Reads those of the listed units that may be among the first `limit`, beside those that have been found; whether all of them hold
    /// what they are listed for.
    fn read_best(
        &self,
        listed: Vec<(&'search Shelf, Best)>,
        limit: usize,
        best: &mut Vec<Found<'search>>,
    ) -> Result<bool, IndexError> {
        let Some(last) = limit.checked_sub(1) else { return Ok(true) };
        let found = best.iter().map(|found| rank(found.tally.score.total()));
        let mut ranks: Vec<u16> = found.chain(listed.iter().map(|(_, best)| best.rank)).collect();
        ranks.sort_unstable_by(|left, right| right.cmp(left));
        let least = ranks.get(last).copied().unwrap_or_default();
        let mut places = Vec::new();
        for (shelf, listed) in listed.into_iter().filter(|(_, best)| best.rank >= least) {
            let unit = shelf.unit(listed.ordinal).ok_or_else(|| shelf.damaged())?;
            let weigh = |places: &[Place]| weigh_ranked(&unit, places, &self.weights, listed.rank);
            let Some(found) = self.found(&unit, &mut places, weigh)? else { return Ok(false) };
            best.push(found);
        }
        Ok(true)
    }

    /// What a shelf knows of a form of the term, less what has been taken off it since, with the units that hold `others` of its forms;
    /// none where that leaves too little.
    fn on_shelf(
        &self,
        shelf: &'search Shelf,
        (form, known): (&str, &Frequent),
        others: &[Unit<'search>],
        limit: usize,
    ) -> Result<Option<OnShelf<'search>>, IndexError> {
        if shelf.removed().len() > MOST_REMOVED {
            return Ok(None);
        }
        let mut findings = Findings { units: known.units, occurrences: known.occurrences, ..Findings::default() };
        let form = Needle::new(form);
        let count = |unit: &Unit<'_>| form.places(unit.folded).count();
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
            let Some(found) = self.found(unit, &mut places, |places| weigh(unit, places, &self.weights))? else { continue };
            let here = count(unit);
            findings.units += usize::from(here == 0);
            findings.occurrences = findings.occurrences.saturating_sub(here) + found.tally.occurrences as usize;
            findings.best.push(found);
        }
        // They are in the order that `weigh` gives them.
        let wanted = limit.min(findings.units.saturating_sub(findings.best.len()));
        let is_other = |unit: &u32| others.binary_search_by_key(unit, |other| other.ordinal).is_ok();
        let best = known.best.iter().filter(|best| !is_other(&best.ordinal) && !shelf.has_removed(best.ordinal));
        let listed: Vec<_> = best.take(wanted).copied().collect();
        Ok((listed.len() == wanted).then_some(OnShelf { findings, listed }))
    }

    /// A unit with its tally, where it fulfils the query; `weigh` gives it for the places, sorted.
    fn found(
        &self,
        unit: &Unit<'search>,
        places: &mut Vec<Place>,
        weigh: impl Fn(&[Place]) -> Tally,
    ) -> Result<Option<Found<'search>>, IndexError> {
        if !self.matcher.test(unit, Level::Typed, places)? {
            return Ok(None);
        }
        places.sort_unstable();
        Ok(Some(Found { unit: *unit, tally: weigh(places) }))
    }

    /// Every unit of these shelves that may fulfil the query.
    fn proposed_on(&self, shelves: &[&'search Shelf]) -> Result<Vec<Unit<'search>>, IndexError> {
        if shelves.iter().map(|shelf| shelf.scan_bytes()).sum::<usize>() <= super::propose::SCAN_BYTES {
            return Ok(shelves.iter().flat_map(|shelf| shelf.units()).collect());
        }
        let keys = self.proposed_keys(Level::Typed, |wanted| shelves.iter().any(|shelf| shelf.number == wanted.number))?;
        Ok(self.index.units(&keys))
    }
}
