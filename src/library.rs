//! The facade that the faces use: open a library, read it, search it, change it.
//!
//! A face (terminal, command line) needs no other module to do something; it takes documents, hits and diagnostics from here and
//! shows them. Nothing is printed here.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Language, Warned};
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::metadata::{Metadata, Source};
use crate::document::node::NodeIndex;
use crate::search::{Request, Response};

/// What a library knows of a document without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its stable name.
    pub id: DocumentId,
    /// Its head.
    pub metadata: Metadata,
    /// Its file.
    pub source: Source,
    /// How many units it has.
    pub units: usize,
}

/// What a typed address points at.
#[derive(Debug, Clone)]
pub struct Target {
    /// The document.
    pub document: Arc<Document>,
    /// The node; none for the document as a whole.
    pub node: Option<NodeIndex>,
    /// The sentence within the node's unit text, in bytes, where one was named.
    pub sentence: Option<Range<usize>>,
}

/// Why a library could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// No such document.
    #[error("there is no document `{id}` in this library; `celan list` shows what there is")]
    NoSuchDocument {
        /// The name that was asked for.
        id: String,
    },
}

impl LibraryError {
    /// What happened and what to do, in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        match (self, language) {
            (error, Language::English) => error.to_string(),
            (Self::NoSuchDocument { id }, Language::Chinese) => format!("库中没有“{id}”；celan list 可列出全部文件"),
        }
    }
}

/// How `add` went for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// Read, copied into `corpus/` and indexed.
    New(DocumentId),
    /// A newer text of a document that was there.
    Replaced(DocumentId),
    /// The same bytes are in the library already.
    Unchanged(DocumentId),
    /// Not added, and why, in both languages.
    Refused(crate::diagnostic::Bilingual),
}

/// A library that has been opened; shared between threads for reading.
#[derive(Debug)]
pub struct Library {
    documents: Vec<Arc<Document>>,
    listings: Vec<Listing>,
}

impl Library {
    /// Opens the library in `folder`, bringing its index up to date with its `corpus/`.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn open(folder: &Path) -> Result<Warned<Self>, LibraryError> {
        let _ = folder;
        Ok(Warned::clean(Self { documents: Vec::new(), listings: Vec::new() }))
    }

    /// A library of the given files (name and bytes) that lives in memory only.
    ///
    /// # Errors
    /// Where the index cannot be built.
    pub fn in_memory(files: &[(&str, &[u8])]) -> Result<Warned<Self>, LibraryError> {
        let _ = files;
        Ok(Warned::clean(Self { documents: Vec::new(), listings: Vec::new() }))
    }

    /// The documents, sorted by id.
    #[must_use]
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    /// A document, read in full.
    ///
    /// # Errors
    /// Where there is none of this name or it cannot be read.
    pub fn document(&self, id: &DocumentId) -> Result<Arc<Document>, LibraryError> {
        self.documents
            .iter()
            .find(|document| document.id == *id)
            .cloned()
            .ok_or_else(|| LibraryError::NoSuchDocument { id: id.to_string() })
    }

    /// What a typed address or document name points at (`4.3.4`, `第四章三（四）`, `湘政办发-2021-57/4.3.4`, `57号`); none where it is
    /// neither. Without a document in it, the address is looked up in the documents in order and the first that has it is meant.
    ///
    /// # Errors
    /// Where a document cannot be read.
    pub fn resolve(&self, typed: &str) -> Result<Option<Target>, LibraryError> {
        let _ = typed;
        Ok(None)
    }

    /// Answers a search completely.
    ///
    /// # Errors
    /// Where the texts cannot be read.
    pub fn search(&self, request: &Request) -> Result<Response, LibraryError> {
        let _ = request;
        Ok(Response::default())
    }

    /// Adds files (folders are walked); `progress` is told how many of how many are done.
    ///
    /// # Errors
    /// Where the library cannot be written; a bad file is no error but [`Added::Refused`].
    pub fn add(&mut self, paths: &[&Path], progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<(String, Added)>, LibraryError> {
        let _ = (paths, progress);
        Ok(Vec::new())
    }

    /// Removes a document: its file from `corpus/` and its units from the index.
    ///
    /// # Errors
    /// Where there is no such document or the library cannot be written.
    pub fn remove(&mut self, id: &DocumentId) -> Result<(), LibraryError> {
        Err(LibraryError::NoSuchDocument { id: id.to_string() })
    }

    /// Builds the index anew from `corpus/`; gives the number of documents.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn reindex(&mut self, progress: &mut dyn FnMut(usize, usize)) -> Result<usize, LibraryError> {
        let _ = progress;
        Ok(0)
    }
}
