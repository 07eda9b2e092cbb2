//! Where words begin and end: one bit for each byte of the folded texts.
//!
//! A bit for each character would take less than half the room. But to know which character begins at a byte many have to be counted, from
//! places of which a count is kept, and each look would touch two pages of the file instead of one.

use crate::index::sums::Checked;

/// Gathers bits while a shelf is made.
#[derive(Debug, Default)]
pub(in crate::index) struct BoundsBuilder {
    bits: Vec<u8>,
    /// Bytes of text so far.
    length: usize,
}

impl BoundsBuilder {
    /// Takes note of a text of so many bytes, in which words begin or end at these of them.
    pub(in crate::index) fn push(&mut self, length: usize, bounds: &[u32]) {
        let start = self.length;
        self.length += length;
        self.bits.resize(self.length / 8 + 1, 0);
        for bound in bounds {
            let at = start + *bound as usize;
            if let Some(byte) = self.bits.get_mut(at / 8) {
                *byte |= 1 << (at % 8);
            }
        }
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
    use super::*;

    #[test]
    fn bits_are_found_by_the_byte_that_they_stand_for() {
        let (first, second) = ("易货a贸易".repeat(70) + "\n", "𠮷\n");
        let marked = [0, 3, 6, 7, 300, first.len() - 1];
        let mut builder = BoundsBuilder::default();
        builder.push(first.len(), &marked.map(|at| u32::try_from(at).unwrap()));
        builder.push(second.len(), &[0, 4]);
        let bounds = Bounds(builder.bits().into());
        let all = [marked.as_slice(), &[first.len(), first.len() + 4]].concat();
        for at in 0..first.len() + second.len() {
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
