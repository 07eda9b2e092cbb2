//! The rows of a list, kept tightly: all their words in two strings, and what stands in several rows one below the other (the title of a
//! document over its headings) only once.

use crate::text::fold;
use crate::text::pinyin::within::initials;

/// All rows, each with a cell for each column.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    columns: usize,
    cells: Vec<Stored>,
    /// The cells of each row, row by row.
    places: Vec<u32>,
    text: String,
    folded: String,
}

/// A cell: where it ends in the strings (it begins where the one before it ends), and what is in it.
#[derive(Debug, Clone, Copy)]
struct Stored {
    end: usize,
    folded_end: usize,
    signs: Signs,
}

/// What tells at a glance that most words are not in a text: a bit for each of its characters, several sharing one, and a bit for each
/// letter that one of them may be typed with first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signs(u64);

/// So many bits are for letters; the others for characters.
const LETTERS: u32 = 26;

impl Signs {
    /// The signs of a folded text.
    pub(super) fn of(folded: &str) -> Self {
        let sign = |character: char| 1 << (LETTERS + u32::from(character) % (u64::BITS - LETTERS));
        Self(folded.chars().fold(0, |signs, character| signs | sign(character) | u64::from(initials(character))))
    }

    /// Whether a folded word may be found in the text: one in Chinese needs all of its characters, however it is found; one in letters needs
    /// its first.
    pub(super) fn may_have(self, word: &str, signs: Self) -> bool {
        if word.is_ascii() {
            let first = word.chars().next().map_or(0, |first| u64::from(initials(first)));
            return first == 0 || first & self.0 != 0;
        }
        (signs.0 & !self.0) >> LETTERS == 0
    }
}

/// A folded cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folded<'a> {
    pub(super) text: &'a str,
    pub(super) signs: Signs,
}

impl Rows {
    /// No rows yet, each to have so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { columns, ..Self::default() }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.places.len().checked_div(self.columns).unwrap_or_default()
    }

    /// Adds a row; what is not searched is not folded.
    pub(super) fn push(&mut self, row: &[String], is_searched: impl Fn(usize) -> bool) {
        for column in 0..self.columns {
            let cell = row.get(column).map_or("", String::as_str);
            let above = self.places.len().checked_sub(self.columns).and_then(|above| self.places.get(above)).copied();
            let place = match above.filter(|above| self.text(*above) == cell) {
                Some(above) => above,
                None => self.store(cell, is_searched(column)),
            };
            self.places.push(place);
        }
    }

    /// What stands in a cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        self.place(row, column).map_or("", |place| self.text(place))
    }

    /// The same folded, with a number that is the same where the cell is.
    pub(super) fn folded(&self, row: usize, column: usize) -> Option<(u32, Folded<'_>)> {
        let place = self.place(row, column)?;
        let at = usize::try_from(place).ok()?;
        let stored = self.cells.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.cells.get(before)).map_or(0, |before| before.folded_end);
        Some((place, Folded { text: self.folded.get(start..stored.folded_end)?, signs: stored.signs }))
    }

    fn place(&self, row: usize, column: usize) -> Option<u32> {
        self.places.get(row * self.columns + column).copied()
    }

    fn text(&self, place: u32) -> &str {
        let at = usize::try_from(place).unwrap_or(usize::MAX);
        let start = at.checked_sub(1).and_then(|before| self.cells.get(before)).map_or(0, |before| before.end);
        self.cells.get(at).and_then(|stored| self.text.get(start..stored.end)).unwrap_or_default()
    }

    fn store(&mut self, cell: &str, is_searched: bool) -> u32 {
        let place = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.text.push_str(cell);
        let folded = if is_searched { fold::folded(cell) } else { String::new() };
        self.folded.push_str(&folded);
        let signs = Signs::of(&folded);
        self.cells.push(Stored { end: self.text.len(), folded_end: self.folded.len(), signs });
        place
    }
}
