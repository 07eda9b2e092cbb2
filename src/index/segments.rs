//! The segments of tantivy that belong to a commit, each opened when it is first asked.
//!
//! Opening a segment takes as long as answering for a word that is known beforehand, for which none of them is asked; nor are those of
//! shelves that lack a pair of a word. Whoever keeps an index for longer than one question opens all of them at once
//! ([`Segments::open_all`]): once another process has committed, files that were not opened may be gone, or others of the same name be
//! there. That is noticed, and told apart from damage.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Deserialize;
use tantivy::SegmentReader;
use tantivy::directory::Directory;
use tantivy::index::SegmentId;

use super::error::IndexError;
use super::schema::Fields;
use super::settling::COMMIT;

/// A segment of a commit as tantivy writes it down. What has been deleted of it is known to the shelves, not to tantivy.
#[derive(Debug, Deserialize)]
pub(super) struct SegmentEntry {
    segment_id: SegmentId,
    max_doc: u32,
}

/// The segments of one commit.
pub(super) struct Segments {
    directory: Box<dyn Directory>,
    /// Where the commit lies on the disk, and its bytes.
    commit: Option<(PathBuf, Box<[u8]>)>,
    tantivy: OnceLock<(tantivy::Index, Fields)>,
    all: Vec<(SegmentEntry, OnceLock<SegmentReader>)>,
}

impl Segments {
    /// Those of a commit in a directory; `commit` is the folder and the bytes of a commit on the disk.
    pub(super) fn new(directory: &dyn Directory, entries: Vec<SegmentEntry>, commit: Option<(&Path, &[u8])>) -> Self {
        let commit = commit.map(|(folder, bytes)| (folder.join(COMMIT), bytes.into()));
        let all = entries.into_iter().map(|entry| (entry, OnceLock::new())).collect();
        Self { directory: directory.box_clone(), commit, tantivy: OnceLock::new(), all }
    }

    /// Opens all of them.
    ///
    /// # Errors
    /// Where one cannot be opened.
    pub(super) fn open_all(&self) -> Result<(), IndexError> {
        (0..self.all.len()).try_for_each(|place| self.reader(place).map(drop))
    }

    /// The names of all of them, and how many units each knows, those of removed documents too; in the order of [`Segments::reader`].
    pub(super) fn names(&self) -> impl Iterator<Item = (SegmentId, u32)> {
        self.all.iter().map(|(entry, _)| (entry.segment_id, entry.max_doc))
    }

    /// One of them, opened.
    ///
    /// # Errors
    /// Where it cannot be.
    pub(super) fn reader(&self, place: usize) -> Result<(&SegmentReader, &Fields), IndexError> {
        let (tantivy, fields) = self.opened()?;
        let (entry, reader) = self.all.get(place).ok_or_else(|| foreign(COMMIT))?;
        Ok((self.open(tantivy, entry, reader)?, fields))
    }

    /// How many units they know, those of removed documents too; none of them is opened for that.
    pub(super) fn unit_count(&self) -> u32 {
        self.all.iter().map(|(entry, _)| entry.max_doc).sum()
    }

    /// tantivy's own view of the commit.
    ///
    /// # Errors
    /// Where it is not one of ours.
    pub(super) fn tantivy(&self) -> Result<&tantivy::Index, IndexError> {
        Ok(&self.opened()?.0)
    }

    fn opened(&self) -> Result<&(tantivy::Index, Fields), IndexError> {
        if let Some(opened) = self.tantivy.get() {
            return Ok(opened);
        }
        let (tantivy, fields) = (tantivy::Index::open(self.directory.box_clone())?, Fields::new());
        if tantivy.schema() != fields.schema {
            return Err(foreign(COMMIT));
        }
        Ok(self.tantivy.get_or_init(|| (tantivy, fields)))
    }

    fn open<'segments>(
        &self,
        tantivy: &tantivy::Index,
        entry: &SegmentEntry,
        reader: &'segments OnceLock<SegmentReader>,
    ) -> Result<&'segments SegmentReader, IndexError> {
        if let Some(reader) = reader.get() {
            return Ok(reader);
        }
        let opened = SegmentReader::open(&tantivy.segment(tantivy.new_segment_meta(entry.segment_id, entry.max_doc)));
        // An index that was built anew gives its files the names that those of the one before had.
        if self.is_overtaken() {
            return Err(IndexError::Overtaken);
        }
        let opened = opened?;
        Ok(reader.get_or_init(|| opened))
    }

    /// Whether there is another commit now, or one on its way.
    fn is_overtaken(&self) -> bool {
        self.commit.as_ref().is_some_and(|(file, bytes)| std::fs::read(file).map_or(true, |now| now != **bytes))
    }
}

pub(super) fn foreign(file: &str) -> IndexError {
    IndexError::Damaged { file: file.to_owned() }
}
