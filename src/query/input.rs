//! What was typed as characters, with the partner of every bracket and quotation mark known before reading begins.
//!
//! Two passes, each linear: brackets are matched from left to right, those inside an exact string left out; an opening quotation
//! mark goes with the next closing one of its kind. The reader then never has to look ahead for a partner, which is what keeps it
//! linear. Every look at a character is counted, so that a test can hold the count against the length.

use std::cell::Cell;
use std::ops::Range;

use super::operators::{BRACKETS, COLONS, EITHER, EITHER_WORD, NOT, QUOTES, closing};

/// The characters typed.
#[derive(Debug)]
pub(super) struct Input {
    characters: Vec<char>,
    /// For brackets the other one of the pair, for opening quotation marks the closing one; `NONE` elsewhere.
    partners: Vec<usize>,
    looks: Cell<usize>,
}

/// No place in the input.
const NONE: usize = usize::MAX;

impl Input {
    pub(super) fn new(typed: &str) -> Self {
        let characters: Vec<char> = typed.chars().collect();
        let partners = vec![NONE; characters.len()];
        let mut input = Self { characters, partners, looks: Cell::new(0) };
        input.pair_quotes();
        input.pair_brackets();
        input
    }

    pub(super) fn end(&self) -> usize {
        self.characters.len()
    }

    /// How many characters have been looked at.
    #[cfg(test)]
    pub(super) fn looks(&self) -> usize {
        self.looks.get()
    }

    /// The character at a place before `end`.
    pub(super) fn at(&self, at: usize, end: usize) -> Option<char> {
        self.looks.set(self.looks.get() + 1);
        self.characters.get(at).copied().filter(|_| at < end)
    }

    /// The partner of the mark at a place, where it stands before `end`.
    pub(super) fn partner(&self, at: usize, end: usize) -> Option<usize> {
        self.partners.get(at).copied().filter(|partner| *partner < end)
    }

    pub(super) fn text(&self, span: Range<usize>) -> String {
        self.looks.set(self.looks.get() + span.len());
        self.characters.get(span).unwrap_or_default().iter().collect()
    }

    /// Whether a place is `end` or holds white space.
    pub(super) fn is_space(&self, at: usize, end: usize) -> bool {
        self.at(at, end).is_none_or(char::is_whitespace)
    }

    pub(super) fn skip_space(&self, mut at: usize, end: usize) -> usize {
        while self.at(at, end).is_some_and(char::is_whitespace) {
            at += 1;
        }
        at
    }

    /// Whether a clause that ends here ends well: before white space, a sign for alternatives, or the end of its group.
    pub(super) fn is_boundary(&self, at: usize, end: usize) -> bool {
        self.at(at, end).is_none_or(|next| next.is_whitespace() || EITHER.contains(&next))
    }

    /// Where the alternative after a sign for alternatives begins, the sign standing at `at` or after white space; none where there is
    /// no sign, or nothing after it.
    pub(super) fn after_either(&self, at: usize, end: usize) -> Option<usize> {
        let sign = self.skip_space(at, end);
        let after = if self.either_word(sign, end) && sign > at { sign + EITHER_WORD.len() } else { self.skip_signs(sign, end) };
        let operand = self.skip_space(after, end);
        let is_operand = operand < end && self.skip_signs(operand, end) == operand && !self.either_word(operand, end);
        (after > sign && is_operand).then_some(operand)
    }

    /// Whether OR stands alone here.
    pub(super) fn either_word(&self, at: usize, end: usize) -> bool {
        EITHER_WORD.chars().enumerate().all(|(offset, letter)| self.at(at + offset, end) == Some(letter))
            && self.is_space(at + EITHER_WORD.len(), end)
    }

    /// Past the signs for alternatives: `||` means no more than `|`.
    pub(super) fn skip_signs(&self, mut at: usize, end: usize) -> usize {
        while self.at(at, end).is_some_and(|sign| EITHER.contains(&sign)) {
            at += 1;
        }
        at
    }

    /// An opening quotation mark goes with the next closing one of its kind.
    fn pair_quotes(&mut self) {
        let mut next = [NONE; QUOTES.len()];
        for (at, character) in self.characters.iter().enumerate().rev() {
            for ((open, close), next) in QUOTES.iter().zip(&mut next) {
                if character == open
                    && let Some(partner) = self.partners.get_mut(at)
                {
                    *partner = *next;
                }
                if character == close {
                    *next = at;
                }
            }
        }
    }

    fn pair_brackets(&mut self) {
        let mut open: Vec<(usize, char)> = Vec::new();
        let mut at = 0;
        while let Some(character) = self.characters.get(at).copied() {
            if let Some(close) = self.exact_end(at, character) {
                at = close;
            } else if closing(&BRACKETS, character).is_some() {
                open.push((at, character));
            } else if BRACKETS.iter().any(|(_, close)| *close == character)
                && let Some((opening, _)) = open.pop()
            {
                for (one, other) in [(opening, at), (at, opening)] {
                    if let Some(partner) = self.partners.get_mut(one) {
                        *partner = other;
                    }
                }
            }
            at += 1;
        }
    }

    /// The closing mark of an exact string that opens here, at the beginning of a clause and closed at the end of one.
    fn exact_end(&self, at: usize, character: char) -> Option<usize> {
        closing(&QUOTES, character)?;
        let close = self.partner(at, self.end())?;
        let opens = at.checked_sub(1).and_then(|before| self.characters.get(before)).is_none_or(|before| {
            let signs = [&EITHER[..], &NOT, &COLONS];
            before.is_whitespace() || signs.iter().any(|signs| signs.contains(before)) || closing(&BRACKETS, *before).is_some()
        });
        let closes = self.characters.get(close + 1).is_none_or(|after| {
            after.is_whitespace() || EITHER.contains(after) || BRACKETS.iter().any(|(_, close)| close == after)
        });
        (opens && closes).then_some(close)
    }
}
