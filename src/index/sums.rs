//! Checksums of the files of an index, page by page, so that no byte is used before it has been found to be what was written.
//!
//! Every file but the commit ends with a [`Table`] of the XXH3 of each of its pages of 1 KiB. A page is checked when something in it is first
//! asked for, and once in the mapping of the file; the first looks at it go past the mapping, see [`Glances`]. What a search reads of a
//! large library is little, and so is what checking costs; the pages come from the disk anyway. The files of tantivy are read through
//! [`CheckedFile`], the sections of a shelf through [`Checked`]. The commit, which is read whole, has its sum on a line of its own: see
//! [`sealed`].

mod content;
mod glances;
mod table;

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

pub(super) use self::content::{Content, Read};
use self::glances::Glances;
use self::table::{Bits, Table};
use super::fetching::{self, Fetching};
use super::xxh3;

/// Bytes that share a sum.
const PAGE: usize = 1024;

/// So many bytes are read without a mapping at most, for who is soon done with them.
const MOST_READ: usize = 64 * 1024;

/// What the sum of a commit follows, on its last line.
const SEAL: &str = "\n#xxh3 ";

/// A seal with its eight digits and the line break.
const SEAL_BYTES: usize = SEAL.len() + 9;

/// A file that does not hold what was written.
#[derive(Debug)]
pub(super) struct DamagedFile(pub(super) String);

impl fmt::Display for DamagedFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} does not hold what was written", self.0)
    }
}

impl std::error::Error for DamagedFile {}

/// The error about a file that does not hold what was written.
pub(super) fn damaged(file: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, DamagedFile(file.display().to_string()))
}

/// Sums a file up while it is written.
#[derive(Debug, Default)]
pub(super) struct Summing {
    sums: Vec<u8>,
    /// The page that is being filled.
    page: Vec<u8>,
    length: u64,
}

impl Summing {
    /// Takes the next bytes of the file.
    pub(super) fn take(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while let Some((now, rest)) =
            bytes.split_at_checked(bytes.len().min(PAGE - self.page.len())).filter(|(now, _)| !now.is_empty())
        {
            if now.len() == PAGE {
                self.sums.extend(xxh3::hash(now).to_le_bytes());
            } else {
                self.page.extend(now);
            }
            if self.page.len() == PAGE {
                self.close_page();
            }
            bytes = rest;
        }
    }

    fn close_page(&mut self) {
        self.sums.extend(xxh3::hash(&self.page).to_le_bytes());
        self.page.clear();
    }

    /// Writes what the file ends with.
    pub(super) fn finish(mut self, file: &mut dyn Write) -> io::Result<()> {
        if !self.page.is_empty() {
            self.close_page();
        }
        file.write_all(&table::written(self.sums, self.length))
    }
}

/// The sums of a file that has been opened.
#[derive(Debug)]
pub(super) struct Sums {
    table: Table,
    /// The pages that have been checked in the mapping; none before the first of them.
    checked: OnceLock<Bits>,
    /// Whether a page was found to be damaged.
    is_damaged: AtomicBool,
    /// Brings pages into memory before they are looked at.
    fetching: Option<Fetching>,
    /// What has been read without the mapping.
    glances: Glances,
}

impl Sums {
    /// Takes a file apart into what was written and its sums; none where the sums are not there or not whole. Of a file on the disk, pages
    /// are fetched one by one.
    pub(super) fn split(file: OwnedBytes, on_disk: Option<&Path>) -> Option<(OwnedBytes, Self)> {
        let end = file.len();
        let fetching = on_disk.and_then(|path| Fetching::open(path, end));
        let (content, table) = Table::split(file, fetching.as_ref())?;
        Some((content, Self::new(table, fetching)))
    }

    fn new(table: Table, fetching: Option<Fetching>) -> Self {
        let (checked, is_damaged) = (OnceLock::new(), AtomicBool::new(false));
        Self { table, checked, is_damaged, fetching, glances: Glances::new() }
    }

    /// The sums of a file on the disk of which the content has this length; nothing of it is mapped. None where they are not there or not whole,
    /// where the file is small, and where the system does not read at any place of a file.
    fn open(path: &Path, content: usize) -> Option<Self> {
        let fetching = Fetching::open(path, table::file_length(content)?).filter(Fetching::is_of_its_length)?;
        Some(Self::new(Table::open(&fetching, content)?, Some(fetching)))
    }

