//! Where words begin and end: one bit for each byte of the folded texts.
//!
//! A bit for each character would take less than half the room. But to know which character begins at a byte many have to be counted, from
//! places of which a count is kept, and each look would touch two pages of the file instead of one.

use std::ops::Range;

use crate::index::sums::Checked;

/// Gathers bits while a document is made ready, and while a shelf is made.
#[derive(Debug, Default)]
pub(in crate::index) struct BoundsBuilder {
    /// One byte more than the bits need.
    bits: Vec<u8>,
    /// Bytes of text so far.
    length: usize,
}

impl BoundsBuilder {
    /// Takes note of a text of so many bytes, in which these words stand.
    pub(in crate::index) fn push(&mut self, length: usize, words: &[Range<usize>]) {
        let start = self.length;
        self.grow(length);
        for bound in words.iter().flat_map(|word| [word.start, word.end]) {
            let at = start + bound;
            if let Some(byte) = self.bits.get_mut(at / 8) {
                *byte |= 1 << (at % 8);
            }
        }
    }

    /// Takes over the bits of a text that follows.
    pub(in crate::index) fn append(&mut self, text: &Self) {
        let (first, shift) = (self.length / 8, self.length % 8);
        self.grow(text.length);
        for (at, byte) in (first..).zip(&text.bits) {
            for (at, byte) in (at..).zip((u16::from(*byte) << shift).to_le_bytes()) {
                if let Some(bits) = self.bits.get_mut(at) {
                    *bits |= byte;
                }
            }
        }
    }

    fn grow(&mut self, length: usize) {
        self.length += length;
        self.bits.resize(self.length / 8 + 1, 0);
    }

    /// The bits gathered so far, which make up the section of the file.
    pub(in crate::index) fn bits(&self) -> &[u8] {
        &self.bits
    }
}

/// The section, read in place.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Bounds<'shelf>(pub(super) Checked<'shelf>);

impl Bounds<'_> {
    /// Whether words begin or end at both of these bytes of the folded texts.
    pub(in crate::index) fn are_bounds(&self, start: usize, end: usize) -> bool {
        self.is_set(start) && self.is_set(end)
    }

    fn is_set(&self, at: usize) -> bool {
        self.0.get(at / 8..at / 8 + 1).is_some_and(|byte| byte.iter().any(|byte| byte & (1 << (at % 8)) != 0))
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;

    #[test]
    fn bits_are_found_by_the_byte_that_they_stand_for() {
        let (first, second) = ("易货a贸易".repeat(70) + "\n", "𠮷\n");
        let words = [0..3, 6..7, 300..first.len() - 1];
        let mut builder = BoundsBuilder::default();
        builder.push(first.len(), &words);
        builder.push(second.len(), slice::from_ref(&(0..4)));
        let last = builder.length;
        // At every place within a byte.
        for number in 0..9 {
            let mut text = BoundsBuilder::default();
            text.push(number, &[]);
            text.push(second.len(), slice::from_ref(&(0..4)));
            builder.append(&text);
        }
        let follow = (0..9).map(|number| last + (0..number).map(|before| before + second.len()).sum::<usize>() + number);
        let follow: Vec<usize> = follow.flat_map(|start| [start, start + 4]).collect();
        let bounds = Bounds(builder.bits().into());
        let all = [&[0, 3, 6, 7, 300, first.len() - 1, first.len(), first.len() + 4], follow.as_slice()].concat();
        for at in 0..builder.length {
            assert_eq!(bounds.are_bounds(at, at), all.contains(&at), "byte {at}");
        }
        assert!(bounds.are_bounds(0, 6) && !bounds.are_bounds(0, 4) && !bounds.are_bounds(4, 6));
    }

    #[test]
    fn what_lies_beyond_is_no_bound() {
        assert!(!Bounds([255][..].into()).are_bounds(7, 8));
        assert!(!Bounds([][..].into()).are_bounds(0, 0));
    }
}
