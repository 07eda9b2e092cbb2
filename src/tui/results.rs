//! What a search found, made ready for showing: entries with their places, snippets centred on the hit, and the places in reading order.

use std::ops::Range;
use std::sync::Arc;

use super::event::Answer;
use super::flow::Flow;
use super::shelf::Shelf;
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::query;
use crate::search::Hit;
use crate::text::width::{Ambiguous, columns, fitting, fitting_end};

/// The answer to the newest search that was answered.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// What was typed.
    pub typed: String,
    /// The terms that were read in it.
    pub terms: Vec<String>,
    /// How many units match.
    pub units: usize,
    /// How many places match.
    pub occurrences: usize,
    /// The units that match, best first; after them those that are only related.
    pub entries: Vec<Entry>,
    /// How many of the entries match; the rest is related.
    pub matching: usize,
    /// The places that match, in reading order.
    pub places: Vec<FoundPlace>,
    /// Why nothing could be looked for, where that is so.
    pub failure: Option<String>,
}

/// One unit that was found.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its document.
    pub document: Arc<Document>,
    /// The unit.
    pub node: NodeIndex,
    /// What was found in it: bytes of the document's text.
    pub highlights: Vec<Range<usize>>,
}

/// One place that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPlace {
    /// The document's place on the shelf.
    pub shelf: usize,
    /// The unit.
    pub node: NodeIndex,
    /// The bytes of the document's text.
    pub span: Range<usize>,
}

/// One line of a unit around what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text, with … where something was left out.
    pub text: String,
    /// What was found: bytes of `text`.
    pub highlights: Vec<Range<usize>>,
}

impl Results {
    /// Makes an answer ready; a hit whose document is not there is left out.
    #[must_use]
    pub fn new(answer: Answer, shelf: &Shelf) -> Self {
        let terms = query::parse(&answer.typed).terms().into_iter().map(|term| term.text.clone()).collect();
        let empty = Self { typed: answer.typed, terms, ..Self::default() };
        let response = match answer.response {
            Ok(response) => response,
            Err(failure) => return Self { failure: Some(failure), ..empty },
        };
        let entry = |hit: &Hit| Entry::new(hit, &answer.documents);
        let mut entries: Vec<_> = response.hits.iter().filter_map(entry).collect();
        let matching = entries.len();
        let places = places(&entries, shelf);
        entries.extend(response.related.iter().filter_map(entry));
        Self { units: response.total, occurrences: response.occurrences, entries, matching, places, ..empty }
    }

    /// Whether there are more units that match than entries.
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        self.units > self.matching
    }

    /// The places in one document, in order.
    pub fn spans_in(&self, document: usize) -> impl Iterator<Item = &Range<usize>> {
        self.places.iter().filter(move |place| place.shelf == document).map(|place| &place.span)
    }
}

impl Entry {
    fn new(hit: &Hit, documents: &[Arc<Document>]) -> Option<Self> {
        let document = documents.iter().find(|document| document.id == hit.document)?;
        let start = document.unit_start(document.node(hit.node)?);
        let highlights = hit.highlights.iter().map(|range| start + range.start..start + range.end).collect();
        Some(Self { document: Arc::clone(document), node: hit.node, highlights })
    }

    /// The unit in one line of `room` columns, such that the first thing found is to be seen with what stands before it.
    #[must_use]
    pub fn snippet(&self, room: usize, ambiguous: Ambiguous) -> Snippet {
        let Some(node) = self.document.node(self.node) else { return Snippet { text: String::new(), highlights: Vec::new() } };
        let flow = Flow::joined(&self.document, node.span.clone());
        let found: Vec<_> = self.highlights.iter().map(|span| flow.shown(span)).filter(|range| !range.is_empty()).collect();
        let text = flow.text.as_str();
        let first = found.first().map_or(0, |range| range.start);
        let before = text.get(..first).unwrap_or_default();
        let fits_from_start = columns(text, ambiguous) <= room || columns(before, ambiguous) <= room / 3;
        let lead = if fits_from_start { before } else { fitting_end(before, (room / 3).saturating_sub(1), ambiguous) };
        let start = first - lead.len();
        let opening = if start > 0 { "…" } else { "" };
        let rest = text.get(start..).unwrap_or_default();
        let left = room.saturating_sub(columns(opening, ambiguous));
        let is_cut = columns(rest, ambiguous) > left;
        let shown = if is_cut { fitting(rest, left.saturating_sub(columns("…", ambiguous)), ambiguous) } else { rest };
        let closing = if is_cut { "…" } else { "" };
        let window = start..start + shown.len();
        let highlights = found.into_iter().map(|range| range.start.max(window.start)..range.end.min(window.end));
        let highlights = highlights.filter(|range| range.start < range.end);
        let highlights = highlights.map(|range| range.start - start + opening.len()..range.end - start + opening.len()).collect();
        Snippet { text: format!("{opening}{shown}{closing}"), highlights }
    }
}

fn places(entries: &[Entry], shelf: &Shelf) -> Vec<FoundPlace> {
    let mut places = Vec::new();
    for entry in entries {
        let Some(shelf) = shelf.position(&entry.document.id) else { continue };
        places.extend(entry.highlights.iter().map(|span| FoundPlace { shelf, node: entry.node, span: span.clone() }));
    }
    places.sort_by_key(|place| (place.shelf, place.span.start, place.span.end));
    places
}
