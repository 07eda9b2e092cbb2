//! The keys that are in force: the table of the program with what the user has changed in it.
//!
//! An [`Order`] gives an action other keys, in every place where the action is known. A key that the user gives to an action is taken
//! from whatever had it there before; of two orders for the same key the first holds and the second is told. A key that begins a
//! sequence can do nothing by itself, so that one takes it from the other in the same way. In a line where one types, a character is
//! typed and cannot be a key.

use std::borrow::Cow;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Binding, Context, Key, Sequence, table};
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
    /// What is pressed for it, the one to show first.
    pub keys: Vec<Sequence>,
}

/// What a key means where it is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// This is to be done.
    Does(Action),
    /// Another key is waited for, which tells what is to be done.
    Leads(Key),
    /// Nothing.
    Nothing,
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
        key: Sequence,
        /// The action that has it.
        by: &'static str,
    },
    /// All places of the action are lines where one types, and the key types a character.
    Types {
        /// The order.
        order: usize,
        /// The key.
        key: Sequence,
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
            let typing = order.keys.iter().filter(|key| is_typed_only && key.first().types());
            troubles.extend(typing.map(|key| Trouble::Types { order: number, key: *key }));
        }
        troubles.dedup();
        (keymap, troubles)
    }

    /// What a key means, after the key that was pressed before it where that begins something.
    ///
    /// After such a key, a character that does not follow it means nothing; any other key does what it always does. In a line where one
    /// types, a character that is bound to nothing is typed.
    #[must_use]
    pub fn pressed(&self, context: Context, lead: Option<Key>, event: KeyEvent) -> Pressed {
        let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        // Some keyboards type characters with AltGr, which terminals report as both.
        let is_alt_gr = modifiers == KeyModifiers::CONTROL | KeyModifiers::ALT;
        let modifiers = if is_alt_gr { KeyModifiers::NONE } else { modifiers };
        let key = Key { code: event.code, modifiers };
        match lead.map(|lead| self.second(context, lead, key)) {
            Some(Some(action)) => Pressed::Does(action),
            Some(None) if key.types() || key.code == KeyCode::Esc => Pressed::Nothing,
            Some(None) | None => self.first(context, key),
        }
    }

    fn first(&self, context: Context, key: Key) -> Pressed {
        let is_lead = |key: Key| self.bindings(context).any(|binding| binding.is_begun_by(key));
        let means = |key: Key| match self.alone(context, key) {
            _ if is_lead(key) => Some(Pressed::Leads(key)),
            binding => binding.map(|binding| Pressed::Does(binding.action.clone())),
        };
        let folded = || means(key.half_width()).filter(|_| !context.is_typing());
        let typed = || key.code.as_char().filter(|_| context.is_typing() && key.modifiers.is_empty());
        let inserted = || typed().map(|character| Pressed::Does(Action::Insert(character.to_string())));
        means(key).or_else(folded).or_else(inserted).unwrap_or(Pressed::Nothing)
    }

    /// What a key does after another one.
    fn second(&self, context: Context, lead: Key, key: Key) -> Option<Action> {
        let bound = |key| {
            let pressed = Sequence { lead: Some(lead), key };
            self.bindings(context).find(|binding| binding.keys.contains(&pressed)).map(|binding| binding.action.clone())
        };
        let folded = key.half_width();
        let letter = || folded.code.as_char().filter(|_| folded.modifiers.is_empty());
        let lettered = || self.alone(context, lead)?.action.lettered(letter()?);
        bound(key).or_else(|| bound(folded)).or_else(lettered)
    }

    /// What a key does by itself.
    fn alone(&self, context: Context, key: Key) -> Option<&Binding> {
        self.bindings(context).find(|binding| binding.keys.contains(&Sequence::single(key)))
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
        let (id, contexts, action) = (binding.id, binding.contexts, binding.action.clone());
        let is_typing = contexts.iter().any(|context| context.is_typing());
        let fits = |key: &Sequence| !(is_typing && key.first().types() || belongs_elsewhere(at, *key));
        let mut keys: Vec<Sequence> = order.keys.iter().copied().filter(fits).collect();
        if keys.is_empty() && !order.keys.is_empty() {
            return;
        }
        let is_ordered = |other: &str| orders.iter().take(number).any(|earlier| earlier.id == other);
        for other in self.bindings.iter_mut().filter(|other| other.id != id && meet(other.contexts, contexts)) {
            if is_ordered(other.id) {
                let is_taken = |key: &Sequence| other.keys.iter().any(|taken| clash((&action, *key), (&other.action, *taken)));
                let taken = keys.extract_if(.., |key| is_taken(key));
                troubles.extend(taken.map(|key| Trouble::Taken { order: number, key, by: other.id }));
                continue;
            }
            let other_action = other.action.clone();
            let is_lost = |taken: &Sequence| keys.iter().any(|key| clash((&action, *key), (&other_action, *taken)));
            if other.keys.iter().any(is_lost) {
                other.keys.to_mut().retain(|key| !is_lost(key));
                if other.keys.is_empty() && orders.iter().all(|order| order.id != other.id) {
                    troubles.push(Trouble::Orphaned { order: number, id: other.id });
                }
            }
        }
        // Where all of them are taken, the action stays as it was.
        if let Some(binding) = self.bindings.get_mut(at).filter(|_| !keys.is_empty()) {
            binding.keys = Cow::Owned(keys);
        }
    }
}

