//! Answering requests: propose, verify, rank, show.
//!
//! 1. Propose ([`propose`](super::propose)): in a large library tantivy gives the units that hold the bigrams of the terms; in a small
//!    one the folded texts are scanned. Both propose every unit that can match.
//! 2. Verify ([`matcher`](super::matcher)): every proposed unit is held against the whole query: what is counted is what is there.
//! 3. Rank ([`ranking`](super::ranking)): whole words, titles, closeness, standing, BM25, then the order of the documents.
//! 4. Show: only for the hits that are returned, the places are mapped back to the original characters.
//!
//! For a single frequent string all this has been done [`beforehand`](super::beforehand).

use super::error::IndexError;
use super::facets::FacetCounts;
use super::matcher::{Bounds, Level, Matcher, Place, merged};
use super::open::Index;
use super::ranking::{Tally, asked_for, possible_rest, weigh_fully, weigh_lightly};
use super::shelf::Unit;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::query::{Clause, Query};
use crate::search::{Details, Engine, Further, Hit, Match, Preference, Request, Response};
use crate::text::fold::fold;

/// A unit that matches, before it is known whether it will be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'index> {
    pub(super) unit: Unit<'index>,
    pub(super) tally: Tally,
}

/// All that matches at one level, the best of it at hand.
#[derive(Debug, Default)]
pub(super) struct Findings<'index> {
    pub(super) units: usize,
    pub(super) occurrences: usize,
    pub(super) best: Vec<Found<'index>>,
    pub(super) facets: FacetCounts,
    /// The total of the last of the best, once there are as many as are asked for: what is below cannot be among them.
    pub(super) worst: f32,
}

/// One search under way.
pub(super) struct Search<'search> {
    pub(super) index: &'search Index,
    pub(super) clause: &'search Clause,
    pub(super) matcher: Matcher<'search>,
    pub(super) weights: Vec<f32>,
    pub(super) bounds: Option<Bounds>,
    pub(super) limit: Option<usize>,
    pub(super) prefer: Option<Preference>,
    pub(super) details: Details,
}

impl Engine for Index {
    type Error = IndexError;

    fn search(&self, request: &Request) -> Result<Response, IndexError> {
        let Some(clause) = &request.query.clause else { return Ok(Response::default()) };
        let bounds = match &request.scope {
            None => None,
            Some(scope) => match Bounds::of(self, scope)? {
                Some(bounds) => Some(bounds),
                None => return Ok(Response::default()),
            },
        };
        let matcher = Matcher::new(clause, self)?;
        let weights = self.weights(clause)?;
        let (limit, prefer, details) = (request.limit, request.prefer, request.details);
        let search = Search { index: self, clause, matcher, weights, bounds, limit, prefer, details };
        let response = search.answer(request);
        // A unit that cannot be read is passed over like one that does not match: that is told here.
        self.undamaged()?;
        response
    }
}

impl<'search> Search<'search> {
    fn answer(&self, request: &Request) -> Result<Response, IndexError> {
        let query = &request.query;
        let known = self.known_beforehand()?;
        let was_known = known.is_some();
        let (typed, proposed) = match known {
            Some(findings) => (findings, 0),
            None => self.find(Level::Typed)?,
        };
        let mut synonyms = Findings::default();
        if query.terms().iter().any(|term| term.synonyms().next().is_some()) {
            synonyms = self.find(Level::Synonyms)?.0;
        }
        synonyms.best.truncate(self.limit.map_or(usize::MAX, |limit| limit.saturating_sub(typed.best.len())));
        let hits = typed.best.iter().map(|found| self.hit(query, found, Level::Typed)).collect::<Result<Vec<_>, _>>()?;
        let further = synonyms.best.iter().map(|found| self.hit(query, found, Level::Synonyms)).collect::<Result<_, _>>()?;
        // Whoever only counts is offered nothing instead.
        let offers_related = typed.units == 0 && self.limit != Some(0);
        let related = if offers_related { self.related(&request.related)? } else { Vec::new() };
        let explanation = self.details.explanation.then(|| self.explain(query, proposed, was_known));
        Ok(Response {
            total: typed.units,
            occurrences: typed.occurrences,
            hits,
            synonyms: Further { total: synonyms.units, occurrences: synonyms.occurrences, hits: further },
            related,
            facets: typed.facets.resolve(self.index)?,
            explanation,
        })
    }

