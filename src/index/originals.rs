//! The original text of a unit, from its folded text and little else.
//!
//! [`encode`] writes how an original differs from what [`Prediction`] expects for its folded text; where it is right in everything
//! that is nothing at all. [`decode`] puts the original together again, or gives nothing where the bytes are damaged. Lossless for every pair
//! of texts: folding helps to set the characters of both side by side, and where the two do not belong together the original is
//! stored whole. Which rules folding has does not matter here, only that it goes character by character for the most part.
//!
//! A folded text has slots: its end (white space after the last character), its beginning (white space before the first), and one for
//! each of its characters, with the white space after it that folding dropped. An edit is one byte: how many slots as expected
//! stand before it in the high half (15 and more: a varint follows), what stands in its slot in the low half, see [`Edit`]. Nothing
//! says where the bytes end, that is left to who keeps them. The end comes first, since it differs most often.

use super::prediction::{Prediction, candidates, full_width, label_end, upper_case};
use super::varint;
use crate::text::fold::Folded;

/// White space that has a code of its own.
const SPACES: [&str; 5] = [" ", "\u{3000}", "\n", "\n\n", "\u{3000}\u{3000}"];

/// What most units end with.
const END: &str = "\n";

/// So many bytes are read at once where nothing stands but what is expected: a clause or two.
const AT_ONCE: usize = 128;

/// Slots before those of the characters.
const FIRST_CHARACTER: u64 = 2;

/// A gap that is too long for its half of a byte; the rest follows.
const LONG_GAP: u8 = 15;

