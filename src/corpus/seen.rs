//! What every source looked like when the index was brought up to date last, so that one file more in a large library is told from all
//! others without reading them.
//!
//! For each source and file of corrections the number that goes into the [`Fingerprint`], sorted, 16 bytes each, little-endian. The table
//! stands in `index/` and is good only as long as its numbers make up the fingerprint of the index: then a file that has its number
//! in it is as it was. Where there is no such table, the bytes of all sources are looked at.

use super::sources::{Survey, number};
use super::{Corpus, Fingerprint, SourceFile};

/// Up to so many files are read again without much ado.
const MANY: usize = 1000;

/// Name of the file within `index/`.
const FILE: &str = "seen.bin";

/// Bytes of a number.
const NUMBER_BYTES: usize = 16;

/// Files that were looked at before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen(Vec<u128>);

impl Seen {
    /// Whether the file is as it was then.
    #[must_use]
    pub fn holds(&self, file: &SourceFile) -> bool {
        self.0.binary_search(&number(file)).is_ok()
    }
}

impl Corpus {
    /// What was seen when the sources had this fingerprint; nothing where that is not remembered.
    #[must_use]
    pub fn seen(&self, fingerprint: &str) -> Seen {
        let bytes = std::fs::read(self.index_folder().join(FILE)).unwrap_or_default();
        let numbers: Vec<u128> = bytes.as_chunks::<NUMBER_BYTES>().0.iter().map(|number| u128::from_le_bytes(*number)).collect();
        let is_of_it = numbers.is_sorted() && Fingerprint::of_numbers(&numbers).to_string() == fingerprint;
        Seen(if is_of_it { numbers } else { Vec::new() })
    }

    /// Remembers what was seen, where there is much of it and the index holds it all.
    pub fn note_seen(&self, survey: &Survey) {
        if survey.numbers.len() <= MANY || self.seen(&survey.fingerprint().to_string()) != Seen::default() {
            return;
        }
        let mut numbers = survey.numbers.clone();
        numbers.sort_unstable();
        self.note(FILE, &numbers.into_iter().flat_map(u128::to_le_bytes).collect::<Vec<_>>());
    }
}
