//! A string that is looked for in units.
//!
//! [`Finder`] searches at the speed of memory, but when it is made the processor is asked what it can do, and a virtual machine answers each
//! such question itself: for a search that looks at twenty units that takes longer than to look at them byte by byte. So the first bytes are
//! gone through so, and a finder is made for whoever looks at more, or at a longer text: what is gone through is too little for a string and
//! a text that are made to be slow.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memmem::Finder;

/// So many bytes are gone through without a finder.
const FEW: usize = 32 * 1024;

/// A string, ready to be looked for.
#[derive(Debug)]
pub(super) struct Needle<'string> {
    string: &'string [u8],
    finder: OnceLock<Finder<'string>>,
    /// How many bytes have been gone through without the finder.
    passed: AtomicUsize,
}

impl<'string> Needle<'string> {
    /// Nothing is asked of the processor yet.
    pub(super) const fn new(string: &'string str) -> Self {
        Self { string: string.as_bytes(), finder: OnceLock::new(), passed: AtomicUsize::new(0) }
    }

    /// Length in bytes.
    pub(super) const fn len(&self) -> usize {
        self.string.len()
    }

    /// Where it stands in a text, from left to right; none of these places begins within the one before.
    pub(super) fn places<'text>(&'text self, text: &'text [u8]) -> impl Iterator<Item = usize> + 'text {
        // Two threads that count over each other do no harm.
        let passed = self.passed.load(Ordering::Relaxed).saturating_add(text.len());
        let finder = if passed <= FEW {
            self.passed.store(passed, Ordering::Relaxed);
            None
        } else {
            Some(self.finder.get_or_init(|| Finder::new(self.string)))
        };
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = text.get(at..)?;
            let found = at + finder.map_or_else(|| first(rest, self.string), |finder| finder.find(rest))?;
            at = found + self.string.len().max(1);
            Some(found)
        })
    }

    /// Whether it stands in a text.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        self.places(text).next().is_some()
    }
}

/// The first place of a string in a text. Of Chinese characters the last byte says most.
fn first(text: &[u8], string: &[u8]) -> Option<usize> {
    let Some((last, before)) = string.split_last() else { return Some(0) };
    let ends = text.get(before.len()..)?.iter().enumerate().filter(|(_, byte)| *byte == last);
    ends.map(|(start, _)| start).find(|start| text.get(*start..*start + before.len()) == Some(before))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_texts_and_those_after_them_are_searched_alike(text in "[易货ab]{0,12}", string in "[易货ab]{1,3}") {
            let expected: Vec<usize> = text.match_indices(&string).map(|(at, _)| at).collect();
            let needle = Needle::new(&string);
            prop_assert_eq!(needle.places(text.as_bytes()).collect::<Vec<_>>(), expected.clone());
            prop_assert!(needle.finder.get().is_none());
            prop_assert_eq!(needle.is_in(&vec![b' '; FEW + 1]), false);
            prop_assert_eq!(needle.places(text.as_bytes()).collect::<Vec<_>>(), expected.clone());
            prop_assert!(needle.finder.get().is_some());
            prop_assert_eq!(needle.is_in(text.as_bytes()), !expected.is_empty());
        }
    }
}
