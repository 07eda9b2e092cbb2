//! The keys for finding: the pages to choose from, and what is done in them.

use ratatui::crossterm::event::KeyCode;

use super::{Binding, PANES, PICKER, SEARCH, binding, control, hinted, key};
use crate::tui::action::{Action, Find, Motion};

/// The rows.
pub(super) static BINDINGS: &[Binding] = &[
    binding(PANES, &[control('p'), key(KeyCode::F(8))], Action::Find(Find::Headings), ("headings", "查标题", "find a heading")),
    binding(&[SEARCH], &[key(KeyCode::F(8))], Action::Find(Find::Headings), ("headings", "查标题", "find a heading")),
    hinted(&[PICKER], &[key(KeyCode::Enter)], Action::Open, ("open", "选定", "choose")),
    hinted(&[PICKER], &[key(KeyCode::Down), control('n')], Action::Move(Motion::Down), ("down", "下一条", "next")),
    hinted(&[PICKER], &[key(KeyCode::Up), control('p')], Action::Move(Motion::Up), ("up", "上一条", "previous")),
    hinted(&[PICKER], &[key(KeyCode::Esc), control('[')], Action::Back, ("back", "返回", "back")),
    hinted(&[PICKER], &[key(KeyCode::Tab)], Action::Find(Find::Switch), ("switch", "换范围、排序", "scope or order")),
    binding(&[PICKER], &[key(KeyCode::BackTab)], Action::Find(Find::Turn), ("turn", "倒序", "turn the order")),
];
