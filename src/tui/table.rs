//! Tables as aligned columns of cells between rules (三线表). One that is too wide keeps its columns and is moved sideways; on small
//! screens it is set as lines of “head：cell” instead.

use std::ops::Range;
use std::sync::Arc;

use super::flow::Flow;
use super::page::{PageOptions, Piece, Role, Spacing, Wide};
use super::strokes::Strokes;
use crate::document::Document;
use crate::document::node::{Node, NodeIndex};
use crate::document::table::Cell;
use crate::text::line_break::{Measure, wrap};
use crate::text::width::{Ambiguous, columns, truncate};

/// A column of a grid is at least this wide: two ideographs.
const NARROWEST: usize = 4;
/// No column need be wider than this: longer cells have several lines.
const WIDEST: usize = 28;
/// A column that has more in it is not made narrower than this; less would crush it.
const READABLE: usize = 10;
/// No column of a table that is moved sideways need be wider than this: more of them can be seen together.
const SIDEWAYS: usize = 18;
/// Numbers and Latin words up to this width are kept whole.
const LONGEST_WORD: usize = 16;
/// More columns than this are taken for a damaged table.
const MOST_COLUMNS: usize = 64;

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// A rule with a column to each side.
    Roomy,
    /// A rule.
    Tight,
}

impl Between {
    const fn columns(self) -> usize {
        match self {
            Self::Roomy => 3,
            Self::Tight => 1,
        }
    }

    /// A joint with what stands to its left and right.
    fn around(self, left: &str, joint: &str, right: &str) -> String {
        match self {
            Self::Roomy => format!("{left}{joint}{right}"),
            Self::Tight => joint.to_owned(),
        }
    }
}

/// How a table is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Columns of the terminal for each column of the table; empty where the cells are set one below the other.
    widths: Vec<usize>,
    between: Between,
    /// Whether there are rules between rows: where cells have several lines.
    is_ruled: bool,
    /// The column that names the rows, which stays in sight where the table is moved sideways.
    label: Option<usize>,
    /// How far it can be moved.
    stops: Arc<[usize]>,
    /// The columns of the table and the bytes of the document of each cell of the head row.
    heads: Vec<(Range<usize>, Range<usize>)>,
    page: usize,
    ambiguous: Ambiguous,
}

impl Grid {
    /// Finds the widths for all rows of a table.
    #[must_use]
    pub fn new(document: &Document, table: NodeIndex, options: &PageOptions) -> Self {
        let rows = || document.node(table).into_iter().chain(document.children(Some(table)).map(|(_, row)| row));
        let single = || rows().flat_map(|row| &row.cells).filter(|cell| cell.columns.len() == 1);
        let count = rows().flat_map(|row| &row.cells).map(|cell| cell.columns.end).max().unwrap_or_default().min(MOST_COLUMNS);
        let (mut wanted, mut least) = (vec![NARROWEST; count], vec![NARROWEST; count]);
        for cell in single() {
            let width = columns(&cell.text, options.ambiguous);
            if let Some(column) = wanted.get_mut(cell.columns.start) {
                *column = (*column).max(width.min(WIDEST));
            }
            if let Some(column) = least.get_mut(cell.columns.start) {
                *column = (*column).max(width.min(READABLE)).max(longest_word(&cell.text).min(LONGEST_WORD));
            }
        }
        let (widths, between) = fitted(wanted, &least, options);
        let is_taller =
            |cell: &Cell| widths.get(cell.columns.start).is_some_and(|width| columns(&cell.text, options.ambiguous) > *width);
        let is_ruled = single().any(is_taller);
        let heads = document.node(table).into_iter().flat_map(|node| &node.cells);
        let heads = heads.map(|cell| (cell.columns.clone(), cell.span.clone())).collect();
        let label = label_column(document, table, count);
        let stops = Arc::default();
        let grid = Self { widths, between, is_ruled, label, stops, heads, page: options.columns, ambiguous: options.ambiguous };
        let is_narrow = |label: &usize| 2 * grid.column_width(*label) <= grid.page;
        let grid = Self { label: grid.label.filter(is_narrow).or(Some(0).filter(is_narrow)), ..grid };
        Self { stops: grid.stops(), ..grid }
    }

