//! What can go wrong with a library as a whole.

use std::path::PathBuf;

use crate::corpus::CorpusError;
use crate::diagnostic::Language;
use crate::extract::ExtractError;
use crate::index::IndexError;

/// Why a library could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// No such document.
    #[error("there is no document `{id}` in this library; `celan list` shows what there is")]
    NoSuchDocument {
        /// The name that was asked for.
        id: String,
    },
    /// The library lives in memory only, because its folder cannot be written.
    #[error(
        "this library cannot be changed: its folder is read-only, or another process is writing; check the folder's permissions"
    )]
    ReadOnly,
    /// A file that holds nothing readable.
    #[error("{}: {error}", file.display())]
    Unreadable {
        /// Its path.
        file: PathBuf,
        /// Why.
        error: ExtractError,
    },
    /// Trouble with the folder.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// Trouble with the index.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl LibraryError {
    /// Whether a file of the index is damaged, so that building it anew is of use.
    #[must_use]
    pub const fn is_damage(&self) -> bool {
        match self {
            Self::Index(error) => error.is_damage(),
            Self::NoSuchDocument { .. } | Self::ReadOnly | Self::Unreadable { .. } | Self::Corpus(_) => false,
        }
    }

    /// Whether another process has renewed the index in the meantime, so that asking again is of use.
    #[must_use]
    pub const fn is_overtaken(&self) -> bool {
        matches!(self, Self::Index(IndexError::Overtaken))
    }

    /// What happened and what to do, in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        match self {
            Self::NoSuchDocument { id } if language == Language::Chinese => {
                format!("文库中没有“{id}”；celan list 可列出全部文件")
            }
            Self::ReadOnly if language == Language::Chinese => {
                "文库无法修改：文件夹只读，或另一进程正在写入；请检查文件夹权限".to_owned()
            }
            Self::Unreadable { file, error } if language == Language::Chinese => {
                format!("{}：{}", file.display(), error.in_language(language))
            }
            Self::NoSuchDocument { .. } | Self::ReadOnly | Self::Unreadable { .. } => self.to_string(),
            Self::Corpus(error) => error.in_language(language),
            Self::Index(error) => error.in_language(language),
        }
    }
}
