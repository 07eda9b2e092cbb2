//! Numbers in binary files, the lowest byte first; `None` where the bytes end before the number does.

use std::ops::Range;

/// The byte at this place.
pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// The number of two bytes at this place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The same with a sign.
pub(super) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    u16_at(bytes, at).map(u16::cast_signed)
}

/// The number of four bytes at this place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The number of four bytes at this place, as a place in memory.
pub(super) fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// `length` bytes from `start` on.
pub(super) fn slice(bytes: &[u8], start: usize, length: usize) -> Option<&[u8]> {
    let range: Range<usize> = start..start.checked_add(length)?;
    bytes.get(range)
}

/// Numbers of two bytes, one after another; a byte too many is left out.
pub(super) fn u16s(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0))
}
