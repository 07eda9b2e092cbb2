//! Counts as JSON: the terms with their totals, and for each group a count for each term in the same order.

use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::counts::{Row, Table};
use crate::document::locator::{DocumentId, Locator};
use crate::search::Count;

#[derive(Serialize)]
struct Whole<'t> {
    by: &'static str,
    terms: Vec<Term<'t>>,
    rows: Vec<Entry<'t>>,
}

#[derive(Serialize)]
struct Term<'t> {
    query: &'t str,
    #[serde(flatten)]
    total: Count,
}

#[derive(Serialize)]
struct Entry<'t> {
    group: &'t str,
    document: Option<&'t DocumentId>,
    locator: Option<&'t Locator>,
    citation: Option<&'t str>,
    counts: &'t [Count],
}

pub(super) fn write(table: &Table, writer: &mut dyn Write) -> io::Result<()> {
    let terms = table.terms.iter().map(|term| Term { query: &term.typed, total: term.total }).collect();
    let rows = table.rows.iter().map(entry).collect();
    serde_json::to_writer_pretty(&mut *writer, &Whole { by: table.grouping.name(), terms, rows })?;
    writeln!(writer)
}

fn entry(row: &Row) -> Entry<'_> {
    Entry {
        group: row.label.name(),
        document: row.locator.as_ref().map(|locator| &locator.document),
        locator: row.locator.as_ref(),
        citation: row.locator.as_ref().map(|_| row.citation.as_str()),
        counts: &row.counts,
    }
}
