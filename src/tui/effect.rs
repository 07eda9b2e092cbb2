//! What `update` wants done by the world outside: slow or impure things, as data.

use super::exports::Export;
use super::gathering::Gathering;
use crate::corpus::notes::Note;
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
    /// Export something; what is being exported is given up for it.
    Export(Export),
    /// Keep something, or ask something of the terminal.
    Keep(Keeping),
    /// End the program.
    Quit,
}

/// What is to be kept, or asked of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// Change a note.
    Note(Box<NoteChange>),
    /// Only the terminal itself can do it.
    Ask(Request),
}

/// One note in place of another: without `before` a new one, without `after` none any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteChange {
    /// The note as it was.
    pub before: Option<Note>,
    /// The note as it is to be.
    pub after: Option<Note>,
}

/// What the application asks of the terminal that it runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Open a source file of the library.
    Open {
        /// Its name in `corpus/`.
        file: String,
        /// The line to show, where the file has the lines of the extracted text.
        line: u32,
    },
    /// Give the terminal back until the program is called for again.
    Suspend,
    /// Listen to the mouse, or do not.
    Mouse(bool),
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
    /// Of how many documents hits are to be listed at most: each takes time of its own.
    pub documents: usize,
    /// Whether the counts by document and chapter are wanted.
    pub facets: bool,
}
