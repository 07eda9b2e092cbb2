//! A list to choose from as data: rows of cells, a line that filters them while one types, an order, a selection. It knows no terminal.
//!
//! Rows keep the number under which they were given, so that whoever made them knows what a row stands for. How a row answers what is
//! typed (as it stands, as pinyin, with gaps) is the matter of [`matching`]; the best stand first, else the order is that of a column, else
//! that in which the rows were given.

pub mod matching;
mod sorting;

use std::ops::Range;

use super::action::{Edit, Motion};
use super::prompt::Prompt;
use super::tree::scrolled;
use crate::diagnostic::{Bilingual, Language};
use crate::text::fold;
use matching::{Folded, Rank, Words};

/// How many columns of the screen a column of the list takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// So many.
    Exactly(u16),
    /// A share of what the others leave, by weight.
    Share(u16),
}

/// One column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands above it; empty for nothing.
    pub name: Bilingual,
    /// How wide it is.
    pub width: Width,
    /// Whether its cells stand to the right, as numbers do.
    pub is_right: bool,
    /// Whether what is typed is looked for in it.
    pub is_searched: bool,
    /// The width of the list from which on it is shown.
    pub from: u16,
}

impl Column {
    /// A column of running text: to the left, searched, always shown.
    #[must_use]
    pub fn new(chinese: &str, english: &str, width: Width) -> Self {
        Self { name: Bilingual::new(chinese, english), width, is_right: false, is_searched: true, from: 0 }
    }

    /// The same for numbers: to the right.
    #[must_use]
    pub fn right(self) -> Self {
        Self { is_right: true, ..self }
    }

    /// The same, not searched.
    #[must_use]
    pub fn unsearched(self) -> Self {
        Self { is_searched: false, ..self }
    }

    /// The same, shown in a list of so many columns or more.
    #[must_use]
    pub fn shown_from(self, from: u16) -> Self {
        Self { from, ..self }
    }

    /// What stands above it.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        self.name.in_language(language)
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What stands in each column.
    pub cells: Vec<String>,
    /// The same, folded; empty where a column is not searched.
    folded: Vec<Folded>,
}

/// By which column the rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: usize,
    /// Whether the greatest stands first.
    pub is_descending: bool,
}

/// A list to choose from.
#[derive(Debug, Clone, Default)]
pub struct Picker {
    columns: Vec<Column>,
    rows: Vec<Row>,
    filter: Prompt,
    order: Option<Order>,
    /// The rows that are shown, in their order.
    shown: Vec<usize>,
    /// How well each of them fits what is typed.
    ranks: Vec<Rank>,
    selected: usize,
    first: usize,
    height: usize,
}

