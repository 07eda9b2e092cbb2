//! Addresses as people speak and type them → an address to look up.

use std::ops::Range;

use crate::document::Document;
use crate::document::locator::{Address, DocumentId, Locator};
use crate::document::metadata::Metadata;
use crate::document::node::NodeIndex;

/// A typed address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    document: Option<DocumentId>,
    address: Address,
}

/// What it points at in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The node; none for the whole document.
    pub node: Option<NodeIndex>,
    /// The sentence within its unit text, in bytes.
    pub sentence: Option<Range<usize>>,
}

impl Pattern {
    /// Whether a document of this name may be meant.
    #[must_use]
    pub fn may_mean(&self, id: &DocumentId, _metadata: &Metadata) -> bool {
        self.document.as_ref().is_none_or(|document| document == id)
    }
}

/// Reads a typed address; none where it is no address.
#[must_use]
pub fn parse(typed: &str) -> Option<Pattern> {
    if let Ok(address) = typed.trim().parse::<Address>() {
        return Some(Pattern { document: None, address });
    }
    let locator: Locator = typed.trim().parse().ok()?;
    Some(Pattern { document: Some(locator.document), address: locator.address })
}

/// Looks it up.
#[must_use]
pub fn resolve(document: &Document, pattern: &Pattern) -> Option<Target> {
    Some(Target { node: Some(document.find(&pattern.address)?), sentence: None })
}
