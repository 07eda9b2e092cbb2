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

/// So many files are waited for at once: the file system writes them out together.
const WAITING: usize = 8;

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
    files: SyncSender<NamedFile>,
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
    #[must_use]
    pub fn free_name(&self, name: &str) -> String {
        self.corpus.free_name(name, &|name| self.names.contains(name))
    }

    fn write(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), CorpusError> {
        let failed = |source| CorpusError::Io { path: path.clone(), source };
        let folder = self.corpus.sources_folder();
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let (file, hidden) = written(&folder, bytes).map_err(failed)?.into_parts();
        let disk = self.disk.get_or_insert_with(Disk::start);
        // Where the threads have ended, joining them says why.
        let _ = disk.files.send((file, path.clone()));
        self.staged.push((hidden, path));
        Ok(())
    }

    /// Names all files as soon as they are on the disk; gives them as sources and corrections. Nothing is named where one fails.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn settle(self) -> Result<Vec<SourceFile>, CorpusError> {
        if let Some(Disk { files, threads }) = self.disk {
            drop(files);
            for waiting in threads {
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
        let (files, written) = sync_channel(WAITING);
        let written = Arc::new(Mutex::new(written));
        let threads = (0..WAITING).map(|_| Arc::clone(&written)).map(|written| thread::spawn(move || wait(&written))).collect();
        Self { files, threads }
    }
}

/// Waits for one file after the other to be on the disk.
fn wait(written: &Mutex<Receiver<NamedFile>>) -> Result<(), CorpusError> {
    let next = || written.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok((file, path)) = next() {
        file.sync_all().map_err(|source| CorpusError::Io { path, source })?;
    }
    Ok(())
}
