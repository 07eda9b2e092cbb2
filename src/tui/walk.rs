//! The way through the documents as data: where one was, and the place one is on the way to.

use super::reader::Bookmark;
use super::reference::Choice;
use crate::document::Document;
use crate::document::locator::Address;
use crate::document::node::NodeIndex;
use crate::query::address::{self, Pattern};

/// So many places that one jumped from are kept.
const MOST_JUMPS: usize = 100;

/// Where one was, and where one is going.
#[derive(Debug, Clone, Default)]
pub struct Walker {
    /// The places that one jumped from and to.
    pub jumps: Jumps,
    /// The place to go to in the document that is wanted, once it has been read.
    pub arrival: Option<Arrival>,
    /// Where one read before the event that is at hand; what is only looked at beside the tree or the results is not read.
    pub settled: Option<Bookmark>,
    /// The references that there are to choose from.
    pub choice: Option<Choice>,
    /// Whether the document that is wanted was jumped to.
    pub is_leaping: bool,
}

/// A place in a document that has not been read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// By its stable address, or what is left of it.
    Address(Address),
    /// By an address as it is written in texts.
    Pattern(Pattern),
}

impl Arrival {
    /// The place in the document; for a stable address that is no more, the nearest place above it.
    #[must_use]
    pub fn find(&self, document: &Document) -> Option<NodeIndex> {
        match self {
            Self::Address(address) => {
                let lengths = (1..=address.0.len()).rev();
                let mut above = lengths.map(|length| Address(address.0.iter().take(length).copied().collect()));
                above.find_map(|address| document.find(&address))
            }
            Self::Pattern(pattern) => match address::resolve(document, &Pattern { document: None, ..pattern.clone() })? {
                address::Target::Document => Some(NodeIndex(0)),
                address::Target::Node(node) | address::Target::Sentence { node, .. } => Some(node),
            },
        }
    }
}

/// The places that one jumped from, and those that one went back from, like the pages of a browser.
#[derive(Debug, Clone, Default)]
pub struct Jumps {
    places: Vec<Bookmark>,
    /// The place one went back to; the number of places where one has not gone back.
    at: usize,
}

impl Jumps {
    /// Keeps the place that one jumps from; what one had gone back from is forgotten.
    pub fn leave(&mut self, place: Bookmark) {
        self.places.truncate(self.at);
        self.places.push(place);
        let excess = self.places.len().saturating_sub(MOST_JUMPS);
        self.places.drain(..excess);
        self.at = self.places.len();
    }

    /// The place before, coming from `here`; none at the first.
    pub fn back(&mut self, here: Bookmark) -> Option<Bookmark> {
        let before = self.at.checked_sub(1)?;
        if self.at == self.places.len() {
            self.places.push(here);
        }
        self.at = before;
        self.places.get(before).cloned()
    }

    /// The place that one went back from last; none at the last.
    pub fn forth(&mut self) -> Option<Bookmark> {
        let place = self.places.get(self.at + 1).cloned()?;
        self.at += 1;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn place(document: &Arc<Document>, node: usize) -> Bookmark {
        Bookmark { document: Arc::clone(document), node: NodeIndex(node), byte: 0 }
    }

    fn node(place: Option<Bookmark>) -> Option<usize> {
        place.map(|place| place.node.0)
    }

    #[test]
    fn one_goes_back_and_forth_like_in_a_browser() {
        let library = crate::library::Library::in_memory(&[("甲.txt", "第一章  总则\n\n贸易。\n".as_bytes())]).unwrap().value;
        let document = library.document(&library.listings()[0].id).unwrap();
        let mut jumps = Jumps::default();
        assert_eq!(node(jumps.back(place(&document, 9))), None);
        for left in 1..=3 {
            jumps.leave(place(&document, left));
        }
        assert_eq!(node(jumps.back(place(&document, 4))), Some(3));
        assert_eq!(node(jumps.back(place(&document, 3))), Some(2));
        assert_eq!(node(jumps.forth()), Some(3));
        assert_eq!(node(jumps.forth()), Some(4));
        assert_eq!(node(jumps.forth()), None);
        assert_eq!(node(jumps.back(place(&document, 4))), Some(3));
        jumps.leave(place(&document, 7));
        assert_eq!(node(jumps.forth()), None);
        assert_eq!(node(jumps.back(place(&document, 8))), Some(7));
        assert_eq!(node(jumps.back(place(&document, 7))), Some(2));
    }
}
