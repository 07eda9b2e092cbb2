//! The help as data: every key of every pane, straight from the keymap.

use super::keymap::{self, Context};
use crate::diagnostic::Language;

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// Where the keys below it hold.
    Heading(&'static str),
    /// Keys and what they do.
    Row {
        /// All keys that do it: `j ↓`.
        keys: String,
        /// What they do.
        name: &'static str,
    },
    /// Nothing, between two headings.
    Empty,
}

/// All lines of the help.
#[must_use]
pub fn lines(language: Language) -> Vec<HelpLine> {
    let sections = [
        (Context::Tree, language.pick("目录", "In the tree")),
        (Context::Reader, language.pick("正文", "In the text")),
        (Context::Search, language.pick("检索", "In the search")),
        (Context::Help, language.pick("帮助", "In the help")),
    ];
    let mut lines = Vec::new();
    for (context, heading) in sections {
        if !lines.is_empty() {
            lines.push(HelpLine::Empty);
        }
        lines.push(HelpLine::Heading(heading));
        let rows = keymap::bindings(context);
        lines.extend(rows.map(|binding| HelpLine::Row { keys: binding.all_keys(), name: binding.name(language) }));
    }
    lines
}