impl Picker {
    /// An empty list with these columns.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, ..Self::default() }
    }

    /// The same with rows, each with a cell for each column.
    #[must_use]
    pub fn with_rows(mut self, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        self.extend(rows);
        self
    }

    /// Adds rows at the end; the selection stays with its row.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Vec<String>>) {
        let chosen = self.chosen();
        let columns = &self.columns;
        let folded = |(at, cell): (usize, &String)| {
            let is_searched = columns.get(at).is_some_and(|column| column.is_searched);
            if is_searched { fold::folded(cell) } else { String::new() }
        };
        let rows =
            rows.into_iter().map(|cells| Row { folded: cells.iter().enumerate().map(folded).map(Folded::new).collect(), cells });
        let before = self.rows.len();
        self.rows.extend(rows);
        // Those that were there have been looked at.
        let ranked = self.ranks.iter().copied().zip(self.shown.iter().copied()).collect();
        self.choose_shown(ranked, before..self.rows.len());
        self.select(chosen.filter(|_| self.selected > 0));
    }

    /// Takes all rows out; what is typed stays.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.shown.clear();
        self.ranks.clear();
        self.selected = 0;
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// All rows, in the order in which they were given.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows that are shown: their numbers, from the top.
    #[must_use]
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// What is typed.
    #[must_use]
    pub const fn filter(&self) -> &Prompt {
        &self.filter
    }

    /// By which column the rows are ordered, where they are.
    #[must_use]
    pub const fn order(&self) -> Option<Order> {
        self.order
    }

    /// The place of the selected row among those that are shown.
    #[must_use]
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// The place of the first row to be seen.
    #[must_use]
    pub const fn first(&self) -> usize {
        self.first
    }

    /// The number of the selected row; none where no row is shown.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.shown.get(self.selected).copied()
    }

    /// Types a text.
    pub fn insert(&mut self, text: &str) {
        let before = self.filter.text().to_owned();
        self.filter.insert(text);
        self.filtered(&before);
    }

    /// Changes what is typed.
    pub fn edit(&mut self, edit: Edit) {
        let before = self.filter.text().to_owned();
        self.filter.edit(edit);
        self.filtered(&before);
    }

    /// Puts a text in place of what is typed.
    pub fn retype(&mut self, text: &str) {
        let before = self.filter.text().to_owned();
        self.filter.replace(text);
        self.filtered(&before);
    }

    /// Moves the selection.
    pub fn step(&mut self, motion: Motion) {
        self.selected = motion.target(self.selected, self.shown.len(), self.height);
    }

    /// Selects the row of this number, else the first.
    pub fn select(&mut self, number: Option<usize>) {
        let place = number.and_then(|number| self.shown.iter().position(|shown| *shown == number));
        self.selected = place.unwrap_or(0);
    }

    /// Orders by a column, or as the rows were given; the selection stays with its row.
    pub fn sort(&mut self, order: Option<Order>) {
        let chosen = self.chosen();
        self.order = order;
        self.choose_shown(Vec::new(), 0..self.rows.len());
        self.select(chosen);
    }

    /// Orders by the next column that is shown in a list so wide, after the last one as the rows were given.
    pub fn sort_by_next(&mut self, width: u16) {
        let first = self.order.map_or(0, |order| order.column + 1);
        let next = (first..self.columns.len()).find(|at| self.columns.get(*at).is_some_and(|column| column.from <= width));
        self.sort(next.map(|column| Order { column, is_descending: false }));
    }

    /// Turns the order round.
    pub fn turn(&mut self) {
        let order = self.order.unwrap_or(Order { column: 0, is_descending: false });
        self.sort(Some(Order { is_descending: !order.is_descending, ..order }));
    }

    /// The lines above the rows: one, and another where columns have names.
    #[must_use]
    pub fn head_height(&self) -> usize {
        1 + usize::from(self.columns.iter().any(|column| !column.name.chinese.is_empty()))
    }

    /// Scrolls so that the selected row can be seen in a list of so many rows.
    pub fn fit(&mut self, height: usize) {
        self.height = height;
        self.selected = self.selected.min(self.shown.len().saturating_sub(1));
        self.first = scrolled(self.first, self.selected, height.max(1)).min(self.shown.len().saturating_sub(height));
    }

    /// What of a cell was found by what is typed: bytes of the cell.
    #[must_use]
    pub fn found(&self, row: usize, column: usize) -> Vec<Range<usize>> {
        let is_searched = self.columns.get(column).is_some_and(|column| column.is_searched);
        let cell = self.rows.get(row).and_then(|row| row.cells.get(column)).filter(|_| is_searched);
        cell.map(|cell| Words::new(self.filter.text()).marks(cell)).unwrap_or_default()
    }

    fn filtered(&mut self, before: &str) {
        if before == self.filter.text() {
            return;
        }
        // What no longer fits cannot fit again by typing on: every way of fitting follows the typing.
        let narrows = self.filter.text().starts_with(before);
        let candidates = if narrows { self.shown.clone() } else { (0..self.rows.len()).collect() };
        self.choose_shown(Vec::new(), candidates);
        self.selected = 0;
    }

    /// Shows the rows that are ranked already, and those of the others that fit what is typed.
    fn choose_shown(&mut self, mut ranked: Vec<(Rank, usize)>, others: impl IntoIterator<Item = usize>) {
        let words = Words::new(self.filter.text());
        let rank = |number: usize| Some((words.rank(&self.rows.get(number)?.folded)?, number));
        ranked.extend(others.into_iter().filter_map(rank));
        match self.order {
            Some(order) => sorting::sort(&mut ranked, &self.rows, order),
            None => ranked.sort_unstable(),
        }
        (self.ranks, self.shown) = ranked.into_iter().unzip();
    }
}

#[cfg(test)]
mod tests;
