//! The model: what a policy document is, once it has been read.
//!
//! Plain data with serde and nothing else; every other module speaks in these words. A [`Document`] is its extracted text and a
//! list of [`Node`]s in reading order whose spans tile that text (see [`walk`]), so that nothing can be lost and every node can be
//! quoted. A node is also the unit of search and of citation. Reading files, finding the structure and printing are left to the
//! modules above.

pub mod abbreviation;
pub mod citation;
pub mod excerpt;
pub mod indicator;
pub mod kind;
pub mod locator;
pub mod metadata;
pub mod node;
pub mod numbering;
pub mod table;
pub mod walk;

use serde::{Deserialize, Serialize};

use abbreviation::Abbreviation;
use indicator::Indicator;
use locator::DocumentId;
use metadata::{Metadata, Source};
use node::{Node, NodeIndex};

/// One policy document: its text, its structure, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The stable name of the document, from its 文号, else from its file name.
    pub id: DocumentId,
    /// Title, issuer, number, date and the rest of the head.
    pub metadata: Metadata,
    /// The file that the text was extracted from.
    pub source: Source,
    /// The extracted text, original characters, from the first to the last.
    ///
    /// Serialised apart from the structure (it can be large and is wanted raw), hence skipped here.
    #[serde(skip)]
    pub text: String,
    /// All nodes in reading order, parents before children; their spans tile `text`.
    pub nodes: Vec<Node>,
    /// The indicator rows (规划指标) found in the document's tables, in reading order.
    pub indicators: Vec<Indicator>,
    /// The short forms (简称) that the document introduces, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abbreviations: Vec<Abbreviation>,
}

impl Document {
    /// The node at `index`, where there is one.
    #[must_use]
    pub fn node(&self, index: NodeIndex) -> Option<&Node> {
        self.nodes.get(index.0)
    }
}
