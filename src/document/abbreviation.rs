//! Short forms that a document introduces: 全称（以下简称“简称”）.

use serde::{Deserialize, Serialize};

use super::node::NodeIndex;

/// A name and the short form that the document gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abbreviation {
    /// The full form, as written.
    pub full: String,
    /// The short form, as written, without the quotation marks around it; it does not stand in the full form as it is.
    pub short: String,
    /// Where the document says so for the first time.
    pub node: NodeIndex,
}
