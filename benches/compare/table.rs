//! Tables in Markdown, with the target beside each ratio.

use std::time::Duration;

/// A table on its way to standard output.
pub(crate) struct Table {
    lines: Vec<String>,
}

impl Table {
    /// A table under a heading, with a sentence on what is measured.
    pub(crate) fn new(heading: &str, about: &str, columns: &[&str]) -> Self {
        let rule = vec!["---"; columns.len()].join("|");
        Self { lines: vec![format!("\n### {heading}\n\n{about}\n"), format!("| {} |", columns.join(" | ")), format!("|{rule}|")] }
    }

    /// A row.
    pub(crate) fn row(&mut self, cells: &[&str]) {
        self.lines.push(format!("| {} |", cells.join(" | ")));
    }

    /// The row of a program that is not there.
    pub(crate) fn absent(&mut self, program: &str, columns: usize) {
        let mut cells = vec!["–"; columns];
        if let [first, second, ..] = cells.as_mut_slice() {
            (*first, *second) = (program, "not installed");
        }
        self.row(&cells);
    }

    /// Prints it.
    pub(crate) fn print(self) {
        println!("{}", self.lines.join("\n"));
    }
}

/// A time in milliseconds.
pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// Bytes in millions.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// A ratio that should not be above `most`, with a word on whether it is.
pub(crate) fn at_most(ratio: f64, most: f64) -> [String; 2] {
    [figure(ratio), format!("≤ {most}{}", if ratio <= most { "" } else { " (missed)" })]
}

/// A ratio that should not be below `least`, with a word on whether it is.
pub(crate) fn at_least(ratio: f64, least: f64) -> [String; 2] {
    [figure(ratio), format!("≥ {least}{}", if ratio >= least { "" } else { " (missed)" })]
}

/// A ratio with three digits.
pub(crate) fn figure(ratio: f64) -> String {
    if ratio < 1.0 { format!("{ratio:.3}") } else { format!("{ratio:.2}") }
}
