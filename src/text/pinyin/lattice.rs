//! A lattice over pinyin: strings of several words that are read as it was typed.
//!
//! No dictionary has 易货贸易, but it has 易货 and 贸易. [`PinyinQuery::lattice`] takes a vocabulary and finds every word that is read as
//! some stretch of the letters; [`Lattice::readings`] puts them together, the fewest words first. A vocabulary knows no sentences:
//! the caller says which strings occur, and is asked while they grow, so that what occurs nowhere is not followed further.

use std::collections::BTreeSet;

use super::{PinyinQuery, PinyinWord, Quality, bit_of, first_letters, places};

/// The most words kept for one stretch of letters.
const MOST_FOR_A_STRETCH: usize = 400;

/// The most strings of one number of words that the caller is asked about.
const MOST_QUESTIONS: usize = 20_000;

/// The most words that a reading is made of.
const MOST_WORDS: usize = 6;

/// All words of a vocabulary that are read as a stretch of the letters.
#[derive(Debug, Clone)]
pub struct Lattice {
    length: usize,
    ways: Vec<Steps>,
}

/// The steps of one way of reading.
#[derive(Debug, Clone)]
struct Steps {
    quality: Quality,
    /// For every place, the words that begin there, the shortest stretch first and the most frequent first.
    from: Vec<Vec<Step>>,
}

/// A word and the place where it ends.
#[derive(Debug, Clone)]
struct Step {
    to: usize,
    word: PinyinWord,
}

/// A string that is read as the whole of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The string.
    pub text: String,
    /// The words that it was made of, in order.
    pub words: Vec<String>,
    /// How it was typed.
    pub quality: Quality,
}

/// A reading as it grows.
#[derive(Debug, Clone)]
struct Growing<'lattice> {
    at: usize,
    words: Vec<&'lattice str>,
    /// The sum of the logarithms of the frequencies.
    weight: f64,
}

impl PinyinQuery {
    /// Finds the words of a vocabulary (word and frequency) that are read as any stretch of the letters.
    #[must_use]
    pub fn lattice<'word>(&self, vocabulary: impl IntoIterator<Item = (&'word str, u64)>) -> Lattice {
        let length = self.letters.len();
        let empty = |quality| Steps { quality, from: vec![Vec::new(); length] };
        let mut lattice = Lattice { length, ways: self.ways.iter().map(|way| empty(way.quality)).collect() };
        for (word, frequency) in vocabulary {
            let first = word.chars().next().map_or(0, first_letters);
            if first == 0 {
                continue;
            }
            for (way, steps) in self.ways.iter().zip(&mut lattice.ways) {
                for ((start, letter), from) in self.letters.iter().enumerate().zip(&mut steps.from) {
                    if first & bit_of(*letter) == 0 || way.bounds & (1 << start) == 0 {
                        continue;
                    }
                    from.extend(
                        places(self.ends(*way, word, start))
                            .map(|to| Step { to, word: PinyinWord { word: word.to_owned(), frequency, quality: way.quality } }),
                    );
                }
            }
        }
        lattice.ways.iter_mut().flat_map(|steps| &mut steps.from).for_each(keep_best);
        lattice
    }
}

/// Sorts the steps from one place and leaves out the rarest.
fn keep_best(steps: &mut Vec<Step>) {
    steps.sort_by(|left, right| {
        (left.to, right.word.frequency, &left.word.word).cmp(&(right.to, left.word.frequency, &right.word.word))
    });
    let mut count = (0, 0);
    steps.retain(|step| {
        count = if count.0 == step.to { (step.to, count.1 + 1) } else { (step.to, 1) };
        count.1 <= MOST_FOR_A_STRETCH
    });
}

impl Lattice {
    /// The number of letters: the place after the last.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The words that are read as the letters from one place to another: by quality, then the most frequent first.
    pub fn words(&self, from: usize, to: usize) -> impl Iterator<Item = &PinyinWord> {
        let steps = self.ways.iter().filter_map(move |steps| steps.from.get(from)).flatten();
        steps.filter(move |step| step.to == to).map(|step| &step.word)
    }

    /// The best strings that are read as all the letters, at most so many: by quality, then the fewest words, then the most frequent.
    ///
    /// `occurs` says whether a string is found in the texts. It is asked about beginnings too, at most some ten thousand times: it
    /// has to be quick. One who cannot tell says yes and looks at the readings afterwards.
    #[must_use]
    pub fn readings(&self, most: usize, mut occurs: impl FnMut(&str) -> bool) -> Vec<Reading> {
        let mut readings = Vec::new();
        let mut seen = BTreeSet::new();
        for steps in &self.ways {
            let mut growing = vec![Growing { at: 0, words: Vec::new(), weight: 0.0 }];
            for _ in 0..MOST_WORDS {
                growing = steps.grown(&growing);
                growing.retain(|one| occurs(&one.words.concat()));
                let (whole, rest) = growing.into_iter().partition(|one| one.at == self.length);
                growing = rest;
                let whole: Vec<Growing<'_>> = whole;
                let fresh = whole.into_iter().map(|one| one.finish(steps.quality)).filter(|one| seen.insert(one.text.clone()));
                readings.extend(fresh);
                if readings.len() >= most {
                    readings.truncate(most);
                    return readings;
                }
            }
        }
        readings
    }
}

impl Steps {
    /// Every string longer by every word that can follow; the most frequent first, the rarest left out.
    fn grown<'lattice>(&'lattice self, growing: &[Growing<'lattice>]) -> Vec<Growing<'lattice>> {
        let mut ways = Vec::new();
        for (before, one) in growing.iter().enumerate() {
            for step in self.from.get(one.at).into_iter().flatten() {
                ways.push((one.weight + weight(step.word.frequency), before, step));
            }
        }
        // The sort is stable: among equals the order is that of the words before, then that of the steps.
        ways.sort_by(|left, right| right.0.total_cmp(&left.0));
        ways.truncate(MOST_QUESTIONS);
        let longer = ways.into_iter().filter_map(|(weight, before, step)| {
            let mut words = growing.get(before)?.words.clone();
            words.push(&step.word.word);
            Some(Growing { at: step.to, words, weight })
        });
        longer.collect()
    }
}

impl Growing<'_> {
    fn finish(&self, quality: Quality) -> Reading {
        Reading { text: self.words.concat(), words: self.words.iter().map(|word| (*word).to_owned()).collect(), quality }
    }
}

#[expect(clippy::cast_precision_loss, reason = "frequencies are compared, not counted")]
fn weight(frequency: u64) -> f64 {
    (frequency.max(1) as f64).ln()
}
