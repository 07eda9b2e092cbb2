//! How a row answers what is typed: every word of it must be found in one of the row's cells, as it stands after folding, else as pinyin,
//! else with gaps (农电 in 农村电商). As it stands is better than as pinyin, and early better than late.

use std::ops::Range;

use crate::text::fold;
use crate::text::pinyin::within::within;

/// What is typed, word by word.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Folded>,
}

/// How well words fit; the smallest is the best.
pub type Rank = u32;

/// A folded text with what tells at a glance that most words are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// A bit for each of its characters; several characters share one.
    signs: u64,
}

impl Folded {
    /// A text that has been folded.
    #[must_use]
    pub fn new(text: String) -> Self {
        let signs = text.chars().fold(0, |signs, character| signs | 1 << (u32::from(character) % 61));
        Self { text, signs }
    }

    /// Whether `word` may be found: one in Chinese needs all of its characters, however it is found.
    fn may_have(&self, word: &Self) -> bool {
        word.text.is_ascii() || word.signs & !self.signs == 0
    }
}

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
        Self { words: words.map(Folded::new).collect() }
    }

    /// How well the words fit a row of folded cells; none where one of them is not found.
    #[must_use]
    pub fn rank(&self, folded: &[Folded]) -> Option<Rank> {
        let best = |word: &Folded| {
            let cells = folded.iter().filter(|cell| cell.may_have(word));
            cells.filter_map(|cell| Some(find(&word.text, &cell.text)?.rank)).min()
        };
        self.words.iter().map(best).try_fold(0, |sum, rank| Some(sum + rank?))
    }

    /// What of a cell was found, in bytes of it, in order and apart.
    #[must_use]
    pub fn marks(&self, cell: &str) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let folded = fold::fold(cell);
        let found = self.words.iter().filter_map(|word| find(&word.text, &folded.text)).flat_map(|found| found.marks);
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
