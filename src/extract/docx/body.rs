//! The body: paragraphs and tables in reading order, as they are printed.
//!
//! Takes the tree of the document, gives pieces. What was deleted (tracked changes), hidden, or is the code of a field is left
//! out; what was inserted is kept; of alternatives the first with text; a text box follows the paragraph that it hangs on.

use std::collections::BTreeSet;

use crate::extract::container::{LARGEST_TEXT, too_large};
use crate::extract::error::ExtractError;
use crate::extract::left_out::LeftOut;
use crate::extract::pieces::{Content, Piece};
use crate::extract::symbol;

use super::numbering::Numbering;
use super::styles::Styles;
use super::table;
use crate::extract::xml::{Element, Vocabulary};

/// Fields within fields; a formula in a reference in a table of contents has three.
const DEEPEST_FIELD: usize = 32;

/// Footnotes stand at the foot of pages, endnotes at the end of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteKind {
    /// 脚注.
    Footnote,
    /// 尾注.
    Endnote,
}

/// Where a field stands: `PAGE \* MERGEFORMAT` is its code, `3` its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Code,
    Result,
}

/// The walk through a document.
pub(super) struct Body<'tree> {
    pub(super) styles: &'tree Styles,
    pub(super) numbering: Numbering,
    pub(super) left_out: LeftOut,
    /// The footnotes referred to, in order, each once.
    pub(super) footnotes: Vec<&'tree str>,
    /// The endnotes referred to, in order, each once.
    pub(super) endnotes: Vec<&'tree str>,
    seen: BTreeSet<(NoteKind, &'tree str)>,
    fields: Vec<Field>,
    /// The text of paragraphs whose mark is deleted: it goes on with the next.
    carried: String,
    written: u64,
    /// How many frames there were, and the one that is open.
    frames: u32,
    frame: Option<u32>,
}

/// A paragraph as far as it is read.
#[derive(Default)]
struct Runs<'tree> {
    text: String,
    boxes: Vec<&'tree Element>,
}

