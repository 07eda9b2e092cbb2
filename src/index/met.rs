//! Where the documents stand whose ids have been read, so that none has to be looked for when it is shown.
//!
//! A hit names its document by its id, and what is shown of it is read by that id: of the twenty documents of a list each would be looked for
//! among all.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::document::locator::DocumentId;

/// So many ids are kept; one more, and all are forgotten.
const MOST: usize = 4096;

/// The place of a document: the number of its shelf, and its ordinal there.
pub(super) type Place = (u32, u32);

/// The ids that have been read of one state of an index.
#[derive(Debug, Default)]
pub(super) struct Met(Mutex<FxHashMap<DocumentId, Place>>);

impl Met {
    pub(super) fn note(&self, id: &DocumentId, place: Place) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST {
            places.clear();
        }
        places.insert(id.clone(), place);
    }

    /// The place of a document, if its id has been read.
    pub(super) fn place(&self, id: &DocumentId) -> Option<Place> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).copied()
    }
}
