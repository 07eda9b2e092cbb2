//! Answering requests: propose, verify, rank, show.
//!
//! 1. Propose: in a large library tantivy gives the units that hold the bigrams of the terms in sequence; in a small one, and for
//!    single characters, the folded texts are scanned. Both propose every unit that can match.
//! 2. Verify: the folded text of each proposed unit is searched for every term ([`Terms::tally`]): what is counted is what is there.
//! 3. Rank: whole words, then titles, then BM25 over the words of the query, then the order of the documents.
//! 4. Show: only for the hits that are returned, the places are mapped back to the original characters.

use std::cmp::Ordering;
use std::ops::Range;

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query as TantivyQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::error::IndexError;
use super::grams::covering;
use super::occurrences::{Tally, Terms};
use super::open::Index;
use super::shelf::{Shelf, UnitKey, UnitRecord};
use super::unit_scores::UnitScores;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::query::{Clause, Query, Term as QueryTerm};
use crate::search::{Engine, Hit, Match, Request, Response, Scope, Score};
use crate::text::fold::fold;
use crate::text::segment::Segmenter;

/// Libraries whose folded texts are no longer than this many bytes are scanned: it takes less time than asking the index.
const SCAN_BYTES: usize = 2 << 20;

/// How many units are offered where nothing matches the whole query.
const RELATED: usize = 10;

/// A unit that matches, before it is known whether it will be shown.
#[derive(Debug, Clone, Copy)]
struct Found<'index> {
    shelf: &'index Shelf,
    unit: UnitRecord,
    score: Score,
    tally: Tally,
}

/// The part of a library that a scope leaves: a document of a shelf and a range of its nodes.
struct Bounds {
    shelf: u32,
    document: u32,
    nodes: Range<usize>,
}

impl Engine for Index {
    type Error = IndexError;

    fn search(&self, request: &Request) -> Result<Response, IndexError> {
        if request.query.clause.is_none() {
            return Ok(Response::default());
        }
        let bounds = match &request.scope {
            None => None,
            Some(scope) => match self.bounds(scope)? {
                Some(bounds) => Some(bounds),
                None => return Ok(Response::default()),
            },
        };
        let words = words_of(&request.query);
        let terms = Terms::new(&request.query);
        let mut found = self.verified(&request.query, &terms, &words, bounds.as_ref())?;
        let total = found.len();
        let occurrences = found.iter().map(|found| found.tally.occurrences as usize).sum();
        keep_best(&mut found, request.limit);
        let matched = |found: &Found<'_>| how_matched(&request.query, found);
        let hits = found.iter().map(|one| hit(one, matched(one), |folded| terms.places(folded))).collect::<Result<Vec<_>, _>>()?;
        let related = if total == 0 { self.related(&words, bounds.as_ref())? } else { Vec::new() };
        Ok(Response { total, occurrences, hits, related, ..Response::default() })
    }
}

