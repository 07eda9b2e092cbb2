//! The content of one file of ours, which is mapped once more of it is asked for than is read place by place.
//!
//! To map a file, and the folder that it is looked for in, takes a new process as long as to read some thirty places of it, which is more than a
//! search for a rare word looks at. Whoever asks for one thing only therefore begins without: see [`Content::lazily`].

use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::directory::{Directory, OwnedBytes};

use super::Sums;

/// A file without its sums, each byte of which is checked before it is lent.
#[derive(Debug)]
pub(in crate::index) struct Content {
    length: usize,
    mapping: OnceLock<OwnedBytes>,
    /// None for what was never on a disk.
    sums: Option<Sums>,
    /// Where it is mapped from; none where it has been mapped.
    from: Option<Origin>,
}

/// Bytes of a file that have been checked.
#[derive(Debug)]
pub(in crate::index) enum Read<'content> {
    /// Kept as long as the file is open.
    Kept(&'content [u8]),
    /// A part of what was read for them, which is given back with them.
    Passing(Vec<u8>, Range<usize>),
}

impl Deref for Read<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Kept(bytes) => bytes,
            Self::Passing(bytes, range) => bytes.get(range.clone()).unwrap_or_default(),
        }
    }
}

/// A file that may be mapped.
#[derive(Debug)]
struct Origin {
    directory: Box<dyn Directory>,
    name: PathBuf,
    path: PathBuf,
}

impl Content {
    /// What is in memory only.
    pub(in crate::index) fn in_memory(bytes: OwnedBytes) -> Self {
        Self { length: bytes.len(), mapping: bytes.into(), sums: None, from: None }
    }

    /// What a file holds that has been mapped; none where its sums are not whole. Of a file on the disk, pages are fetched one by one.
    pub(in crate::index) fn mapped(file: OwnedBytes, on_disk: Option<&Path>) -> Option<Self> {
        let (bytes, sums) = Sums::split(file, on_disk)?;
        Some(Self { sums: Some(sums), ..Self::in_memory(bytes) })
    }

    /// What the file of this name in a folder holds, of which the content has this length; it is mapped when that is needed. None where the
    /// sums are not whole, where the length is another, and where the system does not read files in this way.
    pub(in crate::index) fn lazily(directory: &dyn Directory, folder: &Path, name: &str, length: usize) -> Option<Self> {
        let path = folder.join(name);
        let sums = Some(Sums::open(&path, length)?);
        let from = Some(Origin { directory: directory.box_clone(), name: name.into(), path });
        Some(Self { length, mapping: OnceLock::new(), sums, from })
    }

    pub(in crate::index) const fn len(&self) -> usize {
        self.length
    }

    /// Bytes of it; none where they are not within it or not what was written.
    #[inline]
    pub(in crate::index) fn get(&self, range: Range<usize>) -> Option<&[u8]> {
        match (&self.sums, self.mapping.get()) {
            (Some(sums), Some(mapping)) => sums.get(mapping, range),
            (Some(sums), None) => self.look(sums, range),
            (None, mapping) => mapping?.get(range),
        }
    }

    /// Bytes of it that are soon done with: where they have to be read for it they are not kept, as those of [`Content::get`] are.
    pub(in crate::index) fn read(&self, range: Range<usize>) -> Option<Read<'_>> {
        let is_within = range.start <= range.end && range.end <= self.length;
        let sums = self.sums.as_ref().filter(|_| is_within && self.mapping.get().is_none());
        sums.and_then(|sums| sums.read(self.length, &range)).or_else(|| self.get(range).map(Read::Kept))
    }

    #[cold]
    fn look<'content>(&'content self, sums: &'content Sums, range: Range<usize>) -> Option<&'content [u8]> {
        if range.start > range.end || range.end > self.length {
            return None;
        }
        if range.is_empty() {
            return Some(&[]);
        }
        sums.glance(self.length, &range).or_else(|| sums.get(self.bytes()?, range))
    }

    /// All of it as it is now, checked or not; none where it cannot be read.
    pub(in crate::index) fn bytes(&self) -> Option<&[u8]> {
        if let Some(mapping) = self.mapping.get() {
            return Some(mapping);
        }
        let sums = self.sums.as_ref()?;
        let mapped = self.from.as_ref().and_then(|from| from.map(self.length, sums));
        // Another process may have put another file in its place; the one that was opened can still be read.
        let bytes = mapped.or_else(|| sums.read_all(0..self.length))?;
        Some(self.mapping.get_or_init(|| bytes))
    }

    /// Whether something that was read of it was not what had been written.
    pub(in crate::index) fn is_damaged(&self) -> bool {
        self.sums.as_ref().is_some_and(Sums::is_damaged)
    }
}

