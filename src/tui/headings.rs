//! The headings of documents as rows of a list.

use super::breadcrumb::step_name;
use super::picker::{Column, Width};
use super::tree::is_row;
use crate::document::Document;
use crate::document::node::NodeIndex;

/// One heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// Its document's place on the shelf.
    pub place: usize,
    /// The node.
    pub node: NodeIndex,
}

/// The columns of a list of one document's headings.
#[must_use]
pub fn columns() -> Vec<Column> {
    vec![Column::new("", "", Width::Share(1))]
}

/// The headings of a document in reading order, each with its row: the deeper it stands the further in.
pub fn of_document(document: &Document, place: usize) -> impl Iterator<Item = (Heading, Vec<String>)> {
    document.walk().filter(|(_, node)| is_row(node)).map(move |(index, node)| {
        let depth = document.path(index).len().saturating_sub(1);
        (Heading { place, node: index }, vec![format!("{}{}", "  ".repeat(depth), step_name(node))])
    })
}
