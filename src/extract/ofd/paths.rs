//! Path objects → rules (GB/T 33190-2016 §9): the straight lines that tables and boxes are drawn of.
//!
//! A path is written as letters and numbers: `M 0 0 L 150 0`. Stroked lines are rules, and so are filled rectangles that are as thin as one.

use std::iter::Peekable;
use std::str::SplitAsciiWhitespace;

use crate::extract::error::ExtractError;
use crate::extract::layout::Rule;
use crate::extract::xml::Element;

use super::canvas::Canvas;
use super::geometry::{Matrix, Point, number, space};

/// A filled rectangle is a rule up to this thickness, in millimetres.
const THICKEST_RULE: f64 = 1.0;
/// A rule has at least this length, in millimetres; shorter ones are the corners of borders.
const SHORTEST_RULE: f64 = 1.0;
/// A shape with more corners is no rectangle.
const CORNERS: usize = 6;

/// A line without a break.
#[derive(Debug, Default)]
struct Part {
    points: Vec<Point>,
    curved: bool,
}

/// Draws a path.
///
/// # Errors
///
/// Where there are too many steps of paths in the document.
pub(super) fn draw(canvas: &mut Canvas, object: &Element, around: Matrix) -> Result<(), ExtractError> {
    let strokes = object.attribute("Stroke") != Some("false") && !is_white(object, "StrokeColor");
    let fills = object.attribute("Fill") == Some("true") && !is_white(object, "FillColor");
    let Some(data) = object.child("AbbreviatedData").filter(|_| strokes || fills) else { return Ok(()) };
    let space = space(object, around);
    let (parts, steps) = parts(&data.text);
    canvas.count_steps(steps)?;
    for part in parts {
        let points: Vec<Point> = part.points.iter().map(|point| space.place(*point)).collect();
        if strokes && !part.curved {
            for pair in points.windows(2) {
                if let [one, other] = pair {
                    keep(canvas, *one, *other);
                }
            }
        }
        if fills {
            canvas.outlines += usize::from(part.curved || points.len() > CORNERS);
            let (left, right) = extent(points.iter().map(|point| point.0));
            let (top, bottom) = extent(points.iter().map(|point| point.1));
            if !part.curved {
                keep(canvas, (left, top), (right, bottom));
            }
        }
    }
    Ok(())
}

/// Keeps a line from one corner to another if it is a rule.
#[expect(clippy::cast_possible_truncation, reason = "layout measures pages in f32")]
pub(super) fn keep(canvas: &mut Canvas, one: Point, other: Point) {
    let ((left, right), (top, bottom)) = (extent([one.0, other.0].into_iter()), extent([one.1, other.1].into_iter()));
    let (width, height) = (right - left, bottom - top);
    if !(width + height).is_finite() || width.min(height) > THICKEST_RULE || width.max(height) < SHORTEST_RULE {
        return;
    }
    let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let [x0, y0, x1, y1] = if width >= height { [left, y, right, y] } else { [x, top, x, bottom] }.map(|end| end as f32);
    canvas.rules.push(Rule { x0, y0, x1, y1 });
}

fn extent(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), number| (least.min(number), most.max(number)))
}

/// White lines part coloured cells, or are there to hide something.
fn is_white(object: &Element, colour: &str) -> bool {
    let value = object.child(colour).and_then(|colour| colour.attribute("Value"));
    value.is_some_and(|value| value.split_ascii_whitespace().all(|channel| channel == "255") && value.contains(' '))
}

/// The numbers after a letter, as far as any letter has them, and how many there are.
fn coordinates(words: &mut Peekable<SplitAsciiWhitespace<'_>>) -> ([f64; 7], usize) {
    let mut numbers = [0.0; 7];
    let mut count = 0;
    while let Some(value) = words.peek().and_then(|word| number(word)) {
        words.next();
        if let Some(place) = numbers.get_mut(count) {
            *place = value;
        }
        count += 1;
    }
    (numbers, count)
}

/// The parts of a path (§9.3) and how many steps they have.
fn parts(data: &str) -> (Vec<Part>, usize) {
    let mut parts: Vec<Part> = Vec::new();
    let mut words = data.split_ascii_whitespace().peekable();
    let mut steps = 0;
    while let Some(word) = words.next() {
        steps += 1;
        let ([x, y, second_x, second_y, third_x, third_y, last], count) = coordinates(&mut words);
        steps += count;
        let end = match word {
            "S" | "M" => {
                parts.push(Part::default());
                (x, y)
            }
            "L" => (x, y),
            "Q" => (second_x, second_y),
            "B" => (third_x, third_y),
            "A" => (third_y, last),
            "C" => match parts.last().and_then(|part| part.points.first()) {
                Some(first) => *first,
                None => continue,
            },
            _ => continue,
        };
        if let Some(part) = parts.last_mut() {
            part.curved |= matches!(word, "Q" | "B" | "A");
            part.points.push(end);
        }
    }
    (parts, steps)
}
