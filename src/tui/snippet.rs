//! One line of a unit around what was found in it.

use std::ops::Range;

use super::entry::Entry;
use super::flow::Flow;
use crate::text::width::{Ambiguous, columns, fitting, fitting_end};

/// One line of a unit around what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text, with … where something was left out.
    pub text: String,
    /// What was found: bytes of `text`.
    pub highlights: Vec<Range<usize>>,
}

impl Entry {
    /// The unit in one line of `room` columns, such that the first thing found is to be seen with what stands before it.
    #[must_use]
    pub fn snippet(&self, room: usize, ambiguous: Ambiguous) -> Snippet {
        let Some(node) = self.document.node(self.node) else { return Snippet { text: String::new(), highlights: Vec::new() } };
        let flow = Flow::joined(&self.document, node.span.clone());
        let found: Vec<_> = self.highlights.iter().map(|span| flow.shown(span)).filter(|range| !range.is_empty()).collect();
        let text = flow.text.as_str();
        let first = found.first().map_or(0, |range| range.start);
        let before = text.get(..first).unwrap_or_default();
        let fits_from_start = columns(text, ambiguous) <= room || columns(before, ambiguous) <= room / 3;
        let lead = if fits_from_start { before } else { fitting_end(before, (room / 3).saturating_sub(1), ambiguous) };
        let start = first - lead.len();
        let opening = if start > 0 { "…" } else { "" };
        let rest = text.get(start..).unwrap_or_default();
        let left = room.saturating_sub(columns(opening, ambiguous));
        let is_cut = columns(rest, ambiguous) > left;
        let shown = if is_cut { fitting(rest, left.saturating_sub(columns("…", ambiguous)), ambiguous) } else { rest };
        let closing = if is_cut { "…" } else { "" };
        let window = start..start + shown.len();
        let highlights = found.into_iter().map(|range| range.start.max(window.start)..range.end.min(window.end));
        let highlights = highlights.filter(|range| range.start < range.end);
        let highlights = highlights.map(|range| range.start - start + opening.len()..range.end - start + opening.len()).collect();
        Snippet { text: format!("{opening}{shown}{closing}"), highlights }
    }
}
