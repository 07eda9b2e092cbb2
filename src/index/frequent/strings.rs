//! Finding many strings at all the places of a text: single characters, pairs of them, and longer ones by the pair that they begin with.
//!
//! Most places of a text hold something that is looked for, and most of that is a character or a pair: a look into a table for each
//! character and one for each pair takes less time than an automaton that goes from state to state.

use rustc_hash::FxHashMap;

/// Strings to be found.
#[derive(Debug)]
pub(super) struct Strings {
    /// The number of each character's string; none for the others.
    characters: FxHashMap<char, u32>,
    pairs: FxHashMap<(char, char), Begun>,
}

/// The strings that begin with a pair.
#[derive(Debug, Default)]
struct Begun {
    /// The number of the pair itself, where it is looked for.
    pair: Option<u32>,
    /// Longer strings: what follows the pair, how many characters that is, and the number.
    longer: Vec<(String, u32, u32)>,
}

/// Where a string was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The number of the string.
    pub(super) string: u32,
    /// Its bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The character it begins with, and the one after it, counted from the start of the text.
    pub(super) first: usize,
    pub(super) after: usize,
}

impl Strings {
    /// Strings of one character and more; their numbers are their places in the list.
    pub(super) fn new(strings: &[String]) -> Self {
        let mut found = Self { characters: FxHashMap::default(), pairs: FxHashMap::default() };
        for (number, string) in (0..).zip(strings) {
            let mut characters = string.chars();
            match (characters.next(), characters.next(), characters.as_str()) {
                (None, ..) => {}
                (Some(only), None, _) => drop(found.characters.insert(only, number)),
                (Some(first), Some(second), "") => found.pairs.entry((first, second)).or_default().pair = Some(number),
                (Some(first), Some(second), rest) => {
                    let length = u32::try_from(rest.chars().count()).unwrap_or(u32::MAX);
                    found.pairs.entry((first, second)).or_default().longer.push((rest.to_owned(), length, number));
                }
            }
        }
        found
    }

    /// Tells every place of every string; those of one string in order. Gives the number of characters.
    pub(super) fn find(&self, text: &str, tell: &mut impl FnMut(Place)) -> usize {
        let mut before: Option<(usize, char)> = None;
        let mut count = 0;
        for (number, (at, character)) in text.char_indices().enumerate() {
            let end = at + character.len_utf8();
            if let Some(string) = self.characters.get(&character) {
                tell(Place { string: *string, start: at, end, first: number, after: number + 1 });
            }
            if let Some((start, first)) = before
                && let Some(begun) = self.pairs.get(&(first, character))
            {
                if let Some(string) = begun.pair {
                    tell(Place { string, start, end, first: number - 1, after: number + 1 });
                }
                for (rest, length, string) in &begun.longer {
                    if text.get(end..).is_some_and(|text| text.starts_with(rest.as_str())) {
                        let after = number + 1 + *length as usize;
                        tell(Place { string: *string, start, end: end + rest.len(), first: number - 1, after });
                    }
                }
            }
            before = Some((at, character));
            count = number + 1;
        }
        count
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
        let count = Strings::new(&strings).find(text, &mut |place| found.push(place));
        assert_eq!(count, text.chars().count());
        let mut expected = Vec::new();
        for (string, looked_for) in (0..).zip(&strings) {
            for (start, matched) in text.match_indices(looked_for.as_str()) {
                let number = |at: usize| text.char_indices().filter(|(other, _)| *other < at).count();
                let end = start + matched.len();
                expected.push(Place { string, start, end, first: number(start), after: number(end) });
            }
        }
        found.sort_by_key(|place| (place.string, place.start));
        assert_eq!(found, expected);
    }
}
