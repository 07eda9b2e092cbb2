//! What the library says of its own words: which there are, which short forms it introduces, whether a string is in it at all.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem::Finder;

use super::error::IndexError;
use super::open::Index;
use super::shelf::Shelf;
use crate::document::locator::DocumentId;

/// A short form that a document introduces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortForm {
    /// The full form, as written.
    pub full: String,
    /// The short form, as written.
    pub short: String,
    /// The document.
    pub document: DocumentId,
}

impl Index {
    /// Of the words that the folded texts were cut into, and of the single Chinese characters, those that are wanted, sorted; with the
    /// number of units that hold a word, and of different neighbours that follow a character, on each shelf, added up (those of
    /// removed documents may still be counted). A word is asked for as often as there are shelves that have it.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn vocabulary(&self, is_wanted: impl Fn(&str) -> bool + Sync) -> Result<BTreeMap<String, u64>, IndexError> {
        let of_shelf = |shelf: &Shelf| {
            let mut wanted = Vec::new();
            shelf.words(&mut |word, units| wanted.extend(is_wanted(word).then(|| (word.to_owned(), units))))?;
            Ok::<_, IndexError>(wanted)
        };
        let mut words = BTreeMap::new();
        for wanted in self.every_shelf(of_shelf) {
            for (word, units) in wanted? {
                *words.entry(word).or_default() += units;
            }
        }
        Ok(words)
    }

    /// The short forms that documents of the library introduce and that are wanted, told by full and short form; in the order of the
    /// documents.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn short_forms(&self, is_wanted: impl Fn(&str, &str) -> bool) -> Result<Vec<ShortForm>, IndexError> {
        let mut forms = Vec::new();
        for shelf in &self.shelves {
            for (full, short, document) in shelf.short_forms()?.iter().filter(|(full, short, _)| is_wanted(full, short)) {
                let Some(record) = shelf.document_record(*document).filter(|_| !shelf.is_removed(*document)) else { continue };
                let document = DocumentId::new(&String::from_utf8_lossy(shelf.id(&record)));
                forms.push(ShortForm { full: full.clone(), short: short.clone(), document });
            }
        }
        forms.sort_by(|left, right| left.document.cmp(&right.document));
        Ok(forms)
    }

    /// Whether a folded string may stand in some unit: quick, and never wrong where it says no.
    ///
    /// # Errors
    /// Where a file of the index cannot be read.
    pub fn may_contain_text(&self, folded: &str) -> Result<bool, IndexError> {
        if self.is_small() { Ok(self.contain_any(&[vec![folded]]) == [true]) } else { Ok(self.at_most(folded)? > 0) }
    }

    /// For each of some groups of folded strings, whether any unit of the library holds one of them: told by reading all texts, without
    /// the help of what proposes units.
    #[must_use]
    pub fn contain_any(&self, groups: &[Vec<&str>]) -> Vec<bool> {
        let finders = groups.iter().map(|group| group.iter().map(Finder::new).collect::<Vec<_>>());
        let groups: Vec<_> = finders.map(|finders| (finders, AtomicBool::new(false))).collect();
        self.every_shelf(|shelf| {
            for (finders, is_found) in &groups {
                // One place anywhere is enough.
                if !is_found.load(Ordering::Relaxed) && finders.iter().any(|finder| holds(shelf, finder)) {
                    is_found.store(true, Ordering::Relaxed);
                }
            }
        });
        groups.into_iter().map(|(_, is_found)| is_found.into_inner()).collect()
    }
}

/// Whether a unit of a shelf that belongs to the library holds a string.
fn holds(shelf: &Shelf, finder: &Finder<'_>) -> bool {
    let Some(folded) = shelf.folded().whole() else { return false };
    let mut at = 0;
    while let Some(found) = folded.get(at..).and_then(|rest| finder.find(rest)) {
        let Some(unit) = shelf.unit_at(at + found) else { return false };
        if !unit.is_removed() {
            return true;
        }
        at = unit.record.folded as usize + unit.folded.len() + 1;
    }
    false
}
