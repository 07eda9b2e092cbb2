//! The file of notes on the disk: read whole, written whole, under a lock.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::super::{Corpus, CorpusError, sweep, write_atomically};
use super::{NOTES_FILE, Note, Notes, Outcome};
use crate::diagnostic::Warned;

/// Name of the lock within `index/`; it holds nothing.
const LOCK_FILE: &str = "notes.lock";
/// How long another program that writes notes is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is looked whether that has ended.
const PAUSE: Duration = Duration::from_millis(10);

/// The notes of a library; none where there is no file.
///
/// # Errors
/// Where the file is there and cannot be read, or is no text.
pub fn load(corpus: &Corpus) -> Result<Warned<Notes>, CorpusError> {
    let path = path(corpus);
    match std::fs::read(&path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Notes::read(&text)),
            Err(_) => Err(CorpusError::NotText { path }),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Warned::clean(Notes::default())),
        Err(source) => Err(CorpusError::Io { path, source }),
    }
}

/// Puts `after` in place of `before` in the file as it is now; gives all notes as they are then, and how it went.
///
/// # Errors
/// Where the file cannot be read or written; it is then as it was.
pub fn change(corpus: &Corpus, before: Option<&Note>, after: Option<&Note>) -> Result<(Notes, Outcome), CorpusError> {
    let _lock = lock(&corpus.index_folder())?;
    let mut notes = load(corpus)?.value;
    let outcome = notes.put(before, after);
    let path = path(corpus);
    // What one that was killed while it wrote the notes has left; who makes a library stages files elsewhere.
    if let Some(folder) = path.parent() {
        sweep(folder);
    }
    write_atomically(&path, notes.written().as_bytes())?;
    Ok((notes, outcome))
}

/// Where the file is; where that is a link to another place, which is then written.
fn path(corpus: &Corpus) -> PathBuf {
    let path = corpus.folder().join(NOTES_FILE);
    std::fs::canonicalize(&path).unwrap_or(path)
}

fn lock(folder: &Path) -> Result<File, CorpusError> {
    let path = folder.join(LOCK_FILE);
    let failed = |source| CorpusError::Io { path: path.clone(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    let started = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
            Err(TryLockError::WouldBlock) if started.elapsed() >= PATIENCE => return Err(CorpusError::Busy { path }),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}
