//! The keys of reading: from chapter to chapter, places left and marked, references, the line between the panes.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::{Binding, PANES, READER, Sequence, after, binding, control, hinted, key, letter, with};
use crate::tui::action::Action;
use crate::tui::action::walk::{Walk, Way};

/// A key with Alt.
const fn alt(code: KeyCode) -> Sequence {
    with(KeyModifiers::ALT, code)
}

/// A key that is no character with Control.
const fn with_control(code: KeyCode) -> Sequence {
    with(KeyModifiers::CONTROL, code)
}

const fn walk(walk: Walk) -> Action {
    Action::Walk(walk)
}

/// The rows.
pub(super) static BINDINGS: &[Binding] = &[
    hinted(&[READER], &[key(KeyCode::Enter)], walk(Walk::Follow), ("follow", "打开引用", "follow reference")),
    binding(
        PANES,
        &[after('[', '['), alt(KeyCode::PageUp)],
        walk(Walk::Chapter(Way::Back)),
        ("previous-chapter", "上一章", "chapter before"),
    ),
    binding(
        PANES,
        &[after(']', ']'), alt(KeyCode::PageDown)],
        walk(Walk::Chapter(Way::Forth)),
        ("next-chapter", "下一章", "next chapter"),
    ),
    binding(
        PANES,
        &[letter('{'), alt(KeyCode::Up), after('[', 's')],
        walk(Walk::Section(Way::Back)),
        ("previous-section", "上一节", "section before"),
    ),
    binding(
        PANES,
        &[letter('}'), alt(KeyCode::Down), after(']', 's')],
        walk(Walk::Section(Way::Forth)),
        ("next-section", "下一节", "next section"),
    ),
    binding(
        PANES,
        &[letter('('), with_control(KeyCode::Up), after('[', 'm')],
        walk(Walk::Measure(Way::Back)),
        ("previous-measure", "上一条措施或条文", "measure or article before"),
    ),
    binding(
        PANES,
        &[letter(')'), with_control(KeyCode::Down), after(']', 'm')],
        walk(Walk::Measure(Way::Forth)),
        ("next-measure", "下一条措施或条文", "next measure or article"),
    ),
    binding(
        PANES,
        &[control('o'), alt(KeyCode::Left), key(KeyCode::F(6)), after('\'', '\'')],
        walk(Walk::Jump(Way::Back)),
        ("jump-back", "回到跳转之前", "back to where one jumped from"),
    ),
    // What a keyboard calls ^] reaches the program as ^5.
    binding(
        PANES,
        &[control(']'), alt(KeyCode::Right), key(KeyCode::F(7)), control('5')],
        walk(Walk::Jump(Way::Forth)),
        ("jump-forth", "再到跳转之后", "forth to where one jumped to"),
    ),
    binding(
        PANES,
        &[letter('m'), key(KeyCode::F(12))],
        walk(Walk::Mark(None)),
        ("mark", "作标记：一个字母", "set a mark: a letter"),
    ),
    binding(
        PANES,
        &[letter('\''), control('t')],
        walk(Walk::Recall(None)),
        ("recall", "到标记：其字母", "go to a mark: its letter"),
    ),
    binding(
        PANES,
        &[letter('<'), alt(KeyCode::Char(','))],
        walk(Walk::Split(Way::Back)),
        ("split-left", "分栏线左移", "move the split to the left"),
    ),
    binding(
        PANES,
        &[letter('>'), alt(KeyCode::Char('.'))],
        walk(Walk::Split(Way::Forth)),
        ("split-right", "分栏线右移", "move the split to the right"),
    ),
    binding(
        &[READER],
        &[letter('H'), with_control(KeyCode::Left)],
        walk(Walk::Shift(Way::Back)),
        ("table-left", "宽表左移", "wide tables to the left"),
    ),
    binding(
        &[READER],
        &[letter('L'), with_control(KeyCode::Right)],
        walk(Walk::Shift(Way::Forth)),
        ("table-right", "宽表右移", "wide tables to the right"),
    ),
];
