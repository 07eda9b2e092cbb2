//! Changing a library: adding, removing, building anew.
//!
//! One process at a time, under the writer's lock. A file that is added is first copied into `corpus/`, then indexed; a process
//! killed in between leaves a file that the next opening indexes. A file that is removed is deleted first, for the same reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::reading::{self, File};
use super::refresh::{rebuild, reopen};
use super::{Extractor, Library, LibraryError, Summary, listings};
use crate::corpus::ids::Ids;
use crate::corpus::{self, Corpus, CorpusError, expand, fingerprint, is_corrections, read_corrections, sha256};
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::metadata::Source;
use crate::extract::READERS;
use crate::index::{Writer, WriterLock};

/// How long a change waits for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// How `add` went for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl Library {
    /// Adds files (of a folder, those with an extension that a reader is known for) with the corrections beside them; `progress` is
    /// told how many of how many are done. Gives each file with how it went, in order.
    ///
    /// # Errors
    /// Where the library cannot be written; a bad file is no error but [`Added::Refused`].
    pub fn add(&mut self, paths: &[&Path], progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<(PathBuf, Added)>, LibraryError> {
        let corpus = self.corpus.clone().ok_or(LibraryError::ReadOnly)?;
        let mut report = Vec::new();
        let mut files = Vec::new();
        let extensions: Vec<&str> = READERS.iter().flat_map(|reader| reader.extensions.iter().copied()).collect();
        for path in paths {
            match expand(path, &extensions) {
                Ok(found) => files.extend(found),
                Err(error) => report.push(((*path).to_owned(), refused(|language| error.in_language(language)))),
            }
        }
        let lock = self.lock(&corpus)?;
        let bytes = files.iter().map(|file| corpus::length(file)).sum();
        let mut addition = Addition::begin(self, &corpus, &lock, bytes)?;
        for (done, file) in files.iter().enumerate() {
            progress(done, files.len());
            let added = addition.add(file, extractor(&mut self.extractor))?;
            report.push((file.clone(), added));
        }
        progress(files.len(), files.len());
        extractor(&mut self.extractor).rest();
        addition.commit()?;
        self.renew(&corpus)?;
        Ok(report)
    }

    /// Removes a document: its file and its corrections from `corpus/` and its units from the index.
    ///
    /// # Errors
    /// Where there is no such document or the library cannot be written.
    pub fn remove(&mut self, id: &DocumentId) -> Result<(), LibraryError> {
        let corpus = self.corpus.clone().ok_or(LibraryError::ReadOnly)?;
        let lock = self.lock(&corpus)?;
        let Some(listing) = self.listings.iter().find(|listing| listing.id == *id) else {
            return Err(LibraryError::NoSuchDocument { id: id.to_string() });
        };
        let mut writer = Writer::begin(&lock, 0)?;
        corpus.delete(&listing.source.file)?;
        let mut ids = Ids::load(&corpus)?;
        ids.forget(&listing.source.file);
        ids.save(&corpus)?;
        writer.remove(id);
        writer.commit(&fingerprint(&corpus.sources()?))?;
        self.renew(&corpus)
    }

    /// Builds the index anew from `corpus/`; gives what was noticed about files that could not be read.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn reindex(&mut self, progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<Diagnostic>, LibraryError> {
        let corpus = self.corpus.clone().ok_or(LibraryError::ReadOnly)?;
        let lock = WriterLock::take(&corpus.index_folder(), PATIENCE)?;
        let diagnostics = rebuild(&corpus, extractor(&mut self.extractor), &lock, progress)?;
        extractor(&mut self.extractor).rest();
        self.renew(&corpus)?;
        Ok(diagnostics)
    }

    /// Takes the writer's lock and looks at the library again: it may have changed since it was opened.
    fn lock(&mut self, corpus: &Corpus) -> Result<WriterLock, LibraryError> {
        let lock = WriterLock::take(&corpus.index_folder(), PATIENCE)?;
        self.renew(corpus)?;
        Ok(lock)
    }

    fn renew(&mut self, corpus: &Corpus) -> Result<(), LibraryError> {
        let index = reopen(corpus)?;
        self.listings = listings(&index)?;
        self.index = index;
        self.read = Mutex::default();
        Ok(())
    }
}

/// Who reads files; nobody else can hold the lock while the library is being changed.
fn extractor(held: &mut Mutex<Box<dyn Extractor>>) -> &mut dyn Extractor {
    held.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut()
}

