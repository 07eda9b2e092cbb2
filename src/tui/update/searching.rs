//! Searching: from `/` to the place that was found, and back.

use std::sync::Arc;

use super::{find, reading};
use crate::diagnostic::Bilingual;
use crate::tui::completion::completion;
use crate::tui::effect::Effect;
use crate::tui::event::Answer;
use crate::tui::facets;
use crate::tui::results::Results;
use crate::tui::search::{Origin, WHILE_TYPING};
use crate::tui::state::{Focus, Message, State};

/// Which way to go from a place that was found.
#[derive(Clone, Copy)]
pub(super) enum Direction {
    Next,
    Previous,
}

/// Begins a new search; the place where one is now is kept.
pub(super) fn begin(state: &mut State) {
    state.search.end();
    state.search.origin = Some(Origin { bookmark: state.reader.bookmark(), focus: state.focus });
    state.focus = Focus::Search;
}

/// Asks for what is typed; with nothing typed the place where one was is shown again.
pub(super) fn ask(state: &mut State) -> Vec<Effect> {
    state.search.narrows = false;
    let effect = state.search.ask(Some(WHILE_TYPING));
    if effect.is_none() {
        return_to_origin(state);
    }
    effect.into_iter().collect()
}

/// Takes an answer in, unless a newer search has been asked.
pub(super) fn take_answer(state: &mut State, answer: Answer) -> Vec<Effect> {
    if answer.generation != state.search.generation {
        return Vec::new();
    }
    for document in &answer.documents {
        if state.shelf.find(&document.id).is_none() {
            state.shelf.keep(Arc::clone(document));
        }
    }
    state.tree.refresh(&state.shelf);
    let ways = std::mem::take(&mut state.search.narrows).then(|| {
        let facets = answer.outcome.as_ref().map(|found| found.response.facets.clone()).unwrap_or_default();
        facets::rows(&facets, &answer.chapters, &state.shelf, state.appearance.language)
    });
    let results = Results::new(answer, &state.shelf, state.appearance.language);
    let is_same = state.search.results.as_ref().is_some_and(|before| before.typed == results.typed);
    state.search.is_waiting = false;
    state.search.is_slow = false;
    state.search.results = Some(results);
    match state.focus {
        Focus::Search if !is_same => {
            state.search.selected = 0;
            if state.search.entry().is_none() {
                return_to_origin(state);
            }
            preview(state);
        }
        Focus::Search | Focus::Tree | Focus::Reader => state.search.place = place_here(state),
    }
    if let Some(ways) = ways {
        find::open_facets(state, ways);
    }
    Vec::new()
}

/// Shows the selected entry in the reader, while the prompt keeps the focus.
pub(super) fn preview(state: &mut State) {
    let Some(entry) = state.search.entry().cloned() else { return };
    state.reader.open(&entry.document);
    match entry.highlights.first() {
        Some(first) => state.reader.go_to_byte(entry.node, first.start),
        None => state.reader.go_to(entry.node),
    }
    let place = state.open_place().zip(entry.highlights.first().cloned());
    state.search.place = place.and_then(|(shelf, span)| {
        let places = &state.search.results.as_ref()?.places;
        places.iter().position(|place| place.shelf == shelf && place.node == entry.node && place.span == span)
    });
}

/// Completes the name of a field that has been begun, else reads what is selected.
pub(super) fn complete(state: &mut State) -> Vec<Effect> {
    match completion(state.search.prompt.before()) {
        Some(completion) => {
            state.search.prompt.insert(&completion.rest);
            ask(state)
        }
        None => open(state),
    }
}

/// Reads the selected unit, or searches for the selected suggestion; where only the first hits are known, all are asked for, so that `n` misses none.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    if let Some(suggestion) = state.search.suggestion().map(str::to_owned) {
        state.search.prompt.replace(&suggestion);
        return ask(state);
    }
    if state.search.entry().is_none() {
        return Vec::new();
    }
    preview(state);
    state.focus = Focus::Reader;
    reading::reveal(state);
    let is_partial = state.search.results.as_ref().is_some_and(|results| results.is_partial);
    let mut effects = find::remember_search(state);
    effects.extend(if is_partial { state.search.ask(None) } else { None });
    effects
}

/// Back: from the place that was found to the results, from the results to where one was, from the text to the tree.
pub(super) fn back(state: &mut State) {
    let has_results = state.search.results.is_some();
    match state.focus {
        Focus::Search => {
            return_to_origin(state);
            let origin = state.search.end();
            state.focus = origin.map_or(Focus::Tree, |origin| origin.focus);
        }
        Focus::Reader | Focus::Tree if has_results => {
            state.focus = Focus::Search;
            preview(state);
        }
        Focus::Reader => state.focus = Focus::Tree,
        Focus::Tree => {}
    }
}

/// Goes to the next place that was found, or the one before; after the last comes the first.
pub(super) fn go_to_hit(state: &mut State, direction: Direction) {
    let places = state.search.results.as_ref().map_or(&[][..], |results| results.places.as_slice());
    let Some(last) = places.len().checked_sub(1) else {
        state.message = Some(Message::Trouble(Bilingual::new("还没有检索结果，按 / 检索", "nothing found yet; press / to search")));
        return;
    };
    let (target, is_round) = match (direction, state.search.place) {
        (Direction::Next, Some(at)) if at >= last => (0, true),
        (Direction::Next, at) => (at.map_or(0, |at| at + 1), false),
        (Direction::Previous, None | Some(0)) => (last, true),
        (Direction::Previous, Some(at)) => (at - 1, false),
    };
    let Some(place) = places.get(target.min(last)).cloned() else { return };
    let Some(document) = state.shelf.document(place.shelf) else { return };
    state.reader.open(document);
    state.reader.go_to_byte(place.node, place.span.start);
    state.search.place = Some(target.min(last));
    reading::reveal(state);
    if is_round {
        state.message = Some(Message::Done(match direction {
            Direction::Next => Bilingual::new("已到最后一处，从头开始", "after the last hit: the first again"),
            Direction::Previous => Bilingual::new("已到第一处，从末尾开始", "before the first hit: the last"),
        }));
    }
}

fn return_to_origin(state: &mut State) {
    if let Some(bookmark) = state.search.origin.as_ref().and_then(|origin| origin.bookmark.clone()) {
        state.reader.return_to(&bookmark);
        reading::follow(state);
    }
}

/// The place that was found in the unit one reads, among results that were asked for anew.
fn place_here(state: &State) -> Option<usize> {
    let (shelf, bookmark) = (state.open_place()?, state.reader.bookmark()?);
    let places = &state.search.results.as_ref()?.places;
    let next = places.partition_point(|place| (place.shelf, place.span.start) < (shelf, bookmark.byte));
    Some(next.min(places.len().checked_sub(1)?))
}
