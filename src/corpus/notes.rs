//! Bookmarks and notes: the user's own words about units, in `notes.md` beside `corpus/`.
//!
//! ```markdown
//! ## 湘政办发-2021-57/4.3.4
//!
//! > 探索推进易货贸易试点。完善易货贸易制度……
//!
//! <!-- sha256:9f86d081… -->
//!
//! 与上一轮规划对照
//! ```
//!
//! Why Markdown: a person reads it anywhere, changes it in any editor, and sees in a version control system line by line what became
//! of it; words of several lines need no quoting; and a slip spoils one block, not the file. Every block begins with a heading of the
//! second level that is a locator; the quotation and the sum of the unit's text let a note be found again when the document is read
//! anew. A block without words of its own is a bookmark. Whatever is no such block (an introduction, a heading that is no locator) is
//! told where it is a mistake, and kept to the letter when the file is written: only the block that is changed is changed. `index/` may
//! be deleted at any time, this file may not, hence its place.
//!
//! Several programs may write: each reads the file again under a lock before it writes, and a note that another has changed meanwhile is
//! not overwritten, both are kept.

mod file;

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};
use crate::document::locator::Locator;

pub use file::{change, load};

/// Name of the file within the folder of the library.
pub const NOTES_FILE: &str = "notes.md";

/// The code of every diagnostic about the file.
const FAULTY: &str = "notes";

/// What a new file begins with.
const HEAD: &str = "# 书签和笔记 · Bookmarks and notes\n\n\
    每条以“## 位置”开头，可自由修改；其余文字原样保留。\n\
    Each begins with `## LOCATOR`; change them as you like, everything else is kept as it is.\n";

/// What goes before the sum of the unit's text.
const SUM: &str = "<!-- sha256:";

/// A bookmark, or a note where it has words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The unit, or the document, where it stood when this was written.
    pub locator: Locator,
    /// How its text began, on one line; empty where that is not known.
    pub quotation: String,
    /// The SHA-256 of the unit's text; none for a document as a whole and for what a person wrote without it.
    pub sha256: Option<String>,
    /// The user's own words; empty for a bookmark.
    pub text: String,
}

/// All that the file holds, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    /// None for what is no note.
    note: Option<Note>,
    /// To the letter, line breaks included.
    source: String,
}

/// What a change came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was made.
    Done,
    /// Another program had changed the same note: it was left alone, and the new words stand beside it.
    BothKept,
}

impl Notes {
    /// Reads the contents of the file; what is wrong with it is told in the diagnostics, and nothing is left out.
    #[must_use]
    pub fn read(text: &str) -> Warned<Self> {
        let mut blocks: Vec<(usize, String)> = Vec::new();
        for (number, line) in text.split_inclusive('\n').enumerate() {
            match blocks.last_mut() {
                Some((_, source)) if !line.starts_with("## ") => source.push_str(line),
                _ => blocks.push((number + 1, line.to_owned())),
            }
        }
        let mut diagnostics = Vec::new();
        let blocks = blocks.into_iter().map(|(line, source)| Block { note: parse(&source, line, &mut diagnostics), source });
        let notes = Self { blocks: blocks.collect() };
        Warned { value: notes, diagnostics }
    }

    /// The contents of the file.
    #[must_use]
    pub fn written(&self) -> String {
        self.blocks.iter().map(|block| block.source.as_str()).collect()
    }

    /// The notes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Note> {
        self.blocks.iter().filter_map(|block| block.note.as_ref())
    }

    /// Puts `after` in place of `before`: adds where there is no `before`, removes where there is no `after`.
    pub fn put(&mut self, before: Option<&Note>, after: Option<&Note>) -> Outcome {
        let after = after.map(Note::as_written);
        let after = after.as_ref();
        let at = before.and_then(|before| self.blocks.iter().position(|block| block.note.as_ref() == Some(before)));
        let changed = before.is_some_and(|before| at.is_none() && self.iter().any(|note| note.locator == before.locator));
        match (at, after) {
            (Some(at), Some(after)) => {
                if let Some(block) = self.blocks.get_mut(at) {
                    *block = Block::of(after);
                }
            }
            (Some(at), None) => drop(self.blocks.remove(at)),
            (None, Some(after)) if self.iter().any(|note| note == after) => {}
            (None, Some(after)) => self.push(after),
            (None, None) => {}
        }
        if changed { Outcome::BothKept } else { Outcome::Done }
    }

    fn push(&mut self, note: &Note) {
        if self.blocks.is_empty() {
            self.blocks.push(Block { note: None, source: format!("{HEAD}\n") });
        }
        if let Some(last) = self.blocks.last_mut() {
            let end = last.source.trim_end_matches(['\n', '\r']).len();
            last.source.truncate(end);
            last.source.push_str("\n\n");
        }
        self.blocks.push(Block::of(note));
    }
}