    /// Whether they are those of the file that stands at this path now.
    fn are_of(&self, path: &Path) -> bool {
        self.fetching.as_ref().is_some_and(|fetching| fetching.is_at(path))
    }

    /// Bytes of the file as they are, checked or not.
    fn read_all(&self, range: Range<usize>) -> Option<OwnedBytes> {
        self.fetching.as_ref()?.read_all(&range).map(OwnedBytes::new)
    }

    /// Bytes of the file; none where they are not within it or not what was written.
    #[inline]
    fn get<'file>(&'file self, file: &'file [u8], range: Range<usize>) -> Option<&'file [u8]> {
        let bytes = file.get(range.clone())?;
        if self.is_all_checked(&range) {
            return Some(bytes);
        }
        self.glance(file.len(), &range).or_else(|| self.check_all(file, &range).then_some(bytes))
    }

    /// Bytes that are read from the file: those of the first looks at it.
    #[cold]
    fn glance(&self, length: usize, range: &Range<usize>) -> Option<&[u8]> {
        let fetching = self.fetching.as_ref()?;
        self.glances.look(range, length, |start, bytes| self.read_pages(fetching, start, bytes))
    }

    /// Bytes that are read from the file and not kept; none where there are too many of them, or they are not what was written.
    fn read(&self, length: usize, range: &Range<usize>) -> Option<Read<'_>> {
        let fetching = self.fetching.as_ref().filter(|_| !range.is_empty() && range.len() <= MOST_READ)?;
        let pages = pages_of(range);
        let start = pages.start * PAGE;
        let mut bytes = vec![0; length.min(pages.end * PAGE) - start];
        self.read_pages(fetching, start, &mut bytes).then(|| Read::Passing(bytes, range.start - start..range.end - start))
    }

    /// Fills a buffer with whole pages, the last one of a file only as far as it goes; whether they are what was written.
    fn read_pages(&self, fetching: &Fetching, start: usize, bytes: &mut [u8]) -> bool {
        let pages = start / PAGE..;
        fetching.read(start, bytes) && bytes.chunks(PAGE).zip(pages).all(|(bytes, page)| self.is_sum(page, bytes))
    }

    /// Whether these are the bytes of a page as they were written.
    fn is_sum(&self, page: usize, bytes: &[u8]) -> bool {
        self.table.sum(page, self.fetching.as_ref()) == Some(xxh3::hash(bytes))
    }

    /// Whether the bytes in this range of the file are what was written.
    #[inline]
    pub(super) fn hold(&self, file: &[u8], range: &Range<usize>) -> bool {
        self.is_all_checked(range) || self.check_all(file, range)
    }

    #[inline]
    fn is_all_checked(&self, range: &Range<usize>) -> bool {
        range.is_empty() || pages_of(range).all(|page| self.is_checked(page))
    }

    #[cold]
    fn check_all(&self, file: &[u8], range: &Range<usize>) -> bool {
        let mut pages = pages_of(range);
        let start = range.start / fetching::PAGE * fetching::PAGE;
        let fetched = start..file.len().min(pages.end.saturating_mul(PAGE));
        // Those beside a page that have been checked were fetched with it.
        let is_there = fetched.len() <= fetching::PAGE && (start / PAGE..pages.start).any(|page| self.is_checked(page));
        if let Some(fetching) = self.fetching.as_ref().filter(|_| !is_there) {
            fetching.fetch(&fetched);
        }
        pages.all(|page| self.is_checked(page) || self.check(file, page))
    }

    #[inline]
    fn is_checked(&self, page: usize) -> bool {
        self.checked.get().is_some_and(|checked| checked.has(page))
    }

    fn check(&self, file: &[u8], page: usize) -> bool {
        let start = page.saturating_mul(PAGE);
        let bytes = file.get(start..file.len().min(start.saturating_add(PAGE)));
        let holds = bytes.is_some_and(|bytes| self.is_sum(page, bytes));
        if holds {
            self.checked.get_or_init(|| Bits::new(file.len().div_ceil(PAGE))).add(page);
        } else {
            self.is_damaged.store(true, Ordering::Relaxed);
        }
        holds
    }

    /// Whether a page was found to be damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged.load(Ordering::Relaxed)
    }
}