    /// How the lines of a row with these cells, or of a rule, are moved sideways; none where the table fits onto the page.
    #[must_use]
    pub fn wide(&self, cells: Option<&[Cell]>) -> Option<Wide> {
        let columns = self.overflow();
        let starts = || cells.into_iter().flatten().map(|cell| self.start(cell.columns.start)).collect();
        (columns > 0).then(|| Wide { label: self.label(cells), stops: Arc::clone(&self.stops), cells: starts(), columns })
    }

    /// The columns of the terminal that stay in sight: those of the column that names the rows. A cell that covers it and others is shown
    /// from its beginning.
    fn label(&self, cells: Option<&[Cell]>) -> Range<usize> {
        let Some(label) = self.label else { return 0..0 };
        let cell = cells.into_iter().flatten().find(|cell| cell.columns.contains(&label));
        let start = self.start(cell.map_or(label, |cell| cell.columns.start));
        start..start + self.column_width(label)
    }

    /// How far the table can be moved so that behind what stays in sight a column begins: as far as its last column takes.
    fn stops(&self) -> Arc<[usize]> {
        let label = self.label(None);
        let stop = |column| {
            let start = self.start(column);
            if label.is_empty() || start <= label.start { Some(start) } else { start.checked_sub(label.len()) }
        };
        let most = self.overflow().saturating_sub(self.page);
        let mut stops: Vec<usize> = (0..self.widths.len()).filter_map(stop).collect();
        stops.dedup();
        let enough = stops.iter().position(|stop| *stop >= most).map_or(stops.len(), |last| last + 1);
        stops.truncate(enough);
        stops.into()
    }

    /// The column of the terminal where a column of the table begins.
    fn start(&self, column: usize) -> usize {
        (0..column).map(|before| self.column_width(before)).sum()
    }

    /// The columns of the terminal that a column of the table takes with what stands after it.
    fn column_width(&self, column: usize) -> usize {
        self.widths.get(column).map_or(0, |width| width + self.between.columns())
    }

    /// Whether the cells are set one below the other.
    #[must_use]
    pub const fn is_stacked(&self) -> bool {
        self.widths.is_empty()
    }

    /// Whether there are rules between rows.
    #[must_use]
    pub const fn is_ruled(&self) -> bool {
        self.is_ruled
    }

    /// The columns of the table where they are more than the page has; else 0.
    #[must_use]
    pub fn overflow(&self) -> usize {
        let all = self.span(&(0..self.widths.len()));
        if all > self.page { all } else { 0 }
    }

    /// The rule between two rows, with joints where cells end; above the first row and below the last there are none. Cells that go on
    /// from one row to the next are left open. Nothing where the cells are set one below the other.
    #[must_use]
    pub fn rule(&self, above: Option<&[Cell]>, below: Option<&[Cell]>) -> Vec<Vec<Piece>> {
        let strokes = Strokes::of(self.ambiguous);
        let goes_on = |column: usize| {
            let cell = below.into_iter().flatten().find(|cell| cell.columns.contains(&column));
            above.is_some() && cell.is_some_and(|cell| cell.span.is_empty() && !cell.text.is_empty())
        };
        let ends = |cells: Option<&[Cell]>, at: usize| {
            cells.is_some_and(|cells| cells.iter().any(|cell| cell.columns.start == at || cell.columns.end == at))
        };
        let stroke = |column: usize| if goes_on(column) { " " } else { strokes.level };
        let mut rule = String::new();
        for (column, width) in self.widths.iter().enumerate() {
            if let Some(before) = column.checked_sub(1) {
                let arms = [!goes_on(column), !goes_on(before), ends(below, column), ends(above, column)];
                rule.push_str(&self.between.around(stroke(before), strokes.joint(arms), stroke(column)));
            }
            rule.push_str(&stroke(column).repeat(*width));
        }
        if rule.is_empty() { Vec::new() } else { vec![vec![Piece::Fill(rule, Role::Rule)]] }
    }

