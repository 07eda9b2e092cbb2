//! Where words begin and end: one bit for each character of the folded texts.
//!
//! A place is given in bytes; its character is counted from the start of its block, of which the count is kept.

use crate::index::sums::Checked;

/// Bytes of folded text between two kept counts.
const BLOCK: usize = 512;

/// Gathers bits while a shelf is made.
#[derive(Debug, Default)]
pub(in crate::index) struct BoundsBuilder {
    bits: Vec<u8>,
    characters: usize,
}

impl BoundsBuilder {
    /// Takes note of a text of so many characters, whose words begin or end at these of them, counted from its start.
    pub(in crate::index) fn push(&mut self, characters: usize, bounds: &[u32]) {
        let start = self.characters;
        self.characters += characters;
        self.bits.resize(self.characters / 8 + 1, 0);
        for bound in bounds {
            let at = start + *bound as usize;
            if let Some(byte) = self.bits.get_mut(at / 8) {
                *byte |= 1 << (at % 8);
            }
        }
    }

    /// The bits gathered so far.
    pub(in crate::index) fn bits(&self) -> &[u8] {
        &self.bits
    }

    pub(in crate::index) fn bytes(&self) -> usize {
        self.bits.len()
    }

    /// The section of the file: the counts of characters before each block of `folded`, then the bits.
    pub(in crate::index) fn finish(self, folded: &[u8]) -> Vec<u8> {
        let mut section = Vec::with_capacity(folded.len() / BLOCK * 4 + 8 + self.bits.len());
        let mut count = 0_u32;
        for block in folded.chunks(BLOCK) {
            section.extend(count.to_le_bytes());
            count += u32::try_from(characters(block)).unwrap_or(u32::MAX);
        }
        section.extend(self.bits);
        section
    }
}

/// The section, read in place.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Bounds<'shelf> {
    counts: Checked<'shelf>,
    bits: Checked<'shelf>,
    folded: Checked<'shelf>,
}

impl<'shelf> Bounds<'shelf> {
    pub(in crate::index) fn new(section: Checked<'shelf>, folded: Checked<'shelf>) -> Self {
        let nothing = || (Checked::from(&[][..]), Checked::from(&[][..]));
        let (counts, bits) = section.split_at_checked(folded.len().div_ceil(BLOCK) * 4).unwrap_or_else(nothing);
        Self { counts, bits, folded }
    }

    /// Whether words begin or end before the characters at both of these bytes of `folded`.
    pub(in crate::index) fn are_bounds(&self, start: usize, end: usize) -> bool {
        let character = self.character(start);
        self.is_set(character) && self.is_set(character + self.folded.get(start..end).map_or(0, characters))
    }

    /// The number of the character that begins at this byte.
    fn character(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let before = self.counts.get(block * 4..block * 4 + 4).and_then(|counts| counts.first_chunk());
        let before = before.map(|count| u32::from_le_bytes(*count));
        before.unwrap_or_default() as usize + self.folded.get(block * BLOCK..at).map_or(0, characters)
    }

    fn is_set(&self, character: usize) -> bool {
        self.bits
            .get(character / 8..character / 8 + 1)
            .is_some_and(|byte| byte.iter().any(|byte| byte & (1 << (character % 8)) != 0))
    }
}

/// How many characters begin in these bytes of UTF-8.
///
/// Counted in runs whose sum fits into a byte, which lets the compiler count many at a time.
fn characters(bytes: &[u8]) -> usize {
    let run = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(128).map(|bytes| usize::from(run(bytes))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_found_by_the_byte_where_their_character_begins() {
        let texts = ["易货a贸易\n", "𠮷\n"].map(|text| text.repeat(70));
        let folded = texts.concat();
        let marked = [0, 2, 3, 5, 200, 419, 420, 421, 559];
        let mut builder = BoundsBuilder::default();
        builder.push(420, &marked[..6]);
        builder.push(140, &[0, 1, 139]);
        let section = builder.finish(folded.as_bytes());
        let bounds = Bounds::new(section.as_slice().into(), folded.as_bytes().into());
        for (character, (at, _)) in folded.char_indices().enumerate() {
            assert_eq!(bounds.are_bounds(at, at), marked.contains(&u32::try_from(character).unwrap()), "character {character}");
        }
        assert!(
            bounds.are_bounds(0, "易货".len())
                && !bounds.are_bounds(0, "易".len())
                && bounds.are_bounds("易货".len(), "易货a".len())
        );
    }

    #[test]
    fn a_damaged_section_is_no_harm() {
        assert!(!Bounds::new([1, 2][..].into(), "易货".as_bytes().into()).are_bounds(0, 3));
        assert!(!Bounds::new([][..].into(), [][..].into()).are_bounds(7, 9));
    }
}
