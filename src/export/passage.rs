//! What is cited: a document, a node of it or a sentence of that, made ready for one line.
//!
//! Citations are pasted into other people's documents, so everything here comes out as one line without control characters. The
//! words themselves stay the original ones.

use std::ops::Range;

use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::{Address, Locator, Step, StepKind};
use crate::document::node::{Node, NodeIndex};

/// A place in a document, and whether its words are wanted.
#[derive(Debug, Clone)]
pub struct Passage<'d> {
    /// The document.
    pub document: &'d Document,
    /// The node; none for the document as a whole.
    pub node: Option<NodeIndex>,
    /// The last node of a range that begins with `node`; none for that node alone.
    pub through: Option<NodeIndex>,
    /// A sentence of the node.
    pub sentence: Option<Sentence>,
    /// Whether the words are quoted, not only the place.
    pub quoted: bool,
}

/// A sentence of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its count within the node, from 1; the number in `4.3.4.s2`.
    pub number: u32,
    /// Where it stands, in bytes of the unit's text.
    pub span: Range<usize>,
}

impl<'d> Passage<'d> {
    /// The title of the document.
    pub(super) fn title(&self) -> String {
        one_line(&self.document.metadata.title)
    }

    /// Who issued it.
    pub(super) fn issuer(&self) -> Option<String> {
        self.document.metadata.issuer.as_deref().map(one_line).filter(|issuer| !issuer.is_empty())
    }

    /// Its 文号.
    pub(super) fn number(&self) -> Option<String> {
        self.document.metadata.document_number.as_deref().map(one_line).filter(|number| !number.is_empty())
    }

    /// 《标题》（文号）.
    pub(super) fn official_name(&self) -> String {
        one_line(&self.document.official_name())
    }

    /// Where in the document, in words; empty for the document as a whole.
    #[must_use]
    pub fn place(&self) -> String {
        let node = self.node.map(|node| self.document.place_in_words(node)).unwrap_or_default();
        let sentence = self.sentence.as_ref().map(|sentence| format!("第{}句", sentence.number)).unwrap_or_default();
        let through = self.last().map(|last| format!("至{}", self.step_from_first(last))).unwrap_or_default();
        one_line(&format!("{node}{sentence}{through}"))
    }

    /// The stable address, down to the sentence.
    #[must_use]
    pub fn locator(&self) -> Locator {
        let address = self.cited().map_or_else(Address::default, |node| node.address.clone());
        let address = match &self.sentence {
            Some(sentence) => address.child(Step::new(StepKind::Sentence, sentence.number)),
            None => address,
        };
        Locator { document: self.document.id.clone(), address }
    }

    /// The locator as it is written into a citation.
    pub(super) fn address(&self) -> String {
        let through = self.last().and_then(|last| self.document.node(last)).map(|last| format!("–{}", last.address));
        one_line(&format!("{}{}", self.locator(), through.unwrap_or_default()))
    }

    /// The last node, where that is another one than the first.
    fn last(&self) -> Option<NodeIndex> {
        self.through.filter(|last| self.node.is_some_and(|first| first < *last))
    }

    /// Where the last node stands, without the steps that it shares with the first: （六）after 第四章 三、（四）.
    fn step_from_first(&self, last: NodeIndex) -> String {
        let document = self.document;
        let first = self.node.map(|node| document.path(node)).unwrap_or_default();
        let shared = document.path(last).into_iter().zip(first).take_while(|(one, other)| one == other).last();
        let place = document.place_in_words(last);
        let above = shared.map(|(above, _)| document.place_in_words(above)).unwrap_or_default();
        let own = place.strip_prefix(&above).map(|rest| rest.trim_start_matches(['、', '.', '．', ' ']));
        own.filter(|own| !own.is_empty()).unwrap_or(&place).to_owned()
    }

    /// The original text of the passage: the sentence, the unit, or the whole document.
    #[must_use]
    pub fn text(&self) -> &'d str {
        let document = self.document;
        let Some(node) = self.cited() else { return document.text.trim() };
        if let Some(last) = self.last().and_then(|last| document.node(last)) {
            return document.slice(node.span.start..last.span.end).trim();
        }
        let unit = document.unit_text(node);
        match &self.sentence {
            Some(sentence) => unit.get(sentence.span.clone()).unwrap_or_default().trim(),
            None => unit,
        }
    }

    /// The words on one line, where they are wanted and there are any; the cells of a row are joined by commas.
    ///
    /// A document as a whole is not quoted: nobody pastes sixty pages into a footnote.
    pub(super) fn quotation(&self) -> Option<String> {
        let node = self.cited().filter(|_| self.quoted)?;
        let words = match (self.last(), self.node) {
            (Some(last), Some(first)) => (first.0..=last.0)
                .filter_map(|index| self.document.node(NodeIndex(index)))
                .map(|node| if node.cells.is_empty() { one_line(self.document.unit_text(node)) } else { cells(node) })
                .filter(|words| !words.is_empty())
                .reduce(|before, words| {
                    // A heading ends without a mark; what follows it is set off.
                    let apart = if before.ends_with(char::is_alphanumeric) { " " } else { "" };
                    format!("{before}{apart}{words}")
                })
                .unwrap_or_default(),
            _ if node.cells.is_empty() || self.sentence.is_some() => one_line(self.text()),
            _ => cells(node),
        };
        (!words.is_empty()).then_some(words)
    }

    fn cited(&self) -> Option<&'d Node> {
        self.document.node(self.node?)
    }
}

fn cells(node: &Node) -> String {
    let with_words: Vec<_> = node.cells.iter().map(|cell| one_line(&cell.text)).filter(|cell| !cell.is_empty()).collect();
    let row = with_words.join("，");
    // The cells of a table's own node are its head row; its caption goes before them.
    if node.kind == Kind::Table && !node.title.is_empty() { format!("{}：{row}", one_line(&node.title)) } else { row }
}

/// `text` on one line: line breaks become a space between Latin words and nothing between Chinese ones; control characters and
/// marks that turn the direction of text are left out.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for part in text.split(is_break).map(str::trim).filter(|part| !part.is_empty()) {
        let latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii());
        if latin(line.chars().next_back()) && latin(part.chars().next()) {
            line.push(' ');
        }
        line.extend(part.chars().filter(|character| !turns_direction(*character)));
    }
    line
}

fn is_break(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

fn turns_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` in quotation marks; marks inside change places, double with single (GB/T 15834-2011 §4.8.3.3).
///
/// The apostrophe of a Latin word (China’s) is no quotation mark and stays.
pub(super) fn in_quotation_marks(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 6);
    quoted.push('“');
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let between_letters = before.is_ascii_alphanumeric() && characters.peek().is_some_and(char::is_ascii_alphanumeric);
        quoted.push(match character {
            '“' => '‘',
            '”' => '’',
            '‘' => '“',
            '’' if !between_letters => '”',
            other => other,
        });
        before = character;
    }
    quoted.push('”');
    quoted
}
