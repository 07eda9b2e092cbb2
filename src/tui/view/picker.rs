//! Drawing a list to choose from: its name and counts, the names of its columns, its rows, and the line where one types.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::{Canvas, figures};
use crate::text::width::{columns, truncate};
use crate::tui::overlay::{Content, Overlay};
use crate::tui::picker::{Column, Picker, Width};

/// The columns of the screen between two columns of a list.
const BETWEEN: usize = 2;

/// Draws the list; gives the place of the cursor.
pub(super) fn draw(canvas: &mut Canvas<'_>) -> Option<Position> {
    let state = canvas.state;
    let overlay = state.overlay.as_ref()?;
    let area = canvas.geometry.overlay(overlay.content.shape());
    super::clear(canvas, area);
    super::clear(canvas, canvas.geometry.below(overlay.content.shape()));
    draw_name(canvas, overlay, area);
    let widths = widths(overlay.picker.columns(), area.width);
    let top = overlay.picker.head_height();
    if top > 1 {
        draw_columns(canvas, &overlay.picker, &widths, area);
    }
    for (number, row) in overlay.picker.shown().skip(overlay.picker.first()).enumerate() {
        let Some(place) = super::row(area, number + top) else { break };
        let is_selected = number + overlay.picker.first() == overlay.picker.selected();
        draw_row(canvas, &Drawn { picker: &overlay.picker, widths: &widths, row, is_selected }, place);
    }
    if overlay.picker.shown().len() == 0 && overlay.progress.is_none() && !overlay.picker.is_left() {
        let nothing = overlay.content.nothing(overlay.picker.row_count() > 0, state.appearance.language);
        if let Some(place) = super::row(area, top) {
            let mut pen = canvas.pen(place);
            pen.skip(1);
            pen.write(nothing, state.appearance.theme.dim);
        }
    }
    figures::draw_selected(canvas);
    draw_filter(canvas, overlay)
}

/// The name of the list, how many rows it shows of how many, and how far the gathering is.
fn draw_name(canvas: &mut Canvas<'_>, overlay: &Overlay, area: Rect) {
    let Some(row) = super::row(area, 0) else { return };
    let appearance = canvas.state.appearance;
    let (shown, all) = (overlay.picker.shown().len(), overlay.picker.row_count());
    let counted = if shown == all { format!("{all} ") } else { format!("{shown}/{all} ") };
    let progress = overlay.progress.map(|(done, of)| {
        let reading = appearance.language.pick("正在读取", "reading");
        format!("{reading} {done}/{of} · ")
    });
    let mut pen = canvas.pen(row);
    pen.skip(1);
    pen.write_right(&format!("{}{counted}", progress.unwrap_or_default()), appearance.theme.dim);
    let shown = truncate(overlay.content.name(appearance.language), pen.room(), appearance.ambiguous);
    pen.write(&shown, appearance.theme.accent);
}

/// The names of the columns; the one that the rows are ordered by with an arrow.
fn draw_columns(canvas: &mut Canvas<'_>, picker: &Picker, widths: &[usize], area: Rect) {
    let Some(row) = super::row(area, 1) else { return };
    let appearance = canvas.state.appearance;
    let order = picker.order();
    let mut pen = canvas.pen(row);
    pen.skip(1);
    for (at, (column, width)) in picker.columns().iter().zip(widths).enumerate().filter(|(_, (_, width))| **width > 0) {
        let arrow = match order.filter(|order| order.column == at) {
            Some(order) if order.is_descending => "▼",
            Some(_) => "▲",
            None => "",
        };
        let name = format!("{}{arrow}", column.name(appearance.language));
        let style = if arrow.is_empty() { appearance.theme.dim } else { appearance.theme.heading };
        let shown = truncate(&name, *width, appearance.ambiguous);
        let free = width.saturating_sub(columns(&shown, appearance.ambiguous));
        pen.skip(if column.is_right { free } else { 0 });
        pen.write(&shown, style);
        pen.skip(if column.is_right { BETWEEN } else { free + BETWEEN });
    }
}

struct Drawn<'a> {
    picker: &'a Picker,
    widths: &'a [usize],
    row: usize,
    is_selected: bool,
}

