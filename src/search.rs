//! THE CONTRACT of search: what is asked, what is answered, and who answers.
//!
//! A [`Request`] goes in, a [`Response`] comes out of any [`Engine`]; nothing here knows how texts are stored. The promises that
//! every engine keeps, and that the engine suite in the tests checks for each: the hits of a plain query are exactly the units that
//! contain it after folding; a highlight marks nothing else; the order is the same in every run.

use std::ops::Range;

use serde::Serialize;

use crate::document::locator::{Address, DocumentId};
use crate::document::node::NodeIndex;
use crate::query::Query;

/// What to look for, where, and how much of it to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The query as read.
    pub query: Query,
    /// The subtree to look in; everything where it is none.
    pub scope: Option<Scope>,
    /// How many hits to return at most; none for all. Totals are always those of all hits.
    pub limit: Option<usize>,
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
    /// Units that hold some of the words, offered where nothing matches the whole query. Never counted in `total`.
    pub related: Vec<Hit>,
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
    /// Some of the words of a query that as a whole is not found.
    Any,
}

/// The parts of a hit's rank; hits are sorted by their weighted sum, [`Score::total`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Score {
    /// How many of the terms occur as whole words, as a share from 0 to 1.
    pub whole_words: f32,
    /// How many of the terms occur in the unit's title, as a share from 0 to 1.
    pub in_title: f32,
    /// BM25 over the words of the query, 0 or more.
    pub bm25: f32,
}

impl Score {
    /// The number that hits are sorted by: up to 4 for whole words, up to 2 for the title, below 1 for BM25.
    ///
    /// All terms as whole words outweigh everything else, all terms in the title outweigh BM25.
    #[must_use]
    pub fn total(&self) -> f32 {
        4.0 * self.whole_words + 2.0 * self.in_title + self.bm25 / (1.0 + self.bm25)
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
