//! What is offered where nothing fulfils the whole query: units that hold the most telling of its words.

use std::collections::BTreeSet;

use super::engine::{Found, Search, keep_best, shown};
use super::error::IndexError;
use super::matcher::{Level, Matcher, Place};
use super::open::Index;
use super::ranking::{asked_for, possible_rest, weigh_fully, weigh_lightly};
use super::shelf::records::{Standing, UnitKey};
use super::shelf::{Shelf, Unit};
use crate::query::{Clause, Query, Term};
use crate::search::{Hit, Match, Preference, Related, Score};
use crate::text::segment::Segmenter;

/// How many units are offered.
const RELATED: usize = 10;

/// The most words of a query that are asked for; what goes beyond them has no influence.
const MOST_WORDS: usize = 64;

/// Rare words are asked for first; once they have proposed so many units, the frequent ones propose no more.
const ENOUGH: usize = 20_000;

/// From so many units on they are weighed by two threads.
const SIDE_BY_SIDE: usize = 1 << 10;

/// Of so many units the best are kept before others are looked at.
const MOST_KEPT: usize = 64;

/// What a word weighs that stands only in a heading above the unit.
const ABOVE: f32 = 0.4;

impl Search<'_> {
    /// Units that hold any of the words or a synonym of one, the best few.
    pub(super) fn related(&self, words: &Related) -> Result<Vec<Hit>, IndexError> {
        let words = match words {
            Related::OwnWords => &[],
            Related::By(words) => words.as_slice(),
            Related::Nothing => return Ok(Vec::new()),
        };
        let mut terms: Vec<Clause> = words.iter().take(MOST_WORDS).cloned().map(Clause::Term).collect();
        if terms.is_empty() {
            let folded: Vec<&str> = self.clause.terms().into_iter().map(|term| term.folded.as_str()).collect();
            terms = cut(&folded).iter().filter_map(|word| Term::new(word, false)).map(Clause::Term).collect();
        }
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let clause = Clause::Any(terms);
        let matcher = Matcher::new(&clause, self.index)?;
        let counts = clause.terms().iter().map(|term| self.index.units_with(term)).collect::<Result<Vec<_>, _>>()?;
        // What is nowhere cannot tell one unit from another.
        let weight = |units: &usize| if *units == 0 { 0.0 } else { rarity(*units, self.index.unit_count()) };
        let weights: Vec<f32> = counts.iter().map(weight).collect();
        let units = self.index.with_any(&clause.terms(), &counts)?;
        let weighing = Weighing { matcher, weights, terms: clause.terms() };
        let found = self.best(&units, &weighing)?;
        let show = |one: &Found<'_>| {
            let mut places = Vec::new();
            weighing.matcher.test(&one.unit, Level::Synonyms, &mut places)?;
            shown(self.index, one, &mut places, Match::Any)
        };
        found.iter().map(show).collect()
    }

    /// The best of some units that hold any of the words, best first.
    fn best<'index>(&self, units: &[Unit<'index>], weighing: &Weighing<'_>) -> Result<Vec<Found<'index>>, IndexError> {
        if units.len() < SIDE_BY_SIDE {
            return self.best_of_few(units, weighing);
        }
        let (first, second) = units.split_at(units.len() / 2);
        let (found, others) = std::thread::scope(|scope| {
            let others = scope.spawn(|| self.best_of_few(second, weighing));
            (self.best_of_few(first, weighing), others.join())
        });
        let mut found = found?;
        found.extend(others.unwrap_or_else(|_| self.best_of_few(second, weighing))?);
        keep_best(&mut found, Some(RELATED));
        Ok(found)
    }

    fn best_of_few<'index>(&self, units: &[Unit<'index>], weighing: &Weighing<'_>) -> Result<Vec<Found<'index>>, IndexError> {
        let Weighing { matcher, weights, terms } = weighing;
        let (mut found, mut places) = (Vec::new(), Vec::new());
        let mut worst = f32::NEG_INFINITY;
        for unit in units {
            if self.is_within(unit) && matcher.test(unit, Level::Synonyms, &mut places)? {
                places.sort_unstable();
                let mut tally = weigh_lightly(unit, &places, weights);
                // Most of very many units need no closer look: they cannot be among the best.
                if tally.score.total() + most_more(weights, &places, self.prefer) < worst {
                    continue;
                }
                weigh_fully(&mut tally, unit, &places, weights);
                tally.score.asked_for = asked_for(unit, self.prefer);
                tally.score.whole_words += ABOVE * above(unit, terms, weights, &places);
                found.push(Found { unit: *unit, tally });
                if found.len() >= MOST_KEPT {
                    keep_best(&mut found, Some(RELATED));
                    worst = found.last().map_or(worst, |last: &Found<'_>| last.tally.score.total());
                }
            }
        }
        keep_best(&mut found, Some(RELATED));
        Ok(found)
    }
}

