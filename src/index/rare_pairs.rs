//! In which units of a shelf a rare pair of neighbours stands, told without opening the segment of tantivy that knows it of all pairs.
//!
//! To open a segment takes as long as all else that a search for a rare word does in the index. Two of three pairs of a large shelf stand in
//! no more than [`MOST`] units; one such pair is enough to find the units of a word, because every unit that is found is looked at before it
//! counts. Pairs are dealt out to blocks by a hash. A block is the number of its pairs, a mark of two bytes for each, the length of
//! the list of each, and the lists: see [`varint`]; distances begin at 0. A pair of which block and mark are those of another of the shelf
//! is left out, and so are the longest lists of a block that is full: for such a pair, as for a frequent one, the segment is asked. A
//! pair that the shelf lacks may be taken for another.

use super::grams::Pair;
use super::pair_filter::{mixed, share};
use super::sums::Checked;
use super::varint;

/// A pair that stands in no more units than these is rare.
pub(super) const MOST: u32 = 8;

/// Bytes of a block.
const BLOCK: usize = 512;

/// Bytes of a block that are filled on average, so that few are full.
const FILLED: usize = 416;

/// Bytes of a pair beside its list: its mark and the length.
const BESIDE: usize = 3;

/// A pair on its way into a section.
struct Entry<'lists> {
    block: usize,
    mark: u16,
    /// None for a pair that is not rare.
    list: Option<&'lists [u8]>,
}

/// The section for all pairs of a shelf, in any order, with the distances between their units where they are rare.
pub(super) fn write<'lists>(pairs: impl Iterator<Item = (Pair, Option<&'lists [u8]>)> + Clone) -> Vec<u8> {
    let bytes: usize = pairs.clone().filter_map(|(_, list)| Some(list?.len() + BESIDE)).sum();
    let blocks = bytes.div_ceil(FILLED);
    let mut entries: Vec<Entry<'_>> =
        pairs.map(|(pair, list)| Entry { block: share(pair, blocks), mark: mark(pair), list }).collect();
    entries.sort_unstable_by_key(|entry| (entry.block, entry.mark));
    let mut section = Vec::with_capacity(blocks * BLOCK);
    let mut entries = entries.as_slice();
    for block in 0..blocks {
        let (of_block, rest) = entries.split_at(entries.partition_point(|entry| entry.block <= block));
        entries = rest;
        let alone = of_block.chunk_by(|one, other| one.mark == other.mark).filter_map(|alike| match alike {
            [Entry { mark, list: Some(list), .. }] if u8::try_from(list.len()).is_ok() => Some((*mark, *list)),
            _ => None,
        });
        put_block(&mut section, alone.collect());
        section.resize((block + 1) * BLOCK, 0);
    }
    section
}

/// Writes the lists of a block, the shorter before the longer where there is no room for all.
fn put_block(section: &mut Vec<u8>, mut lists: Vec<(u16, &[u8])>) {
    lists.sort_by_key(|(mark, list)| (list.len(), *mark));
    let mut room = BLOCK - 1;
    let fits = |(_, list): &&(u16, &[u8])| {
        let left = room.checked_sub(list.len() + BESIDE);
        room = left.unwrap_or(0);
        left.is_some()
    };
    let count = lists.iter().take_while(fits).count();
    lists.truncate(count);
    let byte = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
    section.push(byte(count));
    section.extend(lists.iter().flat_map(|(mark, _)| mark.to_le_bytes()));
    section.extend(lists.iter().map(|(_, list)| byte(list.len())));
    section.extend(lists.iter().flat_map(|(_, list)| *list));
}

