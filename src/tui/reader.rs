//! The reader as data: a laid-out document, how far it is scrolled, and the line that one reads.

use std::ops::Range;
use std::sync::Arc;

use super::action::Motion;
use super::action::walk::Way;
use super::page::{Page, PageOptions, Piece};
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::text::width::columns;

/// Of what is gone to in a wide table so many columns are to be seen.
const SHOWN: usize = 16;
/// The head of a table stays in sight where the window has so many times its height.
const LEAST_ROWS: usize = 3;

/// A place to return to: a document, a node of it and a byte of its text.
#[derive(Debug, Clone)]
pub struct Bookmark {
    /// The document.
    pub document: Arc<Document>,
    /// The node.
    pub node: NodeIndex,
    /// The byte.
    pub byte: usize,
}

/// What is being read.
///
/// `at` is the line one reads; it stands at the top of the window, or further down after a jump to a place that is shown with what
/// goes before it, and at the end of the document where the window cannot follow.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    document: Option<Arc<Document>>,
    page: Page,
    options: PageOptions,
    height: usize,
    at: usize,
    top: usize,
    shift: usize,
}

impl Reader {
    /// The document that is open.
    #[must_use]
    pub const fn document(&self) -> Option<&Arc<Document>> {
        self.document.as_ref()
    }

    /// Its lines.
    #[must_use]
    pub const fn page(&self) -> &Page {
        &self.page
    }

    /// The first line to be seen.
    #[must_use]
    pub const fn top(&self) -> usize {
        self.top
    }

    /// How many columns wide tables are moved to the left.
    #[must_use]
    pub const fn shift(&self) -> usize {
        self.shift
    }

    /// The lines to be seen, by their numbers: within a table its head above the rows.
    pub fn visible(&self) -> impl Iterator<Item = usize> {
        let head = self.head_over(self.top);
        let rows = self.top + head.len()..self.page.lines.len();
        head.chain(rows).take(self.height)
    }

    /// The line to be seen on which cells that go on from rows above repeat their words: the first of the first row, where the window begins
    /// within a table.
    #[must_use]
    pub fn carrying(&self) -> Option<usize> {
        let head = self.head_over(self.top).len();
        let mut rows = self.visible().skip(head);
        let begins =
            |at: &usize| self.page.lines.get(*at).is_some_and(|line| line.has_text() && self.page.line_of(line.node) == *at);
        rows.find(begins)
    }

    /// The line one reads.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The node one reads.
    #[must_use]
    pub fn current(&self) -> Option<NodeIndex> {
        self.page.lines.get(self.at).map(|line| line.node)
    }

    /// How much of the document has been seen down to the end of the window, in per cent.
    #[must_use]
    pub fn percentage(&self) -> usize {
        let seen = (self.top + self.height).min(self.page.lines.len());
        (seen * 100).checked_div(self.page.lines.len()).unwrap_or(100)
    }

    /// Where one reads.
    #[must_use]
    pub fn bookmark(&self) -> Option<Bookmark> {
        let node = self.current()?;
        let document = Arc::clone(self.document.as_ref()?);
        let byte = self.page.byte_of(self.at).or_else(|| Some(document.unit_start(document.node(node)?)))?;
        Some(Bookmark { document, node, byte })
    }

    /// Opens a document at its beginning; nothing changes where it is open already.
    pub fn open(&mut self, document: &Arc<Document>) {
        if !self.document.as_ref().is_some_and(|open| Arc::ptr_eq(open, document)) {
            self.page = Page::new(document, self.options);
            self.document = Some(Arc::clone(document));
            (self.at, self.top, self.shift) = (0, 0, 0);
        }
    }

    /// Shows a node from the top of the window on.
    pub fn go_to(&mut self, node: NodeIndex) {
        self.at = self.page.line_of(node).min(self.last());
        self.top = self.top_for(self.at);
    }

    /// Shows a byte of a node's text with some lines before it.
    pub fn go_to_byte(&mut self, node: NodeIndex, byte: usize) {
        self.at = self.page.line_at(node, byte).min(self.last());
        self.slide_to(byte);
        let start = self.page.line_of(node);
        let is_near = start + self.height / 2 > self.at;
        let shown = if is_near { start.min(self.at) } else { self.at.saturating_sub(self.height / 4) };
        self.top = shown.saturating_sub(self.height / 6).min(self.top_for(self.at));
    }

    /// Goes back to a bookmark.
    pub fn return_to(&mut self, bookmark: &Bookmark) {
        self.open(&bookmark.document);
        self.at = self.page.line_at(bookmark.node, bookmark.byte).min(self.last());
        self.top = self.top_for(self.at);
    }

