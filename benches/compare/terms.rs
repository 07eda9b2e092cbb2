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
}

/// The sets, in the order of the tables.
pub(crate) fn sets(texts: &Path) -> Outcome<Vec<Set>> {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    let mut characters: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs = BTreeSet::new();
    let segmenter = Segmenter::full();
    for file in corpus::files(texts)?.iter().step_by(EVERY) {
        for line in fs::read_to_string(file).unwrap_or_default().lines() {
            let found = segmenter.words(line).into_iter().filter_map(|word| line.get(word));
            let found: Vec<_> = found.filter(|word| word.chars().all(is_common_han)).collect();
            for word in &found {
                *words.entry((*word).to_owned()).or_default() += 1;
                for character in word.chars() {
                    *characters.entry(character.to_string()).or_default() += 1;
                }
            }
            let mut long = found.iter().filter(|word| word.chars().count() >= 3);
            if let (Some(first), Some(last)) = (long.next(), long.next_back())
                && first != last
            {
                pairs.insert([*first, *last].map(str::to_owned));
            }
        }
    }
    let of_length =
        |lengths: [usize; 2]| words.iter().filter(move |(word, _)| (lengths[0]..=lengths[1]).contains(&word.chars().count()));
    let single = |terms: Vec<String>| terms.into_iter().map(|term| vec![term]).collect();
    Ok(vec![
        Set { name: "250 words of 3–6 characters", queries: single(pick(of_length([3, 6]), 250)), has_trigrams: true },
        Set { name: "250 words of 2 characters", queries: single(pick(of_length([2, 2]), 250)), has_trigrams: false },
        Set { name: "100 single characters", queries: single(pick(characters.iter(), 100)), has_trigrams: false },
        Set {
            name: "100 pairs of words",
            queries: spaced(&pairs.iter().map(|pair| pair.to_vec()).collect::<Vec<_>>(), 100),
            has_trigrams: true,
        },
        Set {
            name: "应当, 规定, 的", queries: single(["应当", "规定", "的"].map(str::to_owned).to_vec()), has_trigrams: false
        },
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
