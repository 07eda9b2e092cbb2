//! Pinyin: Chinese words found by how they are read, without tones.
//!
//! [`PinyinQuery::parse`] takes what was typed: whole syllables (`yihuomaoyi`, `yi huo mao yi`, `yi'huo'mao'yi`), initials (`yhmy`, `zhsh` or
//! `zs` for 招商), or both (`yihmy`) where it is neither of the two; ü is typed `v` or `u`. Letters that cannot be read so are no
//! pinyin. A string can be cut in more than one way (`xian` 先, 西安): words are compared with the letters, so that every cut and every
//! reading of a character counts. [`best`] finds words of a vocabulary, [`lattice`] strings made of several. Which of them occur in the
//! texts is for the caller to see. The readings are those of the crate `pinyin`, constants of the program that cost nothing to load.

pub mod lattice;
mod syllables;
pub mod within;

use pinyin::ToPinyinMulti;

/// The most letters that are read as pinyin; what is longer is no query of words.
const MOST_LETTERS: usize = 100;

/// How a word was typed; the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// Every syllable whole: `yihuomaoyi`.
    Full,
    /// Some syllables whole, of the others the initial: `yihmy`.
    Mixed,
    /// Initials alone: `yhmy`.
    Initials,
}

/// A string of letters that can be read as pinyin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinyinQuery {
    /// The letters, lower case, ü as v, without what sets syllables apart.
    letters: Vec<u8>,
    /// The places between letters where a syllable must end, as bits.
    breaks: Places,
    /// The ways of reading that are possible, the better first; never empty.
    ways: Vec<Way>,
}

/// Places between letters, as bits: 0 before the first, `n` after the `n`th.
type Places = u128;

/// One way of reading the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    quality: Quality,
    /// The places at which a syllable of some whole reading begins or ends.
    bounds: Places,
}

/// A word that is read as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinyinWord {
    /// The word, as in the vocabulary.
    pub word: String,
    /// Its frequency there.
    pub frequency: u64,
    /// How it was typed.
    pub quality: Quality,
}

/// The readings of a character without tones, the usual one first, ü as such; none where it is not Chinese.
#[must_use]
pub fn readings(character: char) -> Vec<&'static str> {
    let mut readings: Vec<&str> = Vec::new();
    for reading in sounds(character) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// The same, and a reading again for every tone that it has: for those who only look for one.
fn sounds(character: char) -> impl Iterator<Item = &'static str> {
    character.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain)
}

