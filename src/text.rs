//! Chinese text: everything that knows bytes from characters and characters from columns.
//!
//! Folding with an offset map, numerals, sentences, segmentation, display width and line breaking, and making text safe for a
//! terminal. The only module that slices strings by number; the others ask it.

pub mod book_mark;
pub mod fold;
pub mod line_break;
pub mod near;
pub mod numeral;
pub mod pinyin;
pub mod safe;
pub mod segment;
pub mod sentence;
pub mod spread;
pub mod width;