/// The units of a pair, in order, if it is rare; of one that the shelf lacks perhaps those of another. None where the segment has to be asked.
pub(super) fn units(section: Checked<'_>, pair: Pair) -> Option<Vec<u32>> {
    let blocks = section.len() / BLOCK;
    let start = share(pair, blocks) * BLOCK;
    let (count, block) = section.get(start..start + BLOCK)?.split_first()?;
    let (marks, block) = block.split_at_checked(2 * usize::from(*count))?;
    let (lengths, lists) = block.split_at_checked(usize::from(*count))?;
    let at = marks.as_chunks().0.iter().position(|other| *other == mark(pair).to_le_bytes())?;
    let (before, from) = lengths.split_at_checked(at)?;
    let start = before.iter().copied().map(usize::from).sum();
    let list = lists.get(start..start + usize::from(*from.first()?))?;
    Some(varint::sums(list).collect())
}

/// The mark of a pair in its block.
fn mark(pair: Pair) -> u16 {
    let [first, second, ..] = mixed(!pair.number()).to_le_bytes();
    u16::from_le_bytes([first, second])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::grams::pairs;

    /// Pairs with the units that they stand in, the `n`-th in `n % 12` and one more.
    fn lists(count: u32) -> Vec<(Pair, Vec<u32>)> {
        let text: String = (0..u64::from(count)).map(|at| char::from_u32(0x4E00 + (mixed(at) % 8192) as u32).unwrap()).collect();
        let there: std::collections::BTreeSet<Pair> = pairs(&text).collect();
        let units = |at: u32| (0..=at % 12).map(|more| at * 3 + more * 500).collect();
        there.into_iter().zip(0..).map(|(pair, at)| (pair, units(at))).collect()
    }

    fn section(lists: &[(Pair, Vec<u32>)]) -> Vec<u8> {
        let packed: Vec<(Pair, Option<Vec<u8>>)> = lists.iter().map(|(pair, units)| (*pair, packed(units))).collect();
        write(packed.iter().map(|(pair, list)| (*pair, list.as_deref())))
    }

    fn packed(units: &[u32]) -> Option<Vec<u8>> {
        let (mut list, mut before) = (Vec::new(), 0);
        for unit in units {
            varint::put(&mut list, u64::from(unit - before));
            before = *unit;
        }
        (units.len() <= MOST as usize).then_some(list)
    }

    #[test]
    fn rare_pairs_have_their_units_and_none_has_those_of_another() {
        let lists = lists(40_000);
        let section = section(&lists);
        let (mut rare, mut told) = (0, 0);
        for (pair, units) in &lists {
            let found = super::units(section.as_slice().into(), *pair);
            rare += usize::from(units.len() <= MOST as usize);
            told += usize::from(found.is_some());
            assert!(found.is_none_or(|found| found == *units && units.len() <= MOST as usize), "{}", pair.text());
        }
        assert!(rare > 20_000 && told * 100 > rare * 97, "{told} of {rare}");
        let bytes: usize = lists.iter().filter_map(|(_, units)| packed(units)).map(|list| list.len() + BESIDE).sum();
        assert!(section.len() * 4 < bytes * 5, "{} for {bytes}", section.len());
    }

    #[test]
    fn pairs_of_one_block_with_one_mark_are_left_out() {
        let lists = lists(40_000);
        let alike = |(one, _): &&(Pair, Vec<u32>), (other, _): &(Pair, Vec<u32>)| one != other && mark(*one) == mark(*other);
        let (one, other) = lists.iter().find_map(|one| Some((one, lists.iter().find(|other| alike(&one, other))?))).unwrap();
        let two = section(&[one.clone(), other.clone()]);
        assert!([one, other].iter().all(|(pair, _)| super::units(two.as_slice().into(), *pair).is_none()));
        let alone = (one.0, vec![7, 9]);
        assert_eq!(super::units(section(&[alone]).as_slice().into(), one.0), Some(vec![7, 9]));
    }

    #[test]
    fn a_section_without_lists_or_of_any_bytes_tells_nothing_wrong() {
        let pair = pairs("易货").next().unwrap();
        assert_eq!(super::units(section(&[]).as_slice().into(), pair), None);
        for byte in 0..=u8::MAX {
            let _ = super::units([byte; BLOCK].as_slice().into(), pair);
        }
    }
}
