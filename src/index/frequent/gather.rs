//! Finding the frequent strings of a shelf while it is made.
//!
//! Which strings may be frequent is told by the number of units that hold a pair or a word; what is kept of them is then counted in
//! all units, in one pass for all strings, each thread taking some of the units, and more of them until none are left.

use std::cmp;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::strings::{Place, Strings};
use super::{BEST, Best, Frequent};
use crate::index::inversion::Inversion;
use crate::index::ranking;
use crate::index::shelf::records::UnitRecord;

/// Characters and pairs in fewer units than this, of a full shelf, are counted when they are asked for.
const LEAST_UNITS: usize = 1_000;

/// Words of three characters and more in fewer units than this are. Their units have to be told from those that hold their pairs, and it
/// is such words that people search for.
const LEAST_UNITS_OF_A_WORD: usize = 100;

/// So many units stand on a full shelf, about. On a smaller one fewer are asked for, down to a tenth: what is known on the full shelves of
/// a library is to be known on its last one, too, or that has to be asked for its sake.
const FULL_SHELF: usize = 200_000;

/// The most strings of either kind of which something is kept.
const MOST_STRINGS: usize = 4_096;

/// So many units more than the best are gathered before these are looked for among them.
const MORE: usize = BEST / 4;

/// The most threads that count.
const MOST_THREADS: usize = 8;

/// So many units a thread takes at once.
const UNITS_AT_ONCE: usize = 4_096;

/// What a shelf consists of, as far as it is needed here.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Texts<'shelf> {
    /// The folded texts, each closed by `\n`.
    pub(in crate::index) folded: &'shelf str,
    /// One for each unit, in the order of `folded`.
    pub(in crate::index) units: &'shelf [UnitRecord],
    /// For each document its first unit and its place in the order of ids, in the order of `folded`.
    pub(in crate::index) arrivals: &'shelf [(u32, u32)],
    /// A bit for each byte of `folded`: whether a word begins or ends there.
    pub(in crate::index) bounds: &'shelf [u8],
}

/// The frequent ones among these strings, sorted.
pub(in crate::index) fn gather(texts: Texts<'_>, strings: Vec<String>) -> Vec<(String, Frequent)> {
    let threads = thread::available_parallelism().map_or(1, usize::from).clamp(1, MOST_THREADS);
    let pass = Pass { texts, strings: &Strings::new(&strings), next: &AtomicUsize::new(0) };
    let (count, units) = (strings.len(), texts.units.len());
    let counts = thread::scope(|scope| {
        let parts: Vec<_> = (0..threads).map(|_| scope.spawn(move || pass.count_some(count))).collect();
        // A part that breaks down takes the whole along: what is kept has to be right.
        parts.into_iter().map(|part| part.join().ok()).collect::<Option<Vec<_>>>()
    });
    let Some(counts) = counts.and_then(|parts| parts.into_iter().reduce(Countings::with)) else { return Vec::new() };
    let found = strings.into_iter().zip(counts.finish());
    let mut frequent: Vec<_> = found.filter(|(string, frequent)| frequent.units >= least_units(string, units)).collect();
    frequent.sort_by(|(left, _), (right, _)| left.cmp(right));
    frequent
}

/// Characters, pairs and words of three characters and more that may be frequent on a shelf of so many units, the most frequent ones.
pub(in crate::index) fn candidates(inversion: &Inversion, words: &[(String, u32)], units: usize) -> Vec<String> {
    let least = u32::try_from(share(LEAST_UNITS, units)).unwrap_or(u32::MAX);
    let pairs = inversion.frequent(least).into_iter().filter(|(pair, _)| !pair.is_end());
    let mut short: Vec<(u32, String)> = pairs.map(|(pair, count)| (count, pair.text())).collect();
    short.extend(inversion.frequent_characters(least).into_iter().map(|(character, count)| (count, character.to_string())));
    let is_long = |(word, count): &&(String, u32)| *count as usize >= least_units(word, units) && !is_short(word);
    let long = words.iter().filter(is_long).map(|(word, count)| (*count, word.clone())).collect();
    [short, long].into_iter().flat_map(most_frequent).collect()
}

fn most_frequent(mut strings: Vec<(u32, String)>) -> impl Iterator<Item = String> {
    strings.sort_unstable_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    strings.truncate(MOST_STRINGS);
    strings.into_iter().map(|(_, string)| string)
}

/// Whether it is a character or a pair.
fn is_short(string: &str) -> bool {
    string.chars().nth(2).is_none()
}

/// In how many units of a shelf of so many a string has to stand, at least, for something to be kept of it.
fn least_units(string: &str, units: usize) -> usize {
    share(if is_short(string) { LEAST_UNITS } else { LEAST_UNITS_OF_A_WORD }, units)
}

/// What a shelf of so many units has of what a full one has.
fn share(of_full: usize, units: usize) -> usize {
    (of_full * units / FULL_SHELF).clamp(of_full / 10, of_full)
}

/// One way through the texts.
#[derive(Clone, Copy)]
struct Pass<'shelf> {
    texts: Texts<'shelf>,
    strings: &'shelf Strings,
    /// The next unit that no thread has taken.
    next: &'shelf AtomicUsize,
}

