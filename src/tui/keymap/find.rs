//! The keys for finding: the pages to choose from, and what is done in them.

use ratatui::crossterm::event::KeyCode;

use super::{Binding, PANES, PICKER, SEARCH, after, binding, control, hinted, key, letter};
use crate::tui::action::{Action, Find, Motion};

/// The rows.
pub(super) static BINDINGS: &[Binding] = &[
    binding(
        PANES,
        &[control('p'), key(KeyCode::F(8)), after('g', 'h')],
        Action::Find(Find::Headings),
        ("headings", "查标题", "find a heading"),
    ),
    binding(&[SEARCH], &[key(KeyCode::F(8))], Action::Find(Find::Headings), ("headings", "查标题", "find a heading")),
    hinted(&[SEARCH], &[key(KeyCode::F(9))], Action::Find(Find::Narrow), ("narrow", "收窄", "narrow")),
    binding(
        PANES,
        &[letter('f'), key(KeyCode::F(9))],
        Action::Find(Find::Narrow),
        ("narrow", "收窄检索结果", "narrow the results"),
    ),
    hinted(&[SEARCH], &[control('r')], Action::Find(Find::Recent), ("recent", "检索历史", "history")),
    binding(PANES, &[control('r'), after('g', 'r')], Action::Find(Find::Recent), ("recent", "检索历史", "history")),
    binding(
        &[SEARCH],
        &[control('s')],
        Action::Find(Find::Save),
        ("save", "保存检索；未输入时列出所存", "save the search; list the saved"),
    ),
    binding(PANES, &[control('s'), after('g', 's')], Action::Find(Find::Save), ("save", "已存的检索", "saved searches")),
    binding(
        &[SEARCH],
        &[key(KeyCode::F(5))],
        Action::Find(Find::Preview),
        ("preview", "显示或隐藏预览", "show or hide the preview"),
    ),
    binding(
        PANES,
        &[letter('B'), key(KeyCode::F(10)), after('g', 'b')],
        Action::Find(Find::Documents),
        ("documents", "文库", "the library"),
    ),
    binding(&[SEARCH], &[key(KeyCode::F(10))], Action::Find(Find::Documents), ("documents", "文库", "the library")),
    binding(
        PANES,
        &[letter('I'), key(KeyCode::F(11)), after('g', 'i')],
        Action::Find(Find::Indicators),
        ("indicators", "规划指标", "the indicators"),
    ),
    binding(&[SEARCH], &[key(KeyCode::F(11))], Action::Find(Find::Indicators), ("indicators", "规划指标", "the indicators")),
    hinted(&[PICKER], &[key(KeyCode::Enter)], Action::Open, ("open", "选定", "choose")),
    hinted(&[PICKER], &[key(KeyCode::Down), control('n')], Action::Move(Motion::Down), ("down", "下一条", "next")),
    hinted(&[PICKER], &[key(KeyCode::Up), control('p')], Action::Move(Motion::Up), ("up", "上一条", "previous")),
    hinted(&[PICKER], &[key(KeyCode::Esc), control('[')], Action::Back, ("back", "返回", "back")),
    hinted(&[PICKER], &[key(KeyCode::Tab)], Action::Find(Find::Switch), ("switch", "换范围、排序", "scope or order")),
    binding(&[PICKER], &[key(KeyCode::BackTab)], Action::Find(Find::Turn), ("turn", "倒序", "turn the order")),
    binding(&[PICKER], &[control('k')], Action::Find(Find::Forget), ("forget", "从列表中删去", "take it out of the list")),
];
