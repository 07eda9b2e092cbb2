//! The mouse: where something was pressed or turned, and what that means there. Hit-testing is the matter of the geometry alone.

use ratatui::layout::Position;

use super::{keeping, open, reading, searching};
use crate::tui::action::{Action, Motion};
use crate::tui::effect::Effect;
use crate::tui::event::{Mouse, Pointer};
use crate::tui::layout::SPLITS;
use crate::tui::state::{Focus, State};

/// How many lines a turn of the wheel moves.
const WHEEL: usize = 3;

/// Takes an event of the mouse in.
pub(super) fn point(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    let is_dragging = std::mem::take(&mut state.is_dragging);
    match mouse.pointer {
        Pointer::Press => press(state, mouse),
        Pointer::Drag if is_dragging => {
            state.is_dragging = true;
            split(state, mouse.column);
            Vec::new()
        }
        Pointer::Release if is_dragging => vec![Effect::Remember],
        Pointer::Drag | Pointer::Release => Vec::new(),
        Pointer::WheelDown => wheel(state, mouse, Motion::Down),
        Pointer::WheelUp => wheel(state, mouse, Motion::Up),
    }
}

fn split(state: &mut State, column: u16) {
    let share = u32::from(column) * 100 / u32::from(state.size.width.max(1));
    let share = u16::try_from(share).unwrap_or(*SPLITS.end());
    state.memory.split = Some(share.clamp(*SPLITS.start(), *SPLITS.end()));
}

/// Whether something lies over the panes, which then has the wheel and takes no presses but those that are its own.
fn is_covered(state: &State) -> bool {
    state.sheet.is_some() || state.overlay.is_some() || state.kept.writing.is_some()
}

fn press(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    let geometry = state.geometry();
    let at = Position { x: mouse.column, y: mouse.row };
    if is_covered(state) {
        return Vec::new();
    }
    if let Some(list) = state.kept.list {
        let row = usize::from(mouse.row.saturating_sub(geometry.body.y + 1)) / 2 + list.first;
        let is_note = geometry.body.contains(at) && mouse.row > geometry.body.y && row < state.kept.notes().len();
        return if is_note { press_note(state, row) } else { Vec::new() };
    }
    if geometry.divider.contains(at) && geometry.divider.width == 1 {
        state.is_dragging = true;
        return Vec::new();
    }
    if geometry.list.contains(at) {
        let row = usize::from(mouse.row - geometry.list.y);
        return if state.focus == Focus::Search { press_result(state, row) } else { press_tree(state, row) };
    }
    if geometry.text.contains(at) && state.focus != Focus::Search {
        state.reader.point(usize::from(mouse.row - geometry.text.y));
        state.focus = Focus::Reader;
        reading::follow(state);
    }
    Vec::new()
}

/// The first press selects, the second opens.
fn press_note(state: &mut State, row: usize) -> Vec<Effect> {
    let Some(list) = state.kept.list.as_mut() else { return Vec::new() };
    if list.selected == row {
        return keeping::open(state);
    }
    list.selected = row;
    Vec::new()
}

/// The first press selects and shows, the second folds or unfolds.
fn press_tree(state: &mut State, row: usize) -> Vec<Effect> {
    let row = row + state.tree.first();
    let is_again = state.tree.selected() == row && state.focus == Focus::Tree;
    state.focus = Focus::Tree;
    if !state.tree.select(row) {
        return Vec::new();
    }
    if is_again {
        let folding = if state.tree.is_open() { reading::Folding::Fold } else { reading::Folding::Unfold };
        return reading::fold(state, folding);
    }
    reading::show_selected(state)
}

/// The first press selects and shows, the second opens.
fn press_result(state: &mut State, row: usize) -> Vec<Effect> {
    // The first row tells how many there are.
    let item = row.checked_sub(1).and_then(|row| state.search.rows.get(row + state.search.first)?.item());
    let Some(item) = item else { return Vec::new() };
    if item == state.search.selected {
        return open(state);
    }
    state.search.selected = item;
    searching::preview(state);
    Vec::new()
}

/// The wheel moves what is under the pointer, whatever has the focus.
fn wheel(state: &mut State, mouse: Mouse, motion: Motion) -> Vec<Effect> {
    let geometry = state.geometry();
    let at = Position { x: mouse.column, y: mouse.row };
    let mut effects = Vec::new();
    for _ in 0..WHEEL {
        if is_covered(state) || state.kept.list.is_some() {
            effects.extend(super::act(state, Action::Move(motion)));
        } else if geometry.list.contains(at) {
            let focus = state.focus;
            state.focus = if focus == Focus::Search { Focus::Search } else { Focus::Tree };
            effects.extend(super::act(state, Action::Move(motion)));
            state.focus = focus;
        } else if state.focus != Focus::Search {
            state.reader.scroll(motion);
        }
    }
    if state.focus == Focus::Reader {
        reading::follow(state);
    }
    effects
}
