//! Drawing the tree.

use super::{Canvas, notes};
use crate::document::node::NodeIndex;
use crate::text::width::truncate;
use crate::tui::breadcrumb::step_name;
use crate::tui::state::{Focus, State};
use crate::tui::tree::{Fold, Row, is_row};

/// From this width on a level of the tree stands two columns further in, else one.
const ROOMY: u16 = 36;

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let (state, area) = (canvas.state, canvas.geometry.list);
    if state.shelf.places().is_empty() {
        return draw_emptiness(canvas);
    }
    let theme = state.appearance.theme;
    for (number, row) in state.tree.rows().iter().enumerate().skip(state.tree.first()) {
        let Some(place) = super::row(area, number - state.tree.first()) else { break };
        let (style, mark_style) = match (number == state.tree.selected(), state.focus) {
            (false, _) => (theme.text, theme.dim),
            (true, Focus::Tree) => (theme.selected, theme.selected),
            (true, Focus::Reader | Focus::Search) => (theme.marked, theme.marked),
        };
        let is_selected = number == state.tree.selected();
        let kept = sign_below(canvas, row);
        let mut pen = canvas.pen(place);
        if is_selected {
            pen.write(&" ".repeat(usize::from(area.width)), style);
            pen = canvas.pen(place);
        }
        let step = if area.width < ROOMY { 1 } else { 2 };
        pen.skip(1 + step * row.depth.min(usize::from(area.width / 4)));
        pen.write(mark(row.fold), mark_style);
        if let Some(sign) = kept {
            pen.write_right(&format!("{sign} "), mark_style);
        }
        let shown = truncate(&name(state, row), pen.room().saturating_sub(1), state.appearance.ambiguous).into_owned();
        pen.write(&shown, style);
    }
}

/// The sign of a note on what a row stands for, and on what is below it and has no row to be seen.
fn sign_below(canvas: &Canvas<'_>, row: &Row) -> Option<&'static str> {
    let state = canvas.state;
    let (place, node) = row.target;
    let document = state.shelf.document(place)?;
    let Some(first) = node else {
        let all = NodeIndex(document.nodes.len());
        return (row.fold != Fold::Open).then(|| notes::sign_at(canvas, place, NodeIndex(0), all)).flatten();
    };
    let end = document.node(first)?.subtree_end;
    // Below a row that is open, what has a row of its own shows its own signs.
    let next = document.children(Some(first)).find(|(_, child)| is_row(child)).map_or(end, |(child, _)| child);
    notes::sign_at(canvas, place, first, if row.fold == Fold::Open { next } else { end })
}

const fn mark(fold: Fold) -> &'static str {
    match fold {
        Fold::Leaf => "  ",
        Fold::Closed => "▸ ",
        Fold::Open => "▾ ",
    }
}

fn name(state: &State, row: &Row) -> String {
    let (place, node) = row.target;
    let Some(node) = node else {
        return state.shelf.places().get(place).map(|entry| entry.listing.metadata.title.clone()).unwrap_or_default();
    };
    state.shelf.document(place).and_then(|document| document.node(node)).map(step_name).unwrap_or_default()
}

fn draw_emptiness(canvas: &mut Canvas<'_>) {
    let theme = canvas.state.appearance.theme;
    let lines = [
        canvas.say("库中还没有文件。", "The library is empty."),
        canvas.say("用 celan add 加入文件。", "Add files with `celan add`."),
    ];
    for (number, line) in lines.into_iter().enumerate() {
        if let Some(row) = super::row(canvas.geometry.list, number) {
            let mut pen = canvas.pen(row);
            pen.skip(1);
            pen.write(line, theme.dim);
        }
    }
}
