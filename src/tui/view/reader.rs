//! Drawing the text, with what was found in it and a mark beside the node one reads.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Canvas;
use super::pen::Pen;
use crate::document::Document;
use crate::text::width::{columns, pad};
use crate::tui::entry::Role;
use crate::tui::kept::sign;
use crate::tui::page::{Line, Piece, Wide};
use crate::tui::state::State;
use crate::tui::theme::Theme;

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let (state, theme, geometry) = (canvas.state, canvas.state.appearance.theme, canvas.geometry);
    let Some(document) = state.reader.document() else { return draw_waiting(canvas) };
    let found = Found::new(state);
    let current = state.reader.current();
    let carrying = state.reader.carrying();
    for (number, at) in state.reader.visible().enumerate() {
        let Some(line) = state.reader.page().lines.get(at) else { break };
        let is_current = Some(line.node) == current && line.has_text();
        let beside = beside(canvas, line, at).or(is_current.then(|| canvas.strokes().here));
        if let Some((row, sign)) = super::row(geometry.gutter, number).zip(beside) {
            canvas.pen(row).write(sign, theme.accent);
        }
        if let Some(row) = super::row(geometry.text, number) {
            let pieces = if Some(at) == carrying && !line.carried.is_empty() { &line.carried } else { &line.pieces };
            let drawn = Drawn { document, pieces, found: &found, theme };
            if let Some(wide) = &line.wide {
                draw_wide(canvas, row, wide, &drawn);
                continue;
            }
            let mut pen = canvas.pen(Rect { width: row.width + geometry.hang, ..row });
            pen.skip(line.indent);
            draw_line(&mut pen, &drawn);
        }
    }
}

/// A line of a table that is moved sideways: what names the row stays at the left once it would be out of sight, the rest goes on
/// behind it. A sign tells where there is more to the right.
fn draw_wide(canvas: &mut Canvas<'_>, row: Rect, wide: &Wide, drawn: &Drawn<'_>) {
    let moved = wide.moved(canvas.state.reader.shift());
    let hidden = wide.hidden(moved);
    let stays = u16::try_from(hidden - moved).unwrap_or(row.width).min(row.width);
    let mut pen = canvas.pen(Rect { x: row.x + stays, width: row.width - stays, ..row });
    pen.hide(hidden);
    draw_line(&mut pen, drawn);
    if let Some(cell) = wide.cut_at(hidden) {
        draw_cut(canvas, Rect { x: row.x + stays, width: row.width - stays, ..row }, (cell, hidden), drawn);
    }
    let mut pen = canvas.pen(Rect { width: stays, ..row });
    pen.hide(wide.label.start);
    draw_line(&mut pen, drawn);
    if moved + usize::from(row.width) < wide.columns {
        let end = Rect { x: row.right(), width: canvas.geometry.hang.min(1), ..row };
        canvas.pen(end).write("›", drawn.theme.dim);
    }
}

/// A cell of which the beginning is out of sight is set anew in the columns that can be seen of it, so that no number is taken for another:
/// its words from the first on, with … where they have no room.
fn draw_cut(canvas: &mut Canvas<'_>, rest: Rect, (cell, hidden): (Range<usize>, usize), drawn: &Drawn<'_>) {
    const BETWEEN: usize = 3;
    let ambiguous = canvas.state.appearance.ambiguous;
    let (mut at, mut words) = (0, String::new());
    for piece in drawn.pieces {
        let text = match piece {
            Piece::Source(span, _) => drawn.document.slice(span.clone()),
            Piece::Fill(text, _) => text,
            Piece::Gap(_) => " ",
        };
        if cell.contains(&at) && matches!(piece, Piece::Source(..)) {
            words.push_str(text);
        }
        at += columns(text, ambiguous);
    }
    let room = cell.end.saturating_sub(BETWEEN + hidden).min(usize::from(rest.width));
    canvas.pen(rest).write(&pad(&words, room, ambiguous), drawn.theme.text);
}

