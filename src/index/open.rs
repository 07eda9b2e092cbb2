//! Opening an index, and reading documents from it.

use std::path::Path;

use serde::Deserialize;
use tantivy::directory::Directory;

use super::error::IndexError;
use super::folder::IndexFolder;
use super::manifest::{Manifest, ShelfEntry, Versions};
use super::met::Met;
use super::segments::{SegmentEntry, Segments};
use super::settling::COMMIT;
use super::shelf::records::DocumentRecord;
use super::shelf::{Head, Shelf};
use super::sums::{Content, is_sealed};
use crate::diagnostic::Bilingual;
use crate::document::Document;
use crate::document::excerpt::Excerpt;
use crate::document::locator::DocumentId;
use crate::document::metadata::Source;
use crate::document::node::NodeIndex;

/// One state of the index, as of one commit; it stays as it is while others write.
pub struct Index {
    pub(super) segments: Segments,
    pub(super) shelves: Vec<Shelf>,
    pub(super) manifest: Manifest,
    pub(super) met: Met,
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

/// What an index is opened for.
#[derive(Debug, Clone, Copy)]
enum Opening {
    /// For as many questions and as long as one likes.
    ForLong,
    /// For one question, asked at once.
    AtHand,
}

/// Where an index lies on a disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct OnDisk<'commit> {
    folder: &'commit Path,
    /// The bytes of the commit that is opened.
    commit: &'commit [u8],
    opening: Opening,
}

/// How often opening is tried while another process commits in between.
const ATTEMPTS: usize = 8;

impl Index {
    /// Opens the index in `folder`, reading as little as possible, for as many questions and as long as one likes.
    #[must_use]
    pub fn open(folder: &Path) -> Opened {
        Self::open_ready(folder, Opening::ForLong)
    }

    /// Opens the index in `folder` for one question, asked at once: what that does not need is not opened. Where another process commits
    /// before it is answered, the answer may be [`IndexError::Overtaken`].
    #[must_use]
    pub fn open_at_hand(folder: &Path) -> Opened {
        Self::open_ready(folder, Opening::AtHand)
    }

