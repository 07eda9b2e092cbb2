//! One file read: its bytes → a document, and what was noticed on the way.

use crate::analysis::verify::verify;
use crate::corpus::{BUILT_IN, sha256};
use crate::diagnostic::Warned;
use crate::document::Document;
use crate::document::metadata::Source;
use crate::extract::{ExtractError, extract};
use crate::structure::structure;

use super::Extractor;

/// Bytes of a file → document, with the file's name and checksum in it, and what was noticed on the way.
pub(super) fn read(extractor: &mut dyn Extractor, name: &str, bytes: &[u8]) -> Result<Warned<Document>, ExtractError> {
    // The plan that comes with the program is no stranger's file: reading it needs no guard.
    let raw = if bytes == BUILT_IN { extract(bytes)? } else { extractor.extract(bytes)? };
    let source = Source { file: name.to_owned(), sha256: sha256(bytes), bytes: bytes.len() as u64 };
    let mut document = structure(raw.value, source);
    document.diagnostics.splice(0..0, raw.diagnostics);
    document.diagnostics.extend(verify(&document.value));
    for diagnostic in &mut document.diagnostics {
        diagnostic.place.file = Some(name.to_owned());
    }
    Ok(document)
}
