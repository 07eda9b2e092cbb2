//! Positioned glyphs → raw document: the lines, paragraphs and tables of formats that only know what is printed where (PDF, OFD).
//!
//! A reader gives [`Page`]s; [`lay_out`] gives the text in reading order, through `pieces`. What a glyph is and where it stands is
//! the reader's business; what the text means is left to `structure`.

mod lines;

use crate::diagnostic::Warned;

use super::RawDocument;
use super::pieces::{Content, Piece, assembled};

/// A page: what is printed where. Points or millimetres, one unit throughout; y grows downwards from the top edge.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    /// Its number, from 1.
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// In the order in which they are printed.
    pub(super) glyphs: Vec<Glyph>,
    /// What boxes and tables are drawn of.
    pub(super) rules: Vec<Rule>,
    /// How many images cover much of the page or stand for text.
    pub(super) pictures: u32,
}

/// A printed glyph. Text that is printed at once may be one glyph where its characters lie side by side without gaps.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Glyph {
    /// Its characters: one, or several for a ligature; a reader leaves out what has none, and counts it.
    pub(super) text: String,
    /// Its left edge.
    pub(super) x: f32,
    /// Where it stands, measured from the top edge of the page.
    pub(super) baseline: f32,
    /// How far it advances.
    pub(super) width: f32,
    /// The size of its font, as printed.
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// A straight horizontal or vertical line, or thin filled rectangle, of which tables and boxes are drawn: from one end (left, top)
/// to the other (right, bottom), in the middle of its thickness.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Rule {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

/// Positioned glyphs → lines → paragraphs → tables, in reading order.
pub(super) fn lay_out(pages: Vec<Page>) -> Warned<RawDocument> {
    let mut pieces = Vec::new();
    for page in pages {
        for line in lines::lines(page.glyphs) {
            let content = Content::Paragraph { text: line.text, heading_level: None };
            pieces.push(Piece { content, page: Some(page.number), frame: None });
        }
    }
    Warned::clean(assembled(pieces))
}
