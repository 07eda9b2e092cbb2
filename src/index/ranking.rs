//! The order of hits: what is known of the places in a unit becomes a score.
//!
//! Everything here is cheap and needs no other unit, so that the best of very many hits can be known beforehand.

use std::ops::Range;

use super::matcher::Place;
use super::shelf::Unit;
use super::shelf::records::{Standing, UnitRecord};
use crate::search::{Preference, Score};

/// The total of a score, roughly: of two units with different ranks, the one with the higher rank has the higher total. Totals are 21 at most.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what lies beyond becomes the number next to it")]
pub(super) fn rank(total: f32) -> u16 {
    (total * 3000.0) as u16
}

/// How much the terms of a query tell, by their numbers; one for each where they tell the same.
pub(super) type Weights = [f32];

/// What is known of one unit that fulfils a query.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Tally {
    /// Places in the text; those of several terms that overlap are one.
    pub(super) occurrences: u32,
    /// Whether some term stands there as a whole word.
    pub(super) is_whole: bool,
    /// Why the unit stands where it stands.
    pub(super) score: Score,
}

/// The length in bytes of folded text that an ordinary unit has; a longer one needs more places to weigh as much.
const ORDINARY: f32 = 180.0;

/// Weighs the places, sorted, of the terms in a unit. `weights` has an entry for every term of the query.
pub(super) fn weigh(unit: &Unit<'_>, places: &[Place], weights: &Weights) -> Tally {
    let mut tally = weigh_lightly(unit, places, weights);
    weigh_fully(&mut tally, unit, places, weights);
    tally
}

/// Weighs like [`weigh`] a unit of which the rank is known, for a query for one term. Whether that stands there as a whole word is told by the rank:
/// nothing need be read of where words begin and end.
pub(super) fn weigh_ranked(unit: &Unit<'_>, places: &[Place], weights: &Weights, known: u16) -> Tally {
    let mut tally = weigh_lightly(unit, places, weights);
    let scores = [(true, 1.0), (false, 0.0)].map(|(is_whole, whole_words)| (is_whole, Score { whole_words, ..tally.score }));
    match scores.iter().find(|(_, score)| weights.len() == 1 && rank(score.total()) == known) {
        Some((is_whole, score)) => (tally.is_whole, tally.score) = (*is_whole, *score),
        // Places that overlap are weighed a little differently beforehand.
        None => weigh_fully(&mut tally, unit, places, weights),
    }
    tally
}

/// What can be had without a look at words and at what stands between the terms: the score lacks these two parts.
pub(super) fn weigh_lightly(unit: &Unit<'_>, places: &[Place], weights: &Weights) -> Tally {
    let mut tally = Tally { occurrences: apart(places), ..Tally::default() };
    let mut sum = Score::default();
    let all = sum_of(weights);
    for (term, weight) in weights.iter().enumerate() {
        let weight = weight / all;
        let mut one = One::default();
        for place in places.iter().filter(|place| place.term == term) {
            one.note(&unit.record, place.start..place.end, false);
        }
        let score = one.score(&unit.record, unit.folded.len());
        sum.in_title += weight * score.in_title;
        sum.bm25 += weight * score.bm25;
        sum.early += weight * score.early;
    }
    let title_filled = filled(unit, places);
    tally.score = Score { title_filled, standing: standing(unit.record.standing), ..sum };
    tally
}

/// What the parts that [`weigh_lightly`] leaves out, and what a question prefers, can add to a total at most.
pub(super) fn possible_rest(terms: usize, prefer: Option<Preference>) -> f32 {
    let possible = |is_possible: bool| if is_possible { 1.0 } else { 0.0 };
    let rest = Score { whole_words: 1.0, near: possible(terms > 1), asked_for: possible(prefer.is_some()), ..Score::default() };
    rest.total() + ROUNDING
}

/// More than what is lost where a total is summed up in another order: what stands equal must not be taken for less.
const ROUNDING: f32 = 0.001;

