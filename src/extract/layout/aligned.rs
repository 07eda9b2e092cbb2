//! Tables without rules, where they are clear: at least three lines of at least three parts that stand under each other.

use crate::extract::pieces::{Cell, Row};

use super::lines::{Line, Part};
use super::sheet::{Element, Table};

/// The fewest lines and the fewest parts of a line.
const FEWEST: usize = 3;
/// Parts that begin, end or are centred within this many sizes of each other stand under each other.
const UNDER: f32 = 0.8;

/// The elements with lines that are tables made tables.
pub(super) fn found(elements: Vec<Element>) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::with_capacity(elements.len());
    let mut run: Vec<Line> = Vec::new();
    for element in elements {
        match element {
            Element::Line(line) if line.parts.len() >= FEWEST => {
                if run.last().is_some_and(|last| !is_under(last, &line)) {
                    flush(&mut run, &mut found);
                }
                run.push(line);
            }
            Element::Line(_) | Element::Column(_) | Element::Table(_) | Element::Frame(_) => {
                flush(&mut run, &mut found);
                found.push(element);
            }
        }
    }
    flush(&mut run, &mut found);
    found
}

/// Whether the parts of a line stand under those of the line before.
fn is_under(before: &Line, line: &Line) -> bool {
    let near = |one: f32, other: f32| (one - other).abs() < line.size * UNDER;
    let under = |(above, below): (&Part, &Part)| {
        let middles = (f32::midpoint(above.left, above.right), f32::midpoint(below.left, below.right));
        near(above.left, below.left) || near(above.right, below.right) || near(middles.0, middles.1)
    };
    before.parts.len() == line.parts.len() && before.parts.iter().zip(&line.parts).all(under)
}

/// Writes the lines of a run: as a table if they are enough.
fn flush(run: &mut Vec<Line>, found: &mut Vec<Element>) {
    if run.len() < FEWEST {
        found.extend(run.drain(..).map(Element::Line));
        return;
    }
    let columns = run.first().map(|line| line.parts.iter().map(|part| part.left).collect()).unwrap_or_default();
    let row = |line: Line| -> Row { line.parts.into_iter().map(|part| Cell { text: part.text, columns: 1 }).collect() };
    let rows = run.drain(..).map(row).collect();
    found.push(Element::Table(Table { columns, rows, top: 0.0 }));
}
