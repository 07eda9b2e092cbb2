//! An excerpt: some units of a document and the way to each of them, without the rest of its text.
//!
//! It is what a list of results needs of a document: address, citation, breadcrumb and text of a few units. To put a whole document
//! together for that would be most of the work of a search.

use super::Document;

/// Some units of a document, and all that stand above them.
///
/// In [`Excerpt::document`] every node stands in its place, and up to the last that was asked for has its kind and parent; address, text,
/// label, number, title and cells have only the units that were asked for and those above them. Lines, indicators and ends of subtrees
/// are not known, nor anything of the nodes that come after. So locators, citations, names, paths and texts of those units are the same as in the whole
/// document, and nothing else may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt(Document);

impl Excerpt {
    /// An excerpt from what is known of its document.
    #[must_use]
    pub const fn new(document: Document) -> Self {
        Self(document)
    }

    /// The document as far as it is known, for keeping.
    #[must_use]
    pub fn into_document(self) -> Document {
        self.0
    }

    /// The document as far as it is known.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.0
    }
}
