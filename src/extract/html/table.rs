//! Tables of a page: which hold data, and their grid.
//!
//! Old pages are laid out with tables; such a table has tables inside it, or one column, or paragraphs for cells. What holds data
//! becomes a raw table: a row is a line, its cells stand between tabs. A cell over several rows (`rowspan`) leaves an empty cell in
//! each row below it, as tables in text files have it; `colspan` is told as it is. Both are bounded.

use scraper::ElementRef;

use super::super::{RawBlock, RawCell, RawRow, RawTable, Shape};
use super::walk::{Written, is_left_out};

/// A cell covers at most so many columns and rows; a row has at most so many cells.
const MOST_COLUMNS: usize = 64;
const MOST_ROWS: usize = 1000;
/// Empty cells left by `rowspan` in one table: more are a fault of the page.
const MOST_CONTINUED: usize = 20_000;
/// Cells of data are short on average; those of a layout are not.
const LONGEST_AVERAGE: usize = 60;

/// Writes a table of data; gives whether it was one. Nothing is written where it was not.
pub(super) fn write(written: &mut Written, table: ElementRef<'_>) -> bool {
    let rows: Vec<Vec<ElementRef<'_>>> = rows(table).into_iter().map(cells).collect();
    if !holds_data(table, &rows) {
        return false;
    }
    written.begin_line();
    let (start, line) = (written.text.len(), written.line);
    let caption = caption(written, table);
    let mut grid = Grid::default();
    let mut raw_rows = Vec::new();
    for row in &rows {
        let has_text = row.iter().any(|cell| cell.text().any(|text| !text.trim().is_empty()));
        if !has_text {
            grid.pass();
            continue;
        }
        written.begin_line();
        raw_rows.push(grid.row(written, row));
        written.break_line(1);
    }
    let shape = Shape::Table(RawTable { caption, rows: raw_rows });
    written.blocks.push(RawBlock::at(start, line, shape));
    true
}

fn holds_data(table: ElementRef<'_>, rows: &[Vec<ElementRef<'_>>]) -> bool {
    let nested = table.descendent_elements().skip(1).any(|element| element.value().name() == "table");
    let layout = nested || matches!(table.attr("role"), Some("presentation" | "none"));
    let filled = |row: &&Vec<ElementRef<'_>>| row.iter().filter(|cell| length(**cell) > 0).count() > 1;
    let (cells, characters) =
        rows.iter().flatten().fold((0, 0), |(cells, characters), cell| (cells + 1, characters + length(*cell)));
    // A table that is wider than any table is none; its cells are read as paragraphs.
    let honest = rows.iter().all(|row| row.len() <= MOST_COLUMNS);
    !layout && honest && rows.iter().filter(filled).count() > 1 && characters <= cells * LONGEST_AVERAGE
}

fn length(cell: ElementRef<'_>) -> usize {
    cell.text().map(|text| text.chars().filter(|character| !character.is_whitespace()).count()).sum()
}

/// The rows of the table, through its groups.
fn rows(table: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let visible = |element: &ElementRef<'_>| !is_left_out(*element);
    let parts = table.child_elements().filter(visible).flat_map(|part| match part.value().name() {
        "tr" => vec![part],
        "thead" | "tbody" | "tfoot" => part.child_elements().filter(|row| row.value().name() == "tr").filter(visible).collect(),
        _ => Vec::new(),
    });
    parts.collect()
}

fn cells(row: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let cells = row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th") && !is_left_out(*cell));
    cells.collect()
}

fn caption(written: &mut Written, table: ElementRef<'_>) -> Option<std::ops::Range<usize>> {
    let caption = table.child_elements().find(|part| part.value().name() == "caption" && !is_left_out(*part))?;
    let start = written.text.len();
    write_cell(written, caption);
    let span = start..written.text.len();
    written.break_line(1);
    (!span.is_empty()).then_some(span)
}

fn write_cell(written: &mut Written, cell: ElementRef<'_>) {
    written.in_cell = true;
    written.drop_space();
    written.children(cell);
    written.drop_space();
    written.in_cell = false;
}

/// What the rows above leave for those below.
#[derive(Default)]
struct Grid {
    /// For each column how many more rows a cell from above covers, and whether that cell begins in this column.
    below: Vec<(usize, bool)>,
    continued: usize,
}

impl Grid {
    /// A row without cells of its own.
    fn pass(&mut self) {
        for (rows, _) in &mut self.below {
            *rows = rows.saturating_sub(1);
        }
    }

    fn row(&mut self, written: &mut Written, row: &[ElementRef<'_>]) -> RawRow {
        let (start, line) = (written.text.len(), written.line);
        let mut cells = Vec::new();
        let mut column = 0;
        for cell in row {
            self.skip_covered(written, &mut cells, &mut column);
            let (columns, rows) = (span(*cell, "colspan"), span(*cell, "rowspan"));
            written.absurd_spans += usize::from(columns > MOST_COLUMNS) + usize::from(rows > MOST_ROWS);
            let (columns, rows) = (columns.min(MOST_COLUMNS), rows.min(MOST_ROWS));
            separate(written, &cells);
            let from = written.text.len();
            write_cell(written, *cell);
            // An ideographic space at either end is no part of the cell.
            let own = written.text.get(from..).unwrap_or_default();
            let lead = own.len() - own.trim_start().len();
            let visible = from + lead..from + lead + own.trim().len();
            cells.push(RawCell { span: visible, columns: u32::try_from(columns).ok() });
            self.cover(column, columns, rows - 1);
            column += columns;
        }
        self.skip_covered(written, &mut cells, &mut column);
        RawRow { span: start..start, line, cells }
    }

    /// Empty cells where cells from above go on.
    fn skip_covered(&mut self, written: &mut Written, cells: &mut Vec<RawCell>, column: &mut usize) {
        while let Some((rows, begins)) = self.below.get_mut(*column).filter(|(rows, _)| *rows > 0) {
            *rows -= 1;
            let begins = *begins;
            *column += 1;
            self.continued += 1;
            if begins && self.continued <= MOST_CONTINUED {
                separate(written, cells);
                let at = written.text.len();
                cells.push(RawCell { span: at..at, columns: Some(1) });
            } else if let Some(columns) = cells.last_mut().and_then(|cell| cell.columns.as_mut()) {
                *columns += 1;
            }
        }
    }

    fn cover(&mut self, column: usize, columns: usize, rows: usize) {
        let end = (column + columns).min(MOST_COLUMNS * 4);
        if self.below.len() < end {
            self.below.resize(end, (0, false));
        }
        for (at, place) in self.below.iter_mut().enumerate().take(end).skip(column) {
            *place = (rows, at == column);
        }
    }
}

/// A tab between two cells.
fn separate(written: &mut Written, cells: &[RawCell]) {
    if !cells.is_empty() {
        written.text.push('\t');
    }
}

fn span(cell: ElementRef<'_>, name: &str) -> usize {
    cell.attr(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).max(1)
}
