//! What keys do in a list that lies over the panes.

use super::{find, reading};
use crate::tui::action::{Action, Find};
use crate::tui::effect::Effect;
use crate::tui::overlay::{Content, Overlay};
use crate::tui::picker::Picker;
use crate::tui::search::Origin;
use crate::tui::state::State;

/// Lays a list over the panes, where one is now being kept.
pub(super) fn open(state: &mut State, content: Content, picker: Picker) {
    let origin = Origin { bookmark: state.reader.bookmark(), focus: state.focus };
    let origin = state.overlay.take().map_or(origin, |before| before.origin);
    state.overlay = Some(Overlay::new(content, picker, origin));
}

/// What an action does while a list lies over the panes; none where it does what it always does.
pub(super) fn act(state: &mut State, action: &Action) -> Option<Vec<Effect>> {
    let overlay = state.overlay.as_mut().filter(|_| state.sheet.is_none())?;
    let before = overlay.picker.chosen();
    if let Action::Insert(text) = action {
        overlay.picker.insert(text);
    } else if let Action::Edit(edit) = action {
        overlay.picker.edit(*edit);
    } else if let Action::Move(motion) = action {
        overlay.picker.step(*motion);
    } else if *action == Action::Find(Find::Turn) {
        overlay.picker.turn();
    } else if *action == Action::Find(Find::Switch) {
        return Some(find::switch(state));
    } else if *action == Action::Open {
        return Some(choose(state));
    } else if *action == Action::Back {
        close(state);
        return Some(Vec::new());
    } else {
        return None;
    }
    let moved = overlay.picker.chosen() != before;
    Some(if moved { preview(state) } else { Vec::new() })
}

/// Takes the list away and shows what was shown before it.
fn close(state: &mut State) {
    let Some(overlay) = state.overlay.take() else { return };
    if let Some(bookmark) = &overlay.origin.bookmark {
        state.wanted = None;
        state.reader.return_to(bookmark);
    }
    state.focus = overlay.origin.focus;
}

/// Shows what is selected, where the list leaves room for it.
pub(super) fn preview(state: &mut State) -> Vec<Effect> {
    let Some((overlay, row)) = state.overlay.as_ref().and_then(|overlay| Some((overlay, overlay.picker.chosen()?))) else {
        return Vec::new();
    };
    match &overlay.content {
        Content::Headings(headings) => match headings.get(row).copied() {
            Some(heading) => reading::show(state, heading.place, Some(heading.node)),
            None => Vec::new(),
        },
    }
}

/// Does what choosing the selected row means.
fn choose(state: &mut State) -> Vec<Effect> {
    let Some((overlay, row)) = state.overlay.as_ref().and_then(|overlay| Some((overlay, overlay.picker.chosen()?))) else {
        return Vec::new();
    };
    match &overlay.content {
        Content::Headings(headings) => match headings.get(row).copied() {
            Some(heading) => find::go_to(state, heading.place, Some(heading.node)),
            None => Vec::new(),
        },
    }
}
