//! Remarks: diagnostics about numbers that are out of order.

use crate::diagnostic::{Bilingual, Diagnostic, Place};

use super::line::Line;
use super::mark::Candidate;
use super::sequence::Fit;

/// A text of nothing but stray numbers would give as many remarks; past this many they are only counted.
const MOST: usize = 200;

/// The remarks so far, in the order of the source.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    said: Vec<Diagnostic>,
    unsaid: usize,
}

impl Remarks {
    /// A heading that fits, but not exactly.
    pub(super) fn fit(&mut self, fit: Fit, line: &Line<'_>, candidate: &Candidate) {
        let label = written(line, candidate);
        match fit {
            Fit::Exact => {}
            Fit::Gap => self.say("numbering-gap", line, || {
                Bilingual::new(format!("“{label}”之前缺号"), format!("numbers are missing before “{label}”"))
            }),
            Fit::Repeat => self.say("numbering-repeat", line, || {
                Bilingual::new(format!("“{label}”重复编号"), format!("“{label}” has been used before"))
            }),
        }
    }

    /// A number that heads nothing.
    pub(super) fn out_of_order(&mut self, line: &Line<'_>, candidate: &Candidate) {
        let label = written(line, candidate);
        self.say("numbering-out-of-order", line, || {
            Bilingual::new(
                format!("“{label}”与前后编号不相接，按正文处理"),
                format!("“{label}” fits no numbering around it and is read as text"),
            )
        });
    }

    fn say(&mut self, code: &str, line: &Line<'_>, message: impl FnOnce() -> Bilingual) {
        if self.said.len() < MOST {
            self.said.push(Diagnostic::warning(code, message(), Place::line(line.number)));
        } else {
            self.unsaid += 1;
        }
    }

    /// All that was said, and how much was not.
    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        if self.unsaid > 0 {
            let message = Bilingual::new(
                format!("另有{}处编号问题未列出", self.unsaid),
                format!("{} more numbers out of order are not listed", self.unsaid),
            );
            self.said.push(Diagnostic::note("numbering-more", message, Place::default()));
        }
        self.said
    }
}

fn written<'line>(line: &Line<'line>, candidate: &Candidate) -> &'line str {
    line.text.get(..candidate.label.len).unwrap_or_default()
}
