//! Columns: which columns the cells of a short row stand in.
//!
//! A flattened table does not say where cells are merged: a row of 累计完成100亿美元 has fewer cells than there are columns. The rows
//! that are complete show what each column holds (running numbers, names, values, words); the cells of a short row are laid over
//! the columns so that they differ least from that, each over one or more, in order: a small dynamic programme, O(cells × columns).

use std::ops::Range;

use crate::text::numeral;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Empty,
    /// 12: a running number, or a value.
    Integer,
    /// 283.1, 12%.
    Decimal,
    /// —: no value.
    Dash,
    /// 预期性, 约束性.
    Property,
    /// 进出口总额（亿元）.
    Measured,
    Words,
}

const LOOKS: usize = 7;

/// What is known of a column: how often each look occurs in the complete rows, and whether it holds values.
#[derive(Debug, Clone, Copy, Default)]
struct Column {
    looks: [u32; LOOKS],
    rows: u32,
}

/// The columns of a table, learnt from its complete rows.
#[derive(Debug)]
pub(super) struct Columns(Vec<Column>);

/// The rows of a wider table are laid out from the left, a column for each cell: no reader makes one of merged cells that is as wide.
const MOST_COLUMNS: usize = 1024;

/// A cell over several columns costs this much for each further column; words over values cost less.
const WIDENING: u32 = 40;
const WORDS_OVER_VALUES: u32 = 30;

impl Columns {
    /// Learns from the rows below the head; `count` is the number of columns.
    pub(super) fn learn<'text>(count: usize, rows: impl Iterator<Item = Vec<&'text str>>) -> Self {
        let mut columns = vec![Column::default(); count];
        for row in rows.filter(|row| row.len() == count) {
            for (column, cell) in columns.iter_mut().zip(row) {
                column.rows += 1;
                if let Some(seen) = column.looks.get_mut(look(cell) as usize) {
                    *seen += 1;
                }
            }
        }
        Self(columns)
    }

    /// Whether the column mostly holds numbers or dashes that are no running numbers.
    pub(super) fn holds_values(&self, column: usize) -> bool {
        let Some(column) = self.0.get(column) else { return false };
        let [_, integers, decimals, dashes, ..] = column.looks;
        column.rows > 0 && (integers + decimals + dashes) * 2 > column.rows
    }

    /// The columns of each cell of a row.
    pub(super) fn align(&self, cells: &[&str]) -> Vec<Range<usize>> {
        let count = self.0.len();
        if cells.len() >= count || count > MOST_COLUMNS {
            return (0..cells.len()).map(|at| at..at + 1).collect();
        }
        let mut none_laid = vec![Way::NONE; count + 1];
        if let Some(start) = none_laid.first_mut() {
            start.cost = 0;
        }
        // For each cell the best ways by the column where it ends.
        let mut ways: Vec<Vec<Way>> = Vec::with_capacity(cells.len());
        for cell in cells {
            ways.push(self.over(look(cell), ways.last().unwrap_or(&none_laid)));
        }
        let (mut end, mut spans) = (count, Vec::with_capacity(cells.len()));
        for ways in ways.iter().rev() {
            let start = ways.get(end).map_or(0, |way| way.start);
            spans.push(start..end);
            end = start;
        }
        spans.reverse();
        spans
    }

    /// The best ways to lay a cell of this look over columns right after those `before` it, by the column where it ends.
    ///
    /// A cell costs what is unlikely about the column among its own that it resembles most, and more for each further column. So the
    /// columns are gone through once, with three ways open: without the one that it resembles, with it, and words over values only.
    fn over(&self, look: Look, before: &[Way]) -> Vec<Way> {
        let is_words = matches!(look, Look::Words | Look::Measured);
        let (mut unlike, mut alike, mut values) = (Way::NONE, Way::NONE, Way::NONE);
        let mut ways = vec![Way::NONE; before.len()];
        for (at, column) in self.0.iter().enumerate() {
            let begun = Way { start: at, ..before.get(at).copied().unwrap_or(Way::NONE) };
            let over_values = values.dearer(WORDS_OVER_VALUES);
            values = if is_words && self.holds_values(at) { values.min(begun) } else { Way::NONE };
            unlike = unlike.dearer(WIDENING).min(begun);
            alike = alike.dearer(WIDENING).min(unlike.dearer(column.unlikeness(look)));
            let best = if values == Way::NONE { alike } else { alike.min(over_values) };
            if let Some(way) = ways.get_mut(at + 1) {
                *way = best;
            }
        }
        ways
    }
}

/// A way to lay out the cells so far: what it costs, and where the last of them begins. Of equals the wider cell: a sum without a
/// running number (利用外资) is written over its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    cost: u32,
    start: usize,
}

impl Way {
    /// There is none.
    const NONE: Self = Self { cost: u32::MAX, start: 0 };