/// Files on their way into a library.
struct Addition<'library> {
    corpus: &'library Corpus,
    writer: Writer,
    ids: Ids,
    taken: BTreeSet<DocumentId>,
    /// What was there before, by checksum.
    before: BTreeMap<String, (DocumentId, Source)>,
    /// What was added or corrected by this call, by checksum.
    done: BTreeMap<String, DocumentId>,
}

impl<'library> Addition<'library> {
    fn begin(library: &Library, corpus: &'library Corpus, lock: &WriterLock, bytes: u64) -> Result<Self, LibraryError> {
        let known = library.listings.iter();
        Ok(Self {
            corpus,
            writer: Writer::begin(lock, bytes)?,
            ids: Ids::load(corpus)?,
            taken: known.clone().map(|listing| listing.id.clone()).collect(),
            before: known.map(|listing| (listing.source.sha256.clone(), (listing.id.clone(), listing.source.clone()))).collect(),
            done: BTreeMap::new(),
        })
    }

    fn add(&mut self, file: &Path, extractor: &mut dyn Extractor) -> Result<Added, LibraryError> {
        if is_corrections(file) {
            return Ok(Added::Refused(Bilingual::new(
                "这是更正文件；请放在原文件旁边，然后加入原文件",
                "this is a file of corrections: put it beside its document, and add that",
            )));
        }
        let read = || Ok::<_, CorpusError>((corpus::read_outside(file)?, read_corrections(file)?));
        let (bytes, corrections) = match read() {
            Ok(read) => read,
            Err(error) => return Ok(refused(|language| error.in_language(language))),
        };
        let checksum = sha256(&bytes);
        if let Some(id) = self.done.get(&checksum) {
            return Ok(Added::Unchanged(id.clone()));
        }
        let name = file.file_name().map_or_else(|| "document.txt".to_owned(), |name| name.to_string_lossy().into_owned());
        let file = File { name: &name, bytes: &bytes, corrections: corrections.as_deref() };
        match self.before.get(&checksum).cloned() {
            None => self.add_new(file, checksum, extractor),
            Some((_, before)) if file.corrections.is_some_and(|bytes| before.corrections != Some(sha256(bytes))) => {
                self.correct(File { name: &before.file, ..file }, checksum, extractor)
            }
            Some((id, _)) => Ok(Added::Unchanged(id)),
        }
    }

    fn add_new(&mut self, file: File<'_>, checksum: String, extractor: &mut dyn Extractor) -> Result<Added, LibraryError> {
        let reading = match reading::read(extractor, file) {
            Ok(reading) => reading,
            Err(error) => return Ok(Added::Refused(error.message())),
        };
        let stored = self.corpus.store(file.name, file.bytes, file.corrections)?;
        let (summary, own) = (reading.summary(), reading.document.id.clone());
        let id = self.index(reading.document, &stored, checksum)?;
        let twin = (id != own).then_some(own);
        Ok(Added::New { id, twin, summary, diagnostics: reading.diagnostics })
    }

    /// Takes over the corrections of a document that is in the library.
    fn correct(&mut self, file: File<'_>, checksum: String, extractor: &mut dyn Extractor) -> Result<Added, LibraryError> {
        let reading = match reading::read(extractor, file) {
            Ok(reading) => reading,
            Err(error) => return Ok(Added::Refused(error.message())),
        };
        self.corpus.store_corrections(file.name, file.corrections.unwrap_or_default())?;
        if let Some((id, _)) = self.before.remove(&checksum) {
            self.writer.remove(&id);
            self.taken.remove(&id);
        }
        let summary = reading.summary();
        let id = self.index(reading.document, file.name, checksum)?;
        Ok(Added::Corrected { id, summary, diagnostics: reading.diagnostics })
    }

    /// Indexes a document that is stored under this name, and gives it its id.
    fn index(&mut self, mut document: Document, stored: &str, checksum: String) -> Result<DocumentId, LibraryError> {
        document.id = self.ids.assign(stored, &document.id, |id| self.taken.contains(id));
        stored.clone_into(&mut document.source.file);
        self.ids.save(self.corpus)?;
        self.writer.add(&document)?;
        self.taken.insert(document.id.clone());
        self.done.insert(checksum, document.id.clone());
        Ok(document.id)
    }

    fn commit(self) -> Result<(), LibraryError> {
        self.writer.commit(&fingerprint(&self.corpus.sources()?))?;
        Ok(())
    }
}

fn refused(in_language: impl Fn(Language) -> String) -> Added {
    Added::Refused(Bilingual::new(in_language(Language::Chinese), in_language(Language::English)))
}
