//! The facade that the faces use: open a library, read it, search it, change it.
//!
//! A face (terminal, command line) needs no other module to do something; it takes documents, hits and diagnostics from here and
//! shows them. Nothing is printed here. Opening brings the index up to date with `corpus/` where they differ, and says so.

mod added;
mod answer;
mod change;
mod doctor;
mod error;
mod extractor;
mod intake;
pub mod notes;
mod reading;
mod refresh;
mod side_by_side;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

pub use added::Added;
pub use answer::{Answer, Extent, Instead, Meant, Suggestion};
pub use doctor::{Examination, examine, repair};
pub use error::LibraryError;
pub use extractor::{Extractor, InProcess};
pub use reading::{File, Reading, Summary, read_file};

use crate::corpus::{Corpus, Settings};
use crate::diagnostic::{Diagnostic, Warned};
use crate::document::Document;
use crate::document::excerpt::Excerpt;
use crate::document::locator::DocumentId;
use crate::document::metadata::{Metadata, Source};
use crate::document::node::NodeIndex;
use crate::index::{Head, Index};
use crate::query::address::{self, DocumentHint, Pattern};
use crate::search::{Engine, Hit, Request, Response};

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
    /// The sentence within the node, in bytes of the document's text, where one was named.
    pub sentence: Option<Range<usize>>,
}

/// How closely opening looks whether the index is up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// At every source.
    Close,
    /// At the folders only, in a large library where every source was looked at less than a minute before this time: a file that was
    /// written over in place within that minute may go unnoticed until it is over. For one question asked at once: where another process
    /// renews the index before it is answered, the answer may be [`IndexError::Overtaken`](crate::index::IndexError::Overtaken).
    Quick(SystemTime),
}

/// A library that has been opened; shared between threads for reading.
#[derive(Debug)]
pub struct Library {
    /// Its folder; none where it lives in memory only.
    corpus: Option<Corpus>,
    index: Box<Index>,
    /// Read from the index when first asked for.
    listings: OnceLock<Vec<Listing>>,
    /// Documents that have been read.
    read: Mutex<BTreeMap<DocumentId, Arc<Document>>>,
    /// What its user says of it.
    settings: Settings,
    /// What is wrong with that.
    faults: Vec<Diagnostic>,
    /// Who reads files; used by changes only, which have the library to themselves.
    extractor: Mutex<Box<dyn Extractor>>,
}

impl Library {
    /// Opens the library in `folder`, reading files in this process: see [`Library::open_with`].
    ///
    /// # Errors
    /// Where `folder` is no library or cannot be read.
    pub fn open(folder: &Path) -> Result<Warned<Self>, LibraryError> {
        Self::open_with(folder, Box::new(InProcess))
    }

    /// Opens the library in `folder`, bringing its index up to date with its `corpus/`; files are read by `extractor`, now and later.
    ///
    /// Where the index cannot be written (a read-only folder, another process at work) the texts are indexed in memory instead. What
    /// was done is told in the diagnostics.
    ///
    /// # Errors
    /// Where `folder` is no library or cannot be read.
    pub fn open_with(folder: &Path, extractor: Box<dyn Extractor>) -> Result<Warned<Self>, LibraryError> {
        Self::open_looking(folder, extractor, Look::Close, &mut |_, _| {})
    }

    /// Like [`Library::open_with`], looking as closely as told whether the index is up to date; where it is not, `progress` is told how many of
    /// how many files are done.
    ///
    /// # Errors
    /// Where `folder` is no library or cannot be read.
    pub fn open_looking(
        folder: &Path,
        extractor: Box<dyn Extractor>,
        look: Look,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Warned<Self>, LibraryError> {
        refresh::open(Corpus::open(folder)?, extractor, look, progress)
    }

    /// Opens the library in `folder` without its index: the texts are indexed in memory, which takes as long as reading them all. It can be
    /// read and not be changed.
    ///
    /// # Errors
    /// Where `folder` is no library or cannot be read.
    pub fn open_in_memory(folder: &Path, extractor: Box<dyn Extractor>) -> Result<Warned<Self>, LibraryError> {
        refresh::open_in_memory(&Corpus::open(folder)?, extractor)
    }

    /// A library of the given files (name and bytes) that lives in memory only; files that cannot be read are diagnostics.
    ///
    /// # Errors
    /// Where the index cannot be built.
    pub fn in_memory(files: &[(&str, &[u8])]) -> Result<Warned<Self>, LibraryError> {
        refresh::in_memory(files, Box::new(InProcess))
    }

    fn with_index(corpus: Option<Corpus>, index: Box<Index>, extractor: Box<dyn Extractor>, settings: Warned<Settings>) -> Self {
        Self {
            corpus,
            index,
            listings: OnceLock::new(),
            read: Mutex::default(),
            settings: settings.value,
            faults: settings.diagnostics,
            extractor: Mutex::new(extractor),
        }
    }

    /// What is wrong with the settings of the library.
    #[must_use]
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// Where the file of this name in `corpus/` is; none where the library lives in memory only.
    #[must_use]
    pub fn source_path(&self, file: &str) -> Option<PathBuf> {
        self.corpus.as_ref().map(|corpus| corpus.path(file))
    }

    fn document_count(&self) -> usize {
        self.index.document_count()
    }

    /// The folder of the library; none where it lives in memory only.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.corpus.as_ref().map(Corpus::folder)
    }

