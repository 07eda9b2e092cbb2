//! The `index/` folder as it is written to: files are brought onto the disk together, right before the commit that names them.
//!
//! tantivy waits for the disk after every file it writes, a dozen times for the smallest commit. Nothing of a commit counts before
//! `meta.json` names it, so that here one wait is enough: when tantivy asks for the folder to be written out, which it does before it
//! replaces `meta.json`, all files written since are written out side by side, then the folder; then `meta.json` is written out, replaced,
//! and the folder written out once more. Every file gets its sums (`sums`) as it is written. tantivy's list of its own files (`.managed.json`) may be lost with the power; the index is then built anew.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback, WatchHandle,
    WritePtr,
};

use super::folder::IndexFolder;
use super::sums::{Summing, sealed};

/// The file whose replacement makes a commit.
pub(super) const COMMIT: &str = "meta.json";

/// A folder in which files are written out when the folder is.
#[derive(Debug, Clone)]
pub(super) struct SettlingDirectory {
    folder: PathBuf,
    inner: IndexFolder,
    /// The folder without checks and with locks.
    unchecked: MmapDirectory,
    /// Files that were written and may not be on the disk yet.
    unsettled: Arc<Mutex<Vec<PathBuf>>>,
}

impl SettlingDirectory {
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        let inner = IndexFolder::open(folder)?;
        let unchecked = inner.mapping()?.clone();
        Ok(Self { folder: folder.to_owned(), inner, unchecked, unsettled: Arc::default() })
    }

    fn unsettle(&self, path: &Path) {
        let mut unsettled = self.unsettled.lock().unwrap_or_else(PoisonError::into_inner);
        if !unsettled.iter().any(|known| known == path) {
            unsettled.push(path.to_owned());
        }
    }
}

/// Writes a file out; one that has been deleted since has no need to be.
fn settle(path: &Path) -> io::Result<()> {
    match File::options().write(true).open(path) {
        Ok(file) => file.sync_data(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Temporary files are private; an index is as readable as any other file.
#[cfg(unix)]
fn make_readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &File) -> io::Result<()> {
    Ok(())
}

/// A file that tantivy writes from its beginning to its end.
struct Written {
    file: File,
    sums: Summing,
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sums.take(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let mut file = BufWriter::new(&self.file);
        std::mem::take(&mut self.sums).finish(&mut file)?;
        file.flush()
    }
}

impl Directory for SettlingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.unchecked.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let full = self.folder.join(path);
        let file = OpenOptions::new().write(true).create_new(true).open(&full).map_err(|error| {
            let exists = error.kind() == io::ErrorKind::AlreadyExists;
            let path = path.to_owned();
            if exists { OpenWriteError::FileAlreadyExists(path) } else { OpenWriteError::wrap_io_error(error, path) }
        })?;
        self.unsettle(&full);
        Ok(BufWriter::new(Box::new(Written { file, sums: Summing::default() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let full = self.folder.join(path);
        let mut file = tempfile::Builder::new().tempfile_in(&self.folder)?;
        file.write_all(&sealed(data))?;
        make_readable(file.as_file())?;
        if path == Path::new(COMMIT) {
            file.as_file().sync_data()?;
            file.into_temp_path().persist(&full)?;
            return self.unchecked.sync_directory();
        }
        file.into_temp_path().persist(&full)?;
        self.unsettle(&full);
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        let unsettled = std::mem::take(&mut *self.unsettled.lock().unwrap_or_else(PoisonError::into_inner));
        if unsettled.is_empty() {
            return Ok(());
        }
        // Asked for at once, the file system writes them out in one go; asked for in turn, each waits for a turn of the disk.
        thread::scope(|scope| {
            let settling: Vec<_> = unsettled.iter().map(|path| scope.spawn(|| settle(path))).collect();
            settling.into_iter().try_for_each(|settled| settled.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())))
        })?;
        self.unchecked.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.unchecked.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(watch_callback)
    }
}
