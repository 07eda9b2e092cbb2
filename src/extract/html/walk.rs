//! Elements → text and blocks.
//!
//! White space is collapsed as browsers do, with one difference: a line end in the source between two Chinese characters is no
//! space, since none was meant. `&nbsp;` is a space. The text has no control characters but line feeds, and tabs between cells.

use scraper::{ElementRef, Node};

use super::super::{RawBlock, Shape, StyleHint};
use super::table;

/// The text and its blocks, not yet tiled.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) blocks: Vec<RawBlock>,
    /// The number of the line that is being written, from 1.
    pub(super) line: u32,
    /// Line feeds to be written before the next character.
    pending: usize,
    space: Space,
    heading: Option<u8>,
    /// Within a cell line breaks are spaces: a row is one line.
    pub(super) in_cell: bool,
    /// Cells of tables that claim to cover more rows or columns than a table has.
    pub(super) absurd_spans: usize,
}

/// The white space before the next character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Space {
    #[default]
    None,
    /// A line end in the source or a break within a cell.
    Soft,
    Hard,
}

/// Elements that are never part of the text.
const LEFT_OUT: [&str; 17] = [
    "script", "style", "head", "title", "noscript", "template", "select", "button", "textarea", "input", "iframe", "object", "svg",
    "nav", "audio", "video", "canvas",
];
/// Elements that stand on lines of their own, a blank line around them.
const BLOCKS: [&str; 36] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "dl",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "blockquote",
    "pre",
    "center",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "hr",
    "address",
    "details",
    "summary",
    "tbody",
    "thead",
    "tfoot",
];
/// A heading that is longer is a paragraph in large letters.
const LONGEST_HEADING: usize = 60;

/// Writes the visible text of an element.
pub(super) fn write(element: ElementRef<'_>) -> Written {
    let mut written = Written { line: 1, ..Written::default() };
    written.children(element);
    written.doubt_headings();
    written
}

/// Whether an element and all in it is invisible or no text.
pub(super) fn is_left_out(element: ElementRef<'_>) -> bool {
    let hidden = || {
        let style: String = element.attr("style").unwrap_or_default().chars().filter(|letter| *letter != ' ').collect();
        let style = style.to_ascii_lowercase();
        element.attr("hidden").is_some() || style.contains("display:none") || style.contains("visibility:hidden")
    };
    LEFT_OUT.contains(&element.value().name()) || hidden()
}

/// `h1` to `h6`.
fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

impl Written {
    /// Writes all that stands in an element.
    pub(super) fn children(&mut self, element: ElementRef<'_>) {
        let is_pre = element.value().name() == "pre";
        for child in element.children() {
            if let Node::Text(text) = child.value() {
                self.text(text, is_pre);
            } else if let Some(child) = ElementRef::wrap(child) {
                self.element(child);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if is_left_out(element) {
            return;
        }
        if name == "br" {
            return self.break_line(1);
        }
        let lines = if BLOCKS.contains(&name) { 2 } else { usize::from(matches!(name, "li" | "dt" | "dd")) };
        self.break_line(lines);
        let outer = self.heading;
        self.heading = heading_level(name).or(outer);
        if name != "table" || self.in_cell || !table::write(self, element) {
            self.children(element);
        }
        self.heading = outer;
        self.break_line(lines);
    }

    /// Ends the line; 2 leaves a blank one.
    pub(super) fn break_line(&mut self, lines: usize) {
        if lines == 0 {
            return;
        }
        if self.in_cell {
            self.space = self.space.max(Space::Soft);
        } else {
            self.space = Space::None;
            self.pending = self.pending.max(lines);
        }
    }

    /// Writes the line feeds that are due.
    pub(super) fn begin_line(&mut self) {
        self.space = Space::None;
        if !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n('\n', self.pending));
            self.line = self.line.saturating_add(u32::try_from(self.pending).unwrap_or(u32::MAX));
        }
        self.pending = 0;
    }

    /// Forgets the white space before the next character: a cell begins.
    pub(super) fn drop_space(&mut self) {
        self.space = Space::None;
    }

    fn text(&mut self, text: &str, is_pre: bool) {
        for character in text.chars() {
            match character {
                '\n' if is_pre => self.break_line(1),
                '\n' | '\r' => self.space = self.space.max(Space::Soft),
                ' ' | '\t' | '\u{A0}' => self.space = Space::Hard,
                '\u{FEFF}' => {}
                visible if !visible.is_control() => self.visible(visible),
                _ => {}
            }
        }
    }

    fn visible(&mut self, character: char) {
        if !self.in_cell && (self.pending > 0 || self.text.is_empty()) {
            self.begin_line();
            let start = self.text.len();
            let shape = Shape::Paragraph(StyleHint { heading_level: self.heading, markup: 0 });
            self.blocks.push(RawBlock::at(start, self.line, shape));
        }
        let chinese = !character.is_ascii() && self.text.chars().next_back().is_some_and(|last| !last.is_ascii());
        let begins = self.text.is_empty() || self.text.ends_with(['\n', '\t']);
        let spaced = self.space == Space::Hard || (self.space == Space::Soft && !chinese);
        if spaced && !begins {
            self.text.push(' ');
        }
        self.space = Space::None;
        self.text.push(character);
    }

    /// The format's word for a heading is believed where it reads like one; the first line of a page is its title at any level.
    fn doubt_headings(&mut self) {
        let ends: Vec<usize> = self.blocks.iter().skip(1).map(|next| next.span.start).chain([self.text.len()]).collect();
        for (at, (block, end)) in self.blocks.iter_mut().zip(ends).enumerate() {
            let text = self.text.get(block.span.start..end).unwrap_or_default().trim();
            let Shape::Paragraph(hint) = &mut block.shape else { continue };
            let reads_like_one = text.chars().count() <= LONGEST_HEADING && !text.contains(['。', '；']);
            hint.heading_level = hint.heading_level.filter(|_| reads_like_one).map(|level| if at == 0 { 1 } else { level });
        }
    }
}

impl Space {
    fn max(self, other: Self) -> Self {
        if self == Self::Hard { self } else { other }
    }
}
