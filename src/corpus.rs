//! The `corpus/` folder: the sources, untouched, and the little that is remembered about them.
//!
//! Finds the library, lists its sources, says whether they changed, copies new ones in and deletes old ones. Reads and writes files
//! and knows nothing of what is in them.

mod checked;
mod corrections;
mod error;
pub mod ids;
pub mod kept;
pub mod locate;
mod naming;
pub mod notes;
mod seen;
mod settings;
mod sources;
mod staging;
mod walk;

use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::extract::Limits;

pub use corrections::{CORRECTIONS_SUFFIX, corrections_path, is_corrections, read_corrections};
pub use error::CorpusError;
pub use naming::storable;
pub use seen::Seen;
pub use settings::Settings;
pub use sources::{Fingerprint, LeftOut, SourceFile, Sources, Survey, expand, length, read_outside};
pub use staging::Staging;

/// Name of the settings file, which makes a folder a library.
pub const SETTINGS_FILE: &str = "celan.toml";

/// Name of the document that every new library begins with.
pub const BUILT_IN_NAME: &str = "湖南省“十四五”商务和开放型经济发展规划.txt";

/// The bytes of that document.
pub const BUILT_IN: &[u8] = include_bytes!("../corpus/湖南省“十四五”商务和开放型经济发展规划.txt");

/// What the names of files begin with that are on their way to another name.
const STAGED: &str = ".celan-";

/// The settings that a new library begins with.
const NEW_SETTINGS: &str = include_str!("../celan.toml");

/// A library folder on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    folder: PathBuf,
}

impl Corpus {
    /// The library in `folder`.
    ///
    /// # Errors
    /// [`CorpusError::NotALibrary`] where there is neither a `celan.toml` nor a `corpus/` in it.
    pub fn open(folder: &Path) -> Result<Self, CorpusError> {
        let corpus = Self { folder: folder.to_owned() };
        if folder.join(SETTINGS_FILE).is_file() || corpus.sources_folder().is_dir() {
            Ok(corpus)
        } else {
            Err(CorpusError::NotALibrary { folder: folder.to_owned() })
        }
    }

    /// Makes a library in `folder` with these files, leaving alone what is there.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn create(folder: &Path, files: &[(&str, &[u8])]) -> Result<Self, CorpusError> {
        let corpus = Self { folder: folder.to_owned() };
        let sources = corpus.sources_folder();
        std::fs::create_dir_all(&sources).map_err(|source| CorpusError::Io { path: sources, source })?;
        let mut staging = Staging::new(&corpus);
        for (name, bytes) in files {
            if !corpus.path(name).exists() {
                staging.stage(name, bytes, None)?;
            }
        }
        staging.settle()?;
        let settings = folder.join(SETTINGS_FILE);
        if !settings.exists() {
            write_atomically(&settings, NEW_SETTINGS.as_bytes())?;
        }
        Ok(corpus)
    }

    /// Where the library is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where its sources are.
    #[must_use]
    pub fn sources_folder(&self) -> PathBuf {
        self.folder.join("corpus")
    }

    /// Where its index is.
    #[must_use]
    pub fn index_folder(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// The path of a source.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.sources_folder().join(name)
    }

    /// The bytes of a source.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, CorpusError> {
        // It was let in, be it under other limits.
        read_outside(&self.path(name), &Limits { file: u64::MAX >> 20, ..Limits::USUAL })
    }

    /// Its name, or `name-2.txt` and so on, whichever is the first that no file in `corpus/` has and that is not `taken` either.
    #[must_use]
    pub fn free_name(&self, name: &str, taken: &dyn Fn(&str) -> bool) -> String {
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
            _ => (name, String::new()),
        };
        let mut free = name.to_owned();
        let mut count = 1;
        // Corrections that were left behind by another file must not befall this one.
        while taken(&free) || self.path(&free).exists() || corrections_path(&self.path(&free)).exists() {
            count += 1;
            free = format!("{stem}-{count}{extension}");
        }
        free
    }

    /// Takes away what a process that was killed had staged and not named; only for who alone may write.
    pub fn sweep(&self) {
        sweep(&self.sources_folder());
    }

    /// Writes the corrections of a source.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn store_corrections(&self, name: &str, corrections: &[u8]) -> Result<(), CorpusError> {
        write_atomically(&corrections_path(&self.path(name)), corrections)
    }

    /// Deletes a source and its corrections, so that a power failure does not bring them back.
    ///
    /// # Errors
    /// Where one of them cannot be deleted.
    pub fn delete(&self, name: &str) -> Result<(), CorpusError> {
        let delete = |path: PathBuf| std::fs::remove_file(&path).map_err(|source| CorpusError::Io { path, source });
        let path = self.path(name);
        delete(path.clone())?;
        let corrections = corrections_path(&path);
        if corrections.exists() {
            delete(corrections)?;
        }
        let folder = path.parent().map_or_else(|| self.sources_folder(), Path::to_owned);
        sync_folder(&folder).map_err(|source| CorpusError::Io { path: folder, source })
    }
}

/// Takes away what was staged in a folder and not named.
fn sweep(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(STAGED)) {
        // What cannot be taken away is hidden and does no harm.
        let _ = std::fs::remove_file(entry.path());
    }
}

/// SHA-256 of `bytes`, 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Writes a file so that it is there as a whole or not at all, also after a power failure.
///
/// # Errors
/// Where the folder cannot be written.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), CorpusError> {
    let failed = |source| CorpusError::Io { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(STAGED).tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    make_readable(file.as_file()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(folder).map_err(failed)
}

/// Temporary files are private; sources are as readable as any other file.
#[cfg(unix)]
fn make_readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// Makes a rename last: on Unix the folder has to be written out too.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
