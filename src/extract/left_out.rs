//! What a reader of documents left out, said for those who would want to know.

use std::collections::BTreeSet;

use crate::diagnostic::{Bilingual, Diagnostic, Place};

/// What was left out or could not be written as it is printed.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Runs of text that are deleted, by tracked changes.
    pub(super) deleted: usize,
    /// Runs of text that are hidden.
    pub(super) hidden: usize,
    /// Other documents embedded in this one.
    pub(super) embedded: usize,
    /// Formats of numbers that nobody here can write.
    pub(super) unknown_formats: BTreeSet<String>,
}

impl LeftOut {
    /// What a reader of the printed page would not miss, and a careful one should know of.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut say = |code: &str, count: usize, chinese: &str, english: &str| {
            if count > 0 {
                let message = Bilingual::new(format!("{count}{chinese}"), format!("{count} {english}"));
                diagnostics.push(Diagnostic::note(code, message, Place::default()));
            }
        };
        say("deleted-text", self.deleted, "处修订中删除的文字没有读入", "tracked deletion(s) left out");
        say("hidden-text", self.hidden, "处隐藏文字没有读入", "run(s) of hidden text left out");
        say("embedded-document", self.embedded, "个嵌入的其他文档没有读入", "embedded document(s) left out");
        for format in &self.unknown_formats {
            let message = Bilingual::new(
                format!("编号格式 {format} 不认识，按阿拉伯数字写出"),
                format!("the numbering format {format} is unknown: its numbers are written in digits"),
            );
            diagnostics.push(Diagnostic::warning("numbering-format", message, Place::default()));
        }
        diagnostics
    }
}
