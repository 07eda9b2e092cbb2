//! New sources on their way into `corpus/`: written under hidden names, brought onto the disk, then named all together.
//!
//! Waiting for the disk after each file would take most of the time of a large import; some threads wait while the next files are
//! read. A process that is killed leaves hidden files, which [`Corpus::sweep`] takes away, and none that is half there.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tempfile::{NamedTempFile, TempPath};

use super::{Corpus, CorpusError, STAGED, SourceFile, corrections_path, make_readable, sync_folder};

/// So many threads wait: the file system writes out together what they wait for.
const WAITING: usize = 8;

/// So many files, or fewer of so many bytes, are given to a thread together: to wake one for each file would cost more than waiting for it.
/// They are open until then, and some systems let a program have no more than 256 open.
const FILES_TOGETHER: usize = 8;
const BYTES_TOGETHER: usize = 1 << 20;

/// So many more are ready for the next thread that has waited for its own.
const READY: usize = 2;

/// Sources that are going to be in `corpus/`.
#[derive(Debug)]
pub struct Staging {
    corpus: Corpus,
    /// The files with the names that they are going to have; corrections stand before their source.
    staged: Vec<(TempPath, PathBuf)>,
    /// The names that have been given out.
    names: BTreeSet<String>,
    disk: Option<Disk>,
}

/// Threads that wait for the disk.
#[derive(Debug)]
struct Disk {
    /// The files that are given to a thread next, and their bytes.
    together: Vec<NamedFile>,
    bytes: usize,
    files: SyncSender<Vec<NamedFile>>,
    threads: Vec<JoinHandle<Result<(), CorpusError>>>,
}

/// An open file with its name for messages.
type NamedFile = (File, PathBuf);

impl Staging {
    /// Nothing is staged yet.
    #[must_use]
    pub fn new(corpus: &Corpus) -> Self {
        Self { corpus: corpus.clone(), staged: Vec::new(), names: BTreeSet::new(), disk: None }
    }

    /// Stages a file with its corrections, under its name, or under `name-2.txt` and so on where that is taken; gives the name that it
    /// is going to have.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn stage(&mut self, name: &str, bytes: &[u8], corrections: Option<&[u8]>) -> Result<String, CorpusError> {
        let free = self.free_name(name);
        let path = self.corpus.path(&free);
        if let Some(corrections) = corrections {
            self.write(corrections_path(&path), corrections)?;
        }
        self.write(path, bytes)?;
        self.names.insert(free.clone());
        Ok(free)
    }

    /// The name that a file would have if it were staged now.
    fn free_name(&self, name: &str) -> String {
        self.corpus.free_name(name, &|name| self.names.contains(name))
    }

    fn write(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), CorpusError> {
        let failed = |source| CorpusError::Io { path: path.clone(), source };
        let folder = self.corpus.sources_folder();
        if self.disk.is_none() {
            std::fs::create_dir_all(&folder).map_err(failed)?;
        }
        let (file, hidden) = written(&folder, bytes).map_err(failed)?.into_parts();
        self.disk.get_or_insert_with(Disk::start).wait_for((file, path.clone()), bytes.len());
        self.staged.push((hidden, path));
        Ok(())
    }

    /// Names all files as soon as they are on the disk; gives them as sources and corrections. Nothing is named where one fails.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn settle(self) -> Result<Vec<SourceFile>, CorpusError> {
        if let Some(disk) = self.disk {
            for waiting in disk.finish() {
                let gone = |_| Err(CorpusError::Io { path: self.corpus.sources_folder(), source: io::ErrorKind::Other.into() });
                waiting.join().unwrap_or_else(gone)?;
            }
        }
        let mut settled = Vec::with_capacity(self.staged.len());
        for (hidden, path) in self.staged {
            hidden.persist(&path).map_err(|error| CorpusError::Io { path: path.clone(), source: error.error })?;
            settled.extend(self.corpus.source(&path));
        }
        if !settled.is_empty() {
            let folder = self.corpus.sources_folder();
            sync_folder(&folder).map_err(|source| CorpusError::Io { path: folder, source })?;
        }
        Ok(settled)
    }
}

/// A file under a hidden name, not yet on the disk.
fn written(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(STAGED).tempfile_in(folder)?;
    file.write_all(bytes)?;
    make_readable(file.as_file())?;
    Ok(file)
}

impl Disk {
    fn start() -> Self {
        let (files, written) = sync_channel(READY);
        let written = Arc::new(Mutex::new(written));
        let threads = (0..WAITING).map(|_| Arc::clone(&written)).map(|written| thread::spawn(move || wait(&written))).collect();
        Self { together: Vec::new(), bytes: 0, files, threads }
    }

    /// Has a file of so many bytes waited for, with those before and after it.
    fn wait_for(&mut self, file: NamedFile, bytes: usize) {
        self.together.push(file);
        self.bytes += bytes;
        if self.together.len() >= FILES_TOGETHER || self.bytes >= BYTES_TOGETHER {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        self.bytes = 0;
        // Where the threads have ended, joining them says why.
        let _ = self.files.send(std::mem::take(&mut self.together));
    }

    /// The threads, which end as soon as all files are on the disk.
    fn finish(mut self) -> Vec<JoinHandle<Result<(), CorpusError>>> {
        self.hand_over();
        self.threads
    }
}

/// Waits for one file after the other to be on the disk.
fn wait(written: &Mutex<Receiver<Vec<NamedFile>>>) -> Result<(), CorpusError> {
    let next = || written.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(files) = next() {
        for (file, path) in files {
            file.sync_all().map_err(|source| CorpusError::Io { path, source })?;
        }
    }
    Ok(())
}
