//! Searching: from `/` to the place that was found, and back.

use std::sync::Arc;

use super::{find, reading};
use crate::diagnostic::Bilingual;
use crate::tui::completion::completion;
use crate::tui::effect::Effect;
use crate::tui::event::Answer;
use crate::tui::facets;
use crate::tui::results::{Item, Results};
use crate::tui::search::{MORE, Origin, WHILE_TYPING};
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
    state.search.more = 0;
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
    if let Some(place) = answer.outcome.as_ref().ok().and_then(|found| found.place.as_ref()) {
        state.shelf.keep(Arc::clone(&place.document));
        state.tree.refresh(&state.shelf);
    }
    let ways = std::mem::take(&mut state.search.narrows).then(|| {
        let facets = answer.outcome.as_ref().map(|found| found.response.facets.clone()).unwrap_or_default();
        facets::rows(&facets, &answer.chapters, &state.shelf, state.appearance.language)
    });
    let results = Results::new(answer, &state.shelf, state.appearance.language);
    let before = state.search.entry().map(|entry| (entry.document.id.clone(), entry.node));
    let is_same = state.search.results.as_ref().is_some_and(|before| before.typed == results.typed);
    state.search.is_waiting = false;
    state.search.is_slow = false;
    let selected = results.items.iter().position(|item| match item {
        Item::Unit(entry) => before.as_ref().is_some_and(|(id, node)| *id == entry.document.id && *node == entry.node),
        Item::Suggestion(_) => false,
    });
    state.search.results = Some(results);
    let mut effects = Vec::new();
    match state.focus {
        Focus::Search if !is_same => {
            state.search.selected = 0;
            if state.search.entry().is_none() {
                return_to_origin(state);
            }
            effects.extend(preview(state));
        }
        Focus::Search | Focus::Tree | Focus::Reader => {
            state.search.selected = selected.unwrap_or(state.search.selected);
            state.search.place = place_here(state);
        }
    }
    if let Some(ways) = ways {
        find::open_facets(state, ways);
    }
    effects
}

/// Shows the selected entry in the reader, while the prompt keeps the focus; a document that has not been read is read first.
pub(super) fn preview(state: &mut State) -> Vec<Effect> {
    let Some(entry) = state.search.entry().cloned() else { return Vec::new() };
    let Some(shelf) = state.shelf.position(&entry.document.id) else { return Vec::new() };
    let effects = reading::show(state, shelf, Some(entry.node));
    let within = entry.hit.as_ref().and_then(|(hit, _)| hit.highlights.first().cloned());
    state.search.place = within.and_then(|within| {
        let places = &state.search.results.as_ref()?.places;
        places.iter().position(|place| place.shelf == shelf && place.node == entry.node && place.within == within)
    });
    arrive(state);
    effects
}

/// The reader shows the document of the selected entry, or of the place that one went to: shows that very place.
pub(super) fn arrive(state: &mut State) {
    let Some((document, shelf)) = state.reader.document().cloned().zip(state.open_place()) else { return };
    let place = state.search.place.and_then(|at| state.search.results.as_ref()?.places.get(at));
    let here = state.reader.current();
    let found = place
        .filter(|place| place.shelf == shelf && Some(place.node) == here)
        .and_then(|place| Some((place.node, place.span(&document)?.start)));
    let entry = state.search.entry().filter(|entry| state.focus == Focus::Search && entry.document.id == document.id);
    let selected = entry.and_then(|entry| Some((entry.node, entry.spans(&document).first()?.start)));
    if let Some((node, byte)) = found.or(selected).filter(|_| state.wanted.is_none()) {
        state.reader.go_to_byte(node, byte);
    }
}

