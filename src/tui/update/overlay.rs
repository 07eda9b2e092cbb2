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
    } else if *action == Action::Find(Find::Forget) {
        return Some(find::forget(state));
    } else if *action == Action::Open {
        return Some(choose(state));
    } else if *action == Action::Back {
        return Some(close(state));
    } else {
        return None;
    }
    let moved = overlay.picker.chosen() != before;
    Some(if moved { preview(state) } else { Vec::new() })
}

/// Takes the list away and shows what was shown before it.
fn close(state: &mut State) -> Vec<Effect> {
    let Some(overlay) = state.overlay.take() else { return Vec::new() };
    let was_shown = matches!(overlay.content, Content::Headings(_) | Content::AllHeadings(_));
    if let Some(bookmark) = overlay.origin.bookmark.as_ref().filter(|_| was_shown) {
        state.wanted = None;
        state.reader.return_to(bookmark);
    }
    state.focus = overlay.origin.focus;
    if overlay.progress.is_some() { vec![Effect::Gather(None)] } else { Vec::new() }
}

/// Shows what is selected, where the list leaves room for it.
pub(super) fn preview(state: &mut State) -> Vec<Effect> {
    let Some((overlay, row)) = chosen(state) else { return Vec::new() };
    match &overlay.content {
        Content::Headings(headings) => match headings.get(row).copied() {
            Some(heading) => reading::show(state, heading.place, Some(heading.node)),
            None => Vec::new(),
        },
        Content::AllHeadings(_)
        | Content::Recent(_)
        | Content::Saved(_)
        | Content::Facets(_)
        | Content::Documents
        | Content::Indicators(_) => Vec::new(),
    }
}

/// Does what choosing the selected row means.
fn choose(state: &mut State) -> Vec<Effect> {
    let Some((overlay, row)) = chosen(state) else { return Vec::new() };
    let mut effects = if overlay.progress.is_some() { vec![Effect::Gather(None)] } else { Vec::new() };
    effects.extend(match &overlay.content {
        Content::Headings(headings) | Content::AllHeadings(headings) => match headings.get(row).copied() {
            Some(heading) => find::go_to(state, heading.place, Some(heading.node)),
            None => Vec::new(),
        },
        Content::Recent(searches) | Content::Saved(searches) => match searches.get(row).cloned() {
            Some(typed) => find::search_again(state, &typed),
            None => Vec::new(),
        },
        Content::Facets(ways) => match ways.get(row).cloned() {
            Some(way) => find::narrow_to(state, &way),
            None => Vec::new(),
        },
        Content::Documents => find::go_to(state, row, None),
        Content::Indicators(figures) => match figures.get(row).map(|figure| (figure.place, figure.node())) {
            Some((place, node)) => find::go_to(state, place, Some(node)),
            None => Vec::new(),
        },
    });
    effects
}

/// The list and the number of its selected row.
fn chosen(state: &State) -> Option<(&Overlay, usize)> {
    state.overlay.as_ref().and_then(|overlay| Some((overlay, overlay.picker.chosen()?)))
}