/// What stands in a slot in place of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit<'text> {
    /// 0: the folded character itself.
    Folded,
    /// 1: the expected character, no white space after it.
    Bare,
    /// 2 to 6: the expected character and one of [`SPACES`].
    Spaced(u8),
    /// 7: the folded character in upper case.
    UpperCase,
    /// 8: the full-width form of the folded character.
    FullWidth,
    /// 9 to 12: another of the characters that fold alike, see [`candidates`].
    Candidate(u8),
    /// 13: any other character of two UTF-16 bytes.
    Other(char),
    /// 14: this text in place of that many slots.
    Replaced(u64, &'text str),
    /// 15: the expected character and this text.
    Followed(&'text str),
}

impl<'text> Edit<'text> {
    fn put(self, gap: u64, packed: &mut Vec<u8>) {
        let code = match self {
            Self::Folded => 0,
            Self::Bare => 1,
            Self::Spaced(which) => 2 + which,
            Self::UpperCase => 7,
            Self::FullWidth => 8,
            Self::Candidate(which) => 9 + which,
            Self::Other(_) => 13,
            Self::Replaced(..) => 14,
            Self::Followed(_) => 15,
        };
        let short = u8::try_from(gap).map_or(LONG_GAP, |gap| gap.min(LONG_GAP));
        packed.push(short << 4 | code);
        if short == LONG_GAP {
            varint::put(packed, gap - u64::from(LONG_GAP));
        }
        match self {
            Self::Other(character) => packed.extend(u16::try_from(u32::from(character)).unwrap_or_default().to_le_bytes()),
            Self::Replaced(slots, text) => {
                varint::put(packed, slots);
                varint::put_bytes(packed, text.as_bytes());
            }
            Self::Followed(text) => varint::put_bytes(packed, text.as_bytes()),
            Self::Folded | Self::Bare | Self::Spaced(_) | Self::UpperCase | Self::FullWidth | Self::Candidate(_) => {}
        }
    }

    /// The next edit, with the slots before it that are as expected.
    fn take(packed: &mut &'text [u8]) -> Option<(u64, Self)> {
        let (&first, rest) = packed.split_first()?;
        *packed = rest;
        let short = first >> 4;
        let longer = if short == LONG_GAP { varint::take(packed)? } else { 0 };
        let gap = longer.checked_add(u64::from(short))?;
        let edit = match first & 15 {
            0 => Self::Folded,
            1 => Self::Bare,
            code @ 2..=6 => Self::Spaced(code - 2),
            7 => Self::UpperCase,
            8 => Self::FullWidth,
            code @ 9..=12 => Self::Candidate(code - 9),
            13 => {
                let (bytes, rest) = packed.split_first_chunk()?;
                *packed = rest;
                Self::Other(char::from_u32(u32::from(u16::from_le_bytes(*bytes)))?)
            }
            14 => Self::Replaced(varint::take(packed)?, varint::take_text(packed)?),
            _ => Self::Followed(varint::take_text(packed)?),
        };
        Some((gap, edit))
    }

    /// The edit that puts `piece` into the slot of one character.
    fn of(folded: char, expected: char, piece: &'text str) -> Self {
        let mut rest = piece.chars();
        let first = rest.next();
        let rest = rest.as_str();
        if first == Some(expected) {
            return Self::of_end(rest);
        }
        match first.filter(|_| rest.is_empty()) {
            Some(first) if first == folded => Self::Folded,
            Some(first) if upper_case(folded) == Some(first) => Self::UpperCase,
            Some(first) if full_width(folded) == Some(first) => Self::FullWidth,
            Some(first) => match (0..).zip(candidates(folded)).find(|(_, candidate)| *candidate == first) {
                Some((which, _)) => Self::Candidate(which),
                None if u16::try_from(u32::from(first)).is_ok() => Self::Other(first),
                None => Self::Replaced(1, piece),
            },
            None => Self::Replaced(1, piece),
        }
    }

    /// The edit that makes white space at one of the ends what it is.
    fn of_end(space: &'text str) -> Self {
        match (0..).zip(SPACES).find(|(_, known)| *known == space) {
            Some((which, _)) => Self::Spaced(which),
            None if space.is_empty() => Self::Bare,
            None => Self::Followed(space),
        }
    }

    /// The white space at one of the ends.
    fn end(self) -> Option<&'text str> {
        match self {
            Self::Bare => Some(""),
            Self::Spaced(which) => SPACES.get(usize::from(which)).copied(),
            Self::Followed(text) => Some(text),
            Self::Folded | Self::UpperCase | Self::FullWidth | Self::Candidate(_) | Self::Other(_) | Self::Replaced(..) => None,
        }
    }

    /// The character in the slot, and what follows it.
    fn character(self, folded: char, expected: char) -> Option<(char, &'text str)> {
        Some(match self {
            Self::Folded => (folded, ""),
            Self::Bare => (expected, ""),
            Self::Spaced(which) => (expected, SPACES.get(usize::from(which))?),
            Self::UpperCase => (upper_case(folded)?, ""),
            Self::FullWidth => (full_width(folded)?, ""),
            Self::Candidate(which) => (*candidates(folded).get(usize::from(which))?, ""),
            Self::Other(character) => (character, ""),
            Self::Followed(text) => (expected, text),
            Self::Replaced(..) => return None,
        })
    }
}

/// Appends what [`decode`] needs besides `folded` to give `original`, whose folding is given too.
///
/// Small where `folded` is the folded form of `original`, white space around it or not; at most a few bytes longer than `original`.
pub(super) fn encode(folded: &str, (original, folding): (&str, &Folded), packed: &mut Vec<u8>) {
    let start = packed.len();
    let differences = if folding.text == folded { put_differences(folding, original, packed) } else { None };
    let written = packed.get(start..).unwrap_or_default();
    let whole = original.len() + 1;
    if differences.is_none() || written.len() > whole || decode(folded, written).as_deref() != Some(original) {
        packed.truncate(start);
        Edit::Replaced(FIRST_CHARACTER + folded.chars().count() as u64, original).put(0, packed);
    }
}

/// Edits as they are written, with the place of the last one.
struct Edits<'packed> {
    packed: &'packed mut Vec<u8>,
    /// Slots that are as expected since the last edit.
    gap: u64,
}

impl Edits<'_> {
    fn put(&mut self, edit: Option<Edit<'_>>) {
        match edit {
            None => self.gap += 1,
            Some(edit) => {
                edit.put(self.gap, self.packed);
                self.gap = 0;
            }
        }
    }
}

