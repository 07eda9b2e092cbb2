//! `celan search --json`: the whole answer as data. Names of keys are promises: one may be added, none changes its meaning.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::Shown;
use crate::cli::session::Session;
use crate::cli::{facets, json, unit};
use crate::diagnostic::Diagnostic;
use crate::document::excerpt::Excerpt;
use crate::document::locator::{Address, DocumentId, Locator};
use crate::library::{Instead, Suggestion, Target};
use crate::query::{Origin, Query};
use crate::search::{Explanation, Further, Hit, Match, Proposal, Score};

/// The whole answer.
#[derive(Serialize)]
struct AnswerEntry<'a> {
    query: &'a str,
    readings: &'a [Diagnostic],
    place: Option<PlaceEntry<'a>>,
    total: usize,
    occurrences: usize,
    facets: facets::Entry,
    hits: Vec<HitEntry<'a>>,
    synonyms: FurtherEntry<'a>,
    related: Vec<HitEntry<'a>>,
    absent: &'a [String],
    instead: Option<InsteadEntry<'a>>,
    suggestions: Vec<SuggestionEntry<'a>>,
    explanation: Option<ExplanationEntry<'a>>,
}

/// The place that was typed; without `kind` and `path` where it is a whole document.
#[derive(Serialize)]
struct PlaceEntry<'a> {
    locator: Locator,
    citation: String,
    kind: Option<&'static str>,
    path: Vec<unit::Step<'a>>,
    text: Option<&'a str>,
}

/// A hit.
#[derive(Serialize)]
struct HitEntry<'d> {
    locator: Locator,
    citation: String,
    kind: &'static str,
    path: Vec<unit::Step<'d>>,
    text: &'d str,
    highlights: Vec<[usize; 2]>,
    #[serde(rename = "match")]
    matched: Match,
    through: &'d [String],
    score: f32,
    score_parts: Score,
}

/// Units with synonyms.
#[derive(Serialize)]
struct FurtherEntry<'a> {
    total: usize,
    occurrences: usize,
    hits: Vec<HitEntry<'a>>,
}

/// The answer to another reading.
#[derive(Serialize)]
struct InsteadEntry<'a> {
    meant: &'static str,
    dropped: &'a [String],
    query: &'a str,
    total: usize,
    occurrences: usize,
    hits: Vec<HitEntry<'a>>,
    synonyms: FurtherEntry<'a>,
    related: Vec<HitEntry<'a>>,
    explanation: Option<ExplanationEntry<'a>>,
}

/// A string that may have been meant.
#[derive(Serialize)]
struct SuggestionEntry<'a> {
    text: &'a str,
    units: usize,
}

/// How the query was carried out.
#[derive(Serialize)]
struct ExplanationEntry<'a> {
    terms: Vec<TermEntry<'a>>,
    proposed_by: Proposal,
    proposed: usize,
    weights: Score,
}

/// A term as it was looked for.
#[derive(Serialize)]
struct TermEntry<'a> {
    text: &'a str,
    folded: &'a str,
    exact: bool,
    words: &'a [String],
    others: Vec<FormEntry<'a>>,
}

/// Another form of a term.
#[derive(Serialize)]
struct FormEntry<'a> {
    text: &'a str,
    origin: &'static str,
}

/// What is known of the documents of all hits.
type Documents = BTreeMap<DocumentId, Excerpt>;

impl Shown<'_> {
    /// Prints the whole answer.
    pub(in crate::cli) fn print_json(&self, session: &mut Session<'_>) -> anyhow::Result<()> {
        let (answer, response) = (self.answer, &self.answer.response);
        let instead = answer.instead.as_ref();
        let documents = &self.excerpts;
        let entry = AnswerEntry {
            query: &answer.query.typed,
            readings: &answer.query.readings,
            place: answer.place.as_ref().map(place),
            total: response.total,
            occurrences: response.occurrences,
            facets: facets::entry(session, self.library, &response.facets)?,
            hits: entries(documents, &response.hits),
            synonyms: further(documents, &response.synonyms),
            related: entries(documents, &response.related),
            absent: &answer.absent,
            instead: instead.map(|instead| otherwise(documents, instead)),
            suggestions: answer.suggestions.iter().map(suggestion).collect(),
            explanation: response.explanation.as_ref().map(|explanation| explained(&answer.query, explanation)),
        };
        json::print(&mut session.output, &entry)
    }
}

