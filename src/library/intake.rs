//! Documents on their way into the index: made ready side by side, put in one after the other, each under an id of its own.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::LibraryError;
use crate::corpus::Corpus;
use crate::corpus::ids::Ids;
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::index::{Index, IndexError, Prepared, Preparer, Writer};

/// One change of an index. Shared by the threads that make documents ready; the order in which [`Intake::put`] is called decides which
/// of two documents that claim the same id gets it.
pub(super) struct Intake<'library> {
    corpus: &'library Corpus,
    /// What the index holds already; none where it is built anew.
    before: Option<&'library Index>,
    preparer: Preparer,
    /// Apart from the rest: writing a shelf takes long, and those who make documents ready need the ids meanwhile.
    writer: Mutex<Writer>,
    state: Mutex<State>,
}

struct State {
    ids: Ids,
    /// The ids given by this change.
    taken: BTreeSet<DocumentId>,
    /// The documents that this change has taken out.
    gone: BTreeSet<DocumentId>,
}

/// A document ready to be put in; hundreds may be waiting, so that its nodes are kept packed only.
pub(super) struct Ready {
    /// The id that it claims, and the one that it has been made ready with.
    own: DocumentId,
    id: DocumentId,
    /// The name of the file that it has been made ready with.
    file: String,
    text: String,
    prepared: Prepared,
}

impl<'library> Intake<'library> {
    pub(super) fn new(corpus: &'library Corpus, before: Option<&'library Index>, writer: Writer) -> Result<Self, LibraryError> {
        let state = State { ids: Ids::load(corpus)?, taken: BTreeSet::new(), gone: BTreeSet::new() };
        Ok(Self { corpus, before, preparer: writer.preparer(), writer: Mutex::new(writer), state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a document ready that is likely to be stored as `file`; the costly part.
    pub(super) fn prepare(&self, mut document: Document, file: &str) -> Result<Ready, IndexError> {
        let own = document.id.clone();
        let state = self.state();
        // A document before it may claim the same id and not have been put in yet: then this one is renamed when its turn comes.
        document.id = state.ids.propose(file, &own, |id| is_taken(id, &state.taken, &state.gone, self.before));
        drop(state);
        file.clone_into(&mut document.source.file);
        let prepared = self.preparer.prepare(&document)?;
        Ok(Ready { own, id: document.id, file: file.to_owned(), text: document.text, prepared })
    }

    /// Puts a document in that is stored as `file`; gives the id that it claimed and the one that it got.
    pub(super) fn put(&self, ready: Ready, file: &str) -> Result<(DocumentId, DocumentId), IndexError> {
        let Ready { own, id: proposed, file: likely, text, mut prepared } = ready;
        let mut state = self.state();
        let State { ids, taken, gone } = &mut *state;
        let id = ids.assign(file, &own, |id| is_taken(id, taken, gone, self.before));
        if proposed != id || likely != file {
            Preparer::rename(&mut prepared, &text, &id, file)?;
        }
        taken.insert(id.clone());
        drop(state);
        self.writer().put(prepared)?;
        Ok((own, id))
    }

    /// Whether what came in last makes a shelf of full length: a good moment to commit.
    pub(super) fn is_full(&self) -> bool {
        self.writer().is_full()
    }

    /// Takes a document out.
    pub(super) fn remove(&self, id: &DocumentId) {
        self.writer().remove(id);
        self.state().gone.insert(id.clone());
    }

    /// Forgets the id of a file that has gone.
    pub(super) fn forget(&self, file: &str) {
        self.state().ids.forget(file);
    }

    /// Makes the change valid.
    pub(super) fn commit(self, fingerprint: &str) -> Result<(), LibraryError> {
        let State { mut ids, .. } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        ids.save(self.corpus)?;
        Ok(self.writer.into_inner().unwrap_or_else(PoisonError::into_inner).commit(fingerprint)?)
    }
}

fn is_taken(id: &DocumentId, taken: &BTreeSet<DocumentId>, gone: &BTreeSet<DocumentId>, before: Option<&Index>) -> bool {
    taken.contains(id) || before.is_some_and(|index| index.contains(id)) && !gone.contains(id)
}
