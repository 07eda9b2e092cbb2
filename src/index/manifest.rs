//! What a commit consists of: the shelves that belong to it, and the rules they were made by.
//!
//! Kept as the payload of tantivy's own commit, so that one rename makes tantivy's segments and our shelves valid together, or
//! neither.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::text::fold::FOLDING_VERSION;
use crate::text::segment::DICTIONARY_VERSION;

/// Changes with the layout of the shelves, the schema or the rules of structure: anything that makes older indexes wrong.
pub(super) const FORMAT_VERSION: u32 = 15;

/// The payload of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The versions that the index was made by.
    pub(super) versions: Versions,
    /// The user's words that texts were cut with, folded and sorted.
    #[serde(default)]
    pub(super) user_words: Vec<String>,
    /// What `corpus/` looked like: see `corpus::Fingerprint`.
    pub(super) fingerprint: String,
    /// The shelves, oldest first.
    pub(super) shelves: Vec<ShelfEntry>,
    /// The number of the next shelf.
    pub(super) next_shelf: u32,
}

/// The versions that decide whether an index can be used as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Versions {
    pub(super) format: u32,
    pub(super) folding: u32,
    pub(super) dictionary: u32,
}

/// One shelf of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShelfEntry {
    /// Its number; its file is [`ShelfEntry::file`].
    pub(super) number: u32,
    /// Length of the file.
    pub(super) bytes: u64,
    /// XXH3 of the whole file.
    pub(super) checksum: u32,
    /// Documents that stand in the file and no longer belong to the library, by their ordinal in it.
    pub(super) removed: Vec<u32>,
}

impl Versions {
    pub(super) const CURRENT: Self = Self { format: FORMAT_VERSION, folding: FOLDING_VERSION, dictionary: DICTIONARY_VERSION };
}

impl Manifest {
    pub(super) fn empty(user_words: &[String]) -> Self {
        let user_words = user_words.to_vec();
        Self { versions: Versions::CURRENT, user_words, fingerprint: String::new(), shelves: Vec::new(), next_shelf: 1 }
    }
}

impl ShelfEntry {
    pub(super) fn file(&self) -> String {
        shelf_file(self.number)
    }
}

/// Whether a file is one of ours, by its name.
pub(super) fn is_shelf_file(path: &Path) -> bool {
    path.to_str().and_then(|name| name.strip_prefix("shelf-")).and_then(|rest| rest.strip_suffix(".bin")).is_some()
}

pub(super) fn shelf_file(number: u32) -> String {
    format!("shelf-{number:06}.bin")
}