/// Hits whose node the document does not have are left out: such an index would be damaged.
fn entries<'a>(documents: &'a Documents, hits: &'a [Hit]) -> Vec<HitEntry<'a>> {
    hits.iter().filter_map(|hit| entry(documents.get(&hit.document)?, hit)).collect()
}

fn entry<'a>(excerpt: &'a Excerpt, hit: &'a Hit) -> Option<HitEntry<'a>> {
    let (document, index) = (excerpt.document(), excerpt.place(hit.node)?);
    let node = document.node(index)?;
    let text = document.unit_text(node);
    Some(HitEntry {
        locator: document.locator(node),
        citation: document.citation(index),
        kind: node.kind.name(),
        path: unit::path(document, index),
        text,
        highlights: in_characters(text, &hit.highlights),
        matched: hit.matched,
        through: &hit.through,
        score: hit.score.total(),
        score_parts: hit.score,
    })
}

fn further<'a>(documents: &'a Documents, further: &'a Further) -> FurtherEntry<'a> {
    FurtherEntry { total: further.total, occurrences: further.occurrences, hits: entries(documents, &further.hits) }
}

fn otherwise<'a>(documents: &'a Documents, instead: &'a Instead) -> InsteadEntry<'a> {
    let Instead { meant, query, response } = instead;
    InsteadEntry {
        meant: meant.name(),
        dropped: meant.dropped(),
        query: &query.typed,
        total: response.total,
        occurrences: response.occurrences,
        hits: entries(documents, &response.hits),
        synonyms: further(documents, &response.synonyms),
        related: entries(documents, &response.related),
        explanation: response.explanation.as_ref().map(|explanation| explained(query, explanation)),
    }
}

fn suggestion(suggestion: &Suggestion) -> SuggestionEntry<'_> {
    SuggestionEntry { text: &suggestion.text, units: suggestion.units }
}

fn place(target: &Target) -> PlaceEntry<'_> {
    let document = target.document.as_ref();
    let node = target.node.and_then(|index| Some((index, document.node(index)?)));
    let Some((index, node)) = node else {
        let locator = Locator { document: document.id.clone(), address: Address::default() };
        return PlaceEntry { locator, citation: document.official_name(), kind: None, path: Vec::new(), text: None };
    };
    let text = target.sentence.clone().map_or_else(|| document.unit_text(node), |sentence| document.slice(sentence));
    PlaceEntry {
        locator: document.locator(node),
        citation: document.citation(index),
        kind: Some(node.kind.name()),
        path: unit::path(document, index),
        text: Some(text),
    }
}

fn explained<'a>(query: &'a Query, explanation: &'a Explanation) -> ExplanationEntry<'a> {
    let terms = query.terms().into_iter().zip(&explanation.terms).map(|(term, explained)| TermEntry {
        text: &explained.text,
        folded: &explained.folded,
        exact: term.exact,
        words: &explained.words,
        others: term
            .others
            .iter()
            .map(|form| FormEntry {
                text: &form.text,
                origin: match form.origin {
                    Origin::Numeral => "numeral",
                    Origin::Synonym => "synonym",
                },
            })
            .collect(),
    });
    let [whole_words, in_title, title_filled, near, standing, bm25, early, asked_for] = Score::WEIGHTS;
    let weights = Score { whole_words, in_title, title_filled, near, standing, bm25, early, asked_for };
    ExplanationEntry { terms: terms.collect(), proposed_by: explanation.proposed_by, proposed: explanation.proposed, weights }
}

/// Highlights counted in characters (Unicode scalar values) instead of bytes.
fn in_characters(text: &str, highlights: &[Range<usize>]) -> Vec<[usize; 2]> {
    let mut characters = text.char_indices().map(|(at, _)| at).enumerate().peekable();
    let mut reached = 0;
    let mut count_to = |byte: usize| {
        while characters.next_if(|(_, at)| *at < byte).is_some() {
            reached += 1;
        }
        reached
    };
    highlights.iter().map(|highlight| [count_to(highlight.start), count_to(highlight.end)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_are_counted_in_characters() {
        assert_eq!(in_characters("𠮷a外贸，外贸", &[5..11, 14..20]), [[2, 4], [5, 7]]);
        assert_eq!(in_characters("外贸", &[0..6, 6..9]), [[0, 2], [2, 2]]);
    }
}
