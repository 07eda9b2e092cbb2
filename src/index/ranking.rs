//! The order of hits: what is known of the places in a unit becomes a score.
//!
//! Everything here is cheap and needs no other unit, so that the best of very many hits can be known beforehand.

use super::matcher::Place;
use super::shelf::Unit;
use super::shelf::records::Standing;
use crate::search::Score;

/// How much the terms of a query tell, by their numbers; one for each where they tell the same.
pub(super) type Weights = [f32];

/// What is known of one unit that fulfils a query.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Tally {
    /// Places in the text, each term counted without overlaps of its own.
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
    let title = unit.title();
    let in_title = |place: &Place| title.start <= place.start && place.end <= title.end;
    let mut tally = Tally { occurrences: u32::try_from(places.len()).unwrap_or(u32::MAX), ..Tally::default() };
    let (mut whole, mut titled, mut relevance, mut filled) = (0.0, 0.0, 0.0, 0_usize);
    for (term, weight) in weights.iter().enumerate() {
        let (mut count, mut is_whole, mut is_titled) = (0_u16, false, None);
        for place in places.iter().filter(|place| place.term == term) {
            count = count.saturating_add(1);
            is_whole = is_whole || unit.is_whole(&(place.start..place.end));
            is_titled = is_titled.or_else(|| in_title(place).then_some(place.end - place.start));
        }
        tally.is_whole |= is_whole;
        whole += if is_whole { *weight } else { 0.0 };
        titled += if is_titled.is_some() { *weight } else { 0.0 };
        filled += is_titled.unwrap_or_default();
        relevance += weight * saturated(f32::from(count), unit.folded.len());
    }
    let all: f32 = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    tally.score = Score {
        whole_words: whole / all,
        in_title: titled / all * if unit.record.standing == Standing::Indicator { NAME } else { 1.0 },
        title_filled: share(filled, title.len()),
        near: if weights.len() > 1 { tightness(places) } else { 0.0 },
        standing: standing(unit.record.standing),
        bm25: relevance / all,
    };
    tally
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
