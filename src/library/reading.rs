//! One file read: its bytes → a document, how it was come by, and what was noticed on the way.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::analysis::verify::verify;
use crate::corpus::{self, BUILT_IN, CORRECTIONS_SUFFIX, sha256};
use crate::diagnostic::{Diagnostic, Warned};
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::metadata::Source;
use crate::extract::{EncodingName, ExtractError, FormatName, Limits, extract_within, known_encoding, known_format};
use crate::structure::{Corrections, corrected};

use super::{Extractor, LibraryError};

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What became of it; its id is the document's own, whatever the library calls it.
    pub document: Document,
    /// What was noticed, in the order of the stages; the places name the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The format.
    pub format: FormatName,
    /// The encoding, for formats that leave a choice.
    pub encoding: Option<EncodingName>,
}

/// What a file turned out to be, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The title.
    pub title: String,
    /// The format.
    #[serde(deserialize_with = "known_format")]
    pub format: FormatName,
    /// The encoding, for formats that leave a choice.
    #[serde(deserialize_with = "known_encoding")]
    pub encoding: Option<EncodingName>,
    /// How many nodes there are of each kind.
    pub kinds: BTreeMap<Kind, usize>,
}

impl Reading {
    /// The file in short.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut kinds = BTreeMap::new();
        for node in &self.document.nodes {
            *kinds.entry(node.kind).or_insert(0) += 1;
        }
        Summary { title: self.document.metadata.title.clone(), format: self.format, encoding: self.encoding, kinds }
    }
}

/// A file to be read.
#[derive(Debug, Clone, Copy)]
pub struct File<'b> {
    /// Its name, for messages and for documents that have no other.
    pub name: &'b str,
    /// What is in it.
    pub bytes: &'b [u8],
    /// What stands beside it: see [`Corrections`].
    pub corrections: Option<&'b [u8]>,
    /// How much it may hold and take.
    pub limits: &'b Limits,
}

impl File<'_> {
    /// Reads the file, all stages from its bytes to a document that has been verified, in this process. The limits of time and memory
    /// are left to who calls.
    ///
    /// # Errors
    /// Where no reader accepts the bytes, or they go past a limit.
    pub fn read(self) -> Result<Reading, ExtractError> {
        let Self { name, bytes, corrections, limits } = self;
        let raw = extract_within(bytes, limits)?;
        let format = raw.value.format.unwrap_or_default();
        let encoding = raw.value.encoding;
        let source = Source {
            file: name.to_owned(),
            sha256: sha256(bytes),
            bytes: bytes.len() as u64,
            corrections: corrections.map(sha256),
        };
        let corrections = corrections.map_or_else(|| Warned::clean(Corrections::default()), Corrections::read);
        let structured = corrected(raw.value, source, &corrections.value);
        let mut diagnostics = in_file(&format!("{name}{CORRECTIONS_SUFFIX}"), corrections.diagnostics);
        diagnostics.extend(in_file(name, raw.diagnostics));
        diagnostics.extend(in_file(name, structured.diagnostics));
        diagnostics.extend(in_file(name, verify(&structured.value)));
        Ok(Reading { document: structured.value, diagnostics, format, encoding })
    }
}

/// Reads a file, as strangers' files are read.
pub(super) fn read(extractor: &mut dyn Extractor, file: File<'_>) -> Result<Reading, ExtractError> {
    // The plan that comes with the program is no stranger's file: reading it needs no guard.
    if file.bytes == BUILT_IN { File { limits: &Limits::USUAL, ..file }.read() } else { extractor.read(file) }
}

fn in_file(name: &str, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        diagnostic.place.file = Some(name.to_owned());
    }
    diagnostics
}

/// Reads a file on the disk, in a library or not, with the corrections beside it, within the usual limits.
///
/// # Errors
/// Where the disk does not give it, or it cannot be read.
pub fn read_file(path: &Path, extractor: &mut dyn Extractor) -> Result<Reading, LibraryError> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned();
    let limits = &Limits::USUAL;
    let bytes = corpus::read_outside(path, limits)?;
    let corrections = corpus::read_corrections(path)?;
    let file = File { name: &name, bytes: &bytes, corrections: corrections.as_deref(), limits };
    read(extractor, file).map_err(|error| LibraryError::Unreadable { file: path.to_owned(), error })
}