impl Note {
    /// The note as it is read again: carriage returns at the end of a line, which a file of lines has none of, are not among its words.
    fn as_written(&self) -> Self {
        let lines: Vec<&str> = self.text.trim().lines().map(|line| line.trim_end_matches('\r')).collect();
        Self { text: lines.join("\n"), ..self.clone() }
    }
}

impl Block {
    /// The block of a note as it is written.
    fn of(note: &Note) -> Self {
        let mut source = format!("## {}\n", note.locator);
        if !note.quotation.is_empty() {
            source.extend(["\n> ", &note.quotation, "\n"]);
        }
        if let Some(sum) = &note.sha256 {
            source.extend(["\n", SUM, sum, " -->\n"]);
        }
        if !note.text.is_empty() {
            source.push('\n');
            for (number, line) in note.text.lines().enumerate() {
                let in_head = number == 0 && note.sha256.is_none();
                source.extend([if is_mark(line, in_head) { "\\" } else { "" }, line, "\n"]);
            }
        }
        source.push('\n');
        Self { note: Some(note.clone()), source }
    }
}

/// Whether a line of words would be taken for the beginning of a block or, where no sum has ended the head of its own, for a part of
/// that; any number of backslashes before it not counted.
fn is_mark(line: &str, in_head: bool) -> bool {
    let bare = line.trim_start_matches('\\');
    bare.starts_with("## ") || in_head && (bare.starts_with("> ") || bare.trim().starts_with(SUM))
}

/// A block as a note; none where it is none, which is told where it looks like one.
fn parse(source: &str, line: usize, diagnostics: &mut Vec<Diagnostic>) -> Option<Note> {
    let heading = source.lines().next()?.strip_prefix("## ")?.trim();
    let mut fault = |offset: usize, chinese: String, english: String| {
        let place = Place { file: Some(NOTES_FILE.to_owned()), line: u32::try_from(line + offset).ok(), ..Place::default() };
        diagnostics.push(Diagnostic::warning(FAULTY, Bilingual::new(chinese, english), place));
    };
    let locator: Locator = match heading.parse() {
        Ok(locator) if !heading.contains(char::is_whitespace) => locator,
        Ok(_) | Err(_) => {
            let chinese = format!("“{heading}”不是位置，应如“湘政办发-2021-57/4.3.4”；这一段原样保留，但不作为笔记");
            let english = format!("`{heading}` is no locator such as 湘政办发-2021-57/4.3.4; the block is kept but is no note");
            fault(0, chinese, english);
            return None;
        }
    };
    let mut note = Note { locator, quotation: String::new(), sha256: None, text: String::new() };
    let mut words: Vec<&str> = Vec::new();
    for (offset, line) in source.lines().enumerate().skip(1) {
        let is_head = words.is_empty() && note.sha256.is_none();
        if let Some(quoted) = line.strip_prefix("> ").filter(|_| is_head) {
            note.quotation.push_str(quoted.trim());
        } else if let Some(sum) = line.trim().strip_prefix(SUM).filter(|_| is_head) {
            let sum = sum.trim_end_matches("-->").trim();
            if sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                note.sha256 = Some(sum.to_ascii_lowercase());
            } else {
                let chinese = "sha256 应为64位十六进制数；按没有校验值处理".to_owned();
                fault(offset, chinese, "sha256 must be 64 hexadecimal digits; taken as absent".to_owned());
            }
        } else if !(words.is_empty() && line.trim().is_empty()) {
            words.push(line.strip_prefix('\\').filter(|_| is_mark(line, is_head)).unwrap_or(line));
        }
    }
    Some(Note { text: words.join("\n").trim_end().to_owned(), ..note })
}

#[cfg(test)]
mod tests;
