//! Opening an index, and reading documents from it.

use std::path::Path;

use tantivy::SegmentReader;
use tantivy::directory::Directory;

use super::error::IndexError;
use super::folder::IndexFolder;
use super::manifest::{Manifest, ShelfEntry, Versions};
use super::schema::Fields;
use super::settling::COMMIT;
use super::shelf::records::DocumentRecord;
use super::shelf::{Head, Shelf};
use super::sums::{Sums, is_sealed};
use crate::diagnostic::Bilingual;
use crate::document::Document;
use crate::document::excerpt::Excerpt;
use crate::document::locator::DocumentId;
use crate::document::metadata::Source;
use crate::document::node::NodeIndex;

/// One state of the index, as of one commit; it stays as it is while others write.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) tantivy: tantivy::Index,
    pub(super) segments: Vec<SegmentReader>,
    pub(super) shelves: Vec<Shelf>,
    pub(super) manifest: Manifest,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Index").field("manifest", &self.manifest).finish_non_exhaustive()
    }
}

/// What was found in an `index/` folder.
#[derive(Debug)]
pub enum Opened {
    /// An index that can be used.
    Ready(Box<Index>),
    /// None at all.
    Absent,
    /// One that was made by other rules, is half-written, damaged, or not ours: it has to be built anew.
    Unusable(Bilingual),
}

/// How often opening is tried while another process commits in between.
const ATTEMPTS: usize = 8;

impl Index {
    /// Opens the index in `folder`, reading as little as possible.
    ///
    /// # Errors
    /// Only where the folder itself cannot be read; whatever is wrong with what is in it is [`Opened::Unusable`].
    pub fn open(folder: &Path) -> Result<Opened, IndexError> {
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let read_commit = || std::fs::read(folder.join(COMMIT));
            let commit = match read_commit() {
                Ok(commit) if is_sealed(&commit) => commit,
                Ok(_) => return Ok(unsealed()),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Opened::Absent),
                Err(error) => return Ok(unusable(&error)),
            };
            let directory = match IndexFolder::open_commit(folder, &commit) {
                Ok(directory) => directory,
                Err(error) => return Ok(unusable(&error)),
            };
            match Self::open_directory(&directory, Some(folder)) {
                // Files that another process put there in the midst of it may not be those of this commit.
                Ok(opened) if read_commit().is_ok_and(|now| now == commit) => return Ok(opened),
                Ok(_) => {}
                Err(error) => last = Some(error),
            }
        }
        Ok(last.map_or_else(|| unusable(&"it changes faster than it can be opened"), |error| unusable(&error)))
    }

    /// Opens what a directory holds; of files in a folder, pages are fetched one by one.
    pub(super) fn open_directory(directory: &dyn Directory, folder: Option<&Path>) -> Result<Opened, IndexError> {
        let tantivy = tantivy::Index::open(directory.box_clone())?;
        let commit = tantivy.load_metas()?;
        let fields = Fields::new();
        let Some(manifest) = commit.payload.as_deref().and_then(|payload| serde_json::from_str::<Manifest>(payload).ok()) else {
            return Ok(foreign());
        };
        if manifest.versions != Versions::CURRENT || commit.schema != fields.schema {
            return Ok(foreign());
        }
        let segments = commit.segments.into_iter().map(|meta| SegmentReader::open(&tantivy.segment(meta)));
        let segments = segments.collect::<tantivy::Result<_>>()?;
        let shelves = manifest.shelves.iter().map(|entry| open_shelf(directory, folder, entry)).collect::<Result<_, _>>()?;
        Ok(Opened::Ready(Box::new(Self { fields, tantivy, segments, shelves, manifest })))
    }

    /// Nothing, where all that was read so far of the shelves is what was written; some of their questions have no other way to say so.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] where it is not.
    pub fn undamaged(&self) -> Result<(), IndexError> {
        self.shelves.iter().find(|shelf| shelf.is_damaged()).map_or(Ok(()), |shelf| Err(shelf.damaged()))
    }

    /// Reads all shelves, so that none of them can turn out to be damaged later.
    ///
    /// # Errors
    /// Where one is not what was written.
    pub fn check(&self) -> Result<(), IndexError> {
        let is_whole = |shelf: &Shelf| if shelf.is_whole() { Ok(()) } else { Err(shelf.damaged()) };
        self.every_shelf(is_whole).into_iter().collect()
    }

    /// What `corpus/` looked like when this index was committed.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.manifest.fingerprint
    }

    /// The user's words that its texts were cut with, folded and sorted.
    #[must_use]
    pub fn user_words(&self) -> &[String] {
        &self.manifest.user_words
    }

    /// How many documents there are.
    #[must_use]
    pub fn document_count(&self) -> usize {
        self.shelves.iter().map(|shelf| shelf.document_count() - shelf.removed().len()).sum()
    }

    /// The documents with their heads, sorted by id.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn heads(&self) -> Result<Vec<(DocumentId, Head)>, IndexError> {
        let mut heads = self.every_document(Shelf::head)?;
        heads.sort_by(|(left, _), (right, _)| left.cmp(right));
        Ok(heads)
    }

    /// The documents with their files, shelf after shelf.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn sources(&self) -> Result<Vec<(DocumentId, Source)>, IndexError> {
        self.every_document(Shelf::source)
    }

    /// The documents with what is read of each, shelf after shelf.
    fn every_document<Part: Send>(
        &self,
        read: impl Fn(&Shelf, &DocumentRecord) -> Result<Part, IndexError> + Sync,
    ) -> Result<Vec<(DocumentId, Part)>, IndexError> {
        let of_shelf = |shelf: &Shelf| {
            let of_record = |record: &DocumentRecord| {
                let id = str::from_utf8(shelf.id(record)).map_err(|_| shelf.damaged())?;
                Ok((DocumentId::new(id), read(shelf, record)?))
            };
            shelf.live_documents().map(|(_, record)| of_record(&record)).collect::<Result<Vec<_>, IndexError>>()
        };
        let mut documents = Vec::with_capacity(self.document_count());
        for of_shelf in self.every_shelf(of_shelf) {
            documents.extend(of_shelf?);
        }
        self.undamaged()?;
        Ok(documents)
    }

    /// What is read of a document; none where there is none of this name.
    fn of_document<Part>(
        &self,
        id: &DocumentId,
        read: impl FnOnce(&Shelf, &DocumentRecord) -> Result<Part, IndexError>,
    ) -> Result<Option<Part>, IndexError> {
        for shelf in &self.shelves {
            if let Some(record) = shelf.find(id.as_str()).and_then(|ordinal| shelf.document_record(ordinal)) {
                return read(shelf, &record).map(Some);
            }
        }
        self.undamaged()?;
        Ok(None)
    }

    /// Whether there is a document of this name.
    #[must_use]
    pub fn contains(&self, id: &DocumentId) -> bool {
        self.shelves.iter().any(|shelf| shelf.find(id.as_str()).is_some())
    }

    /// The head of a document; none where there is none of this name.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn head(&self, id: &DocumentId) -> Result<Option<Head>, IndexError> {
        self.of_document(id, Shelf::head)
    }

    /// The file of a document; none where there is none of this name.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn source(&self, id: &DocumentId) -> Result<Option<Source>, IndexError> {
        self.of_document(id, Shelf::source)
    }

    /// The document whose source has this SHA-256, in 64 lower-case hexadecimal digits, with its file; the first where there are several.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn with_checksum(&self, sha256: &str) -> Result<Option<(DocumentId, Source)>, IndexError> {
        for shelf in &self.shelves {
            if let Some(record) = shelf.with_checksum(sha256)?.and_then(|ordinal| shelf.document_record(ordinal)) {
                let id = str::from_utf8(shelf.id(&record)).map_err(|_| shelf.damaged())?;
                return Ok(Some((DocumentId::new(id), shelf.source(&record)?)));
            }
        }
        self.undamaged()?;
        Ok(None)
    }

    /// Some units of a document and all that stand above them, without the rest of it; none where there is no document of this name.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn excerpt(&self, id: &DocumentId, nodes: &[NodeIndex]) -> Result<Option<Excerpt>, IndexError> {
        self.of_document(id, |shelf, record| shelf.excerpt(record, nodes))
    }

    /// A document, read in full; none where there is none of this name.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Document>, IndexError> {
        self.of_document(id, Shelf::document)
    }
}

