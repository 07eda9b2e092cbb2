//! The `index/` folder as it is read: mapped into memory, every page checked before it is used, and no file written.
//!
//! tantivy takes a lock while a reader opens the files of a commit, so that a writer does not delete them in between; that would need a
//! folder that can be written, and make readers wait for each other. Here nobody is waited for: an opening that finds a file gone
//! is tried again ([`super::open`]), and by then the new commit is there.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

use super::manifest::is_shelf_file;
use super::sums::{CheckedFile, damaged, unsealed};

/// The folder, opened for reading.
#[derive(Debug, Clone)]
pub(super) struct IndexFolder(MmapDirectory);

impl IndexFolder {
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        Ok(Self(MmapDirectory::open(folder)?))
    }

    /// The folder without checks and with locks.
    pub(super) const fn unchecked(&self) -> &MmapDirectory {
        &self.0
    }
}

fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for IndexFolder {
    /// A shelf is given as it is, with its sums, which it knows itself.
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if is_shelf_file(path) {
            return self.0.get_file_handle(path);
        }
        let failed = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        let bytes = self.0.open_read(path)?.read_bytes().map_err(failed)?;
        Ok(Arc::new(CheckedFile::open(path, bytes).map_err(failed)?))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let text = self.0.atomic_read(path)?;
        unsealed(text).ok_or_else(|| OpenReadError::wrap_io_error(damaged(path), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(watch_callback)
    }
}
