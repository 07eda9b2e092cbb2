//! Concordance lines as JSON: the totals of the search, and for each place what stands around it and where it is.

use std::io::{self, Write};

use serde::Serialize;

use super::research::Concordance;
use crate::analysis::concordance::Line;
use crate::document::Document;
use crate::document::locator::Locator;

#[derive(Serialize)]
struct Whole<'d> {
    query: &'d str,
    total: usize,
    occurrences: usize,
    lines: Vec<Place<'d>>,
}

#[derive(Serialize)]
struct Place<'d> {
    locator: Locator,
    citation: String,
    before: &'d str,
    term: &'d str,
    after: &'d str,
    /// Characters of the unit's text.
    highlight: [usize; 2],
}

pub(super) fn write(concordance: &Concordance<'_>, writer: &mut dyn Write) -> io::Result<()> {
    let lines = concordance.lines.iter().filter_map(|(document, line)| place(document, line)).collect();
    let Concordance { query, total, occurrences, .. } = *concordance;
    serde_json::to_writer_pretty(&mut *writer, &Whole { query, total, occurrences, lines })?;
    writeln!(writer)
}

/// None where the line is of another document.
fn place<'d>(document: &Document, line: &'d Line) -> Option<Place<'d>> {
    let node = document.node(line.node)?;
    let text = document.unit_text(node);
    let characters = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
    Some(Place {
        locator: document.locator(node),
        citation: document.citation(line.node),
        before: &line.before,
        term: &line.term,
        after: &line.after,
        highlight: [characters(line.highlight.start), characters(line.highlight.end)],
    })
}
