//! The headings of documents as rows of a list.

use super::breadcrumb::step_name;
use super::gathering::Found;
use super::picker::{Column, Width};
use super::shelf::Shelf;
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

/// The columns of a list of all documents' headings.
#[must_use]
pub fn columns_of_all() -> Vec<Column> {
    vec![
        Column::new("标题", "heading", Width::Share(3)),
        Column::new("上级", "under", Width::Share(2)).unsearched().shown_from(76),
        Column::new("文件", "document", Width::Share(2)).shown_from(44),
    ]
}

/// What was found in a document as rows; nothing where the library does not list it.
#[must_use]
pub fn found(found: Found, shelf: &Shelf) -> Vec<(Heading, Vec<String>)> {
    let Some((place, entry)) = shelf.position(&found.document).and_then(|place| Some((place, shelf.places().get(place)?))) else {
        return Vec::new();
    };
    let title = &entry.listing.metadata.title;
    let headings = found.headings.into_iter();
    headings.map(|(node, name, above)| (Heading { place, node }, vec![name, above, title.clone()])).collect()
}

/// The headings of a document in reading order, each with its row: the deeper it stands the further in.
pub fn of_document(document: &Document, place: usize) -> impl Iterator<Item = (Heading, Vec<String>)> {
    document.walk().filter(|(_, node)| is_row(node)).map(move |(index, node)| {
        let depth = document.path(index).len().saturating_sub(1);
        (Heading { place, node: index }, vec![format!("{}{}", "  ".repeat(depth), step_name(node))])
    })
}
