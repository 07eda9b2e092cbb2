//! celan (策览): an offline library of Chinese policy documents.
//!
//! It reads policy documents (政策文件), tells their structure, indexes them so that nothing is missed, and lets people browse,
//! search and cite them in a terminal. Read the modules in this order; it is the order in which the data flows, and a module uses
//! only those before it:
//!
//! 1. [`diagnostic`]: trouble as data.
//! 2. [`document`]: the model. Everything else speaks in its words.
//! 3. [`text`]: Chinese text: folding, numerals, segmentation, width, line breaking.
//! 4. [`extract`]: bytes → raw blocks.
//! 5. [`structure`]: raw blocks → document.
//! 6. [`corpus`]: the `corpus/` folder.
//! 7. [`query`]: what was typed → a query or an address.
//! 8. [`search`]: the contract of search.
//! 9. [`index`]: the `index/` folder, on tantivy; an engine.
//! 10. [`analysis`]: questions about documents and hits.
//! 11. [`export`]: documents and hits → formats.
//! 12. [`library`]: the facade that the faces use.
//! 13. [`tui`]: the terminal interface.
//! 14. [`cli`]: the command line.

pub mod diagnostic;
pub mod document;
pub mod text;
pub mod extract;
pub mod structure;
pub mod corpus;
pub mod query;
pub mod search;
pub mod index;
pub mod analysis;
pub mod export;
pub mod library;
pub mod tui;
pub mod cli;
