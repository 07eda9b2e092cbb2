//! A page as lines, tables and frames, in reading order.
//!
//! Glyphs within a grid belong to its cells; a grid of one column is a frame (专栏) and its content is lines and tables again. The rest
//! are the lines of the page.

use crate::extract::pieces::{Cell, Row};

use super::columns;
use super::grid::{Grid, grids};
use super::joining::joined_lines;
use super::lines::{Line, is_visible, lines};
use super::{Glyph, Page, Rule};

/// Rules closer than this are one, in usual sizes of the page.
const ONE_RULE: f32 = 0.2;
/// The size of a page's glyphs where it has none.
const FALLBACK_SIZE: f32 = 12.0;

/// What stands on a page, top to bottom.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) pictures: u32,
    pub(super) elements: Vec<Element>,
    /// Signs of footnotes left out.
    pub(super) marks: usize,
    /// Whether there were too many rules to look for tables.
    pub(super) scribbled: bool,
}

/// A part of a page.
#[derive(Debug)]
pub(super) enum Element {
    Line(Line),
    /// One of two columns side by side.
    Column(Vec<Line>),
    Table(Table),
    Frame(Frame),
}

/// A table on a page.
#[derive(Debug)]
pub(super) struct Table {
    /// The edges of its columns.
    pub(super) columns: Vec<f32>,
    pub(super) rows: Vec<Row>,
    pub(super) top: f32,
}

/// A box around a text.
#[derive(Debug)]
pub(super) struct Frame {
    /// Left, top, right, bottom.
    pub(super) bounds: (f32, f32, f32, f32),
    pub(super) elements: Vec<Element>,
}

impl Element {
    fn top(&self) -> f32 {
        match self {
            Self::Line(line) => line.baseline - line.size,
            Self::Column(lines) => lines.first().map_or(0.0, |line| line.baseline - line.size),
            Self::Table(table) => table.top,
            Self::Frame(frame) => frame.bounds.1,
        }
    }
}

/// The glyphs of a grid.
struct Filled {
    grid: Grid,
    glyphs: Vec<Glyph>,
    /// Within a frame: the tables in it.
    inner: Vec<Filled>,
}

/// Makes a sheet of a page; `strip` is where two columns are parted on other pages.
pub(super) fn sheet(page: Page, strip: Option<f32>) -> Sheet {
    let mut sheet =
        Sheet { number: page.number, width: page.width, height: page.height, pictures: page.pictures, ..Sheet::default() };
    let glyphs: Vec<Glyph> = page.glyphs.into_iter().filter(is_printed).collect();
    let found = found(&glyphs, &page.rules);
    sheet.scribbled = found.is_none();
    let (filled, rest) = filled(found.unwrap_or_default(), glyphs);
    let columns = columns::split(rest, page.height, strip);
    let marks = &mut sheet.marks;
    sheet.elements.extend(lines(columns.above, marks).into_iter().map(Element::Line));
    for column in [columns.left, columns.right].into_iter().filter(|column| !column.is_empty()) {
        sheet.elements.push(Element::Column(lines(column, marks)));
    }
    sheet.elements.extend(lines(columns.below, marks).into_iter().map(Element::Line));
    for filled in filled {
        elements(filled, &mut sheet.elements, &mut sheet.marks);
    }
    sheet
}

fn is_printed(glyph: &Glyph) -> bool {
    let finite = [glyph.x, glyph.baseline, glyph.width, glyph.size].iter().all(|number| number.is_finite());
    finite && glyph.size > 0.0 && !glyph.text.is_empty()
}

/// The grids of a page, the largest first.
fn found(glyphs: &[Glyph], rules: &[Rule]) -> Option<Vec<Grid>> {
    let mut sizes: Vec<f32> = glyphs.iter().filter(|glyph| is_visible(glyph)).map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or(FALLBACK_SIZE);
    let mut grids = grids(rules, size * ONE_RULE)?;
    // What is lower than a line of print is no cell: a double line, a bar.
    grids.retain(|grid| {
        let (left, top, right, bottom) = grid.bounds();
        bottom - top > size && right - left > size
    });
    grids.sort_by(|one, other| other.area().total_cmp(&one.area()));
    Some(grids)
}

