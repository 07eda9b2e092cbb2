//! Concordance lines as CSV (RFC 4180, UTF-8, lines ended by LF): one row a place, sorted as the documents are.
//!
//! A cell that a spreadsheet could take for a formula is disarmed (`spreadsheet`).

use std::io::{self, Write};

use super::research::Concordance;
use super::spreadsheet::harmless;

pub(super) fn write(concordance: &Concordance<'_>, writer: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(writer);
    csv.write_record(["before", "term", "after", "document", "locator", "citation"])?;
    for (document, line) in &concordance.lines {
        let locator = document.node(line.node).map(|node| document.locator(node).to_string()).unwrap_or_default();
        let citation = document.citation(line.node);
        let cells = [line.before.as_str(), &line.term, &line.after, document.id.as_str(), &locator, &citation];
        csv.write_record(cells.map(|cell| harmless(cell).into_owned()))?;
    }
    csv.flush()
}
