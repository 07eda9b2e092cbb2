//! The state of searching: what is typed, what was found for it, what is selected, and where one came from.

use super::action::Motion;
use super::effect::{Effect, Job};
use super::prompt::Prompt;
use super::reader::Bookmark;
use super::results::{Entry, Results};
use super::state::Focus;
use super::tree::scrolled;

/// So many hits are asked for while typing; all of them once one is opened.
pub const WHILE_TYPING: usize = 200;

/// Everything about searching.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What is typed.
    pub prompt: Prompt,
    /// What was found; none before the first answer and where nothing is typed.
    pub results: Option<Results>,
    /// The selected entry.
    pub selected: usize,
    /// The first entry to be seen.
    pub first: usize,
    /// The place one stands at, in [`Results::places`].
    pub place: Option<usize>,
    /// Where one was before the search.
    pub origin: Option<Origin>,
    /// The number of the newest search.
    pub generation: u64,
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
    /// The selected entry.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.results.as_ref()?.entries.get(self.selected)
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
        Some(Effect::Search(Job { generation: self.generation, typed: self.prompt.text().to_owned(), limit }))
    }

    /// Moves the selection in a list that shows `page` entries.
    pub fn step(&mut self, motion: Motion, page: usize) {
        let entries = self.results.as_ref().map_or(0, |results| results.entries.len());
        self.selected = motion.target(self.selected, entries, page);
    }

    /// Scrolls so that the selected entry can be seen in a list that shows `page` entries.
    pub fn fit(&mut self, page: usize) {
        let entries = self.results.as_ref().map_or(0, |results| results.entries.len());
        self.selected = self.selected.min(entries.saturating_sub(1));
        self.first = scrolled(self.first, self.selected, page.max(1)).min(entries.saturating_sub(page.max(1)));
    }

    /// Ends the search; gives where one was before it.
    pub fn end(&mut self) -> Option<Origin> {
        let generation = self.generation + 1;
        let ended = std::mem::take(self);
        self.generation = generation;
        ended.origin
    }
}
