//! Indicators as CSV (RFC 4180, UTF-8, lines ended by LF): one row an indicator, one column a year.
//!
//! The year columns are all years that occur, in order. Values stay as written (`7左右`, `—`). A cell that a spreadsheet could take
//! for a formula gets an apostrophe before it, which spreadsheets do not show; see [`harmless`] for what counts as one.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::Entry;
use super::spreadsheet::harmless;

pub(super) fn write(entries: &[Entry<'_>], writer: &mut dyn Write) -> io::Result<()> {
    let years: BTreeSet<u16> = entries.iter().flat_map(|entry| &entry.indicator.values).map(|value| value.year).collect();
    let mut csv = csv::Writer::from_writer(writer);
    let year_names = years.iter().map(|year| format!("y{year}"));
    let before = ["category", "no", "indicator", "unit"].map(str::to_owned);
    let after = ["annual_growth_pct", "target_text", "property", "document", "locator"].map(str::to_owned);
    csv.write_record(before.into_iter().chain(year_names).chain(after))?;
    for entry in entries {
        let indicator = entry.indicator;
        let value = |year: &u16| indicator.values.iter().find(|value| value.year == *year).map_or("", |value| value.value.as_str());
        let locator = entry.locator();
        let before = [&indicator.category, &indicator.number, &indicator.name, &indicator.unit].map(String::as_str);
        let after = [
            indicator.annual_growth.as_str(),
            indicator.target.as_str(),
            indicator.property.as_str(),
            entry.document.id.as_str(),
            locator.as_str(),
        ];
        let cells = before.into_iter().chain(years.iter().map(value)).chain(after);
        csv.write_record(cells.map(|cell| harmless(cell).into_owned()))?;
    }
    csv.flush()
}