/// The pages in which the bytes of a range stand.
const fn pages_of(range: &Range<usize>) -> Range<usize> {
    range.start / PAGE..range.end.div_ceil(PAGE)
}

/// A part of a file that is checked as it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked<'file> {
    file: Part<'file>,
    /// Where the part begins and ends in it.
    start: usize,
    end: usize,
}

/// What a part is one of.
#[derive(Debug, Clone, Copy)]
enum Part<'file> {
    /// A file.
    Of(&'file Content),
    /// Bytes that need no checking.
    Bytes(&'file [u8]),
}

impl<'file> Checked<'file> {
    /// A part of a file; empty where it is not within the file.
    pub(super) fn new(file: &'file Content, range: &Range<usize>) -> Self {
        let is_within = range.start <= range.end && range.end <= file.len();
        let (start, end) = if is_within { (range.start, range.end) } else { (0, 0) };
        Self { file: Part::Of(file), start, end }
    }

    pub(super) const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Bytes of the part; none where they are not within it or not what was written.
    #[inline]
    pub(super) fn get(&self, range: Range<usize>) -> Option<&'file [u8]> {
        let end = self.start.checked_add(range.end).filter(|end| *end <= self.end)?;
        let range = self.start.checked_add(range.start)?..end;
        match self.file {
            Part::Of(file) => file.get(range),
            Part::Bytes(bytes) => bytes.get(range),
        }
    }

    /// Bytes of the part that are soon done with: see [`Content::read`].
    pub(super) fn read(&self, range: Range<usize>) -> Option<Read<'file>> {
        let end = self.start.checked_add(range.end).filter(|end| *end <= self.end)?;
        let range = self.start.checked_add(range.start)?..end;
        match self.file {
            Part::Of(file) => file.read(range),
            Part::Bytes(bytes) => bytes.get(range).map(Read::Kept),
        }
    }

    /// All of it; none where it is not what was written.
    pub(super) fn whole(&self) -> Option<&'file [u8]> {
        self.get(0..self.len())
    }

    /// The part before a byte and the one from it on.
    pub(super) fn split_at_checked(&self, middle: usize) -> Option<(Self, Self)> {
        let middle = self.start.checked_add(middle).filter(|middle| *middle <= self.end)?;
        Some((Self { end: middle, ..*self }, Self { start: middle, ..*self }))
    }
}

impl<'bytes> From<&'bytes [u8]> for Checked<'bytes> {
    fn from(bytes: &'bytes [u8]) -> Self {
        Self { file: Part::Bytes(bytes), start: 0, end: bytes.len() }
    }
}

/// A file of tantivy.
#[derive(Debug)]
pub(super) struct CheckedFile {
    name: Box<Path>,
    content: OwnedBytes,
    sums: Sums,
}

impl CheckedFile {
    /// A file as it lies on the disk.
    ///
    /// # Errors
    /// Where its sums are not whole.
    pub(super) fn open(folder: &Path, name: &Path, file: OwnedBytes) -> io::Result<Self> {
        let (content, sums) = Sums::split(file, Some(&folder.join(name))).ok_or_else(|| damaged(name))?;
        Ok(Self { name: name.into(), content, sums })
    }
}

impl HasLen for CheckedFile {
    fn len(&self) -> usize {
        self.content.len()
    }
}

impl FileHandle for CheckedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let is_within = range.start <= range.end && range.end <= self.content.len();
        if is_within && self.sums.hold(&self.content, &range) { Ok(self.content.slice(range)) } else { Err(damaged(&self.name)) }
    }
}

/// The text of a commit with its sum on a line of its own.
pub(super) fn sealed(text: &[u8]) -> Vec<u8> {
    [text, seal(text).as_bytes()].concat()
}

/// What the text of a commit ends with.
fn seal(text: &[u8]) -> String {
    format!("{SEAL}{:08x}\n", xxh3::hash(text))
}

/// Whether a text ends with a sum, right or wrong.
pub(super) fn is_sealed(text: &[u8]) -> bool {
    let seal = text.len().checked_sub(SEAL_BYTES).and_then(|at| text.get(at..));
    seal.is_some_and(|seal| seal.starts_with(SEAL.as_bytes()))
}

