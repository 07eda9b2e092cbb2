//! The keymap: ONE table of what every key does where. Key hints, help, and what may follow a first key are made from it.
//!
//! Keys that are typed with a Chinese input method on come as full-width characters (？ ／ （ 。); they count as the keys that they are
//! typed with, except in the prompt, which takes what was typed.

mod basics;
mod find;
mod keep;
mod names;
mod resolved;
mod sequence;
mod walk;
mod width;

use std::borrow::Cow;

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::action::Action;
use crate::diagnostic::Language;

pub use names::NotAKey;
pub use resolved::{Keymap, Order, Pressed, Trouble};
pub use sequence::Sequence;

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
    /// In the line where a note is written.
    Note,
    /// In the list of bookmarks and notes.
    Notes,
}

impl Context {
    /// Whether characters are typed here, so that none of them can be a key.
    #[must_use]
    pub const fn is_typing(self) -> bool {
        match self {
            Self::Search | Self::Picker | Self::Note => true,
            Self::Tree | Self::Reader | Self::Help | Self::Notes => false,
        }
    }
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
    /// What is pressed for it, the one to show first.
    pub keys: Cow<'static, [Sequence]>,
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
const NOTE: Context = Context::Note;
const NOTES: Context = Context::Notes;
const PICKER: Context = Context::Picker;
const PROMPTS: &[Context] = &[SEARCH, PICKER];
const PANES: &[Context] = &[TREE, READER];
const LISTS: &[Context] = &[TREE, READER, HELP];

const fn with(modifiers: KeyModifiers, code: KeyCode) -> Sequence {
    Sequence::single(Key { code, modifiers })
}

const fn key(code: KeyCode) -> Sequence {
    with(KeyModifiers::NONE, code)
}

const fn letter(character: char) -> Sequence {
    key(KeyCode::Char(character))
}

const fn control(character: char) -> Sequence {
    with(KeyModifiers::CONTROL, KeyCode::Char(character))
}

const fn alt(character: char) -> Sequence {
    with(KeyModifiers::ALT, KeyCode::Char(character))
}

/// Two characters, one after the other.
const fn after(lead: char, character: char) -> Sequence {
    Sequence { lead: Some(letter(lead).key), key: letter(character).key }
}

const fn binding(
    contexts: &'static [Context],
    keys: &'static [Sequence],
    action: Action,
    names: (&'static str, &'static str, &'static str),
) -> Binding {
    Binding { contexts, keys: Cow::Borrowed(keys), id: names.0, action, chinese: names.1, english: names.2, is_hint: false }
}

const fn hinted(
    contexts: &'static [Context],
    keys: &'static [Sequence],
    action: Action,
    names: (&'static str, &'static str, &'static str),
) -> Binding {
    Binding { contexts, keys: Cow::Borrowed(keys), id: names.0, action, chinese: names.1, english: names.2, is_hint: true }
}

/// The table, area by area. The order is that of hints and help.
pub fn table() -> impl Iterator<Item = &'static Binding> {
    [basics::BINDINGS, walk::BINDINGS, find::BINDINGS, keep::BINDINGS].into_iter().flatten()
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

    /// Whether a key is only the first of what is pressed for it.
    #[must_use]
    pub fn is_begun_by(&self, key: Key) -> bool {
        let is_alone = self.keys.contains(&Sequence::single(key));
        self.keys.iter().any(|sequence| sequence.lead == Some(key)) || self.action.takes_letter() && is_alone
    }

    /// All keys, for the help: `j ↓`.
    #[must_use]
    pub fn all_keys(&self) -> String {
        self.keys.iter().map(Sequence::name).collect::<Vec<_>>().join(" ")
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

    /// Whether it is a character that is printed as itself.
    fn is_plain(&self) -> bool {
        self.types() && self.code != KeyCode::Char(' ')
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyEvent;

    use super::*;

    fn press(context: Context, character: char) -> Pressed {
        Keymap::default().pressed(context, None, KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE))
    }

    #[test]
    fn no_key_is_bound_twice_in_one_place() {
        for context in [TREE, READER, SEARCH, HELP, PICKER, NOTE, NOTES] {
            let keymap = Keymap::default();
            let keys = keymap.bindings(context).flat_map(|binding| binding.keys.iter().map(|key| (&binding.action, *key)));
            let keys: Vec<_> = keys.collect();
            for (at, key) in keys.iter().enumerate() {
                let mut others = keys.iter().skip(at + 1);
                assert!(!others.any(|other| resolved::clash(*key, *other)), "{} in {context:?}", key.1.name());
            }
        }
    }

    #[test]
    fn full_width_keys_do_what_their_half_width_twins_do() {
        for (full, half) in [('／', '/'), ('？', '?'), ('ｊ', 'j'), ('Ｇ', 'G'), ('、', '/'), ('　', ' ')] {
            assert_eq!(press(TREE, full), press(TREE, half));
            assert_ne!(press(TREE, full), Pressed::Nothing, "{full}");
        }
        assert_eq!(press(SEARCH, '？'), Pressed::Does(Action::Insert("？".to_owned())));
    }

    #[test]
    fn what_is_bound_to_nothing_is_typed_in_the_prompt_only() {
        assert_eq!(press(SEARCH, '易'), Pressed::Does(Action::Insert("易".to_owned())));
        assert_eq!(press(READER, '易'), Pressed::Nothing);
    }
}
