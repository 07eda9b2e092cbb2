//! The reader as data: a laid-out document, how far it is scrolled, and the line that one reads.

use std::sync::Arc;

use super::action::Motion;
use super::action::walk::Way;
use super::page::{Page, PageOptions, Piece};
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::text::width::columns;

/// Wide tables are moved by so many columns.
const SLIDE: usize = 8;

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
        self.top = self.at.min(self.last_top());
    }

    /// Shows a byte of a node's text with some lines before it.
    pub fn go_to_byte(&mut self, node: NodeIndex, byte: usize) {
        self.at = self.page.line_at(node, byte).min(self.last());
        self.slide_to(byte);
        let start = self.page.line_of(node);
        let is_near = start + self.height / 2 > self.at;
        let shown = if is_near { start.min(self.at) } else { self.at.saturating_sub(self.height / 4) };
        self.top = shown.saturating_sub(self.height / 6);
        self.top = self.top.min(self.last_top());
    }

    /// Goes back to a bookmark.
    pub fn return_to(&mut self, bookmark: &Bookmark) {
        self.open(&bookmark.document);
        self.at = self.page.line_at(bookmark.node, bookmark.byte).min(self.last());
        self.top = self.at.min(self.last_top());
    }

    /// Reads the line that stands so many lines below the top of the window.
    pub fn point(&mut self, row: usize) {
        self.at = (self.top + row).min(self.last());
    }

    /// Scrolls.
    pub fn scroll(&mut self, motion: Motion) {
        let page = self.height.saturating_sub(1).max(1);
        let lines = self.page.lines.len();
        let offset = self.at.saturating_sub(self.top);
        let top = motion.target(self.top, self.last_top() + 1, page);
        self.at = match motion {
            Motion::First | Motion::Last => motion.target(self.at, lines, page),
            Motion::Down | Motion::Up | Motion::PageDown | Motion::PageUp if top == self.top => motion.target(self.at, lines, page),
            Motion::Down | Motion::Up | Motion::PageDown | Motion::PageUp => (top + offset).min(self.last()),
        };
        self.top = top;
    }

    /// Moves wide tables by some columns, as far as there is something to see; tells whether they moved.
    pub fn slide(&mut self, way: Way) -> bool {
        let before = self.shift;
        let most = self.page.widest().saturating_sub(self.options.columns);
        self.shift = match way {
            Way::Back => self.shift.saturating_sub(SLIDE),
            Way::Forth => (self.shift + SLIDE).min(most),
        };
        self.shift != before
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
        self.shift = self.shift.min(self.page.widest().saturating_sub(options.columns));
        self.at = self.at.min(self.last());
        self.top = self.top.min(self.last_top()).max((self.at + 1).saturating_sub(height.max(1))).min(self.at);
    }

    /// Moves a wide table so that a byte on the line one reads can be seen.
    fn slide_to(&mut self, byte: usize) {
        let Some((document, line)) = self.document.as_ref().zip(self.page.lines.get(self.at)).filter(|(_, line)| line.is_wide)
        else {
            return;
        };
        let ambiguous = self.options.ambiguous;
        let shows = |piece: &&Piece| !matches!(piece, Piece::Source(span, _) if span.contains(&byte));
        let width = |piece: &Piece| match piece {
            Piece::Source(span, _) => columns(document.slice(span.clone()), ambiguous),
            Piece::Fill(text, _) => columns(text, ambiguous),
            Piece::Gap(_) => 1,
        };
        let before: usize = line.pieces.iter().take_while(shows).map(width).sum();
        if before < self.shift || before + 2 * SLIDE > self.shift + self.options.columns {
            self.shift = before.saturating_sub(SLIDE).min(self.page.widest().saturating_sub(self.options.columns));
        }
    }

    fn last(&self) -> usize {
        self.page.lines.len().saturating_sub(1)
    }

    fn last_top(&self) -> usize {
        self.page.lines.len().saturating_sub(self.height)
    }
}