/// At the end of the list more is listed, where there is more.
pub(super) fn list_more(state: &mut State) -> Vec<Effect> {
    let results =
        state.search.results.as_ref().filter(|results| results.is_cut && state.search.selected + 1 >= results.items.len());
    let Some(is_partial) = results.map(|results| results.is_partial).filter(|_| !state.search.is_waiting) else {
        return Vec::new();
    };
    state.search.more += MORE;
    let limit = is_partial.then_some(WHILE_TYPING + state.search.more);
    state.search.ask(limit).into_iter().collect()
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

/// Reads the selected unit, or searches for the selected suggestion; where only the first hits are known, all are asked for, so that
/// `n` misses none.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    if let Some(suggestion) = state.search.suggestion().map(str::to_owned) {
        state.search.prompt.replace(&suggestion);
        return ask(state);
    }
    if state.search.entry().is_none() {
        return Vec::new();
    }
    let mut effects = preview(state);
    state.focus = Focus::Reader;
    if state.wanted.is_none() {
        reading::reveal(state);
    }
    let is_partial = state.search.results.as_ref().is_some_and(|results| results.is_partial);
    effects.extend(find::remember_search(state));
    effects.extend(if is_partial { state.search.ask(None) } else { None });
    effects
}

/// Back: from the place that was found to the results, from the results to where one was, from the text to the tree.
pub(super) fn back(state: &mut State) -> Vec<Effect> {
    let has_results = state.search.results.is_some();
    match state.focus {
        Focus::Search => {
            return_to_origin(state);
            let origin = state.search.end();
            state.focus = origin.map_or(Focus::Tree, |origin| origin.focus);
        }
        Focus::Reader | Focus::Tree if has_results => {
            state.focus = Focus::Search;
            return preview(state);
        }
        Focus::Reader => state.focus = Focus::Tree,
        Focus::Tree => {}
    }
    Vec::new()
}

/// Goes to the next place that was found, or the one before; after the last comes the first.
pub(super) fn go_to_hit(state: &mut State, direction: Direction) -> Vec<Effect> {
    let places = state.search.results.as_ref().map_or(&[][..], |results| results.places.as_slice());
    let Some(last) = places.len().checked_sub(1) else {
        state.message = Some(Message::Trouble(Bilingual::new("还没有检索结果，按 / 检索", "nothing found yet; press / to search")));
        return Vec::new();
    };
    let (target, is_round) = match (direction, state.search.place) {
        (Direction::Next, Some(at)) if at >= last => (0, true),
        (Direction::Next, at) => (at.map_or(0, |at| at + 1), false),
        (Direction::Previous, None | Some(0)) => (last, true),
        (Direction::Previous, Some(at)) => (at - 1, false),
    };
    let Some(place) = places.get(target.min(last)).cloned() else { return Vec::new() };
    let effects = reading::show(state, place.shelf, Some(place.node));
    state.search.place = Some(target.min(last));
    if state.wanted.is_none() {
        arrive(state);
        reading::reveal(state);
    }
    if is_round {
        state.message = Some(Message::Done(match direction {
            Direction::Next => Bilingual::new("已到最后一处，从头开始", "after the last hit: the first again"),
            Direction::Previous => Bilingual::new("已到第一处，从末尾开始", "before the first hit: the last"),
        }));
    }
    effects
}

fn return_to_origin(state: &mut State) {
    if let Some(bookmark) = state.search.origin.as_ref().and_then(|origin| origin.bookmark.clone()) {
        state.wanted = None;
        state.reader.return_to(&bookmark);
        reading::follow(state);
    }
}

/// The place that was found in the unit one reads, among results that were asked for anew.
fn place_here(state: &State) -> Option<usize> {
    let (shelf, bookmark) = (state.open_place()?, state.reader.bookmark()?);
    let places = &state.search.results.as_ref()?.places;
    let within = bookmark.byte.saturating_sub(bookmark.document.unit_start(bookmark.document.node(bookmark.node)?));
    let here = (shelf, bookmark.node, within);
    let next = places.partition_point(|place| (place.shelf, place.node, place.within.start) < here);
    Some(next.min(places.len().checked_sub(1)?))
}
