//! Drawing what is kept: the list of bookmarks and notes, the line where a note is written, the signs beside units.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::Canvas;
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::library::notes::Standing;
use crate::text::width::truncate;
use crate::tui::kept::{List, Writing, sign};

/// Draws the list over both panes, where it is shown.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let Some(list) = canvas.state.kept.list else { return };
    let area = canvas.geometry.body;
    super::clear(canvas, area);
    let count = canvas.state.kept.notes().len();
    let theme = canvas.state.appearance.theme;
    if let Some(row) = super::row(area, 0) {
        let name = canvas.say("书签和笔记", "Bookmarks and notes");
        let mut pen = canvas.pen(row);
        pen.skip(1);
        pen.write_right(&format!("{}/{count} ", list.selected + 1), theme.dim);
        pen.write(name, theme.accent);
    }
    for (number, note) in (list.first..count).enumerate() {
        let (Some(head), Some(below)) = (super::row(area, 2 * number + 1), super::row(area, 2 * number + 2)) else { break };
        draw_note(canvas, list, note, [head, below]);
    }
}

/// Its place and what has become of it, then its words or the beginning of its unit.
fn draw_note(canvas: &mut Canvas<'_>, list: List, number: usize, [head, below]: [Rect; 2]) {
    let (state, theme) = (canvas.state, canvas.state.appearance.theme);
    let Some(note) = state.kept.notes().get(number) else { return };
    let place = state.kept.place(number);
    let document = place.and_then(|(place, _)| state.shelf.document(*place));
    let named = document.zip(place.and_then(|(_, standing)| standing.node()));
    let in_words = |(document, node): (&Arc<Document>, NodeIndex)| {
        let place = document.place_in_words(node);
        format!("{place}{}{}", if place.is_empty() { "" } else { "  " }, document.official_name())
    };
    let name = named.map_or_else(|| note.locator.to_string(), in_words);
    let standing = match place {
        Some((_, Standing::Here(_))) | None => "",
        Some((_, Standing::Changed(_))) => canvas.say("原文已改动 ", "changed "),
        Some((_, Standing::Moved(_))) => canvas.say("已移位 ", "moved "),
        Some((_, Standing::Vanished)) => canvas.say("原文已不在 ", "text gone "),
    };
    let style = if number == list.selected { theme.selected } else { theme.heading };
    let ambiguous = state.appearance.ambiguous;
    let mut pen = canvas.pen(head);
    if number == list.selected {
        pen.write(&" ".repeat(usize::from(head.width)), style);
        pen = canvas.pen(head);
    }
    pen.skip(1);
    pen.write_right(standing, if number == list.selected { theme.selected } else { theme.warning });
    pen.write(sign(note), style);
    pen.write(" ", style);
    let shown = truncate(&name, pen.room(), ambiguous).into_owned();
    pen.write(&shown, style);
    let (words, style) = if note.text.is_empty() { (&note.quotation, theme.dim) } else { (&note.text, theme.text) };
    let mut pen = canvas.pen(below);
    pen.skip(3);
    let shown = truncate(words, pen.room().saturating_sub(1), ambiguous).into_owned();
    pen.write(&shown, style);
}

/// The line where a note is written, and the place of the cursor in it.
pub(super) fn draw_writing(canvas: &mut Canvas<'_>, row: Rect, writing: &Writing) -> Position {
    let theme = canvas.state.appearance.theme;
    let name = canvas.say("笔记 ", "Note ");
    let ambiguous = canvas.state.appearance.ambiguous;
    let locator = format!("{} ", writing.after.locator);
    let mut pen = canvas.pen(row);
    pen.skip(1);
    if pen.room() > 60 {
        pen.write_right(&locator, theme.dim);
    }
    pen.write(name, theme.accent);
    let (shown, at) = writing.prompt.window(pen.room(), ambiguous);
    let cursor = Position { x: pen.x().saturating_add(u16::try_from(at).unwrap_or(u16::MAX)).min(row.right() - 1), y: row.y };
    pen.write(&shown, theme.text);
    cursor
}

/// The sign of the first note on a unit, or on anything below it that the tree does not show.
pub(super) fn sign_at(canvas: &Canvas<'_>, place: usize, first: NodeIndex, end: NodeIndex) -> Option<&'static str> {
    let mut notes = canvas.state.kept.of(place).filter(|(node, _)| (first..end).contains(node));
    notes.next().map(|(_, note)| sign(note))
}
