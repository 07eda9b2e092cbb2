//! What is pressed for an action: one key, or two, one after the other (`[[`, `g h`).

use super::{Key, NotAKey};

/// A key, or a key after another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sequence {
    /// The key that is pressed before; none for a single key.
    pub lead: Option<Key>,
    /// The key, or the second of two.
    pub key: Key,
}

impl Sequence {
    /// A single key.
    #[must_use]
    pub const fn single(key: Key) -> Self {
        Self { lead: None, key }
    }

    /// The key that is pressed first.
    #[must_use]
    pub fn first(&self) -> Key {
        self.lead.unwrap_or(self.key)
    }

    /// Whether one is the key that the other begins with.
    #[must_use]
    pub fn begins_or_is_begun_by(&self, other: &Self) -> bool {
        self.lead.is_some() != other.lead.is_some() && self.first() == other.first()
    }

    /// As it is printed on keyboards: `n`, `^F`, `[[`, `g Home`.
    #[must_use]
    pub fn name(&self) -> String {
        let Some(lead) = self.lead else { return self.key.name() };
        let between = if lead.is_plain() && self.key.is_plain() { "" } else { " " };
        format!("{}{between}{}", lead.name(), self.key.name())
    }

    /// What is written so in a file of settings: `n`, `ctrl-j`, `[ [`; two plain characters may stand together, as in `[[`.
    ///
    /// # Errors
    /// Where one of the keys has no such name.
    pub fn named(name: &str) -> Result<Self, NotAKey> {
        let mut characters = name.chars();
        let pair = (characters.next(), characters.next(), characters.next());
        match (Key::named(name), pair) {
            (Ok(key), _) => Ok(Self::single(key)),
            (Err(NotAKey), (Some(lead), Some(key), None)) if !name.contains(' ') => Self::of(&lead.to_string(), &key.to_string()),
            (Err(NotAKey), _) => {
                let (lead, key) = name.split_once(' ').ok_or(NotAKey)?;
                Self::of(lead, key)
            }
        }
    }

    /// The name by which [`Sequence::named`] finds it.
    #[must_use]
    pub fn written(&self) -> String {
        let lead = self.lead.map(|lead| format!("{} ", lead.written())).unwrap_or_default();
        format!("{lead}{}", self.key.written())
    }

    fn of(lead: &str, key: &str) -> Result<Self, NotAKey> {
        Ok(Self { lead: Some(Key::named(lead)?), key: Key::named(key)? })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn whatever_is_pressed_for_an_action_can_be_written() {
        for sequence in table().flat_map(|binding| binding.keys.iter()) {
            assert_eq!(Sequence::named(&sequence.written()), Ok(*sequence), "{}", sequence.written());
        }
    }

    #[test]
    fn two_keys_are_written_apart_or_together() {
        for (written, printed) in
            [("[ [", "[["), ("gg", "gg"), ("g home", "g Home"), ("ctrl-x ctrl-s", "^X ^S"), ("space f", "Space f")]
        {
            assert_eq!(Sequence::named(written).map(|sequence| sequence.name()), Ok(printed.to_owned()));
        }
        assert_eq!(Sequence::named("up").map(|sequence| sequence.lead), Ok(None));
        for nonsense in ["", "g ", " g", "a b c", "abc", "g strg-j"] {
            assert_eq!(Sequence::named(nonsense), Err(NotAKey), "{nonsense}");
        }
    }

    #[test]
    fn a_key_cannot_stand_alone_where_it_begins_something() {
        let of = |written| Sequence::named(written).unwrap();
        assert!(of("g").begins_or_is_begun_by(&of("gg")) && of("gh").begins_or_is_begun_by(&of("g")));
        assert!(!of("gg").begins_or_is_begun_by(&of("gh")) && !of("g").begins_or_is_begun_by(&of("g")));
        assert!(!of("h").begins_or_is_begun_by(&of("gh")));
    }
}
