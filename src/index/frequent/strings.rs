//! Finding many strings at all the places of a text: single characters, pairs of them, and longer ones by the pair that they begin with.
//!
//! Most places of a text hold something that is looked for, and most of that is a character or a pair: a look into a table for each
//! character and one for each pair takes less time than an automaton that goes from state to state.

use rustc_hash::FxHashMap;

/// Strings to be found.
#[derive(Debug)]
pub(super) struct Strings {
    /// The rank of each character up to [`TABLE`], one more than its place in `known`; 0 for one that is in no string.
    ranks: Vec<u16>,
    /// The ranks of those beyond.
    rare: FxHashMap<char, u16>,
    known: Vec<Known>,
    /// The pairs, and those that longer strings begin with: the number of the string.
    pairs: FxHashMap<Pair, u32>,
    longer: FxHashMap<Pair, Vec<Longer>>,
}

/// The ranks of two characters, in one number.
type Pair = u32;

const fn pair(first: u16, second: u16) -> Pair {
    (first as u32) << 16 | second as u32
}

/// Characters with a place in the table of ranks: nearly all that occur, in few enough bytes for the memory next to the processor.
const TABLE: usize = 0x1_0000;

/// What is known of a character.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// The number of its own string, or [`NONE`].
    string: u32,
    /// What follows it where something that is looked for begins with it: a bit for the last bits of each rank; none where nothing does.
    seconds: u64,
}

/// No string.
const NONE: u32 = u32::MAX;

/// Set in the number of a pair that longer strings begin with.
const BEGINS_LONGER: u32 = 1 << 31;

/// The bit that stands for a rank.
const fn bit(rank: u16) -> u64 {
    1 << (rank % 64)
}

/// A string of three characters and more.
#[derive(Debug)]
struct Longer {
    /// What follows its first two characters.
    rest: String,
    string: u32,
}

/// Where a string was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The number of the string.
    pub(super) string: u32,
    /// Its bytes.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Strings {
    /// Strings of one character and more; their numbers are their places in the list.
    pub(super) fn new(strings: &[String]) -> Self {
        let (pairs, longer) = (FxHashMap::default(), FxHashMap::default());
        let mut found = Self { ranks: vec![0; TABLE], rare: FxHashMap::default(), known: Vec::new(), pairs, longer };
        for (number, string) in (0..).zip(strings) {
            let mut characters = string.chars();
            let Some(first) = characters.next() else { continue };
            let Some(second) = characters.next() else {
                found.learn(first, |known| known.string = number);
                continue;
            };
            let second = found.learn(second, |_| ());
            let pair = pair(found.learn(first, |known| known.seconds |= bit(second)), second);
            let begun = found.pairs.entry(pair).or_insert(NONE & !BEGINS_LONGER);
            let rest = characters.as_str();
            if rest.is_empty() {
                *begun = number | (*begun & BEGINS_LONGER);
            } else {
                *begun |= BEGINS_LONGER;
                found.longer.entry(pair).or_default().push(Longer { rest: rest.to_owned(), string: number });
            }
        }
        found
    }

    /// Notes something of a character; gives its rank. Strings are far fewer than ranks.
    fn learn(&mut self, character: char, note: impl FnOnce(&mut Known)) -> u16 {
        let rank = match self.ranks.get_mut(character as usize) {
            Some(rank) => rank,
            None => self.rare.entry(character).or_default(),
        };
        if *rank == 0 {
            self.known.push(Known { string: NONE, seconds: 0 });
            *rank = u16::try_from(self.known.len()).unwrap_or_default();
        }
        let rank = *rank;
        if let Some(known) = self.known.get_mut(usize::from(rank).wrapping_sub(1)) {
            note(known);
        }
        rank
    }

    /// The rank of a character, and what is known of it.
    fn known(&self, character: char) -> Option<(u16, Known)> {
        let rank = match self.ranks.get(character as usize) {
            Some(rank) => *rank,
            None => *self.rare.get(&character)?,
        };
        Some((rank, *self.known.get(usize::from(rank).checked_sub(1)?)?))
    }

    /// Tells every place of every string; those of one string in order.
    pub(super) fn find(&self, text: &str, tell: &mut impl FnMut(Place)) {
        // The place of the character before, its rank and what may follow it, where something may begin with it.
        let mut before: Option<(usize, u16, u64)> = None;
        for (at, character) in text.char_indices() {
            let Some((rank, known)) = self.known(character) else {
                before = None;
                continue;
            };
            let end = at + character.len_utf8();
            if known.string != NONE {
                tell(Place { string: known.string, start: at, end });
            }
            if let Some((start, first, _)) = before.filter(|(_, _, seconds)| seconds & bit(rank) != 0)
                && let Some(found) = self.pairs.get(&pair(first, rank))
            {
                let (place, string) = (Place { string: NONE, start, end }, found & !BEGINS_LONGER);
                if string != NONE & !BEGINS_LONGER {
                    tell(Place { string, ..place });
                }
                if found & BEGINS_LONGER != 0 {
                    self.find_longer(pair(first, rank), text.get(end..).unwrap_or_default(), place, tell);
                }
            }
            before = (known.seconds != 0).then_some((at, rank, known.seconds));
        }
    }

    /// Tells the longer strings that begin with the pair at this place, which `rest` follows.
    fn find_longer(&self, pair: Pair, rest: &str, place: Place, tell: &mut impl FnMut(Place)) {
        for longer in self.longer.get(&pair).into_iter().flatten() {
            if rest.starts_with(longer.rest.as_str()) {
                tell(Place { string: longer.string, end: place.end + longer.rest.len(), ..place });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_every_string_is_found() {
        let strings = ["的", "发展", "展的", "发展的", "发展的𠮷", "𠮷", "无"].map(str::to_owned);
        let text = "发展的发展的𠮷展";
        let mut found = Vec::new();
        Strings::new(&strings).find(text, &mut |place| found.push(place));
        let mut expected = Vec::new();
        for (string, looked_for) in (0..).zip(&strings) {
            for (start, matched) in text.match_indices(looked_for.as_str()) {
                expected.push(Place { string, start, end: start + matched.len() });
            }
        }
        found.sort_by_key(|place| (place.string, place.start));
        assert_eq!(found, expected);
    }
}
