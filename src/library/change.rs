//! Changing a library: adding, removing, building anew.
//!
//! One process at a time, under the writer's lock. Files are added step by step: those of a step are read side by side, then named in
//! `corpus/` all together, then their index becomes valid; a process killed in between leaves files that the next opening indexes, one
//! killed earlier leaves the library as it was after the step before, and adding the same files again skips what is there. A step ends
//! after some time, with a shelf of full length if one is made in time. A file that is removed is deleted first, for the same reason.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::added::{Added, Outcomes};
use super::intake::{Intake, Ready};
use super::reading::{self, File};
use super::refresh::{rebuild, reopen};
use super::{Extractor, Library, LibraryError, Summary, side_by_side};
use crate::corpus::ids::Ids;
use crate::corpus::{
    self, Corpus, CorpusError, Fingerprint, Staging, corrections_path, expand, is_corrections, read_corrections, sha256, storable,
};
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::document::locator::DocumentId;
use crate::extract::{Limits, READERS};
use crate::index::{Index, Writer, WriterLock};

/// How long a change waits for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was added for so long is made valid as soon as it fills its shelves, and after twice that time in any case: no more than this
/// is lost where the process is killed.
const STEP: Duration = Duration::from_secs(15);

impl Library {
    /// Adds files (of a folder, those with an extension that a reader is known for) with the corrections beside them; `progress` is
    /// told how many of how many are done. Gives each file with how it went, in order.
    ///
    /// # Errors
    /// Where the library cannot be written; a bad file is no error but [`Added::Refused`].
    pub fn add(&mut self, paths: &[&Path], progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<(PathBuf, Added)>, LibraryError> {
        self.add_in_steps(paths, STEP, progress)
    }

    /// Like [`Library::add`], making valid what was added when a step of that length is over, or twice that length where a shelf is not
    /// full yet: what an interruption does not undo.
    ///
    /// # Errors
    /// Those of [`Library::add`]; the steps before stay.
    pub fn add_in_steps(
        &mut self,
        paths: &[&Path],
        step: Duration,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<(PathBuf, Added)>, LibraryError> {
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
        let outcomes = self.add_files(&corpus, &files, step, progress);
        extractor(&mut self.extractor).rest();
        report.reserve(files.len());
        for (file, outcome) in files.into_iter().zip(outcomes?.unpacked()) {
            report.push((file, outcome.map_err(|error| unkept(&corpus, error))?));
        }
        Ok(report)
    }

    /// Adds files step by step; gives the outcome of each.
    fn add_files(
        &mut self,
        corpus: &Corpus,
        files: &[PathBuf],
        step: Duration,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Outcomes, LibraryError> {
        let lock = self.lock(corpus)?;
        let lengths: Vec<u64> = files.iter().map(|file| corpus::length(file)).collect();
        let mut helpers = side_by_side::helpers(extractor(&mut self.extractor), &lengths);
        if !helpers.is_empty() {
            corpus.sweep();
        }
        let (mut done, mut outcomes, mut preparer) = (0, Outcomes::default(), None);
        while let Some((rest, lengths)) = files.get(done..).zip(lengths.get(done..)).filter(|(rest, _)| !rest.is_empty()) {
            let begin = Instant::now();
            let writer = Writer::begin(&lock, lengths.iter().sum(), self.index.user_words())?;
            let preparer = preparer.get_or_insert_with(|| writer.preparer());
            let addition = Addition::begin(&self.index, corpus, writer.prepared_by(preparer))?.within(self.settings.limits);
            let read = |file: usize, extractor: &mut dyn Extractor| rest.get(file).map(|file| addition.read(file, extractor));
            let take = |file: usize, read: Option<Result<Incoming, LibraryError>>| {
                progress(done + file, files.len());
                let added = read.transpose()?.map(|read| addition.take(read)).transpose()?;
                if let Some(added) = added {
                    outcomes.push(added).map_err(|error| unkept(corpus, error))?;
                }
                let is_over = begin.elapsed() > step && (begin.elapsed() > step * 2 || addition.intake.is_full());
                Ok::<_, LibraryError>(if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            done += side_by_side::in_order(lengths, extractor(&mut self.extractor), &mut helpers, read, take)?;
            addition.commit()?;
            self.renew(corpus)?;
        }
        progress(files.len(), files.len());
        Ok(outcomes)
    }

    /// Removes a document: its file and its corrections from `corpus/` and its units from the index.
    ///
    /// # Errors
    /// Where there is no such document or the library cannot be written.
    pub fn remove(&mut self, id: &DocumentId) -> Result<(), LibraryError> {
        let corpus = self.corpus.clone().ok_or(LibraryError::ReadOnly)?;
        let lock = self.lock(&corpus)?;
        let Some(source) = self.index.source(id)? else {
            return Err(LibraryError::NoSuchDocument { id: id.to_string() });
        };
        let mut writer = Writer::begin(&lock, 0, self.index.user_words())?;
        let mut fingerprint = Fingerprint::parse(self.index.fingerprint());
        let path = corpus.path(&source.file);
        for file in [corpus.source(&path), corpus.source(&corrections_path(&path))].into_iter().flatten() {
            if let Some(fingerprint) = &mut fingerprint {
                fingerprint.remove(&file);
            }
        }
        corpus.delete(&source.file)?;
        let mut ids = Ids::load(&corpus)?;
        ids.forget(&source.file);
        ids.save(&corpus)?;
        writer.remove(id);
        writer.commit(&written(fingerprint))?;
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
        self.index = reopen(corpus)?;
        self.listings = OnceLock::new();
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
    /// What was there before.
    before: &'library Index,
    intake: Intake<'library>,
    limits: Limits,
    state: Mutex<State>,
}

/// What changes with every file.
struct State {
    staging: Staging,
    /// What was added or corrected by this call, by checksum.
    done: BTreeMap<String, DocumentId>,
    /// What `corpus/` looks like with it; none where it is not known what it looked like before.
    fingerprint: Option<Fingerprint>,
}

/// A file that has been read.
enum Incoming {
    /// There is nothing to be done for it.
    Decided(Added),
    /// It has become a document.
    Document(Box<Arrival>),
}

/// A document that is going to be added or corrected.
struct Arrival {
    /// The name that its file has, or wants to have.
    name: String,
    bytes: Vec<u8>,
    corrections: Option<Vec<u8>>,
    checksum: String,
    /// The document that it stands for, where only its corrections are new.
    before: Option<DocumentId>,
    ready: Ready,
    summary: Summary,
    diagnostics: Vec<Diagnostic>,
}

impl<'library> Addition<'library> {
    fn begin(index: &'library Index, corpus: &'library Corpus, writer: Writer) -> Result<Self, LibraryError> {
        let fingerprint = Fingerprint::parse(index.fingerprint());
        Ok(Self {
            corpus,
            before: index,
            limits: Limits::USUAL,
            intake: Intake::new(corpus, Some(index), writer)?,
            state: Mutex::new(State { staging: Staging::new(corpus), done: BTreeMap::new(), fingerprint }),
        })
    }

    /// Files may hold and take so much.
    fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a file and makes it ready: the costly part, which needs no other file.
    fn read(&self, file: &Path, extractor: &mut dyn Extractor) -> Result<Incoming, LibraryError> {
        if is_corrections(file) {
            return Ok(Incoming::Decided(Added::Refused(Bilingual::new(
                "这是更正文件；请放在原文件旁边，然后加入原文件",
                "this is a file of corrections: put it beside its document, and add that",
            ))));
        }
        let read = || Ok::<_, CorpusError>((corpus::read_outside(file, &self.limits)?, read_corrections(file)?));
        let (bytes, corrections) = match read() {
            Ok(read) => read,
            Err(error) => return Ok(Incoming::Decided(refused(|language| error.in_language(language)))),
        };
        let checksum = sha256(&bytes);
        if let Some(id) = self.state().done.get(&checksum) {
            return Ok(Incoming::Decided(Added::Unchanged(id.clone())));
        }
        let (name, before) = match self.before.with_checksum(&checksum)? {
            None => (file.file_name().map_or_else(|| "document.txt".to_owned(), |name| storable(&name.to_string_lossy())), None),
            Some((id, before)) if corrections.as_ref().is_some_and(|bytes| before.corrections != Some(sha256(bytes))) => {
                (before.file, Some(id))
            }
            Some((id, _)) => return Ok(Incoming::Decided(Added::Unchanged(id))),
        };
        let incoming = File { name: &name, bytes: &bytes, corrections: corrections.as_deref(), limits: &self.limits };
        let reading = match reading::read(extractor, incoming) {
            Ok(reading) => reading,
            Err(error) => return Ok(Incoming::Decided(Added::Refused(error.message()))),
        };
        let (summary, diagnostics) = (reading.summary(), reading.diagnostics);
        // A namesake may be there; then this one is renamed when its turn comes.
        let ready = self.intake.prepare(reading.document, &name)?;
        Ok(Incoming::Document(Box::new(Arrival { name, bytes, corrections, checksum, before, ready, summary, diagnostics })))
    }

    /// Stores a file and indexes its document; called in the order of the files.
    fn take(&self, incoming: Incoming) -> Result<Added, LibraryError> {
        let arrival = match incoming {
            Incoming::Decided(added) => return Ok(added),
            Incoming::Document(arrival) => *arrival,
        };
        let Arrival { name, bytes, corrections, checksum, before, ready, summary, diagnostics } = arrival;
        let mut state = self.state();
        if let Some(id) = state.done.get(&checksum) {
            return Ok(Added::Unchanged(id.clone()));
        }
        let stored = if let Some(before) = &before {
            self.correct(&name, corrections.as_deref().unwrap_or_default(), &mut state)?;
            self.intake.remove(before);
            name
        } else {
            state.staging.stage(&name, &bytes, corrections.as_deref())?
        };
        // A shelf may have to be written now, and those who read the next files are not to wait for it.
        drop(state);
        let (own, id) = self.intake.put(ready, &stored)?;
        self.state().done.insert(checksum, id.clone());
        if before.is_some() {
            return Ok(Added::Corrected { id, summary, diagnostics });
        }
        let twin = (id != own).then_some(own);
        Ok(Added::New { id, twin, summary, diagnostics })
    }

    /// Takes over the corrections of a document that is in the library.
    fn correct(&self, name: &str, corrections: &[u8], state: &mut State) -> Result<(), LibraryError> {
        let path = corrections_path(&self.corpus.path(name));
        let before = self.corpus.source(&path);
        self.corpus.store_corrections(name, corrections)?;
        if let Some(fingerprint) = &mut state.fingerprint {
            if let Some(file) = before {
                fingerprint.remove(&file);
            }
            if let Some(file) = self.corpus.source(&path) {
                fingerprint.add(&file);
            }
        }
        Ok(())
    }

    fn commit(self) -> Result<(), LibraryError> {
        let State { staging, mut fingerprint, .. } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for file in staging.settle()? {
            if let Some(fingerprint) = &mut fingerprint {
                fingerprint.add(&file);
            }
        }
        self.intake.commit(&written(fingerprint))
    }
}

/// An outcome that could not be kept, which does not happen.
fn unkept(corpus: &Corpus, error: serde_json::Error) -> LibraryError {
    CorpusError::Io { path: corpus.folder().to_owned(), source: error.into() }.into()
}

/// As it stands in the index; nothing where it is not known, so that the next opening looks at every file.
fn written(fingerprint: Option<Fingerprint>) -> String {
    fingerprint.map_or_else(String::new, |fingerprint| fingerprint.to_string())
}

fn refused(in_language: impl Fn(Language) -> String) -> Added {
    Added::Refused(Bilingual::new(in_language(Language::Chinese), in_language(Language::English)))
}
