//! Tables for people: columns aligned by display width, two spaces between them.
//!
//! A cell may cover several columns. A cell that is far wider than the others in its column is not waited for: the rest of its row
//! moves right, and the other rows stay narrow.

use std::ops::Range;

use crate::text::width::{Ambiguous, columns};

/// No column is padded to more than this many columns of the terminal.
const WIDEST: usize = 40;

/// A cell of a table to print.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// What stands in it.
    text: String,
    /// The columns it covers, from 0.
    columns: Range<usize>,
}

impl Cell {
    /// A cell that covers `columns`; line breaks in it become spaces.
    pub(super) fn new(text: &str, columns: Range<usize>) -> Self {
        Self { text: text.split_whitespace().collect::<Vec<_>>().join(" "), columns }
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
            *widest = width(&cell.text).min(WIDEST).max(*widest);
        }
    }
    // What merged cells need more than their columns have goes to the last of these.
    for cell in rows.iter().flatten().filter(|cell| cell.columns.len() > 1) {
        let covered: usize = widths.iter().take(cell.columns.end).skip(cell.columns.start).map(|width| width + 2).sum();
        if let Some(last) = widths.get_mut(cell.columns.end.saturating_sub(1)) {
            *last += (width(&cell.text).min(WIDEST) + 2).saturating_sub(covered);
        }
    }
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn line(row: &[Cell], widths: &[usize]) -> String {
    let mut line = String::new();
    let mut reached = 0;
    for cell in row {
        let starts_at: usize = widths.iter().take(cell.columns.start).map(|width| width + 2).sum();
        let gap = if line.is_empty() { starts_at } else { starts_at.saturating_sub(reached).max(2) };
        line.extend(std::iter::repeat_n(' ', gap));
        line.push_str(&cell.text);
        reached += gap + width(&cell.text);
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
    fn merged_cells_cover_their_columns() {
        let rows = [
            row(["a", "2020", "2025", "属性"]),
            vec![Cell::new("b", 0..1), Cell::new("累计完成\n100亿美元", 1..3), Cell::new("预期性", 3..4)],
        ];
        assert_eq!(aligned(&rows), ["a  2020  2025          属性", "b  累计完成 100亿美元  预期性"]);
    }
}
