//! Small files that the program keeps for its user outside the library: what it remembers, and what is exported.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{CorpusError, write_atomically};

/// The contents of a file; none where there is none.
///
/// # Errors
/// Where it is there and cannot be read.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, CorpusError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(CorpusError::Io { path: path.to_owned(), source }),
    }
}

/// Writes a file as a whole or not at all, making its folder where that is missing. Others than the user cannot read it.
///
/// # Errors
/// Where the disk refuses.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), CorpusError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| CorpusError::Io { path: folder.to_owned(), source })?;
        keep_private(folder).map_err(|source| CorpusError::Io { path: folder.to_owned(), source })?;
    }
    write_atomically(path, bytes)
}

/// What was searched for is nobody else's business.
#[cfg(unix)]
fn keep_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn keep_private(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Gives a file the name with `.bad` after it and tells that; what had that name is gone.
///
/// # Errors
/// Where the disk refuses.
pub fn put_aside(path: &Path) -> Result<PathBuf, CorpusError> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".bad");
    let aside = PathBuf::from(aside);
    std::fs::rename(path, &aside).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    Ok(aside)
}

/// Writes a file under its name, or `name-2.md` and so on, the first that is free, and tells it.
///
/// # Errors
/// Where the disk refuses.
pub fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, CorpusError> {
    let (stem, extension) =
        name.rsplit_once('.').map_or((name, String::new()), |(stem, extension)| (stem, format!(".{extension}")));
    let mut path = folder.join(name);
    let mut count = 1_u32;
    loop {
        let written = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        match written {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                count += 1;
                path = folder.join(format!("{stem}-{count}{extension}"));
            }
            Err(source) => return Err(CorpusError::Io { path, source }),
        }
    }
}
