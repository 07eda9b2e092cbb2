//! How well the rows of a list fit what is typed: the words are looked for in the cells that are searched, each cell once, however many rows
//! one below the other it stands in.

use super::Column;
use super::matching::{Rank, Words};
use super::rows::Rows;

/// Ranks rows for some words.
pub(super) struct Ranking<'a> {
    words: &'a Words,
    rows: &'a Rows,
    /// The columns that are searched, each with the cell that was looked at last and how well the words fit it.
    columns: Vec<(usize, Option<u32>, Vec<Option<Rank>>)>,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(words: &'a Words, columns: &[Column], rows: &'a Rows) -> Self {
        let searched = columns.iter().enumerate().filter(|(_, column)| column.is_searched);
        Self { words, rows, columns: searched.map(|(at, _)| (at, None, Vec::new())).collect() }
    }

    /// How well the words fit a row; none where one of them is in none of its cells.
    pub(super) fn rank(&mut self, row: usize) -> Option<Rank> {
        for (column, last, ranks) in &mut self.columns {
            let (cell, folded) = self.rows.folded(row, *column)?;
            if last.replace(cell) != Some(cell) {
                self.words.rank(folded, ranks);
            }
        }
        let best = |word: usize| self.columns.iter().filter_map(|(_, _, ranks)| ranks.get(word).copied().flatten()).min();
        (0..self.words.len()).try_fold(0, |sum, word| Some(sum + best(word)?))
    }
}