impl<'tree> Body<'tree> {
    pub(super) fn new(styles: &'tree Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            left_out: LeftOut::default(),
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            seen: BTreeSet::new(),
            fields: Vec::new(),
            carried: String::new(),
            written: 0,
            frames: 0,
            frame: None,
        }
    }

    /// Reads the paragraphs and tables within an element.
    ///
    /// # Errors
    ///
    /// Where there is more text or a wider table than any honest document has.
    pub(super) fn blocks(&mut self, parent: &'tree Element, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        for child in &parent.children {
            if self.leaves_out(child) {
                continue;
            }
            if child.is("p") {
                self.paragraph(child, pieces)?;
            } else if child.is("tbl") {
                table::read(self, child, pieces)?;
            } else if child.is("altChunk") {
                self.left_out.embedded += 1;
            } else {
                self.blocks(chosen(child), pieces)?;
            }
        }
        Ok(())
    }

    /// Text whose paragraph never came, because the document ends with a deleted mark.
    pub(super) fn finish(&mut self, pieces: &mut Vec<Piece>) {
        let text = std::mem::take(&mut self.carried);
        if !text.is_empty() {
            pieces.push(self.piece(Content::Paragraph { text, heading_level: None }));
        }
    }

    /// Reads what stands in a frame of its own: a text box, a table of one column.
    ///
    /// # Errors
    ///
    /// As [`Self::blocks`].
    pub(super) fn framed(
        &mut self,
        parents: impl Iterator<Item = &'tree Element>,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), ExtractError> {
        self.frames += 1;
        let around = self.frame.replace(self.frames);
        for parent in parents {
            self.blocks(parent, pieces)?;
        }
        self.frame = around;
        Ok(())
    }

    /// A piece where the walk is.
    pub(super) fn piece(&self, content: Content) -> Piece {
        Piece { content, page: None, frame: self.frame }
    }

    fn paragraph(&mut self, paragraph: &'tree Element, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        let properties = paragraph.child("pPr");
        let mut runs = Runs::default();
        self.runs(paragraph, &mut runs);
        // A field whose code does not end with its paragraph is broken; the text after it is text.
        self.fields.iter_mut().for_each(|field| *field = Field::Result);
        self.written += runs.text.len() as u64;
        let mark = properties.and_then(|properties| properties.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").or_else(|| mark.child("moveFrom")).is_some()) {
            self.carried.push_str(&runs.text);
        } else {
            let mut text = self.numbering.next(properties, self.styles);
            self.written += text.len() as u64;
            text.push_str(&std::mem::take(&mut self.carried));
            text.push_str(&runs.text);
            pieces.push(self.piece(Content::Paragraph { text, heading_level: self.styles.heading_level(properties) }));
        }
        if self.written > LARGEST_TEXT {
            return Err(too_large("字节的正文", "bytes of text", LARGEST_TEXT));
        }
        let fields = std::mem::take(&mut self.fields);
        for content in runs.boxes {
            self.framed(std::iter::once(content), pieces)?;
        }
        self.fields = fields;
        Ok(())
    }

    fn runs(&mut self, parent: &'tree Element, runs: &mut Runs<'tree>) {
        for child in &parent.children {
            if self.leaves_out(child) {
                continue;
            }
            match (child.vocabulary, child.name.as_str()) {
                (Vocabulary::Main, "txbxContent") => runs.boxes.push(child),
                (Vocabulary::Main, "fldChar") => self.field(child),
                (Vocabulary::Main, "footnoteReference") => self.note(NoteKind::Footnote, child),
                (Vocabulary::Main, "endnoteReference") => self.note(NoteKind::Endnote, child),
                (Vocabulary::Main, "r") if is_hidden(child) => {
                    self.left_out.hidden += usize::from(has_text(child));
                    // A hidden mark of a field is a mark nevertheless.
                    child.children.iter().filter(|mark| mark.is("fldChar")).for_each(|mark| self.field(mark));
                }
                (Vocabulary::Main | Vocabulary::Math, _) if child.children.is_empty() => {
                    if self.fields.iter().all(|field| *field == Field::Result) {
                        characters(child, &mut runs.text);
                    }
                }
                (Vocabulary::Main | Vocabulary::Text | Vocabulary::Math | Vocabulary::Compatibility | Vocabulary::Other, _) => {
                    self.runs(chosen(child), runs);
                }
            }
        }
    }

    /// Properties say how something looks; deleted and moved text is no longer there; `rt` is the pronunciation over a word.
    fn leaves_out(&mut self, element: &Element) -> bool {
        if element.vocabulary != Vocabulary::Main {
            return false;
        }
        let deleted = matches!(element.name.as_str(), "del" | "moveFrom");
        self.left_out.deleted += usize::from(deleted);
        deleted || matches!(element.name.as_str(), "pPr" | "rPr" | "sectPr" | "sdtPr" | "rt" | "tblPr" | "tblGrid" | "ffData")
    }

    fn field(&mut self, element: &Element) {
        match element.attribute("fldCharType") {
            Some("begin") if self.fields.len() < DEEPEST_FIELD => self.fields.push(Field::Code),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    *field = Field::Result;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            Some(_) | None => {}
        }
    }

    fn note(&mut self, kind: NoteKind, reference: &'tree Element) {
        let Some(id) = reference.attribute("id").filter(|id| self.seen.insert((kind, *id))) else { return };
        match kind {
            NoteKind::Footnote => self.footnotes.push(id),
            NoteKind::Endnote => self.endnotes.push(id),
        }
    }
}

/// Of alternatives the first with text; everything else stands for itself.
fn chosen(element: &Element) -> &Element {
    if element.vocabulary != Vocabulary::Compatibility || element.name != "AlternateContent" {
        return element;
    }
    element.children.iter().find(|alternative| has_text(alternative)).or(element.children.first()).unwrap_or(element)
}

fn has_text(element: &Element) -> bool {
    element.is("t") || element.children.iter().any(has_text)
}

fn is_hidden(run: &Element) -> bool {
    run.child("rPr").is_some_and(|properties| properties.switch("vanish"))
}

/// What an element without children prints. A tab within a paragraph is a gap; tabs of the extracted text separate cells.
fn characters(element: &Element, text: &mut String) {
    match element.name.as_str() {
        "t" => {
            let preserved = element.attribute("space") == Some("preserve");
            let own = if preserved { &element.text } else { element.text.trim_matches([' ', '\t', '\n', '\r']) };
            text.extend(own.chars().map(|character| if character.is_ascii_whitespace() { ' ' } else { character }));
        }
        "tab" | "ptab" => text.push(' '),
        "br" | "cr" => text.push('\n'),
        "noBreakHyphen" => text.push('-'),
        "sym" => {
            let font = element.attribute("font").unwrap_or_default();
            let code = element.attribute("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
            text.extend(code.and_then(|code| symbol::written(font, code)));
        }
        // A soft hyphen shows only where a line breaks; instructions and everything unknown print nothing.
        _ => {}
    }
}