impl Pass<'_> {
    /// Counts the strings, so many of them, in units that no other thread has taken, until none are left.
    fn count_some(self, strings: usize) -> Countings {
        let mut counts = Countings { counting: vec![Counting::default(); strings], best: vec![Vec::new(); strings] };
        loop {
            let start = self.next.fetch_add(UNITS_AT_ONCE, Ordering::Relaxed);
            if start >= self.texts.units.len() {
                return counts;
            }
            self.count(start..start + UNITS_AT_ONCE, &mut counts);
        }
    }

    /// Counts the strings in these units.
    fn count(self, units: Range<usize>, counts: &mut Countings) {
        let mut met: Vec<u32> = Vec::new();
        let mut document = self.texts.arrivals.partition_point(|(first, _)| (*first as usize) < units.start);
        for ordinal in units {
            let Some(unit) = self.unit(ordinal) else { break };
            let is_bound = |at: usize| self.texts.bounds.get(at / 8).is_some_and(|byte| byte & (1 << (at % 8)) != 0);
            let start = unit.record.folded as usize;
            self.strings.find(unit.folded, &mut |place| {
                let Some(counting) = counts.counting.get_mut(place.string as usize) else { return };
                if counting.note(unit.record, &place, || is_bound(start + place.start) && is_bound(start + place.end)) {
                    met.push(place.string);
                }
            });
            while self.texts.arrivals.get(document).is_some_and(|(first, _)| *first as usize <= ordinal) {
                document += 1;
            }
            let of = self.texts.arrivals.get(document.saturating_sub(1)).map_or(0, |(_, document)| *document);
            for string in met.drain(..) {
                counts.close(string, &unit, of);
            }
        }
    }

    fn unit(&self, ordinal: usize) -> Option<Passing<'_>> {
        let record = self.texts.units.get(ordinal)?;
        let next = self.texts.units.get(ordinal + 1).map_or(self.texts.folded.len(), |next| next.folded as usize);
        let folded = self.texts.folded.get(record.folded as usize..next.checked_sub(1)?)?;
        Some(Passing { ordinal: u32::try_from(ordinal).ok()?, record, folded })
    }
}

/// A unit that is being read.
#[derive(Debug, Clone, Copy)]
struct Passing<'shelf> {
    ordinal: u32,
    record: &'shelf UnitRecord,
    folded: &'shelf str,
}

/// What has been counted of all strings. What every place needs stands by itself: few bytes, so that they fit into the memory next to the
/// processor.
#[derive(Debug)]
struct Countings {
    counting: Vec<Counting>,
    /// The best of each string, and up to [`MORE`] that have come since. A heap would find a place in its order for each of them.
    best: Vec<Vec<Ranked>>,
}

impl Countings {
    /// Ranks the unit, of this document, in which the string was met and which has been read to its end.
    fn close(&mut self, string: u32, unit: &Passing<'_>, document: u32) {
        let Some(counting) = self.counting.get_mut(string as usize) else { return };
        let total = counting.close(unit);
        if total >= counting.worst
            && let Some(best) = self.best.get_mut(string as usize)
        {
            keep(best, Ranked { total, document, ordinal: unit.ordinal }, &mut counting.worst);
        }
    }

    /// With what was counted in other units.
    fn with(mut self, others: Self) -> Self {
        for (counting, other) in self.counting.iter_mut().zip(others.counting) {
            counting.units += other.units;
            counting.occurrences += other.occurrences;
        }
        for (best, others) in self.best.iter_mut().zip(others.best) {
            best.extend(others);
        }
        self
    }

    /// What is kept of each string, in their order.
    fn finish(self) -> impl Iterator<Item = Frequent> {
        self.counting.into_iter().zip(self.best).map(|(counting, mut best)| {
            best.sort_unstable();
            let best = best
                .into_iter()
                .take(BEST)
                .map(|ranked| Best { ordinal: ranked.ordinal, rank: ranking::rank(ranked.total) })
                .collect();
            Frequent { units: counting.units as usize, occurrences: counting.occurrences as usize, best }
        })
    }
}

/// Keeps a unit among the best, where it may be one; `worst` becomes what the worst of them makes as soon as they are looked through.
fn keep(best: &mut Vec<Ranked>, ranked: Ranked, worst: &mut f32) {
    if best.len() == BEST {
        best.reserve_exact(MORE);
    }
    best.push(ranked);
    if best.len() >= BEST + MORE {
        *worst = best.select_nth_unstable(BEST - 1).1.total;
        best.truncate(BEST);
    }
}

/// What has been counted of one string.
#[derive(Debug, Clone)]
struct Counting {
    units: u32,
    occurrences: u32,
    /// What was met in the unit that is being read.
    here: ranking::One,
    /// Where its last place there ended; 0 before the first.
    reached: u32,
    /// What the worst of the best made when they were looked through: most units are told from them by it.
    worst: f32,
}

impl Default for Counting {
    fn default() -> Self {
        Self { units: 0, occurrences: 0, here: ranking::One::default(), reached: 0, worst: f32::NEG_INFINITY }
    }
}

impl Counting {
    /// Takes note of a place, unless it overlaps the one before; tells whether it is the first of the unit.
    fn note(&mut self, unit: &UnitRecord, place: &Place, is_whole: impl FnOnce() -> bool) -> bool {
        if place.start < self.reached as usize {
            return false;
        }
        let is_first = self.reached == 0;
        self.reached = u32::try_from(place.end).unwrap_or(u32::MAX);
        self.occurrences += 1;
        let is_whole = self.here.is_whole() || is_whole();
        self.here.note(unit, place.start..place.end, is_whole);
        is_first
    }

    /// Counts the unit that has been read to its end; gives its score.
    fn close(&mut self, unit: &Passing<'_>) -> f32 {
        self.units += 1;
        self.reached = 0;
        std::mem::take(&mut self.here).score(unit.record, unit.folded.len()).total()
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
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        other.total.total_cmp(&self.total).then(self.document.cmp(&other.document)).then(self.ordinal.cmp(&other.ordinal))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}
