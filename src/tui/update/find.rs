//! Finding other than by searching the texts: the lists to choose from, and searches made again.

use super::{overlay, reading, searching};
use crate::diagnostic::Bilingual;
use crate::document::node::NodeIndex;
use crate::text::safe::safe_line;
use crate::tui::action::Find;
use crate::tui::effect::Effect;
use crate::tui::gathering::{Found, Gathered, Gathering, What};
use crate::tui::overlay::Content;
use crate::tui::picker::{Column, Picker, Width};
use crate::tui::search::WHILE_TYPING;
use crate::tui::state::{Focus, Message, State};
use crate::tui::{documents, facets, figures, headings};

/// So many searches are remembered.
const MOST_RECENT: usize = 500;

/// Does what a key for finding asks for.
pub(super) fn act(state: &mut State, action: Find) -> Vec<Effect> {
    match action {
        Find::Headings => open_headings(state),
        Find::Recent => open_recent(state),
        Find::Save => return save(state),
        Find::Narrow => return narrow(state),
        Find::Documents => open_documents(state),
        Find::Indicators => {
            let picker = Picker::new(figures::columns());
            return gather(state, What::Indicators, Content::Indicators(Vec::new()), picker);
        }
        Find::Preview => state.hides_preview = !state.hides_preview,
        Find::Switch | Find::Turn | Find::Forget => {}
    }
    Vec::new()
}

/// Leaves the list for a place in the text.
pub(super) fn go_to(state: &mut State, place: usize, node: Option<NodeIndex>) -> Vec<Effect> {
    state.overlay = None;
    state.focus = Focus::Reader;
    let effects = reading::show(state, place, node);
    if state.wanted.is_none() {
        reading::reveal(state);
    }
    effects
}

/// The other way that a list has: all documents instead of one, or the next column to order by.
pub(super) fn switch(state: &mut State) -> Vec<Effect> {
    let width = state.size.width;
    let Some(overlay) = &mut state.overlay else { return Vec::new() };
    let typed = overlay.picker.filter().text().to_owned();
    match overlay.content {
        Content::Headings(_) => {
            let mut picker = Picker::new(headings::columns_of_all());
            picker.retype(&typed);
            gather(state, What::Headings, Content::AllHeadings(Vec::new()), picker)
        }
        Content::AllHeadings(_) => {
            open_headings(state);
            if let Some(overlay) = state.overlay.as_mut().filter(|_| !typed.is_empty()) {
                overlay.picker.retype(&typed);
            }
            let mut effects = overlay::preview(state);
            effects.push(Effect::Gather(None));
            effects
        }
        Content::Documents | Content::Indicators(_) | Content::Facets(_) => {
            overlay.picker.sort_by_next(width);
            Vec::new()
        }
        Content::Recent(_) => {
            open_saved(state);
            Vec::new()
        }
        Content::Saved(_) => {
            open_recent(state);
            Vec::new()
        }
    }
}

/// The headings of the document that is open, the one that is read selected.
fn open_headings(state: &mut State) {
    let Some((document, place)) = state.reader.document().zip(state.open_place()) else {
        return tell(state, "没有打开的文件", "no document is open");
    };
    let (found, rows): (Vec<_>, Vec<_>) = headings::of_document(document, place).unzip();
    let here = state.reader.current();
    let current = found.iter().rposition(|heading| here.is_some_and(|here| heading.node <= here));
    let mut picker = Picker::new(headings::columns()).with_rows(rows);
    picker.select(current);
    overlay::open(state, Content::Headings(found), picker);
}

/// All documents, the one that is open selected.
fn open_documents(state: &mut State) {
    let mut picker = Picker::new(documents::columns()).with_rows(documents::rows(&state.shelf));
    picker.select(state.open_place());
    overlay::open(state, Content::Documents, picker);
}

/// Opens a list that is filled little by little.
fn gather(state: &mut State, what: What, content: Content, picker: Picker) -> Vec<Effect> {
    overlay::open(state, content, picker);
    state.gatherings += 1;
    let generation = state.gatherings;
    if let Some(overlay) = &mut state.overlay {
        overlay.progress = Some((0, state.shelf.places().len()));
        overlay.generation = generation;
    }
    vec![Effect::Gather(Some(Gathering { generation, what }))]
}

/// Takes in what was gathered, unless another list has been opened.
pub(super) fn take_gathered(state: &mut State, gathered: Gathered) {
    let Some(overlay) = state.overlay.as_mut().filter(|overlay| overlay.generation == gathered.generation) else { return };
    overlay.progress = (gathered.done < gathered.of).then_some((gathered.done, gathered.of));
    let mut rows = Vec::new();
    for found in gathered.found {
        match &mut overlay.content {
            Content::AllHeadings(headings) => {
                for (heading, row) in headings::found(found, &state.shelf) {
                    headings.push(heading);
                    rows.push(row);
                }
            }
            Content::Indicators(figures) => {
                let Found { document, indicators, .. } = found;
                for (figure, row) in figures::rows(&document, indicators, &state.shelf) {
                    figures.push(figure);
                    rows.push(row);
                }
            }
            Content::Headings(_) | Content::Recent(_) | Content::Saved(_) | Content::Facets(_) | Content::Documents => {}
        }
    }
    overlay.picker.extend(rows);
}