/// The words of a vocabulary (word and frequency) that are read as the whole of `query`: by quality, then the most frequent first.
#[must_use]
pub fn best<'word>(query: &PinyinQuery, vocabulary: impl IntoIterator<Item = (&'word str, u64)>, most: usize) -> Vec<PinyinWord> {
    let found = vocabulary.into_iter().filter_map(|(word, frequency)| {
        query.matches(word).map(|quality| PinyinWord { word: word.to_owned(), frequency, quality })
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by(|left, right| (left.quality, right.frequency, &left.word).cmp(&(right.quality, left.frequency, &right.word)));
    found.truncate(most);
    found
}

impl PinyinQuery {
    /// Reads what was typed; none where it is not letters that can be read as pinyin, two of them at least. Linear in its length.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let mut letters = Vec::new();
        let mut breaks = 0;
        for character in typed.trim().chars() {
            match character {
                'a'..='z' | 'A'..='Z' => letters.push(u8::try_from(character.to_ascii_lowercase()).ok()?),
                'ü' | 'Ü' => letters.push(b'v'),
                '\'' | '’' | '‘' | '＇' => breaks |= 1 << letters.len(),
                space if space.is_whitespace() => breaks |= 1 << letters.len(),
                _ => return None,
            }
            if letters.len() > MOST_LETTERS {
                return None;
            }
        }
        let mut query = Self { letters, breaks, ways: Vec::new() };
        for quality in [Quality::Full, Quality::Initials] {
            query.ways.extend(query.way(quality));
        }
        if query.ways.is_empty() {
            query.ways.extend(query.way(Quality::Mixed));
        }
        (query.letters.len() > 1 && !query.ways.is_empty()).then_some(query)
    }

    /// The letters as read: without what sets them apart, ü as v.
    #[must_use]
    pub fn letters(&self) -> String {
        self.letters.iter().copied().map(char::from).collect()
    }

    /// Whether the letters are a reading of the whole of `word`, and in what way.
    #[must_use]
    pub fn matches(&self, word: &str) -> Option<Quality> {
        let first = first_letters(word.chars().next()?);
        if self.letters.first().is_none_or(|letter| first & bit_of(*letter) == 0) {
            return None;
        }
        let end: Places = 1 << self.letters.len();
        self.ways.iter().find(|way| self.ends(**way, word, 0) & end != 0).map(|way| way.quality)
    }

    /// Whether a word may be read as some stretch of the letters: quick, and never wrong where it says no.
    #[must_use]
    pub fn may_hold(&self, word: &str) -> bool {
        let letters = self.letters.iter().fold(0, |bits, letter| bits | bit_of(*letter));
        word.chars().all(|character| first_letters(character) & letters != 0)
    }

    /// Where `word` may end when it begins at `start`.
    fn ends(&self, way: Way, word: &str, start: usize) -> Places {
        let mut at: Places = 1 << start;
        for character in word.chars() {
            at = self.after(way, character, at);
            if at == 0 {
                break;
            }
        }
        at
    }

    /// The places after `character`, where it begins at one of the places `from`.
    fn after(&self, way: Way, character: char, from: Places) -> Places {
        let mut after = 0;
        for sound in sounds(character) {
            for start in places(from) {
                after |= self.spelled(way, sound, start);
            }
        }
        after & way.bounds
    }

    /// The places to which one reading of a character reaches.
    fn spelled(&self, way: Way, sound: &str, start: usize) -> Places {
        let Some(rest) = self.letters.get(start..) else { return 0 };
        let mut reached = 0;
        if way.quality != Quality::Initials && spells(rest, sound) {
            reached |= self.step(start, sound.chars().count());
        }
        if way.quality != Quality::Full && rest.first() == sound.as_bytes().first() {
            reached |= self.step(start, 1);
            let has_two = sound.as_bytes().get(1) == Some(&b'h');
            if has_two && rest.get(1) == Some(&b'h') {
                reached |= self.step(start, 2);
            }
        }
        reached
    }

    /// The place `length` letters on, unless a syllable must end before it.
    fn step(&self, start: usize, length: usize) -> Places {
        let inside = ((1 << (length - 1)) - 1) << (start + 1);
        if self.breaks & inside == 0 { 1 << (start + length) } else { 0 }
    }

    /// The places on whole readings of this quality, where there are any.
    fn way(&self, quality: Quality) -> Option<Way> {
        let length = self.letters.len();
        let mut forward: Places = 1;
        let mut steps = vec![0; length];
        for start in 0..length {
            if forward & (1 << start) != 0
                && let Some(steps) = steps.get_mut(start)
            {
                *steps = self.syllables_at(quality, start);
                forward |= *steps;
            }
        }
        let mut bounds: Places = forward & (1 << length);
        for (start, steps) in steps.iter().enumerate().rev() {
            if steps & bounds != 0 {
                bounds |= 1 << start;
            }
        }
        (bounds & 1 != 0).then_some(Way { quality, bounds })
    }

    /// Where a syllable, or what stands for one, may end that begins at `start`.
    fn syllables_at(&self, quality: Quality, start: usize) -> Places {
        let rest = self.letters.get(start..).unwrap_or_default();
        let mut ends = 0;
        if quality != Quality::Initials {
            for length in syllables::lengths(rest) {
                ends |= self.step(start, length);
            }
        }
        if quality != Quality::Full {
            for length in syllables::initial_lengths(rest) {
                ends |= self.step(start, length);
            }
        }
        ends
    }
}

/// Whether the letters begin with this reading, ü typed as v or u.
fn spells(letters: &[u8], sound: &str) -> bool {
    let mut letters = letters.iter();
    sound.chars().all(|sound| {
        letters.next().is_some_and(|letter| char::from(*letter) == sound || sound == 'ü' && matches!(letter, b'v' | b'u'))
    })
}

/// The places in the set, rising.
fn places(mut set: Places) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (set != 0).then_some(set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(place)
    })
}

/// The letters that the readings of a character begin with, as bits.
fn first_letters(character: char) -> u32 {
    sounds(character).filter_map(|sound| sound.bytes().next()).fold(0, |bits, letter| bits | bit_of(letter))
}

fn bit_of(letter: u8) -> u32 {
    if letter.is_ascii_lowercase() { 1 << (letter - b'a') } else { 0 }
}

#[cfg(test)]
mod tests;
