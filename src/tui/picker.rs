//! A list to choose from as data: rows of cells, a line that filters them while one types, an order, a selection. It knows no terminal.
//!
//! Rows keep the number under which they were given, so that whoever made them knows what a row stands for. How a row answers what is
//! typed (as it stands, as pinyin, with gaps) is the matter of [`matching`]; the best stand first, else the order is that of a column, else
//! that in which the rows were given.

pub mod matching;
mod ranking;
mod rows;
mod sorting;

use std::ops::Range;

use super::action::{Edit, Motion};
use super::prompt::Prompt;
use super::tree::scrolled;
use crate::diagnostic::{Bilingual, Language};
use matching::{Rank, Words};
use ranking::Ranking;
use rows::Rows;

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
    /// Whether its cells are charts; rows cannot be ordered by it.
    pub is_drawn: bool,
    /// The width of the list from which on it is shown.
    pub from: u16,
}

impl Column {
    /// A column of running text: to the left, searched, always shown.
    #[must_use]
    pub fn new(chinese: &str, english: &str, width: Width) -> Self {
        Self { name: Bilingual::new(chinese, english), width, is_right: false, is_searched: true, is_drawn: false, from: 0 }
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

    /// The same for charts, which are not searched.
    #[must_use]
    pub fn drawn(self) -> Self {
        Self { is_drawn: true, is_searched: false, ..self }
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

/// By which column the rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: usize,
    /// Whether the greatest stands first.
    pub is_descending: bool,
}

/// A list to choose from.
///
/// Of a long list not all rows are looked at when something is typed: those that are left wait for [`Picker::go_on`].
#[derive(Debug, Clone, Default)]
pub struct Picker {
    columns: Vec<Column>,
    rows: Rows,
    filter: Prompt,
    order: Option<Order>,
    /// The rows that are shown, in their order, each with how well it fits what is typed.
    shown: Vec<(Rank, u32)>,
    /// The rows that may be shown and have not been looked at, in the order in which they will be; from the first of them that is left.
    left: (Vec<u32>, usize),
    selected: usize,
    first: usize,
    height: usize,
}

/// So many rows are looked at at once.
const AT_ONCE: usize = 2_048;

impl Picker {
    /// An empty list with these columns.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self { rows: Rows::new(columns.len()), columns, ..Self::default() }
    }

    /// The same with rows, each with a cell for each column.
    #[must_use]
    pub fn with_rows(mut self, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        self.extend(rows);
        self
    }

    /// Adds rows at the end; the selection stays with its row.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Vec<String>>) {
        let before = self.rows.len();
        for row in rows {
            self.rows.push(&row, |column| self.columns.get(column).is_some_and(|column| column.is_searched));
        }
        self.left.0.extend(numbers(before..self.rows.len()));
        self.go_on();
    }

    /// Takes all rows out; what is typed stays.
    pub fn clear(&mut self) {
        self.rows = Rows::new(self.columns.len());
        self.shown.clear();
        self.left = (Vec::new(), 0);
        self.selected = 0;
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many rows there are.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// What stands in a row, which is named by its number in the order in which rows were given.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.cell(row, column)
    }

    /// The rows that are shown: their numbers, from the top.
    #[must_use]
    pub fn shown(&self) -> impl ExactSizeIterator<Item = usize> + DoubleEndedIterator {
        self.shown.iter().map(|(_, row)| number(*row))
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
        self.shown.get(self.selected).map(|(_, row)| number(*row))
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
        let place = number.and_then(|number| self.shown().position(|shown| shown == number));
        self.selected = place.unwrap_or(0);
    }

    /// Orders by a column, or as the rows were given; the selection stays with its row.
    pub fn sort(&mut self, order: Option<Order>) {
        let chosen = self.chosen();
        self.order = order;
        self.look_at(numbers(0..self.rows.len()).collect());
        self.select(chosen);
    }

    /// Orders by the next column that is shown in a list so wide, after the last one as the rows were given.
    pub fn sort_by_next(&mut self, width: u16) {
        let first = self.order.map_or(0, |order| order.column + 1);
        let next = (first..self.columns.len())
            .find(|at| self.columns.get(*at).is_some_and(|column| column.from <= width && !column.is_drawn));
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
        if is_searched { Words::new(self.filter.text()).marks(self.rows.cell(row, column)) } else { Vec::new() }
    }

    /// Whether rows are left that have not been looked at.
    #[must_use]
    pub const fn is_left(&self) -> bool {
        self.left.1 < self.left.0.len()
    }

    /// Looks at some of the rows that are left; the selection stays with its row, unless that is the first.
    #[expect(clippy::stable_sort_primitive, reason = "the stable sort puts two stretches in order together in one go")]
    pub fn go_on(&mut self) {
        let chosen = self.chosen().filter(|_| self.selected > 0);
        let (rows, at) = &mut self.left;
        // What stands in the order of a column can be put in order only as a whole.
        let end = if self.order.is_some() { rows.len() } else { rows.len().min(*at + AT_ONCE) };
        let words = Words::new(self.filter.text());
        let mut ranking = Ranking::new(&words, &self.columns, &self.rows);
        let some = rows.get(*at..end).unwrap_or_default();
        self.shown.extend(some.iter().filter_map(|row| Some((ranking.rank(number(*row))?, *row))));
        *at = end;
        match self.order {
            Some(order) => sorting::sort(&mut self.shown, &self.rows, order),
            None => self.shown.sort(),
        }
        if !self.is_left() {
            self.left = (Vec::new(), 0);
        }
        self.select(chosen);
    }

    fn filtered(&mut self, before: &str) {
        if before == self.filter.text() {
            return;
        }
        // What no longer fits cannot fit again by typing on: every way of fitting follows the typing.
        let candidates = if self.filter.text().starts_with(before) {
            let left = self.left.0.get(self.left.1..).unwrap_or_default();
            self.shown.iter().map(|(_, row)| *row).chain(left.iter().copied()).collect()
        } else {
            numbers(0..self.rows.len()).collect()
        };
        self.look_at(candidates);
        self.selected = 0;
    }

    /// Begins anew with these rows.
    fn look_at(&mut self, candidates: Vec<u32>) {
        self.shown.clear();
        self.left = (candidates, 0);
        self.selected = 0;
        self.go_on();
    }
}

/// The numbers of rows as they are kept.
fn numbers(rows: Range<usize>) -> impl Iterator<Item = u32> {
    rows.map_while(|row| u32::try_from(row).ok())
}

fn number(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
