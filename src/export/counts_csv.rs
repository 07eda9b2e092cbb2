//! Counts as CSV (RFC 4180, UTF-8, lines ended by LF): one row for each group and term, so that any program can sum and pivot.
//!
//! A cell that a spreadsheet could take for a formula is disarmed (`spreadsheet`).

use std::io::{self, Write};

use super::spreadsheet::harmless;
use crate::analysis::counts::Table;

pub(super) fn write(table: &Table, writer: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(writer);
    csv.write_record(["term", "group", "units", "occurrences", "document", "locator", "citation"])?;
    for row in &table.rows {
        let (document, locator) = match &row.locator {
            Some(locator) => (locator.document.to_string(), locator.to_string()),
            None => (String::new(), String::new()),
        };
        for (term, count) in table.terms.iter().zip(&row.counts) {
            let (units, occurrences) = (count.units.to_string(), count.occurrences.to_string());
            let cells = [&term.typed, row.label.name(), &units, &occurrences, &document, &locator, &row.citation];
            csv.write_record(cells.map(|cell| harmless(cell).into_owned()))?;
        }
    }
    csv.flush()
}