/// Adds what [`weigh_lightly`] left out.
pub(super) fn weigh_fully(tally: &mut Tally, unit: &Unit<'_>, places: &[Place], weights: &Weights) {
    let (mut whole, all) = (0.0, sum_of(weights));
    for (term, weight) in weights.iter().enumerate() {
        let mut of_term = places.iter().filter(|place| place.term == term);
        if of_term.any(|place| unit.is_whole(&(place.start..place.end))) {
            whole += weight / all;
            tally.is_whole = true;
        }
    }
    tally.score.whole_words = whole;
    tally.score.near = if weights.len() > 1 { tightness(places) } else { 0.0 };
}

/// How many places there are, those that overlap counted as one.
fn apart(places: &[Place]) -> u32 {
    let (mut count, mut reached) = (0, 0);
    for place in places {
        count += u32::from(place.start >= reached);
        reached = reached.max(place.end);
    }
    count
}

fn sum_of(weights: &Weights) -> f32 {
    weights.iter().sum::<f32>().max(f32::MIN_POSITIVE)
}

/// Titles of the parts of a plan that look back or around before it says what is to be done.
const BACKGROUND: [&str; 16] = [
    "发展基础",
    "现实基础",
    "发展现状",
    "现状与",
    "发展环境",
    "面临形势",
    "形势与",
    "形势和",
    "工作回顾",
    "发展回顾",
    "主要成就",
    "发展成就",
    "主要成效",
    "取得的成",
    "存在问题",
    "机遇与",
];

/// Whether a unit stands under such a title.
fn is_background(unit: &Unit<'_>) -> bool {
    let headings = std::iter::successors(Some(*unit), Unit::parent);
    let titles = headings.into_iter().filter_map(|unit| str::from_utf8(unit.folded.get(unit.title())?).ok());
    titles.into_iter().any(|title| BACKGROUND.iter().any(|words| title.contains(words)))
}

/// How much of the title the places fill together.
fn filled(unit: &Unit<'_>, places: &[Place]) -> f32 {
    let title = unit.title();
    let (mut sum, mut reached) = (0, title.start);
    for place in places.iter().filter(|place| title.start <= place.start && place.end <= title.end) {
        sum += place.end.saturating_sub(place.start.max(reached));
        reached = reached.max(place.end);
    }
    share(sum, title.len())
}

/// How much a unit is what a question prefers, from 0 to 1; a bare heading answers only the question for one.
pub(super) fn asked_for(unit: &Unit<'_>, prefer: Option<Preference>) -> f32 {
    let is_heading =
        unit.record.standing == Standing::Measure && !unit.title().is_empty() && unit.title().end + 1 >= unit.folded.len();
    let holds = |marks: &[&str]| str::from_utf8(unit.folded).is_ok_and(|text| marks.iter().any(|mark| text.contains(mark)));
    let has_digit = || unit.folded.iter().any(u8::is_ascii_digit);
    let is_it = match prefer {
        None => return 0.0,
        Some(Preference::Headings) => return if is_heading { 1.0 } else { 0.0 },
        Some(Preference::Figures) if unit.record.standing == Standing::Indicator => return 1.0,
        Some(Preference::Figures) => {
            return if is_heading {
                0.0
            } else if has_digit() || holds(&NUMBERS) {
                0.7
            } else {
                0.4
            };
        }
        Some(Preference::Measures) => unit.record.standing == Standing::Measure && !is_background(unit),
        Some(Preference::Definitions) => holds(&["是指", ",指", "定义"]),
        Some(Preference::Actors) => holds(&["负责", "主管", "牵头", "部门"]),
        Some(Preference::Statements) => true,
    };
    match (is_heading, is_it) {
        (true, _) => 0.0,
        (false, true) => 1.0,
        (false, false) => 0.5,
    }
}

/// What numbers written in Chinese characters are known by; 一 to 九 stand in too many words.
const NUMBERS: [&str; 5] = ["十", "百", "千", "万", "分之"];

/// What is known of one term in a unit; in few bytes, since very many are counted at once.
#[derive(Debug, Clone, Default)]
pub(super) struct One {
    count: u16,
    is_whole: bool,
    /// Length of the places in the title; 0 where there is none.
    titled: u16,
    /// Where the first place begins.
    first: u32,
}