/// Asks how what was found can be narrowed; the list is opened with the answer.
fn narrow(state: &mut State) -> Vec<Effect> {
    state.search.narrows = true;
    let effect = state.search.ask(Some(WHILE_TYPING));
    if effect.is_none() {
        state.search.narrows = false;
        tell(state, "还没有检索结果，按 / 检索", "nothing found yet; press / to search");
    }
    effect.into_iter().collect()
}

/// Opens the list of ways to narrow.
pub(super) fn open_facets(state: &mut State, ways: Vec<(String, Vec<String>)>) {
    let (ways, rows): (Vec<_>, Vec<_>) = ways.into_iter().unzip();
    overlay::open(state, Content::Facets(ways), Picker::new(facets::columns()).with_rows(rows));
}

/// Puts a field into the query and searches for it.
pub(super) fn narrow_to(state: &mut State, way: &str) -> Vec<Effect> {
    let typed = format!("{} {way}", state.search.prompt.text().trim());
    state.overlay = None;
    state.focus = Focus::Search;
    state.search.prompt.replace(&typed);
    searching::ask(state)
}

/// Searches for what was searched for before.
pub(super) fn search_again(state: &mut State, typed: &str) -> Vec<Effect> {
    if let Some(overlay) = state.overlay.take() {
        state.focus = overlay.origin.focus;
    }
    if state.focus != Focus::Search {
        searching::begin(state);
    }
    state.search.prompt.replace(typed);
    searching::ask(state)
}

/// Remembers what is typed as searched for, the newest last.
pub(super) fn remember_search(state: &mut State) -> Vec<Effect> {
    let typed = state.search.prompt.text().trim().to_owned();
    if typed.is_empty() || state.memory.history.last() == Some(&typed) {
        return Vec::new();
    }
    let history = &mut state.memory.history;
    history.retain(|before| *before != typed);
    history.push(typed);
    let excess = history.len().saturating_sub(MOST_RECENT);
    history.drain(..excess);
    vec![Effect::Remember]
}

/// What was searched for, the newest first.
pub(super) fn open_recent(state: &mut State) {
    let searches: Vec<String> = state.memory.history.iter().rev().cloned().collect();
    let picker = list_of(&searches);
    overlay::open(state, Content::Recent(searches), picker);
}

/// The searches that were saved.
fn open_saved(state: &mut State) {
    let searches = state.memory.saved.clone();
    let picker = list_of(&searches);
    overlay::open(state, Content::Saved(searches), picker);
}

fn list_of(searches: &[String]) -> Picker {
    Picker::new(vec![Column::new("", "", Width::Share(1))]).with_rows(searches.iter().map(|search| vec![search.clone()]))
}

/// Saves what is typed; where nothing is, or one does not type, shows what was saved.
fn save(state: &mut State) -> Vec<Effect> {
    let typed = state.search.prompt.text().trim().to_owned();
    if typed.is_empty() || state.focus != Focus::Search {
        open_saved(state);
        return Vec::new();
    }
    let shown = safe_line(&typed).into_owned();
    let is_new = !state.memory.saved.contains(&typed);
    state.search.said = Some(if is_new {
        Bilingual::new(format!("已保存：{shown}"), format!("saved: {shown}"))
    } else {
        Bilingual::new("早已保存", "saved before")
    });
    if is_new {
        state.memory.saved.push(typed);
    }
    if is_new { vec![Effect::Remember] } else { Vec::new() }
}

/// Takes the selected search out of the list.
pub(super) fn forget(state: &mut State) -> Vec<Effect> {
    let Some(overlay) = &mut state.overlay else { return Vec::new() };
    let Some(row) = overlay.picker.chosen() else { return Vec::new() };
    let (searches, remembered) = match &mut overlay.content {
        Content::Recent(searches) => (searches, &mut state.memory.history),
        Content::Saved(searches) => (searches, &mut state.memory.saved),
        Content::Headings(_) | Content::AllHeadings(_) | Content::Facets(_) | Content::Documents | Content::Indicators(_) => {
            return Vec::new();
        }
    };
    if row >= searches.len() {
        return Vec::new();
    }
    let forgotten = searches.remove(row);
    let rows: Vec<_> = searches.iter().map(|search| vec![search.clone()]).collect();
    remembered.retain(|search| *search != forgotten);
    overlay.picker.clear();
    overlay.picker.extend(rows);
    overlay.picker.select(Some(row));
    vec![Effect::Remember]
}

fn tell(state: &mut State, chinese: &str, english: &str) {
    state.message = Some(Message::Trouble(Bilingual::new(chinese, english)));
}
