//! Drawing the help: every key, straight from the keymap.

use ratatui::layout::Rect;

use super::Canvas;
use crate::diagnostic::Language;
use crate::text::width::{Ambiguous, columns, pad};
use crate::tui::keymap::{self, Context};

/// A line of the help.
pub(super) enum HelpLine {
    Heading(&'static str),
    Row { keys: String, name: &'static str },
    Empty,
}

/// All lines of the help.
pub(super) fn lines(language: Language) -> Vec<HelpLine> {
    let sections = [
        (Context::Tree, language.pick("目录", "In the tree")),
        (Context::Reader, language.pick("正文", "In the text")),
        (Context::Search, language.pick("检索", "In the search")),
    ];
    let mut lines = Vec::new();
    for (context, heading) in sections {
        if !lines.is_empty() {
            lines.push(HelpLine::Empty);
        }
        lines.push(HelpLine::Heading(heading));
        lines.extend(
            keymap::bindings(context).map(|binding| HelpLine::Row { keys: binding.all_keys(), name: binding.name(language) }),
        );
    }
    lines
}

/// Columns for the keys.
const KEYS: usize = 18;

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let Some(first) = canvas.state.help else { return };
    let appearance = canvas.state.appearance;
    let theme = appearance.theme;
    let lines = lines(appearance.language);
    let area = window(canvas, lines.len());
    canvas.buffer.set_style(area, ratatui::style::Style::reset());
    let rule = "─".repeat(usize::from(area.width));
    let title = format!("── {} ", canvas.say("按键", "Keys"));
    let last = usize::from(area.height).saturating_sub(1);
    let first = first.min(lines.len().saturating_sub(last.saturating_sub(1)));
    for number in 0..usize::from(area.height) {
        let Some(row) = super::row(area, number) else { break };
        for cell in row.positions() {
            if let Some(cell) = canvas.buffer.cell_mut(cell) {
                cell.reset();
            }
        }
        let mut pen = canvas.pen(row);
        if number == 0 || number == last {
            let rule = if number == 0 { format!("{title}{rule}") } else { rule.clone() };
            pen.write(&rule, theme.dim);
            continue;
        }
        match lines.get(first + number - 1) {
            Some(HelpLine::Heading(heading)) => {
                pen.skip(2);
                pen.write(heading, theme.heading);
            }
            Some(HelpLine::Row { keys, name }) => {
                pen.skip(2);
                let keys = if columns(keys, Ambiguous::Narrow) < KEYS {
                    pad(keys, KEYS, appearance.ambiguous)
                } else {
                    format!("{keys} ")
                };
                pen.write(&keys, theme.accent);
                pen.write(name, theme.text);
            }
            Some(HelpLine::Empty) | None => {}
        }
    }
}

/// The middle of the screen, the line of hints left free.
fn window(canvas: &Canvas<'_>, lines: usize) -> Rect {
    let screen = canvas.buffer.area;
    let width = screen.width.min(56);
    let room = screen.height - canvas.geometry.hints.height;
    let height = room.min(u16::try_from(lines + 2).unwrap_or(u16::MAX));
    Rect { x: (screen.width - width) / 2, y: (room - height) / 2, width, height }
}
