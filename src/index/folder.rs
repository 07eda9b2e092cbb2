//! The `index/` folder as it is read: mapped into memory, every page checked before it is used, and no file written.
//!
//! tantivy takes a lock while a reader opens the files of a commit, so that a writer does not delete them in between; that would need a
//! folder that can be written, and make readers wait for each other. Here nobody is waited for: an opening that finds a file gone
//! is tried again ([`super::open`]), and by then the new commit is there.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::manifest::is_shelf_file;
use super::settling::COMMIT;
use super::sums::{CheckedFile, damaged, unsealed};

/// The folder, opened for reading.
#[derive(Debug, Clone)]
pub(super) struct IndexFolder {
    path: PathBuf,
    /// What maps its files; opened when the first of them is to be mapped.
    mapping: OnceLock<MmapDirectory>,
    /// The bytes of the commit that is read, whatever is committed meanwhile; without them that of the moment.
    commit: Option<Arc<[u8]>>,
    /// Whether tantivy's list of its files is left unread: it is for those who write, and for those who look for damage.
    is_at_hand: bool,
}

impl IndexFolder {
    /// The folder as it is from moment to moment.
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        let opened = Self { path: folder.to_owned(), mapping: OnceLock::new(), commit: None, is_at_hand: false };
        opened.mapping()?;
        Ok(opened)
    }

    /// The folder as of the commit with these bytes.
    pub(super) fn open_commit(folder: &Path, commit: &[u8]) -> tantivy::Result<Self> {
        Ok(Self { commit: Some(commit.into()), ..Self::open(folder)? })
    }

    /// The folder as of the commit with these bytes, for one question; nothing of it is opened yet.
    pub(super) fn at_hand(folder: &Path, commit: &[u8]) -> Self {
        Self { path: folder.to_owned(), mapping: OnceLock::new(), commit: Some(commit.into()), is_at_hand: true }
    }

    /// The folder as tantivy reads and writes it: without checks, and with locks.
    pub(super) fn mapping(&self) -> Result<&MmapDirectory, OpenDirectoryError> {
        if let Some(mapping) = self.mapping.get() {
            return Ok(mapping);
        }
        let opened = MmapDirectory::open(&self.path)?;
        Ok(self.mapping.get_or_init(|| opened))
    }

    /// The same, to read a file from.
    fn for_reading(&self, file: &Path) -> Result<&MmapDirectory, OpenReadError> {
        self.mapping().map_err(|error| OpenReadError::wrap_io_error(io::Error::other(error), file.to_owned()))
    }
}

/// tantivy's list of its own files.
const FILES: &str = ".managed.json";

/// Whether a file of tantivy grows with the library: those of terms and of postings.
fn is_large(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "term" || extension == "idx")
}

fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for IndexFolder {
    /// A shelf is given as it is, with its sums, which it knows itself. What is small whatever the library is read at once, which takes
    /// less time than mapping it.
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if is_shelf_file(path) {
            return self.for_reading(path)?.get_file_handle(path);
        }
        let failed = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        let bytes = if is_large(path) {
            self.for_reading(path)?.open_read(path)?.read_bytes().map_err(failed)?
        } else {
            let is_gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
            let gone = || OpenReadError::FileDoesNotExist(path.to_owned());
            let read = std::fs::read(self.path.join(path));
            OwnedBytes::new(read.map_err(|error| if is_gone(&error) { gone() } else { failed(error) })?)
        };
        Ok(Arc::new(CheckedFile::open(&self.path, path, bytes).map_err(failed)?))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.for_reading(path)?.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let text = match &self.commit {
            Some(commit) if path == Path::new(COMMIT) => commit.to_vec(),
            Some(_) if self.is_at_hand && path == Path::new(FILES) => return Err(OpenReadError::FileDoesNotExist(path.to_owned())),
            Some(_) | None => self.for_reading(path)?.atomic_read(path)?,
        };
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
        self.mapping()?.watch(watch_callback)
    }
}
