//! Finding the frequent strings of a shelf while it is made.
//!
//! Which strings may be frequent is told by the number of units that hold a pair or a word; what is kept of them is then counted in
//! all units, in one pass for all strings (Aho and Corasick 1975), each thread taking some of the units.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::thread;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{BEST, Frequent};
use crate::index::inversion::Inversion;
use crate::index::ranking;
use crate::index::shelf::records::UnitRecord;

/// Strings in fewer units than this are counted when they are asked for.
const LEAST_UNITS: usize = 1_000;

/// The most strings of which something is kept.
const MOST_STRINGS: usize = 4_096;

/// The most threads that count.
const MOST_THREADS: usize = 8;

/// What a shelf consists of, as far as it is needed here.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Texts<'shelf> {
    /// The folded texts, each closed by `\n`.
    pub(in crate::index) folded: &'shelf str,
    /// One for each unit, in the order of `folded`.
    pub(in crate::index) units: &'shelf [UnitRecord],
    /// For each document its first unit and its place in the order of ids, in the order of `folded`.
    pub(in crate::index) arrivals: &'shelf [(u32, u32)],
    /// A bit for each character of `folded`: whether a word begins or ends there.
    pub(in crate::index) bounds: &'shelf [u8],
}

/// The frequent ones among these strings, sorted.
pub(in crate::index) fn gather(texts: Texts<'_>, strings: Vec<String>) -> Vec<(String, Frequent)> {
    let searcher =
        AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::ContiguousNFA)).build(&strings);
    // Too many strings for an automaton is not possible with so few: then nothing is kept, and everything is counted when asked for.
    let Ok(searcher) = searcher else { return Vec::new() };
    let bounds = byte_bounds(texts);
    let threads = thread::available_parallelism().map_or(1, usize::from).clamp(1, MOST_THREADS);
    let share = texts.units.len().div_ceil(threads).max(1);
    let counting = Pass { texts, searcher: &searcher, bounds: &bounds, strings: strings.len() };
    let counts = thread::scope(|scope| {
        let starts = (0..texts.units.len()).step_by(share);
        let parts: Vec<_> = starts.map(|start| scope.spawn(move || counting.count(start..start + share))).collect();
        // A part that breaks down takes the whole along: what is kept has to be right.
        parts.into_iter().map(|part| part.join().ok()).collect::<Option<Vec<_>>>()
    });
    let Some(counts) = counts.and_then(|parts| parts.into_iter().reduce(together)) else { return Vec::new() };
    let finished = strings.into_iter().zip(counts).filter_map(|(string, counting)| Some((string, counting.finish()?)));
    let mut frequent: Vec<_> = finished.collect();
    frequent.sort_by(|(left, _), (right, _)| left.cmp(right));
    frequent
}

/// Characters, pairs and words of three characters and more that may be frequent, the most frequent ones.
pub(in crate::index) fn candidates(inversion: &Inversion, words: &[(String, u32)]) -> Vec<String> {
    let least = u32::try_from(LEAST_UNITS).unwrap_or(u32::MAX);
    let pairs = inversion.frequent(least).into_iter().filter(|(pair, _)| !pair.is_end());
    let words = words.iter().filter(|(word, units)| *units >= least && word.chars().nth(2).is_some());
    let mut strings: Vec<(u32, String)> = Vec::new();
    strings.extend(inversion.frequent_characters(least).into_iter().map(|(character, count)| (count, character.to_string())));
    strings.extend(pairs.map(|(pair, count)| (count, pair.text())));
    strings.extend(words.map(|(word, count)| (*count, word.clone())));
    strings.sort_unstable_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    strings.truncate(MOST_STRINGS);
    strings.into_iter().map(|(_, string)| string).collect()
}

/// One way through the texts.
#[derive(Clone, Copy)]
struct Pass<'shelf> {
    texts: Texts<'shelf>,
    searcher: &'shelf AhoCorasick,
    /// A bit for each byte of the texts: whether a word begins or ends there.
    bounds: &'shelf [u8],
    /// How many strings are looked for.
    strings: usize,
}

impl Pass<'_> {
    /// Counts the strings in these units.
    fn count(self, units: Range<usize>) -> Vec<Counting> {
        let mut counts: Vec<Counting> = (0..self.strings).map(|_| Counting::default()).collect();
        let is_bound = |at: usize| self.bounds.get(at / 8).is_some_and(|byte| byte & (1 << (at % 8)) != 0);
        let begin = |unit: usize| self.texts.units.get(unit).map_or(self.texts.folded.len(), |unit| unit.folded as usize);
        let first = begin(units.start);
        let text = self.texts.folded.get(first..begin(units.end)).unwrap_or_default();
        let mut reader = UnitReader::new(self.texts, units.start);
        for found in self.searcher.find_overlapping_iter(text) {
            let (start, end) = (first + found.start(), first + found.end());
            let unit = reader.at(start);
            let Some(counting) = counts.get_mut(found.pattern().as_usize()) else { continue };
            counting.note(unit, start, end, is_bound(start) && is_bound(end));
        }
        counts.iter_mut().for_each(Counting::close);
        counts
    }
}