impl Index {
    /// All units that hold every term, in the order of the shelves.
    fn verified(
        &self,
        query: &Query,
        terms: &Terms<'_>,
        words: &[String],
        bounds: Option<&Bounds>,
    ) -> Result<Vec<Found<'_>>, IndexError> {
        let shelves_bytes: usize = self.shelves.iter().map(Shelf::scan_bytes).sum();
        let grams = if shelves_bytes > SCAN_BYTES { self.gram_queries(query) } else { Vec::new() };
        let proposed_by_index = !grams.is_empty();
        let scores = self.scores(grams, words)?;
        let mut found = Vec::new();
        let mut check = |shelf, unit: UnitRecord, bm25| {
            if is_within(bounds, shelf, &unit)
                && let Some(tally) = terms.tally(shelf, &unit)
            {
                found.push(Found { shelf, unit, score: score(terms, &tally, bm25), tally });
            }
        };
        if proposed_by_index {
            for (key, bm25) in scores {
                if let Some((shelf, unit)) = self.unit(key) {
                    check(shelf, unit, bm25);
                }
            }
        } else {
            for shelf in &self.shelves {
                for ordinal in scan(shelf, terms) {
                    let Some(unit) = shelf.unit(ordinal) else { continue };
                    let key = UnitKey { shelf: shelf.number, ordinal: u32::try_from(ordinal).unwrap_or(u32::MAX) };
                    let bm25 = scores.binary_search_by_key(&key, |(key, _)| *key).ok().and_then(|at| scores.get(at));
                    check(shelf, unit, bm25.map_or(0.0, |(_, bm25)| *bm25));
                }
            }
        }
        Ok(found)
    }

    /// One query for each term that has bigrams: its bigrams in sequence.
    fn gram_queries(&self, query: &Query) -> Vec<Box<dyn TantivyQuery>> {
        let mut queries: Vec<Box<dyn TantivyQuery>> = Vec::new();
        for term in query.terms() {
            let mut grams: Vec<_> = covering(&term.folded)
                .into_iter()
                .map(|(position, gram)| (position, Term::from_field_text(self.fields.grams, &gram)))
                .collect();
            match (grams.len(), grams.pop()) {
                (_, None) => {}
                (1, Some((_, gram))) => queries.push(Box::new(TermQuery::new(gram, IndexRecordOption::Basic))),
                (_, Some(last)) => {
                    grams.push(last);
                    queries.push(Box::new(PhraseQuery::new_with_offset(grams)));
                }
            }
        }
        queries
    }

    /// The units that hold all of `required`, or any of `words` where nothing is required, with BM25 over the words.
    fn scores(&self, required: Vec<Box<dyn TantivyQuery>>, words: &[String]) -> Result<Vec<(UnitKey, f32)>, IndexError> {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        for query in required {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0))));
        }
        for word in words {
            let term = Term::from_field_text(self.fields.words, word);
            clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        }
        Ok(self.searcher.search(&BooleanQuery::new(clauses), &UnitScores { field: "unit" })?)
    }

    fn unit(&self, key: UnitKey) -> Option<(&Shelf, UnitRecord)> {
        let shelf = self.shelves.iter().find(|shelf| shelf.number == key.shelf)?;
        Some((shelf, shelf.unit(key.ordinal as usize)?))
    }

    fn bounds(&self, scope: &Scope) -> Result<Option<Bounds>, IndexError> {
        for shelf in &self.shelves {
            let Some(ordinal) = shelf.find(scope.document.as_str()) else { continue };
            let Some(record) = shelf.document_record(ordinal) else { continue };
            let document = u32::try_from(ordinal).map_err(|_| shelf.damaged())?;
            if scope.address.0.is_empty() {
                return Ok(Some(Bounds { shelf: shelf.number, document, nodes: 0..usize::MAX }));
            }
            let tree = shelf.document(&record)?;
            let node = tree.find(&scope.address);
            let nodes = node.and_then(|index| Some(index.0..tree.node(index)?.subtree_end.0));
            return Ok(nodes.map(|nodes| Bounds { shelf: shelf.number, document, nodes }));
        }
        Ok(None)
    }

    /// Units that hold any of the words (single characters left out), the best few.
    fn related(&self, words: &[String], bounds: Option<&Bounds>) -> Result<Vec<Hit>, IndexError> {
        let words: Vec<String> = words.iter().filter(|word| word.chars().nth(1).is_some()).cloned().collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<Found<'_>> = Vec::new();
        for (key, bm25) in self.scores(Vec::new(), &words)? {
            let Some((shelf, unit)) = self.unit(key).filter(|(shelf, unit)| is_within(bounds, shelf, unit)) else { continue };
            let score = Score { bm25, ..Score::default() };
            found.push(Found { shelf, unit, score, tally: Tally::default() });
        }
        keep_best(&mut found, Some(RELATED));
        let any = words.iter().filter_map(|word| QueryTerm::new(word, false)).map(Clause::Term).collect();
        let query = Query { clause: Some(Clause::Any(any)), ..Query::default() };
        let terms = Terms::new(&query);
        found.iter().map(|one| hit(one, Match::Any, |folded| terms.places(folded))).collect()
    }
}

