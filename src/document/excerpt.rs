//! An excerpt: some units of a document and the way to each of them, without the rest of it.
//!
//! It is what a list of results needs of a document: address, citation, breadcrumb and text of a few units. To put a whole document
//! together for that would be most of the work of a search, and so would room for all of its nodes.

use super::Document;
use super::node::{Node, NodeIndex};

/// Some units of a document, and all that stand above them.
///
/// The document that it holds has these nodes only, in their order and numbered anew, and what a citation of one of them has to look at (the
/// first clause of an article for an item of it); of each, kind, parent, address, text, label, number, title and cells are known. Lines and
/// indicators are not. So locators, citations, names, paths and texts are the same as in the whole document, and nothing else may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    document: Document,
    /// Where each of its nodes stands in the whole document, rising.
    places: Vec<NodeIndex>,
    /// How many nodes the whole document has.
    count: usize,
}

impl Excerpt {
    /// An excerpt from what is known of its document; `places` says where each of the nodes stands in the whole, rising, which has `count`.
    #[must_use]
    pub const fn new(document: Document, places: Vec<NodeIndex>, count: usize) -> Self {
        Self { document, places, count }
    }

    /// The document as far as it is known.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Where a node of the whole document stands in [`Excerpt::document`]; none where it is not known.
    #[must_use]
    pub fn place(&self, whole: NodeIndex) -> Option<NodeIndex> {
        self.places.binary_search(&whole).ok().map(NodeIndex)
    }

    /// The document as far as it is known, with as many nodes as the whole, each in its place; between them stand nodes of which nothing is
    /// known.
    #[must_use]
    pub fn spread(self) -> Document {
        let Self { mut document, places, count } = self;
        let mut nodes = Vec::with_capacity(count);
        for (place, mut node) in places.iter().zip(std::mem::take(&mut document.nodes)) {
            nodes.resize_with(place.0, || Node::bare(node.span.start..node.span.start));
            node.parent = node.parent.and_then(|parent| places.get(parent.0).copied());
            node.subtree_end = places.get(node.subtree_end.0).copied().unwrap_or(NodeIndex(count));
            nodes.push(node);
        }
        let end = document.text.len();
        nodes.resize_with(count, || Node::bare(end..end));
        Document { nodes, ..document }
    }
}
