//! Writing: documents in and out of the index, one commit at a time.
//!
//! A commit adds one shelf for the documents that came and marks those that went. So that many small commits do not leave many small
//! shelves, it takes the youngest shelves along as long as they are not much larger than what it already holds (the tiers of a
//! log-structured merge tree): a library of n commits has about log n shelves, and each document is rewritten about log n times. A shelf
//! of which more has gone than is left is written anew, so that the folder never holds much more than twice what it has to.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::IndexSettings;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::index::SegmentMeta;

use super::error::IndexError;
use super::inversion::shelf_of;
use super::lock::WriterLock;
use super::manifest::{Manifest, ShelfEntry, is_shelf_file, shelf_file};
use super::open::{Index, Opened};
use super::outgoing::{Outgoing, Writing, Written};
use super::preparer::Preparer;
use super::schema::Fields;
use super::settling::{COMMIT, SettlingDirectory};
use super::shelf::Shelf;
use super::shelf::builder::ShelfBuilder;
use super::shelf::prepared::Prepared;
use crate::document::Document;
use crate::document::locator::DocumentId;

/// A shelf that has grown to so many bytes is written, and the next one begun: what is being made is held in memory, and what is being
/// written, too.
const SHELF_BYTES: usize = 68 << 20;

/// From so many bytes on a shelf is long enough to be left alone: with as many again it is too long, and the files that are on their way
/// when this is noticed still find room.
const FULL_BYTES: usize = SHELF_BYTES / 4 * 3;

/// While a shelf is being written, the next one grows to this part of its length and no further: on a slow disk both would else be in memory
/// whole.
const MEANWHILE: usize = 4;

/// One change of the index, valid once committed and not before.
pub struct Writer {
    directory: Box<dyn Directory>,
    tantivy: tantivy::Index,
    /// The segments written so far: one for each new shelf.
    segments: Vec<SegmentMeta>,
    manifest: Manifest,
    /// The state that the change starts from; none for a new index.
    before: Option<Box<Index>>,
    builder: ShelfBuilder,
    /// From so many bytes on it is written.
    shelf_bytes: usize,
    /// The shelf before that one, on its way to the disk.
    writing: Writing,
    preparer: Preparer,
    obsolete: Vec<String>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Writer").field("manifest", &self.manifest).finish_non_exhaustive()
    }
}

impl Writer {
    /// Begins to change the index in the lock's folder. `expected_bytes` of text are going to be added; `user_words`, folded and sorted,
    /// are kept whole in all of its texts, so that an index that was made with others is begun anew.
    ///
    /// # Errors
    /// Where the folder cannot be read or written, or holds an index that has to be built anew.
    pub fn begin(lock: &WriterLock, expected_bytes: u64, user_words: &[String]) -> Result<Self, IndexError> {
        match Index::open(lock.folder()) {
            Opened::Ready(index) if index.user_words() == user_words => {
                let directory = SettlingDirectory::open(lock.folder())?;
                let tantivy = tantivy::Index::open(directory.clone())?;
                let manifest = index.manifest.clone();
                sweep(lock.folder(), &manifest);
                Ok(Self::new(Box::new(directory), tantivy, (manifest, Some(index)), expected_bytes))
            }
            Opened::Ready(_) | Opened::Absent | Opened::Unusable(_) => Self::begin_anew(lock, expected_bytes, user_words),
        }
    }

