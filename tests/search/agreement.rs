//! Holding an engine's answers against the reference.

use std::collections::BTreeMap;
use std::ops::Range;

use celan::index::Index;
use celan::query::Query;
use celan::search::{Details, Engine, Hit, Proposal, Request, Response, Scope};

use crate::reference::Reference;

/// Everything asked of a query at once.
pub(crate) fn assert_agrees(index: &Index, reference: &Reference<'_>, query: &Query, scope: Option<&Scope>) {
    let details = Details { facets: true, explanation: false };
    let request = Request { scope: scope.cloned(), details, ..Request::of(query.clone()) };
    let response = index.search(&request).unwrap();
    let Some(clause) = &query.clause else {
        assert_eq!(response, Response::default());
        return;
    };
    let typed = &query.typed;
    let (found, further, facets) = reference.find(clause, scope);
    assert_eq!(marked(&response.hits), found.highlights, "hits of {typed:?}");
    assert_eq!((response.total, response.occurrences), (found.highlights.len(), found.occurrences), "totals of {typed:?}");
    assert_eq!(marked(&response.synonyms.hits), further.highlights, "hits by synonyms of {typed:?}");
    let totals = (response.synonyms.total, response.synonyms.occurrences);
    assert_eq!(totals, (further.highlights.len(), further.occurrences), "totals by synonyms of {typed:?}");
    assert_eq!(response.facets, facets, "facets of {typed:?}");
    assert_ordered(&response.hits);
    assert_ordered(&response.synonyms.hits);
    for limit in [0, 1, 7] {
        assert_limited(index, &response, &request, limit);
    }
}

/// A limit leaves the totals alone and gives the beginning of what there is.
fn assert_limited(index: &Index, all: &Response, request: &Request, limit: usize) {
    let typed = &request.query.typed;
    let few = index.search(&Request { limit: Some(limit), details: Details::default(), ..request.clone() }).unwrap();
    assert_eq!((few.total, few.occurrences), (all.total, all.occurrences), "totals of {typed:?} with limit {limit}");
    let synonyms = (few.synonyms.total, few.synonyms.occurrences);
    assert_eq!(synonyms, (all.synonyms.total, all.synonyms.occurrences), "by synonyms of {typed:?} with limit {limit}");
    let hits = limit.min(all.hits.len());
    assert_eq!(few.hits, all.hits[..hits], "the best hits of {typed:?} with limit {limit}");
    let further = (limit - hits).min(all.synonyms.hits.len());
    assert_eq!(few.synonyms.hits, all.synonyms.hits[..further], "the best by synonyms of {typed:?} with limit {limit}");
}

/// How the best few hits are come by.
pub(crate) fn proposal(index: &Index, query: &Query) -> Proposal {
    let details = Details { facets: false, explanation: true };
    let response = index.search(&Request { limit: Some(7), details, ..Request::of(query.clone()) }).unwrap();
    response.explanation.map(|explanation| explanation.proposed_by).unwrap_or_default()
}

fn marked(hits: &[Hit]) -> BTreeMap<(String, usize), Vec<Range<usize>>> {
    let marked: BTreeMap<_, _> =
        hits.iter().map(|hit| ((hit.document.as_str().to_owned(), hit.node.0), hit.highlights.clone())).collect();
    assert_eq!(marked.len(), hits.len(), "a unit is a hit once");
    marked
}

/// By score, ties in the order of the documents.
fn assert_ordered(hits: &[Hit]) {
    for pair in hits.windows(2) {
        let [left, right] = pair else { return };
        let (better, worse) = (left.score.total(), right.score.total());
        assert!(better >= worse, "{better} before {worse}");
        let place = |hit: &Hit| (hit.document.as_str().to_owned(), hit.node);
        assert!(better > worse || place(left) < place(right), "ties stand in the order of the documents");
    }
}
