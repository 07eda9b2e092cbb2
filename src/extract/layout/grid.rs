//! Rules → grids: where tables and boxes are drawn, and which of their cells are merged.
//!
//! Rules that touch belong together. Their places make the columns and rows of a grid; where the line between two cells is missing, they
//! are one. A table whose outer lines are left out (open at its sides) ends where its other lines end.

use super::Rule;
use super::groups::Groups;

/// Merged rules of one direction on a page; a page of squared paper has a hundred.
pub(super) const MOST_RULES: usize = 1500;
/// The cells of a grid, merged ones not yet joined.
const MOST_CELLS: usize = 50_000;

/// A grid on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// The edges of its columns, left to right.
    pub(super) columns: Vec<f32>,
    /// The edges of its rows, top to bottom.
    pub(super) rows: Vec<f32>,
    /// For each cell, row by row, the number of the first of the cells that it is one with.
    merged: Vec<usize>,
}

impl Grid {
    pub(super) fn width(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len().saturating_sub(1)
    }

    /// Left, top, right, bottom.
    pub(super) fn bounds(&self) -> (f32, f32, f32, f32) {
        let edge = |edge: Option<&f32>| edge.copied().unwrap_or(0.0);
        (edge(self.columns.first()), edge(self.rows.first()), edge(self.columns.last()), edge(self.rows.last()))
    }

    pub(super) fn area(&self) -> f32 {
        let (left, top, right, bottom) = self.bounds();
        (right - left) * (bottom - top)
    }

    pub(super) fn contains(&self, x: f32, y: f32) -> bool {
        let (left, top, right, bottom) = self.bounds();
        left <= x && x <= right && top <= y && y <= bottom
    }

    /// The cell that a point is in: the number of the first of the cells that it is one with.
    pub(super) fn cell(&self, x: f32, y: f32) -> Option<usize> {
        let column = self.columns.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.rows.partition_point(|edge| *edge <= y).checked_sub(1)?;
        if column >= self.width() || row >= self.height() { None } else { self.first_of(row, column) }
    }

    /// The first of the cells that the one in this row and column is one with.
    pub(super) fn first_of(&self, row: usize, column: usize) -> Option<usize> {
        self.merged.get(row * self.width() + column).copied()
    }
}

/// Horizontal and vertical rules, those that go on in each other joined.
struct Drawn {
    /// Each as (y, x0, x1).
    horizontal: Vec<(f32, f32, f32)>,
    /// Each as (x, y0, y1).
    vertical: Vec<(f32, f32, f32)>,
}

/// The grids of a page; lines closer than `tolerance` are one. None where there are too many rules to be tables.
pub(super) fn grids(rules: &[Rule], tolerance: f32) -> Option<Vec<Grid>> {
    let drawn = drawn(rules, tolerance);
    if drawn.horizontal.len() > MOST_RULES || drawn.vertical.len() > MOST_RULES {
        return None;
    }
    let grids = touching(&drawn, tolerance).into_iter().filter_map(|together| grid(&together, tolerance));
    Some(grids.collect())
}

fn drawn(rules: &[Rule], tolerance: f32) -> Drawn {
    let lies = |rule: &&Rule| (rule.y1 - rule.y0).abs() <= (rule.x1 - rule.x0).abs();
    let horizontal =
        rules.iter().filter(lies).map(|rule| (f32::midpoint(rule.y0, rule.y1), rule.x0.min(rule.x1), rule.x0.max(rule.x1)));
    let stands = rules.iter().filter(|rule| !lies(rule));
    let vertical = stands.map(|rule| (f32::midpoint(rule.x0, rule.x1), rule.y0.min(rule.y1), rule.y0.max(rule.y1)));
    Drawn { horizontal: joined(horizontal.collect(), tolerance), vertical: joined(vertical.collect(), tolerance) }
}

/// Rules of one direction with those joined that lie on one line and touch.
fn joined(mut rules: Vec<(f32, f32, f32)>, tolerance: f32) -> Vec<(f32, f32, f32)> {
    rules.retain(|(at, from, to)| at.is_finite() && from.is_finite() && to.is_finite());
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.0).collect();
    let places = clustered(&mut places, tolerance);
    let place = |at: f32| nearest(&places, at);
    rules.sort_by(|one, other| place(one.0).cmp(&place(other.0)).then(one.1.total_cmp(&other.1)));
    let mut joined: Vec<(f32, f32, f32)> = Vec::new();
    for rule in rules {
        match joined.last_mut() {
            Some(last) if place(last.0) == place(rule.0) && rule.1 <= last.2 + tolerance => last.2 = last.2.max(rule.2),
            _ => joined.push(rule),
        }
    }
    joined
}

/// Places in order, those closer than `tolerance` taken as one.
fn clustered(places: &mut [f32], tolerance: f32) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    let mut clustered: Vec<f32> = Vec::new();
    for place in places.iter() {
        if clustered.last().is_none_or(|last| place - last > tolerance) {
            clustered.push(*place);
        }
    }
    clustered
}

