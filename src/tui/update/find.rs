//! Finding other than by searching the texts: the lists to choose from.

use super::{overlay, reading};
use crate::diagnostic::Bilingual;
use crate::document::node::NodeIndex;
use crate::tui::action::Find;
use crate::tui::effect::Effect;
use crate::tui::headings;
use crate::tui::overlay::Content;
use crate::tui::picker::Picker;
use crate::tui::state::{Focus, Message, State};

/// Does what a key for finding asks for.
pub(super) fn act(state: &mut State, action: Find) -> Vec<Effect> {
    match action {
        Find::Headings => open_headings(state),
        Find::Switch | Find::Turn => {}
    }
    Vec::new()
}

/// Leaves the list for a place in the text.
pub(super) fn go_to(state: &mut State, place: usize, node: Option<NodeIndex>) -> Vec<Effect> {
    state.overlay = None;
    state.focus = Focus::Reader;
    let effects = reading::show(state, place, node);
    reading::reveal(state);
    effects
}

/// The other way that a list has.
pub(super) fn switch(state: &mut State) -> Vec<Effect> {
    let width = state.size.width;
    if let Some(overlay) = &mut state.overlay {
        overlay.picker.sort_by_next(width);
    }
    overlay::preview(state)
}

/// The headings of the document that is open, the one that is read selected.
fn open_headings(state: &mut State) {
    let Some((document, place)) = state.reader.document().zip(state.open_place()) else {
        state.message = Some(Message::Trouble(Bilingual::new("没有打开的文件", "no document is open")));
        return;
    };
    let (found, rows): (Vec<_>, Vec<_>) = headings::of_document(document, place).unzip();
    let here = state.reader.current();
    let current = found.iter().rposition(|heading| here.is_some_and(|here| heading.node <= here));
    let mut picker = Picker::new(headings::columns()).with_rows(rows);
    picker.select(current);
    overlay::open(state, Content::Headings(found), picker);
}
