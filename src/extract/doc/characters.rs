//! Characters: the text of all stories, gathered from the pieces that it lies in ([MS-DOC] §2.8.35, §2.9.38, `Clx`).
//!
//! A file that was saved in haste has many pieces, in any order. Each has its characters in one byte or in two, and may have properties
//! that go before those of the pages (`properties`). Takes both streams, gives UTF-16 units by position and where each lies in the stream.

use encoding_rs::WINDOWS_1252;

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;
use crate::extract::little_endian::{slice, u8_at, u16_at, u16s, usize_at};

use super::fib::{DOCUMENT, damaged};
use super::modifiers::shortened;
use super::plc::Plc;

/// A character lies in a byte at least, so that an honest file has no more of them than bytes.
const MOST_FOR_A_BYTE: usize = 2;

/// The characters of a file.
#[derive(Debug, Default)]
pub(super) struct Characters {
    /// All stories, one after another.
    pub(super) units: Vec<u16>,
    pieces: Vec<Piece>,
    /// Lists of modifiers that pieces refer to.
    modifiers: Vec<Vec<u8>>,
}

/// Characters that lie together.
#[derive(Debug)]
struct Piece {
    /// The position after its last character.
    end: usize,
    /// Position of its first character.
    start: usize,
    /// Where its first character lies in the stream, in bytes.
    offset: usize,
    /// The bytes of a character.
    width: usize,
    /// `Prm`: what is modified throughout.
    modifier: u16,
}

/// Where a character lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Bytes of the stream before it.
    pub(super) offset: usize,
    /// The position after the last character of its piece.
    pub(super) piece_end: usize,
    /// The bytes of a character in its piece.
    pub(super) width: usize,
    /// Which modifiers its piece has; for [`Characters::modifiers`].
    pub(super) modifier: u16,
}

impl Characters {
    /// Gathers the characters of the stream `word` by its part with the pieces.
    ///
    /// # Errors
    ///
    /// Where the part is damaged or names more characters than the stream has room for.
    pub(super) fn read(word: &[u8], part: &[u8], table_name: &str) -> Result<Self, ExtractError> {
        let mut characters = Self::default();
        let table = characters.piece_table(part).ok_or_else(|| damaged(table_name))?;
        let most = word.len().saturating_mul(MOST_FOR_A_BYTE);
        for (start, end, item) in Plc::new(table, 8).items() {
            let (Some(place), Some(modifier)) = (usize_at(item, 2), u16_at(item, 6)) else { continue };
            let length = end.checked_sub(start).filter(|_| start == characters.units.len()).ok_or_else(|| damaged(table_name))?;
            if end > most {
                return Err(too_large("个字符", "characters", most as u64));
            }
            // Bit 30 says that a character has one byte, and then the place is counted twice.
            let narrow = place & 0x4000_0000 != 0;
            let (offset, width) = if narrow { ((place & 0x3FFF_FFFF) / 2, 1) } else { (place & 0x3FFF_FFFF, 2) };
            let bytes = slice(word, offset, length * width).ok_or_else(|| damaged(DOCUMENT))?;
            if narrow {
                // One-byte characters are Western ones in every country ([MS-DOC] §2.9.73); Chinese text has two.
                characters.units.extend(WINDOWS_1252.decode_without_bom_handling(bytes).0.encode_utf16());
            } else {
                characters.units.extend(u16s(bytes));
            }
            characters.pieces.push(Piece { end, start, offset, width, modifier });
        }
        Ok(characters)
    }

    /// Where the character at a position lies.
    pub(super) fn place(&self, position: usize) -> Option<Place> {
        let piece = self.pieces.get(self.pieces.partition_point(|piece| piece.end <= position))?;
        let offset = piece.offset + position.checked_sub(piece.start)? * piece.width;
        Some(Place { offset, piece_end: piece.end, width: piece.width, modifier: piece.modifier })
    }

    /// The modifiers of a piece: a list of them, or a single one in short form as `(place in the table of §2.9.215, operand)`.
    pub(super) fn modifiers(&self, modifier: u16) -> (&[u8], Option<(u8, u8)>) {
        let [low, high] = modifier.to_le_bytes();
        if low & 1 != 0 {
            return (self.modifiers.get(usize::from(modifier >> 1)).map_or(&[], Vec::as_slice), None);
        }
        (&[], (modifier != 0).then_some((low >> 1, high)))
    }

    /// The table of pieces behind the lists of modifiers, which are kept.
    fn piece_table<'part>(&mut self, part: &'part [u8]) -> Option<&'part [u8]> {
        let mut at = 0;
        loop {
            match u8_at(part, at)? {
                1 => {
                    let length = usize::from(u16_at(part, at + 1)?);
                    self.modifiers.push(shortened(slice(part, at + 3, length)?));
                    at += 3 + length;
                }
                2 => return slice(part, at + 5, usize_at(part, at + 1)?),
                _ => return None,
            }
        }
    }
}