impl One {
    /// Takes note of a place of the unit's folded text.
    pub(super) fn note(&mut self, unit: &UnitRecord, place: Range<usize>, is_whole: bool) {
        let is_titled = usize::from(unit.title.0) <= place.start && place.end <= usize::from(unit.title.1);
        let start = u32::try_from(place.start).unwrap_or(u32::MAX);
        self.first = if self.count == 0 { start } else { self.first.min(start) };
        self.count = self.count.saturating_add(1);
        self.is_whole = self.is_whole || is_whole;
        if is_titled {
            self.titled = self.titled.saturating_add(u16::try_from(place.end - place.start).unwrap_or(u16::MAX));
        }
    }

    /// Whether some place is a whole word.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The score of a unit, `length` bytes long when folded, for a query for this term alone.
    pub(super) fn score(&self, unit: &UnitRecord, length: usize) -> Score {
        let name = if unit.standing == Standing::Indicator { NAME } else { 1.0 };
        Score {
            whole_words: if self.is_whole { 1.0 } else { 0.0 },
            in_title: if self.titled > 0 { name } else { 0.0 },
            title_filled: share(usize::from(self.titled), usize::from(unit.title.1 - unit.title.0.min(unit.title.1))),
            near: 0.0,
            standing: standing(unit.standing),
            bm25: saturated(f32::from(self.count), length),
            early: if self.count == 0 { 0.0 } else { early(self.first as usize) },
            asked_for: 0.0,
        }
    }
}

/// What the name of an indicator weighs, where a title weighs 1.
const NAME: f32 = 0.75;

/// BM25's share of one term, with k₁ = 1.2 and b = 0.75, from 0 to 1 (Robertson and Zaragoza 2009, §3.4).
#[expect(clippy::cast_precision_loss, reason = "lengths of units are far below 2²⁴")]
fn saturated(count: f32, length: usize) -> f32 {
    count / (count + 1.2 * (0.25 + 0.75 * length as f32 / ORDINARY))
}

#[expect(clippy::cast_precision_loss, reason = "lengths of titles are far below 2²⁴")]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { (part as f32 / whole as f32).min(1.0) }
}

/// What a place is worth that begins after so many bytes: half after some 20 Chinese characters.
#[expect(clippy::cast_precision_loss, reason = "lengths of units are far below 2²⁴")]
fn early(start: usize) -> f32 {
    60.0 / (60.0 + start as f32)
}

const fn standing(standing: Standing) -> f32 {
    match standing {
        Standing::Measure => 1.0,
        Standing::Indicator => 0.9,
        Standing::Point => 0.7,
        Standing::Text => 0.6,
        Standing::Fragment => 0.2,
        Standing::Preamble => 0.0,
    }
}

/// How close the terms stand: 1 where they are neighbours, falling with what lies between them in the tightest place.
#[expect(clippy::cast_precision_loss, reason = "lengths of units are far below 2²⁴")]
fn tightness(places: &[Place]) -> f32 {
    let mut terms: Vec<usize> = places.iter().map(|place| place.term).collect();
    terms.sort_unstable();
    terms.dedup();
    if terms.len() < 2 {
        return 0.0;
    }
    // For every place the window that ends with it: from the last place of each term before it.
    let mut last: Vec<Option<&Place>> = vec![None; terms.len()];
    let mut least = usize::MAX;
    for place in places {
        if let Some(slot) = terms.binary_search(&place.term).ok().and_then(|at| last.get_mut(at)) {
            *slot = Some(place);
        }
        let Some(window) = last.iter().copied().collect::<Option<Vec<_>>>() else { continue };
        let start = window.iter().map(|place| place.start).min().unwrap_or_default();
        let end = window.iter().map(|place| place.end).max().unwrap_or_default();
        let own: usize = window.iter().map(|place| place.end - place.start).sum();
        least = least.min((end - start).saturating_sub(own));
    }
    1.0 / (1.0 + least as f32 / NEAR)
}

/// Bytes between terms (some eight Chinese characters) that halve their tightness.
const NEAR: f32 = 24.0;
