//! The help as data: every key of every pane straight from the keymap, then what may be typed straight from the table of operators.

use super::keymap::{Context, Keymap};
use super::sheet::Line;
use crate::diagnostic::Language;
use crate::query::OPERATORS;

/// All lines of the help.
#[must_use]
pub fn lines(keymap: &Keymap, language: Language) -> Vec<Line> {
    let sections = [
        (Context::Tree, language.pick("目录", "In the tree")),
        (Context::Reader, language.pick("正文", "In the text")),
        (Context::Search, language.pick("检索", "In the search")),
        (Context::Notes, language.pick("书签和笔记", "In the list of notes")),
        (Context::Note, language.pick("写笔记", "While a note is written")),
        (Context::Picker, language.pick("列表", "In a list")),
        (Context::Help, language.pick("帮助", "In the help")),
    ];
    let mut lines = Vec::new();
    for (context, heading) in sections {
        lines.push(Line::Heading(heading.to_owned()));
        let rows = keymap.bindings(context);
        lines.extend(rows.map(|binding| Line::Row { left: binding.all_keys(), right: binding.name(language).to_owned() }));
        lines.push(Line::Empty);
    }
    lines.push(Line::Heading(language.pick("检索式", "What may be typed").to_owned()));
    lines.extend(OPERATORS.iter().map(|operator| Line::Row {
        left: operator.syntax.in_language(language).to_owned(),
        right: operator.does.in_language(language).to_owned(),
    }));
    lines
}
