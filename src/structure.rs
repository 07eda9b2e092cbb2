//! Raw blocks → a document: chapters, sections, measures, tables, and what the head says.
//!
//! [`structure`] is pure and never fails: what fits nowhere stays text, and a diagnostic says so. It is linear in its input. The
//! stages, in order:
//!
//! 1. `line`: raw blocks as lines; `run_on` (with `boundary`, `ordinary`, `edge`, `table_note`): lines whose line breaks were lost
//!    taken apart.
//! 2. `mark` (with `label`, `rank`, `annex`, `column`, `number_context`): what the beginning of each line could be; `wrap`: which lines
//!    go on with the one before.
//! 3. `front` (with `head`, `contents`) and `closing`: where head and end of the document stand.
//! 4. `caption`: which lines name a table. `tree` (with `sequence`, `address`, `nodes`, `table`, `columns`, `level`, `title`): lines
//!    become nodes.
//! 5. `metadata` (with `issuer`, `region`, `validity`) and `indicator`: what the document says of itself and binds itself to.
//! 6. `abbreviations`: the short forms that it introduces.
//!
//! `corrections` is what a person says of a document that was read wrongly; it overrules the marks (2) and the head (5).

mod abbreviations;
mod address;
mod annex;
mod boundary;
mod caption;
mod closing;
mod column;
mod columns;
mod contents;
mod corrections;
mod edge;
mod front;
mod head;
mod indicator;
mod issuer;
mod label;
mod level;
mod line;
mod mark;
mod metadata;
mod nodes;
mod ordinary;
mod rank;
mod number_context;
mod region;
mod remark;
mod run_on;
mod sequence;
mod table;
mod table_note;
mod title;
mod tree;
mod validity;
mod wrap;

pub use corrections::{Corrections, Heading, is_fault};

use crate::diagnostic::Warned;
use crate::document::Document;
use crate::document::metadata::Source;
use crate::extract::RawDocument;

use metadata::Places;
use tree::Plan;

/// Tells the structure of `raw`, which was read from `source`. Never fails.
///
/// The nodes tile the text: the first begins at 0, each begins where the one before it ends, the last ends with the text. There
/// are none only where there is no text. White space before the first line belongs to the first node, blank lines after a line to
/// the node of that line. Addresses are unique.
#[must_use]
pub fn structure(raw: RawDocument, source: Source) -> Warned<Document> {
    corrected(raw, source, &Corrections::default())
}

/// Like [`structure`], with what a person says of the document; the diagnostics tell what became of each correction.
#[must_use]
pub fn corrected(raw: RawDocument, source: Source, corrections: &Corrections) -> Warned<Document> {
    let lines = run_on::split(line::lines(&raw));
    let is_markdown = lines.iter().any(|line| line.heading_level.is_some());
    let mut marks = mark::marks(&lines, is_markdown);
    corrections.mark(&lines, &mut marks);
    let front = front::find(&lines, &marks);
    let closing = closing::find(&lines, &marks, front.end);
    let continued = wrap::continued(&lines, front.end);
    let captions = caption::find(&lines, &marks, front.end);
    let plan = Plan {
        text: &raw.text,
        lines: &lines,
        marks: &marks,
        front: &front,
        closing: &closing,
        continued: &continued,
        captions: &captions,
    };
    let grown = tree::grow(plan);
    let (mut metadata, mut id) = metadata::read(Places { lines: &lines, front: &front, closing: &closing }, &raw.hints, &source);
    corrections.amend(&mut metadata, &mut id);
    let nodes = grown.nodes.finish(&raw.text);
    let mut diagnostics = grown.diagnostics;
    diagnostics.extend(corrections.account(&lines, &nodes, &raw.text));
    let mut document =
        Document { id, metadata, source, nodes, indicators: grown.indicators, abbreviations: Vec::new(), text: raw.text };
    document.abbreviations = abbreviations::find(&document);
    Warned { value: document, diagnostics }
}
