//! The keymap: ONE table of what every key does where. Key hints and help are made from it.
//!
//! Keys that are typed with a Chinese input method on come as full-width characters (？ ／ （ 。); they count as the keys that they are
//! typed with, except in the prompt, which takes what was typed.

mod basics;
mod find;
mod walk;
mod width;

pub(super) use width::half as half_width;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::Action;
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
    /// In a list to choose from that lies over the panes.
    Picker,
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
    /// The name of what they do in the user's configuration: `next-hit`.
    pub id: &'static str,
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
const PICKER: Context = Context::Picker;
const PROMPTS: &[Context] = &[SEARCH, PICKER];
const PANES: &[Context] = &[TREE, READER];
const LISTS: &[Context] = &[TREE, READER, HELP];

pub(super) const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

pub(super) const fn letter(character: char) -> Key {
    key(KeyCode::Char(character))
}

pub(super) const fn control(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
}

pub(super) const fn binding(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    names: (&'static str, &'static str, &'static str),
) -> Binding {
    Binding { contexts, keys, id: names.0, action, chinese: names.1, english: names.2, is_hint: false }
}

pub(super) const fn hinted(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    names: (&'static str, &'static str, &'static str),
) -> Binding {
    Binding { contexts, keys, id: names.0, action, chinese: names.1, english: names.2, is_hint: true }
}

/// The table, area by area. The order is that of hints and help.
pub fn table() -> impl Iterator<Item = &'static Binding> {
    [basics::BINDINGS, walk::BINDINGS, find::BINDINGS].into_iter().flatten()
}

/// What a key does; in the prompt a character that is bound to nothing is typed.
#[must_use]
pub fn action(context: Context, event: KeyEvent) -> Option<Action> {
    let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    // Some keyboards type characters with AltGr, which terminals report as both.
    let is_alt_gr = modifiers == KeyModifiers::CONTROL | KeyModifiers::ALT;
    let modifiers = if is_alt_gr { KeyModifiers::NONE } else { modifiers };
    let pressed = Key { code: event.code, modifiers };
    let is_typed = matches!(context, Context::Search | Context::Picker);
    let half =
        event.code.as_char().filter(|_| !is_typed).map(|character| Key { code: KeyCode::Char(half_width(character)), modifiers });
    let bound = row(context, pressed).or_else(|| row(context, half?));
    bound.map(|binding| binding.action.clone()).or_else(|| match (context, pressed.code) {
        (Context::Search | Context::Picker, KeyCode::Char(character)) if modifiers.is_empty() => {
            Some(Action::Insert(character.to_string()))
        }
        _ => None,
    })
}

/// The row of a key.
fn row(context: Context, pressed: Key) -> Option<&'static Binding> {
    table().find(|binding| binding.contexts.contains(&context) && binding.keys.contains(&pressed))
}

/// The rows that hold somewhere, in the order of the table.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    table().filter(move |binding| binding.contexts.contains(&context))
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
        let alt = if self.modifiers.contains(KeyModifiers::ALT) { "Alt-" } else { "" };
        let name = if control.is_empty() { name } else { name.to_uppercase() };
        format!("{control}{alt}{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_one_place() {
        for context in [TREE, READER, SEARCH, HELP, PICKER] {
            let keys: Vec<_> = bindings(context).flat_map(|binding| binding.keys).collect();
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys.iter().skip(at + 1).any(|other| other == key), "{} in {context:?}", key.name());
            }
        }
    }

    #[test]
    fn full_width_keys_do_what_their_half_width_twins_do() {
        for (full, half) in [('／', '/'), ('、', '/'), ('？', '?'), ('ｊ', 'j'), ('Ｇ', 'G'), ('\u{3000}', ' ')] {
            let press = |character| action(TREE, KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE));
            assert_eq!(press(full), press(half));
            assert!(press(full).is_some());
        }
        let typed = action(SEARCH, KeyEvent::new(KeyCode::Char('？'), KeyModifiers::NONE));
        assert_eq!(typed, Some(Action::Insert("？".to_owned())));
    }

    #[test]
    fn what_is_bound_to_nothing_is_typed_in_the_prompt_only() {
        let press = |context| action(context, KeyEvent::new(KeyCode::Char('易'), KeyModifiers::NONE));
        assert_eq!(press(SEARCH), Some(Action::Insert("易".to_owned())));
        assert_eq!(press(READER), None);
    }
}
