//! What is exported: a text that is at hand, or all results of a search, which are written a few documents at a time.
//!
//! The worker does it while nobody waits for anything else. Results stand as in their list: section by section, the document with the
//! best of them first; in a document as they are read. Where files are laid is the matter of the [`Tray`].

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Debug;
use std::io;
use std::path::PathBuf;

use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::export::Style;
use crate::export::passage::Passage;
use crate::export::several::Several;
use crate::library::{Answer, Library, LibraryError};
use crate::search::Hit;

/// So many documents are written before anything else that has come may go first.
const AT_ONCE: usize = 8;

/// Something to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The name that the file should have.
    pub name: String,
    /// What is to be in it.
    pub contents: Contents,
}

/// What is to be in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// This.
    Text(String),
    /// All results of a search.
    Results {
        /// What was typed.
        typed: String,
        /// The document that is open: an address that names none is looked up there.
        open: Option<DocumentId>,
        /// The style in which each is cited.
        style: Style,
    },
}

/// How an export stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// So many units have been written, of so many.
    UnderWay {
        /// Those written.
        done: usize,
        /// All.
        of: usize,
    },
    /// All has been written.
    Done {
        /// The file.
        path: PathBuf,
        /// How many units; none where they were not counted.
        units: Option<usize>,
    },
    /// Nothing has been written; the text says why, in the language of the interface.
    Failed(String),
}

/// Where files are laid.
pub trait Tray: Debug + Send {
    /// Writes a new file of this name, or one like it where it is taken; gives its path.
    ///
    /// # Errors
    /// Where it cannot be written, in the language of the interface.
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, String>;
}

/// Takes nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTray;

impl Tray for NoTray {
    fn put(&mut self, _: &str, _: &[u8]) -> Result<PathBuf, String> {
        Err(io::Error::from(io::ErrorKind::Unsupported).to_string())
    }
}

/// An export that has been begun.
#[derive(Debug)]
pub struct Writing {
    name: String,
    contents: Begun,
}

#[derive(Debug)]
enum Begun {
    Text(String),
    Results {
        /// The documents with the units of each that are still to be written.
        rest: VecDeque<(DocumentId, Vec<NodeIndex>)>,
        written: Several<Vec<u8>>,
        of: usize,
    },
}

/// A file that is ready: its name, its bytes, and of how many units it is where they were counted.
pub type Ready = (String, Vec<u8>, Option<usize>);

impl Writing {
    /// Finds what is to be written; `ask` answers what was typed, the document that is open at hand.
    ///
    /// # Errors
    /// Where that cannot be answered.
    pub fn begin(
        export: Export,
        ask: impl FnOnce(&str, Option<&DocumentId>) -> Result<Answer, LibraryError>,
    ) -> Result<Self, LibraryError> {
        let contents = match export.contents {
            Contents::Text(text) => Begun::Text(text),
            Contents::Results { typed, open, style } => {
                let rest = units(&ask(&typed, open.as_ref())?);
                let of = rest.iter().map(|(_, units)| units.len()).sum();
                Begun::Results { rest, written: Several::new(style, Vec::new()), of }
            }
        };
        Ok(Self { name: export.name, contents })
    }

    /// Writes some more; gives the file once it is ready.
    ///
    /// # Errors
    /// Where a document cannot be read.
    pub fn go_on(&mut self, library: &Library) -> Result<Option<Ready>, LibraryError> {
        let name = || self.name.clone();
        match &mut self.contents {
            Begun::Text(text) => Ok(Some((name(), std::mem::take(text).into_bytes(), None))),
            Begun::Results { rest, written, .. } => {
                for (id, units) in rest.drain(..AT_ONCE.min(rest.len())) {
                    let document = library.glance(&id)?;
                    for node in units {
                        let passage =
                            Passage { document: &document, node: Some(node), through: None, sentence: None, quoted: true };
                        // Writing into memory cannot fail.
                        let _ = written.write(&passage);
                    }
                }
                if !rest.is_empty() {
                    return Ok(None);
                }
                let count = written.count();
                Ok(Some((name(), written.finish().unwrap_or_default(), Some(count))))
            }
        }
    }

    /// How far it is.
    #[must_use]
    pub const fn progress(&self) -> Exported {
        match &self.contents {
            Begun::Text(_) => Exported::UnderWay { done: 0, of: 1 },
            Begun::Results { written, of, .. } => Exported::UnderWay { done: written.count(), of: *of },
        }
    }
}

/// The units of an answer by document: the place that was typed, what holds the string, what holds synonyms, what another reading
/// finds, related units.
fn units(answer: &Answer) -> VecDeque<(DocumentId, Vec<NodeIndex>)> {
    let place = answer.place.as_ref().map(|place| (place.document.id.clone(), vec![place.node.unwrap_or(NodeIndex(0))]));
    let responses = std::iter::once(&answer.response).chain(answer.instead.as_ref().map(|instead| &instead.response));
    let sections = responses.flat_map(|response| [&response.hits, &response.synonyms.hits, &response.related]);
    place.into_iter().chain(sections.flat_map(|hits| by_document(hits))).collect()
}

/// The units of each document in reading order, the document of the best of them first.
fn by_document(hits: &[Hit]) -> Vec<(DocumentId, Vec<NodeIndex>)> {
    let mut places: BTreeMap<&DocumentId, usize> = BTreeMap::new();
    let mut documents: Vec<(DocumentId, Vec<NodeIndex>)> = Vec::new();
    for hit in hits {
        let place = *places.entry(&hit.document).or_insert(documents.len());
        match documents.get_mut(place) {
            Some((_, units)) => units.push(hit.node),
            None => documents.push((hit.document.clone(), vec![hit.node])),
        }
    }
    for (_, units) in &mut documents {
        units.sort_unstable();
    }
    documents
}
