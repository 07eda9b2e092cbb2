//! Drawing what a search found: a count, then the rows of the list: headings, for each unit its breadcrumb and a line of its text
//! around the hit, suggestions.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Canvas;
use super::pen::Pen;
use crate::diagnostic::Language;
use crate::library::Suggestion;
use crate::search::Match;
use crate::text::width::{Ambiguous, truncate};
use crate::tui::breadcrumb::breadcrumb_below;
use crate::tui::entry::{Entry, Reason, Role};
use crate::tui::grouping::{Group, Map};
use crate::tui::listing::Row;
use crate::tui::results::{Item, Results, Tone, count};

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let state = canvas.state;
    let Some(results) = &state.search.results else { return };
    draw_count(canvas, results);
    let area = canvas.geometry.list;
    for (number, row) in state.search.rows.iter().skip(state.search.first).enumerate() {
        let Some(place) = super::row(area, number + 1) else { break };
        let is_selected = row.item() == Some(state.search.selected);
        match row {
            Row::Text(text, tone) => draw_text(canvas, place, text, *tone),
            Row::Group(number) => {
                if let Some(group) = results.groups.get(*number) {
                    draw_group(canvas, group, place);
                }
            }
            Row::Map(number) => {
                if let Some(map) = results.groups.get(*number).and_then(|group| group.map.as_ref()) {
                    draw_map(canvas, map, place);
                }
            }
            Row::Head(item) => {
                if let Some(entry) = results.entry(*item) {
                    draw_head(canvas, entry, place, is_selected);
                }
            }
            Row::Snippet(item) => {
                if let Some(entry) = results.entry(*item) {
                    draw_snippet(canvas, entry, place, is_selected);
                }
            }
            Row::Suggestion(item) => {
                if let Some(Item::Suggestion(suggestion)) = results.items.get(*item) {
                    draw_suggestion(canvas, suggestion, place, is_selected);
                }
            }
        }
    }
}

/// How much there is of what was typed, and which of the items is selected.
fn draw_count(canvas: &mut Canvas<'_>, results: &Results) {
    let Some(row) = super::row(canvas.geometry.list, 0) else { return };
    let appearance = canvas.state.appearance;
    let (text, style) = match &results.failure {
        Some(failure) => (failure.clone(), appearance.theme.warning),
        None => (count(results.units, results.occurrences, appearance.language), appearance.theme.accent),
    };
    let more = if results.is_cut { "+" } else { "" };
    let standing = format!("{}/{}{more} ", canvas.state.search.selected + 1, results.items.len());
    let mut pen = canvas.pen(row);
    pen.skip(1);
    if !results.items.is_empty() {
        pen.write_right(&standing, appearance.theme.dim);
    }
    let shown = truncate(&text, pen.room(), appearance.ambiguous);
    pen.write(&shown, style);
}

fn draw_text(canvas: &mut Canvas<'_>, place: Rect, text: &str, tone: Tone) {
    let theme = canvas.state.appearance.theme;
    let mut pen = canvas.pen(place);
    pen.skip(1);
    pen.write(text, if tone == Tone::Notice { theme.warning } else { theme.heading });
}

/// A document or chapter with the number of units that were found in it; a document further out.
fn draw_group(canvas: &mut Canvas<'_>, group: &Group, place: Rect) {
    let appearance = canvas.state.appearance;
    let more = if group.is_more { "+" } else { "" };
    let mut pen = canvas.pen(place);
    pen.skip(1);
    pen.write_right(&format!("{}{more} ", group.units), appearance.theme.dim);
    let style = if group.is_document { appearance.theme.heading } else { appearance.theme.accent };
    let shown = truncate(&group.name, pen.room(), appearance.ambiguous);
    pen.write(&shown, style);
}

