//! The keys that are in force: the table of the program with what the user has changed in it.
//!
//! An [`Order`] gives an action other keys, in every place where the action is known. A key that the user gives to an action is taken
//! from whatever had it there before; of two orders for the same key the first holds and the second is told. In a line where one
//! types, a character is typed and cannot be a key.

use std::borrow::Cow;

use ratatui::crossterm::event::{KeyEvent, KeyModifiers};

use super::{Binding, Context, Key, table};
use crate::tui::action::Action;

/// All bindings that are in force, in the order of the table.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// An action is to have these keys and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The name of the action.
    pub id: String,
    /// Its keys, the one to show first.
    pub keys: Vec<Key>,
}

/// What could not be done as it was ordered; the numbers are those of the orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No action has the name.
    UnknownAction(usize),
    /// An earlier order gives the same key to another action in the same place.
    Taken {
        /// The later order.
        order: usize,
        /// The key.
        key: Key,
        /// The action that has it.
        by: &'static str,
    },
    /// All places of the action are lines where one types, and the key types a character.
    Types {
        /// The order.
        order: usize,
        /// The key.
        key: Key,
    },
    /// An action that was not mentioned has lost its last key in some place.
    Orphaned {
        /// The order that took it.
        order: usize,
        /// The action that has no key any more.
        id: &'static str,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        Self { bindings: table().cloned().collect() }
    }
}

impl Keymap {
    /// The table with these changes, and what was wrong with them.
    #[must_use]
    pub fn resolved(orders: &[Order]) -> (Self, Vec<Trouble>) {
        let mut keymap = Self::default();
        let mut troubles = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            if keymap.bindings.iter().all(|binding| binding.id != order.id) {
                troubles.push(Trouble::UnknownAction(number));
                continue;
            }
            for at in 0..keymap.bindings.len() {
                keymap.give(at, number, orders, &mut troubles);
            }
            let is_typed_only = keymap.of(&order.id).all(|binding| binding.contexts.iter().all(|context| context.is_typing()));
            let typing = order.keys.iter().filter(|key| is_typed_only && key.types());
            troubles.extend(typing.map(|key| Trouble::Types { order: number, key: *key }));
        }
        troubles.dedup();
        (keymap, troubles)
    }

    /// What a key does; in a line where one types, a character that is bound to nothing is typed.
    #[must_use]
    pub fn action(&self, context: Context, event: KeyEvent) -> Option<Action> {
        let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        // Some keyboards type characters with AltGr, which terminals report as both.
        let is_alt_gr = modifiers == KeyModifiers::CONTROL | KeyModifiers::ALT;
        let modifiers = if is_alt_gr { KeyModifiers::NONE } else { modifiers };
        let pressed = Key { code: event.code, modifiers };
        let bound = |key: Key| self.bindings(context).find(|binding| binding.keys.contains(&key));
        let folded = || Some(pressed.half_width()).filter(|_| !context.is_typing()).and_then(bound);
        let typed = || pressed.code.as_char().filter(|_| context.is_typing() && modifiers.is_empty());
        let found = bound(pressed).or_else(folded).map(|binding| binding.action.clone());
        found.or_else(|| Some(Action::Insert(typed()?.to_string())))
    }

    /// The bindings that hold somewhere, in the order of the table.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.contexts.contains(&context))
    }

    fn of<'k>(&'k self, id: &'k str) -> impl Iterator<Item = &'k Binding> {
        self.bindings.iter().filter(move |binding| binding.id == id)
    }

    /// Obeys an order at one binding, where that is the one that is meant.
    fn give(&mut self, at: usize, number: usize, orders: &[Order], troubles: &mut Vec<Trouble>) {
        let Some((order, binding)) = orders.get(number).zip(self.bindings.get(at)) else { return };
        if binding.id != order.id {
            return;
        }
        let (id, contexts) = (binding.id, binding.contexts);
        let is_typing = contexts.iter().any(|context| context.is_typing());
        let fits = |key: &Key| !(is_typing && key.types() || belongs_elsewhere(at, *key));
        let mut keys: Vec<Key> = order.keys.iter().copied().filter(fits).collect();
        if keys.is_empty() && !order.keys.is_empty() {
            return;
        }
        let is_ordered = |other: &str| orders.iter().take(number).any(|earlier| earlier.id == other);
        for other in self.bindings.iter_mut().filter(|other| other.id != id && meet(other.contexts, contexts)) {
            if is_ordered(other.id) {
                let taken = keys.extract_if(.., |key| other.keys.contains(key));
                troubles.extend(taken.map(|key| Trouble::Taken { order: number, key, by: other.id }));
            } else if other.keys.iter().any(|key| keys.contains(key)) {
                other.keys.to_mut().retain(|key| !keys.contains(key));
                if other.keys.is_empty() && orders.iter().all(|order| order.id != other.id) {
                    troubles.push(Trouble::Orphaned { order: number, id: other.id });
                }
            }
        }
        if let Some(binding) = self.bindings.get_mut(at) {
            binding.keys = Cow::Owned(keys);
        }
    }
}

