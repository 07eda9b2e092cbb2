//! The state of the interface: everything that `view` draws and `update` changes.

use ratatui::layout::Size;

use super::habits::Habits;
use super::kept::Kept;
use super::keymap::{Context, Key};
use super::layout::Geometry;
use super::memory::Memory;
use super::overlay::{Overlay, Shape};
use super::reader::Reader;
use super::search::Search;
use super::sheet::Sheet;
use super::shelf::Shelf;
use super::theme::Theme;
use super::tree::{Tree, scrolled};
use super::walk::Walker;
use crate::diagnostic::{Bilingual, Language};
use crate::document::node::NodeIndex;
use crate::library::Listing;
use crate::text::width::Ambiguous;

/// What has the focus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// The tree.
    #[default]
    Tree,
    /// The text.
    Reader,
    /// The prompt, with the results where the tree was.
    Search,
}

/// What the interface is told once, when it begins.
#[derive(Debug, Clone, Copy)]
pub struct Appearance {
    /// The language that it speaks.
    pub language: Language,
    /// How it looks.
    pub theme: Theme,
    /// How wide the terminal shows ambiguous characters.
    pub ambiguous: Ambiguous,
}

/// A word to the user that stays until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Something was done.
    Done(Bilingual),
    /// Something could not be done.
    Trouble(Bilingual),
}

/// The whole state.
#[derive(Debug, Clone)]
pub struct State {
    /// Language, colours, widths.
    pub appearance: Appearance,
    /// Keys, theme, mouse, style of citations, as the user likes them.
    pub habits: Habits,
    /// The size of the terminal.
    pub size: Size,
    /// What has the focus.
    pub focus: Focus,
    /// The first of two keys, and where it was pressed, while the second is waited for.
    pub led: Option<(Context, Key)>,
    /// What lies over the screen, and its first line to be seen.
    pub sheet: Option<(Sheet, usize)>,
    /// The list to choose from that lies over the panes.
    pub overlay: Option<Overlay>,
    /// Whether what is selected is not shown beside the results.
    pub hides_preview: bool,
    /// How many units of how many have been written, while results are exported.
    pub exporting: Option<(usize, usize)>,
    /// How many gatherings there have been.
    pub gatherings: u64,
    /// The documents.
    pub shelf: Shelf,
    /// The tree.
    pub tree: Tree,
    /// The text.
    pub reader: Reader,
    /// The search.
    pub search: Search,
    /// Bookmarks, notes, what is marked.
    pub kept: Kept,
    /// Whether the line between the panes is being dragged.
    pub is_dragging: bool,
    /// What is remembered from one day to the next.
    pub memory: Memory,
    /// The way through the documents.
    pub walk: Walker,
    /// A word to the user.
    pub message: Option<Message>,
    /// The document, and the node of it, that is to be shown as soon as it has been read.
    pub wanted: Option<(usize, Option<NodeIndex>)>,
}

impl State {
    /// The state before anything happened; the first document is not read yet.
    #[must_use]
    pub fn new(listings: &[Listing], appearance: Appearance, size: Size) -> Self {
        let shelf = Shelf::new(listings);
        let mut state = Self {
            appearance,
            habits: Habits::default(),
            size,
            focus: Focus::Tree,
            led: None,
            sheet: None,
            overlay: None,
            hides_preview: false,
            exporting: None,
            gatherings: 0,
            tree: Tree::default(),
            reader: Reader::default(),
            search: Search::default(),
            kept: Kept::default(),
            is_dragging: false,
            memory: Memory::default(),
            walk: Walker::default(),
            message: None,
            wanted: None,
            shelf,
        };
        state.tree.refresh(&state.shelf);
        state.fit();
        state
    }

    /// Takes in what was remembered: the panes are divided as they were, and what begins will begin where it was left.
    pub fn restore(&mut self, memory: Memory) {
        self.memory = memory;
        self.fit();
    }

    /// The table of keys that is in force.
    #[must_use]
    pub const fn context(&self) -> Context {
        if self.kept.writing.is_some() {
            return Context::Note;
        }
        if self.kept.list.is_some() && self.sheet.is_none() {
            return Context::Notes;
        }
        match (self.sheet, &self.overlay, self.focus) {
            (Some(_), _, _) => Context::Help,
            (None, Some(_), _) => Context::Picker,
            (None, None, Focus::Tree) => Context::Tree,
            (None, None, Focus::Reader) => Context::Reader,
            (None, None, Focus::Search) => Context::Search,
        }
    }

    /// The first of two keys, while the second is waited for; it is forgotten where something else has come to lie over the screen.
    #[must_use]
    pub fn lead(&self) -> Option<Key> {
        self.led.filter(|(context, _)| *context == self.context()).map(|(_, key)| key)
    }

    /// Where everything stands on the screen.
    #[must_use]
    pub fn geometry(&self) -> Geometry {
        let is_beside = self.overlay.as_ref().is_some_and(|overlay| overlay.content.shape() == Shape::Beside);
        let focus = if is_beside { Focus::Search } else { self.focus };
        let geometry = Geometry::new(self.size, focus, self.memory.split);
        if focus == Focus::Search && self.hides_preview { geometry.without_preview() } else { geometry }
    }

    /// The place on the shelf of the document that is open.
    #[must_use]
    pub fn open_place(&self) -> Option<usize> {
        self.shelf.position(&self.reader.document()?.id)
    }

    /// The first and the last unit that are marked in the document that is open.
    #[must_use]
    pub fn marked(&self) -> Option<(NodeIndex, NodeIndex)> {
        let (place, from) = self.kept.anchor?;
        let current = self.reader.current().filter(|_| self.open_place() == Some(place))?;
        Some((from.min(current), from.max(current)))
    }

    /// How many notes can be seen at once: each takes two lines.
    #[must_use]
    pub fn notes_page(&self) -> usize {
        usize::from(self.size.height.saturating_sub(4) / 2).max(1)
    }

    /// How many entries of results can be seen at once: each takes two lines, one line tells their number.
    #[must_use]
    pub fn results_page(&self) -> usize {
        usize::from(self.geometry().list.height.saturating_sub(1) / 2).max(1)
    }

    /// Whether something is being gathered for the list over the panes.
    #[must_use]
    pub const fn is_gathering(&self) -> bool {
        matches!(&self.overlay, Some(overlay) if overlay.progress.is_some())
    }

    /// Whether there is something left to do when nothing else happens.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.overlay.as_ref().is_some_and(|overlay| overlay.picker.is_left())
    }

    /// Brings everything that depends on the size of the screen into line with it.
    pub fn fit(&mut self) {
        let geometry = self.geometry();
        self.reader.fit(geometry.page(self.appearance.ambiguous), usize::from(geometry.text.height));
        self.tree.fit(usize::from(geometry.list.height));
        let (page, notes) = (self.notes_page(), self.kept.notes().len());
        if let Some(list) = &mut self.kept.list {
            list.first = scrolled(list.first, list.selected, page).min(notes.saturating_sub(page));
        }
        if let Some(overlay) = &mut self.overlay {
            let head = overlay.picker.head_height();
            overlay.picker.fit(usize::from(geometry.overlay(overlay.content.shape()).height).saturating_sub(head));
        }
        let list = geometry.list;
        self.search.fit(usize::from(list.width), usize::from(list.height.saturating_sub(1)), self.appearance.ambiguous);
    }
}
