//! The pen: writes text into the cells of one row, and nothing that a terminal would obey.
//!
//! All text reaches the screen here: it is made safe (`text::safe`) and measured as it is laid out (`text::width`).

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::safe::safe_line;
use crate::text::width::{Ambiguous, columns, plain_columns};

/// A place in a row and the room to its right.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    row: Rect,
    at: u16,
    /// The columns of what is written next that are left out.
    hidden: usize,
    ambiguous: Ambiguous,
}

impl<'a> Pen<'a> {
    /// A pen at the beginning of a row.
    pub(super) const fn new(buffer: &'a mut Buffer, row: Rect, ambiguous: Ambiguous) -> Self {
        Self { buffer, row, at: 0, hidden: 0, ambiguous }
    }

    /// The columns left.
    pub(super) fn room(&self) -> usize {
        usize::from(self.row.width - self.at)
    }

    /// The column of the screen where the pen stands.
    pub(super) const fn x(&self) -> u16 {
        self.row.x + self.at
    }

    /// Moves right without writing.
    pub(super) fn skip(&mut self, columns: usize) {
        self.at = self.row.width.min(self.at.saturating_add(u16::try_from(columns).unwrap_or(u16::MAX)));
    }

    /// Leaves out so many columns of what is written next, as where a table is moved sideways.
    pub(super) const fn hide(&mut self, columns: usize) {
        self.hidden = columns;
    }

    /// Writes as much of a text as there is room for.
    pub(super) fn write(&mut self, text: &str, style: Style) {
        let text = safe_line(text);
        for grapheme in text.graphemes(true) {
            let width = plain_columns(grapheme, self.ambiguous);
            if self.hidden > 0 {
                let seen = width.saturating_sub(self.hidden);
                self.hidden = self.hidden.saturating_sub(width);
                self.skip(seen);
                continue;
            }
            if width > self.room() {
                self.at = self.row.width;
                return;
            }
            self.put(grapheme, width, style);
        }
    }

    /// Writes a text at the right end of the row, if it has room there; what is written later stops before it.
    pub(super) fn write_right(&mut self, text: &str, style: Style) {
        let width = columns(text, self.ambiguous);
        let Some(before) = self.room().checked_sub(width + 1) else { return };
        let at = self.at;
        self.skip(before + 1);
        let end = self.at;
        self.write(text, style);
        self.at = at;
        self.row.width = end - 1;
    }

    fn put(&mut self, grapheme: &str, width: usize, style: Style) {
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        let Some(wide) = NonZeroU16::new(width) else { return };
        if let Some(cell) = self.buffer.cell_mut((self.x(), self.row.y)) {
            cell.set_symbol(grapheme).set_style(style);
            if grapheme.cell_width() != width {
                cell.set_diff_option(CellDiffOption::ForcedWidth(wide));
            }
        }
        for covered in 1..width {
            if let Some(cell) = self.buffer.cell_mut((self.x() + covered, self.row.y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        self.at += width;
    }
}