    /// All units that fulfil the query at this level and at none before it; how many were looked at.
    fn find(&self, level: Level) -> Result<(Findings<'search>, usize), IndexError> {
        let proposed = self.proposed(level)?;
        let looked_at = proposed.len();
        let mut findings = Findings::default();
        if looked_at > SIDE_BY_SIDE {
            let halves = proposed.split_at(looked_at / 2);
            let (first, second) = std::thread::scope(|scope| {
                let second = scope.spawn(|| self.verify(halves.1, level));
                (self.verify(halves.0, level), second.join())
            });
            findings = first?;
            match second {
                Ok(second) => findings.extend(second?),
                Err(_) => findings.extend(self.verify(halves.1, level)?),
            }
        } else {
            findings.extend(self.verify(&proposed, level)?);
        }
        keep_best(&mut findings.best, self.limit);
        Ok((findings, looked_at))
    }

    pub(super) fn verify(&self, proposed: &[Unit<'search>], level: Level) -> Result<Findings<'search>, IndexError> {
        let mut findings = Findings::default();
        let (mut places, mut again) = (Vec::new(), Vec::new());
        let rest = possible_rest(self.weights.len(), self.prefer);
        for unit in proposed {
            let holds = self.is_within(unit)
                && self.matcher.test(unit, level, &mut places)?
                && (level == Level::Typed || !self.matcher.test(unit, Level::Typed, &mut again)?);
            if holds {
                places.sort_unstable();
                let mut tally = weigh_lightly(unit, &places, &self.weights);
                // Most of very many units need no closer look: they cannot be among the best.
                if tally.score.total() + rest < findings.worst {
                    findings.count(unit, tally.occurrences as usize, self.details.facets);
                    continue;
                }
                weigh_fully(&mut tally, unit, &places, &self.weights);
                tally.score.asked_for = asked_for(unit, self.prefer);
                findings.push(Found { unit: *unit, tally }, self.limit, self.details.facets);
            }
        }
        Ok(findings)
    }

    pub(super) fn is_within(&self, unit: &Unit<'_>) -> bool {
        !unit.is_removed() && self.bounds.as_ref().is_none_or(|bounds| bounds.hold(unit))
    }

    /// A hit as it is returned, its places mapped to the original text.
    fn hit(&self, query: &Query, found: &Found<'_>, level: Level) -> Result<Hit, IndexError> {
        let mut places = Vec::new();
        self.matcher.test(&found.unit, level, &mut places)?;
        let matched = match (level, query.clause.as_ref()) {
            (Level::Synonyms, _) => Match::Synonym,
            (Level::Typed, Some(Clause::Term(term))) if term.exact => Match::Exact,
            (Level::Typed, Some(Clause::Term(_))) if found.tally.is_whole => Match::Word,
            (Level::Typed, Some(Clause::Term(_))) => Match::Crossing,
            (Level::Typed, _) => Match::All,
        };
        let mut hit = shown(self.index, found, &mut places, matched)?;
        let terms = query.terms();
        let form = |place: &Place| terms.get(place.term)?.synonyms().nth(place.synonym.checked_sub(1)?);
        hit.through = places.iter().filter_map(form).map(|form| form.text.clone()).collect();
        hit.through.sort_unstable();
        hit.through.dedup();
        Ok(hit)
    }
}

/// From so many units on they are verified by two threads.
const SIDE_BY_SIDE: usize = 1 << 11;

impl<'index> Findings<'index> {
    fn push(&mut self, found: Found<'index>, limit: Option<usize>, facets: bool) {
        self.count(&found.unit, found.tally.occurrences as usize, facets);
        self.best.push(found);
        if let Some(limit) = limit.filter(|limit| self.best.len() >= 2 * limit + 24) {
            keep_best(&mut self.best, Some(limit));
            self.worst = self.best.last().map_or(f32::INFINITY, |worst| worst.tally.score.total());
        }
    }

    /// Takes note of a unit that is only counted.
    fn count(&mut self, unit: &Unit<'_>, occurrences: usize, facets: bool) {
        self.units += 1;
        self.occurrences += occurrences;
        if facets {
            self.facets.count(unit, occurrences);
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.units += other.units;
        self.occurrences += other.occurrences;
        self.best.extend(other.best);
        self.facets.extend(other.facets);
    }
}

/// A hit with these places.
pub(super) fn shown(index: &Index, found: &Found<'_>, places: &mut [Place], matched: Match) -> Result<Hit, IndexError> {
    let (shelf, unit) = (found.unit.shelf, &found.unit);
    places.sort_unstable();
    let (document, node) = shelf.document_of(unit.ordinal).ok_or_else(|| shelf.damaged())?;
    let record = shelf.document_record(document).ok_or_else(|| shelf.damaged())?;
    let id = DocumentId::new(str::from_utf8(shelf.id(&record)).map_err(|_| shelf.damaged())?);
    index.met.note(&id, (shelf.number, document));
    let folding = fold(shelf.original(unit)?.trim());
    // Places that meet within one original character (㎡ is two when folded) are one there.
    let highlights = merged(merged(places.iter().map(Place::range)).into_iter().map(|place| folding.original(place)));
    let node = NodeIndex(node);
    Ok(Hit { document: id, node, highlights, matched, through: Vec::new(), score: found.tally.score })
}

/// Sorts by rank and keeps the first `limit`. What stands equal is put in the order of the documents, for which these have to be read: no
/// further than is kept.
pub(super) fn keep_best(found: &mut Vec<Found<'_>>, limit: Option<usize>) {
    let limit = limit.unwrap_or(found.len());
    let total = |found: &Found<'_>| found.tally.score.total();
    found.sort_unstable_by(|left, right| total(right).total_cmp(&total(left)));
    let mut before = 0;
    for equal in found.chunk_by_mut(|left, right| total(left).total_cmp(&total(right)).is_eq()) {
        if before >= limit {
            break;
        }
        // On one shelf, documents stand in the order of their ids.
        let shelf = equal.first().map(|first| first.unit.shelf);
        match shelf.filter(|shelf| equal.iter().all(|found| found.unit.shelf.number == shelf.number)) {
            Some(shelf) => equal.sort_by_cached_key(|found| shelf.document_of(found.unit.ordinal)),
            None => equal.sort_by_cached_key(document_order),
        }
        before += equal.len();
    }
    found.truncate(limit);
}

/// The id of its document, then its place in the document.
fn document_order<'index>(found: &Found<'index>) -> (Option<&'index [u8]>, usize) {
    let shelf = found.unit.shelf;
    let (document, node) = shelf.document_of(found.unit.ordinal).unwrap_or_default();
    (shelf.document_record(document).map(|record| shelf.id(&record)), node)
}

impl Index {
    /// What the terms of a query weigh: the rarer, the more.
    #[expect(clippy::cast_precision_loss, reason = "libraries have far fewer than 2²⁴ units that matter here")]
    fn weights(&self, clause: &Clause) -> Result<Vec<f32>, IndexError> {
        let terms = clause.terms();
        if terms.len() < 2 || self.is_small() {
            return Ok(vec![1.0; terms.len()]);
        }
        let all = self.segments.unit_count() as f32;
        let weight = |units: u32| (1.0 + (all - units as f32).max(0.0) / (units as f32 + 1.0)).ln().max(0.1);
        terms.iter().map(|term| Ok(weight(self.at_most(&term.folded)?))).collect()
    }
}