    /// Reads the line that stands so many lines below the top of the window.
    pub fn point(&mut self, row: usize) {
        let line = self.visible().nth(row);
        self.at = line.unwrap_or_else(|| self.last());
    }

    /// Scrolls.
    pub fn scroll(&mut self, motion: Motion) {
        let page = self.height.saturating_sub(1 + self.head_over(self.top).len()).max(1);
        let lines = self.page.lines.len();
        let offset = self.at.saturating_sub(self.top);
        let top = motion.target(self.top, self.last_top() + 1, page);
        self.at = match motion {
            Motion::First | Motion::Last => motion.target(self.at, lines, page),
            Motion::Down | Motion::Up | Motion::PageDown | Motion::PageUp if top == self.top => motion.target(self.at, lines, page),
            Motion::Down | Motion::Up | Motion::PageDown | Motion::PageUp => (top + offset).min(self.last()),
        };
        self.top = top.min(self.top_for(self.at));
    }

    /// Moves wide tables by a column, as far as there is something to see; tells whether they moved.
    pub fn slide(&mut self, way: Way) -> bool {
        let lines = self.page.lines.iter();
        // The table that one reads, or the next one.
        let Some(wide) = lines.clone().skip(self.at).chain(lines).find_map(|line| line.wide.as_ref()) else { return false };
        let now = wide.moved(self.shift);
        let next = match way {
            Way::Back => wide.stops.iter().rfind(|stop| **stop < now),
            Way::Forth => wide.stops.iter().find(|stop| **stop > now),
        };
        self.shift = next.copied().unwrap_or(now);
        next.is_some()
    }

    /// Lays the document out for a window; the line one reads stays the one read.
    pub fn fit(&mut self, options: PageOptions, height: usize) {
        let offset = self.at.saturating_sub(self.top);
        self.height = height;
        if options != self.options {
            let place = self.bookmark();
            self.options = options;
            if let (Some(document), Some(place)) = (&self.document, place) {
                self.page = Page::new(document, options);
                self.at = self.page.line_at(place.node, place.byte);
                self.top = self.at.saturating_sub(offset);
            } else if let Some(document) = &self.document {
                self.page = Page::new(document, options);
            }
        }
        self.shift = self.shift.min(self.page.widest());
        self.at = self.at.min(self.last());
        self.top = self.top.min(self.last_top()).max((self.at + 1).saturating_sub(height.max(1))).min(self.top_for(self.at));
    }

    /// Moves a wide table so that a byte on the line one reads can be seen.
    fn slide_to(&mut self, byte: usize) {
        let Some((document, line)) = self.document.as_ref().zip(self.page.lines.get(self.at)) else { return };
        let Some(wide) = &line.wide else { return };
        let ambiguous = self.options.ambiguous;
        let shows = |piece: &&Piece| !matches!(piece, Piece::Source(span, _) if span.contains(&byte));
        let width = |piece: &Piece| match piece {
            Piece::Source(span, _) => columns(document.slice(span.clone()), ambiguous),
            Piece::Fill(text, _) => columns(text, ambiguous),
            Piece::Gap(_) => 1,
        };
        let before: usize = line.pieces.iter().take_while(shows).map(width).sum();
        let is_seen = |stop: &usize| wide.hidden(*stop) <= before && before + SHOWN <= stop + self.options.columns;
        if wide.label.contains(&before) || is_seen(&wide.moved(self.shift)) {
            return;
        }
        let nearest = || wide.stops.iter().rfind(|stop| wide.hidden(**stop) <= before);
        self.shift = wide.stops.iter().find(|stop| is_seen(stop)).or_else(nearest).copied().unwrap_or_default();
    }

    /// The lines of a table's head above the rows of a window that begins at the line `top`; none where they would take too much of it.
    fn head_over(&self, top: usize) -> Range<usize> {
        self.page.head_over(top, self.height / LEAST_ROWS)
    }

    /// The last line that a window can begin with in which `line` is seen, not covered by the head of its table.
    fn top_for(&self, line: usize) -> usize {
        let is_seen = |top: &usize| top + self.head_over(*top).len() <= line;
        (0..=line.min(self.last_top())).rev().find(is_seen).unwrap_or_default()
    }

    fn last(&self) -> usize {
        self.page.lines.len().saturating_sub(1)
    }

    fn last_top(&self) -> usize {
        self.page.lines.len().saturating_sub(self.height)
    }
}
