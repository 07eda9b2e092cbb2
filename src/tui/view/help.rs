//! Drawing the help over the middle of the screen.

use ratatui::layout::Rect;

use super::Canvas;
use super::pen::Pen;
use crate::text::width::{columns, pad};
use crate::tui::help::{HelpLine, lines};
use crate::tui::state::Appearance;

/// Columns for the keys.
const KEYS: usize = 18;
/// Columns for everything.
const WIDTH: u16 = 56;

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let Some(first) = canvas.state.help else { return };
    let appearance = canvas.state.appearance;
    let lines = lines(appearance.language);
    let area = window(canvas, lines.len());
    clear(canvas, area);
    let last = usize::from(area.height).saturating_sub(1);
    let shown = last.saturating_sub(1);
    let first = first.min(lines.len().saturating_sub(shown));
    let rule = "─".repeat(usize::from(area.width));
    let title = format!("── {} {rule}", canvas.say("按键", "Keys"));
    for (number, row) in area.rows().enumerate() {
        let mut pen = canvas.pen(row);
        match number {
            0 => pen.write(&title, appearance.theme.dim),
            number if number == last => pen.write(&rule, appearance.theme.dim),
            number => {
                if let Some(line) = lines.get(first + number - 1) {
                    draw_line(&mut pen, line, &appearance);
                }
            }
        }
    }
}

fn draw_line(pen: &mut Pen<'_>, line: &HelpLine, appearance: &Appearance) {
    pen.skip(2);
    match line {
        HelpLine::Heading(heading) => pen.write(heading, appearance.theme.heading),
        HelpLine::Row { keys, name } => {
            let is_short = columns(keys, appearance.ambiguous) < KEYS;
            let keys = if is_short { pad(keys, KEYS, appearance.ambiguous) } else { format!("{keys} ") };
            pen.write(&keys, appearance.theme.accent);
            pen.write(name, appearance.theme.text);
        }
        HelpLine::Empty => {}
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
