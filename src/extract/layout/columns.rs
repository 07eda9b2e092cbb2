//! Two columns of text on a page (公报, laws in small print), where they are clear.
//!
//! One column is the rule. Two are believed only where an empty strip runs down near the middle of the page beside at least ten lines
//! on either side, most of which fill their column: tables without rules and signatures side by side have shorter lines.

use super::Glyph;
use super::lines::is_visible;

/// So many lines stand in each column.
const FEWEST_LINES: usize = 10;
/// The strip is at least as wide as this many glyphs.
const STRIP: f32 = 1.0;
/// The strip lies within these shares of the width of the text.
const MIDDLE: (f32, f32) = (0.4, 0.6);
/// The places of a page that are told apart.
const PLACES: usize = 200;

/// The glyphs of a page in the order in which its columns are read: above the columns, left, right.
pub(super) fn split(glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    let Some((strip, top)) = strip(&glyphs) else { return vec![glyphs] };
    let (mut above, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for glyph in glyphs {
        let column = if glyph.baseline < top {
            &mut above
        } else if glyph.x < strip {
            &mut left
        } else {
            &mut right
        };
        column.push(glyph);
    }
    vec![above, left, right]
}

/// Where the strip between two columns is, and where the columns begin.
fn strip(glyphs: &[Glyph]) -> Option<(f32, f32)> {
    let visible: Vec<&Glyph> = glyphs.iter().filter(|glyph| is_visible(glyph)).collect();
    let left = visible.iter().map(|glyph| glyph.x).fold(f32::MAX, f32::min);
    let right = visible.iter().map(|glyph| glyph.x + glyph.width).fold(f32::MIN, f32::max);
    let size = visible.get(visible.len() / 2)?.size;
    let place = |number: usize| left + (right - left) * (number as f32 / PLACES as f32);
    // For each place in the middle: below which baseline no glyph lies over it.
    let clear: Vec<f32> = (0..=PLACES)
        .map(|number| {
            let (at, share) = (place(number), number as f32 / PLACES as f32);
            if share < MIDDLE.0 || share > MIDDLE.1 {
                return f32::MAX;
            }
            let over =
                visible.iter().filter(|glyph| glyph.x - size * STRIP / 2.0 < at && at < glyph.x + glyph.width + size * STRIP / 2.0);
            over.map(|glyph| glyph.baseline).fold(f32::MIN, f32::max)
        })
        .collect();
    let (best, top) = clear.iter().enumerate().min_by(|one, other| one.1.total_cmp(other.1))?;
    let (at, top) = (place(best), *top + size * 0.5);
    let full = |from: f32, to: f32| full_lines(&visible, (from, to), top, size);
    (full(left, at) && full(at, right)).then_some((at, top))
}

/// Whether enough lines below `top` fill the column between these edges.
fn full_lines(visible: &[&Glyph], (left, right): (f32, f32), top: f32, size: f32) -> bool {
    let mut own: Vec<&&Glyph> =
        visible.iter().filter(|glyph| glyph.baseline >= top && left <= glyph.x && glyph.x < right).collect();
    own.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let lines: Vec<&[&&Glyph]> = own.chunk_by(|one, other| other.baseline - one.baseline < size * 0.3).collect();
    let filled = lines.iter().filter(|line| {
        let inked: f32 = line.iter().map(|glyph| glyph.width).sum();
        inked > (right - left) * 0.7
    });
    lines.len() >= FEWEST_LINES && filled.count() * 2 > lines.len()
}
