//! The words of a shelf: each with the number of its units that hold it. The single characters stand among them, with the number of
//! different neighbours that follow them, because nearly every one is a word.
//!
//! Counted document by document ([`Counts`]) and put together ([`Words`]). In bytes they stand sorted: for each word the length of what it
//! shares with the one before, the length and the bytes of what it does not, and the number of units; all numbers as [`varint`].

use rustc_hash::FxHashMap;

use super::varint;

/// Bits of a character in a number that stands for a word.
const CHARACTER_BITS: u32 = 21;

/// The longest word that a number stands for; nearly all have two or three characters.
const SHORT: usize = 3;

/// The number that stands for a short word; none for a longer one.
fn short(word: &str) -> Option<u64> {
    let mut number = 0;
    for (at, character) in word.chars().enumerate() {
        if at == SHORT {
            return None;
        }
        // No character is 0, so that no two words are one number.
        number = number << CHARACTER_BITS | (u64::from(character) + 1);
    }
    Some(number)
}

/// The word that a number stands for.
fn word(number: u64) -> String {
    let codes = [2, 1, 0].into_iter().map(|place| number >> (place * CHARACTER_BITS) & ((1 << CHARACTER_BITS) - 1));
    codes.filter_map(|code| char::from_u32(u32::try_from(code).ok()?.checked_sub(1)?)).collect()
}

/// Words being counted: the number of units that hold each, and the last of them.
#[derive(Debug, Default)]
pub(in crate::index) struct Counts {
    short: FxHashMap<u64, (u32, usize)>,
    long: FxHashMap<String, (u32, usize)>,
}

/// The words of a document with the number of units that hold each, in any order; a third of the memory that counting takes.
#[derive(Debug, Default)]
pub(in crate::index) struct Counted {
    short: Vec<(u64, u32)>,
    long: Vec<(String, u32)>,
}

impl Counts {
    /// Takes a word of a unit; units come in order.
    pub(in crate::index) fn note(&mut self, word: &str, unit: usize) {
        let known = match short(word) {
            Some(number) => Some(self.short.entry(number).or_insert((0, usize::MAX))),
            None => self.long.get_mut(word),
        };
        match known {
            Some((units, last)) if *last != unit => (*units, *last) = (*units + 1, unit),
            Some(_) => {}
            None => drop(self.long.insert(word.to_owned(), (1, unit))),
        }
    }

    /// What has been counted.
    pub(in crate::index) fn finish(self) -> Counted {
        Counted {
            short: self.short.into_iter().map(|(word, (units, _))| (word, units)).collect(),
            long: self.long.into_iter().map(|(word, (units, _))| (word, units)).collect(),
        }
    }
}

/// The words of a shelf.
#[derive(Debug, Default)]
pub(in crate::index) struct Words {
    short: FxHashMap<u64, u32>,
    long: FxHashMap<String, u32>,
}

impl Words {
    /// Takes the words of a document.
    pub(in crate::index) fn push(&mut self, counted: Counted) {
        for (word, units) in counted.short {
            *self.short.entry(word).or_default() += units;
        }
        for (word, units) in counted.long {
            *self.long.entry(word).or_default() += units;
        }
    }

    /// All of them with the number of units, sorted.
    pub(in crate::index) fn sorted(self) -> Vec<(String, u32)> {
        let short = self.short.into_iter().map(|(number, units)| (word(number), units));
        let mut words: Vec<_> = self.long.into_iter().chain(short).collect();
        words.sort_unstable();
        words
    }
}

/// Writes words, sorted.
pub(super) fn write(words: &[(String, u32)]) -> Vec<u8> {
    let mut section = Vec::with_capacity(words.len() * 8);
    let mut before: &[u8] = &[];
    for (word, units) in words {
        let word = word.as_bytes();
        let shared = word.iter().zip(before).take_while(|(left, right)| left == right).count();
        varint::put(&mut section, shared as u64);
        varint::put_bytes(&mut section, word.get(shared..).unwrap_or_default());
        varint::put(&mut section, u64::from(*units));
        before = word;
    }
    section
}

/// Tells every word and the number of units; none where the section is damaged.
pub(super) fn read(mut section: &[u8], tell: &mut dyn FnMut(&str, u64)) -> Option<()> {
    let mut word: Vec<u8> = Vec::new();
    while !section.is_empty() {
        let shared = usize::try_from(varint::take(&mut section)?).ok().filter(|shared| *shared <= word.len())?;
        word.truncate(shared);
        word.extend(varint::take_bytes(&mut section)?);
        tell(str::from_utf8(&word).ok()?, varint::take(&mut section)?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_once_in_each_unit_that_holds_it() {
        let mut words = Words::default();
        for units in [[["易货", "区域全面经济伙伴"], ["𠮷野", "易货"]], [["易货", "易货"], ["a\0", "a\0\0"]]] {
            let mut counts = Counts::default();
            units.iter().enumerate().for_each(|(unit, words)| words.iter().for_each(|word| counts.note(word, unit)));
            words.push(counts.finish());
        }
        let expected = [("a\0", 1), ("a\0\0", 1), ("区域全面经济伙伴", 1), ("易货", 3), ("𠮷野", 1)];
        assert_eq!(words.sorted(), expected.map(|(word, units)| (word.to_owned(), units)));
    }

    #[test]
    fn words_are_read_as_they_were_written() {
        let words = [("rcep", 3), ("易货", 1), ("易货贸易", 70_000), ("货物", 2)].map(|(word, units)| (word.to_owned(), units));
        let section = write(&words);
        let read_all = |section: &[u8]| {
            let mut found = Vec::new();
            read(section, &mut |word, units| found.push((word.to_owned(), u32::try_from(units).unwrap()))).map(|()| found)
        };
        assert_eq!(read_all(&section).unwrap(), words);
        assert_eq!(read_all(&[]).unwrap(), []);
        for length in 1..section.len() {
            // Cut short it is refused, or what can be read is right.
            assert!(read_all(section.get(..length).unwrap()).is_none_or(|found| words.starts_with(&found)));
        }
        assert_eq!(read_all(&[9, 0, 1]), None, "more shared than there is");
    }
}
