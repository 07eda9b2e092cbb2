//! Two columns of text on a page (公报, laws in small print), where they are clear.
//!
//! One column is the rule. Two are believed only where an empty strip runs down near the middle of the page beside several lines
//! on either side, half of which fill their column: tables without rules and signatures side by side have shorter lines.

use super::Glyph;
use super::lines::is_visible;

/// So many lines stand in each column.
const FEWEST_LINES: usize = 5;
/// On a page of a document that has such columns elsewhere so many are enough: the columns may begin or end there.
const FEWEST_LINES_THERE: usize = 2;
/// The strip is at least as wide as this many glyphs.
const STRIP: f32 = 0.6;
/// The strip lies within these shares of the width of the text.
const MIDDLE: (f32, f32) = (0.4, 0.6);
/// The places of a page that are told apart.
const PLACES: u8 = 200;
/// Below this share of the height of a page its number may stand in the middle.
const FOOT: f32 = 0.85;

/// The glyphs of a page.
#[derive(Default)]
pub(super) struct Columns {
    /// What stands over both columns, or everything where there are none.
    pub(super) above: Vec<Glyph>,
    pub(super) left: Vec<Glyph>,
    pub(super) right: Vec<Glyph>,
    /// The foot of the page.
    pub(super) below: Vec<Glyph>,
}

/// Where the columns of a page of this height are parted, if it has two.
pub(super) fn strip_of(glyphs: &[Glyph], height: f32) -> Option<f32> {
    strip(glyphs, height * FOOT, None).map(|strip| strip.at)
}

/// Tells the columns of a page of this height; `elsewhere` is where those of other pages are parted.
pub(super) fn split(glyphs: Vec<Glyph>, height: f32, elsewhere: Option<f32>) -> Columns {
    let mut columns = Columns::default();
    let Some(strip) = strip(&glyphs, height * FOOT, elsewhere) else { return Columns { above: glyphs, ..columns } };
    for glyph in glyphs {
        let column = if glyph.baseline < strip.top {
            &mut columns.above
        } else if glyph.baseline > strip.bottom {
            &mut columns.below
        } else if glyph.x < strip.at {
            &mut columns.left
        } else {
            &mut columns.right
        };
        column.push(glyph);
    }
    columns
}

/// The strip between two columns: where it is, and between which baselines.
struct Strip {
    at: f32,
    top: f32,
    bottom: f32,
}

fn strip(glyphs: &[Glyph], foot: f32, elsewhere: Option<f32>) -> Option<Strip> {
    let visible: Vec<&Glyph> = glyphs.iter().filter(|glyph| is_visible(glyph)).collect();
    let left = visible.iter().map(|glyph| glyph.x).fold(f32::MAX, f32::min);
    let right = visible.iter().map(|glyph| glyph.x + glyph.width).fold(f32::MIN, f32::max);
    let size = visible.get(visible.len() / 2)?.size;
    let over = |at: f32, glyph: &Glyph| {
        let half = size * STRIP / 2.0;
        // A mark may hang over the edge of its column; its right half is white.
        let inked = if "，。、；：！？”’）》".contains(glyph.text.as_str()) { glyph.width / 2.0 } else { glyph.width };
        glyph.x - half < at && at < glyph.x + inked + half
    };
    // For each place in the middle: below which baseline no glyph lies over it.
    let clear =
        (0..=PLACES).map(|number| f32::from(number) / f32::from(PLACES)).filter(|share| MIDDLE.0 <= *share && *share <= MIDDLE.1);
    let clear = clear.map(|share| {
        let at = left + (right - left) * share;
        let top = visible.iter().filter(|glyph| glyph.baseline < foot && over(at, glyph)).map(|glyph| glyph.baseline);
        (at, top.fold(f32::MIN, f32::max))
    });
    let (at, top) = clear.min_by(|one, other| one.1.total_cmp(&other.1))?;
    let bottom = visible.iter().filter(|glyph| glyph.baseline >= foot && over(at, glyph)).map(|glyph| glyph.baseline);
    let strip = Strip { at, top: top + size * 0.5, bottom: bottom.fold(f32::MAX, f32::min) - size * 0.5 };
    let fewest = if elsewhere.is_some_and(|other| (other - at).abs() < size) { FEWEST_LINES_THERE } else { FEWEST_LINES };
    let are_full = |edges| full_lines(&visible, edges, &strip, size).is_some_and(|lines| lines >= fewest);
    (are_full((left, at)) && are_full((at, right))).then_some(strip)
}

/// How many lines stand beside the strip between these edges, if half of them fill the column.
fn full_lines(visible: &[&Glyph], (left, right): (f32, f32), strip: &Strip, size: f32) -> Option<usize> {
    let beside =
        |glyph: &&&Glyph| strip.top <= glyph.baseline && glyph.baseline <= strip.bottom && left <= glyph.x && glyph.x < right;
    let mut own: Vec<&&Glyph> = visible.iter().filter(beside).collect();
    own.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let lines: Vec<&[&&Glyph]> = own.chunk_by(|one, other| other.baseline - one.baseline < size * 0.3).collect();
    let filled = lines.iter().filter(|line| {
        let inked: f32 = line.iter().map(|glyph| glyph.width).sum();
        inked > (right - left) * 0.7
    });
    (filled.count() * 2 >= lines.len()).then_some(lines.len())
}
