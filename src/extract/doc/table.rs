//! Tables: rows and cells, merged ones resolved.
//!
//! A cell merged downwards is written in its first row and empty in the others. How many columns a cell covers stands nowhere: each row says
//! where its cells begin and end on the paper, and the edges of all rows together are the grid. A table of one column or one row lays
//! text out (a box around a 专栏, 文号 and 签发人 on one line): its content are paragraphs.

use std::collections::BTreeSet;

use crate::extract::error::ExtractError;
use crate::extract::pieces::{Cell, Content, Piece, Row, cell_text, checked};

use super::blocks;
use super::body::Body;
use super::properties::{Merge, RowProperties};

/// Edges nearer than this (in twips; about a millimetre) are one: rows that were pasted or pulled with the mouse do not meet exactly.
const SAME_EDGE: i32 = 57;

/// Reads a table.
///
/// # Errors
///
/// Where it is wider than any honest table.
pub(super) fn read(body: &mut Body<'_>, rows: Vec<blocks::Row>, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if widest < 2 {
        return body.framed(rows.into_iter().flat_map(|row| row.cells).flatten().collect(), pieces);
    }
    if rows.len() < 2 {
        return body.blocks(rows.into_iter().flat_map(|row| row.cells).flatten().collect(), pieces);
    }
    let grid = Grid::new(&rows);
    let rows = rows.into_iter().map(|row| self::row(body, row, &grid)).collect::<Result<Vec<_>, _>>()?;
    pieces.push(body.piece(Content::Table(rows)));
    Ok(())
}

fn row(body: &mut Body<'_>, row: blocks::Row, grid: &Grid) -> Result<Row, ExtractError> {
    let (before, columns, after) = grid.columns(&row.properties, row.cells.len());
    let skipped = |columns: u32| (columns > 0).then(|| Cell { text: String::new(), columns });
    let mut cells: Row = skipped(before).into_iter().collect();
    let mut first_mark = 0;
    for (at, (content, columns)) in row.cells.into_iter().zip(columns).enumerate() {
        let merge = row.properties.merges.get(at).copied().unwrap_or_default();
        let goes_on = merge.goes_on(&mut first_mark);
        if let Some(wide) = cells.last_mut().filter(|_| goes_on) {
            wide.columns = wide.columns.saturating_add(columns);
            continue;
        }
        let mut own = Vec::new();
        if !merge.continues {
            body.blocks(content, &mut own)?;
        }
        cells.push(Cell { text: cell_text(own), columns });
    }
    cells.extend(skipped(after));
    checked(cells)
}

impl Merge {
    /// Whether the cell goes on with the one to its left. The first marked cell begins a set; the same mark begins another, the other
    /// mark goes on.
    fn goes_on(self, first_mark: &mut u16) -> bool {
        if self.sideways == 0 || *first_mark == 0 {
            *first_mark = self.sideways;
            return false;
        }
        self.sideways != *first_mark
    }
}

/// The edges of all cells of a table, those at the same place taken together.
struct Grid {
    /// The leftmost of each.
    edges: Vec<i32>,
}

impl Grid {
    fn new(rows: &[blocks::Row]) -> Self {
        let described = rows.iter().filter(|row| row.properties.edges.len() == row.cells.len() + 1);
        let all: BTreeSet<i32> = described.flat_map(|row| &row.properties.edges).map(|edge| i32::from(*edge)).collect();
        let mut edges: Vec<i32> = Vec::new();
        for edge in all {
            if edges.last().is_none_or(|last| edge - last > SAME_EDGE) {
                edges.push(edge);
            }
        }
        Self { edges }
    }

    /// The columns before a row, those of each of its cells, those after it. Where the row does not say where its cells are, each has one.
    fn columns(&self, properties: &RowProperties, cells: usize) -> (u32, Vec<u32>, u32) {
        if properties.edges.len() != cells + 1 {
            return (0, vec![1; cells], 0);
        }
        let place = |edge: &i16| self.edges.partition_point(|known| *known <= i32::from(*edge)).saturating_sub(1);
        let places: Vec<usize> = properties.edges.iter().map(place).collect();
        let columns = |from: usize, to: usize| u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX);
        let own = places.windows(2).map(|pair| pair.first().zip(pair.last()).map_or(1, |(from, to)| columns(*from, *to).max(1)));
        let (first, last) = (places.first().copied().unwrap_or(0), places.last().copied().unwrap_or(0));
        (columns(0, first), own.collect(), columns(last, self.edges.len().saturating_sub(1)))
    }
}
