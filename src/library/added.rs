//! How adding went for each file.

use serde::{Deserialize, Serialize};

use super::Summary;
use crate::diagnostic::{Bilingual, Diagnostic, Place};
use crate::document::locator::DocumentId;

/// So many diagnostics are kept of all the files of one call; of each file beyond that the first [`FIRST`], and how many there are more.
const MOST_DIAGNOSTICS: usize = 10_000;
const FIRST: usize = 2;

/// How `add` went for one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Added {
    /// Read, copied into `corpus/` and indexed.
    New {
        /// The id it got.
        id: DocumentId,
        /// The document that carries the same 文号, where there was one: both are kept.
        twin: Option<DocumentId>,
        /// What it turned out to be.
        summary: Summary,
        /// What was noticed about it.
        diagnostics: Vec<Diagnostic>,
    },
    /// The same bytes are in the library already; the corrections beside the file are new and were taken over.
    Corrected {
        /// Its id; another one where the 文号 was corrected.
        id: DocumentId,
        /// What it turned out to be now.
        summary: Summary,
        /// What was noticed about it now.
        diagnostics: Vec<Diagnostic>,
    },
    /// The same bytes are in the library already, with the same corrections or the file brings none.
    Unchanged(DocumentId),
    /// Not added, and why.
    Refused(Bilingual),
}

/// What came of files, in their order. Packed into one piece of memory: a hundred thousand small ones, each put between much that is soon
/// given back, would keep the allocator from giving that back to the system.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    packed: Vec<u8>,
    /// How much has been noticed about all of them.
    noticed: usize,
}

impl Outcomes {
    /// Takes that of the next file.
    ///
    /// # Errors
    /// Where it cannot be written as JSON, which does not happen.
    pub(super) fn push(&mut self, added: Added) -> serde_json::Result<()> {
        serde_json::to_writer(&mut self.packed, &within_bounds(added, &mut self.noticed))
    }

    /// All of them.
    pub(super) fn unpacked(&self) -> impl Iterator<Item = serde_json::Result<Added>> {
        serde_json::Deserializer::from_slice(&self.packed).into_iter()
    }
}

/// Leaves out of what was noticed about a file what is too much for all of them.
fn within_bounds(mut added: Added, noticed: &mut usize) -> Added {
    if let Added::New { id, diagnostics, .. } | Added::Corrected { id, diagnostics, .. } = &mut added {
        *noticed += diagnostics.len();
        if *noticed > MOST_DIAGNOSTICS {
            shorten(diagnostics, id);
        }
    }
    added
}

/// Keeps the first of what was noticed about a document, and says how much was left out.
fn shorten(noticed: &mut Vec<Diagnostic>, id: &DocumentId) {
    let more = noticed.len().saturating_sub(FIRST);
    if more > 1 {
        noticed.truncate(FIRST);
        let chinese = format!("另有{more}条未列出：celan check {id}");
        let english = format!("{more} more are not listed: celan check {id}");
        noticed.push(Diagnostic::note("more-not-listed", Bilingual::new(chinese, english), Place::default()));
        noticed.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::document::kind::Kind;

    #[test]
    fn outcomes_are_kept_in_order_whatever_they_are() {
        let message = Bilingual::new("坏文件\n“𠮷”", "a bad file");
        let kinds = BTreeMap::from([(Kind::Chapter, 3)]);
        let summary = Summary { title: "规划".to_owned(), format: "txt", encoding: Some("UTF-8"), kinds };
        let id = DocumentId::new("规划");
        let diagnostics = vec![Diagnostic::warning("numbering-gap", message.clone(), Place::line(3))];
        let all = [
            Added::Refused(message),
            Added::New { id: id.clone(), twin: Some(id.clone()), summary: summary.clone(), diagnostics: diagnostics.clone() },
            Added::Unchanged(id.clone()),
            Added::Corrected { id, summary: Summary { encoding: None, ..summary }, diagnostics },
        ];
        let mut outcomes = Outcomes::default();
        for added in &all {
            outcomes.push(added.clone()).unwrap();
        }
        assert_eq!(outcomes.unpacked().collect::<serde_json::Result<Vec<_>>>().unwrap(), all);
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let id = DocumentId::new("规划");
        let notice = |line| Diagnostic::warning("numbering-gap", Bilingual::new("缺号", "missing"), Place::line(line));
        let mut few: Vec<_> = (1..=3).map(notice).collect();
        shorten(&mut few, &id);
        assert_eq!(few, [1, 2, 3].map(notice), "the note would take the place of one");
        let mut many: Vec<_> = (1..=9).map(notice).collect();
        shorten(&mut many, &id);
        assert_eq!(many.len(), 3);
        assert_eq!(many.last().unwrap().message.chinese, "另有7条未列出：celan check 规划");
    }
}
