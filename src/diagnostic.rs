//! Trouble as data: what a stage noticed while it went on working.
//!
//! Takes nothing and knows no other module. A strange document or a half-typed query is not an error: the stage that meets it
//! returns its result together with [`Diagnostic`]s, as a [`Warned`] value. Errors (a disk that fails, a damaged file) are each
//! module's own `thiserror` enum; what both have in common is that people read them, in the language they chose: [`Bilingual`].

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

/// The language that the interface speaks. Documents and JSON keys are not translated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Simplified Chinese, the default.
    #[default]
    Chinese,
    /// English, when asked for.
    English,
}

impl Language {
    /// The one of two phrases that is in this language; both stand side by side in the source so that neither is forgotten.
    #[must_use]
    pub const fn pick<T: Copy>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// One message in both languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// The message as Chinese readers get it.
    pub chinese: String,
    /// The same message in English.
    pub english: String,
}

impl Bilingual {
    /// Pairs a Chinese message with its English form.
    pub fn new(chinese: impl Into<String>, english: impl Into<String>) -> Self {
        Self { chinese: chinese.into(), english: english.into() }
    }

    /// The message in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        language.pick(self.chinese.as_str(), self.english.as_str())
    }
}

/// What the system said about a file, in `language`; in its own words where there are no better ones.
#[must_use]
pub fn system_error(error: &io::Error, language: Language) -> String {
    let chinese = [
        (io::ErrorKind::NotFound, "文件或文件夹不存在"),
        (io::ErrorKind::PermissionDenied, "没有访问权限"),
        (io::ErrorKind::AlreadyExists, "文件已存在"),
        (io::ErrorKind::IsADirectory, "这是文件夹，不是文件"),
        (io::ErrorKind::NotADirectory, "路径中有一段不是文件夹"),
        (io::ErrorKind::StorageFull, "磁盘已满"),
        (io::ErrorKind::QuotaExceeded, "磁盘配额已用完"),
        (io::ErrorKind::ReadOnlyFilesystem, "文件系统只读"),
        (io::ErrorKind::InvalidFilename, "文件名无效或过长"),
    ];
    match (language, chinese.iter().find(|(kind, _)| *kind == error.kind())) {
        (Language::Chinese, Some((_, chinese))) => (*chinese).to_owned(),
        (Language::Chinese, None) | (Language::English, _) => error.to_string(),
    }
}

/// How much a diagnostic matters to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the result is as good as without it.
    Note,
    /// The result may differ from what the author meant: look at the place.
    Warning,
}

/// Where in a source the trouble is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name of the file, where there is one.
    pub file: Option<String>,
    /// Page, or sheet of a workbook, counted from 1.
    pub page: Option<u32>,
    /// Line of the extracted text, counted from 1.
    pub line: Option<u32>,
}

impl Place {
    /// A line of the text at hand, counted from 1.
    #[must_use]
    pub const fn line(line: u32) -> Self {
        Self { file: None, page: None, line: Some(line) }
    }

    /// A page of the file at hand, counted from 1.
    #[must_use]
    pub const fn page(page: u32) -> Self {
        Self { file: None, page: Some(page), line: None }
    }
}

/// Something that a stage noticed: what happened, where, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable, language-free name in kebab case, such as `numbering-gap`.
    pub code: String,
    /// What happened.
    pub message: Bilingual,
    /// What can be done about it, where something can.
    pub hint: Option<Bilingual>,
    /// Where it happened.
    pub place: Place,
}

impl Diagnostic {
    /// A warning at `place` without a hint.
    #[must_use]
    pub fn warning(code: &str, message: Bilingual, place: Place) -> Self {
        Self { severity: Severity::Warning, code: code.to_owned(), message, hint: None, place }
    }

    /// A note at `place` without a hint.
    #[must_use]
    pub fn note(code: &str, message: Bilingual, place: Place) -> Self {
        Self { severity: Severity::Note, code: code.to_owned(), message, hint: None, place }
    }

    /// The same diagnostic with advice on what to do.
    #[must_use]
    pub fn with_hint(mut self, hint: Bilingual) -> Self {
        self.hint = Some(hint);
        self
    }

    /// One line for people: place, message and hint in `language`.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let mut said = String::new();
        if let Some(file) = &self.place.file {
            said.push_str(file);
            said.push_str(language.pick("：", ": "));
        }
        if let Some(page) = self.place.page {
            let (chinese, english) = (format!("第{page}页："), format!("page {page}: "));
            said.push_str(language.pick(&chinese, &english));
        }
        if let Some(line) = self.place.line {
            let (chinese, english) = (format!("第{line}行："), format!("line {line}: "));
            said.push_str(language.pick(&chinese, &english));
        }
        said.push_str(self.message.in_language(language));
        if let Some(hint) = &self.hint {
            said.push_str(language.pick("；", "; "));
            said.push_str(hint.in_language(language));
        }
        said
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.say(Language::English))
    }
}

/// A result together with what was noticed on the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warned<T> {
    /// The result itself, always usable.
    pub value: T,
    /// What was noticed, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// A result about which there is nothing to say.
    pub const fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }
}
