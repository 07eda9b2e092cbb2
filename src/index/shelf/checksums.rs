//! Which documents of a shelf have which checksum, of their source or of their id: one file more need not be held against all that are
//! there, nor a document looked for among all.
//!
//! For each document the first eight bytes of a SHA-256 and its ordinal, little-endian, sorted. Few documents share so much without being
//! alike; who asks compares the whole. Checksums are spread evenly, so that a look is near the place at once (interpolation search).

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
    let reaches = move |at| entry(at).is_none_or(|(beginning, _)| beginning >= wanted);
    let start = first_of_spread(section.len() / ENTRY_BYTES, wanted, reaches);
    (start..).map_while(entry).take_while(move |(beginning, _)| *beginning == wanted).map(|(_, ordinal)| ordinal)
}

const ENTRY_BYTES: usize = 12;

/// The first of `count` numbers, sorted and spread evenly, that reaches `wanted`; `count` where there is none.
pub(in crate::index) fn first_of_spread(count: usize, wanted: u64, reaches: impl Fn(usize) -> bool) -> usize {
    let (low, high) = near(count, wanted, &reaches);
    low + first(high - low, |at| reaches(low + at))
}

/// Places between which the first of `count` entries lies that reaches `wanted`.
fn near(count: usize, wanted: u64, reaches: impl Fn(usize) -> bool) -> (usize, usize) {
    let guess = (u128::from(wanted) * count as u128) >> 64;
    let (mut low, mut high) = (usize::try_from(guess).unwrap_or_default().min(count), count);
    let mut step = 16;
    if low < count && !reaches(low) {
        while high - low > step && !reaches(low + step) {
            low += step;
            step *= 2;
        }
        high = count.min(low + step);
    } else {
        high = low;
        while low > 0 && reaches(low - 1) {
            high = low;
            low = low.saturating_sub(step);
            step *= 2;
        }
    }
    (low, high)
}

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

    #[test]
    fn every_entry_is_found_however_the_checksums_are_spread() {
        let spread = (0..1000_u64).map(|number| number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let crowded = (0..1000_u64).map(|number| if number % 3 == 0 { number } else { u64::MAX - number });
        for beginnings in [spread.collect::<Vec<_>>(), crowded.collect(), vec![7; 100], vec![u64::MAX], Vec::new()] {
            let section = write(beginnings.iter().copied());
            let section = Checked::from(section.as_slice());
            for wanted in beginnings.iter().copied().chain([0, 5, u64::MAX - 1, 1 << 63]) {
                let holds = |at: &u32| beginnings.get(*at as usize) == Some(&wanted);
                let expected: Vec<u32> = (0..u32::try_from(beginnings.len()).unwrap()).filter(holds).collect();
                assert_eq!(find(section, &format!("{wanted:016x}")).collect::<Vec<_>>(), expected, "{wanted:016x}");
            }
        }
    }
}