    fn open_ready(folder: &Path, opening: Opening) -> Opened {
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let read = || std::fs::read(folder.join(COMMIT));
            let commit = match read() {
                Ok(commit) if is_sealed(&commit) => commit,
                Ok(_) => return unsealed(),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Opened::Absent,
                Err(error) => return unusable(&error),
            };
            let directory = match opening {
                Opening::AtHand => IndexFolder::at_hand(folder, &commit),
                Opening::ForLong => match IndexFolder::open_commit(folder, &commit) {
                    Ok(directory) => directory,
                    Err(error) => return unusable(&error),
                },
            };
            let opened = Self::open_directory(&directory, Some(OnDisk { folder, commit: &commit, opening }));
            let made_ready = opened.and_then(|opened| {
                if let (Opened::Ready(index), Opening::ForLong) = (&opened, opening) {
                    index.segments.open_all()?;
                }
                Ok(opened)
            });
            match made_ready {
                // Files that another process put there in the midst of it may not be those of this commit.
                Ok(opened) if read().is_ok_and(|now| now == commit) => return opened,
                Ok(_) => {}
                Err(error) => last = Some(error),
            }
        }
        last.map_or_else(|| unusable(&"it changes faster than it can be opened"), |error| unusable(&error))
    }

    /// Opens what a directory holds. Of files on a disk, pages are fetched one by one; for one question, they are not mapped unless much of
    /// them is asked for.
    pub(super) fn open_directory(directory: &dyn Directory, on_disk: Option<OnDisk<'_>>) -> Result<Opened, IndexError> {
        let Some((manifest, segments)) = read_commit(directory)? else { return Ok(foreign()) };
        if manifest.versions != Versions::CURRENT {
            return Ok(foreign());
        }
        let segments = Segments::new(directory, segments, on_disk.map(|on_disk| (on_disk.folder, on_disk.commit)));
        let shelves = manifest.shelves.iter().map(|entry| open_shelf(directory, on_disk, entry)).collect::<Result<_, _>>()?;
        Ok(Opened::Ready(Box::new(Self { segments, shelves, manifest, met: Met::default() })))
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
        let met = self.met.place(id);
        let met = met.and_then(|(number, ordinal)| Some((self.shelves.iter().find(|shelf| shelf.number == number)?, ordinal)));
        let looked_for = || self.shelves.iter().find_map(|shelf| Some((shelf, shelf.find(id.as_str())?)));
        let place = met.or_else(looked_for);
        if let Some((shelf, record)) = place.and_then(|(shelf, ordinal)| Some((shelf, shelf.document_record(ordinal)?))) {
            return read(shelf, &record).map(Some);
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

/// A commit, as far as it is read here.
#[derive(Deserialize)]
struct Commit {
    segments: Vec<SegmentEntry>,
    payload: Option<String>,
}

impl Commit {
    /// None where it is not one.
    fn read(text: &[u8]) -> Option<Self> {
        Self::read_ends(text).or_else(|| serde_json::from_slice(text).ok())
    }

    /// Reads what tantivy writes before the schema and after it: most of a commit is schema.
    fn read_ends(text: &[u8]) -> Option<Self> {
        let (schema, behind) = (b",\"schema\":[", b"],\"opstamp\":");
        let start = text.windows(schema.len()).position(|part| part == schema)?;
        let end = text.windows(behind.len()).rposition(|part| part == behind)?;
        let ends = [text.get(..start)?, b",", text.get(end + 2..)?].concat();
        serde_json::from_slice(&ends).ok()
    }
}

/// The shelves and the segments of a commit, without the schema, which would take most of the time; none where it is not ours.
fn read_commit(directory: &dyn Directory) -> tantivy::Result<Option<(Manifest, Vec<SegmentEntry>)>> {
    let commit = Commit::read(&directory.atomic_read(Path::new(COMMIT))?);
    Ok(commit.and_then(|commit| Some((serde_json::from_str(&commit.payload?).ok()?, commit.segments))))
}

fn open_shelf(directory: &dyn Directory, on_disk: Option<OnDisk<'_>>, entry: &ShelfEntry) -> Result<Shelf, IndexError> {
    let file = entry.file();
    let damaged = || IndexError::Damaged { file: file.clone() };
    let length = usize::try_from(entry.bytes).map_err(|_| damaged())?;
    let at_hand = on_disk.filter(|on_disk| matches!(on_disk.opening, Opening::AtHand));
    let lazily = at_hand.and_then(|on_disk| Content::lazily(directory, on_disk.folder, &file, length));
    let mapped = || {
        let bytes = directory.open_read(Path::new(&file)).ok()?.read_bytes().ok()?;
        // What is in memory only has no sums.
        if bytes.len() == length {
            return Some(Content::in_memory(bytes));
        }
        let path = on_disk.map(|on_disk| on_disk.folder.join(&file));
        Content::mapped(bytes, path.as_deref())
    };
    // Where it cannot be opened so, it is small, or it is found out here what is wrong with it.
    let content = lazily.or_else(mapped).filter(|content| content.len() == length).ok_or_else(damaged)?;
    Shelf::open(entry, content)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_ends_of_a_commit_say_what_all_of_it_says() {
        let raw = crate::extract::extract("第一条　库房应当上锁。\n".as_bytes()).unwrap().value;
        let document = crate::structure::structure(raw, Source::default()).value;
        let index = Index::in_memory(&[document]).unwrap();
        let metas = index.segments.tantivy().unwrap().load_metas().unwrap();
        let text = serde_json::to_vec(&metas).unwrap();
        let all: Commit = serde_json::from_slice(&text).unwrap();
        let ends = Commit::read_ends(&text).unwrap();
        assert!(!ends.segments.is_empty());
        assert_eq!((format!("{:?}", ends.segments), ends.payload), (format!("{:?}", all.segments), all.payload));
        let other = br#"{"payload": "{}", "segments": []}"#;
        assert!(Commit::read_ends(other).is_none());
        assert_eq!(Commit::read(other).unwrap().payload.as_deref(), Some("{}"));
    }
}
