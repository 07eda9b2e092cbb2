//! What may follow the first of two keys, as rows: the keymap says which keys and what they do, the memory which marks there are.

use super::breadcrumb::breadcrumb;
use super::keymap::Key;
use super::state::State;
use crate::document::locator::Locator;
use crate::text::safe::safe_line;

/// The columns of the place of a mark.
const SHORT: usize = 36;

/// A key that may follow, and what it does then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Second {
    /// As it is printed on keyboards.
    pub key: String,
    /// In the language of the interface.
    pub does: String,
}

/// All keys that may follow `lead` where the focus is: those of the keymap in its order, then letters and the marks that they stand for.
#[must_use]
pub fn seconds(state: &State, lead: Key) -> Vec<Second> {
    let language = state.appearance.language;
    let bindings = || state.habits.keymap.bindings(state.context()).filter(|binding| binding.is_begun_by(lead));
    let mut seconds = Vec::new();
    for binding in bindings() {
        let follows = binding.keys.iter().filter(|sequence| sequence.lead == Some(lead)).map(|sequence| sequence.key.name());
        seconds.extend(follows.map(|key| Second { key, does: binding.name(language).to_owned() }));
    }
    let lettered = bindings().find(|binding| binding.action.takes_letter());
    if let Some(binding) = lettered {
        seconds.push(Second { key: "a–z 0–9".to_owned(), does: binding.name(language).to_owned() });
        let marks = state.memory.marks.iter();
        seconds.extend(marks.map(|(letter, written)| Second { key: letter.to_string(), does: place(state, written) }));
    }
    seconds
}

/// The place of a mark: the way to it where its document has been read, else its address.
fn place(state: &State, written: &str) -> String {
    let way = || {
        let locator = written.parse::<Locator>().ok()?;
        let document = state.shelf.find(&locator.document)?;
        let node = document.find(&locator.address)?;
        Some(breadcrumb(document, node, SHORT, state.appearance.ambiguous))
    };
    way().unwrap_or_else(|| safe_line(written).into_owned())
}
