//! The keymap: ONE table of what every key does where. Key hints and help are made from it.
//!
//! Keys that are typed with a Chinese input method on come as full-width characters (？ ／); they stand beside the others.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, Edit, Motion};
use crate::diagnostic::Language;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In the tree.
    Tree,
    /// In the text.
    Reader,
    /// In the prompt.
    Search,
    /// In the help.
    Help,
}

/// A key with its modifiers; shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Control and alt.
    pub modifiers: KeyModifiers,
}

/// One row of the table.
#[derive(Debug, Clone)]
pub struct Binding {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// The keys, the one to show first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What they do, in Chinese.
    pub chinese: &'static str,
    /// What they do, in English.
    pub english: &'static str,
    /// Whether the line of key hints names it.
    pub is_hint: bool,
}

const TREE: Context = Context::Tree;
const READER: Context = Context::Reader;
const SEARCH: Context = Context::Search;
const HELP: Context = Context::Help;
const PANES: &[Context] = &[TREE, READER];
const LISTS: &[Context] = &[TREE, READER, HELP];

const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

const fn letter(character: char) -> Key {
    key(KeyCode::Char(character))
}

const fn control(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
}

const fn binding(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    names: (&'static str, &'static str),
) -> Binding {
    Binding { contexts, keys, action, chinese: names.0, english: names.1, is_hint: false }
}

const fn hinted(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    names: (&'static str, &'static str),
) -> Binding {
    Binding { contexts, keys, action, chinese: names.0, english: names.1, is_hint: true }
}

/// The table. The order is that of hints and help.
pub static BINDINGS: &[Binding] = &[
    hinted(PANES, &[letter('/'), letter('／'), control('f')], Action::Search, ("检索", "search")),
    hinted(&[SEARCH], &[key(KeyCode::Enter)], Action::Open, ("打开", "open")),
    binding(&[SEARCH], &[key(KeyCode::Tab)], Action::Complete, ("补全字段名，或打开", "complete a field, or open")),
    hinted(&[TREE], &[key(KeyCode::Enter), letter('o')], Action::Open, ("阅读", "read")),
    hinted(&[READER], &[letter('n'), key(KeyCode::F(3))], Action::NextHit, ("下一处", "next hit")),
    hinted(&[READER], &[letter('N'), key(KeyCode::F(2))], Action::PreviousHit, ("上一处", "previous hit")),
    binding(&[TREE], &[letter('n'), key(KeyCode::F(3))], Action::NextHit, ("下一处", "next hit")),
    binding(&[TREE], &[letter('N'), key(KeyCode::F(2))], Action::PreviousHit, ("上一处", "previous hit")),
    hinted(PANES, &[key(KeyCode::Tab), key(KeyCode::BackTab)], Action::SwitchPane, ("切换窗格", "other pane")),
    hinted(PANES, &[letter('y'), letter('c')], Action::CopyCitation, ("复制引注", "copy citation")),
    hinted(PANES, &[letter('Y'), letter('C')], Action::CopyQuote, ("复制原文和引注", "copy quote and citation")),
    hinted(&[SEARCH], &[key(KeyCode::Down), control('n')], Action::Move(Motion::Down), ("下一条", "next result")),
    hinted(&[SEARCH], &[key(KeyCode::Up), control('p')], Action::Move(Motion::Up), ("上一条", "previous result")),
    hinted(&[SEARCH], &[key(KeyCode::F(4))], Action::Why, ("依据", "why")),
    binding(LISTS, &[letter('j'), key(KeyCode::Down)], Action::Move(Motion::Down), ("向下", "down")),
    binding(LISTS, &[letter('k'), key(KeyCode::Up)], Action::Move(Motion::Up), ("向上", "up")),
    binding(LISTS, &[key(KeyCode::PageDown), letter(' ')], Action::Move(Motion::PageDown), ("下一页", "page down")),
    binding(LISTS, &[key(KeyCode::PageUp), letter('b')], Action::Move(Motion::PageUp), ("上一页", "page up")),
    binding(LISTS, &[letter('g'), key(KeyCode::Home)], Action::Move(Motion::First), ("到开头", "to the beginning")),
    binding(LISTS, &[letter('G'), key(KeyCode::End)], Action::Move(Motion::Last), ("到末尾", "to the end")),
    binding(&[SEARCH], &[key(KeyCode::PageDown), control('d')], Action::Move(Motion::PageDown), ("下一页", "page down")),
    binding(&[SEARCH], &[key(KeyCode::PageUp), control('g')], Action::Move(Motion::PageUp), ("上一页", "page up")),
    binding(PANES, &[letter('h'), key(KeyCode::Left)], Action::Fold, ("折叠，或到上级", "fold, or to the parent")),
    binding(PANES, &[letter('l'), key(KeyCode::Right)], Action::Unfold, ("展开，或到下级", "unfold, or to the first child")),
    binding(&[SEARCH], &[key(KeyCode::Left), control('b')], Action::Edit(Edit::Left), ("光标左移", "cursor left")),
    binding(&[SEARCH], &[key(KeyCode::Right), control('o')], Action::Edit(Edit::Right), ("光标右移", "cursor right")),
    binding(&[SEARCH], &[key(KeyCode::Home), control('a')], Action::Edit(Edit::Home), ("光标到开头", "cursor to the beginning")),
    binding(&[SEARCH], &[key(KeyCode::End), control('e')], Action::Edit(Edit::End), ("光标到末尾", "cursor to the end")),
    binding(&[SEARCH], &[key(KeyCode::Backspace), control('h')], Action::Edit(Edit::Backspace), ("删去前一字", "delete before")),
    binding(&[SEARCH], &[key(KeyCode::Delete), control('x')], Action::Edit(Edit::Delete), ("删去后一字", "delete after")),
    binding(&[SEARCH], &[control('w')], Action::Edit(Edit::WordBefore), ("删去前一词", "delete word before")),
    binding(&[SEARCH], &[control('u')], Action::Edit(Edit::ClearBefore), ("清除", "clear")),
    hinted(&[READER, SEARCH], &[key(KeyCode::Esc), control('[')], Action::Back, ("返回", "back")),
    binding(&[TREE], &[key(KeyCode::Esc), key(KeyCode::Backspace)], Action::Back, ("返回", "back")),
    hinted(PANES, &[letter('?'), letter('？'), key(KeyCode::F(1))], Action::Help, ("帮助", "help")),
    binding(&[SEARCH], &[key(KeyCode::F(1))], Action::Help, ("帮助", "help")),
    hinted(
        &[HELP],
        &[key(KeyCode::Esc), letter('?'), letter('？'), letter('q'), key(KeyCode::F(1)), key(KeyCode::F(4))],
        Action::Help,
        ("关闭", "close"),
    ),
    hinted(PANES, &[letter('q'), control('c')], Action::Quit, ("退出", "quit")),
    binding(&[SEARCH, HELP], &[control('c'), control('q')], Action::Quit, ("退出", "quit")),
];

