//! Cells of tables.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One cell of a row, with the columns that it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What stands in it, line breaks joined (对外⏎贸易 is 对外贸易).
    pub text: String,
    /// Bytes of the document's text where it stands; empty for a cell that continues one from the row above.
    pub span: Range<usize>,
    /// The columns it covers, from 0: more than one where cells are merged sideways.
    pub columns: Range<usize>,
}
