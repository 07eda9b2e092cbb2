//! A stretch of a document as one running line, with the way back to its bytes.
//!
//! Sources break lines inside titles, cells and paragraphs (对外⏎⏎贸易). For reading they are joined; the bytes are kept, so that a
//! highlight given in bytes of the document can be found on the laid-out line.

use std::ops::Range;

use crate::document::Document;

/// The joined text and where each run of it came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// The text on one line; every character has as many bytes here as in the document.
    pub text: String,
    runs: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    /// Where it begins in `text`.
    start: usize,
    /// The bytes of the document.
    source: Range<usize>,
}

impl Flow {
    /// Joins the lines of a span of the document's text, white space around it left out.
    ///
    /// A line break goes where it stands beside a Chinese character or mark, and becomes a space between Latin words.
    #[must_use]
    pub fn joined(document: &Document, span: Range<usize>) -> Self {
        let whole = document.slice(span.clone());
        let source = whole.trim();
        let start = span.start + (whole.len() - whole.trim_start().len());
        let mut flow = Self::default();
        let mut space = 0..0;
        for (at, character) in source.char_indices() {
            let end = at + character.len_utf8();
            if character.is_whitespace() {
                space = if space.end == at && !space.is_empty() { space.start..end } else { at..end };
                continue;
            }
            if space.end == at && !space.is_empty() {
                flow.push_space(source.get(space.clone()).unwrap_or_default(), start + space.start, character);
            }
            flow.push(character, start + at);
        }
        flow
    }

    /// The bytes of the document behind a range of the joined text, one range for each run.
    #[must_use]
    pub fn sources(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let first = self.runs.partition_point(|run| run.start + run.source.len() <= range.start);
        let runs = self.runs.iter().skip(first).take_while(|run| run.start < range.end);
        runs.map(|run| {
            let from = range.start.max(run.start) - run.start;
            let to = (range.end - run.start).min(run.source.len());
            run.source.start + from..run.source.start + to
        })
        .collect()
    }

    /// The range of the joined text that shows the given bytes of the document; empty where none of them is shown.
    #[must_use]
    pub fn shown(&self, source: &Range<usize>) -> Range<usize> {
        let mut shown: Option<Range<usize>> = None;
        for run in &self.runs {
            let (from, to) = (source.start.max(run.source.start), source.end.min(run.source.end));
            if from < to {
                let (from, to) = (run.start + from - run.source.start, run.start + to - run.source.start);
                shown = Some(shown.map_or(from..to, |before| before.start..to));
            }
        }
        shown.unwrap_or(0..0)
    }

    fn push_space(&mut self, space: &str, start: usize, next: char) {
        let Some(feed) = space.find('\n') else {
            for (at, character) in space.char_indices() {
                self.push(if character == '\t' { ' ' } else { character }, start + at);
            }
            return;
        };
        let latin = |character: char| character.is_ascii_alphanumeric();
        if self.text.chars().next_back().is_some_and(latin) && latin(next) {
            self.push(' ', start + feed);
        }
    }

    fn push(&mut self, character: char, source: usize) {
        let end = source + character.len_utf8();
        match self.runs.last_mut() {
            Some(run) if run.source.end == source => run.source.end = end,
            _ => self.runs.push(Run { start: self.text.len(), source: source..end }),
        }
        self.text.push(character);
    }
}
