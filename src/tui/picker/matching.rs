//! How a row answers what is typed: every word of it must be found in one of the row's cells, as it stands after folding, else as pinyin,
//! else with gaps (农电 in 农村电商). As it stands is better than as pinyin, and early better than late.

use std::ops::Range;

use super::rows::{Folded, Signs};
use crate::text::fold;
use crate::text::pinyin::within::within;

/// What is typed, word by word.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<(String, Signs)>,
}

/// How well words fit; the smallest is the best.
pub type Rank = u32;

/// A place counts so much at most.
const MOST_PLACE: usize = 999;
/// What a worse way of fitting costs.
const WAY: Rank = 10_000;

/// How a word was found in a folded cell.
struct Found {
    rank: Rank,
    /// Bytes of the folded cell.
    marks: Vec<Range<usize>>,
}

impl Words {
    /// Cuts what is typed at white space.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(fold::folded).filter(|word| !word.is_empty());
        let with_signs = words.map(|word| {
            let signs = Signs::of(&word);
            (word, signs)
        });
        Self { words: with_signs.collect() }
    }

    /// How well each word fits a folded cell, put into `ranks`; none for one that is not found.
    pub(super) fn rank(&self, cell: Folded<'_>, ranks: &mut Vec<Option<Rank>>) {
        let rank = |(word, signs): &(String, Signs)| {
            if cell.signs.may_have(word, *signs) { find(word, cell.text).map(|found| found.rank) } else { None }
        };
        ranks.clear();
        ranks.extend(self.words.iter().map(rank));
    }

    /// How many words there are.
    pub(super) const fn len(&self) -> usize {
        self.words.len()
    }

    /// What of a cell was found, in bytes of it, in order and apart.
    #[must_use]
    pub fn marks(&self, cell: &str) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let folded = fold::fold(cell);
        let found = self.words.iter().filter_map(|(word, _)| find(word, &folded.text)).flat_map(|found| found.marks);
        let mut marks: Vec<Range<usize>> = found.map(|mark| folded.original(mark)).collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for mark in marks {
            match apart.last_mut().filter(|last| mark.start <= last.end) {
                Some(last) => last.end = last.end.max(mark.end),
                None => apart.push(mark),
            }
        }
        apart
    }
}

fn find(word: &str, cell: &str) -> Option<Found> {
    let found = |way: Rank, place: usize, marks| Found {
        rank: way * WAY + Rank::try_from(place.min(MOST_PLACE)).unwrap_or_default(),
        marks,
    };
    if let Some(at) = cell.find(word) {
        let mark = at..at + word.len();
        return Some(found(Rank::from(at > 0), at, vec![mark]));
    }
    if let Some(mark) = within(word, cell) {
        let characters = cell.get(mark.clone()).unwrap_or_default().chars().count();
        return Some(found(2, characters * 20 + mark.start.min(200) / 3, vec![mark]));
    }
    let marks = with_gaps(word, cell)?;
    let length = marks.last()?.end - marks.first()?.start;
    Some(found(3, length, marks))
}

/// The characters of a word of Chinese in their order, others between them; Latin letters are pinyin or stand together.
fn with_gaps(word: &str, cell: &str) -> Option<Vec<Range<usize>>> {
    if word.is_ascii() {
        return None;
    }
    let mut at = 0;
    let mut marks = Vec::new();
    for character in word.chars() {
        let from = at + cell.get(at..)?.find(character)?;
        at = from + character.len_utf8();
        marks.push(from..at);
    }
    Some(marks)
}
