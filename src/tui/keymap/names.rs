//! Keys as people write them in a file of settings: `n`, `ctrl-j`, `alt-m`, `f5`, `shift-tab`, `pagedown`.
//!
//! Takes a name, gives a [`Key`], and the other way round. What a terminal cannot tell apart (`shift-up` from `up` in most of them)
//! has no name here.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::Key;
use super::width::half;

/// Names of keys that are more than one character long.
const NAMED: [(&str, KeyCode); 16] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("space", KeyCode::Char(' ')),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAKey;

impl Key {
    /// The key of this name; case matters for a single character only.
    ///
    /// # Errors
    /// Where no key has this name.
    pub fn named(name: &str) -> Result<Self, NotAKey> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = name;
        loop {
            let stripped = [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)]
                .into_iter()
                .find_map(|(lead, modifier)| Some((without(rest, lead)?, modifier)));
            let Some((after, modifier)) = stripped else { break };
            modifiers |= modifier;
            rest = after;
        }
        let mut characters = rest.chars();
        let code = match (characters.next(), characters.next()) {
            // With control a terminal sends the same for both cases.
            (Some(only), None) if modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Char(only.to_ascii_lowercase()),
            (Some(only), None) if !only.is_control() => KeyCode::Char(only),
            _ => code_named(&rest.to_ascii_lowercase()).ok_or(NotAKey)?,
        };
        Ok(Self { code, modifiers })
    }

    /// The name by which [`Key::named`] finds it.
    #[must_use]
    pub fn written(&self) -> String {
        let control = if self.modifiers.contains(KeyModifiers::CONTROL) { "ctrl-" } else { "" };
        let alt = if self.modifiers.contains(KeyModifiers::ALT) { "alt-" } else { "" };
        let named = NAMED.iter().find(|(_, code)| *code == self.code).map(|(name, _)| (*name).to_owned());
        let other = || self.code.as_char().map_or_else(|| self.code.to_string().to_ascii_lowercase(), String::from);
        let name = named.unwrap_or_else(other);
        format!("{control}{alt}{name}")
    }

    /// Whether pressing it types a character.
    #[must_use]
    pub fn types(&self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// The key behind a full-width character, as an input method sends it; itself where it is none.
    #[must_use]
    pub fn half_width(&self) -> Self {
        let code = self.code.as_char().map_or(self.code, |character| KeyCode::Char(half(character)));
        Self { code, modifiers: self.modifiers }
    }
}

fn without<'n>(name: &'n str, lead: &str) -> Option<&'n str> {
    let (start, rest) = name.split_at_checked(lead.len())?;
    (start.eq_ignore_ascii_case(lead) && !rest.is_empty()).then_some(rest)
}

fn code_named(name: &str) -> Option<KeyCode> {
    let function = || {
        let number = name.strip_prefix('f')?.parse().ok().filter(|number| (1..=12).contains(number))?;
        Some(KeyCode::F(number))
    };
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, code)| *code).or_else(function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_write_them() {
        let char = |character, modifiers| Ok(Key { code: KeyCode::Char(character), modifiers });
        assert_eq!(Key::named("Ctrl-J"), char('j', KeyModifiers::CONTROL));
        assert_eq!(Key::named("alt-M"), char('M', KeyModifiers::ALT));
        assert_eq!(Key::named("ctrl--"), char('-', KeyModifiers::CONTROL));
        assert_eq!(Key::named("-"), char('-', KeyModifiers::NONE));
        assert_eq!(Key::named("F5").map(|key| key.code), Ok(KeyCode::F(5)));
        for nonsense in ["", "ctrl-", "F0", "F13", "strg-j", "jj", "shift-up"] {
            assert_eq!(Key::named(nonsense), Err(NotAKey), "{nonsense}");
        }
    }
}
