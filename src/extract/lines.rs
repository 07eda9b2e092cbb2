//! Lines of a text with their places; the readers of line-based formats walk over them.

use std::ops::Range;

/// One line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'text> {
    /// Where it begins, in bytes of the text.
    pub(super) start: usize,
    /// Its number, from 1.
    pub(super) number: u32,
    /// Its characters without the line break (LF or CR LF).
    pub(super) text: &'text str,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Bytes of the line without the white space around it.
    pub(super) fn visible(&self) -> Range<usize> {
        let start = self.start + (self.text.len() - self.text.trim_start().len());
        start..start + self.text.trim().len()
    }
}

/// Splits a text into lines.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .zip(1..)
        .map(|(line, number)| {
            let text = line.strip_suffix('\n').unwrap_or(line);
            let read = Line { start, number, text: text.strip_suffix('\r').unwrap_or(text) };
            start += line.len();
            read
        })
        .collect()
}
