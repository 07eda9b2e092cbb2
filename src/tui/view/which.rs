//! Drawing what may follow the first of two keys: a small list at the lower right, which goes with the next key.

use ratatui::layout::Rect;

use super::Canvas;
use crate::text::width::{columns, pad, truncate};
use crate::tui::which::{Second, seconds};

/// The columns between a key and what it does, and between two columns of the list.
const BETWEEN: usize = 2;
/// The columns of the frame and of the room within it, on both sides together.
const EDGES: usize = 4;

pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let Some(lead) = canvas.state.lead().filter(|_| canvas.geometry.body.height > 2) else { return };
    let list = List::new(seconds(canvas.state, lead), canvas);
    let area = list.area(canvas);
    super::clear(canvas, area);
    draw_frame(canvas, area, &lead.name());
    let theme = canvas.state.appearance.theme;
    let ambiguous = canvas.state.appearance.ambiguous;
    for (number, second) in list.seconds.iter().enumerate() {
        let Some(row) = super::row(area, 1 + number % list.rows) else { break };
        let mut pen = canvas.pen(row);
        pen.skip(2 + number / list.rows * (list.width + BETWEEN));
        pen.write(&pad(&second.key, list.keys, ambiguous), theme.accent);
        pen.skip(BETWEEN);
        let shown = truncate(&second.does, list.width.saturating_sub(list.keys + BETWEEN), ambiguous);
        pen.write(&shown, theme.text);
    }
}

/// The keys and how they are laid out: one column where that is not too high, else as many as there is room for.
struct List {
    seconds: Vec<Second>,
    /// The columns of the widest key.
    keys: usize,
    /// The columns of a key with what it does.
    width: usize,
    rows: usize,
    count: usize,
}

impl List {
    fn new(mut seconds: Vec<Second>, canvas: &Canvas<'_>) -> Self {
        let (body, ambiguous) = (canvas.geometry.body, canvas.state.appearance.ambiguous);
        let room = usize::from(body.width).saturating_sub(EDGES);
        let most = usize::from(body.height + canvas.geometry.status.height - 2);
        let keys = seconds.iter().map(|second| columns(&second.key, ambiguous)).max().unwrap_or_default();
        let widest = seconds.iter().map(|second| keys + BETWEEN + columns(&second.does, ambiguous)).max().unwrap_or_default();
        let fitting = ((room + BETWEEN) / (widest + BETWEEN)).max(1);
        let count = seconds.len().div_ceil((most / 2).max(4)).clamp(1, fitting);
        let rows = seconds.len().div_ceil(count).clamp(1, most);
        if seconds.len() > count * rows {
            seconds.truncate(count * rows - 1);
            seconds.push(Second { key: String::new(), does: "…".to_owned() });
        }
        let width = widest.min((room + BETWEEN) / count - BETWEEN);
        Self { seconds, keys, width, rows, count }
    }

    /// The lower right of the panes, and of the line below them where it is needed.
    fn area(&self, canvas: &Canvas<'_>) -> Rect {
        let (body, status) = (canvas.geometry.body, canvas.geometry.status);
        let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let width = cells(self.count * (self.width + BETWEEN) - BETWEEN + EDGES).min(body.width);
        let height = cells(self.rows + 2).min(body.height + status.height);
        let bottom = if height > body.height { status.bottom() } else { body.bottom() };
        Rect { x: body.right() - width, y: bottom - height, width, height }
    }
}

/// A frame with the first key above and the way out below.
fn draw_frame(canvas: &mut Canvas<'_>, area: Rect, lead: &str) {
    let (strokes, theme) = (canvas.strokes(), canvas.state.appearance.theme);
    let inside = usize::from(area.width.saturating_sub(2));
    let cancel = canvas.say("Esc 取消", "Esc cancels");
    let last = usize::from(area.height).saturating_sub(1);
    for (number, row) in area.rows().enumerate() {
        let (left, word, right) = match number {
            0 => (strokes.joint([true, false, true, false]), lead, strokes.joint([false, true, true, false])),
            number if number == last => {
                (strokes.joint([true, false, false, true]), cancel, strokes.joint([false, true, false, true]))
            }
            _ => (strokes.upright, "", strokes.upright),
        };
        let mut pen = canvas.pen(row);
        pen.write(left, theme.dim);
        if !word.is_empty() {
            pen.write(&strokes.level.repeat(inside), theme.dim);
        }
        let mut pen = canvas.pen(row);
        pen.skip(inside + 1);
        pen.write(right, theme.dim);
        if columns(word, canvas.state.appearance.ambiguous) + EDGES <= inside && !word.is_empty() {
            let mut pen = canvas.pen(row);
            pen.skip(3);
            pen.write(&format!(" {word} "), if number == 0 { theme.accent } else { theme.dim });
        }
    }
}
