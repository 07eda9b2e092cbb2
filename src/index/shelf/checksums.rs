//! Which documents of a shelf have which checksum, so that one file more need not be held against all that are there.
//!
//! For each document the first eight bytes of the SHA-256 of its source and its ordinal, little-endian, sorted. Few documents share so
//! much without being alike; who asks compares the whole with what the head says.

use super::{first, records::numbers};
use crate::index::sums::Checked;

/// The beginning of a checksum, written in hexadecimal digits, as a number; 0 where it is none.
pub(in crate::index) fn beginning(sha256: &str) -> u64 {
    sha256.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

/// The section for documents of these beginnings, in the order of their ordinals.
pub(in crate::index) fn write(beginnings: impl IntoIterator<Item = u64>) -> Vec<u8> {
    let mut entries: Vec<(u64, u32)> = beginnings.into_iter().zip(0..).collect();
    entries.sort_unstable();
    entries
        .into_iter()
        .flat_map(|(beginning, ordinal)| [low(beginning), high(beginning), ordinal])
        .flat_map(u32::to_le_bytes)
        .collect()
}

/// The ordinals of the documents whose checksum begins like this one, rising.
pub(in crate::index) fn find<'file>(section: Checked<'file>, sha256: &str) -> impl Iterator<Item = u32> + use<'file> {
    let wanted = beginning(sha256);
    let entry =
        move |at| numbers(section, at).map(|[low, high, ordinal]: [u32; 3]| (u64::from(high) << 32 | u64::from(low), ordinal));
    let start = first(section.len() / ENTRY_BYTES, |at| entry(at).is_none_or(|(beginning, _)| beginning >= wanted));
    (start..).map_while(entry).take_while(move |(beginning, _)| *beginning == wanted).map(|(_, ordinal)| ordinal)
}

const ENTRY_BYTES: usize = 12;

#[expect(clippy::cast_possible_truncation, reason = "the half that is wanted")]
const fn low(number: u64) -> u32 {
    number as u32
}

const fn high(number: u64) -> u32 {
    low(number >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_by_their_checksum_and_no_others() {
        let sums = ["f0e1d2c3b4a59687", "0000000000000001", "f0e1d2c3b4a59687", "00000001ffffffff"].map(|sum| sum.repeat(4));
        let section = write(sums.iter().map(|sum| beginning(sum)));
        let found = |sum: &str| find(Checked::from(section.as_slice()), sum).collect::<Vec<_>>();
        assert_eq!(sums.each_ref().map(|sum| found(sum)), [vec![0, 2], vec![1], vec![0, 2], vec![3]]);
        assert_eq!((found(&"0".repeat(64)), found(""), found("f0")), (vec![], vec![], vec![]));
    }
}
