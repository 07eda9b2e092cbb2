//! The formats of what researchers make of hits: concordances and tables of counts. The exporters are files beside this one.

use std::io::{self, Write};

use super::{concordance_csv, concordance_json, counts_csv, counts_json};
use crate::analysis::concordance::Line;
use crate::analysis::counts::Table;
use crate::document::Document;

/// The places that a search found, with what stands around each.
#[derive(Debug, Clone)]
pub struct Concordance<'d> {
    /// The query as typed.
    pub query: &'d str,
    /// How many units match, shown or not.
    pub total: usize,
    /// How many places in them.
    pub occurrences: usize,
    /// The places, each with the document it is in.
    pub lines: Vec<(&'d Document, Line)>,
}

/// A way to write a concordance.
#[derive(Debug, Clone, Copy)]
pub struct ConcordanceFormat {
    /// The name of the option.
    pub name: &'static str,
    write: fn(&Concordance<'_>, &mut dyn Write) -> io::Result<()>,
}

/// All formats of concordances.
pub const CONCORDANCE_FORMATS: [ConcordanceFormat; 2] = [
    ConcordanceFormat { name: "csv", write: concordance_csv::write },
    ConcordanceFormat { name: "json", write: concordance_json::write },
];

impl ConcordanceFormat {
    /// Writes the lines in their order.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write(&self, concordance: &Concordance<'_>, writer: &mut dyn Write) -> io::Result<()> {
        (self.write)(concordance, writer)
    }
}

/// A way to write a table of counts.
#[derive(Debug, Clone, Copy)]
pub struct CountFormat {
    /// The name of the option.
    pub name: &'static str,
    write: fn(&Table, &mut dyn Write) -> io::Result<()>,
}

/// All formats of counts.
pub const COUNT_FORMATS: [CountFormat; 2] =
    [CountFormat { name: "csv", write: counts_csv::write }, CountFormat { name: "json", write: counts_json::write }];

impl CountFormat {
    /// Writes the rows in their order.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write(&self, table: &Table, writer: &mut dyn Write) -> io::Result<()> {
        (self.write)(table, writer)
    }
}