/// What units are weighed by.
struct Weighing<'terms> {
    matcher: Matcher<'terms>,
    weights: Vec<f32>,
    terms: Vec<&'terms Term>,
}

/// What a closer look at a unit with these places can add to its total at most: its words as whole words, the others above it.
fn most_more(weights: &[f32], places: &[Place], prefer: Option<Preference>) -> f32 {
    let [whole_words, ..] = Score::WEIGHTS;
    let is_missing = |number: &usize| !places.iter().any(|place| place.term == *number);
    let missing: f32 = weights.iter().enumerate().filter(|(number, _)| is_missing(number)).map(|(_, weight)| weight).sum();
    let missing = missing / weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    possible_rest(weights.len(), prefer) - (1.0 - ABOVE) * missing * whole_words
}

/// The share of the weights that falls to words which stand in a heading above the unit and not in the unit itself.
fn above(unit: &Unit<'_>, terms: &[&Term], weights: &[f32], places: &[Place]) -> f32 {
    let headings: Vec<_> = std::iter::successors(unit.parent(), Unit::parent)
        .filter(|unit| unit.record.standing == Standing::Measure)
        .filter_map(|unit| str::from_utf8(unit.folded).ok())
        .collect();
    let own: BTreeSet<usize> = places.iter().map(|place| place.term).collect();
    let missing = terms.iter().zip(weights).enumerate().filter(|(number, _)| !own.contains(number));
    let sum: f32 = missing
        .filter(|(_, (term, _))| forms(term).any(|form| headings.iter().any(|heading| heading.contains(form))))
        .map(|(_, (_, weight))| weight)
        .sum();
    sum / weights.iter().sum::<f32>().max(f32::MIN_POSITIVE)
}

/// A word and its synonyms, folded.
fn forms(term: &Term) -> impl Iterator<Item = &str> {
    term.typed_forms().chain(term.synonyms().map(|form| form.folded.as_str()))
}

/// The words of some folded strings by which units are looked for.
fn cut(folded: &[&str]) -> Vec<String> {
    let segmenter = Segmenter::for_texts(folded.iter().copied());
    let mut words: Vec<String> = Vec::new();
    for word in folded.iter().flat_map(|text| segmenter.content_words(text)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(MOST_WORDS);
    words
}

/// What a word weighs that stands in so many of all units.
#[expect(clippy::cast_precision_loss, reason = "a weight need not be exact")]
fn rarity(units: usize, all: usize) -> f32 {
    (1.0 + (all.saturating_sub(units) as f32 + 0.5) / (units as f32 + 0.5)).ln()
}

impl Index {
    fn unit_count(&self) -> usize {
        self.shelves.iter().map(Shelf::unit_count).sum()
    }

    /// How many units hold a word or a synonym: exactly in a small library, at most where the index tells.
    fn units_with(&self, term: &Term) -> Result<usize, IndexError> {
        if self.is_small() {
            let finders: Vec<_> = forms(term).map(memchr::memmem::Finder::new).collect();
            let holds = |unit: &Unit<'_>| finders.iter().any(|finder| finder.find(unit.folded).is_some());
            return Ok(self.shelves.iter().flat_map(Shelf::units).filter(holds).count());
        }
        forms(term).try_fold(0, |units, form| Ok(units + self.at_most(form)? as usize))
    }

    /// The units that hold any of the words, those with rare words first where there are very many.
    fn with_any(&self, terms: &[&Term], counts: &[usize]) -> Result<Vec<Unit<'_>>, IndexError> {
        if self.is_small() {
            return Ok(self.shelves.iter().flat_map(Shelf::units).collect());
        }
        let mut rarest: Vec<_> = counts.iter().zip(terms).collect();
        rarest.sort_by_key(|(units, _)| **units);
        let mut keys: Vec<UnitKey> = Vec::new();
        for (_, term) in rarest {
            if keys.len() > ENOUGH {
                break;
            }
            for segment in self.segments_of(|_| true) {
                let segment = segment?;
                for form in forms(term) {
                    keys.extend(segment.keys(segment.may_hold(form)?.unwrap_or_default()));
                }
            }
            keys.sort_unstable();
            keys.dedup();
        }
        Ok(self.units(&keys))
    }
}

/// A query's terms cut into words, one list for each.
pub(super) fn words_of_terms(query: &Query) -> Vec<Vec<String>> {
    query.terms().into_iter().map(|term| cut(&[&term.folded])).collect()
}