fn open_shelf(directory: &dyn Directory, folder: Option<&Path>, entry: &ShelfEntry) -> Result<Shelf, IndexError> {
    let file = entry.file();
    let damaged = || IndexError::Damaged { file: file.clone() };
    let bytes = directory.open_read(Path::new(&file)).map_err(|_| damaged())?.read_bytes().map_err(|_| damaged())?;
    // What is in memory only has no sums.
    let (bytes, sums) = if bytes.len() as u64 == entry.bytes {
        (bytes, None)
    } else {
        let path = folder.map(|folder| folder.join(&file));
        let (bytes, sums) = Sums::split(bytes, path.as_deref()).ok_or_else(damaged)?;
        (bytes, Some(sums))
    };
    if bytes.len() as u64 != entry.bytes {
        return Err(damaged());
    }
    Shelf::open(entry, bytes, sums)
}

fn unsealed() -> Opened {
    Opened::Unusable(Bilingual::new(
        "索引由其他版本生成，或 meta.json 不完整",
        "the index was made by another version, or its meta.json is incomplete",
    ))
}

fn foreign() -> Opened {
    Opened::Unusable(Bilingual::new("索引由其他版本生成", "the index was made by another version"))
}

fn unusable(reason: &dyn std::fmt::Display) -> Opened {
    Opened::Unusable(Bilingual::new(
        format!("索引不完整或已损坏（{reason}）"),
        format!("the index is incomplete or damaged ({reason})"),
    ))
}