/// Writes the edits, or nothing useful where the two texts do not belong together.
fn put_differences(folding: &Folded, original: &str, packed: &mut Vec<u8>) -> Option<()> {
    let folded = folding.text.as_str();
    let mut edits = Edits { packed, gap: 0 };
    let visible = original.trim_end();
    let mut characters = folding.characters();
    let beginning = characters.clone().next().map_or(0, |(_, _, start)| start);
    let end = original.get(visible.len()..)?;
    edits.put((end != END).then(|| Edit::of_end(end)));
    let space = visible.get(..beginning)?;
    edits.put((!space.is_empty()).then(|| Edit::of_end(space)));
    let (mut prediction, label) = (Prediction::default(), label_end(folded));
    loop {
        // What folding left alone and nothing else is expected for, but for its last character: white space may follow that.
        if label.is_none_or(|end| end <= characters.place())
            && let Some((stretch, last)) = before_last(plain(characters.same()))
        {
            edits.gap += stretch.chars().count() as u64;
            prediction.skip(last);
            characters.pass(stretch.len());
        }
        let Some((at, character, start)) = characters.next() else { break };
        let (mut slots, mut last, mut next) = (1, character, visible.len());
        // One character of the original may have become several: they go together.
        let mut ahead = characters.clone();
        while let Some((_, character, begin)) = ahead.next() {
            next = begin;
            if next > start {
                break;
            }
            (slots, last, next) = (slots + 1, character, visible.len());
            characters = ahead.clone();
        }
        let piece = visible.get(start..next)?;
        let after = at + character.len_utf8();
        if slots > 1 {
            edits.put(Some(Edit::Replaced(slots, piece)));
            prediction.skip(last);
            continue;
        }
        let expected = prediction.expect(character, folded.get(after..)?);
        let mut rest = piece.chars();
        let (first, rest) = (rest.next(), rest.as_str());
        // To compare with an empty text byte by byte, as `==` does, is slow on some processors: it was a fifth of adding documents.
        let is_spaced = if label == Some(after) { rest == " " } else { rest.is_empty() };
        if first == Some(expected) && is_spaced {
            prediction.saw(character, expected, expected);
            edits.put(None);
        } else {
            let edit = Edit::of(character, expected, piece);
            match edit.character(character, expected) {
                Some((actual, _)) => prediction.saw(character, expected, actual),
                None => prediction.skip(character),
            }
            edits.put(Some(edit));
        }
    }
    Some(())
}

/// The characters at the beginning that are expected to be what they are: none that a [`Prediction`] heeds.
fn plain(text: &str) -> &str {
    // Most are Chinese, of which no byte is ASCII: eight of them are told by one look.
    let (eights, _) = text.as_bytes().as_chunks::<8>();
    let chinese = 8 * eights.iter().take_while(|bytes| bytes.iter().fold(0x80, |all, byte| all & byte) != 0).count();
    let rest = text.as_bytes().get(chinese..).unwrap_or_default();
    let end = rest.iter().position(u8::is_ascii_punctuation).map_or(text.len(), |at| chinese + at);
    text.get(..end).unwrap_or_default()
}

/// All characters but the last one, with the last of them; none where there is at most one.
fn before_last(text: &str) -> Option<(&str, char)> {
    let mut characters = text.chars();
    characters.next_back()?;
    let stretch = characters.as_str();
    Some((stretch, stretch.chars().next_back()?))
}

/// The original text that [`encode`] was given with `folded`; none where the bytes are damaged or belong to another text.
pub(super) fn decode(folded: &str, packed: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(folded.len() + folded.len() / 4 + packed.len());
    decode_onto(folded, packed, &mut text)?;
    Some(text)
}