/// Where in the document the hits lie: the higher the more; the part that the selected one lies in is marked.
fn draw_map(canvas: &mut Canvas<'_>, map: &Map, place: Rect) {
    let (state, appearance) = (canvas.state, canvas.state.appearance);
    let heights: &[&str] = match appearance.ambiguous {
        Ambiguous::Narrow => &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        Ambiguous::Wide => &[".", "-", "=", "#"],
    };
    let mut pen = canvas.pen(place);
    pen.skip(1);
    let cells = map.cells(pen.room().saturating_sub(1));
    let most = cells.iter().copied().max().unwrap_or(0).max(1);
    let selected = state.search.entry().filter(|entry| entry.document.id == map.document);
    let selected = selected.map(|entry| map.cell(entry.node, cells.len()));
    for (number, count) in cells.iter().enumerate() {
        let height = (count * (heights.len() - 1)).div_ceil(most);
        let style = match (Some(number) == selected, *count) {
            (true, _) => appearance.theme.selected,
            (false, 0) => appearance.theme.dim,
            (false, _) => appearance.theme.accent,
        };
        pen.write(heights.get(height).copied().unwrap_or_default(), style);
    }
}

/// A string that may have been meant, and how many units hold it.
fn draw_suggestion(canvas: &mut Canvas<'_>, suggestion: &Suggestion, place: Rect, is_selected: bool) {
    let (theme, language) = (canvas.state.appearance.theme, canvas.state.appearance.language);
    let units = suggestion.units.to_string();
    let counted = if language == Language::Chinese { format!("{units} 个单元 ") } else { format!("{units} ") };
    let (mut pen, style) = begin(canvas, place, is_selected, theme.text);
    pen.write_right(&counted, if is_selected { style } else { theme.dim });
    pen.skip(1);
    pen.write(&suggestion.text, style);
}

/// Marks the row where it is selected; gives a pen behind the mark, and the style to write in.
pub(super) fn begin<'c>(canvas: &'c mut Canvas<'_>, place: Rect, is_selected: bool, plain: Style) -> (Pen<'c>, Style) {
    let theme = canvas.state.appearance.theme;
    let (mark, style) = if is_selected { (canvas.strokes().selected, theme.selected) } else { (" ", plain) };
    let mut pen = canvas.pen(place);
    pen.write(mark, theme.accent);
    if is_selected {
        let room = pen.room();
        pen.write(&" ".repeat(room), style);
    }
    let mut pen = canvas.pen(place);
    pen.skip(1);
    (pen, style)
}

/// From this width on the reason of a match is told in two words.
const ROOMY: usize = 34;

/// The way to a unit below what stands above it, and how it came to be found; for a place that was typed its document.
fn draw_head(canvas: &mut Canvas<'_>, entry: &Entry, place: Rect, is_selected: bool) {
    let appearance = canvas.state.appearance;
    let several = canvas.state.shelf.places().len() > 1;
    let (mut pen, style) = begin(canvas, place, is_selected, appearance.theme.dim);
    let room = pen.room().saturating_sub(1);
    let told = match (entry.label(appearance.language), entry.role) {
        (_, Role::Place) if several => truncate(&entry.document.metadata.title, room * 2 / 5, appearance.ambiguous).into_owned(),
        ((label, Some(title)), Role::Found) if room >= ROOMY => format!("{label}·{title}"),
        ((_, Some(title)), Role::Found) if matches!(entry.reason, Reason::Matched(Match::Word)) => title.to_owned(),
        ((label, _), _) => label.to_owned(),
    };
    pen.write_right(&format!("{told} "), style);
    let room = pen.room().saturating_sub(1);
    let shown = breadcrumb_below(&entry.document, (entry.node, entry.below), room, appearance.ambiguous);
    pen.write(&shown, style);
}

fn draw_snippet(canvas: &mut Canvas<'_>, entry: &Entry, place: Rect, is_selected: bool) {
    let appearance = canvas.state.appearance;
    let (plain, found) = (appearance.theme.text, appearance.theme.found);
    let mark = if is_selected { canvas.strokes().selected } else { " " };
    let mut pen = canvas.pen(place);
    pen.write(mark, appearance.theme.accent);
    pen.skip(1);
    let snippet = entry.snippet(pen.room().saturating_sub(1), appearance.ambiguous);
    let mut at = 0;
    for range in &snippet.highlights {
        pen.write(snippet.text.get(at..range.start).unwrap_or_default(), plain);
        pen.write(snippet.text.get(range.clone()).unwrap_or_default(), found);
        at = range.end;
    }
    pen.write(snippet.text.get(at..).unwrap_or_default(), plain);
}