/// What a key does; in the prompt a character that is bound to nothing is typed.
#[must_use]
pub fn action(context: Context, event: KeyEvent) -> Option<Action> {
    let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    // Some keyboards type characters with AltGr, which terminals report as both.
    let is_alt_gr = modifiers == KeyModifiers::CONTROL | KeyModifiers::ALT;
    let modifiers = if is_alt_gr { KeyModifiers::NONE } else { modifiers };
    let pressed = Key { code: event.code, modifiers };
    let bound = BINDINGS.iter().find(|binding| binding.contexts.contains(&context) && binding.keys.contains(&pressed));
    bound.map(|binding| binding.action.clone()).or_else(|| match (context, pressed.code) {
        (Context::Search, KeyCode::Char(character)) if modifiers.is_empty() => Some(Action::Insert(character.to_string())),
        _ => None,
    })
}

/// The rows that hold somewhere, in the order of the table.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context))
}

/// Keys that are printed on keyboards otherwise than crossterm names them.
const PRINTED: [(KeyCode, &str); 10] = [
    (KeyCode::Char(' '), "Space"),
    (KeyCode::Up, "↑"),
    (KeyCode::Down, "↓"),
    (KeyCode::Left, "←"),
    (KeyCode::Right, "→"),
    (KeyCode::PageUp, "PgUp"),
    (KeyCode::PageDown, "PgDn"),
    (KeyCode::BackTab, "⇧Tab"),
    (KeyCode::Delete, "Del"),
    (KeyCode::Insert, "Ins"),
];

impl Binding {
    /// What the keys do.
    #[must_use]
    pub const fn name(&self, language: Language) -> &'static str {
        language.pick(self.chinese, self.english)
    }

    /// Whether it does something only where something was found.
    #[must_use]
    pub fn needs_hits(&self) -> bool {
        matches!(self.action, Action::NextHit | Action::PreviousHit | Action::Why)
    }

    /// All keys, for the help: `j ↓`.
    #[must_use]
    pub fn all_keys(&self) -> String {
        self.keys.iter().map(Key::name).collect::<Vec<_>>().join(" ")
    }
}

impl Key {
    /// The key as it is printed on keyboards.
    #[must_use]
    pub fn name(&self) -> String {
        let control = if self.modifiers.contains(KeyModifiers::CONTROL) { "^" } else { "" };
        let printed = PRINTED.iter().find(|(code, _)| *code == self.code).map(|(_, name)| (*name).to_owned());
        let name = printed.unwrap_or_else(|| self.code.to_string());
        let name = if control.is_empty() { name } else { name.to_uppercase() };
        format!("{control}{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_one_place() {
        for context in [TREE, READER, SEARCH, HELP] {
            let keys: Vec<_> = bindings(context).flat_map(|binding| binding.keys).collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys.iter().skip(at + 1).any(|other| other == key), "{} in {context:?}", key.name());
            }
        }
    }

    #[test]
    fn full_width_keys_do_what_their_half_width_twins_do() {
        for (full, half) in [('／', '/'), ('？', '?')] {
            let press = |character| action(TREE, KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE));
            assert_eq!(press(full), press(half));
            assert!(press(full).is_some());
        }
    }

    #[test]
    fn what_is_bound_to_nothing_is_typed_in_the_prompt_only() {
        let press = |context| action(context, KeyEvent::new(KeyCode::Char('易'), KeyModifiers::NONE));
        assert_eq!(press(SEARCH), Some(Action::Insert("易".to_owned())));
        assert_eq!(press(READER), None);
    }
}
