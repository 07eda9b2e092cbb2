//! The table of sums: the XXH3 of each page of a file, and of each page that these sums fill themselves.
//!
//! The sums of a large file are many, and a search asks for few of them. So only those of the sums are read when the file is opened; a
//! page of sums is checked when one of them is first asked for. Layout behind the content, all numbers little-endian: the sums of its pages,
//! the sums of the pages of sums, the length of the content as `u64`, the XXH3 of the two before, a mark.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::directory::OwnedBytes;

use super::PAGE;
use crate::index::fetching::Fetching;
use crate::index::xxh3;

/// What a file with a table of sums ends with.
const MARK: &[u8; 4] = b"cls3";

/// The length of the content, the sum of what comes before and the mark.
const TAIL: usize = 8 + 4 + MARK.len();

/// So much of the end of a file is read at once: the head of the table, mostly.
const ENDING: usize = 2048;

/// Bytes of a sum.
const SUM: usize = 4;

/// What stands behind a content of which these are the sums of all pages.
pub(super) fn written(mut sums: Vec<u8>, length: u64) -> Vec<u8> {
    let of_sums: Vec<u8> = sums.chunks(PAGE).flat_map(|page| xxh3::hash(page).to_le_bytes()).collect();
    let head = [of_sums.as_slice(), &length.to_le_bytes()].concat();
    sums.extend(&head);
    sums.extend(xxh3::hash(&head).to_le_bytes());
    sums.extend(MARK);
    sums
}

/// The table of a file.
#[derive(Debug)]
pub(super) struct Table {
    sums: Stored,
    of_sums: OwnedBytes,
}

/// The sums of the pages of a content.
#[derive(Debug)]
enum Stored {
    /// In one piece; the pages of sums that have been checked.
    Whole(OwnedBytes, Bits),
    /// Read page by page: where they begin in the file and how many bytes they are; the pages of sums that have been read and checked.
    Pages(Range<usize>, Box<[OnceLock<Box<[u8]>>]>),
}

/// Length of a file with a content of this length; none where there is no such file.
pub(super) fn file_length(content: usize) -> Option<usize> {
    let sums = content.div_ceil(PAGE).checked_mul(SUM)?;
    content.checked_add(sums)?.checked_add(sums.div_ceil(PAGE) * SUM + TAIL)
}

impl Table {
    /// Takes a file apart into its content and its table; none where that is not there, or its head not whole. What is read of a file on the
    /// disk is the head, and the sums where they are not in memory.
    pub(super) fn split(file: OwnedBytes, on_disk: Option<&Fetching>) -> Option<(OwnedBytes, Self)> {
        let read = |range: Range<usize>| on_disk.and_then(|file| file.read_all(&range)).map(OwnedBytes::new);
        let (content, of_sums) = head(file.len(), |range| Some(read(range.clone()).unwrap_or_else(|| file.slice(range))))?;
        let (content, rest) = file.split(content);
        let sums = content.len().div_ceil(PAGE) * SUM;
        let is_far = on_disk.is_some_and(|file| !file.is_at_hand(content.len()));
        let far = if is_far { read(content.len()..content.len() + sums) } else { None };
        let checked = Bits::new(of_sums.len() / SUM);
        let sums = Stored::Whole(far.unwrap_or_else(|| rest.slice(0..sums)), checked);
        Some((content, Self { sums, of_sums }))
    }

    /// The table of a file on the disk with a content of this length; none where it is not there, or its head not whole. Sums that are not in
    /// memory are read all at once.
    pub(super) fn open(file: &Fetching, content: usize) -> Option<Self> {
        let (length, of_sums) = head(file_length(content)?, |range| file.read_all(&range).map(OwnedBytes::new))?;
        if length != content {
            return None;
        }
        let pages = of_sums.len() / SUM;
        let range = content..content.checked_add(content.div_ceil(PAGE).checked_mul(SUM)?)?;
        let sums = if file.is_at_hand(content) {
            Stored::Pages(range, std::iter::repeat_with(OnceLock::new).take(pages).collect())
        } else {
            Stored::Whole(OwnedBytes::new(file.read_all(&range)?), Bits::new(pages))
        };
        Some(Self { sums, of_sums })
    }

    /// The sum of a page of the content; none where there is no such page, or the table is not what was written.
    pub(super) fn sum(&self, page: usize, on_disk: Option<&Fetching>) -> Option<u32> {
        let at = page.checked_mul(SUM)?;
        let of_sums = at / PAGE;
        let is_whole = |sums: &[u8]| number(&self.of_sums, of_sums * SUM) == Some(xxh3::hash(sums));
        match &self.sums {
            Stored::Whole(sums, checked) => {
                if !checked.has(of_sums) {
                    let start = of_sums * PAGE;
                    sums.get(start..sums.len().min(start + PAGE)).filter(|sums| is_whole(sums))?;
                    checked.add(of_sums);
                }
                number(sums, at)
            }
            Stored::Pages(range, pages) => {
                let known = pages.get(of_sums)?;
                if let Some(sums) = known.get() {
                    return number(sums, at % PAGE);
                }
                let start = range.start + of_sums * PAGE;
                let sums = on_disk?.read_all(&(start..range.end.min(start + PAGE))).filter(|sums| is_whole(sums))?;
                number(known.get_or_init(|| sums.into()), at % PAGE)
            }
        }
    }
}

/// The length of the content of a file, and the sums of its sums, which are whole; `end` is the length of the file, of which `read` gives bytes.
fn head(end: usize, read: impl Fn(Range<usize>) -> Option<OwnedBytes>) -> Option<(usize, OwnedBytes)> {
    let ending = read(end.saturating_sub(ENDING)..end)?;
    let (_, tail) = ending.split_at_checked(ending.len().checked_sub(TAIL)?)?;
    let (length, tail) = tail.split_first_chunk::<8>()?;
    let (sum, mark) = tail.split_first_chunk::<4>()?;
    let content = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let sums = content.div_ceil(PAGE).checked_mul(SUM)?;
    let of_sums = sums.div_ceil(PAGE) * SUM;
    let middle = content.checked_add(sums)?;
    if mark != MARK || end != middle.checked_add(of_sums)?.checked_add(TAIL)? {
        return None;
    }
    let of_sums = match ending.len().checked_sub(of_sums + TAIL) {
        Some(start) => ending.slice(start..start + of_sums),
        None => read(middle..end - TAIL)?,
    };
    if xxh3::hash(&[&of_sums, length.as_slice()].concat()) != u32::from_le_bytes(*sum) {
        return None;
    }
    Some((content, of_sums))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// A set of small numbers that several threads add to.
#[derive(Debug)]
pub(super) struct Bits(Box<[AtomicU64]>);

impl Bits {
    /// The empty set of numbers below `count`.
    pub(super) fn new(count: usize) -> Self {
        Self((0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    #[inline]
    pub(super) fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|bits| bits.load(Ordering::Relaxed) & (1 << (number % 64)) != 0)
    }

    pub(super) fn add(&self, number: usize) {
        if let Some(bits) = self.0.get(number / 64) {
            bits.fetch_or(1 << (number % 64), Ordering::Relaxed);
        }
    }
}