/// As [`decode`], appended to `text`; where it fails, something may have been appended.
pub(super) fn decode_onto(folded: &str, packed: &[u8], text: &mut String) -> Option<()> {
    let mut edits = Reading { packed, next: None, slot: 0, damaged: false };
    edits.advance();
    // Slots that a replacement has taken the place of.
    let mut replaced = 0_u64;
    let mut end = END;
    match edits.at(0) {
        Some(Edit::Replaced(slots, whole)) => {
            (end, replaced) = ("", slots.checked_sub(1)?);
            text.push_str(whole);
        }
        Some(edit) => end = edit.end()?,
        None => {}
    }
    if replaced > 0 {
        replaced -= 1;
    } else if let Some(edit) = edits.at(1) {
        text.push_str(edit.end()?);
    }
    let (mut prediction, label) = (Prediction::default(), label_end(folded));
    let (mut at, mut slot) = (0, FIRST_CHARACTER);
    while let Some(rest) = folded.get(at..)
        && let Some(character) = rest.chars().next()
    {
        // Nothing stands here but what is expected, as far as the next edit.
        let is_free = replaced == 0 && label.is_none_or(|end| end <= at);
        let stretch = if is_free { edits.free(slot, rest) } else { ("", 0) };
        if let Some(last) = stretch.0.chars().next_back() {
            text.push_str(stretch.0);
            prediction.skip(last);
            (at, slot) = (at + stretch.0.len(), slot + stretch.1);
            continue;
        }
        let after = at + character.len_utf8();
        (at, slot) = (after, slot + 1);
        if replaced > 0 {
            replaced -= 1;
            prediction.skip(character);
            continue;
        }
        let expected = prediction.expect(character, folded.get(after..)?);
        let space = if label == Some(after) { " " } else { "" };
        let (actual, space) = match edits.at(slot - 1) {
            None => (expected, space),
            Some(Edit::Replaced(slots, piece)) => {
                text.push_str(piece);
                prediction.skip(character);
                replaced = slots.checked_sub(1)?;
                continue;
            }
            Some(edit) => edit.character(character, expected)?,
        };
        prediction.saw(character, expected, actual);
        text.push(actual);
        text.push_str(space);
    }
    text.push_str(end);
    (edits.next.is_none() && replaced == 0 && !edits.damaged).then_some(())
}

/// Edits as they are read.
struct Reading<'packed> {
    /// What has not been read.
    packed: &'packed [u8],
    /// The next edit and its slot.
    next: Option<(u64, Edit<'packed>)>,
    /// The slot after the last edit.
    slot: u64,
    damaged: bool,
}

impl<'packed> Reading<'packed> {
    /// Reads the next edit, where there is one.
    fn advance(&mut self) {
        if self.packed.is_empty() {
            self.next = None;
        } else {
            let read = Edit::take(&mut self.packed);
            self.next = read.and_then(|(gap, edit)| Some((self.slot.checked_add(gap)?, edit)));
            self.damaged |= self.next.is_none();
        }
    }

    /// Characters at the beginning of `text`, which begins in this slot, that are what is expected of them, and how many: up to the next
    /// mark or edit, and no more than [`AT_ONCE`] bytes of them, since edits may stand close together for all of a long text.
    fn free<'text>(&self, slot: u64, text: &'text str) -> (&'text str, u64) {
        let free = self.next.map_or(u64::MAX, |(at, _)| at.saturating_sub(slot));
        if free == 0 {
            return ("", 0);
        }
        let stretch = plain(text.get(..text.floor_char_boundary(AT_ONCE)).unwrap_or(text));
        let count = stretch.chars().count() as u64;
        if free >= count {
            return (stretch, count);
        }
        let end = stretch.char_indices().nth(usize::try_from(free).unwrap_or_default()).map_or(0, |(at, _)| at);
        (stretch.get(..end).unwrap_or_default(), free)
    }

    /// The edit of this slot, where it has one.
    #[inline]
    fn at(&mut self, slot: u64) -> Option<Edit<'packed>> {
        let (_, edit) = self.next.filter(|(at, _)| *at == slot)?;
        let slots = if let Edit::Replaced(slots, _) = edit { slots } else { 1 };
        self.slot = slot.saturating_add(slots);
        self.advance();
        Some(edit)
    }
}

#[cfg(test)]
mod tests;
