//! The keys of keeping and of habits: bookmarks, notes, marking, files, theme, mouse, suspending.

use ratatui::crossterm::event::KeyCode;

use super::{Binding, Context, NOTE, NOTES, PANES, READER, SEARCH, TREE, after, alt, binding, control, hinted, key, letter};
use crate::tui::action::{Action, Edit, Keep, Motion};

/// Where nothing but a note is being written.
const EVERYWHERE: &[Context] = &[TREE, READER, SEARCH, NOTES];

/// The rows.
pub(super) static BINDINGS: &[Binding] = &[
    binding(PANES, &[letter('a'), control('b')], Action::Keep(Keep::Bookmark), ("bookmark", "加书签，或取消", "bookmark, or none")),
    binding(PANES, &[letter('A'), alt('n')], Action::Keep(Keep::Note), ("note", "写笔记", "write a note")),
    binding(
        PANES,
        &[letter('M'), control('l'), after('g', 'm')],
        Action::Keep(Keep::Notes),
        ("notes", "书签和笔记", "bookmarks and notes"),
    ),
    binding(
        PANES,
        &[letter('v'), control('v')],
        Action::Keep(Keep::Mark),
        ("mark-range", "标记一段，或取消", "mark a range, or none"),
    ),
    binding(
        PANES,
        &[letter('o'), control('e')],
        Action::Keep(Keep::OpenSource),
        ("open-source", "打开原文件", "open the source file"),
    ),
    binding(PANES, &[letter('x'), alt('x')], Action::Keep(Keep::Export), ("export", "导出到文件", "export to a file")),
    binding(&[SEARCH], &[alt('x')], Action::Keep(Keep::Export), ("export", "导出结果", "export the results")),
    binding(PANES, &[letter('t'), alt('t')], Action::Keep(Keep::NextTheme), ("next-theme", "换主题", "next theme")),
    binding(
        EVERYWHERE,
        &[alt('m')],
        Action::Keep(Keep::Mouse),
        ("mouse", "开关鼠标（关时可用终端选取文字）", "mouse on or off (off: the terminal selects text)"),
    ),
    binding(EVERYWHERE, &[control('z')], Action::Keep(Keep::Suspend), ("suspend", "暂停，回到命令行", "suspend")),
    hinted(&[NOTES], &[key(KeyCode::Enter), letter('l'), key(KeyCode::Right)], Action::Open, ("open", "打开", "open")),
    hinted(&[NOTES], &[letter('j'), key(KeyCode::Down)], Action::Move(Motion::Down), ("down", "向下", "down")),
    hinted(&[NOTES], &[letter('k'), key(KeyCode::Up)], Action::Move(Motion::Up), ("up", "向上", "up")),
    binding(&[NOTES], &[key(KeyCode::PageDown), letter(' ')], Action::Move(Motion::PageDown), ("page-down", "下一页", "page down")),
    binding(&[NOTES], &[key(KeyCode::PageUp), letter('b')], Action::Move(Motion::PageUp), ("page-up", "上一页", "page up")),
    binding(&[NOTES], &[after('g', 'g'), key(KeyCode::Home)], Action::Move(Motion::First), ("first", "到开头", "to the beginning")),
    binding(
        &[NOTES],
        &[letter('G'), key(KeyCode::End), after('g', 'e')],
        Action::Move(Motion::Last),
        ("last", "到末尾", "to the end"),
    ),
    hinted(&[NOTES], &[letter('A'), alt('n')], Action::Keep(Keep::Note), ("note", "改笔记", "change the note")),
    hinted(&[NOTES], &[letter('d'), key(KeyCode::Delete)], Action::Keep(Keep::Remove), ("remove-note", "删除", "remove")),
    hinted(&[NOTES], &[letter('x'), alt('x')], Action::Keep(Keep::Export), ("export", "导出", "export")),
    hinted(
        &[NOTES],
        &[key(KeyCode::Esc), letter('q'), letter('M'), control('l')],
        Action::Keep(Keep::Notes),
        ("notes", "关闭", "close"),
    ),
    hinted(&[NOTE], &[key(KeyCode::Enter)], Action::Keep(Keep::Settle), ("settle", "保存", "keep")),
    hinted(&[NOTE], &[key(KeyCode::Esc), control('[')], Action::Keep(Keep::Cancel), ("cancel", "放弃", "discard")),
    binding(&[NOTE], &[key(KeyCode::Left), control('b')], Action::Edit(Edit::Left), ("edit-left", "光标左移", "cursor left")),
    binding(&[NOTE], &[key(KeyCode::Right), control('o')], Action::Edit(Edit::Right), ("edit-right", "光标右移", "cursor right")),
    binding(
        &[NOTE],
        &[key(KeyCode::Home), control('a')],
        Action::Edit(Edit::Home),
        ("edit-home", "光标到开头", "cursor to the beginning"),
    ),
    binding(&[NOTE], &[key(KeyCode::End), control('e')], Action::Edit(Edit::End), ("edit-end", "光标到末尾", "cursor to the end")),
    binding(
        &[NOTE],
        &[key(KeyCode::Backspace), control('h')],
        Action::Edit(Edit::Backspace),
        ("edit-backspace", "删去前一字", "delete before"),
    ),
    binding(
        &[NOTE],
        &[key(KeyCode::Delete), control('x')],
        Action::Edit(Edit::Delete),
        ("edit-delete", "删去后一字", "delete after"),
    ),
    binding(&[NOTE], &[control('w')], Action::Edit(Edit::WordBefore), ("edit-word-before", "删去前一词", "delete word before")),
    binding(&[NOTE], &[control('u')], Action::Edit(Edit::ClearBefore), ("edit-clear-before", "清除", "clear")),
    binding(&[NOTE, NOTES], &[control('c'), control('q')], Action::Quit, ("quit", "退出", "quit")),
];
