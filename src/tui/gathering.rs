//! What is gathered from all documents, a few at a time: their headings or their indicators.
//!
//! The worker does it while nobody waits for anything else. Documents are only glanced at: they are not kept.

use std::ops::Range;

use super::breadcrumb::step_name;
use super::tree::is_row;
use crate::document::Document;
use crate::document::indicator::Indicator;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::library::Library;

/// So many documents are looked at before anything else that has come may go first.
pub const AT_ONCE: usize = 8;

/// What is gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Headings.
    Headings,
    /// Indicators.
    Indicators,
}

/// A gathering to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gathering {
    /// Its number; what comes of any but the newest is dropped.
    pub generation: u64,
    /// What is gathered.
    pub what: What,
}

/// What came of some documents.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// Which gathering it belongs to.
    pub generation: u64,
    /// How many documents have been looked at.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// What was found.
    pub found: Vec<Found>,
}

/// What was found in one document.
#[derive(Debug, Clone)]
pub struct Found {
    /// The document.
    pub document: DocumentId,
    /// Headings, each with the title of what it stands under; none where they were not asked for.
    pub headings: Vec<(NodeIndex, String, String)>,
    /// Indicators; none where they were not asked for.
    pub indicators: Vec<Indicator>,
}

/// Looks at some documents of a library; one that cannot be read is passed over, which opening it will say.
#[must_use]
pub fn gather(library: &Library, gathering: Gathering, documents: Range<usize>) -> Gathered {
    let listings = library.listings();
    let done = documents.end.min(listings.len());
    let wanted = listings.get(documents.start.min(done)..done).unwrap_or_default();
    let found = wanted.iter().filter_map(|listing| library.glance(&listing.id).ok());
    let found = found.map(|document| look(&document, gathering.what));
    let found = found.filter(|found| !(found.headings.is_empty() && found.indicators.is_empty())).collect();
    Gathered { generation: gathering.generation, done, of: listings.len(), found }
}

fn look(document: &Document, what: What) -> Found {
    let mut found = Found { document: document.id.clone(), headings: Vec::new(), indicators: Vec::new() };
    match what {
        What::Headings => found.headings = headings(document),
        What::Indicators => found.indicators.clone_from(&document.indicators),
    }
    found
}

fn headings(document: &Document) -> Vec<(NodeIndex, String, String)> {
    let rows = document.walk().filter(|(_, node)| is_row(node));
    rows.map(|(index, node)| {
        let above = document.path(index).first().filter(|top| **top != index).and_then(|top| document.node(*top));
        (index, step_name(node), above.map(step_name).unwrap_or_default())
    })
    .collect()
}