    /// The lines of one row.
    #[must_use]
    pub fn row(&self, document: &Document, node: &Node, role: Role) -> Vec<Vec<Piece>> {
        if self.is_stacked() {
            return if role == Role::Text { self.stacked(document, node) } else { self.listed(document, node) };
        }
        let cells: Vec<_> = node.cells.iter().map(|cell| (cell, self.cell(document, cell, role))).collect();
        let height = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or_default().max(1);
        (0..height).map(|number| self.line(&cells, number)).collect()
    }

    /// The first line of a row with the words of the cells that go on from rows above; nothing where no cell does.
    #[must_use]
    pub fn carried(&self, document: &Document, cells: &[Cell]) -> Vec<Piece> {
        let goes_on = |cell: &Cell| cell.span.is_empty() && !cell.text.is_empty();
        if self.is_stacked() || !cells.iter().any(goes_on) {
            return Vec::new();
        }
        let set = |cell: &Cell| {
            if !goes_on(cell) {
                return self.cell(document, cell, Role::Text);
            }
            let words = truncate(&cell.text, self.span(&cell.columns), self.ambiguous);
            vec![(vec![Piece::Fill(words.to_string(), Role::Rule)], columns(&words, self.ambiguous))]
        };
        let cells: Vec<_> = cells.iter().map(|cell| (cell, set(cell))).collect();
        self.line(&cells, 0)
    }

    /// One line of a row.
    fn line(&self, cells: &[(&Cell, Vec<CellLine>)], number: usize) -> Vec<Piece> {
        let upright = Strokes::of(self.ambiguous).upright;
        let between = self.between.around(" ", upright, " ");
        let mut pieces = Vec::new();
        let mut at = 0;
        for (cell, lines) in cells {
            if at < cell.columns.start {
                let blank = " ".repeat(self.span(&(at..cell.columns.start)));
                pieces.push(Piece::Fill(if at > 0 { format!("{between}{blank}") } else { blank }, Role::Rule));
            }
            at = cell.columns.end;
            if !pieces.is_empty() {
                pieces.push(Piece::Fill(between.clone(), Role::Rule));
            }
            let (shown, used) = lines.get(number).cloned().unwrap_or_default();
            pieces.extend(shown);
            pieces.push(Piece::Fill(" ".repeat(self.span(&cell.columns).saturating_sub(used)), Role::Text));
        }
        pieces
    }

    /// The columns of the terminal that some columns of the table take together.
    fn span(&self, of: &Range<usize>) -> usize {
        let widths = self.widths.iter().skip(of.start).take(of.len());
        let count = widths.len();
        widths.sum::<usize>() + self.between.columns() * count.saturating_sub(1)
    }

    /// The lines of a cell, each with the columns that it takes.
    fn cell(&self, document: &Document, cell: &Cell, role: Role) -> Vec<CellLine> {
        let flow = Flow::joined(document, cell.span.clone());
        let measure = Measure { columns: self.span(&cell.columns), first_indent: 0, ambiguous: self.ambiguous };
        let lines = wrap(&flow.text, &measure).into_iter();
        lines
            .map(|range| {
                let shown = flow.text.get(range.clone()).unwrap_or_default().trim_end();
                let spans = flow.sources(&(range.start..range.start + shown.len())).into_iter();
                (spans.map(|span| Piece::Source(span, role)).collect(), columns(shown, self.ambiguous))
            })
            .collect()
    }

    /// The head row where no column has its head above it: its cells one after the other.
    fn listed(&self, document: &Document, node: &Node) -> Vec<Vec<Piece>> {
        const BETWEEN: &str = " · ";
        let between = columns(BETWEEN, self.ambiguous);
        let measure = Measure { columns: self.page, first_indent: 0, ambiguous: self.ambiguous };
        let (mut lines, mut used): (Vec<Vec<Piece>>, usize) = (Vec::new(), 0);
        for flow in node.cells.iter().map(|cell| Flow::joined(document, cell.span.clone())) {
            for range in wrap(&flow.text, &measure) {
                let width = columns(flow.text.get(range.clone()).unwrap_or_default(), self.ambiguous);
                let source = flow.sources(&range).into_iter().map(|span| Piece::Source(span, Role::Heading));
                if let Some(line) = lines.last_mut().filter(|_| used + between + width <= self.page) {
                    line.push(Piece::Fill(BETWEEN.to_owned(), Role::Rule));
                    line.extend(source);
                    used += between + width;
                } else {
                    lines.push(source.collect());
                    used = width;
                }
            }
        }
        lines.push(Vec::new());
        lines
    }