/// What was counted in units of which the `left` ones come first.
fn together(mut left: Vec<Counting>, right: Vec<Counting>) -> Vec<Counting> {
    for (left, right) in left.iter_mut().zip(right) {
        left.units += right.units;
        left.occurrences += right.occurrences;
        right.best.into_iter().for_each(|ranked| left.keep(ranked));
    }
    left
}

/// The bits of the bounds by byte of `folded` instead of by character.
fn byte_bounds(texts: Texts<'_>) -> Vec<u8> {
    let mut bits = vec![0_u8; texts.folded.len() / 8 + 1];
    for (character, (at, _)) in texts.folded.char_indices().enumerate() {
        if texts.bounds.get(character / 8).is_some_and(|byte| byte & (1 << (character % 8)) != 0)
            && let Some(byte) = bits.get_mut(at / 8)
        {
            *byte |= 1 << (at % 8);
        }
    }
    bits
}

/// A unit as a reader that goes through the texts in order meets it.
#[derive(Debug, Clone, Copy, Default)]
struct Passing {
    ordinal: u32,
    record: UnitRecord,
    /// Length of its folded text.
    length: usize,
    /// The place of its document in the order of ids.
    document: u32,
}

/// Tells for rising places which unit they are in.
struct UnitReader<'shelf> {
    texts: Texts<'shelf>,
    now: Passing,
    /// One past the last byte of the unit.
    end: usize,
    next_document: usize,
}

impl<'shelf> UnitReader<'shelf> {
    fn new(texts: Texts<'shelf>, first: usize) -> Self {
        let mut reader = Self { texts, now: Passing::default(), end: 0, next_document: 0 };
        reader.go_to(first);
        reader
    }

    fn at(&mut self, place: usize) -> Passing {
        while place >= self.end && self.go_to(self.now.ordinal as usize + 1) {}
        self.now
    }

    fn go_to(&mut self, ordinal: usize) -> bool {
        let Some(record) = self.texts.units.get(ordinal) else { return false };
        let next = self.texts.units.get(ordinal + 1).map_or(self.texts.folded.len(), |next| next.folded as usize);
        while self.texts.arrivals.get(self.next_document).is_some_and(|(first, _)| *first as usize <= ordinal) {
            self.now.document = self.texts.arrivals.get(self.next_document).map_or(0, |(_, document)| *document);
            self.next_document += 1;
        }
        self.now.ordinal = u32::try_from(ordinal).unwrap_or(u32::MAX);
        self.now.record = *record;
        self.now.length = (next - record.folded as usize).saturating_sub(1);
        self.end = next;
        true
    }
}

/// What has been counted of one string.
#[derive(Debug, Default)]
struct Counting {
    units: usize,
    occurrences: usize,
    /// The unit that it was last met in, and what was met there.
    now: Option<Passing>,
    here: ranking::One,
    /// Where its last place ended.
    reached: usize,
    best: BinaryHeap<Ranked>,
}

impl Counting {
    fn note(&mut self, unit: Passing, start: usize, end: usize, is_whole: bool) {
        if start < self.reached {
            return;
        }
        self.reached = end;
        if self.now.is_none_or(|now| now.ordinal != unit.ordinal) {
            self.close();
            self.now = Some(unit);
        }
        self.occurrences += 1;
        let base = unit.record.folded as usize;
        self.here.note(&unit.record, start - base..end - base, is_whole);
    }

    /// Ranks the unit that has been read to its end.
    fn close(&mut self) {
        let Some(unit) = self.now.take() else { return };
        self.units += 1;
        let here = std::mem::take(&mut self.here);
        let total = here.score(&unit.record, unit.length).total();
        self.keep(Ranked { total, document: unit.document, ordinal: unit.ordinal });
    }

    /// Keeps a unit among the best, where it is one.
    fn keep(&mut self, ranked: Ranked) {
        if self.best.len() < BEST {
            self.best.push(ranked);
        } else if let Some(mut worst) = self.best.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    fn finish(self) -> Option<Frequent> {
        let best = self.best.into_sorted_vec().into_iter().map(|ranked| ranked.ordinal).collect();
        (self.units >= LEAST_UNITS).then_some(Frequent { units: self.units, occurrences: self.occurrences, best })
    }
}

/// A unit by its rank: the better, the smaller.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    total: f32,
    document: u32,
    ordinal: u32,
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        other.total.total_cmp(&self.total).then(self.document.cmp(&other.document)).then(self.ordinal.cmp(&other.ordinal))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}
