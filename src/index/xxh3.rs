//! XXH3, the hash by which is told whether bytes on the disk are those that were written, and by which strings are spread evenly.
//!
//! The low half of its 64 bits (<https://github.com/Cyan4973/xxHash>, `doc/xxhash_spec.md`). It is quick with the
//! instructions that all processors of a kind have. A CRC is quick only with newer ones, and whether a processor has them is asked of it by
//! some fifteen instructions, at each of which a virtual machine stops to answer: for a new process that took longer than all its checking.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// The hash of some bytes.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    low(xxh3_64(bytes))
}

/// The hash of bytes that come one after the other.
#[derive(Default)]
pub(super) struct Hasher(Xxh3);

impl Hasher {
    /// Takes the next bytes.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that was taken.
    pub(super) fn finish(&self) -> u32 {
        low(self.0.digest())
    }
}

fn low(hash: u64) -> u32 {
    let [first, second, third, fourth, ..] = hash.to_le_bytes();
    u32::from_le_bytes([first, second, third, fourth])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_specification_in_one_piece_or_in_several() {
        // XXH3_64bits of the empty string is 2D06800538D394C2, as in the tests of the reference.
        assert_eq!(hash(b""), 0x38D3_94C2);
        let bytes: Vec<u8> = (0..3000_u32).map(|at| at.to_le_bytes()[0]).collect();
        for length in [0, 1, 17, 240, 241, 1024, 3000] {
            let mut pieces = Hasher::default();
            bytes[..length].chunks(100).for_each(|piece| pieces.update(piece));
            assert_eq!(pieces.finish(), hash(&bytes[..length]), "{length}");
        }
    }
}
