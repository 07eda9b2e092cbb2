//! Making documents ready for a writer, by several threads side by side.
//!
//! Few documents are cut into words with what of the dictionary occurs in them, many with all of it, which takes a tenth of a second to
//! load. While the first thread loads it, the others go on as if there were few: the words are the same either way.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::error::IndexError;
use super::shelf::prepared::Prepared;
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::text::fold::folded;
use crate::text::segment::Segmenter;

/// Texts of more than this many bytes in one commit are segmented with the whole dictionary.
const BULK_BYTES: u64 = 4 << 20;

/// Makes documents ready for a [`Writer`](super::Writer); shared by those who do so side by side.
#[derive(Debug, Clone)]
pub struct Preparer {
    /// The whole dictionary; none where each text is worth the words that occur in it.
    whole: Option<Arc<Whole>>,
    /// Words of the user's own, folded.
    user_words: Arc<[String]>,
}

/// The whole dictionary, loaded by the first who needs it.
#[derive(Debug, Default)]
struct Whole {
    segmenter: OnceLock<Segmenter>,
    is_begun: AtomicBool,
}

impl Whole {
    /// The segmenter; none while another thread is loading it.
    fn get(&self, user_words: &[String]) -> Option<&Segmenter> {
        let is_free = || !self.is_begun.swap(true, Ordering::Relaxed);
        match self.segmenter.get() {
            None if is_free() => Some(self.segmenter.get_or_init(|| Segmenter::full_with_user_words(user_words))),
            found => found,
        }
    }
}

impl Preparer {
    /// For texts of so many bytes in all.
    pub(super) fn new(expected_bytes: u64, user_words: &[String]) -> Self {
        Self { whole: (expected_bytes > BULK_BYTES).then(Arc::default), user_words: user_words.into() }
    }

    /// The words of the user's own that it keeps whole, folded.
    pub(super) fn user_words(&self) -> &[String] {
        &self.user_words
    }

    /// Folds and segments a document: see [`Prepared::new`].
    ///
    /// # Errors
    /// Those of [`Prepared::new`].
    pub fn prepare(&self, document: &Document) -> Result<Prepared, IndexError> {
        let prepared = if let Some(segmenter) = self.whole.as_ref().and_then(|whole| whole.get(&self.user_words)) {
            Prepared::new(document, segmenter)
        } else {
            Prepared::new(document, &Segmenter::for_texts_with_user_words([folded(&document.text).as_str()], &self.user_words))
        };
        prepared.map_err(|error| IndexError::unwritable(&document.source.file, error))
    }

    /// Gives a document that was made ready, with this text, another id and another name of its file: see [`Prepared::rename`].
    ///
    /// # Errors
    /// Those of [`Prepared::rename`].
    pub fn rename(prepared: &mut Prepared, text: &str, id: &DocumentId, file: &str) -> Result<(), IndexError> {
        prepared.rename(text, id, file).map_err(|error| IndexError::unwritable(file, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_the_dictionary_is_being_loaded_the_words_are_the_same() {
        let text = "湖南自贸试验区发展易货贸易，境外贸易稳步增长。";
        let whole = Whole::default();
        let own = ["易货贸易".to_owned()];
        whole.is_begun.store(true, Ordering::Relaxed);
        assert!(whole.get(&own).is_none(), "another is loading it");
        whole.is_begun.store(false, Ordering::Relaxed);
        let meanwhile = Segmenter::for_texts_with_user_words([text], &own);
        assert_eq!(whole.get(&own).map(|loaded| loaded.words(text)), Some(meanwhile.words(text)));
        assert!(whole.get(&own).is_some(), "it is loaded once");
    }
}
