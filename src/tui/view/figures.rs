//! Drawing the indicators: a sparkline beside each row, bars for the one that is selected, both the terminal library's own widgets.
//!
//! What a chart says can be read without colours: heights and lengths, with the values as they are written beside them.

use ratatui::layout::{Direction, Rect};
use ratatui::style::Style;
use ratatui::symbols::bar::{NINE_LEVELS, Set};
use ratatui::widgets::{Bar, BarChart, BarGroup, Sparkline, Widget};

use super::Canvas;
use crate::text::width::{Ambiguous, columns, truncate};
use crate::tui::figures::{CHART, Figure, SCALE};
use crate::tui::overlay::{Content, Shape};

/// Blocks are ambiguous characters: where those are wide, ASCII stands in for them.
const ASCII: Set<'_> = Set {
    full: "#",
    seven_eighths: "#",
    three_quarters: "=",
    five_eighths: "=",
    half: "-",
    three_eighths: "-",
    one_quarter: ".",
    one_eighth: ".",
    empty: " ",
};

/// No bar need be longer than this.
const LONGEST: u16 = 100;
/// The columns that a bar has at least; where there is less room the values alone are shown.
const SHORTEST: u16 = 12;

const fn symbols(ambiguous: Ambiguous) -> Set<'static> {
    match ambiguous {
        Ambiguous::Narrow => NINE_LEVELS,
        Ambiguous::Wide => ASCII,
    }
}

/// The values of an indicator side by side, each as high as it is great; nothing where there are no two numbers.
pub(super) fn draw_chart(canvas: &mut Canvas<'_>, figure: &Figure, area: Rect, style: Style) {
    let shares: Vec<Option<u64>> = figure.bars().into_iter().map(|bar| bar.share).collect();
    if shares.iter().flatten().count() < 2 {
        return;
    }
    let room = usize::from(CHART.min(area.width));
    let count = shares.len();
    // As wide as there is room for, set apart by a column.
    let width = ((room + 1) / count).saturating_sub(1).max(1);
    let gap = usize::from(count * (width + 1) <= room + 1);
    let mut data: Vec<Option<u64>> = Vec::new();
    for (number, share) in shares.into_iter().enumerate() {
        let before = if number > 0 { gap } else { 0 };
        data.extend(std::iter::repeat_n(Some(0), before));
        data.extend(std::iter::repeat_n(share, width));
    }
    let ambiguous = canvas.state.appearance.ambiguous;
    let chart = Sparkline::default().data(data).max(SCALE.into()).bar_set(symbols(ambiguous)).absent_value_symbol(" ");
    chart.style(style).render(area, canvas.buffer);
}

/// What stands below the list: the name of the selected indicator, a bar for each value, how fast and how far it is to go, and where all
/// that is written.
pub(super) fn draw_selected(canvas: &mut Canvas<'_>) {
    let state = canvas.state;
    let Some(overlay) = &state.overlay else { return };
    let area = canvas.geometry.below(Shape::Charted);
    let Content::Indicators(figures) = &overlay.content else { return };
    let figure = overlay.picker.chosen().and_then(|row| figures.get(row));
    let theme = state.appearance.theme;
    let rule = canvas.strokes().level.repeat(usize::from(area.width));
    if let Some(row) = super::row(area, 0) {
        canvas.pen(row).write(&rule, theme.dim);
    }
    let Some((row, figure)) = super::row(area, 0).zip(figure) else { return };
    let ambiguous = state.appearance.ambiguous;
    let mut pen = canvas.pen(row);
    pen.skip(1);
    let name = figure.name();
    let shown = truncate(&name, pen.room().saturating_sub(3), ambiguous);
    pen.write(&format!(" {shown} "), theme.heading);
    let bars = figure.bars().len().min(usize::from(area.height.saturating_sub(3)));
    draw_bars(canvas, figure, Rect { y: area.y + 1, height: u16::try_from(bars).unwrap_or_default(), ..area });
    let metadata = state.shelf.places().get(figure.place).map(|place| &place.listing.metadata);
    let number = metadata.and_then(|metadata| metadata.document_number.as_ref());
    let number = number.map(|number| format!("（{number}）")).unwrap_or_default();
    let document = metadata.map(|metadata| format!("《{}》{number}", metadata.title)).unwrap_or_default();
    let lines = [(figure.summary(state.appearance.language), theme.text), (document, theme.dim)];
    for (number, (line, style)) in lines.into_iter().enumerate() {
        let Some(row) = super::row(area, 1 + bars + number) else { break };
        let mut pen = canvas.pen(row);
        pen.skip(2);
        let shown = truncate(&line, pen.room().saturating_sub(1), ambiguous);
        pen.write(&shown, style);
    }
}

/// The values one below the other, each with its year before and its bar behind.
fn draw_bars(canvas: &mut Canvas<'_>, figure: &Figure, area: Rect) {
    let (theme, ambiguous) = (canvas.state.appearance.theme, canvas.state.appearance.ambiguous);
    let bars = figure.bars();
    let widest = bars.iter().map(|bar| columns(&bar.written, ambiguous)).max().unwrap_or_default();
    let mut from = area.x;
    for (bar, row) in bars.iter().zip(area.rows()) {
        let mut pen = canvas.pen(row);
        pen.skip(2);
        pen.write(&bar.year.to_string(), theme.dim);
        pen.skip(2);
        let room = widest.min(pen.room().saturating_sub(1));
        let shown = truncate(&bar.written, room, ambiguous);
        pen.skip(room - columns(&shown, ambiguous));
        pen.write(&shown, theme.text);
        pen.skip(2);
        from = from.max(pen.x());
    }
    let area = Rect { x: from, width: area.right().saturating_sub(from + 1).min(LONGEST), ..area };
    if area.width < SHORTEST || bars.iter().filter(|bar| bar.share.is_some()).count() < 2 {
        return;
    }
    let bars: Vec<Bar<'_>> = bars.iter().map(|bar| Bar::default().value(bar.share.unwrap_or(0)).text_value("")).collect();
    let chart = BarChart::default().direction(Direction::Horizontal).bar_width(1).bar_gap(0).max(SCALE.into());
    let chart = chart.bar_set(symbols(ambiguous)).bar_style(theme.accent).data(BarGroup::default().bars(&bars));
    chart.render(area, canvas.buffer);
}
