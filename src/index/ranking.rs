//! The order of hits: what is known of the places in a unit becomes a score.
//!
//! Everything here is cheap and needs no other unit, so that the best of very many hits can be known beforehand.

use std::ops::Range;

use super::matcher::{Place, merged};
use super::shelf::Unit;
use super::shelf::records::{Standing, UnitRecord};
use crate::search::{Preference, Score};

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
    let occurrences = merged(places.iter().map(Place::range)).len();
    let mut tally = Tally { occurrences: u32::try_from(occurrences).unwrap_or(u32::MAX), ..Tally::default() };
    let mut sum = Score::default();
    for (term, weight) in weights.iter().enumerate() {
        let mut one = One::default();
        for place in places.iter().filter(|place| place.term == term) {
            one.note(&unit.record, place.start..place.end, unit.is_whole(&(place.start..place.end)));
        }
        tally.is_whole |= one.is_whole;
        let score = one.score(&unit.record, unit.folded.len());
        sum.whole_words += weight * score.whole_words;
        sum.in_title += weight * score.in_title;
        sum.title_filled += score.title_filled;
        sum.bm25 += weight * score.bm25;
    }
    let all: f32 = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    tally.score = Score {
        whole_words: sum.whole_words / all,
        in_title: sum.in_title / all,
        title_filled: sum.title_filled.min(1.0),
        near: if weights.len() > 1 { tightness(places) } else { 0.0 },
        standing: standing(unit.record.standing),
        bm25: sum.bm25 / all,
        asked_for: 0.0,
    };
    tally
}

/// How much a unit is what a question prefers, from 0 to 1.
pub(super) fn asked_for(unit: &Unit<'_>, prefer: Option<Preference>) -> f32 {
    let has_digit = || unit.folded.iter().any(u8::is_ascii_digit);
    let is_heading = || unit.record.standing == Standing::Measure && unit.title().end + 1 >= unit.folded.len();
    let share = |holds: bool, share: f32| if holds { share } else { 0.0 };
    match prefer {
        None => 0.0,
        Some(Preference::Headings) => share(is_heading(), 1.0),
        Some(Preference::Figures) if unit.record.standing == Standing::Indicator => 1.0,
        Some(Preference::Figures) => share(has_digit(), 0.5),
        Some(Preference::Measures) => share(unit.record.standing == Standing::Measure && !is_heading(), 1.0),
    }
}

/// What is known of one term in a unit.
#[derive(Debug, Clone, Default)]
pub(super) struct One {
    count: u16,
    is_whole: bool,
    /// Length of a place in the title.
    titled: Option<usize>,
}

impl One {
    /// Takes note of a place of the unit's folded text.
    pub(super) fn note(&mut self, unit: &UnitRecord, place: Range<usize>, is_whole: bool) {
        let is_titled = usize::from(unit.title.0) <= place.start && place.end <= usize::from(unit.title.1);
        self.count = self.count.saturating_add(1);
        self.is_whole = self.is_whole || is_whole;
        self.titled = self.titled.or_else(|| is_titled.then_some(place.end - place.start));
    }

    /// The score of a unit, `length` bytes long when folded, for a query for this term alone.
    pub(super) fn score(&self, unit: &UnitRecord, length: usize) -> Score {
        let name = if unit.standing == Standing::Indicator { NAME } else { 1.0 };
        Score {
            whole_words: if self.is_whole { 1.0 } else { 0.0 },
            in_title: if self.titled.is_some() { name } else { 0.0 },
            title_filled: share(self.titled.unwrap_or_default(), usize::from(unit.title.1 - unit.title.0.min(unit.title.1))),
            near: 0.0,
            standing: standing(unit.standing),
            bm25: saturated(f32::from(self.count), length),
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

const fn standing(standing: Standing) -> f32 {
    match standing {
        Standing::Measure => 1.0,
        Standing::Indicator => 0.9,
        Standing::Point => 0.7,
        Standing::Text => 0.6,
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