/// Whether a key is one of those that the action has anyhow in other places, while here another action has it: Esc goes back from the
/// text and closes the help, and saying so must not change either.
fn belongs_elsewhere(at: usize, key: Sequence) -> bool {
    let Some(binding) = table().nth(at).filter(|binding| !binding.keys.contains(&key)) else { return false };
    let has_elsewhere = table().any(|other| other.id == binding.id && other.keys.contains(&key));
    let is_taken =
        || table().any(|other| other.id != binding.id && meet(other.contexts, binding.contexts) && other.keys.contains(&key));
    has_elsewhere && is_taken()
}

/// Whether two actions cannot both have these keys in one place. What takes a letter waits for a second key anyhow.
pub(super) fn clash((one, key): (&Action, Sequence), (other, taken): (&Action, Sequence)) -> bool {
    key == taken || key.begins_or_is_begun_by(&taken) && !one.takes_letter() && !other.takes_letter()
}

fn meet(some: &[Context], others: &[Context]) -> bool {
    some.iter().any(|context| others.contains(context))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(id: &str, keys: &[&str]) -> Order {
        Order { id: id.to_owned(), keys: keys.iter().map(|key| Sequence::named(key).unwrap()).collect() }
    }

    fn press(keymap: &Keymap, context: Context, keys: &str) -> Option<Action> {
        let Sequence { lead, key } = Sequence::named(keys).unwrap();
        if let Some(lead) = lead {
            let led = keymap.pressed(context, None, KeyEvent::new(lead.code, lead.modifiers));
            assert_eq!(led, Pressed::Leads(lead), "{keys}");
        }
        match keymap.pressed(context, lead, KeyEvent::new(key.code, key.modifiers)) {
            Pressed::Does(action) => Some(action),
            Pressed::Leads(_) | Pressed::Nothing => None,
        }
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
        let key = Sequence::named("x").unwrap();
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
        let key = Sequence::named("e").unwrap();
        assert_eq!(troubles, [Trouble::Types { order: 0, key }, Trouble::UnknownAction(1)]);
    }

    #[test]
    fn two_keys_are_given_and_taken_like_one() {
        use crate::tui::action::walk::{Walk, Way};
        let chapter = |way| Some(Action::Walk(Walk::Chapter(way)));
        let (keymap, troubles) =
            Keymap::resolved(&[order("previous-chapter", &["z k"]), order("next-chapter", &["ctrl-x ctrl-n"])]);
        assert_eq!(troubles, []);
        assert_eq!(press(&keymap, Context::Reader, "z k"), chapter(Way::Back));
        assert_eq!(press(&keymap, Context::Tree, "ctrl-x ctrl-n"), chapter(Way::Forth));
        let (_, troubles) = Keymap::resolved(&[order("previous-chapter", &["z k"]), order("bookmark", &["z"])]);
        let key = Sequence::named("z").unwrap();
        assert_eq!(troubles, [Trouble::Taken { order: 1, key, by: "previous-chapter" }]);
    }

    #[test]
    fn a_key_by_itself_takes_all_that_it_began() {
        let (keymap, troubles) = Keymap::resolved(&[order("first", &["g"])]);
        assert_eq!(troubles, []);
        assert_eq!(press(&keymap, Context::Reader, "g"), Some(Action::Move(crate::tui::action::Motion::First)));
        let lead = Key::named("g").unwrap();
        assert!(!keymap.bindings(Context::Reader).any(|binding| binding.is_begun_by(lead)));
    }

    #[test]
    fn a_letter_follows_what_takes_one_and_nothing_else() {
        use crate::tui::action::walk::Walk;
        let (keymap, _) = Keymap::resolved(&[order("mark", &["z"])]);
        assert_eq!(press(&keymap, Context::Reader, "z q"), Some(Action::Walk(Walk::Mark(Some('q')))));
        assert_eq!(press(&keymap, Context::Reader, "z ？"), None);
        assert_eq!(press(&keymap, Context::Reader, "g q"), None);
        assert_eq!(press(&keymap, Context::Reader, "g down"), Some(Action::Move(crate::tui::action::Motion::Down)));
        assert_eq!(press(&keymap, Context::Reader, "g esc"), None);
    }
}
