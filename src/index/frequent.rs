//! Strings that very many units hold: how many, and which of them are the best, told without looking at them again.
//!
//! A string such as 应当 stands in a third of all units of a collection of laws. To count and rank them all takes time that grows with
//! the library, though the answer is the same every time. So a shelf of some size keeps, for its most frequent single characters,
//! pairs and words, the number of units, the number of places and the best units (“champion lists”: Manning, Raghavan and Schütze,
//! Introduction to Information Retrieval, §7.1.3), with a rank of each that tells which units of several shelves have to be read. Layout,
//! numbers little-endian: how many strings there are; a record of six numbers for each string, sorted by its XXH3, so that a look is near the
//! place at once; for each string in the same order the string, the ordinals of its best units and their ranks, which are looked at together.

mod gather;
mod strings;

use super::shelf::checksums::first_of_spread;
use super::shelf::records::numbers;
use super::sums::Checked;
use super::xxh3;

pub(super) use gather::{Texts, candidates, gather};

/// How many of the best units are kept for each string; more are not asked for without looking at all.
pub(super) const BEST: usize = 64;

/// Numbers of a record: sum, where the string begins, its length, units, places, how many units are listed.
const RECORD: usize = 6;

/// Bytes of the ordinal of a unit.
const ORDINAL: usize = 4;

/// Bytes of the rank of a unit.
const RANK: usize = 2;

/// What a shelf knows of one frequent string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frequent {
    pub(super) units: usize,
    pub(super) occurrences: usize,
    /// The best units, best first.
    pub(super) best: Vec<Best>,
}

/// One of the best units for a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Best {
    pub(super) ordinal: u32,
    /// See [`rank`](super::ranking::rank).
    pub(super) rank: u16,
}

/// Writes the section: strings with what is known of them.
pub(super) fn write(frequent: &[(String, Frequent)]) -> Vec<u8> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let (mut records, mut lists) = (Vec::new(), Vec::<u8>::new());
    let mut spread: Vec<_> = frequent.iter().map(|(string, known)| (xxh3::hash(string.as_bytes()), string, known)).collect();
    spread.sort_unstable_by_key(|(sum, string, _)| (*sum, *string));
    for (sum, string, known) in spread {
        records.extend(sum.to_le_bytes());
        records.extend([lists.len(), string.len(), known.units, known.occurrences, known.best.len()].into_iter().flat_map(number));
        lists.extend(string.as_bytes());
        lists.extend(known.best.iter().flat_map(|best| best.ordinal.to_le_bytes()));
        lists.extend(known.best.iter().flat_map(|best| best.rank.to_le_bytes()));
    }
    [number(frequent.len()).as_slice(), &records, &lists].concat()
}

/// Looks a folded string up in a section.
pub(super) fn find(section: Checked<'_>, string: &str) -> Option<Frequent> {
    let [count]: [u32; 1] = numbers(section, 0)?;
    let count = count as usize;
    let (records, lists) = section.split_at_checked(4)?.1.split_at_checked(count.checked_mul(RECORD * 4)?)?;
    let wanted = xxh3::hash(string.as_bytes());
    let record = |at: usize| numbers::<RECORD>(records, at);
    let start = first_of_spread(count, u64::from(wanted) << 32, |at| record(at).is_none_or(|[sum, ..]| sum >= wanted));
    let alike = (start..count).map_while(record).take_while(|[sum, ..]| *sum == wanted);
    alike.filter(|[_, _, length, ..]| *length as usize == string.len()).find_map(
        |[_, start, length, units, occurrences, listed]| {
            let (start, length, listed) = (start as usize, length as usize, listed as usize);
            let end = listed.checked_mul(ORDINAL + RANK)?.checked_add(length)?.checked_add(start)?;
            let (found, list) = lists.get(start..end)?.split_at_checked(length)?;
            let (ordinals, ranks) = list.split_at_checked(listed * ORDINAL).filter(|_| found == string.as_bytes())?;
            let both = ordinals.as_chunks::<ORDINAL>().0.iter().zip(ranks.as_chunks::<RANK>().0);
            let best = |(ordinal, rank): (&[u8; ORDINAL], &[u8; RANK])| Best {
                ordinal: u32::from_le_bytes(*ordinal),
                rank: u16::from_le_bytes(*rank),
            };
            Some(Frequent { units: units as usize, occurrences: occurrences as usize, best: both.map(best).collect() })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::ranking::rank;
    use super::*;

    #[test]
    fn strings_are_found_with_what_is_known_of_them() {
        let ranked = |ordinal| Best { ordinal, rank: rank(21.0 - f32::from(u8::try_from(ordinal).unwrap())) };
        let known =
            |units, best: &[u32]| Frequent { units, occurrences: units + 1, best: best.iter().copied().map(ranked).collect() };
        let frequent =
            [("应当".to_owned(), known(3, &[7, 1])), ("的".to_owned(), known(9, &[])), ("规定".to_owned(), known(4, &[2]))];
        let section = write(&frequent);
        for (string, expected) in &frequent {
            assert_eq!(find(section.as_slice().into(), string).as_ref(), Some(expected));
        }
        assert_eq!(find(section.as_slice().into(), "应"), None);
        assert_eq!(find(section.as_slice().into(), "规定的"), None);
        for length in 0..section.len() {
            // A section cut short is no harm; what can still be read is right.
            let cut = section.get(..length).unwrap_or_default();
            assert!(find(cut.into(), "应当").is_none_or(|found| found.units == 3));
        }
    }
}