/// Glyphs in their grids, and those in none.
fn filled(grids: Vec<Grid>, glyphs: Vec<Glyph>) -> (Vec<Filled>, Vec<Glyph>) {
    let mut outer: Vec<Filled> = Vec::new();
    for grid in grids {
        let (left, top, right, bottom) = grid.bounds();
        let (x, y) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
        let filled = Filled { grid, glyphs: Vec::new(), inner: Vec::new() };
        match outer.iter_mut().find(|outer| outer.grid.contains(x, y)) {
            None => outer.push(filled),
            Some(frame) if frame.grid.width() == 1 => frame.inner.push(filled),
            // A small box in a cell, to be ticked: the cell has its text.
            Some(_) => {}
        }
    }
    let mut rest = Vec::new();
    for glyph in glyphs {
        let (x, y) = middle(&glyph);
        let place = outer.iter_mut().find(|outer| outer.grid.contains(x, y));
        match place {
            None => rest.push(glyph),
            Some(outer) => match outer.inner.iter_mut().find(|inner| inner.grid.contains(x, y)) {
                Some(inner) => inner.glyphs.push(glyph),
                None => outer.glyphs.push(glyph),
            },
        }
    }
    (outer, rest)
}

/// The middle of a glyph.
fn middle(glyph: &Glyph) -> (f32, f32) {
    (glyph.x + glyph.width / 2.0, glyph.baseline - glyph.size * 0.35)
}

/// Puts a grid among the elements, each where its top is.
fn elements(filled: Filled, elements: &mut Vec<Element>, marks: &mut usize) {
    if !filled.glyphs.iter().any(is_visible) && filled.inner.is_empty() {
        return;
    }
    let element =
        if filled.grid.width() == 1 { Element::Frame(frame(filled, marks)) } else { Element::Table(table(filled, marks)) };
    let top = element.top();
    let place = elements.iter().position(|other| other.top() > top).unwrap_or(elements.len());
    elements.insert(place, element);
}

fn frame(filled: Filled, marks: &mut usize) -> Frame {
    let mut rows: Vec<Vec<Glyph>> = vec![Vec::new(); filled.grid.height()];
    for glyph in filled.glyphs {
        let (x, y) = middle(&glyph);
        if let Some(row) = filled.grid.cell(x, y).and_then(|cell| rows.get_mut(cell)) {
            row.push(glyph);
        }
    }
    let mut found = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let mut lines = lines(row, marks);
        if let Some(first) = lines.first_mut().filter(|_| number > 0) {
            first.opens = true;
        }
        found.extend(lines.into_iter().map(Element::Line));
    }
    for inner in filled.inner {
        elements(inner, &mut found, marks);
    }
    Frame { bounds: filled.grid.bounds(), elements: found }
}

fn table(filled: Filled, marks: &mut usize) -> Table {
    let grid = filled.grid;
    let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); grid.width() * grid.height()];
    for glyph in filled.glyphs {
        let (x, y) = middle(&glyph);
        if let Some(cell) = grid.cell(x, y).and_then(|cell| cells.get_mut(cell)) {
            cell.push(glyph);
        }
    }
    let mut texts: Vec<String> = cells.into_iter().map(|cell| joined_lines(&lines(cell, marks))).collect();
    let rows = (0..grid.height()).map(|row| self::row(&grid, row, &mut texts)).collect();
    let (_, top, _, _) = grid.bounds();
    Table { columns: grid.columns, rows, top }
}

/// The cells of a row; one merged downwards has its text in its first row.
fn row(grid: &Grid, row: usize, texts: &mut [String]) -> Row {
    let mut cells: Row = Vec::new();
    let mut before = None;
    for column in 0..grid.width() {
        let first = grid.first_of(row, column);
        if let Some(wide) = cells.last_mut().filter(|_| first == before) {
            wide.columns += 1;
        } else {
            let text = first.and_then(|first| texts.get_mut(first)).map(std::mem::take).unwrap_or_default();
            cells.push(Cell { text, columns: 1 });
        }
        before = first;
    }
    cells
}
