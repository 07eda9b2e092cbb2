//! What the user keeps, as the interface knows it: bookmarks and notes with the places of their units, the note that is being written,
//! the list of them, the units that are marked.

use super::prompt::Prompt;
use super::shelf::Shelf;
use crate::corpus::notes::Note;
use crate::document::node::NodeIndex;
use crate::library::notes::{Standing, standing};

/// The state of keeping.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    notes: Vec<Note>,
    /// For each note the place of its unit; none where its document has not been read.
    places: Vec<Option<(usize, Standing)>>,
    /// The note that is being written.
    pub writing: Option<Writing>,
    /// The list of notes, where it is shown.
    pub list: Option<List>,
    /// Where marking began: the place of the document on the shelf and the unit.
    pub anchor: Option<(usize, NodeIndex)>,
}

/// A note that is being written.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The note as it was; none for a new one.
    pub before: Option<Note>,
    /// The note as it will be, but for its words.
    pub after: Note,
    /// Its words.
    pub prompt: Prompt,
}

/// The list of notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List {
    /// The note that is selected.
    pub selected: usize,
    /// The first one to be seen.
    pub first: usize,
}

impl Kept {
    /// All notes, in the order of their file.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Takes the notes as they are now.
    pub fn take(&mut self, notes: Vec<Note>, shelf: &Shelf) {
        self.places = vec![None; notes.len()];
        self.notes = notes;
        self.settle(shelf);
        let last = self.notes.len().saturating_sub(1);
        if let Some(list) = &mut self.list {
            list.selected = list.selected.min(last);
        }
    }

    /// Looks for the units of notes in the documents that have been read since.
    pub fn settle(&mut self, shelf: &Shelf) {
        for (note, place) in self.notes.iter().zip(&mut self.places).filter(|(_, place)| place.is_none()) {
            let document = &note.locator.document;
            *place = match (shelf.position(document), shelf.find(document)) {
                (Some(at), Some(document)) => Some((at, standing(note, document))),
                (Some(_), None) => None,
                (None, _) => Some((usize::MAX, Standing::Vanished)),
            };
        }
    }

    /// Where the unit of a note is; none where that is not known yet.
    #[must_use]
    pub fn place(&self, note: usize) -> Option<&(usize, Standing)> {
        self.places.get(note)?.as_ref()
    }

    /// The first note on a unit.
    #[must_use]
    pub fn on(&self, place: usize, node: NodeIndex) -> Option<&Note> {
        self.of(place).find(|(at, _)| *at == node).map(|(_, note)| note)
    }

    /// The notes on units of a document that has been read.
    pub fn of(&self, place: usize) -> impl Iterator<Item = (NodeIndex, &Note)> {
        let here = move |found: &Option<(usize, Standing)>| found.as_ref().filter(|(at, _)| *at == place)?.1.node();
        self.notes.iter().zip(&self.places).filter_map(move |(note, found)| Some((here(found)?, note)))
    }
}

/// The sign that stands beside a unit with this note.
#[must_use]
pub const fn sign(note: &Note) -> &'static str {
    if note.text.is_empty() { "⚑" } else { "✎" }
}
