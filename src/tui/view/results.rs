//! Drawing what a search found: a count, then for each unit its breadcrumb and a line of its text around the hit.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Canvas;
use super::pen::Pen;
use crate::text::width::truncate;
use crate::tui::breadcrumb::breadcrumb;
use crate::tui::results::{Entry, Results, Snippet};

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let state = canvas.state;
    let Some(results) = &state.search.results else { return };
    draw_count(canvas, results);
    if results.matching == 0 {
        return draw_nothing(canvas, results);
    }
    draw_entries(canvas, results, 1);
}

fn draw_count(canvas: &mut Canvas<'_>, results: &Results) {
    let Some(row) = super::row(canvas.geometry.list, 0) else { return };
    let appearance = canvas.state.appearance;
    let (units, places) = (results.units, results.occurrences);
    let (text, style) = if let Some(failure) = &results.failure {
        (failure.clone(), appearance.theme.warning)
    } else if results.matching == 0 {
        let chinese = format!("库中没有“{}”", results.typed.trim());
        let english = format!("not found: “{}”", results.typed.trim());
        (appearance.language.pick(chinese.as_str(), english.as_str()).to_owned(), appearance.theme.warning)
    } else {
        let chinese = format!("{units} 个单元 · {places} 处");
        let english = format!("{units} units · {places} places");
        (appearance.language.pick(chinese.as_str(), english.as_str()).to_owned(), appearance.theme.accent)
    };
    let partial = format!("{}/{} ", canvas.state.search.selected + 1, results.entries.len());
    let mut pen = canvas.pen(row);
    pen.skip(1);
    if results.matching > 0 {
        pen.write_right(&partial, appearance.theme.dim);
    }
    let shown = truncate(&text, pen.room(), appearance.ambiguous);
    pen.write(&shown, style);
}

/// How the query was read, and below it, kept apart, what is related.
fn draw_nothing(canvas: &mut Canvas<'_>, results: &Results) {
    let appearance = canvas.state.appearance;
    let area = canvas.geometry.list;
    let terms: Vec<_> = results.terms.iter().map(|term| format!("“{term}”")).collect();
    let (chinese, english) = (format!("读作：{}", terms.join(" 且 ")), format!("read as: {}", terms.join(" and ")));
    let reading = appearance.language.pick(chinese.as_str(), english.as_str()).to_owned();
    let related = canvas.say("含其中部分字词的：", "with some of the words:");
    let lines = [Some(reading), (!results.entries.is_empty()).then(|| related.to_owned())];
    for (number, line) in lines.iter().flatten().enumerate() {
        if let Some(row) = super::row(area, number + 1) {
            let mut pen = canvas.pen(row);
            pen.skip(1);
            let shown = truncate(line, pen.room(), appearance.ambiguous);
            pen.write(&shown, appearance.theme.dim);
        }
    }
    draw_entries(canvas, results, 3);
}

fn draw_entries(canvas: &mut Canvas<'_>, results: &Results, below: usize) {
    let search = &canvas.state.search;
    let area = canvas.geometry.list;
    for (number, entry) in results.entries.iter().enumerate().skip(search.first) {
        let top = below + 2 * (number - search.first);
        let Some(head) = super::row(area, top) else { break };
        let is_selected = number == search.selected;
        draw_entry(canvas, entry, &Place { head, snippet: super::row(area, top + 1), is_selected });
    }
}

/// Where an entry is drawn.
struct Place {
    head: Rect,
    snippet: Option<Rect>,
    is_selected: bool,
}

fn draw_entry(canvas: &mut Canvas<'_>, entry: &Entry, place: &Place) {
    let appearance = canvas.state.appearance;
    let (theme, ambiguous) = (appearance.theme, appearance.ambiguous);
    let (mark, head_style) = if place.is_selected { ("▌", theme.selected) } else { (" ", theme.dim) };
    let several = canvas.state.shelf.places().len() > 1;
    let mut pen = canvas.pen(place.head);
    pen.write(mark, theme.accent);
    if place.is_selected {
        let room = pen.room();
        pen.write(&" ".repeat(room), head_style);
        pen = canvas.pen(place.head);
        pen.skip(1);
    }
    let room = pen.room().saturating_sub(1);
    if several {
        let title = truncate(&entry.document.metadata.title, room * 2 / 5, ambiguous).into_owned();
        pen.write_right(&format!("{title} "), head_style);
    }
    let shown = breadcrumb(&entry.document, entry.node, pen.room().saturating_sub(1), ambiguous);
    pen.write(&shown, head_style);
    if let Some(row) = place.snippet {
        let mut pen = canvas.pen(row);
        pen.write(mark, theme.accent);
        pen.skip(1);
        let snippet = entry.snippet(pen.room().saturating_sub(1), ambiguous);
        draw_snippet(&mut pen, &snippet, (theme.text, theme.found));
    }
}

fn draw_snippet(pen: &mut Pen<'_>, snippet: &Snippet, (plain, found): (Style, Style)) {
    let mut at = 0;
    for range in &snippet.highlights {
        pen.write(snippet.text.get(at..range.start).unwrap_or_default(), plain);
        pen.write(snippet.text.get(range.clone()).unwrap_or_default(), found);
        at = range.end;
    }
    pen.write(snippet.text.get(at..).unwrap_or_default(), plain);
}
