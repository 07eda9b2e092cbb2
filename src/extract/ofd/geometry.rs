//! Numbers, matrices and boxes of OFD (GB/T 33190-2016 §7.3, §8.5).

use crate::extract::xml::Element;

/// The numbers of a list; what is no finite number is left out.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    text.split_ascii_whitespace().filter_map(number).collect()
}

/// A finite number.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The number in an attribute.
pub(super) fn attribute(element: &Element, name: &str) -> Option<f64> {
    element.attribute(name).and_then(number)
}

/// How a space lies in the one around it: what becomes of a step to the right and of one down, and of the origin. As written,
/// `a b c d e f` (GB/T 33190-2016 §8.5).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    across: Point,
    down: Point,
    origin: Point,
}

/// A place or a direction.
pub(super) type Point = (f64, f64);

impl Matrix {
    /// Moves by this much.
    pub(super) const fn moved(to: Point) -> Self {
        Self { across: (1.0, 0.0), down: (0.0, 1.0), origin: to }
    }

    /// The matrix of these six numbers, where there are so many.
    fn written(numbers: &[f64]) -> Option<Self> {
        let numbers = numbers.first_chunk::<6>()?;
        Some(Self { across: (numbers[0], numbers[1]), down: (numbers[2], numbers[3]), origin: (numbers[4], numbers[5]) })
    }

    /// This one, then another.
    pub(super) fn then(self, other: Self) -> Self {
        Self { across: other.turn(self.across), down: other.turn(self.down), origin: other.place(self.origin) }
    }

    /// Where a point lies.
    pub(super) fn place(self, point: Point) -> Point {
        let turned = self.turn(point);
        (turned.0 + self.origin.0, turned.1 + self.origin.1)
    }

    /// What becomes of a direction.
    pub(super) fn turn(self, direction: Point) -> Point {
        let along = |across: f64, down: f64| across * direction.0 + down * direction.1;
        (along(self.across.0, self.down.0), along(self.across.1, self.down.1))
    }
}

/// How the space of an object lies on the page: its own matrix, then its boundary, then what is around it.
pub(super) fn space(object: &Element, around: Matrix) -> Matrix {
    let corner = boundary(object).map_or((0.0, 0.0), |(x, y, _, _)| (x, y));
    let outer = Matrix::moved(corner).then(around);
    let own = object.attribute("CTM").and_then(|written| Matrix::written(&numbers(written)));
    own.map_or(outer, |own| own.then(outer))
}

/// Left, top, width and height of an object in the space around it.
pub(super) fn boundary(object: &Element) -> Option<(f64, f64, f64, f64)> {
    let numbers = numbers(object.attribute("Boundary")?);
    let [x, y, width, height] = *numbers.first_chunk::<4>()?;
    Some((x, y, width, height))
}
