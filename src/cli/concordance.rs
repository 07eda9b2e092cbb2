//! `celan search --kwic`: every place on a line of its own, the terms below each other, in the order of the documents.
//!
//! On a terminal each document is named once and its lines carry addresses, cut to the width there is; in a pipe every line carries
//! its whole locator and what was asked for.

use std::io::Write;
use std::sync::Arc;

use super::output::{FAINT, MATCH};
use super::search;
use super::session::Session;
use super::{Outcome, either, exported, unit};
use crate::analysis::concordance::{self, Line};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::export::research::{CONCORDANCE_FORMATS, Concordance};
use crate::library::Library;
use crate::search::{Hit, Request, Response};
use crate::text::width::{Ambiguous, columns, fitting, fitting_end};

/// What is asked for beside the request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Columns on each side.
    pub(super) context: usize,
    /// How many lines at most.
    pub(super) limit: Option<usize>,
    /// The name of a format of data; none for people.
    pub(super) format: Option<&'static str>,
}

/// Prints the places that answer `request`, which must be without limit, and says how many there are.
pub(super) fn print(session: &mut Session<'_>, library: &Library, request: &Request, asked: Asked) -> anyhow::Result<Outcome> {
    let response = library.search(request).map_err(|error| session.failed(&error))?;
    let mut hits: Vec<&Hit> = response.hits.iter().collect();
    hits.sort_by(|one, other| (&one.document, one.node).cmp(&(&other.document, other.node)));
    let mut documents = Vec::new();
    for hits in hits.chunk_by(|one, other| one.document == other.document) {
        let Some(first) = hits.first() else { continue };
        documents.push((library.document(&first.document).map_err(|error| session.failed(&error))?, hits));
    }
    let of_document = |(document, hits): &'_ (Arc<Document>, &[&Hit])| {
        hits.iter().flat_map(|hit| concordance::lines(document, hit, asked.context)).collect::<Vec<_>>()
    };
    let lines = documents.iter().flat_map(|group| of_document(group).into_iter().map(|line| (group.0.as_ref(), line)));
    let lines: Vec<(&Document, Line)> = lines.take(asked.limit.unwrap_or(usize::MAX)).collect();
    let shown = lines.len();
    let occurrences = response.hits.iter().map(|hit| hit.highlights.len()).sum();
    let whole = Concordance { query: &request.query.typed, total: response.total, occurrences, lines };
    if let Some(format) = CONCORDANCE_FORMATS.into_iter().find(|format| Some(format.name) == asked.format) {
        let mut bytes = Vec::new();
        format.write(&whole, &mut bytes)?;
        exported::print(session, format.name, &bytes)?;
    } else {
        print_lines(session, &whole.lines)?;
        session.output.flush()?;
        let answer = search::known(session, library, request)?;
        let is_nothing = response.total == 0 && answer.response.synonyms.total == 0;
        let nothing = || answer.nothing(search::extent(request), session.language);
        let told = if is_nothing { nothing() } else { totals(&response, occurrences, shown, session.language) };
        session.say(&told);
        if let Some(uncounted) = search::uncounted(&answer, session.language) {
            session.say(&uncounted);
        }
    }
    Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Found })
}

/// How much there is, and how much of it was printed where that is not all.
fn totals(response: &Response, occurrences: usize, shown: usize, language: Language) -> String {
    let amount = search::amount(response.total, occurrences, language);
    if shown == occurrences {
        return amount;
    }
    either(language, format!("{amount}；列出前 {shown} 处"), format!("{amount}; the first {shown} shown"))
}

/// Where everything stands in a line.
struct Layout {
    /// The columns of the widest locator or address.
    locator: usize,
    /// The columns of the widest text before a term.
    before: usize,
    /// The columns of the terminal, where there is one.
    room: Option<usize>,
}

fn print_lines(session: &mut Session<'_>, lines: &[(&Document, Line)]) -> anyhow::Result<()> {
    let room = session.world.output_is_terminal.then(|| session.world.columns.unwrap_or(80));
    let layout = Layout::of(lines, room);
    let mut named: Option<&Document> = None;
    for (document, line) in lines {
        if let Some(room) = room.filter(|_| named.is_none_or(|named| named.id != document.id)) {
            if named.is_some() {
                session.output.line("")?;
            }
            unit::print_document(&mut session.output, document, room)?;
            named = Some(document);
        }
        layout.print(session, &locator(document, line, room), line)?;
    }
    Ok(())
}

/// What stands at the beginning of a line.
fn locator(document: &Document, line: &Line, room: Option<usize>) -> String {
    let node = document.node(line.node);
    let written = node.map(|node| if room.is_some() { node.address.to_string() } else { document.locator(node).to_string() });
    written.unwrap_or_default()
}

impl Layout {
    fn of(lines: &[(&Document, Line)], room: Option<usize>) -> Self {
        let locator = lines.iter().map(|(document, line)| width(&locator(document, line, room))).max().unwrap_or(0);
        let before = lines.iter().map(|(_, line)| width(&line.before)).max().unwrap_or(0);
        let Some(room) = room else { return Self { locator, before, room: None } };
        // What the widest term leaves is shared by both sides, unless that term takes more than half of the room.
        let text = room.saturating_sub(locator + 4);
        let term = lines.iter().map(|(_, line)| width(&line.term)).max().unwrap_or(0).min(text / 2);
        Self { locator, before: before.min((text - term) / 2), room: Some(room) }
    }

    /// One line: where, what stands before up to the column of the terms, the term, what stands after up to the edge.
    fn print(&self, session: &mut Session<'_>, locator: &str, line: &Line) -> anyhow::Result<()> {
        let output = &mut session.output;
        let before = fitting_end(&line.before, self.before, Ambiguous::Narrow);
        let gap = self.locator - width(locator) + 2;
        let indent = self.before - width(before);
        output.marked(locator, FAINT)?;
        output.text(format_args!("{:gap$}{:indent$}{before} ", "", ""))?;
        let used = self.locator + 2 + self.before + 1;
        let (term, after) = match self.room {
            None => (line.term.as_str(), line.after.as_str()),
            Some(room) => {
                let term = fitting(&line.term, room.saturating_sub(used), Ambiguous::Narrow);
                (term, fitting(&line.after, room.saturating_sub(used + width(term) + 1), Ambiguous::Narrow))
            }
        };
        output.marked(term, MATCH)?;
        let after = after.trim_end();
        if !after.is_empty() {
            output.text(format_args!(" {after}"))?;
        }
        output.line("")?;
        Ok(())
    }
}

fn width(text: &str) -> usize {
    columns(text, Ambiguous::Narrow)
}