    /// A row as one line for each cell, the head of its column before it.
    fn stacked(&self, document: &Document, node: &Node) -> Vec<Vec<Piece>> {
        let mut lines = Vec::new();
        for cell in node.cells.iter().filter(|cell| !cell.span.is_empty()) {
            let head = self.heads.iter().find(|(columns, _)| columns.contains(&cell.columns.start));
            let head = head.map_or_else(String::new, |(_, span)| Flow::joined(document, span.clone()).text);
            let flow = Flow::joined(document, cell.span.clone());
            if flow.text.is_empty() {
                continue;
            }
            let before = if head.is_empty() { String::new() } else { format!("{head}：") };
            let first_indent = columns(&before, self.ambiguous).min(self.page / 2);
            let measure = Measure { columns: self.page, first_indent, ambiguous: self.ambiguous };
            for (number, range) in wrap(&flow.text, &measure).into_iter().enumerate() {
                let head = (number == 0 && !before.is_empty())
                    .then(|| Piece::Fill(crate::text::width::pad(&before, first_indent, self.ambiguous), Role::Rule));
                let text = flow.sources(&range).into_iter().map(|span| Piece::Source(span, Role::Text));
                lines.push(head.into_iter().chain(text).collect());
            }
        }
        lines.push(Vec::new());
        lines
    }
}

/// The first column that has words in most rows: that is what tells rows apart, where numbers and merged groups before it do not.
fn label_column(document: &Document, table: NodeIndex, count: usize) -> Option<usize> {
    let rows = document.children(Some(table)).count();
    let has_words = |cell: &Cell| !cell.span.is_empty() && cell.text.chars().any(char::is_alphabetic);
    let cells = || document.children(Some(table)).flat_map(|(_, row)| &row.cells).filter(|cell| has_words(cell));
    (0..count).find(|column| 2 * cells().filter(|cell| cell.columns.contains(column)).count() > rows)
}

/// What a line of a cell shows, and the columns that it takes.
type CellLine = (Vec<Piece>, usize);

/// The widths of the columns, and what stands between them: as wide as is wanted, or narrower where that makes the table fit without
/// crushing it. One that cannot fit is as wide as reads well, and on small screens has no columns at all.
fn fitted(wanted: Vec<usize>, least: &[usize], options: &PageOptions) -> (Vec<usize>, Between) {
    let gaps = wanted.len().saturating_sub(1);
    let room = |between: Between| options.columns.checked_sub(between.columns() * gaps);
    let all = wanted.iter().sum::<usize>();
    if room(Between::Roomy).is_some_and(|room| all <= room) {
        return (wanted, Between::Roomy);
    }
    if let Some(room) = room(Between::Tight).filter(|room| least.iter().sum::<usize>() <= *room) {
        return (shrunk(wanted, least, room), Between::Tight);
    }
    match options.spacing {
        Spacing::Roomy => {
            (wanted.iter().zip(least).map(|(wanted, least)| (*wanted).min(SIDEWAYS.max(*least))).collect(), Between::Roomy)
        }
        Spacing::Compact => (Vec::new(), Between::Tight),
    }
}

/// Takes from the column that has most to give until all fit into `room`.
fn shrunk(mut widths: Vec<usize>, least: &[usize], room: usize) -> Vec<usize> {
    let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
    while excess > 0 {
        let widest = widths.iter_mut().zip(least).filter(|(width, least)| **width > **least).max_by_key(|(width, _)| **width);
        let Some((width, least)) = widest else { break };
        let step = excess.min(2).min(*width - least);
        *width -= step;
        excess -= step;
    }
    widths
}

/// The columns of the longest stretch that should not be broken: a number, a Latin word.
fn longest_word(text: &str) -> usize {
    text.split(|character: char| !character.is_ascii_graphic()).map(str::len).max().unwrap_or_default()
}
