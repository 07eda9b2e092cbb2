//! The `index/` folder: tantivy, and beside it the shelves with the texts; an [`Engine`](crate::search::Engine) over both.
//!
//! Takes documents, answers requests. Everything here is derived from `corpus/` and can be thrown away. tantivy proposes
//! units in a large library; the folded texts, mapped from the shelves, verify every hit, give the places to highlight, and are
//! scanned directly where that is quicker. One commit of tantivy carries the
//! list of shelves as its payload, so that both become valid together. Which documents there should be is left to `library`.

mod beforehand;
mod engine;
mod error;
mod every_shelf;
mod examine;
mod explain;
mod facets;
mod fetching;
mod filters;
mod folder;
mod frequent;
mod grams;
mod inversion;
mod lock;
mod manifest;
mod matcher;
mod met;
mod needle;
mod open;
mod outgoing;
mod originals;
mod packed_tree;
mod pair_filter;
mod postings;
mod prediction;
mod preparer;
mod propose;
mod ranking;
mod rare_pairs;
mod related;
mod schema;
mod segments;
mod settling;
mod shelf;
mod short_forms;
mod sums;
mod varint;
mod vocabulary;
mod words;
mod writer;
mod xxh3;

pub use error::IndexError;
pub use examine::Standing;
pub use lock::WriterLock;
pub use open::{Index, Opened};
pub use packed_tree::{pack, unpack};
pub use preparer::Preparer;
pub use shelf::Head;
pub use shelf::prepared::Prepared;
pub use vocabulary::ShortForm;
pub use writer::Writer;
