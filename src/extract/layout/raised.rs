//! Raised glyphs: the signs of footnotes, and exponents (km²).
//!
//! A sign after an ideograph or its mark refers to a footnote. It is left out, as the reader of Word documents does, so that no phrase is torn
//! (增长5% is not 增长5%1). After a letter or a digit it is an exponent and is written as one. At the begin of a line it is the number
//! of the footnote itself.

use super::Glyph;
use super::lines::{is_latin, is_visible, usual_size};

/// A raised glyph is smaller than this share of the size of its line.
const SMALLER: f32 = 0.78;
/// It stands at least this much above the baseline, in sizes of the line.
const RAISED: f32 = 0.12;
/// And at most this much above or below.
const WITHIN: f32 = 0.7;

/// How a glyph of a line is written.
pub(super) enum Raised {
    /// It stands on the line.
    Not,
    /// It is raised, and written so.
    Written(String),
}

/// Rows of small glyphs that stand between the glyphs of a row above or below them become part of it.
pub(super) fn joined(rows: Vec<Vec<Glyph>>) -> Vec<Vec<Glyph>> {
    let mut joined: Vec<Vec<Glyph>> = Vec::with_capacity(rows.len());
    for row in rows {
        match joined.last_mut() {
            Some(before) if belongs(before, &row) || belongs(&row, before) => before.extend(row),
            _ => joined.push(row),
        }
    }
    joined
}

/// Whether each glyph of the small row stands in or beside the large one without lying over a glyph of it.
fn belongs(small: &[Glyph], large: &[Glyph]) -> bool {
    let (Some(own), Some(size)) = (usual_size(small), usual_size(large)) else { return false };
    let (Some(first), Some(other)) = (small.first(), large.first()) else { return false };
    let near = (first.baseline - other.baseline).abs() < size * WITHIN;
    if own > size * SMALLER || !near || small.len() * large.len() > 100_000 {
        return false;
    }
    let left = large.iter().map(|glyph| glyph.x).fold(f32::MAX, f32::min) - size;
    let right = large.iter().map(|glyph| glyph.x + glyph.width).fold(f32::MIN, f32::max) + size;
    small.iter().filter(|glyph| is_visible(glyph)).all(|glyph| {
        let middle = glyph.x + glyph.width / 2.0;
        let over = large.iter().any(|other| is_visible(other) && other.x < middle && middle < other.x + other.width);
        left < middle && middle < right && !over
    })
}

/// The glyphs of a line in order with how they are written; `marks` counts those that are left out.
pub(super) fn told<'row>(row: &'row [Glyph], baseline: f32, size: f32, marks: &mut usize) -> Vec<(&'row Glyph, Raised)> {
    let is_raised = |glyph: &Glyph| is_visible(glyph) && glyph.size < size * SMALLER && baseline - glyph.baseline > size * RAISED;
    let mut told: Vec<(&Glyph, Raised)> = Vec::with_capacity(row.len());
    let mut rest = row;
    while let Some((first, after)) = rest.split_first() {
        if !is_raised(first) {
            told.push((first, Raised::Not));
            rest = after;
            continue;
        }
        let count = rest.iter().take_while(|glyph| is_raised(glyph)).count();
        let (raised, after) = rest.split_at(count);
        let text: String = raised.iter().map(|glyph| glyph.text.as_str()).collect();
        let before = told.iter().rev().find(|(glyph, _)| is_visible(glyph)).and_then(|(glyph, _)| glyph.text.chars().next_back());
        match written(&text, before) {
            Some(written) => told.push((first, Raised::Written(written))),
            None => *marks += 1,
        }
        rest = after;
    }
    told
}

/// How raised characters after `before` are written; not at all where they refer to a footnote.
fn written(text: &str, before: Option<char>) -> Option<String> {
    const EXPONENTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let number = text.trim_matches(|character| "[]［］〔〕()（）".contains(character));
    let is_number = !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit());
    let is_sign = is_number || number.chars().all(|sign| ('①'..='⑳').contains(&sign) || sign == '*');
    match before {
        None if is_sign => Some(format!("[{number}] ")),
        Some(before) if is_sign && (!is_latin(before) || number != text) => None,
        Some(_) if is_number => {
            let exponent = |digit: char| digit.to_digit(10).and_then(|digit| EXPONENTS.get(digit as usize)).copied();
            Some(text.chars().filter_map(exponent).collect())
        }
        None | Some(_) => Some(text.to_owned()),
    }
}
