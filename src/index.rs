//! The `index/` folder: tantivy, and beside it the shelves with the texts; an [`Engine`](crate::search::Engine) over both.
//!
//! Takes documents, answers requests. Everything here is derived from `corpus/` and can be thrown away. tantivy finds and ranks
//! units in a large library; the folded texts, mapped from the shelves, verify every hit, give the places to highlight, and are
//! scanned directly where that is quicker or where the index cannot help (single characters). One commit of tantivy carries the
//! list of shelves as its payload, so that both become valid together. Which documents there should be is left to `library`.

mod engine;
mod error;
mod grams;
mod lock;
mod manifest;
mod occurrences;
mod open;
#[cfg_attr(not(test), expect(dead_code, reason = "shelves do not use it yet"))]
mod originals;
#[cfg_attr(not(test), expect(dead_code, reason = "shelves do not use it yet"))]
mod packed_tree;
mod prediction;
mod schema;
mod shelf;
mod shelf_builder;
mod unit_scores;
mod varint;
mod writer;

pub use error::IndexError;
pub use lock::WriterLock;
pub use open::{Index, Opened};
pub use shelf::Head;
pub use writer::Writer;
