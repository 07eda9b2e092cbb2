//! Which file got which id, where the id does not follow from the document alone.
//!
//! Two files may carry the same 文号 (the letter and the plan that came with it). The second gets `…~2`, and keeps it whatever is
//! added, removed or built anew later: that is remembered in `corpus/ids.json`, a map from file name to id.

use std::collections::BTreeMap;

use super::{Corpus, CorpusError, write_atomically};
use crate::document::locator::DocumentId;

/// Name of the file within `corpus/`.
pub const IDS_FILE: &str = "ids.json";

/// The ids that do not follow from the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    by_file: BTreeMap<String, DocumentId>,
    /// The same the other way round.
    files: BTreeMap<DocumentId, String>,
    changed: bool,
}

impl Ids {
    /// Reads what is remembered; nothing where there is no file yet.
    ///
    /// # Errors
    /// Where the file is there and cannot be read or understood.
    pub fn load(corpus: &Corpus) -> Result<Self, CorpusError> {
        let path = corpus.path(IDS_FILE);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(CorpusError::Io { path, source }),
        };
        let by_file: BTreeMap<String, DocumentId> =
            serde_json::from_slice(&bytes).map_err(|error| CorpusError::Io { path, source: error.into() })?;
        let files = by_file.iter().map(|(file, id)| (id.clone(), file.clone())).collect();
        Ok(Self { by_file, files, changed: false })
    }

    /// The id for a file: the one remembered, else the document's own, else the first of `own~2`, `own~3` … that is free.
    #[must_use]
    pub fn propose(&self, file: &str, own: &DocumentId, is_taken: impl Fn(&DocumentId) -> bool) -> DocumentId {
        if let Some(id) = self.by_file.get(file).filter(|id| !is_taken(id)) {
            return id.clone();
        }
        let reserved = |id: &DocumentId| self.files.get(id).is_some_and(|other| other != file);
        (1..=u32::MAX)
            .map(|count| if count == 1 { own.clone() } else { DocumentId::new(&format!("{own}~{count}")) })
            .find(|id| !is_taken(id) && !reserved(id))
            .unwrap_or_else(|| own.clone())
    }

    /// Gives a file the id that [`Ids::propose`] says, and remembers it where it does not follow from the document.
    pub fn assign(&mut self, file: &str, own: &DocumentId, is_taken: impl Fn(&DocumentId) -> bool) -> DocumentId {
        let id = self.propose(file, own, is_taken);
        if id != *own && self.by_file.get(file) != Some(&id) {
            self.forget(file);
            self.files.insert(id.clone(), file.to_owned());
            self.by_file.insert(file.to_owned(), id.clone());
            self.changed = true;
        }
        id
    }

    /// Forgets a file that has gone.
    pub fn forget(&mut self, file: &str) {
        if let Some(id) = self.by_file.remove(file) {
            self.files.remove(&id);
            self.changed = true;
        }
    }

    /// Writes what has changed, if anything has.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn save(&mut self, corpus: &Corpus) -> Result<(), CorpusError> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        let path = corpus.path(IDS_FILE);
        let bytes = serde_json::to_vec_pretty(&self.by_file)
            .map_err(|error| CorpusError::Io { path: path.clone(), source: error.into() })?;
        write_atomically(&path, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_with_the_same_number_gets_an_id_of_its_own_and_keeps_it() {
        let own = DocumentId::new("湘政办发-2021-57");
        let mut ids = Ids::default();
        let first = ids.assign("a.txt", &own, |_| false);
        let second = ids.assign("b.txt", &own, |id| *id == first);
        assert_eq!((first.as_str(), second.as_str()), ("湘政办发-2021-57", "湘政办发-2021-57~2"));
        assert_eq!(ids.assign("b.txt", &own, |_| false), second, "even when the first has gone");
    }
}
