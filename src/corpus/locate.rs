//! Which library is meant.

use std::path::{Path, PathBuf};

use super::{BUILT_IN, BUILT_IN_NAME, Corpus, CorpusError, SETTINGS_FILE};

/// Where a library may be, as told by the command line and the environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// `--library DIR`.
    pub option: Option<PathBuf>,
    /// The variable `CELAN_LIBRARY`.
    pub variable: Option<PathBuf>,
    /// The folder that the program was started in.
    pub current: Option<PathBuf>,
    /// The user's data directory for celan, such as `~/.local/share/celan`.
    pub data: Option<PathBuf>,
}

/// The library folder that is meant, and whether it is the user's own default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// Named on the command line or in the environment; it may not exist yet.
    Named(PathBuf),
    /// The nearest folder upwards that has a `celan.toml`.
    Upwards(PathBuf),
    /// In the user's data directory; made there when first used.
    Default(PathBuf),
}

impl Located {
    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self {
            Self::Named(folder) | Self::Upwards(folder) | Self::Default(folder) => folder,
        }
    }
}

/// Says which folder is meant: the option, else the variable, else upwards, else the user's data directory.
///
/// # Errors
/// [`CorpusError::Nowhere`] where none of these is known.
pub fn locate(whereabouts: &Whereabouts) -> Result<Located, CorpusError> {
    if let Some(named) = whereabouts.option.as_ref().or(whereabouts.variable.as_ref()) {
        return Ok(Located::Named(named.clone()));
    }
    let is_library = |folder: &&Path| folder.join(SETTINGS_FILE).is_file();
    if let Some(folder) = whereabouts.current.as_deref().and_then(|current| current.ancestors().find(is_library)) {
        return Ok(Located::Upwards(folder.to_owned()));
    }
    whereabouts.data.clone().map(Located::Default).ok_or(CorpusError::Nowhere)
}

/// Opens the folder that is meant; the user's default is made with the built-in plan where it is missing.
///
/// # Errors
/// Where it is no library, or cannot be made.
pub fn open(located: &Located) -> Result<Corpus, CorpusError> {
    match located {
        Located::Named(folder) | Located::Upwards(folder) => Corpus::open(folder),
        Located::Default(folder) if folder.join(SETTINGS_FILE).is_file() => Corpus::open(folder),
        Located::Default(folder) => Corpus::create(folder, &[(BUILT_IN_NAME, BUILT_IN)]),
    }
}
