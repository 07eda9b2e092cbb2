//! Strings that very many units hold: how many, and which of them are the best, told without looking at them again.
//!
//! A string such as 应当 stands in a third of all units of a collection of laws. To count and rank them all takes time that grows with
//! the library, though the answer is the same every time. So a shelf of some size keeps, for its most frequent single characters,
//! pairs and words, the number of units, the number of places and the best units (“champion lists”: Manning, Raghavan and Schütze,
//! Introduction to Information Retrieval, §7.1.3), with a rank of each that tells which units of several shelves have to be read. Layout,
//! numbers little-endian: how many strings there are, and how many units are listed; a record of seven numbers for each string, sorted by
//! its XXH3, so that a look is near the place at once; the ordinals of the units, their ranks, the strings.

mod gather;
mod strings;

use super::shelf::checksums::first_of_spread;
use super::shelf::records::numbers;
use super::sums::Checked;
use super::xxh3;

pub(super) use gather::{Texts, candidates, gather};

/// How many of the best units are kept for each string; more are not asked for without looking at all.
pub(super) const BEST: usize = 64;

/// Numbers of a record: sum, start and length of the string, units, places, start and length of the list of the best.
const RECORD: usize = 7;

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
    let (mut records, mut units, mut ranks, mut strings) = (Vec::new(), Vec::<u8>::new(), Vec::<u8>::new(), Vec::<u8>::new());
    let mut spread: Vec<_> = frequent.iter().map(|(string, known)| (xxh3::hash(string.as_bytes()), string, known)).collect();
    spread.sort_unstable_by_key(|(sum, string, _)| (*sum, *string));
    for (sum, string, known) in spread {
        let fields = [strings.len(), string.len(), known.units, known.occurrences, ranks.len() / RANK, known.best.len()];
        records.extend(sum.to_le_bytes());
        records.extend(fields.into_iter().flat_map(number));
        units.extend(known.best.iter().flat_map(|best| best.ordinal.to_le_bytes()));
        ranks.extend(known.best.iter().flat_map(|best| best.rank.to_le_bytes()));
        strings.extend(string.as_bytes());
    }
    let mut section = number(frequent.len()).to_vec();
    section.extend(number(ranks.len() / RANK));
    section.extend([records, units, ranks, strings].concat());
    section
}

/// Looks a folded string up in a section.
pub(super) fn find(section: Checked<'_>, string: &str) -> Option<Frequent> {
    let [count, listed]: [u32; 2] = numbers(section, 0)?;
    let (count, listed) = (count as usize, listed as usize);
    let (records, rest) = section.split_at_checked(8)?.1.split_at_checked(count.checked_mul(RECORD * 4)?)?;
    let (best, rest) = rest.split_at_checked(listed.checked_mul(ORDINAL)?)?;
    let (ranks, strings) = rest.split_at_checked(listed.checked_mul(RANK)?)?;
    let wanted = xxh3::hash(string.as_bytes());
    let record = |at: usize| numbers::<RECORD>(records, at);
    let start = first_of_spread(count, u64::from(wanted) << 32, |at| record(at).is_none_or(|[sum, ..]| sum >= wanted));
    let is_it = |[_, start, length, ..]: &[u32; RECORD]| {
        let end = (*start as usize).checked_add(*length as usize);
        end.and_then(|end| strings.get(*start as usize..end)) == Some(string.as_bytes())
    };
    let [_, _, _, units, occurrences, first, length] =
        (start..count).map_while(record).take_while(|[sum, ..]| *sum == wanted).find(is_it)?;
    let (first, end) = (first as usize, (first as usize).checked_add(length as usize)?);
    let ordinals = best.get(first.checked_mul(ORDINAL)?..end.checked_mul(ORDINAL)?)?.as_chunks::<ORDINAL>().0;
    let ranks = ranks.get(first.checked_mul(RANK)?..end.checked_mul(RANK)?)?.as_chunks::<RANK>().0;
    let both = ordinals.iter().zip(ranks);
    let best =
        both.map(|(ordinal, rank)| Best { ordinal: u32::from_le_bytes(*ordinal), rank: u16::from_le_bytes(*rank) }).collect();
    Some(Frequent { units: units as usize, occurrences: occurrences as usize, best })
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
