//! Drawing a sheet over the middle of the screen: the help, or why.

use ratatui::layout::Rect;

use super::Canvas;
use super::pen::Pen;
use crate::text::width::{columns, pad};
use crate::tui::sheet::{Line, MARGIN, Sheet, WIDTH, lines};
use crate::tui::state::Appearance;

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let Some((sheet, first)) = canvas.state.sheet else { return };
    let appearance = canvas.state.appearance;
    let lines = lines(canvas.state, sheet);
    let area = window(canvas, lines.len());
    clear(canvas, area);
    let left = sheet.left(usize::from(area.width));
    let last = usize::from(area.height).saturating_sub(1);
    let shown = last.saturating_sub(1);
    let first = first.min(lines.len().saturating_sub(shown));
    let level = canvas.strokes().level;
    let rule = level.repeat(usize::from(area.width));
    let name = match sheet {
        Sheet::Help => canvas.say("按键与检索式", "Keys and queries"),
        Sheet::Why => canvas.say("依据", "Why"),
    };
    let title = format!("{level}{level} {name} {rule}");
    for (number, row) in area.rows().enumerate() {
        let mut pen = canvas.pen(row);
        match number {
            0 => pen.write(&title, appearance.theme.dim),
            number if number == last => pen.write(&rule, appearance.theme.dim),
            number => {
                if let Some(line) = lines.get(first + number - 1) {
                    draw_line(&mut pen, line, left, &appearance);
                }
            }
        }
    }
}

fn draw_line(pen: &mut Pen<'_>, line: &Line, most_left: usize, appearance: &Appearance) {
    pen.skip(MARGIN);
    match line {
        Line::Heading(heading) => pen.write(heading, appearance.theme.heading),
        Line::Row { left, right } => {
            let is_short = columns(left, appearance.ambiguous) < most_left;
            let left = if is_short { pad(left, most_left, appearance.ambiguous) } else { format!("{left} ") };
            pen.write(&left, appearance.theme.accent);
            pen.write(right, appearance.theme.text);
        }
        Line::Empty => {}
    }
}

/// Empties the cells, and the right half of a wide character that the left edge cuts through.
fn clear(canvas: &mut Canvas<'_>, area: Rect) {
    let before = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area }.intersection(canvas.buffer.area);
    for position in before.positions() {
        if let Some(cell) = canvas.buffer.cell_mut(position) {
            cell.reset();
        }
    }
}

/// The middle of the screen, the line of hints left free.
fn window(canvas: &Canvas<'_>, lines: usize) -> Rect {
    let screen = canvas.buffer.area;
    let width = screen.width.min(WIDTH);
    let room = screen.height - canvas.geometry.hints.height;
    let height = room.min(u16::try_from(lines + 2).unwrap_or(u16::MAX));
    Rect { x: (screen.width - width) / 2, y: (room - height) / 2, width, height }
}
