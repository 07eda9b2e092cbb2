//! A node: the smallest thing that can be found, addressed and cited.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::locator::Address;
use super::numbering::Numbering;
use super::table::Cell;

/// The place of a node in [`super::Document::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeIndex(pub usize);

/// One unit of a document: a heading with the text that runs on from it, a paragraph, a bullet, a table row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its number, where it has one.
    pub numbering: Option<Numbering>,
    /// The mark at its beginning as written: a number (第四章, （四）) or a sign (——); empty where there is none.
    pub label: String,
    /// Its title in original characters, line breaks joined, without label, full stop or body; empty where there is none.
    pub title: String,
    /// Bytes of the document's text that the title was read from, where there is a title.
    pub title_span: Option<Range<usize>>,
    /// Bytes of the document's text that belong to this very node, its children excluded, trailing blank lines included.
    pub span: Range<usize>,
    /// First line of the span, counted from 1 in the extracted text.
    pub line_start: u32,
    /// Last line of the span that is not blank.
    pub line_end: u32,
    /// The node it stands under; none at the top level.
    pub parent: Option<NodeIndex>,
    /// One past the last node of its subtree.
    pub subtree_end: NodeIndex,
    /// Its address within the document, unique there.
    pub address: Address,
    /// The cells, where the node is a row (or the head row of a table).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Cell>,
}

impl Node {
    /// A node of which nothing is known but its own bytes.
    #[must_use]
    pub const fn bare(span: Range<usize>) -> Self {
        Self {
            kind: Kind::Paragraph,
            numbering: None,
            label: String::new(),
            title: String::new(),
            title_span: None,
            span,
            line_start: 0,
            line_end: 0,
            parent: None,
            subtree_end: NodeIndex(0),
            address: Address(Vec::new()),
            cells: Vec::new(),
        }
    }
}
