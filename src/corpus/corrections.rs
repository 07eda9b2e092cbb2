//! Files of corrections: `foo.txt.celan.toml` beside `foo.txt` says how that is to be read where it is read wrongly.
//!
//! Here they are only found, read and written; what is in them is for `structure` to understand.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::CorpusError;
use super::sources::read_up_to;

/// What the name of such a file has after the name of its source.
pub const CORRECTIONS_SUFFIX: &str = ".celan.toml";

/// Bytes of a file of corrections: a stranger's folder may have anything under such a name, and it is read along with every document.
const LONGEST: u64 = 4 << 20;

/// Whether a file is one of corrections, by its name.
#[must_use]
pub fn is_corrections(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(CORRECTIONS_SUFFIX))
}

/// Where the corrections of a file are, whether there are any or not.
#[must_use]
pub fn corrections_path(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(CORRECTIONS_SUFFIX);
    path.into()
}

/// The corrections beside a file, not yet understood; none where there are none.
///
/// # Errors
/// Where they are there and cannot be read, or are longer than any document needs.
pub fn read_corrections(file: &Path) -> Result<Option<Vec<u8>>, CorpusError> {
    let path = corrections_path(file);
    match read_up_to(&path, LONGEST) {
        Ok(Some(bytes)) => Ok(Some(bytes)),
        Ok(None) => Err(CorpusError::TooManyCorrections { path, limit: LONGEST }),
        // Beside a file whose name is as long as names can be, none can stand.
        Err(CorpusError::Io { source, .. }) if matches!(source.kind(), ErrorKind::NotFound | ErrorKind::InvalidFilename) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