    /// Begins an index from nothing; whatever is in the lock's folder is thrown away.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn begin_anew(lock: &WriterLock, expected_bytes: u64, user_words: &[String]) -> Result<Self, IndexError> {
        clear(lock.folder())?;
        let directory = SettlingDirectory::open(lock.folder())?;
        let tantivy = tantivy::Index::create(directory.clone(), Fields::new().schema, IndexSettings::default())?;
        Ok(Self::new(Box::new(directory), tantivy, (Manifest::empty(user_words), None), expected_bytes))
    }

    fn new(
        directory: Box<dyn Directory>,
        tantivy: tantivy::Index,
        (manifest, before): (Manifest, Option<Box<Index>>),
        expected_bytes: u64,
    ) -> Self {
        let preparer = Preparer::new(expected_bytes, &manifest.user_words);
        let (segments, builder, obsolete) = (Vec::new(), ShelfBuilder::default(), Vec::new());
        let (shelf_bytes, writing) = (SHELF_BYTES, Writing::default());
        Self { directory, tantivy, segments, manifest, before, builder, shelf_bytes, writing, preparer, obsolete }
    }

    /// Lets the preparer of a writer before it go on, where both know the same words of the user: the dictionary takes time to load, and
    /// memory that is not given back each time.
    #[must_use]
    pub fn prepared_by(self, preparer: &Preparer) -> Self {
        if preparer.user_words() == self.preparer.user_words() { Self { preparer: preparer.clone(), ..self } } else { self }
    }

    /// Writes a shelf as soon as it has grown to so many bytes, and not at the usual length.
    #[must_use]
    pub fn with_shelves_of(self, shelf_bytes: usize) -> Self {
        Self { shelf_bytes, ..self }
    }

    /// Who makes documents ready for it.
    #[must_use]
    pub fn preparer(&self) -> Preparer {
        self.preparer.clone()
    }

    /// Takes a document out.
    pub fn remove(&mut self, id: &DocumentId) {
        let Some(before) = &self.before else { return };
        for (entry, shelf) in self.manifest.shelves.iter_mut().zip(&before.shelves) {
            if let Some(ordinal) = shelf.find(id.as_str()).filter(|ordinal| !entry.removed.contains(ordinal)) {
                entry.removed.push(ordinal);
                entry.removed.sort_unstable();
            }
        }
    }

    /// Puts a document in; one of the same id must have been removed before.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn add(&mut self, document: &Document) -> Result<(), IndexError> {
        let prepared = self.preparer.prepare(document)?;
        self.put(prepared)
    }

    /// Puts a document in that has been made ready; one of the same id must have been removed before.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn put(&mut self, prepared: Prepared) -> Result<(), IndexError> {
        self.builder.push(prepared);
        if self.builder.bytes() > self.shelf_bytes / MEANWHILE {
            let before = self.writing.wait()?;
            self.note(before);
        }
        if self.builder.bytes() <= self.shelf_bytes {
            return Ok(());
        }
        self.next_shelf().map_or(Ok(()), |outgoing| self.writing.begin(outgoing))
    }

    /// Whether the shelf under construction has about full length: a commit now leaves none that a later one has to take along.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.builder.bytes() > FULL_BYTES
    }

    /// Makes the change valid, all of it or none; `fingerprint` is what `corpus/` looks like with it.
    ///
    /// # Errors
    /// Where the disk fails; the index is then as it was before.
    pub fn commit(mut self, fingerprint: &str) -> Result<(), IndexError> {
        self.absorb_small_shelves()?;
        // The last shelf is written here, while the one before may still be on its way.
        let last = self.next_shelf().map(Outgoing::write);
        let before = self.writing.wait()?;
        self.note(before);
        self.note(last.transpose()?);
        fingerprint.clone_into(&mut self.manifest.fingerprint);
        let payload = serde_json::to_string(&self.manifest).map_err(|error| IndexError::unwritable(COMMIT, error))?;
        let mut meta = self.tantivy.load_metas()?;
        let belongs = |shelf: u32| self.manifest.shelves.iter().any(|entry| entry.number == shelf);
        meta.segments.extend(self.segments);
        meta.segments.retain(|segment| shelf_of(segment.id()).is_some_and(belongs));
        meta.opstamp += 1;
        meta.payload = Some(payload);
        let commit = serde_json::to_vec(&meta).map_err(|error| IndexError::unwritable(COMMIT, error))?;
        let directory = self.tantivy.directory_mut();
        directory.sync_directory().map_err(|error| IndexError::unwritable(COMMIT, error))?;
        directory.atomic_write(Path::new(COMMIT), &commit).map_err(|error| IndexError::unwritable(COMMIT, error))?;
        // A reader that has a file open keeps it open; what cannot be deleted now is deleted when the index is next built.
        let mut living = meta.list_segment_files();
        living.insert(COMMIT.into());
        let _ = directory.garbage_collect(|| living);
        for file in &self.obsolete {
            let _ = self.directory.delete(Path::new(file));
        }
        Ok(())
    }

    /// Takes shelves along: any of which more than half has gone, wherever it stands, so that what was removed never
    /// takes more room than what is there; and the youngest while they are no more than twice as large as what has been gathered.
    fn absorb_small_shelves(&mut self) -> Result<(), IndexError> {
        let Some(before) = self.before.take() else { return Ok(()) };
        let shelves = || self.manifest.shelves.iter().zip(&before.shelves);
        let is_wasteful = |(entry, shelf): &(&ShelfEntry, &Shelf)| {
            let units_of = |document: &u32| shelf.document_record(*document).map_or(0, |record| record.units.1 as usize);
            let gone: usize = entry.removed.iter().map(units_of).sum();
            gone * 2 > shelf.unit_count() || entry.removed.len() == shelf.document_count()
        };
        let mut absorbed: BTreeSet<u32> = shelves().filter(is_wasteful).map(|(entry, _)| entry.number).collect();
        let mut gathered = self.builder.bytes();
        for (entry, shelf) in shelves().rev().filter(|shelf| !is_wasteful(shelf)) {
            let is_small = gathered > 0 && shelf.file_bytes() <= gathered * 2;
            if !is_small || gathered + shelf.file_bytes() > SHELF_BYTES {
                break;
            }
            gathered += shelf.file_bytes();
            absorbed.insert(entry.number);
        }
        for (position, shelf) in before.shelves.iter().enumerate().filter(|(_, shelf)| absorbed.contains(&shelf.number)) {
            let removed = self.manifest.shelves.get(position).map_or_else(Vec::new, |entry| entry.removed.clone());
            for (ordinal, record) in shelf.live_documents() {
                if removed.binary_search(&ordinal).is_err() {
                    let document = shelf.document(&record)?;
                    self.add(&document)?;
                }
            }
        }
        self.obsolete.extend(absorbed.iter().map(|number| shelf_file(*number)));
        self.manifest.shelves.retain(|entry| !absorbed.contains(&entry.number));
        Ok(())
    }

    /// Takes the shelf under construction, gives it its number and begins another; none where there is nothing on it.
    fn next_shelf(&mut self) -> Option<Outgoing> {
        if self.builder.is_empty() {
            return None;
        }
        let (number, builder) = (self.manifest.next_shelf, std::mem::take(&mut self.builder));
        self.manifest.next_shelf += 1;
        Some(Outgoing { directory: self.directory.clone(), tantivy: self.tantivy.clone(), builder, number })
    }

    /// Takes note of a shelf that has been written.
    fn note(&mut self, written: Option<Written>) {
        if let Some(Written { segment, entry }) = written {
            self.segments.push(segment);
            self.manifest.shelves.push(entry);
        }
    }
}

