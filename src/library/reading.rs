//! One file read: its bytes → a document, how it was come by, and what was noticed on the way.

use std::collections::BTreeMap;
use std::path::Path;

use crate::analysis::verify::verify;
use crate::corpus::{self, BUILT_IN, sha256};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::metadata::Source;
use crate::extract::{EncodingName, ExtractError, extract, reader_of};
use crate::structure::structure;

use super::{Extractor, LibraryError};

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What became of it; its id is the document's own, whatever the library calls it.
    pub document: Document,
    /// What was noticed, in the order of the stages; the places name the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The format, by the usual ending of its files: `docx`.
    pub format: &'static str,
    /// The encoding, for formats that leave a choice.
    pub encoding: Option<EncodingName>,
}

/// What a file turned out to be, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The title.
    pub title: String,
    /// The format, by the usual ending of its files: `docx`.
    pub format: &'static str,
    /// The encoding, for formats that leave a choice.
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

/// Reads the bytes of a file of this name.
pub(super) fn read(extractor: &mut dyn Extractor, name: &str, bytes: &[u8]) -> Result<Reading, ExtractError> {
    // The plan that comes with the program is no stranger's file: reading it needs no guard.
    let raw = if bytes == BUILT_IN { extract(bytes)? } else { extractor.extract(bytes)? };
    // What was read once is recognised again without danger.
    let format = reader_of(bytes).and_then(|reader| reader.extensions.first()).copied().unwrap_or_default();
    let encoding = raw.value.encoding;
    let source = Source { file: name.to_owned(), sha256: sha256(bytes), bytes: bytes.len() as u64 };
    let structured = structure(raw.value, source);
    let mut diagnostics = raw.diagnostics;
    diagnostics.extend(structured.diagnostics);
    diagnostics.extend(verify(&structured.value));
    for diagnostic in &mut diagnostics {
        diagnostic.place.file = Some(name.to_owned());
    }
    Ok(Reading { document: structured.value, diagnostics, format, encoding })
}

/// Reads a file on the disk, in a library or not.
///
/// # Errors
/// Where the disk does not give it, or it cannot be read.
pub fn read_file(path: &Path, extractor: &mut dyn Extractor) -> Result<Reading, LibraryError> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned();
    let bytes = corpus::read_outside(path)?;
    read(extractor, &name, &bytes).map_err(|error| LibraryError::Unreadable { file: path.to_owned(), error })
}
