//! The documents of the library as the interface knows them: all listings, and those texts that have been read so far.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::library::Listing;

/// All documents, in the order of the library.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    places: Vec<Place>,
    /// Where each document stands.
    by_id: BTreeMap<DocumentId, usize>,
}

/// One document of the shelf.
#[derive(Debug, Clone)]
pub struct Place {
    /// What is known without reading it.
    pub listing: Listing,
    /// The document, once it has been read.
    pub document: Option<Arc<Document>>,
}

impl Shelf {
    /// A shelf of unread documents.
    #[must_use]
    pub fn new(listings: &[Listing]) -> Self {
        let places = listings.iter().map(|listing| Place { listing: listing.clone(), document: None }).collect();
        Self { places, by_id: listings.iter().enumerate().map(|(at, listing)| (listing.id.clone(), at)).collect() }
    }

    /// All places, in order.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Where the document of this name stands.
    #[must_use]
    pub fn position(&self, id: &DocumentId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The document at a place, if it has been read.
    #[must_use]
    pub fn document(&self, place: usize) -> Option<&Arc<Document>> {
        self.places.get(place)?.document.as_ref()
    }

    /// The document of this name, if it has been read.
    #[must_use]
    pub fn find(&self, id: &DocumentId) -> Option<&Arc<Document>> {
        self.document(self.position(id)?)
    }

    /// Keeps a document that has been read; one that the library does not list is not kept.
    pub fn keep(&mut self, document: Arc<Document>) {
        if let Some(place) = self.position(&document.id).and_then(|place| self.places.get_mut(place)) {
            place.document = Some(document);
        }
    }
}
