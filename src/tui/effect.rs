//! What `update` wants done by the world outside: slow or impure things, as data.

use super::gathering::Gathering;
use crate::document::locator::DocumentId;

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Search; older searches that still wait are forgotten.
    Search(Job),
    /// Read a document.
    Load(DocumentId),
    /// Gather something from all documents; what is being gathered is given up for it, or for nothing.
    Gather(Option<Gathering>),
    /// Put a text on the clipboard.
    Copy(String),
    /// Keep what is to be remembered.
    Remember,
    /// End the program.
    Quit,
}

/// A search to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number; later searches have greater ones.
    pub generation: u64,
    /// What was typed.
    pub typed: String,
    /// The document that is open: an address that names none is looked up there.
    pub open: Option<DocumentId>,
    /// How many hits to know of at most; none for all.
    pub limit: Option<usize>,
    /// How many of them are to be listed, with what that takes of their documents.
    pub listed: usize,
    /// Whether the counts by document and chapter are wanted.
    pub facets: bool,
}
