//! The keys that everything begins with: moving, folding, opening, typing, leaving.

use ratatui::crossterm::event::KeyCode;

use super::{
    Binding, HELP, LISTS, PANES, PICKER, PROMPTS, READER, SEARCH, TREE, after, alt, binding, control, hinted, key, letter,
};
use crate::tui::action::{Action, Edit, Motion};

/// The rows.
pub(super) static BINDINGS: &[Binding] = &[
    hinted(PANES, &[letter('/'), control('f')], Action::Search, ("search", "检索", "search")),
    hinted(&[SEARCH], &[key(KeyCode::Enter)], Action::Open, ("open", "打开", "open")),
    binding(&[SEARCH], &[key(KeyCode::Tab)], Action::Complete, ("complete", "补全字段名，或打开", "complete a field, or open")),
    hinted(&[TREE], &[key(KeyCode::Enter)], Action::Open, ("open", "阅读", "read")),
    hinted(&[READER], &[letter('n'), key(KeyCode::F(3))], Action::NextHit, ("next-hit", "下一处", "next hit")),
    hinted(&[READER], &[letter('N'), key(KeyCode::F(2))], Action::PreviousHit, ("previous-hit", "上一处", "previous hit")),
    binding(&[TREE], &[letter('n'), key(KeyCode::F(3))], Action::NextHit, ("next-hit", "下一处", "next hit")),
    binding(&[TREE], &[letter('N'), key(KeyCode::F(2))], Action::PreviousHit, ("previous-hit", "上一处", "previous hit")),
    hinted(PANES, &[key(KeyCode::Tab), key(KeyCode::BackTab)], Action::SwitchPane, ("other-pane", "切换窗格", "other pane")),
    hinted(PANES, &[letter('y'), letter('c'), control('y')], Action::CopyCitation, ("copy-citation", "复制引注", "copy citation")),
    hinted(
        PANES,
        &[letter('Y'), letter('C'), alt('y')],
        Action::CopyQuote,
        ("copy-quote", "复制原文和引注", "copy quote and citation"),
    ),
    hinted(&[SEARCH], &[key(KeyCode::Down), control('n')], Action::Move(Motion::Down), ("down", "下一条", "next result")),
    hinted(&[SEARCH], &[key(KeyCode::Up), control('p')], Action::Move(Motion::Up), ("up", "上一条", "previous result")),
    hinted(&[SEARCH], &[key(KeyCode::F(4))], Action::Why, ("why", "依据", "why")),
    binding(LISTS, &[letter('j'), key(KeyCode::Down)], Action::Move(Motion::Down), ("down", "向下", "down")),
    binding(LISTS, &[letter('k'), key(KeyCode::Up)], Action::Move(Motion::Up), ("up", "向上", "up")),
    binding(LISTS, &[key(KeyCode::PageDown), letter(' ')], Action::Move(Motion::PageDown), ("page-down", "下一页", "page down")),
    binding(LISTS, &[key(KeyCode::PageUp), letter('b')], Action::Move(Motion::PageUp), ("page-up", "上一页", "page up")),
    binding(LISTS, &[after('g', 'g'), key(KeyCode::Home)], Action::Move(Motion::First), ("first", "到开头", "to the beginning")),
    binding(
        LISTS,
        &[letter('G'), key(KeyCode::End), after('g', 'e')],
        Action::Move(Motion::Last),
        ("last", "到末尾", "to the end"),
    ),
    binding(PROMPTS, &[key(KeyCode::PageDown), control('d')], Action::Move(Motion::PageDown), ("page-down", "下一页", "page down")),
    binding(PROMPTS, &[key(KeyCode::PageUp), control('g')], Action::Move(Motion::PageUp), ("page-up", "上一页", "page up")),
    binding(PANES, &[letter('h'), key(KeyCode::Left)], Action::Fold, ("fold", "折叠，或到上级", "fold, or to the parent")),
    binding(
        PANES,
        &[letter('l'), key(KeyCode::Right)],
        Action::Unfold,
        ("unfold", "展开，或到下级", "unfold, or to the first child"),
    ),
    binding(PROMPTS, &[key(KeyCode::Left), control('b')], Action::Edit(Edit::Left), ("edit-left", "光标左移", "cursor left")),
    binding(PROMPTS, &[key(KeyCode::Right), control('o')], Action::Edit(Edit::Right), ("edit-right", "光标右移", "cursor right")),
    binding(
        PROMPTS,
        &[key(KeyCode::Home), control('a')],
        Action::Edit(Edit::Home),
        ("edit-home", "光标到开头", "cursor to the beginning"),
    ),
    binding(PROMPTS, &[key(KeyCode::End), control('e')], Action::Edit(Edit::End), ("edit-end", "光标到末尾", "cursor to the end")),
    binding(
        PROMPTS,
        &[key(KeyCode::Backspace), control('h')],
        Action::Edit(Edit::Backspace),
        ("edit-backspace", "删去前一字", "delete before"),
    ),
    binding(
        PROMPTS,
        &[key(KeyCode::Delete), control('x')],
        Action::Edit(Edit::Delete),
        ("edit-delete", "删去后一字", "delete after"),
    ),
    binding(PROMPTS, &[control('w')], Action::Edit(Edit::WordBefore), ("edit-word-before", "删去前一词", "delete word before")),
    binding(PROMPTS, &[control('u')], Action::Edit(Edit::ClearBefore), ("edit-clear-before", "清除", "clear")),
    hinted(&[READER, SEARCH], &[key(KeyCode::Esc), control('[')], Action::Back, ("back", "返回", "back")),
    binding(&[TREE], &[key(KeyCode::Esc), key(KeyCode::Backspace)], Action::Back, ("back", "返回", "back")),
    hinted(PANES, &[letter('?'), key(KeyCode::F(1))], Action::Help, ("help", "帮助", "help")),
    binding(PROMPTS, &[key(KeyCode::F(1))], Action::Help, ("help", "帮助", "help")),
    hinted(
        &[HELP],
        &[key(KeyCode::Esc), letter('?'), letter('q'), key(KeyCode::F(1)), key(KeyCode::F(4))],
        Action::Help,
        ("help", "关闭", "close"),
    ),
    hinted(PANES, &[letter('q'), control('c')], Action::Quit, ("quit", "退出", "quit")),
    binding(&[SEARCH, HELP, PICKER], &[control('c'), control('q')], Action::Quit, ("quit", "退出", "quit")),
];
