//! What can go wrong on the disk.

use std::path::PathBuf;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use super::sums::DamagedFile;
use crate::diagnostic::{Language, system_error};

/// Why the index could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file could not be read or written.
    #[error("{}: {source}; check that the folder exists, is writable and has room", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// tantivy refused.
    #[error("the index cannot be used: {source}; `celan reindex` builds it anew from corpus/")]
    Tantivy {
        /// What it said.
        source: TantivyError,
    },
    /// A file of the index does not hold what it should.
    #[error("{file} in index/ is damaged; `celan reindex` builds the index anew from corpus/")]
    Damaged {
        /// The file.
        file: String,
    },
    /// Another process has committed since the index was opened, and what was needed of the old one is gone.
    #[error("the index has been renewed by another process in the meantime; try again")]
    Overtaken,
    /// Another process is writing.
    #[error("the library is being written by process {holder}; try again when it has finished")]
    Locked {
        /// Its number, as far as it is known.
        holder: String,
    },
}

impl From<TantivyError> for IndexError {
    /// A file whose sums are wrong is named; tantivy only passes that on.
    fn from(source: TantivyError) -> Self {
        match of_file(&source) {
            Some(DamagedFile(file)) => Self::Damaged { file: file.clone() },
            None => Self::Tantivy { source },
        }
    }
}

/// The damaged file that an error of tantivy comes from, where it comes from one.
fn of_file(error: &TantivyError) -> Option<&DamagedFile> {
    let (TantivyError::IoError(error) | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })) = error else {
        return None;
    };
    error.get_ref()?.downcast_ref()
}

impl IndexError {
    /// A file that could not be written.
    pub(super) fn unwritable(file: &str, error: impl Into<std::io::Error>) -> Self {
        Self::Io { path: file.into(), source: error.into() }
    }

    /// tantivy could not write a file; what the disk refused is told as such.
    pub(super) fn refused(file: &str, error: TantivyError) -> Self {
        if let TantivyError::IoError(error) = &error {
            Self::unwritable(file, std::io::Error::new(error.kind(), Arc::clone(error)))
        } else {
            error.into()
        }
    }

    /// Whether building the index anew is of use.
    #[must_use]
    pub const fn is_damage(&self) -> bool {
        match self {
            Self::Tantivy { .. } | Self::Damaged { .. } => true,
            Self::Io { .. } | Self::Overtaken | Self::Locked { .. } => false,
        }
    }

    /// What happened and what to do, in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        if language == Language::English {
            return self.to_string();
        }
        match self {
            Self::Io { path, source } => {
                format!("{}：{}；请检查文件夹是否存在、可写且有剩余空间", path.display(), system_error(source, language))
            }
            Self::Tantivy { source } => format!("索引无法使用：{source}；运行 celan reindex 可由 corpus/ 重建"),
            Self::Damaged { file } => format!("index/ 中的 {file} 已损坏；运行 celan reindex 可由 corpus/ 重建"),
            Self::Overtaken => "索引刚刚由另一进程更新；请再试一次".to_owned(),
            Self::Locked { holder } => format!("进程 {holder} 正在写入文库；请待其完成后再试"),
        }
    }
}
