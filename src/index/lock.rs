//! The writer's lock: one process writes, any number read.
//!
//! The system's own file lock, so that it ends with the process that holds it, however that ends. The file holds the number of that
//! process, for the message that another writer gets.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::error::IndexError;

/// Name of the lock's file within `index/`.
const LOCK_FILE: &str = "writer.lock";

/// The right to write, until dropped.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
    path: PathBuf,
}

impl WriterLock {
    /// Takes the lock of the index in `folder` (made where absent), waiting at most `patience` for another writer to finish.
    ///
    /// # Errors
    /// [`IndexError::Locked`] where it does not finish in time; [`IndexError::Io`] where the folder cannot be written.
    pub fn take(folder: &Path, patience: Duration) -> Result<Self, IndexError> {
        let path = folder.join(LOCK_FILE);
        let failed = |source| IndexError::Io { path: path.clone(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(source)) => return Err(failed(source)),
                Err(TryLockError::WouldBlock) if started.elapsed() >= patience => {
                    let mut holder = String::new();
                    // Unreadable is as good as unknown here: the message only loses the number.
                    let _ = file.read_to_string(&mut holder);
                    let known = !holder.trim().is_empty() && holder.trim().chars().all(|digit| digit.is_ascii_digit());
                    return Err(IndexError::Locked { holder: if known { holder.trim().to_owned() } else { "?".to_owned() } });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(20)),
            }
        }
        file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id())).map_err(failed)?;
        Ok(Self { _file: file, path })
    }

    /// The folder that may be written.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }
}