    /// The documents, sorted by id. Read when first asked for: none where the index is damaged, which every
    /// other question says.
    #[must_use]
    pub fn listings(&self) -> &[Listing] {
        self.listings.get_or_init(|| listings(&self.index).unwrap_or_default())
    }

    /// What is known of one document, without a look at the others; none where there is none of this name.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn listing(&self, id: &DocumentId) -> Result<Option<Listing>, LibraryError> {
        Ok(self.index.head(id)?.map(|head| listing(id.clone(), head)))
    }

    /// Reads what [`Library::listings`] gives.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn list(&self) -> Result<&[Listing], LibraryError> {
        if self.listings.get().is_none() {
            let listings = listings(&self.index)?;
            return Ok(self.listings.get_or_init(|| listings));
        }
        Ok(self.listings())
    }

    /// A document, read in full.
    ///
    /// # Errors
    /// Where there is none of this name or it cannot be read.
    pub fn document(&self, id: &DocumentId) -> Result<Arc<Document>, LibraryError> {
        let read = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = read().get(id) {
            return Ok(Arc::clone(document));
        }
        // Others may go on while this one is put together; two that ask at once both do it, and get the same.
        let document = self.index.document(id)?.map(Arc::new).ok_or_else(|| LibraryError::NoSuchDocument { id: id.to_string() })?;
        Ok(Arc::clone(read().entry(id.clone()).or_insert(document)))
    }

    /// Reads all texts once, to learn at once whether they are what was written: for who is about to print much.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn check(&self) -> Result<(), LibraryError> {
        Ok(self.index.check()?)
    }

    /// A document, read in full and not kept: for looking at many, one after the other.
    ///
    /// # Errors
    /// Where there is none of this name or it cannot be read.
    pub fn glance(&self, id: &DocumentId) -> Result<Arc<Document>, LibraryError> {
        if let Some(document) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(Arc::clone(document));
        }
        self.index.document(id)?.map(Arc::new).ok_or_else(|| LibraryError::NoSuchDocument { id: id.to_string() })
    }

    /// Of each document that has hits, the units that are hits and all that stand above them: what is needed to list results.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn excerpts<'hit>(&self, hits: impl IntoIterator<Item = &'hit Hit>) -> Result<BTreeMap<DocumentId, Excerpt>, LibraryError> {
        let mut nodes: BTreeMap<&DocumentId, Vec<NodeIndex>> = BTreeMap::new();
        for hit in hits {
            nodes.entry(&hit.document).or_default().push(hit.node);
        }
        let mut excerpts = BTreeMap::new();
        for (id, nodes) in nodes {
            let excerpt = self.index.excerpt(id, &nodes)?.ok_or_else(|| LibraryError::NoSuchDocument { id: id.to_string() })?;
            excerpts.insert(id.clone(), excerpt);
        }
        Ok(excerpts)
    }

    /// What a typed address or document name points at (`4.3.4`, `第四章三（四）`, `湘政办发-2021-57/4.3.4`, `57号`); none where it is
    /// neither. Without a document in it, the address is looked up in the documents in order and the first that has it is meant.
    ///
    /// # Errors
    /// Where a document cannot be read.
    pub fn resolve(&self, typed: &str) -> Result<Option<Target>, LibraryError> {
        let id = DocumentId::new(typed);
        if id.as_str() == typed.trim() && self.index.contains(&id) {
            return Ok(Some(Target { document: self.document(&id)?, node: None, sentence: None }));
        }
        let pattern = address::parse(typed).or_else(|| address::number(typed));
        if let Some(pattern) = &pattern
            && let Some(DocumentHint::Id(id)) = &pattern.document
            && self.index.contains(id)
            && let Some(target) = self.target(id, pattern)?
        {
            return Ok(Some(target));
        }
        let listings = self.list()?;
        if let Some(listing) = listings.iter().find(|listing| listing.metadata.title == typed.trim()) {
            return Ok(Some(Target { document: self.document(&listing.id)?, node: None, sentence: None }));
        }
        let Some(pattern) = &pattern else { return Ok(None) };
        let hint = pattern.document.as_ref();
        for listing in listings.iter().filter(|listing| hint.is_none_or(|hint| hint.names(&listing.id, &listing.metadata))) {
            if let Some(target) = self.target(&listing.id, pattern)? {
                return Ok(Some(target));
            }
        }
        Ok(None)
    }

    /// What an address points at in this document; none where it has no such place.
    fn target(&self, id: &DocumentId, pattern: &Pattern) -> Result<Option<Target>, LibraryError> {
        let document = self.document(id)?;
        let (node, sentence) = match address::resolve(&document, pattern) {
            None => return Ok(None),
            Some(address::Target::Document) => (None, None),
            Some(address::Target::Node(node)) => (Some(node), None),
            Some(address::Target::Sentence { node, span }) => (Some(node), Some(span)),
        };
        Ok(Some(Target { document, node, sentence }))
    }

    /// Answers a search completely.
    ///
    /// # Errors
    /// Where the texts cannot be read.
    pub fn search(&self, request: &Request) -> Result<Response, LibraryError> {
        Ok(self.index.search(request)?)
    }
}

fn listings(index: &Index) -> Result<Vec<Listing>, LibraryError> {
    Ok(index.heads()?.into_iter().map(|(id, head)| listing(id, head)).collect())
}

fn listing(id: DocumentId, Head { metadata, source, units }: Head) -> Listing {
    Listing { id, metadata, source, units }
}
