//! Glyphs → printed lines.

use super::Glyph;

/// Baselines of one line lie closer than this share of the size of its glyphs.
const BASELINE_TOLERANCE: f32 = 0.4;

/// A line as printed.
pub(super) struct Line {
    /// Its characters, left to right.
    pub(super) text: String,
}

/// The lines of a page, top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if line.first().is_some_and(|first| glyph.baseline - first.baseline < first.size * BASELINE_TOLERANCE) => {
                line.push(glyph);
            }
            _ => lines.push(vec![glyph]),
        }
    }
    let text = |mut line: Vec<Glyph>| {
        line.sort_by(|one, other| one.x.total_cmp(&other.x));
        Line { text: line.into_iter().map(|glyph| glyph.text).collect() }
    };
    lines.into_iter().map(text).collect()
}
