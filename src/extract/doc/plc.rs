//! Tables of positions: n + 1 ascending positions, then n items of one size ([MS-DOC] §2.2.2, `Plc`).

use crate::extract::little_endian::{slice, usize_at};

/// A table of positions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plc<'bytes> {
    bytes: &'bytes [u8],
    item: usize,
    length: usize,
}

impl<'bytes> Plc<'bytes> {
    /// A table whose items have `item` bytes; bytes that make no whole item are left out.
    pub(super) fn new(bytes: &'bytes [u8], item: usize) -> Self {
        Self { bytes, item, length: bytes.len().saturating_sub(4) / (item + 4) }
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The position at which an item begins; that of the item after the last is the end.
    pub(super) fn position(&self, at: usize) -> Option<usize> {
        usize_at(self.bytes, at.checked_mul(4)?).filter(|_| at <= self.length)
    }

    /// The bytes of an item.
    pub(super) fn item(&self, at: usize) -> Option<&'bytes [u8]> {
        let start = (self.length + 1).checked_mul(4)?.checked_add(at.checked_mul(self.item)?)?;
        slice(self.bytes, start, self.item).filter(|_| at < self.length)
    }

    /// Each item with the positions where it begins and ends.
    pub(super) fn items(self) -> impl Iterator<Item = (usize, usize, &'bytes [u8])> {
        (0..self.length).filter_map(move |at| Some((self.position(at)?, self.position(at + 1)?, self.item(at)?)))
    }
}
