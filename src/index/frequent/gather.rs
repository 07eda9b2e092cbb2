//! Finding the frequent strings of a shelf while it is made.
//!
//! Which strings may be frequent is guessed from a sample of the units; what is kept of them is then counted in all units, in one
//! pass for all strings (Aho and Corasick 1975).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{BEST, Frequent};
use crate::index::ranking;
use crate::index::shelf::records::UnitRecord;

/// Strings in fewer units than this are counted when they are asked for.
const LEAST_UNITS: usize = 1_000;

/// The most strings of which something is kept.
const MOST_STRINGS: usize = 4_096;

/// One unit in so many is read to guess what is frequent.
const SAMPLE: usize = 8;

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
    /// How often words of three characters and more occur.
    pub(in crate::index) words: &'shelf BTreeMap<String, u32>,
}

/// The frequent strings of a shelf, sorted.
pub(in crate::index) fn gather(texts: Texts<'_>) -> Vec<(String, Frequent)> {
    let strings = candidates(texts);
    let searcher =
        AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::ContiguousNFA)).build(&strings);
    // Too many strings for an automaton is not possible with so few: then nothing is kept, and everything is counted when asked for.
    let Ok(searcher) = searcher else { return Vec::new() };
    let mut counts: Vec<Counting> = strings.iter().map(|_| Counting::default()).collect();
    let bounds = byte_bounds(texts);
    let is_bound = |at: usize| bounds.get(at / 8).is_some_and(|byte| byte & (1 << (at % 8)) != 0);
    let mut reader = UnitReader::new(texts);
    for found in searcher.find_overlapping_iter(texts.folded) {
        let (start, end) = (found.start(), found.end());
        let unit = reader.at(start);
        let Some(counting) = counts.get_mut(found.pattern().as_usize()) else { continue };
        counting.note(unit, start, end, is_bound(start) && is_bound(end));
    }
    let finished = strings.into_iter().zip(counts).filter_map(|(string, counting)| Some((string, counting.finish()?)));
    let mut frequent: Vec<_> = finished.collect();
    frequent.sort_by(|(left, _), (right, _)| left.cmp(right));
    frequent
}

/// Characters, pairs and words that a sample makes expect in many units.
fn candidates(texts: Texts<'_>) -> Vec<String> {
    let mut characters: HashMap<char, u32> = HashMap::new();
    let mut pairs: HashMap<(char, char), u32> = HashMap::new();
    for line in texts.folded.split('\n').step_by(SAMPLE) {
        let mut before = None;
        for character in line.chars() {
            *characters.entry(character).or_default() += 1;
            if let Some(before) = before {
                *pairs.entry((before, character)).or_default() += 1;
            }
            before = Some(character);
        }
    }
    // A little below the least, because a sample may miss some.
    let least = u32::try_from(LEAST_UNITS / SAMPLE * 3 / 4).unwrap_or(u32::MAX);
    let mut strings: Vec<(u32, String)> = Vec::new();
    strings.extend(characters.into_iter().map(|(character, count)| (count, character.to_string())));
    strings.extend(pairs.into_iter().map(|((first, second), count)| (count, [first, second].iter().collect())));
    let sampled = u32::try_from(SAMPLE).unwrap_or(1);
    strings.extend(texts.words.iter().map(|(word, count)| (count / sampled, word.clone())));
    strings.retain(|(count, string)| *count >= least && !string.contains(char::is_whitespace));
    strings.sort_unstable_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    strings.truncate(MOST_STRINGS);
    strings.into_iter().map(|(_, string)| string).collect()
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
    fn new(texts: Texts<'shelf>) -> Self {
        let mut reader = Self { texts, now: Passing::default(), end: 0, next_document: 0 };
        reader.go_to(0);
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
        let ranked = Ranked { total, document: unit.document, ordinal: unit.ordinal };
        if self.best.len() < BEST {
            self.best.push(ranked);
        } else if let Some(mut worst) = self.best.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    fn finish(mut self) -> Option<Frequent> {
        self.close();
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