/// The number of the place that is nearest.
fn nearest(places: &[f32], at: f32) -> usize {
    let after = places.partition_point(|place| *place <= at);
    let distance = |number: usize| places.get(number).map_or(f32::MAX, |place| (place - at).abs());
    after.checked_sub(1).filter(|before| distance(*before) <= distance(after)).unwrap_or(after)
}

/// Rules that touch each other, in groups.
fn touching(drawn: &Drawn, tolerance: f32) -> Vec<Drawn> {
    let lying = drawn.horizontal.len();
    let mut groups = Groups::new(lying + drawn.vertical.len());
    for (own, (y, from, to)) in drawn.horizontal.iter().enumerate() {
        for (other, (x, top, bottom)) in drawn.vertical.iter().enumerate() {
            let meet = *x >= from - tolerance && *x <= to + tolerance && *y >= top - tolerance && *y <= bottom + tolerance;
            if meet {
                groups.join(own, lying + other);
            }
        }
    }
    let members = groups.members();
    let rule = |from: &[(f32, f32, f32)], number: Option<usize>| number.and_then(|number| from.get(number)).copied();
    let together = members.into_iter().map(|members| Drawn {
        horizontal: members.iter().filter_map(|member| rule(&drawn.horizontal, Some(*member).filter(|own| *own < lying))).collect(),
        vertical: members.iter().filter_map(|member| rule(&drawn.vertical, member.checked_sub(lying))).collect(),
    });
    together.collect()
}

fn grid(drawn: &Drawn, tolerance: f32) -> Option<Grid> {
    let edges = |across: &[(f32, f32, f32)], along: &[(f32, f32, f32)]| {
        let mut edges: Vec<f32> = across.iter().map(|rule| rule.0).collect();
        let own = clustered(&mut edges, tolerance);
        // The ends of the other lines are edges where no line stands: a table that is open at its sides.
        let (least, most) = along.iter().fold((f32::MAX, f32::MIN), |(least, most), rule| (least.min(rule.1), most.max(rule.2)));
        let begin = own.first().is_none_or(|first| first - least > tolerance * 3.0).then_some(least);
        let end = own.last().is_none_or(|last| most - last > tolerance * 3.0).then_some(most);
        begin.into_iter().chain(own).chain(end).collect::<Vec<f32>>()
    };
    let columns = edges(&drawn.vertical, &drawn.horizontal);
    let rows = edges(&drawn.horizontal, &drawn.vertical);
    let closed = drawn.vertical.len() > 1 || columns.len() > 2;
    let cells = columns.len().saturating_sub(1) * rows.len().saturating_sub(1);
    if drawn.horizontal.len() < 2 || drawn.vertical.is_empty() || !closed || cells == 0 || cells > MOST_CELLS {
        return None;
    }
    let merged = merged(&columns, &rows, drawn, tolerance);
    Some(Grid { columns, rows, merged })
}

fn merged(columns: &[f32], rows: &[f32], drawn: &Drawn, tolerance: f32) -> Vec<usize> {
    let width = columns.len() - 1;
    let mut groups = Groups::new(width * (rows.len() - 1));
    let walls = by_place(columns, &drawn.vertical);
    let floors = by_place(rows, &drawn.horizontal);
    for (row, high) in rows.windows(2).enumerate() {
        for (column, wide) in columns.windows(2).enumerate() {
            let cell = row * width + column;
            if column + 1 < width && !covers(walls.get(column + 1), high, tolerance) {
                groups.join(cell, cell + 1);
            }
            if row + 2 < rows.len() && !covers(floors.get(row + 1), wide, tolerance) {
                groups.join(cell, cell + width);
            }
        }
    }
    (0..width * (rows.len() - 1)).map(|cell| groups.first(cell)).collect()
}

/// The rules at each of these places.
fn by_place(places: &[f32], rules: &[(f32, f32, f32)]) -> Vec<Vec<(f32, f32)>> {
    let mut found = vec![Vec::new(); places.len()];
    for (at, from, to) in rules {
        if let Some(found) = found.get_mut(nearest(places, *at)) {
            found.push((*from, *to));
        }
    }
    found
}

/// Whether a rule covers the middle half between two edges.
fn covers(rules: Option<&Vec<(f32, f32)>>, edges: &[f32], tolerance: f32) -> bool {
    let (Some(begin), Some(end)) = (edges.first(), edges.last()) else { return false };
    let quarter = (end - begin) / 4.0;
    let covers = |rule: &(f32, f32)| rule.0 <= begin + quarter + tolerance && rule.1 >= end - quarter - tolerance;
    rules.is_some_and(|rules| rules.iter().any(covers))
}

#[cfg(test)]
mod tests;
