//! What the report and the test of relevance share: reading a table of judged queries, asking them, and the measures.
//!
//! A table has a query a line and four columns with tabs between them: the query as typed, its kind, the addresses of the units that
//! answer it, a note. An address with `?` behind it is acceptable; one without is a full answer; `-` says that the document has no
//! answer. Lines that begin with `#` are remarks. How units are judged is said at the head of `tests/relevance.tsv`.

use std::collections::BTreeSet;

use celan::document::locator::Address;
use celan::library::{Library, LibraryError};
use celan::query;
use celan::search::{Hit, Request, Response};

/// The kinds of query, in the order of the report.
pub(crate) const KINDS: [&str; 9] =
    ["term", "terms", "question", "sentence", "synonym", "pinyin", "numbering", "traditional", "typo"];

/// How deep the measures look.
pub(crate) const DEPTH: usize = 10;

/// How many units the command line prints where nothing else is asked for.
const LIMIT: usize = 20;

/// A query and the units that answer it.
#[derive(Debug)]
pub(crate) struct Judged {
    /// As typed.
    pub(crate) query: String,
    /// One of [`KINDS`].
    pub(crate) kind: String,
    /// Units that answer it in full; empty where the document has no answer.
    pub(crate) answers: Vec<Address>,
    /// Units that a reader would accept.
    pub(crate) acceptable: Vec<Address>,
}

/// Reads a table; trouble is told with its line.
pub(crate) fn read(table: &str) -> Result<Vec<Judged>, String> {
    let mut seen = BTreeSet::new();
    let mut read = Vec::new();
    for (number, line) in (1..).zip(table.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let judged = row(line).map_err(|trouble| format!("line {number}: {trouble}"))?;
        if !seen.insert(judged.query.clone()) {
            return Err(format!("line {number}: {} stands twice", judged.query));
        }
        read.push(judged);
    }
    Ok(read)
}

fn row(line: &str) -> Result<Judged, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [query, kind, answers, _note] = cells[..] else { return Err(format!("{} columns instead of 4", cells.len())) };
    if !KINDS.contains(&kind) {
        return Err(format!("no such kind: {kind}"));
    }
    let mut judged = Judged { query: query.to_owned(), kind: kind.to_owned(), answers: Vec::new(), acceptable: Vec::new() };
    for answer in answers.split(' ').filter(|answer| *answer != "-") {
        let (written, list) = match answer.strip_suffix('?') {
            Some(written) => (written, &mut judged.acceptable),
            None => (answer, &mut judged.answers),
        };
        list.push(written.parse().map_err(|error| format!("{error}"))?);
    }
    if judged.answers.is_empty() && answers != "-" {
        return Err(format!("{query} has no full answer"));
    }
    Ok(judged)
}

/// The addresses that the command line prints for a query, best first: the place that it names, the hits, those through synonyms,
/// those of another reading, and the related ones, which there are only where nothing matches the whole query. The one place to
/// change when search gives more kinds of hit.
pub(crate) fn ranked(library: &Library, typed: &str) -> Result<Vec<Address>, LibraryError> {
    let answer = library.ask(Request { limit: Some(LIMIT), ..Request::of(query::parse(typed)) })?;
    let mut ranked: Vec<Address> = Vec::new();
    if let Some(node) = answer.place.as_ref().and_then(|place| place.document.node(place.node?)) {
        ranked.push(node.address.clone());
    }
    let instead = answer.instead.as_ref().map(|instead| &instead.response);
    for response in std::iter::once(&answer.response).chain(instead) {
        for hit in response.hits.iter().chain(&response.synonyms.hits) {
            push(library, hit, &mut ranked)?;
        }
    }
    for hit in &instead.unwrap_or(&answer.response).related {
        push(library, hit, &mut ranked)?;
    }
    Ok(ranked)
}

fn push(library: &Library, hit: &Hit, ranked: &mut Vec<Address>) -> Result<(), LibraryError> {
    let document = library.document(&hit.document)?;
    let address = document.node(hit.node).map(|node| node.address.clone());
    ranked.extend(address.filter(|address| !ranked.contains(address)));
    Ok(())
}

/// Whether search says of a query that nothing holds it, in any form or reading; what is related may still be offered.
pub(crate) fn says_nothing(library: &Library, typed: &str) -> Result<bool, LibraryError> {
    let answer = library.ask(Request { limit: Some(1), ..Request::of(query::parse(typed)) })?;
    let found = |response: &Response| response.total + response.synonyms.total > 0;
    Ok(answer.place.is_none() && !found(&answer.response) && !answer.instead.is_some_and(|instead| found(&instead.response)))
}

/// Means over queries that have an answer.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) queries: f64,
    reciprocal_ranks: f64,
    recalls: f64,
}

impl Figures {
    /// Takes in one query and what search ranked for it.
    pub(crate) fn add(&mut self, judged: &Judged, ranked: &[Address]) {
        let top = ranked.get(..DEPTH).unwrap_or(ranked);
        let wanted = judged.answers.len().min(DEPTH);
        let found = top.iter().filter(|address| judged.answers.contains(address)).count().min(wanted);
        self.queries += 1.0;
        self.reciprocal_ranks += rank(judged, ranked).map_or(0.0, |rank| 1.0 / share(rank));
        self.recalls += share(found) / share(wanted);
    }

    /// MRR@10: the mean of 1 ÷ the rank of the first unit that answers, in full or acceptably; 0 where none is among the first ten.
    pub(crate) fn mrr(self) -> f64 {
        self.reciprocal_ranks / self.queries
    }

    /// Recall@10: the mean share of the full answers that are among the first ten.
    pub(crate) fn recall(self) -> f64 {
        self.recalls / self.queries
    }
}

/// Where the first answer stands, from 1; none where it is not among the first ten.
pub(crate) fn rank(judged: &Judged, ranked: &[Address]) -> Option<usize> {
    let answers = |address: &Address| judged.answers.contains(address) || judged.acceptable.contains(address);
    ranked.iter().take(DEPTH).position(answers).map(|position| position + 1)
}

fn share(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