/// The sign of a note at the first line of its unit, the bar beside units that are marked.
fn beside(canvas: &Canvas<'_>, line: &Line, number: usize) -> Option<&'static str> {
    let state = canvas.state;
    let is_first = line.has_text() && state.reader.page().line_of(line.node) == number;
    let note = state.open_place().filter(|_| is_first).and_then(|place| state.kept.on(place, line.node));
    let is_marked = || state.marked().is_some_and(|(first, last)| (first..=last).contains(&line.node) && line.has_text());
    note.map(sign).or_else(|| is_marked().then_some("┃"))
}

fn draw_waiting(canvas: &mut Canvas<'_>) {
    let is_waiting = canvas.state.wanted.is_some();
    let style = canvas.state.appearance.theme.dim;
    if let Some(row) = super::row(canvas.geometry.text, 0).filter(|_| is_waiting) {
        let text = canvas.say("正在读入…", "reading…");
        canvas.pen(row).write(text, style);
    }
}

struct Drawn<'a> {
    document: &'a Document,
    pieces: &'a [Piece],
    found: &'a Found,
    theme: Theme,
}

fn draw_line(pen: &mut Pen<'_>, drawn: &Drawn<'_>) {
    for piece in drawn.pieces {
        match piece {
            Piece::Fill(text, role) => pen.write(text, drawn.theme.of(*role)),
            Piece::Gap(at) => pen.write(" ", drawn.found.across(*at, &drawn.theme).unwrap_or(drawn.theme.text)),
            Piece::Source(span, role) => {
                for (part, style) in drawn.found.cut(span, drawn.theme.of(*role), &drawn.theme) {
                    pen.write(drawn.document.slice(part), style);
                }
            }
        }
    }
}

/// What was found in the document that is open, in order.
struct Found {
    spans: Vec<Range<usize>>,
    current: Option<Range<usize>>,
}

impl Found {
    fn new(state: &State) -> Self {
        if let Some(choice) = &state.walk.choice {
            let current = choice.links.get(choice.selected).map(|link| link.span.clone());
            return Self { spans: choice.links.iter().map(|link| link.span.clone()).collect(), current };
        }
        let results = state.search.results.as_ref();
        let Some(((results, place), document)) = results.zip(state.open_place()).zip(state.reader.document()) else {
            return Self { spans: Vec::new(), current: None };
        };
        let current = state.search.place.and_then(|at| results.places.get(at)).filter(|found| found.shelf == place);
        let mut spans: Vec<_> = results.places_in(place).filter_map(|found| found.span(document)).collect();
        let related = state.search.entry().filter(|entry| matches!(entry.role, Role::Related | Role::Place));
        let related = related.filter(|entry| entry.document.id == document.id);
        spans.extend(related.into_iter().flat_map(|entry| entry.spans(document)));
        spans.sort_by_key(|span| (span.start, span.end));
        Self { spans, current: current.and_then(|found| found.span(document)) }
    }

    /// The style of what was found on both sides of a byte.
    fn across(&self, byte: usize, theme: &Theme) -> Option<Style> {
        let found = self.spans.iter().find(|found| found.start < byte && byte < found.end)?;
        Some(if self.current.as_ref() == Some(found) { theme.current } else { theme.found })
    }

    /// Cuts a span into parts that are found and parts that are not, each with its style.
    fn cut(&self, span: &Range<usize>, plain: Style, theme: &Theme) -> Vec<(Range<usize>, Style)> {
        let mut parts = Vec::new();
        let mut at = span.start;
        let first = self.spans.partition_point(|found| found.end <= span.start);
        for found in self.spans.iter().skip(first).take_while(|found| found.start < span.end) {
            let (from, to) = (found.start.max(at), found.end.min(span.end));
            if from >= to {
                continue;
            }
            let style = if self.current.as_ref() == Some(found) { theme.current } else { theme.found };
            parts.push((at..from, plain));
            parts.push((from..to, style));
            at = to;
        }
        parts.push((at..span.end, plain));
        parts
    }
}
