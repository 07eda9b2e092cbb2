//! Tables for people: columns aligned by display width, two spaces between them.
//!
//! A cell may cover several columns. A cell that is far wider than the others in its column is not waited for: the rest of its row
//! moves right, and the other rows stay narrow.

use std::ops::Range;

use crate::text::width::{Ambiguous, columns, truncate};

/// No column is padded to more than this many columns of the terminal.
const WIDEST: usize = 40;
/// No text is cut to less than this to make room for others.
const NARROWEST: usize = 12;

/// A cell of a table to print.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// What stands in it.
    text: String,
    /// Its display width.
    width: usize,
    /// The columns it covers, from 0.
    columns: Range<usize>,
}

impl Cell {
    /// A cell that covers `columns`; line breaks in it become spaces.
    pub(super) fn new(text: &str, columns: Range<usize>) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { width: width(&text), text, columns }
    }
}

/// Cells that cover one column each.
pub(super) fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> Vec<Cell> {
    cells.into_iter().enumerate().map(|(column, text)| Cell::new(text, column..column + 1)).collect()
}

/// The rows as lines, aligned, without white space at their ends.
pub(super) fn aligned(rows: &[Vec<Cell>]) -> Vec<String> {
    let count = rows.iter().flatten().map(|cell| cell.columns.end).max().unwrap_or(0);
    let mut widths = vec![0; count];
    for cell in rows.iter().flatten().filter(|cell| cell.columns.len() == 1) {
        if let Some(widest) = widths.get_mut(cell.columns.start) {
            *widest = cell.width.min(WIDEST).max(*widest);
        }
    }
    // What merged cells need more than their columns have goes to the last of these.
    for cell in rows.iter().flatten().filter(|cell| cell.columns.len() > 1) {
        let covered: usize = widths.iter().take(cell.columns.end).skip(cell.columns.start).map(|width| width + 2).sum();
        if let Some(last) = widths.get_mut(cell.columns.end.saturating_sub(1)) {
            *last += (cell.width.min(WIDEST) + 2).saturating_sub(covered);
        }
    }
    rows.iter().map(|row| line(row, &widths)).collect()
}

/// The rows of single cells as lines no wider than `room`, where there is one: the texts of the `flexible` columns are cut, the widest
/// first, and where that is not enough the lines.
pub(super) fn fitted(rows: &[Vec<Cell>], flexible: &[usize], room: Option<usize>) -> Vec<String> {
    let Some(room) = room else { return aligned(rows) };
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths: Vec<usize> =
        (0..count).map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width).max().unwrap_or(0)).collect();
    for column in flexible {
        if let Some(width) = widths.get_mut(*column) {
            *width = WIDEST.min(*width);
        }
    }
    while widths.iter().map(|width| width + 2).sum::<usize>() > room + 2 {
        let widest = flexible.iter().copied().max_by_key(|column| widths.get(*column).copied());
        let Some(widest) = widest.and_then(|column| widths.get_mut(column)).filter(|width| **width > NARROWEST) else { break };
        *widest -= 1;
    }
    let cut = |row: &Vec<Cell>| -> Vec<Cell> {
        let cells = row.iter().zip(&widths);
        cells.map(|(cell, width)| Cell::new(&truncate(&cell.text, *width, Ambiguous::Narrow), cell.columns.clone())).collect()
    };
    let lines = aligned(&rows.iter().map(cut).collect::<Vec<_>>());
    lines.into_iter().map(|line| truncate(&line, room, Ambiguous::Narrow).into_owned()).collect()
}

fn line(row: &[Cell], widths: &[usize]) -> String {
    let mut line = String::new();
    let mut reached = 0;
    for cell in row {
        let starts_at: usize = widths.iter().take(cell.columns.start).map(|width| width + 2).sum();
        let gap = if line.is_empty() { starts_at } else { starts_at.saturating_sub(reached).max(2) };
        line.extend(std::iter::repeat_n(' ', gap));
        line.push_str(&cell.text);
        reached += gap + cell.width;
    }
    line.truncate(line.trim_end().len());
    line
}

/// Display width; a terminal that shows ambiguous characters wide shifts them in every row alike.
fn width(text: &str) -> usize {
    columns(text, Ambiguous::Narrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_by_display_width() {
        let rows = [row(["文号", "日期", "单元"]), row(["湘政办发〔2021〕57号", "2021-09-08", "235"]), row(["", "—", "7"])];
        assert_eq!(
            aligned(&rows),
            [
                "文号                  日期        单元",
                "湘政办发〔2021〕57号  2021-09-08  235",
                "                      —           7"
            ]
        );
    }

    #[test]
    fn a_narrow_terminal_cuts_the_flexible_columns_and_at_last_the_lines() {
        let rows = [row(["文件", "标题", "提示"]), row(["湖南省规划.txt", "湖南省商务和开放型经济发展规划", "3"])];
        assert_eq!(fitted(&rows, &[0, 1], None), aligned(&rows));
        assert_eq!(fitted(&rows, &[0, 1], Some(80)), aligned(&rows));
        let narrow = ["文件            标题               提示", "湖南省规划.txt  湖南省商务和开放…  3"];
        assert_eq!(fitted(&rows, &[0, 1], Some(40)), narrow);
        assert_eq!(fitted(&rows, &[0, 1], Some(20)), ["文件          标题 …", "湖南省规划.…  湖南…"]);
    }

    #[test]
    fn merged_cells_cover_their_columns() {
        let rows = [
            row(["a", "2020", "2025", "属性"]),
            vec![Cell::new("b", 0..1), Cell::new("累计完成\n100亿美元", 1..3), Cell::new("预期性", 3..4)],
        ];
        assert_eq!(aligned(&rows), ["a  2020  2025          属性", "b  累计完成 100亿美元  预期性"]);
    }
}