impl Index {
    /// An index of these documents that lives in memory only.
    ///
    /// # Errors
    /// Where tantivy refuses.
    pub fn in_memory<'document>(documents: impl IntoIterator<Item = &'document Document>) -> Result<Box<Self>, IndexError> {
        let directory = RamDirectory::create();
        let tantivy = tantivy::Index::create(directory.clone(), Fields::new().schema, IndexSettings::default())?;
        let mut writer = Writer::new(Box::new(directory.clone()), tantivy, (Manifest::empty(&[]), None), 0);
        for document in documents {
            writer.add(document)?;
        }
        writer.commit("")?;
        match Self::open_directory(&directory, None)? {
            Opened::Ready(index) => Ok(index),
            Opened::Absent | Opened::Unusable(_) => Err(IndexError::Damaged { file: "meta.json".to_owned() }),
        }
    }
}

/// Takes away what processes that were killed had written and not committed; tantivy's own leftovers go with the next commit.
fn sweep(folder: &Path, manifest: &Manifest) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let is_left = is_shelf_file(Path::new(&name)) && manifest.shelves.iter().all(|shelf| name.to_str() != Some(&shelf.file()));
        if is_left || name.to_string_lossy().starts_with(".tmp") {
            // What cannot be taken away does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Empties an index folder of what celan and tantivy put there; anything else is left alone. The commit goes first: who reads on is to find
/// that it has gone, and not that files of it have.
fn clear(folder: &Path) -> Result<(), IndexError> {
    let failed = |source| IndexError::Io { path: folder.to_owned(), source };
    match std::fs::remove_file(folder.join(COMMIT)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        Ok(()) | Err(_) => {}
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name().to_str().is_some_and(is_of_the_index) && entry.file_type().map_err(failed)?.is_file() {
            std::fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

/// Names that an index consists of: shelves, tantivy's own files, and its segments (32 hexadecimal digits and an extension).
fn is_of_the_index(name: &str) -> bool {
    let is_segment =
        name.split_once('.').is_some_and(|(stem, _)| stem.len() == 32 && stem.chars().all(|digit| digit.is_ascii_hexdigit()));
    let is_shelf = name.strip_prefix("shelf-").and_then(|rest| rest.strip_suffix(".bin")).is_some();
    let is_tantivy = matches!(name, "meta.json" | ".managed.json") || name.starts_with(".tantivy-") || name.starts_with(".tmp");
    is_segment || is_shelf || is_tantivy
}
