//! Which pairs of neighbours a shelf may hold, told without opening the segment of tantivy that knows in which units they are.
//!
//! To open a segment takes a tenth of a millisecond, and most shelves of a large library lack some pair of a rare word. A Bloom filter whose
//! bits for a pair stand in one block of the size that a processor fetches at once (Putze, Sanders and Singler 2009, “Cache-, hash- and
//! space-efficient Bloom filters”, doi:10.1145/1498698.1594230): no pair that is there is missed, and one in eighty that is not seems to be.

use super::grams::Pair;
use super::sums::Checked;

/// Bytes of a block.
const BLOCK: usize = 64;

/// Bits of the filter for each pair.
const BITS_A_PAIR: usize = 10;

/// Bits that are set for a pair.
const SET: u32 = 5;

/// The section for so many pairs.
pub(super) fn write(count: usize, pairs: impl Iterator<Item = Pair>) -> Vec<u8> {
    let blocks = (count * BITS_A_PAIR).div_ceil(BLOCK * 8);
    let mut section = vec![0; blocks * BLOCK];
    for pair in pairs {
        let block = share(pair, blocks);
        for bit in bits(pair) {
            if let Some(byte) = section.get_mut(block * BLOCK + bit / 8) {
                *byte |= 1 << (bit % 8);
            }
        }
    }
    section
}

/// Whether a pair may be among those of a section; what cannot be read may hold it.
pub(super) fn may_hold(section: Checked<'_>, pair: Pair) -> bool {
    let blocks = section.len() / BLOCK;
    let start = share(pair, blocks) * BLOCK;
    let is_set = |block: &[u8], bit: usize| block.get(bit / 8).is_some_and(|byte| byte & (1 << (bit % 8)) != 0);
    blocks > 0 && section.get(start..start + BLOCK).is_none_or(|block| bits(pair).all(|bit| is_set(block, bit)))
}

/// Which of so many blocks a pair is dealt out to.
pub(super) fn share(pair: Pair, blocks: usize) -> usize {
    let part = (u128::from(mixed(pair.number())) * blocks as u128) >> 64;
    usize::try_from(part).unwrap_or_default()
}

/// The bits of a pair in its block.
fn bits(pair: Pair) -> impl Iterator<Item = usize> {
    let mixed = mixed(!pair.number());
    (0..SET).map(move |at| usize::try_from(mixed >> (9 * at) & 511).unwrap_or_default())
}

/// A number of which every bit depends on all bits of another (`SplitMix64`; Steele, Lea and Flood 2014).
pub(super) const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::grams::pairs;

    #[test]
    fn every_pair_that_is_there_may_be_held_and_few_others() {
        let text: String = (0..40_000).map(|at| char::from_u32(0x4E00 + (mixed(at) % 8192) as u32).unwrap()).collect();
        let there: std::collections::BTreeSet<Pair> = pairs(&text).collect();
        let section = write(there.len(), there.iter().copied());
        assert_eq!(section.len(), (there.len() * 10).div_ceil(512) * 64);
        let held = |pair: &Pair| may_hold(section.as_slice().into(), *pair);
        assert!(there.iter().all(held));
        let others: Vec<Pair> = pairs(&text.chars().rev().collect::<String>()).filter(|pair| !there.contains(pair)).collect();
        let seeming = others.iter().filter(|pair| held(pair)).count();
        assert!(others.len() > 30_000 && seeming * 50 < others.len(), "{seeming} of {}", others.len());
    }

    #[test]
    fn a_shelf_without_pairs_holds_none() {
        let pair = pairs("易货").next().unwrap();
        assert!(!may_hold(write(0, [].into_iter()).as_slice().into(), pair));
        assert!(may_hold(write(1, [pair].into_iter()).as_slice().into(), pair));
    }
}
