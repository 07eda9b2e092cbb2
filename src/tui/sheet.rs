//! A sheet that lies over the screen: the help, or why a hit stands where it stands. Its lines as data, broken to its width.

use super::state::State;
use super::{help, why};
use crate::text::line_break::{Measure, wrap};
use crate::text::width::{Ambiguous, columns};

/// The columns of a sheet, where the screen has as many.
pub const WIDTH: u16 = 66;
/// The columns left free before everything.
pub const MARGIN: usize = 2;

/// What is on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The keys and the operators.
    Help,
    /// How the query was read, and the score of the selected hit.
    Why,
}

/// A line of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// What the lines below it are about.
    Heading(String),
    /// Two columns.
    Row {
        /// Keys, what is typed, a label.
        left: String,
        /// What is said of it.
        right: String,
    },
    /// Nothing, between two parts.
    Empty,
}

impl Sheet {
    /// The columns for what stands to the left, on a sheet of so many columns.
    #[must_use]
    pub const fn left(self, columns: usize) -> usize {
        match self {
            Self::Help => columns * 3 / 8,
            Self::Why => 15,
        }
    }
}

/// The lines of the sheet that is shown, broken to its width.
#[must_use]
pub fn lines(state: &State, sheet: Sheet) -> Vec<Line> {
    let lines = match sheet {
        Sheet::Help => help::lines(&state.habits.keymap, state.appearance.language),
        Sheet::Why => why::lines(&state.search, state.appearance.language),
    };
    let columns = usize::from(state.size.width.min(WIDTH));
    let left = sheet.left(columns);
    let room = columns.saturating_sub(MARGIN + left + 1).max(8);
    lines.into_iter().flat_map(|line| broken(line, left, room, state.appearance.ambiguous)).collect()
}

fn broken(line: Line, most_left: usize, room: usize, ambiguous: Ambiguous) -> Vec<Line> {
    let Line::Row { left, right } = line else { return vec![line] };
    let first_indent = (columns(&left, ambiguous) + 1).saturating_sub(most_left).min(room.saturating_sub(2));
    let pieces = wrap(&right, &Measure { columns: room, first_indent, ambiguous });
    if pieces.is_empty() {
        return vec![Line::Row { left, right }];
    }
    let piece = |range: std::ops::Range<usize>| right.get(range).unwrap_or_default().trim_end_matches('\n').to_owned();
    let mut left = Some(left);
    pieces.into_iter().map(|range| Line::Row { left: left.take().unwrap_or_default(), right: piece(range) }).collect()
}
