//! Indicators as JSON: an array of objects, values by year in the order of the columns, everything as written.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Entry;
use crate::document::indicator::YearValue;

#[derive(Serialize)]
struct Row<'d> {
    document: &'d str,
    locator: String,
    category: &'d str,
    no: &'d str,
    indicator: &'d str,
    unit: &'d str,
    #[serde(serialize_with = "by_year")]
    values: &'d [YearValue],
    annual_growth_pct: &'d str,
    target_text: &'d str,
    property: &'d str,
}

pub(super) fn write(entries: &[Entry<'_>], writer: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = entries.iter().map(row).collect();
    serde_json::to_writer_pretty(&mut *writer, &rows)?;
    writeln!(writer)
}

fn row<'d>(entry: &Entry<'d>) -> Row<'d> {
    let indicator = entry.indicator;
    Row {
        document: entry.document.id.as_str(),
        locator: entry.locator(),
        category: &indicator.category,
        no: &indicator.number,
        indicator: &indicator.name,
        unit: &indicator.unit,
        values: &indicator.values,
        annual_growth_pct: &indicator.annual_growth,
        target_text: &indicator.target,
        property: &indicator.property,
    }
}

fn by_year<S: Serializer>(values: &&[YearValue], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(values.len()))?;
    for value in *values {
        map.serialize_entry(&value.year, &value.value)?;
    }
    map.end()
}