/// The most words of a query that are asked for; what goes beyond them has no influence on the order.
const MOST_WORDS: usize = 64;

/// The words of the query by which units are ranked, and found where the whole is not.
fn words_of(query: &Query) -> Vec<String> {
    let segmenter = Segmenter::for_texts(query.terms().into_iter().map(|term| term.folded.as_str()));
    let mut words = Vec::new();
    for term in query.terms() {
        for word in segmenter.words(&term.folded).into_iter().filter_map(|word| term.folded.get(word)) {
            if word.chars().any(char::is_alphanumeric) && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words.truncate(MOST_WORDS);
    words
}

/// The ordinals of the units that hold the longest term, rising.
fn scan(shelf: &Shelf, terms: &Terms<'_>) -> Vec<usize> {
    let mut units = Vec::new();
    let (Some(finder), folded) = (terms.longest(), shelf.folded()) else { return units };
    let mut from = 0;
    while let Some(at) = folded.get(from..).and_then(|rest| finder.find(rest)) {
        let Some(ordinal) = shelf.unit_at(from + at) else { break };
        let Some(unit) = shelf.unit(ordinal) else { break };
        units.push(ordinal);
        from = unit.folded.0 as usize + unit.folded.1 as usize + 1;
    }
    units
}

fn is_within(bounds: Option<&Bounds>, shelf: &Shelf, unit: &UnitRecord) -> bool {
    let inside = |bounds: &Bounds| {
        bounds.shelf == shelf.number && bounds.document == unit.document && bounds.nodes.contains(&(unit.node as usize))
    };
    !shelf.is_removed(unit.document) && bounds.is_none_or(inside)
}

#[expect(clippy::cast_precision_loss, reason = "a query has few terms")]
fn score(terms: &Terms<'_>, tally: &Tally, bm25: f32) -> Score {
    let share = |count: u32| count as f32 / terms.count().max(1) as f32;
    Score { whole_words: share(tally.whole_words), in_title: share(tally.in_title), bm25 }
}

/// Sorts by rank and keeps the first `limit`.
fn keep_best(found: &mut Vec<Found<'_>>, limit: Option<usize>) {
    let order = |left: &Found<'_>, right: &Found<'_>| {
        right.score.total().total_cmp(&left.score.total()).then_with(|| document_order(left, right))
    };
    if let Some(limit) = limit.filter(|limit| *limit < found.len()) {
        if limit > 0 {
            found.select_nth_unstable_by(limit - 1, order);
        }
        found.truncate(limit);
    }
    found.sort_unstable_by(order);
}

/// By document id, then by place in the document.
fn document_order(left: &Found<'_>, right: &Found<'_>) -> Ordering {
    id_bytes(left).cmp(id_bytes(right)).then_with(|| left.unit.node.cmp(&right.unit.node))
}

fn id_bytes<'index>(found: &Found<'index>) -> &'index [u8] {
    found.shelf.document_record(found.unit.document as usize).map_or(&[], |record| found.shelf.id(&record))
}

fn how_matched(query: &Query, found: &Found<'_>) -> Match {
    match query.terms().as_slice() {
        [term] if term.exact => Match::Exact,
        [_] if found.tally.whole_words > 0 => Match::Word,
        [_] => Match::Crossing,
        _ => Match::All,
    }
}

/// A hit as it is returned: the places that `places` finds in the folded unit, mapped to its original text.
fn hit(found: &Found<'_>, matched: Match, places: impl Fn(&[u8]) -> Vec<Range<usize>>) -> Result<Hit, IndexError> {
    let shelf = found.shelf;
    let record = shelf.document_record(found.unit.document as usize).ok_or_else(|| shelf.damaged())?;
    let id = str::from_utf8(shelf.id(&record)).map_err(|_| shelf.damaged())?;
    let folding = fold(shelf.original_text(&found.unit)?);
    let highlights = places(folding.text.as_bytes()).into_iter().map(|place| folding.original(place)).collect();
    Ok(Hit { document: DocumentId::new(id), node: NodeIndex(found.unit.node as usize), highlights, matched, score: found.score })
}
