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

/// How a space lies in the one around it: `a b c d e f` of GB/T 33190-2016 §8.5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    /// Moves by this much.
    pub(super) const fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This one, then another.
    pub(super) fn then(self, other: Self) -> Self {
        let Self([a, b, c, d, e, f]) = self;
        let (across, down) = (other.turn((a, b)), other.turn((c, d)));
        let (x, y) = other.place((e, f));
        Self([across.0, across.1, down.0, down.1, x, y])
    }

    /// Where a point lies.
    pub(super) fn place(self, point: (f64, f64)) -> (f64, f64) {
        let Self([_, _, _, _, e, f]) = self;
        let (x, y) = self.turn(point);
        (x + e, y + f)
    }

    /// What becomes of a direction.
    pub(super) fn turn(self, (x, y): (f64, f64)) -> (f64, f64) {
        let Self([a, b, c, d, _, _]) = self;
        (a * x + c * y, b * x + d * y)
    }
}

/// How the space of an object lies on the page: its own matrix, then its boundary, then what is around it.
pub(super) fn space(object: &Element, around: Matrix) -> Matrix {
    let corner = boundary(object).map_or((0.0, 0.0), |(x, y, _, _)| (x, y));
    let outer = Matrix::moved(corner.0, corner.1).then(around);
    let own = object.attribute("CTM").map(numbers);
    match own.as_deref().and_then(|numbers| numbers.first_chunk::<6>()) {
        Some(own) => Matrix(*own).then(outer),
        None => outer,
    }
}

/// Left, top, width and height of an object in the space around it.
pub(super) fn boundary(object: &Element) -> Option<(f64, f64, f64, f64)> {
    let numbers = numbers(object.attribute("Boundary")?);
    let [x, y, width, height] = *numbers.first_chunk::<4>()?;
    Some((x, y, width, height))
}
