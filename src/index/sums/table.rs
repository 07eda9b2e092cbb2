//! The table of sums: the CRC-32 of each page of a file, and of each page that these sums fill themselves.
//!
//! The sums of a large file are many, and a search asks for few of them. So only those of the sums are read when the file is opened; a
//! page of sums is checked when one of them is first asked for. Layout behind the content, all numbers little-endian: the sums of its pages,
//! the sums of the pages of sums, the length of the content as `u64`, the CRC-32 of the two before, a mark.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::directory::OwnedBytes;

use super::PAGE;

/// What a file with a table of sums ends with.
const MARK: &[u8; 4] = b"cls2";

/// The length of the content, the sum of what comes before and the mark.
const TAIL: usize = 8 + 4 + MARK.len();

/// Bytes of a sum.
const SUM: usize = 4;

/// What stands behind a content of which these are the sums of all pages.
pub(super) fn written(mut sums: Vec<u8>, length: u64) -> Vec<u8> {
    let of_sums: Vec<u8> = sums.chunks(PAGE).flat_map(|page| crc32fast::hash(page).to_le_bytes()).collect();
    let head = [of_sums.as_slice(), &length.to_le_bytes()].concat();
    sums.extend(&head);
    sums.extend(crc32fast::hash(&head).to_le_bytes());
    sums.extend(MARK);
    sums
}

/// The table of a file.
#[derive(Debug)]
pub(super) struct Table {
    sums: OwnedBytes,
    of_sums: OwnedBytes,
    /// The pages of sums that have been checked.
    checked: Bits,
}

impl Table {
    /// Takes a file apart into its content and its table; none where that is not there, or its head not whole. `read` gets a part of the
    /// file and the place where that stands, and gives the same bytes.
    pub(super) fn split(file: OwnedBytes, read: impl Fn(OwnedBytes, Range<usize>) -> OwnedBytes) -> Option<(OwnedBytes, Self)> {
        let end = file.len();
        let (rest, tail) = file.split(end.checked_sub(TAIL)?);
        let tail = read(tail, end - TAIL..end);
        let (length, tail) = tail.split_first_chunk::<8>()?;
        let (sum, mark) = tail.split_first_chunk::<4>()?;
        let content = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let sums = content.div_ceil(PAGE).checked_mul(SUM)?;
        let of_sums = sums.div_ceil(PAGE) * SUM;
        if mark != MARK || rest.len() != content.checked_add(sums)?.checked_add(of_sums)? {
            return None;
        }
        let (content, rest) = rest.split(content);
        let (sums, of_sums) = rest.split(sums);
        let middle = content.len() + sums.len();
        let of_sums = read(of_sums, middle..end - TAIL);
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&of_sums);
        hasher.update(length);
        if hasher.finalize() != u32::from_le_bytes(*sum) {
            return None;
        }
        let (sums, checked) = (read(sums, content.len()..middle), Bits::new(of_sums.len() / SUM));
        Some((content, Self { sums, of_sums, checked }))
    }

    /// The sum of a page of the content; none where there is no such page, or the table is not what was written.
    pub(super) fn sum(&self, page: usize) -> Option<u32> {
        let at = page.checked_mul(SUM)?;
        let of_sums = at / PAGE;
        if !self.checked.has(of_sums) {
            let start = of_sums * PAGE;
            let sums = self.sums.get(start..self.sums.len().min(start + PAGE))?;
            if crc32fast::hash(sums) != number(&self.of_sums, of_sums * SUM)? {
                return None;
            }
            self.checked.add(of_sums);
        }
        number(&self.sums, at)
    }
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
