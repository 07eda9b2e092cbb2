//! Places that one left, marked, or read last: the jump list, marks, and what is remembered from one day to the next.

use crate::diagnostic::Bilingual;
use crate::document::locator::{DocumentId, Locator};
use crate::text::safe::safe_line;
use crate::tui::action::walk::Way;
use crate::tui::breadcrumb::breadcrumb;
use crate::tui::effect::Effect;
use crate::tui::memory::Memory;
use crate::tui::reader::Bookmark;
use crate::tui::state::{Focus, Message, State};
use crate::tui::update::reading;
use crate::tui::walk::Arrival;

/// The columns of a place in a message.
const SHORT: usize = 48;

/// Where everything begins: the document that was read last at its place, or the first document.
pub(in crate::tui::update) fn resume(state: &mut State) -> Vec<Effect> {
    let last = state.memory.last.as_deref().map(DocumentId::new).and_then(|id| state.shelf.position(&id));
    match last {
        Some(place) => {
            let id = state.memory.last.clone().unwrap_or_default();
            let address = state.memory.places.get(&id).and_then(|place| place.parse::<Locator>().ok());
            go(state, place, address.map(|locator| Arrival::Address(locator.address)))
        }
        None if state.shelf.places().is_empty() => Vec::new(),
        None => reading::show(state, 0, None),
    }
}

/// Goes to a place of a document, which is read first where it has not been.
pub(super) fn go(state: &mut State, place: usize, arrival: Option<Arrival>) -> Vec<Effect> {
    state.focus = Focus::Reader;
    let effects = reading::show(state, place, None);
    if state.wanted.is_some() {
        state.walk.arrival = arrival;
    } else if let Some(arrival) = arrival {
        arrive(state, &arrival);
    } else {
        reading::reveal(state);
    }
    effects
}

/// Goes to a place of the document that has just been opened.
pub(in crate::tui::update) fn arrive(state: &mut State, arrival: &Arrival) {
    let Some(document) = state.reader.document().cloned() else { return };
    match arrival.find(&document) {
        Some(node) => state.reader.go_to(node),
        None => super::tell(state, "文件中已没有这一处，从头显示", "the document has no such place; this is its beginning"),
    }
    reading::reveal(state);
}

/// Back to where one jumped from, or forth again.
pub(super) fn jump(state: &mut State, way: Way) {
    let here = state.reader.bookmark();
    let place = match way {
        Way::Back => here.and_then(|here| state.walk.jumps.back(here)),
        Way::Forth => state.walk.jumps.forth(),
    };
    match (place, way) {
        (Some(place), _) => {
            state.reader.return_to(&place);
            state.focus = Focus::Reader;
            reading::reveal(state);
        }
        (None, Way::Back) => super::tell(state, "没有更早的位置", "there is no earlier place"),
        (None, Way::Forth) => super::tell(state, "没有更后的位置", "there is no later place"),
    }
}

/// Marks where one reads with a letter.
pub(super) fn mark(state: &mut State, letter: char) -> Vec<Effect> {
    let Some(place) = state.reader.bookmark() else { return Vec::new() };
    let Some(locator) = locator(&place) else { return Vec::new() };
    state.memory.marks.insert(letter, locator);
    let crumbs = breadcrumb(&place.document, place.node, SHORT, state.appearance.ambiguous);
    let message = Bilingual::new(format!("已作标记 {letter}：{crumbs}"), format!("marked as {letter}: {crumbs}"));
    state.message = Some(Message::Done(message));
    vec![Effect::Remember]
}

/// Goes to a mark.
pub(super) fn recall(state: &mut State, letter: char) -> Vec<Effect> {
    let Some(written) = state.memory.marks.get(&letter).cloned() else {
        super::tell(state, format!("没有标记 {letter}"), format!("there is no mark {letter}"));
        return Vec::new();
    };
    let locator = written.parse::<Locator>().ok();
    let place = locator.as_ref().and_then(|locator| state.shelf.position(&locator.document));
    let Some((place, locator)) = place.zip(locator) else {
        let written = safe_line(&written).into_owned();
        let english = format!("mark {letter} is in a document that is no longer in the library: {written}");
        super::tell(state, format!("标记 {letter} 所在的文件已不在库中：{written}"), english);
        return Vec::new();
    };
    go(state, place, Some(Arrival::Address(locator.address)))
}

/// Takes note of where one reads after an event: jumps are kept, and a document that was left is remembered.
pub(in crate::tui::update) fn settle(state: &mut State, leaps: bool) -> Vec<Effect> {
    let leaps = leaps || state.walk.is_leaping;
    state.walk.is_leaping = leaps && state.wanted.is_some();
    let reads = state.sheet.is_none() && state.overlay.is_none() && (state.focus == Focus::Reader || state.walk.settled.is_none());
    let Some(now) = state.reader.bookmark().filter(|_| reads && state.wanted.is_none()) else { return Vec::new() };
    let id = now.document.id.to_string();
    let Some(before) = state.walk.settled.replace(now) else {
        state.memory.last = Some(id);
        return Vec::new();
    };
    let is_other = before.document.id.as_str() != id;
    let has_moved = is_other || state.reader.current() != Some(before.node);
    if is_other {
        note(&mut state.memory, &before);
        state.memory.last = Some(id);
    }
    if leaps && has_moved {
        state.walk.jumps.leave(before);
    }
    if is_other { vec![Effect::Remember] } else { Vec::new() }
}

/// Ends the program, remembering where one read.
pub(in crate::tui::update) fn leave(state: &mut State) -> Vec<Effect> {
    let mut effects = keep_place(state);
    effects.push(Effect::Quit);
    effects
}

/// Remembers where one reads.
pub(in crate::tui::update) fn keep_place(state: &mut State) -> Vec<Effect> {
    let shown = state.reader.bookmark().filter(|_| state.focus != Focus::Search);
    for place in state.walk.settled.clone().into_iter().chain(shown) {
        note(&mut state.memory, &place);
        state.memory.last = Some(place.document.id.to_string());
    }
    vec![Effect::Remember]
}

fn note(memory: &mut Memory, place: &Bookmark) {
    if let Some(locator) = locator(place) {
        memory.places.insert(place.document.id.to_string(), locator);
    }
}

fn locator(place: &Bookmark) -> Option<String> {
    let node = place.document.node(place.node)?;
    Some(place.document.locator(node).to_string())
}
