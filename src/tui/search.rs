//! The state of searching: what is typed, what was found for it, what is selected, and where one came from.

use super::action::Motion;
use super::effect::{Effect, Job};
use super::entry::Entry;
use super::listing::{Row, first_row, rows};
use super::prompt::Prompt;
use super::reader::Bookmark;
use super::results::{Item, Results};
use super::state::Focus;
use crate::diagnostic::Bilingual;
use crate::text::width::Ambiguous;

/// So many hits are asked for and listed while typing; all of them are asked for once one is opened.
pub const WHILE_TYPING: usize = 60;

/// Hits of so many documents are listed while typing.
const DOCUMENTS: usize = 16;

/// So many more are listed when one comes to the end of the list.
pub const MORE: usize = 200;

/// Everything about searching.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What is typed.
    pub prompt: Prompt,
    /// What was found; none before the first answer and where nothing is typed.
    pub results: Option<Results>,
    /// How many hits are listed beyond those that are listed while typing.
    pub more: usize,
    /// The selected item.
    pub selected: usize,
    /// The rows of the list, for its width.
    pub rows: Vec<Row>,
    /// The first row to be seen.
    pub first: usize,
    /// The place one stands at, in [`Results::places`].
    pub place: Option<usize>,
    /// Where one was before the search.
    pub origin: Option<Origin>,
    /// The number of the newest search.
    pub generation: u64,
    /// A word to the user in the line of the prompt, until the next key.
    pub said: Option<Bilingual>,
    /// Whether the list of ways to narrow is to be opened with the answer.
    pub narrows: bool,
    /// Whether its answer is still to come.
    pub is_waiting: bool,
    /// Whether it has been waited for so long that the user should be told.
    pub is_slow: bool,
}

/// Where one was before a search.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The place in the text, where there was one.
    pub bookmark: Option<Bookmark>,
    /// The pane that had the focus.
    pub focus: Focus,
}

impl Search {
    /// The selected unit; none where something else is selected.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.results.as_ref()?.entry(self.selected)
    }

    /// The string that is suggested and selected.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        match self.results.as_ref()?.items.get(self.selected)? {
            Item::Suggestion(suggestion) => Some(&suggestion.text),
            Item::Unit(_) => None,
        }
    }

    /// Asks for what is typed; where nothing is, forgets what was found.
    pub fn ask(&mut self, limit: Option<usize>) -> Option<Effect> {
        self.generation += 1;
        self.is_slow = false;
        if self.prompt.text().trim().is_empty() {
            self.results = None;
            self.place = None;
            self.is_waiting = false;
            return None;
        }
        self.is_waiting = true;
        let bookmark = self.origin.as_ref().and_then(|origin| origin.bookmark.as_ref());
        Some(Effect::Search(Job {
            generation: self.generation,
            typed: self.prompt.text().to_owned(),
            open: bookmark.map(|bookmark| bookmark.document.id.clone()),
            limit,
            listed: WHILE_TYPING + self.more,
            documents: DOCUMENTS + self.more,
            facets: self.narrows,
        }))
    }

    /// Moves the selection in a list that shows `page` items.
    pub fn step(&mut self, motion: Motion, page: usize) {
        self.selected = motion.target(self.selected, self.item_count(), page);
    }

    /// Makes the rows of a list of so many columns, and scrolls so that the selected item can be seen in its `height`.
    pub fn fit(&mut self, columns: usize, height: usize, ambiguous: Ambiguous) {
        self.selected = self.selected.min(self.item_count().saturating_sub(1));
        self.rows = self.results.as_ref().map(|results| rows(results, columns, ambiguous)).unwrap_or_default();
        self.first = first_row(&self.rows, self.first, self.selected, height);
    }

    fn item_count(&self) -> usize {
        self.results.as_ref().map_or(0, |results| results.items.len())
    }

    /// Ends the search; gives where one was before it.
    pub fn end(&mut self) -> Option<Origin> {
        let generation = self.generation + 1;
        let ended = std::mem::take(self);
        self.generation = generation;
        ended.origin
    }
}