fn draw_row(canvas: &mut Canvas<'_>, drawn: &Drawn<'_>, place: Rect) {
    let appearance = canvas.state.appearance;
    let (mut pen, first) = super::results::begin(canvas, place, drawn.is_selected, appearance.theme.text);
    let other = if drawn.is_selected { first } else { appearance.theme.dim };
    let mut chart = None;
    let found = if drawn.is_selected { first.add_modifier(Modifier::UNDERLINED) } else { appearance.theme.accent };
    let mut style = first;
    for (at, (column, width)) in drawn.picker.columns().iter().zip(drawn.widths).enumerate().filter(|(_, (_, width))| **width > 0) {
        if column.is_drawn {
            chart = u16::try_from(*width).ok().map(|width| Rect { x: pen.x(), width, ..place });
        }
        let whole = drawn.picker.cell(drawn.row, at);
        // What is indented stands below something, which may not be shown while one types.
        let cell = if drawn.picker.filter().text().is_empty() { whole } else { whole.trim_start() };
        let indent = whole.len() - cell.len();
        let shown = truncate(cell, *width, appearance.ambiguous);
        let free = width.saturating_sub(columns(&shown, appearance.ambiguous));
        let kept = if shown == cell { cell.len() } else { shown.trim_end_matches('…').len() };
        pen.skip(if column.is_right { free } else { 0 });
        let marks = drawn.picker.found(drawn.row, at).into_iter();
        let marks = marks.map(|mark| mark.start.saturating_sub(indent)..mark.end.saturating_sub(indent).min(kept));
        let marks = marks.filter(|mark| mark.start < mark.end);
        write_marked(&mut pen, &shown, marks, (style, found));
        pen.skip(if column.is_right { BETWEEN } else { free + BETWEEN });
        style = other;
    }
    if let (Some(area), Some(Overlay { content: Content::Indicators(figures), .. })) = (chart, &canvas.state.overlay)
        && let Some(figure) = figures.get(drawn.row)
    {
        super::figures::draw_chart(canvas, figure, area.intersection(place), other);
    }
}

/// Writes a text, what was found of it in the second style.
fn write_marked(pen: &mut Pen<'_>, text: &str, marks: impl Iterator<Item = Range<usize>>, (plain, found): (Style, Style)) {
    let mut at = 0;
    for mark in marks {
        pen.write(text.get(at..mark.start).unwrap_or_default(), plain);
        pen.write(text.get(mark.clone()).unwrap_or_default(), found);
        at = mark.end;
    }
    pen.write(text.get(at..).unwrap_or_default(), plain);
}

/// The line where one types; it takes the place of the prompt.
fn draw_filter(canvas: &mut Canvas<'_>, overlay: &Overlay) -> Option<Position> {
    let row = super::row(canvas.geometry.status, 0)?;
    super::clear(canvas, row);
    let appearance = canvas.state.appearance;
    let mut pen = canvas.pen(row);
    pen.skip(1);
    let name = overlay.content.name(appearance.language);
    pen.write(name, appearance.theme.accent);
    pen.skip(1);
    let filter = overlay.picker.filter();
    let (shown, at) = filter.window(pen.room(), appearance.ambiguous);
    let cursor = Position { x: pen.x().saturating_add(u16::try_from(at).unwrap_or(u16::MAX)).min(row.right() - 1), y: row.y };
    if filter.text().is_empty() {
        pen.skip(1);
        pen.write(overlay.content.invitation(appearance.language), appearance.theme.dim);
    } else {
        pen.write(&shown, appearance.theme.text);
    }
    Some(cursor)
}

/// How many columns of the screen each column of a list takes; nothing for one that is not shown.
fn widths(list: &[Column], width: u16) -> Vec<usize> {
    let is_shown = |column: &&Column| column.from <= width;
    let count = list.iter().filter(is_shown).count();
    let exact: usize = list
        .iter()
        .filter(is_shown)
        .map(|column| match column.width {
            Width::Exactly(exact) => usize::from(exact),
            Width::Share(_) => 0,
        })
        .sum();
    let shares: usize = list
        .iter()
        .filter(is_shown)
        .map(|column| match column.width {
            Width::Exactly(_) => 0,
            Width::Share(weight) => usize::from(weight),
        })
        .sum();
    // One column before the first, one after the last.
    let left = usize::from(width).saturating_sub(2 + exact + BETWEEN * count.saturating_sub(1));
    list.iter()
        .map(|column| match column.width {
            _ if column.from > width => 0,
            Width::Exactly(exact) => usize::from(exact),
            Width::Share(weight) => left * usize::from(weight) / shares.max(1),
        })
        .collect()
}
