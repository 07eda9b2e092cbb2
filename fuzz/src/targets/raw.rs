//! Raw documents from any bytes: what a reader could hand over, whether or not one does.
//!
//! Every line of the input becomes a block; its first character says of what kind, so that a seed is still a text that people can
//! read: `#` a heading (the byte after it is its level), `|` a row of a table whose cells stand between further `|`, `^` a table's
//! caption, `[` a paragraph in a frame (`[[` in the frame of the one before), `~` the first paragraph of a new page, `?` what the file
//! says of itself; anything else is a plain paragraph.

use celan::extract::{Hints, RawBlock, RawCell, RawDocument, RawRow, RawTable, Shape, StyleHint};

/// The raw document; its blocks tile its text, as those of every reader do.
#[must_use]
pub fn document(bytes: &[u8]) -> RawDocument {
    let written = String::from_utf8_lossy(bytes).replace('\0', "");
    let mut making = Making::default();
    for line in written.trim_start_matches('\u{FEFF}').split_inclusive('\n') {
        making.line(line);
    }
    making.finish()
}

#[derive(Default)]
struct Making {
    raw: RawDocument,
    page: Option<u32>,
    frame: u32,
}

impl Making {
    fn line(&mut self, line: &str) {
        let mut characters = line.chars();
        let first = characters.next();
        let rest = characters.as_str();
        match first {
            Some('#') => {
                let level = rest.bytes().next().map(|byte| 1 + byte % 9);
                self.paragraph(rest, level, None);
            }
            Some('|') => self.row(rest),
            Some('^') => self.caption(rest),
            Some('[') => {
                self.frame += u32::from(!rest.starts_with('['));
                self.paragraph(rest, None, Some(self.frame));
            }
            Some('~') => {
                self.page = Some(self.page.unwrap_or(0) + 1);
                self.paragraph(rest, None, None);
            }
            Some('?') => self.hint(rest.trim()),
            Some(_) => self.paragraph(line, None, None),
            None => {}
        }
    }

    fn hint(&mut self, hint: &str) {
        let Hints { title, issuer, document_number, date } = &mut self.raw.hints;
        if let Some(place) = [title, issuer, document_number, date].into_iter().find(|place| place.is_none()) {
            *place = Some(hint.to_owned());
        }
    }

    /// The line where the text from this place on becomes visible, from 1.
    fn line_at(&self, start: usize) -> u32 {
        let own = self.raw.text.get(start..).unwrap_or_default();
        let visible = self.raw.text.len() - own.trim_start().len();
        let before = self.raw.text.get(..visible).unwrap_or_default().matches('\n').count();
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    fn block(&mut self, text: &str, shape: Shape, frame: Option<u32>) {
        let start = self.raw.text.len();
        self.raw.text.push_str(text);
        let line = self.line_at(start);
        self.raw.blocks.push(RawBlock { span: start..self.raw.text.len(), line, page: self.page, frame, shape });
    }

    fn paragraph(&mut self, text: &str, heading_level: Option<u8>, frame: Option<u32>) {
        if !text.is_empty() {
            let markup = if text.trim_start().starts_with("> ") { 2 } else { 0 };
            self.block(text, Shape::Paragraph(StyleHint { heading_level, markup }), frame);
        }
    }

    fn caption(&mut self, text: &str) {
        if !text.trim().is_empty() {
            let start = self.raw.text.len() + (text.len() - text.trim_start().len());
            let caption = Some(start..start + text.trim().len());
            self.block(text, Shape::Table(RawTable { caption, rows: Vec::new() }), None);
        }
    }

    /// A row of the table before it, or of a new one. An empty piece makes the cell before it wider.
    fn row(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let start = self.raw.text.len();
        if matches!(self.raw.blocks.last(), Some(RawBlock { shape: Shape::Table(_), .. })) {
            self.raw.text.push_str(text);
        } else {
            self.block(text, Shape::Table(RawTable::default()), None);
        }
        let cells = cells(text, start);
        let (end, line) = (self.raw.text.len(), self.line_at(start));
        if let Some(RawBlock { span, shape: Shape::Table(table), .. }) = self.raw.blocks.last_mut() {
            span.end = end;
            table.rows.push(RawRow { span: start..end, line, cells });
        }
    }

    /// A caption without rows is a paragraph.
    fn finish(mut self) -> RawDocument {
        for block in &mut self.raw.blocks {
            if matches!(&block.shape, Shape::Table(table) if table.rows.is_empty()) {
                block.shape = Shape::Paragraph(StyleHint::default());
            }
        }
        self.raw
    }
}

fn cells(text: &str, start: usize) -> Vec<RawCell> {
    let (mut at, mut cells): (usize, Vec<RawCell>) = (start, Vec::new());
    for piece in text.split('|') {
        let begin = at + (piece.len() - piece.trim_start().len());
        match cells.last_mut() {
            Some(cell) if piece.is_empty() => cell.columns = Some(cell.columns.unwrap_or(1) + 1),
            _ => cells.push(RawCell { span: begin..begin + piece.trim().len(), columns: None }),
        }
        at += piece.len() + 1;
    }
    cells
}
