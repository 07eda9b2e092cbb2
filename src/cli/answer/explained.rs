//! `celan search --explain`: how the query was read, above the hits; below each hit how it matches and its score by parts.

use super::{Explaining, Shown};
use crate::analysis::explained::{self, Row};
use crate::cli::Printed;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::diagnostic::Language;
use crate::query::Query;
use crate::search::{Hit, Response};
use crate::text::width::{Ambiguous, columns, pad};

impl Shown<'_> {
    /// How a query was read, a row a line; nothing where that was not asked for.
    pub(super) fn print_reading(&self, session: &mut Session<'_>, query: &Query, response: &Response) -> anyhow::Result<()> {
        let Some(explanation) = response.explanation.as_ref().filter(|_| self.explaining == Explaining::All) else { return Ok(()) };
        let rows = explained::query(query, explanation, session.language);
        print_rows(&mut session.output, &rows)?;
        Ok(session.output.line("")?)
    }
}

fn print_rows(output: &mut Output, rows: &[Row]) -> Printed {
    let widest = rows.iter().map(|row| width(row.label)).max().unwrap_or(0);
    rows.iter().try_for_each(|row| output.line(format_args!("{}  {}", pad(row.label, widest, Ambiguous::Narrow), row.text)))
}

/// How a hit matches, and its score by parts: each with its weight, the total last.
pub(super) fn print_hit(output: &mut Output, hit: &Hit, language: Language) -> Printed {
    output.line(format_args!("    {}", explained::matched(hit, language)))?;
    let parts = explained::parts(&hit.score, language);
    let total = language.pick("得分", "score");
    let widest = parts.iter().map(|part| part.name).chain([total]).map(width).max().unwrap_or(0);
    let mut wide = 0;
    for part in &parts {
        let sum = part.sum();
        wide = wide.max(width(&sum));
        output.line(format_args!("      {}  {sum}", pad(part.name, widest, Ambiguous::Narrow)))?;
    }
    let total = pad(total, widest, Ambiguous::Narrow);
    output.line(format_args!("      {total}  {:>wide$.2}", hit.score.total()))
}

fn width(text: &str) -> usize {
    columns(text, Ambiguous::Narrow)
}
