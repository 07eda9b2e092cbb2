//! What can go wrong with the folder of a library.

use std::path::PathBuf;

use crate::diagnostic::{Language, system_error};

/// Why a library's folder could not be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that is longer than any document.
    #[error("{}: longer than {} MiB, which few documents are; check what it holds, or set file_mib in celan.toml", path.display(), limit >> 20)]
    TooLong {
        /// The file.
        path: PathBuf,
        /// The most bytes that are read.
        limit: u64,
    },
    /// A file of corrections that is longer than any document needs.
    #[error("{}: longer than {} MiB, which no corrections are; check what it holds, or move it away", path.display(), limit >> 20)]
    TooManyCorrections {
        /// The file.
        path: PathBuf,
        /// The most bytes that are read.
        limit: u64,
    },
    /// A file of the user that is no text.
    #[error("{}: not in UTF-8; convert it, or move it away", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A pipe, a device, a socket or a folder where a file was expected.
    #[error("{}: no file but a pipe, a device or a folder; save what it holds as a file first", path.display())]
    NotAFile {
        /// What was named.
        path: PathBuf,
    },
    /// Another program does not stop writing.
    #[error("{}: another program is writing; try again", path.display())]
    Busy {
        /// The lock that it holds.
        path: PathBuf,
    },
    /// The folder is none of ours.
    #[error("{} is no celan library: it has neither celan.toml nor corpus/; `celan --library DIR add FILE…` makes one", folder.display())]
    NotALibrary {
        /// The folder.
        folder: PathBuf,
    },
    /// No folder could be found or made.
    #[error("there is nowhere to keep a library: name a folder with --library or CELAN_LIBRARY")]
    Nowhere,
}

impl CorpusError {
    /// What happened and what to do, in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        if language == Language::English {
            return self.to_string();
        }
        match self {
            Self::Io { path, source } => format!("{}：{}", path.display(), system_error(source, language)),
            Self::TooLong { path, limit } => {
                format!("{}：超过 {} MiB，不像是文档；请检查文件内容，或在 celan.toml 中设置 file_mib", path.display(), limit >> 20)
            }
            Self::TooManyCorrections { path, limit } => {
                format!("{}：超过 {} MiB，不像是更正文件；请检查文件内容，或移走该文件", path.display(), limit >> 20)
            }
            Self::NotAFile { path } => {
                format!("{}：不是普通文件，而是管道、设备或文件夹；请先将内容存为文件", path.display())
            }
            Self::NotText { path } => format!("{}：不是 UTF-8 编码；请转换，或移走该文件", path.display()),
            Self::Busy { path } => format!("{}：另一个程序正在写入，请稍后再试", path.display()),
            Self::NotALibrary { folder } => format!(
                "{} 不是策览文库：其中既无 celan.toml 也无 corpus/；可用 celan --library DIR add FILE… 新建",
                folder.display()
            ),
            Self::Nowhere => "没有可存放文库的位置：请用 --library 或 CELAN_LIBRARY 指定文件夹".to_owned(),
        }
    }
}
