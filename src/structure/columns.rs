//! Columns: which columns the cells of a short row stand in.
//!
//! A flattened table does not say where cells are merged: a row of 累计完成100亿美元 has fewer cells than there are columns. The rows
//! that are complete show what each column holds (running numbers, names, values, words); the cells of a short row are laid over
//! the columns so that they differ least from that, each over one or more, in order: a small dynamic programme, O(cells × columns²).

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
        if cells.len() >= count {
            return (0..cells.len()).map(|at| at..at + 1).collect();
        }
        // best[i][j]: the least cost of laying the first i cells over the first j columns, and where the last of them begins.
        let mut best = vec![vec![(u32::MAX, 0usize); count + 1]; cells.len() + 1];
        set(&mut best, 0, 0, (0, 0));
        for (at, cell) in cells.iter().enumerate() {
            for end in at + 1..=count {
                let ways = (at..end).map(|start| {
                    let before = get(&best, at, start).0;
                    (before.saturating_add(self.cost(cell, start..end)), start)
                });
                // Of equals the wider cell: a sum without a running number (利用外资) is written over its column.
                if let Some(way) = ways.min_by_key(|(cost, start)| (*cost, *start)) {
                    set(&mut best, at + 1, end, way);
                }
            }
        }
        let (mut end, mut spans) = (count, Vec::with_capacity(cells.len()));
        for at in (1..=cells.len()).rev() {
            let start = get(&best, at, end).1;
            spans.push(start..end);
            end = start;
        }
        spans.reverse();
        spans
    }

    fn cost(&self, cell: &str, columns: Range<usize>) -> u32 {
        let look = look(cell);
        let width = u32::try_from(columns.len()).unwrap_or(u32::MAX);
        if width > 1 && matches!(look, Look::Words | Look::Measured) && columns.clone().all(|column| self.holds_values(column)) {
            return WORDS_OVER_VALUES;
        }
        let nearest = columns.filter_map(|column| self.0.get(column)).map(|column| column.unlikeness(look)).min();
        nearest.unwrap_or(100).saturating_add(WIDENING.saturating_mul(width - 1))
    }
}

impl Column {
    /// 0 where every complete row has this look in this column, 100 where none has.
    fn unlikeness(&self, look: Look) -> u32 {
        let seen = self.looks.get(look as usize).copied().unwrap_or(0);
        100 - (seen * 100).checked_div(self.rows).unwrap_or(50)
    }
}

fn get(best: &[Vec<(u32, usize)>], cells: usize, columns: usize) -> (u32, usize) {
    best.get(cells).and_then(|row| row.get(columns)).copied().unwrap_or((u32::MAX, 0))
}

fn set(best: &mut [Vec<(u32, usize)>], cells: usize, columns: usize, way: (u32, usize)) {
    if let Some(place) = best.get_mut(cells).and_then(|row| row.get_mut(columns)) {
        *place = way;
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

    #[test]
    fn a_table_without_complete_rows_is_laid_out_from_the_left() {
        let columns = Columns::learn(3, std::iter::empty());
        assert_eq!(columns.align(&["甲", "乙"]).last().map(|last| last.end), Some(3));
        assert!(columns.align(&[]).is_empty());
    }
}
