//! One unit among the results: where it is, what was found in it, and how it came to be found.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::search::{Hit, Match};

/// One unit that was found.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its document.
    pub document: Arc<Document>,
    /// The unit.
    pub node: NodeIndex,
    /// What was found in it: bytes of the text of this document, which may be an excerpt.
    pub highlights: Vec<Range<usize>>,
    /// Why it is here.
    pub role: Role,
    /// How it came to be found.
    pub reason: Reason,
    /// How many steps of the way to it stand above it in the list already.
    pub below: usize,
    /// The hit with its score, none for the place that was typed; and which of the queries it answers.
    pub hit: Option<(Hit, usize)>,
}

/// Why a unit is among the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its address was typed.
    Place,
    /// It holds what was looked for.
    Found,
    /// It holds a synonym.
    Synonym,
    /// It holds some of the words.
    Related,
}

/// How a unit came to be found, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its address was typed.
    Place,
    /// As the engine says.
    Matched(Match),
    /// What was typed was read otherwise.
    Instead(&'static str, &'static str),
}

impl Entry {
    /// The unit of a hit, which answers the query of this number; none where its document is not there.
    #[must_use]
    pub fn new(hit: &Hit, documents: &[Arc<Document>], (role, reason): (Role, Reason), asked: usize) -> Option<Self> {
        let document = documents.iter().find(|document| document.id == hit.document)?;
        let start = document.unit_start(document.node(hit.node)?);
        let highlights = hit.highlights.iter().map(|range| start + range.start..start + range.end).collect();
        let hit = Some((hit.clone(), asked));
        let document = Arc::clone(document);
        Some(Self { document, node: hit.as_ref()?.0.node, highlights, role, reason, below: 0, hit })
    }

    /// The unit at the top level that it is or is in.
    #[must_use]
    pub fn chapter(&self) -> NodeIndex {
        self.document.path(self.node).first().copied().unwrap_or(self.node)
    }

    /// What was found in it, in bytes of the text of its whole document.
    #[must_use]
    pub fn spans(&self, whole: &Document) -> Vec<Range<usize>> {
        let Some((hit, _)) = &self.hit else { return self.highlights.clone() };
        let Some(node) = whole.node(self.node) else { return Vec::new() };
        let start = whole.unit_start(node);
        hit.highlights.iter().map(|range| start + range.start..start + range.end).collect()
    }

    /// How it came to be found, in a word; and that it stands in the title.
    #[must_use]
    pub fn label(&self, language: Language) -> (&'static str, Option<&'static str>) {
        let (chinese, english) = match self.reason {
            Reason::Place => ("位置", "place"),
            Reason::Instead(chinese, english) => (chinese, english),
            Reason::Matched(Match::Exact) => ("原样", "exact"),
            Reason::Matched(Match::Word) => ("整词", "word"),
            Reason::Matched(Match::Crossing) => ("跨词", "across"),
            Reason::Matched(Match::All) => ("各词", "all"),
            Reason::Matched(Match::Synonym) => ("同义", "synonym"),
            Reason::Matched(Match::Any) => ("部分", "some"),
        };
        let is_in_title = self.hit.as_ref().is_some_and(|(hit, _)| hit.score.in_title > 0.0);
        (language.pick(chinese, english), is_in_title.then_some(language.pick("标题", "title")))
    }
}
