//! What the library says of its own words: which there are, which short forms it introduces, whether a string is in it at all.

use std::collections::BTreeMap;

use memchr::memmem::Finder;

use super::error::IndexError;
use super::open::Index;
use super::postings::Segment;
use super::short_forms::Introduced;
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
    /// The words that the folded texts were cut into, with the number of units that hold them (those of removed documents may still
    /// be counted), sorted; and the single Chinese characters, with the number of different neighbours that follow them.
    ///
    /// # Errors
    /// Where a file of the index cannot be read.
    pub fn vocabulary(&self) -> Result<BTreeMap<String, u64>, IndexError> {
        let mut words = BTreeMap::new();
        for shelf in &self.shelves {
            shelf.words(&mut |word, units| *words.entry(word.to_owned()).or_default() += units)?;
        }
        for reader in &self.segments {
            Segment::new(reader, &self.fields).pairs(&mut |pair, _| {
                if let Some(first) = pair.chars().next().filter(|first| *first >= '\u{2E80}') {
                    *words.entry(first.to_string()).or_default() += 1;
                }
            })?;
        }
        Ok(words)
    }

    /// The short forms that documents of the library introduce of which either form, folded, stands in one of these folded terms; in
    /// the order of the documents.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn short_forms(&self, folded_terms: &[&str]) -> Result<Vec<ShortForm>, IndexError> {
        let mut forms = Vec::new();
        for shelf in &self.shelves {
            let mut introduced = Vec::new();
            for term in folded_terms {
                introduced.extend(shelf.short_forms(term)?);
            }
            introduced.sort_unstable();
            introduced.dedup();
            for Introduced { document, full, short } in introduced {
                let Some(record) = shelf.document_record(document).filter(|_| !shelf.is_removed(document)) else { continue };
                let document = DocumentId::new(&String::from_utf8_lossy(shelf.id(&record)));
                forms.push(ShortForm { full: full.to_owned(), short: short.to_owned(), document });
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
        if self.is_small() { Ok(self.contains_text(folded)) } else { Ok(self.at_most(folded)? > 0) }
    }

    /// Whether any unit of the library holds a folded string: told by reading all texts, without the help of the index.
    #[must_use]
    pub fn contains_text(&self, folded: &str) -> bool {
        let finder = Finder::new(folded);
        self.shelves.iter().any(|shelf| {
            if shelf.removed().is_empty() {
                return shelf.folded().whole().is_some_and(|folded| finder.find(folded).is_some());
            }
            shelf.units().any(|unit| finder.find(unit.folded).is_some() && !unit.is_removed())
        })
    }
}
