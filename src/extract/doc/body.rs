//! The body: blocks in reading order, as they are printed, with the numbers that Word counts.
//!
//! Takes blocks, gives pieces. A text box follows the paragraph that it hangs on; notes are only listed in the order in which they are
//! referred to.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::extract::container::{LARGEST_TEXT, too_large};
use crate::extract::error::ExtractError;
use crate::extract::pieces::{Content, Piece};

use super::blocks::{Block, gathered};
use super::numbering::Numbering;
use super::paragraphs::{Anchor, Paragraph, Source};
use super::table;

/// The walk through a document.
pub(super) struct Body<'file> {
    source: &'file Source,
    /// The characters of each text box.
    boxes: &'file [Range<usize>],
    pub(super) numbering: Numbering,
    /// Runs of text that are deleted, by tracked changes.
    pub(super) deleted: usize,
    /// Runs of text that are hidden.
    pub(super) hidden: usize,
    /// The footnotes referred to, in order, each once.
    pub(super) footnotes: Vec<usize>,
    /// The endnotes referred to, in order, each once.
    pub(super) endnotes: Vec<usize>,
    seen: BTreeSet<Anchor>,
    /// The text of paragraphs whose mark is deleted: it goes on with the next.
    carried: String,
    written: u64,
    /// How many frames there were, and the one that is open.
    frames: u32,
    frame: Option<u32>,
}

impl<'file> Body<'file> {
    pub(super) fn new(source: &'file Source, boxes: &'file [Range<usize>], numbering: Numbering) -> Self {
        Self {
            source,
            boxes,
            numbering,
            deleted: 0,
            hidden: 0,
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            seen: BTreeSet::new(),
            carried: String::new(),
            written: 0,
            frames: 0,
            frame: None,
        }
    }

    /// Reads a range of positions.
    ///
    /// # Errors
    ///
    /// Where there is more text, or a deeper or wider table, than any honest document has.
    pub(super) fn story(&mut self, range: Range<usize>, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        self.blocks(gathered(self.source.paragraphs(range))?, pieces)?;
        // Text whose paragraph never came, because the story ends with a deleted mark.
        let text = std::mem::take(&mut self.carried);
        if !text.is_empty() {
            pieces.push(self.piece(Content::Paragraph { text, heading_level: None }));
        }
        Ok(())
    }

    /// Reads paragraphs and tables.
    ///
    /// # Errors
    ///
    /// As [`Self::story`].
    pub(super) fn blocks(&mut self, blocks: Vec<Block>, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(*paragraph, pieces)?,
                Block::Table(rows) => table::read(self, rows, pieces)?,
            }
        }
        Ok(())
    }

    /// Reads what stands in a frame of its own: a table of one column.
    ///
    /// # Errors
    ///
    /// As [`Self::story`].
    pub(super) fn framed(&mut self, blocks: Vec<Block>, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        let around = self.open_frame();
        self.blocks(blocks, pieces)?;
        self.frame = around;
        Ok(())
    }

    /// Reads the text boxes that no paragraph has.
    ///
    /// # Errors
    ///
    /// As [`Self::story`].
    pub(super) fn loose_boxes(&mut self, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        (0..self.boxes.len()).try_for_each(|number| self.text_box(number, pieces))
    }

    /// A piece where the walk is.
    pub(super) fn piece(&self, content: Content) -> Piece {
        Piece { content, page: None, frame: self.frame }
    }

    fn paragraph(&mut self, paragraph: Paragraph, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        self.deleted += paragraph.deleted;
        self.hidden += paragraph.hidden;
        self.written += paragraph.text.len() as u64;
        // The mark of a cell ends the paragraph whatever became of it.
        let ends_cell = paragraph.cell_end || paragraph.properties.ends.inner_cell;
        if paragraph.mark_deleted && !ends_cell {
            self.carried.push_str(&paragraph.text);
        } else {
            let mut text = self.numbering.next(&paragraph.properties, &self.source.styles);
            self.written += text.len() as u64;
            text.push_str(&std::mem::take(&mut self.carried));
            text.push_str(&paragraph.text);
            let heading_level = self.source.styles.heading_level(&paragraph.properties);
            pieces.push(self.piece(Content::Paragraph { text, heading_level }));
        }
        if self.written > LARGEST_TEXT {
            return Err(too_large("字节的正文", "bytes of text", LARGEST_TEXT));
        }
        for anchor in paragraph.anchors {
            match anchor {
                Anchor::Footnote(number) if self.seen.insert(anchor) => self.footnotes.push(number),
                Anchor::Endnote(number) if self.seen.insert(anchor) => self.endnotes.push(number),
                Anchor::Footnote(_) | Anchor::Endnote(_) => {}
                Anchor::Box(number) => self.text_box(number, pieces)?,
            }
        }
        Ok(())
    }

    /// Reads a text box, unless it was read before.
    fn text_box(&mut self, number: usize, pieces: &mut Vec<Piece>) -> Result<(), ExtractError> {
        let Some(range) = self.boxes.get(number).filter(|_| self.seen.insert(Anchor::Box(number))) else { return Ok(()) };
        let carried = std::mem::take(&mut self.carried);
        let around = self.open_frame();
        let first = pieces.len();
        self.story(range.clone(), pieces)?;
        // The last mark of a text box often ends nothing but the box.
        if pieces.len() > first + 1 && pieces.last().is_some_and(Piece::is_blank) {
            pieces.pop();
        }
        (self.frame, self.carried) = (around, carried);
        Ok(())
    }

    /// Opens a new frame and gives the one around it.
    fn open_frame(&mut self) -> Option<u32> {
        self.frames += 1;
        self.frame.replace(self.frames)
    }
}
