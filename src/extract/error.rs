//! Why a file could not be read, in both languages.

use crate::diagnostic::{Bilingual, Language};

/// What cannot be read, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// The bytes are of a known format that has no reader.
    #[error("{}", self.in_language(Language::English))]
    Unsupported {
        /// The format in English, such as `a PDF file`.
        english: &'static str,
        /// The format in Chinese, such as `PDF 文件`.
        chinese: &'static str,
    },
    /// The bytes are a text, but not in UTF-8.
    #[error("{}", self.in_language(Language::English))]
    OtherEncoding {
        /// The encoding that it looks like.
        encoding: &'static str,
    },
    /// A UTF-8 text with a damaged character.
    #[error("{}", self.in_language(Language::English))]
    Damaged {
        /// The first byte that does not belong to a character, counted from 0.
        at: usize,
        /// The line where it stands, counted from 1.
        line: usize,
    },
    /// No text at all.
    #[error("{}", self.in_language(Language::English))]
    Binary,
}

impl ExtractError {
    /// The message in both languages: what the file is, and what can be read.
    #[must_use]
    pub fn message(&self) -> Bilingual {
        match self {
            Self::Unsupported { english, chinese } => Bilingual::new(
                format!("这是{chinese}；目前可读 UTF-8 编码的 .txt 和 .md，请先另存为纯文本"),
                format!("this is {english}; UTF-8 .txt and .md can be read: save it as plain text first"),
            ),
            Self::OtherEncoding { encoding } => Bilingual::new(
                format!("这像是 {encoding} 编码的文本；目前可读 UTF-8 编码的 .txt 和 .md，请先转换编码"),
                format!("this looks like text in {encoding}; UTF-8 .txt and .md can be read: convert it to UTF-8 first"),
            ),
            Self::Damaged { at, line } => Bilingual::new(
                format!("第{line}行（第{at}字节）不是有效的 UTF-8；请检查文件是否损坏"),
                format!("line {line} (byte {at}) is not valid UTF-8: check whether the file is damaged"),
            ),
            Self::Binary => Bilingual::new(
                "这不是文本文件；目前可读 UTF-8 编码的 .txt 和 .md",
                "this is not a text file; UTF-8 .txt and .md can be read",
            ),
        }
    }

    /// The message in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        self.message().in_language(language).to_owned()
    }
}