    /// The same at so much more.
    fn dearer(self, cost: u32) -> Self {
        Self { cost: self.cost.saturating_add(cost), ..self }
    }
}

impl Column {
    /// 0 where every complete row has this look in this column, 100 where none has.
    fn unlikeness(&self, look: Look) -> u32 {
        let seen = self.looks.get(look as usize).copied().unwrap_or(0);
        100 - (seen * 100).checked_div(self.rows).unwrap_or(50)
    }
}

fn look(cell: &str) -> Look {
    let cell = cell.trim();
    let digits = cell.chars().filter(|character| numeral::arabic_digit(*character).is_some()).count();
    let characters = cell.chars().count();
    if cell.is_empty() {
        Look::Empty
    } else if digits == characters {
        Look::Integer
    } else if cell.chars().all(|character| matches!(character, '—' | '-' | '－' | '–' | '/' | '／')) {
        Look::Dash
    } else if digits > 0
        && cell.chars().all(|character| numeral::arabic_digit(character).is_some() || "..．%％-+±,，".contains(character))
    {
        Look::Decimal
    } else if matches!(cell, "预期性" | "约束性" | "预期" | "约束" | "指导性") {
        Look::Property
    } else if cell.ends_with(['）', ')']) {
        Look::Measured
    } else {
        Look::Words
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_rows_are_laid_over_the_columns_they_resemble() {
        let complete = [
            vec!["外贸", "1", "总额（亿元）", "4875", "8400", "12", "预期性"],
            vec!["", "2", "依存度（%）", "11.7", "15", "—", "预期性"],
            vec!["", "3", "任务率（%）", "—", "—", "15", "约束性"],
        ];
        let columns = Columns::learn(7, complete.into_iter());
        assert_eq!(columns.align(&["外资", "利用外资（亿美元）", "210", "—", "—", ""]), [0..1, 1..3, 3..4, 4..5, 5..6, 6..7]);
        assert_eq!(columns.align(&["", "8", "项目数（个）", "每年新增100个", "预期性"]), [0..1, 1..2, 2..3, 3..6, 6..7]);
        assert_eq!(
            columns.align(&["合作", "9", "投资额（亿美元）", "14.9", "累计完成100亿美元", "预期性"]),
            [0..1, 1..2, 2..3, 3..4, 4..6, 6..7]
        );
        assert_eq!(columns.align(&["", "17", "任务率（%）", "2021年底70%，2023年100%", "约束性"]), [0..1, 1..2, 2..3, 3..6, 6..7]);
    }

    /// All ways tried, as the rule is told: each cell over one column or more, the cheapest whole, of equals the one whose last cells
    /// are widest.
    fn by_trying(columns: &Columns, cells: &[&str], count: usize) -> Option<(u32, Vec<Range<usize>>)> {
        let Some((last, before)) = cells.split_last() else { return (count == 0).then(|| (0, Vec::new())) };
        let ways = (before.len()..count).filter_map(|start| {
            let (cost, mut spans) = by_trying(columns, before, start)?;
            let over = columns.0.get(start..count)?;
            let is_words = matches!(look(last), Look::Words | Look::Measured);
            let own = if over.len() > 1 && is_words && (start..count).all(|at| columns.holds_values(at)) {
                WORDS_OVER_VALUES
            } else {
                let further = u32::try_from(over.len() - 1).unwrap();
                over.iter().map(|column| column.unlikeness(look(last))).min()? + WIDENING * further
            };
            spans.push(start..count);
            Some((cost + own, spans))
        });
        ways.min_by_key(|(cost, spans)| (*cost, spans.last().map(|span| span.start)))
    }

    #[test]
    fn going_through_the_columns_once_finds_what_trying_all_ways_finds() {
        const CELLS: [&str; 8] = ["", "12", "283.1", "—", "预期性", "进出口总额（亿元）", "累计完成", "甲"];
        let cell = || prop::sample::select(&CELLS[..]);
        let complete = prop::collection::vec(prop::collection::vec(cell(), 6), 0..4);
        proptest!(|(complete in complete, row in prop::collection::vec(cell(), 0..6))| {
            let columns = Columns::learn(6, complete.into_iter());
            let expected = by_trying(&columns, &row, 6).map(|(_, spans)| spans);
            prop_assert_eq!(columns.align(&row), expected.unwrap_or_default());
        });
    }

    #[test]
    fn a_table_wider_than_any_is_laid_out_from_the_left() {
        let columns = Columns::learn(MOST_COLUMNS + 1, std::iter::empty());
        assert_eq!(columns.align(&["甲", "乙"]), [0..1, 1..2]);
    }

    #[test]
    fn a_table_without_complete_rows_is_laid_out_from_the_left() {
        let columns = Columns::learn(3, std::iter::empty());
        assert_eq!(columns.align(&["甲", "乙"]).last().map(|last| last.end), Some(3));
        assert!(columns.align(&[]).is_empty());
    }
}