impl Origin {
    /// The first bytes of the file, if it is still the one that its sums were read from.
    fn map(&self, length: usize, sums: &Sums) -> Option<OwnedBytes> {
        let mapped = self.directory.open_read(&self.name).ok()?.read_bytes().ok()?;
        (length <= mapped.len() && sums.are_of(&self.path)).then(|| mapped.slice(0..length))
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::MmapDirectory;

    use super::super::PAGE;
    use super::super::tests::{content, written};
    use super::*;

    /// A file in a folder, and what it holds.
    fn file(folder: &Path) -> Vec<u8> {
        let content = content(700 * PAGE + 77);
        std::fs::write(folder.join("shelf"), written(&content)).unwrap();
        content
    }

    fn opened(folder: &Path, length: usize) -> Option<Content> {
        Content::lazily(&MmapDirectory::open(folder).unwrap(), folder, "shelf", length)
    }

    #[cfg(unix)]
    #[test]
    fn single_places_are_read_without_a_mapping_and_all_of_it_is_mapped() {
        let folder = tempfile::tempdir().unwrap();
        let expected = file(folder.path());
        let content = opened(folder.path(), expected.len()).unwrap();
        for range in [0..1, 300 * PAGE - 5..300 * PAGE + 9, expected.len() - 3..expected.len()] {
            assert_eq!(content.get(range.clone()), expected.get(range));
        }
        for range in [0..1, 5..9 * PAGE + 3, expected.len() - 3 * PAGE..expected.len()] {
            assert_eq!(content.read(range.clone()).as_deref(), expected.get(range));
        }
        assert!(content.mapping.get().is_none() && content.read(7..expected.len() + 1).is_none());
        assert_eq!([content.get(0..expected.len() + 1), content.get(expected.len() + 1..expected.len() + 2)], [None, None]);
        assert!(content.mapping.get().is_none() && !content.is_damaged());
        assert_eq!(content.get(0..expected.len()), Some(expected.as_slice()));
        assert!(content.mapping.get().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_another_took_the_place_of_is_read_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let expected = file(folder.path());
        for replaced in [true, false] {
            let content = opened(folder.path(), expected.len()).unwrap();
            std::fs::remove_file(folder.path().join("shelf")).unwrap();
            if replaced {
                std::fs::write(folder.path().join("shelf"), written(&vec![7; expected.len()])).unwrap();
            }
            assert_eq!(content.get(0..expected.len()), Some(expected.as_slice()));
            assert!(!content.is_damaged());
            file(folder.path());
        }
    }

    #[test]
    fn a_file_of_another_length_or_with_damaged_sums_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let expected = file(folder.path());
        assert!(opened(folder.path(), expected.len() - 1).is_none());
        let path = folder.path().join("shelf");
        let whole = std::fs::read(&path).unwrap();
        for (at, cut) in [(whole.len() - 1, whole.len()), (whole.len() - 20, whole.len()), (0, whole.len() - 1)] {
            let mut other = whole.get(..cut).unwrap().to_vec();
            *other.get_mut(at).unwrap() ^= u8::from(at > 0);
            std::fs::write(&path, other).unwrap();
            assert!(opened(folder.path(), expected.len()).is_none(), "{at}, {cut}");
        }
        let longer = [whole.as_slice(), b"more"].concat();
        std::fs::write(&path, longer).unwrap();
        assert!(opened(folder.path(), expected.len()).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_byte_that_changed_and_a_sum_that_changed_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let expected = file(folder.path());
        let path = folder.path().join("shelf");
        let whole = std::fs::read(&path).unwrap();
        for at in [5 * PAGE, expected.len() + 5 * 4] {
            let mut other = whole.clone();
            *other.get_mut(at).unwrap() ^= 1;
            std::fs::write(&path, other).unwrap();
            let content = opened(folder.path(), expected.len()).unwrap();
            assert!(content.read(4 * PAGE..6 * PAGE).is_none(), "byte {at}");
            assert_eq!((content.get(5 * PAGE..5 * PAGE + 1), content.is_damaged()), (None, true), "byte {at}");
        }
    }
}
