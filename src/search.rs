//! THE CONTRACT of search: what is asked, what is answered, and who answers.
//!
//! A [`Request`] goes in, a [`Response`] comes out of any [`Engine`]; nothing here knows how texts are stored. The promises that
//! every engine keeps, and that the engine suite in the tests checks for each: the hits of a plain query are exactly the units that
//! contain it after folding; a highlight marks nothing else; the order is the same in every run.

use std::ops::Range;

use serde::Serialize;

use crate::document::locator::{Address, DocumentId};
use crate::document::node::NodeIndex;
use crate::query::{Query, Term};

/// What to look for, where, and how much of it to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The query as read.
    pub query: Query,
    /// The subtree to look in; everything where it is none.
    pub scope: Option<Scope>,
    /// How many hits to return at most; none for all. Totals are always those of all hits.
    pub limit: Option<usize>,
    /// The words, with their synonyms, by which related units are looked for where nothing fulfils the query; where there are none,
    /// the engine cuts the terms into words itself.
    pub words: Vec<Term>,
    /// What stands first among equals.
    pub prefer: Option<Preference>,
    /// What to tell beside the hits.
    pub details: Details,
}

/// What a question wants to find, as far as the order of hits can serve it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// Headings: 哪一章.
    Headings,
    /// Indicators and other units with numbers: 多少.
    Figures,
    /// Measures: 怎么, 如何.
    Measures,
    /// What says what a thing is: 什么是.
    Definitions,
    /// What says who does something: 谁, 哪个部门.
    Actors,
    /// Anything that says something: 为什么. Headings alone answer no question.
    Statements,
}

/// What an answer tells beside the hits; each costs a little time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Details {
    /// The counts by document and by chapter.
    pub facets: bool,
    /// How the query was carried out.
    pub explanation: bool,
}

impl Request {
    /// A request for everything in the library that fits `query`.
    #[must_use]
    pub fn of(query: Query) -> Self {
        Self { query, scope: None, limit: None, words: Vec::new(), prefer: None, details: Details::default() }
    }
}

/// A document, or the subtree at an address of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The document.
    pub document: DocumentId,
    /// The root of the subtree; empty for the whole document.
    pub address: Address,
}

/// All that is known about what was asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Response {
    /// How many units match, returned or not.
    pub total: usize,
    /// How many places in the text match: what Ctrl+F would count, overlaps not counted twice.
    pub occurrences: usize,
    /// The best hits, best first; ties in document order.
    pub hits: Vec<Hit>,
    /// Units that fit only where a term may be replaced by a synonym. Never counted in `total`.
    pub synonyms: Further,
    /// Units that hold some of the words, offered where nothing matches the whole query and hits were asked for. Never counted in `total`.
    pub related: Vec<Hit>,
    /// The counts by document and by chapter, where they were asked for; those of what was typed, synonyms aside.
    pub facets: Facets,
    /// How the query was carried out, where that was asked for.
    pub explanation: Option<Explanation>,
}

/// Units beyond those that hold what was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Further {
    /// How many there are, returned or not.
    pub total: usize,
    /// How many places in their texts match.
    pub occurrences: usize,
    /// The best of them, best first; with the hits before them no more than the limit.
    pub hits: Vec<Hit>,
}

/// Where the hits are: counts that add up to the totals. Both lists in the order of the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// For each document that has hits.
    pub documents: Vec<(DocumentId, Count)>,
    /// For each top-level heading (章, 编, 一、) that has hits in its subtree; what stands before the first heading of a document counts
    /// for the unit at the top level that it is or is in.
    pub chapters: Vec<(DocumentId, NodeIndex, Count)>,
}

/// How many units, and how many places in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Units.
    pub units: usize,
    /// Places in their texts.
    pub occurrences: usize,
}

/// How a query was carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The terms as they were looked for, in the order typed.
    pub terms: Vec<ExplainedTerm>,
    /// How units were proposed.
    pub proposed_by: Proposal,
    /// How many units were proposed and then looked at; 0 where the counts were known beforehand.
    pub proposed: usize,
}

/// One term as it was looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ExplainedTerm {
    /// As typed.
    pub text: String,
    /// What was compared.
    pub folded: String,
    /// The words that it was cut into.
    pub words: Vec<String>,
    /// The other forms that were looked for, synonyms among them.
    pub others: Vec<String>,
}

/// How the units that may match were come by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Proposal {
    /// By reading all texts.
    #[default]
    Scan,
    /// By the index of neighbouring characters.
    Grams,
    /// By the list of the best units that is kept for frequent strings.
    Frequent,
}

/// One unit that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document it is in.
    pub document: DocumentId,
    /// Its place in the document's nodes.
    pub node: NodeIndex,
    /// Where the words stand that made the hit: bytes of the unit's text (`Document::unit_text`), in order, not overlapping.
    pub highlights: Vec<Range<usize>>,
    /// How it matches.
    pub matched: Match,
    /// The synonyms that stand there instead of what was typed, in the order typed; empty for other hits.
    pub through: Vec<String>,
    /// Why it stands where it stands.
    pub score: Score,
}

/// How a unit matches the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Match {
    /// A string in quotation marks, found as it is.
    Exact,
    /// One term that begins and ends where words of the text begin and end.
    Word,
    /// One term that stands only across the bounds of words: 外贸 in 境外|贸易.
    Crossing,
    /// All of several terms.
    All,
    /// A word for the same thing as what was typed.
    Synonym,
    /// Some of the words of a query that as a whole is not found.
    Any,
}

/// The parts of a hit's rank, each from 0 to 1; hits are sorted by their weighted sum, [`Score::total`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Score {
    /// How much of the terms occurs as whole words.
    pub whole_words: f32,
    /// How much of the terms occurs in the unit's title, or, weighing a little less, in the name of its indicator.
    pub in_title: f32,
    /// How much of the title the terms make up.
    pub title_filled: f32,
    /// How close several terms stand to one another.
    pub near: f32,
    /// What the unit is: a heading or measure, a row, a point, text, a preamble.
    pub standing: f32,
    /// BM25 over the terms of the query.
    pub bm25: f32,
    /// How near to its beginning the unit comes to speak of the terms: what it begins with is what it is about.
    pub early: f32,
    /// How much the unit is of the kind that a question asks for.
    pub asked_for: f32,
}

impl Score {
    /// What each part weighs, in the order of the fields: a whole word outweighs a title, a title what is close, and so on.
    pub const WEIGHTS: [f32; 8] = [8.0, 4.0, 1.0, 2.0, 1.0, 1.0, 1.0, 3.0];

    /// The number that hits are sorted by.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.parts().iter().zip(Self::WEIGHTS).map(|(part, weight)| part * weight).sum()
    }

    /// The parts, in the order of the fields.
    #[must_use]
    pub const fn parts(&self) -> [f32; 8] {
        [self.whole_words, self.in_title, self.title_filled, self.near, self.standing, self.bm25, self.early, self.asked_for]
    }
}

/// Something that answers requests.
pub trait Engine {
    /// What can go wrong: the disk, never the query.
    type Error: std::error::Error;

    /// Answers `request`, completely.
    ///
    /// # Errors
    /// Where the texts cannot be read.
    fn search(&self, request: &Request) -> Result<Response, Self::Error>;
}