/// The text of a commit without its sum; none where it does not have it, or is another.
pub(super) fn unsealed(mut text: Vec<u8>) -> Option<Vec<u8>> {
    let last = text.split_off(text.len().checked_sub(SEAL_BYTES)?);
    (last == seal(&text).as_bytes()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn written(content: &[u8]) -> Vec<u8> {
        let (mut file, mut summing) = (content.to_vec(), Summing::default());
        content.chunks(1000).for_each(|part| summing.take(part));
        summing.finish(&mut file).unwrap();
        file
    }

    /// A text of so many bytes in which no two pages are alike.
    pub(super) fn content(length: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from((at * 7 + at / PAGE) % 251).unwrap()).collect()
    }

    #[test]
    fn what_was_written_is_read_whatever_its_length() {
        for length in [0, 1, PAGE - 1, PAGE, PAGE + 1, 70 * PAGE + 5, 600 * PAGE] {
            let content = content(length);
            let read = Content::mapped(OwnedBytes::new(written(&content)), None).unwrap();
            let whole = Checked::new(&read, &(0..length));
            assert_eq!((whole.whole(), whole.len()), (Some(content.as_slice()), length));
            assert_eq!((whole.get(0..length + 1), whole.get(length..length), read.is_damaged()), (None, Some(&[][..]), false));
            let (left, right) = whole.split_at_checked(length / 3).unwrap();
            assert_eq!([left.whole().unwrap(), right.whole().unwrap()].concat(), content);
        }
    }

    #[test]
    fn a_byte_that_changed_is_told_by_its_page_and_by_no_other() {
        let content = content(3 * PAGE);
        let file = written(&content);
        for at in [0, PAGE - 1, PAGE, 2 * PAGE + 17, 3 * PAGE - 1] {
            let mut other = file.clone();
            other[at] ^= 1;
            let (read, sums) = Sums::split(OwnedBytes::new(other), None).unwrap();
            for page in 0..3 {
                let is_whole = sums.hold(&read, &(page * PAGE..page * PAGE + 1));
                assert_eq!(is_whole, page != at / PAGE, "byte {at}, page {page}");
            }
            assert!(sums.is_damaged());
        }
        // A sum that changed is told like its page, and so are all that stand beside it; what is behind them, when the file is opened.
        let sums = 3 * 4;
        for at in content.len()..file.len() {
            let mut other = file.clone();
            other[at] ^= 1;
            let Some((read, table)) = Sums::split(OwnedBytes::new(other), None) else {
                assert!(at >= content.len() + sums, "byte {at} of the table");
                continue;
            };
            assert!(at < content.len() + sums && !table.hold(&read, &(0..1)) && table.is_damaged(), "byte {at} of the table");
        }
        for length in 0..file.len() {
            assert!(Sums::split(OwnedBytes::new(file[..length].to_vec()), None).is_none(), "cut to {length}");
        }
    }

    #[test]
    fn a_file_on_the_disk_is_read_and_found_damaged_by_looks_and_by_the_mapping_alike() {
        let folder = tempfile::tempdir().unwrap();
        let content = content(300 * PAGE + 77);
        let (whole, mut damaged) = (written(&content), written(&content));
        damaged[50 * PAGE + 9] ^= 1;
        for (name, bytes, hurt) in [("whole", whole, None), ("damaged", damaged, Some(50))] {
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            let read = Content::mapped(OwnedBytes::new(bytes), Some(&path)).unwrap();
            let file = Checked::new(&read, &(0..content.len()));
            // More looks than are read; then all of it, which is too long for one.
            for at in (0..content.len()).step_by(300) {
                let range = at..content.len().min(at + 120);
                let is_hurt = hurt.is_some_and(|page| range.start / PAGE <= page && page <= (range.end - 1) / PAGE);
                assert_eq!(file.get(range.clone()), content.get(range.clone()).filter(|_| !is_hurt), "{name}: {range:?}");
            }
            assert_eq!((file.whole().is_some(), read.is_damaged()), (hurt.is_none(), hurt.is_some()), "{name}");
        }
    }

    #[test]
    fn a_commit_is_read_as_it_was_sealed() {
        let text = "{\"opstamp\": 7}".as_bytes();
        let sealed = sealed(text);
        assert!(is_sealed(&sealed) && !is_sealed(text));
        assert_eq!(unsealed(sealed.clone()).as_deref(), Some(text));
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert_eq!(unsealed(other), None, "byte {at}");
            assert_eq!(unsealed(sealed[..at].to_vec()), None, "cut to {at}");
        }
    }
}