/// Whether a key is one of those that the action has anyhow in other places, while here another action has it: Esc goes back from the
/// text and closes the help, and saying so must not change either.
fn belongs_elsewhere(at: usize, key: Key) -> bool {
    let Some(binding) = table().nth(at).filter(|binding| !binding.keys.contains(&key)) else { return false };
    let has_elsewhere = table().any(|other| other.id == binding.id && other.keys.contains(&key));
    let is_taken =
        || table().any(|other| other.id != binding.id && meet(other.contexts, binding.contexts) && other.keys.contains(&key));
    has_elsewhere && is_taken()
}

fn meet(some: &[Context], others: &[Context]) -> bool {
    some.iter().any(|context| others.contains(context))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(id: &str, keys: &[&str]) -> Order {
        Order { id: id.to_owned(), keys: keys.iter().map(|key| Key::named(key).unwrap()).collect() }
    }

    fn press(keymap: &Keymap, context: Context, key: &str) -> Option<Action> {
        let key = Key::named(key).unwrap();
        keymap.action(context, KeyEvent::new(key.code, key.modifiers))
    }

    #[test]
    fn an_action_has_the_keys_it_was_given_and_no_others() {
        let (keymap, troubles) = Keymap::resolved(&[order("next-hit", &["ctrl-j", "+"])]);
        assert_eq!(troubles, []);
        for context in [Context::Tree, Context::Reader] {
            assert_eq!(press(&keymap, context, "ctrl-j"), Some(Action::NextHit));
            assert_eq!(press(&keymap, context, "n"), None);
        }
    }

    #[test]
    fn a_key_is_taken_from_what_had_it() {
        let (keymap, troubles) = Keymap::resolved(&[order("next-hit", &["j"])]);
        assert_eq!(troubles, []);
        assert_eq!(press(&keymap, Context::Reader, "j"), Some(Action::NextHit));
        let moves = Action::Move(crate::tui::action::Motion::Down);
        assert_eq!(press(&keymap, Context::Reader, "down"), Some(moves.clone()));
        let (_, troubles) = Keymap::resolved(&[order("next-hit", &["y", "c", "ctrl-y"])]);
        assert_eq!(troubles, [Trouble::Orphaned { order: 0, id: "copy-citation" }]);
    }

    #[test]
    fn of_two_orders_for_a_key_the_first_holds() {
        let orders = [order("next-hit", &["x"]), order("previous-hit", &["x", "z"])];
        let (keymap, troubles) = Keymap::resolved(&orders);
        let key = Key::named("x").unwrap();
        assert!(troubles.contains(&Trouble::Taken { order: 1, key, by: "next-hit" }), "{troubles:?}");
        assert_eq!(press(&keymap, Context::Reader, "x"), Some(Action::NextHit));
        assert_eq!(press(&keymap, Context::Reader, "z"), Some(Action::PreviousHit));
    }

    #[test]
    fn characters_stay_characters_where_one_types() {
        let (keymap, troubles) = Keymap::resolved(&[order("down", &["e", "ctrl-t"])]);
        assert_eq!(troubles, []);
        assert_eq!(press(&keymap, Context::Search, "e"), Some(Action::Insert("e".to_owned())));
        assert!(matches!(press(&keymap, Context::Search, "ctrl-t"), Some(Action::Move(_))));
        assert!(matches!(press(&keymap, Context::Tree, "e"), Some(Action::Move(_))));
        let (_, troubles) = Keymap::resolved(&[order("edit-left", &["e"]), order("nonsense", &["r"])]);
        let key = Key::named("e").unwrap();
        assert_eq!(troubles, [Trouble::Types { order: 0, key }, Trouble::UnknownAction(1)]);
    }
}
