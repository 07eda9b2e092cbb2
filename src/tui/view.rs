//! Drawing: the screen is a function of the state. Nothing is changed here.

mod bars;
mod figures;
mod notes;
mod pen;
mod picker;
mod reader;
mod results;
mod sheet;
mod tree;
mod which;

use ratatui::Frame;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

use super::layout::Geometry;
use super::state::{Focus, State};

/// What every part needs to draw itself.
struct Canvas<'a> {
    buffer: &'a mut Buffer,
    state: &'a State,
    geometry: Geometry,
}

/// Draws the whole screen and puts the cursor into the prompt where one types.
pub fn draw(frame: &mut Frame<'_>, state: &State) {
    if frame.area().area() == 0 || frame.area().as_size() != state.size {
        return;
    }
    let mut canvas = Canvas { buffer: frame.buffer_mut(), state, geometry: state.geometry() };
    bars::draw_title(&mut canvas);
    bars::draw_divider(&mut canvas);
    match state.focus {
        Focus::Search if state.search.results.is_some() => results::draw(&mut canvas),
        Focus::Search | Focus::Tree | Focus::Reader => tree::draw(&mut canvas),
    }
    bars::draw_breadcrumb(&mut canvas);
    reader::draw(&mut canvas);
    notes::draw(&mut canvas);
    bars::draw_hints(&mut canvas);
    let cursor = if state.overlay.is_some() { picker::draw(&mut canvas) } else { bars::draw_status(&mut canvas) };
    sheet::draw(&mut canvas);
    which::draw(&mut canvas);
    if let Some(cursor) = cursor.filter(|_| state.sheet.is_none()) {
        frame.set_cursor_position(cursor);
    }
}

/// Empties the cells of an area, and the other half of a wide character that its edge cuts through.
fn clear(canvas: &mut Canvas<'_>, area: Rect) {
    let before = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area }.intersection(canvas.buffer.area);
    for position in before.positions() {
        let is_inside = area.contains(position);
        if let Some(cell) = canvas.buffer.cell_mut(position).filter(|cell| is_inside || cell.cell_width() > 1) {
            cell.reset();
        }
    }
}

/// One row of an area, counted from its top; none below its end.
fn row(area: Rect, number: usize) -> Option<Rect> {
    let number = u16::try_from(number).ok().filter(|number| *number < area.height)?;
    Some(Rect { y: area.y + number, height: 1, ..area })
}
