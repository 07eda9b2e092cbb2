//! The terms that are asked for, picked from the texts themselves by a rule, the same for the same texts.
//!
//! The words of every eighth file are counted and put into bands by how often they occur (1, 2–3, 4–7, 8–15 …). Each band gives the
//! same number of words, evenly spaced in the order of their characters; what small bands lack, the band of the rarest gives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use celan::text::segment::Segmenter;

use crate::{Outcome, corpus};

/// Which files are looked at.
const EVERY: usize = 8;

/// Queries of one kind.
pub(crate) struct Set {
    /// What they have in common.
    pub(crate) name: &'static str,
    /// The terms of each query; all must occur.
    pub(crate) queries: Vec<Vec<String>>,
    /// Whether trigrams can find them.
    pub(crate) has_trigrams: bool,
    /// Whether these are the most frequent words of all.
    pub(crate) is_frequent: bool,
}

/// What stands in the texts.
#[derive(Default)]
struct Vocabulary {
    /// How often each word occurs.
    words: BTreeMap<String, usize>,
    /// How often each character occurs.
    characters: BTreeMap<String, usize>,
    /// The first and the last word of three characters or more of every line that has two.
    pairs: BTreeSet<[String; 2]>,
}

impl Vocabulary {
    fn of(texts: &Path) -> Outcome<Self> {
        let mut vocabulary = Self::default();
        let segmenter = Segmenter::full();
        for file in corpus::files(texts)?.iter().step_by(EVERY) {
            for line in fs::read_to_string(file).unwrap_or_default().lines() {
                vocabulary.read(line, &segmenter);
            }
        }
        Ok(vocabulary)
    }

    fn read(&mut self, line: &str, segmenter: &Segmenter) {
        let found = segmenter.words(line).into_iter().filter_map(|word| line.get(word));
        let found: Vec<_> = found.filter(|word| word.chars().all(is_common_han)).collect();
        for word in &found {
            *self.words.entry((*word).to_owned()).or_default() += 1;
            for character in word.chars() {
                *self.characters.entry(character.to_string()).or_default() += 1;
            }
        }
        let mut long = found.iter().filter(|word| word.chars().count() >= 3);
        if let (Some(first), Some(last)) = (long.next(), long.next_back())
            && first != last
        {
            self.pairs.insert([*first, *last].map(str::to_owned));
        }
    }

    /// `count` words whose number of characters is between two bounds.
    fn words(&self, shortest: usize, longest: usize, count: usize) -> Vec<String> {
        pick(self.words.iter().filter(|(word, _)| (shortest..=longest).contains(&word.chars().count())), count)
    }
}

/// The sets, in the order of the tables.
pub(crate) fn sets(texts: &Path) -> Outcome<Vec<Set>> {
    let vocabulary = Vocabulary::of(texts)?;
    let singles = |name, terms: Vec<String>, has_trigrams| Set {
        name,
        queries: terms.into_iter().map(|term| vec![term]).collect(),
        has_trigrams,
        is_frequent: false,
    };
    let pairs: Vec<_> = vocabulary.pairs.iter().map(|pair| pair.to_vec()).collect();
    let frequent = singles("应当, 规定, 的", ["应当", "规定", "的"].map(str::to_owned).to_vec(), false);
    Ok(vec![
        singles("250 words of 3–6 characters", vocabulary.words(3, 6, 250), true),
        singles("250 words of 2 characters", vocabulary.words(2, 2, 250), false),
        singles("100 single characters", pick(vocabulary.characters.iter(), 100), false),
        Set { name: "100 pairs of words", queries: spaced(&pairs, 100), has_trigrams: true, is_frequent: false },
        Set { is_frequent: true, ..frequent },
    ])
}

/// A character of the first block of Chinese characters.
fn is_common_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// `count` words over all bands.
fn pick<'word>(words: impl Iterator<Item = (&'word String, &'word usize)>, count: usize) -> Vec<String> {
    let mut bands: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (word, times) in words {
        bands.entry(times.ilog2()).or_default().push(word.clone());
    }
    let share = count / bands.len().max(1);
    let mut picked = Vec::new();
    // The band of the rarest words comes last and fills up what the others lack.
    for (band, words) in bands.iter().rev() {
        let wanted = if Some(band) == bands.keys().next() { count.saturating_sub(picked.len()) } else { share };
        picked.extend(spaced(words, wanted));
    }
    picked
}

/// `count` items at the same distance from each other; all where there are not more.
fn spaced<T: Clone>(items: &[T], count: usize) -> Vec<T> {
    if items.len() <= count {
        return items.to_vec();
    }
    (0..count).filter_map(|at| items.get(at * items.len() / count).cloned()).collect()
}
