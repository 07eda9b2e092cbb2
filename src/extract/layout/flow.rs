//! Sheets → pieces: lines become paragraphs, and what a page's end has torn (paragraphs, tables, frames) becomes whole again.

use crate::extract::pieces::{Cell, Content, Piece, Row};

use super::aligned;
use super::joining::join;
use super::lines::Line;
use super::measure::{Edges, Usual, edges, lines};
use super::paragraphs::{Before, begins_item, goes_on, is_finished};
use super::sheet::{Element, Frame, Sheet, Table};
use super::stitching::{LastTable, Stitched};

/// The caption of a table is so close above it, in sizes.
const CAPTION: f32 = 2.5;

/// The pieces as far as they are written.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) pieces: Vec<Piece>,
    /// Rows of repeated heads left out.
    pub(super) repeated_rows: usize,
    /// Rows that were torn by the end of a page and joined.
    pub(super) torn_rows: usize,
    /// The last line, while its paragraph may go on.
    open: Option<Open>,
    /// The last table, while nothing came after it.
    table: Option<LastTable>,
    /// The frame that the last piece stands in.
    frame: Option<LastFrame>,
    frames: u32,
    page: u32,
}

struct Open {
    line: Line,
    edges: Edges,
    page: u32,
    /// The way between the last two lines of the paragraph.
    pitch: Option<f32>,
}

struct LastFrame {
    number: u32,
    left: f32,
    right: f32,
    page: u32,
}

/// Where a line stands.
struct Place<'usual> {
    edges: Edges,
    usual: &'usual Usual,
    frame: Option<u32>,
}

impl Flow {
    /// Writes a sheet.
    pub(super) fn sheet(&mut self, sheet: Sheet, usual: &Usual) {
        self.page = sheet.number;
        let edges = usual.edges(&sheet);
        let mut first = true;
        let mut elements = aligned::found(sheet.elements).into_iter().peekable();
        while let Some(element) = elements.next() {
            match element {
                Element::Line(line) => {
                    self.leave_frame();
                    let following = elements.peek().and_then(|next| way_within(&line, next, edges));
                    self.line(line, following, &Place { edges, usual, frame: None });
                }
                Element::Column(lines) => {
                    self.leave_frame();
                    self.column(lines, usual);
                }
                Element::Table(table) => {
                    self.leave_frame();
                    self.table(table, first, None);
                }
                Element::Frame(frame) => self.frame(frame, first, usual),
            }
            first = false;
        }
    }

    /// Footnotes, each a paragraph.
    pub(super) fn notes(&mut self, notes: Vec<(u32, Vec<Line>)>) {
        self.settle();
        for (page, lines) in notes {
            let mut text = String::new();
            for line in &lines {
                join(&mut text, &line.text);
            }
            let content = Content::Paragraph { text, heading_level: None };
            self.pieces.push(Piece { content, page: Some(page), frame: None });
        }
    }

    fn leave_frame(&mut self) {
        if self.frame.take().is_some() {
            self.open = None;
        }
    }

    /// A column of a page; its first line goes on as the first of a page does.
    fn column(&mut self, lines: Vec<Line>, usual: &Usual) {
        let own: Vec<&Line> = lines.iter().collect();
        let edges = edges(&own, usual.size, |_| f32::MIN).unwrap_or_default();
        if let Some(open) = &mut self.open {
            open.page = 0;
        }
        let place = Place { edges, usual, frame: None };
        for line in lines {
            self.line(line, None, &place);
        }
        if let Some(open) = &mut self.open {
            open.page = 0;
        }
    }

    /// A line; `following` is the way to the next one, where that is of the same paragraph by its looks.
    fn line(&mut self, line: Line, following: Option<f32>, place: &Place<'_>) {
        self.settle();
        let before = self.open.take();
        let joined = before.as_ref().is_some_and(|open| {
            let same_page = open.page == self.page;
            let before = Before { line: &open.line, edges: open.edges, same_page, pitch: open.pitch, following };
            goes_on(&before, &line, place.edges, place.usual)
        });
        let pitch = before.filter(|open| joined && open.page == self.page).map(|open| line.baseline - open.line.baseline);
        match self.pieces.last_mut() {
            Some(Piece { content: Content::Paragraph { text, .. }, .. }) if joined => join(text, &line.text),
            _ => {
                let content = Content::Paragraph { text: line.text.clone(), heading_level: None };
                self.pieces.push(Piece { content, page: Some(self.page), frame: place.frame });
            }
        }
        self.open = Some(Open { line, edges: place.edges, page: self.page, pitch: pitch.filter(|pitch| *pitch > 0.0) });
    }

    /// A table; the first thing on a page may go on with the last thing on the page before.
    fn table(&mut self, table: Table, first: bool, frame: Option<u32>) {
        let last = self.table.take().filter(|last| first && last.goes_on(&table, self.page));
        if let (Some(mut last), Some(Piece { content: Content::Table(rows), .. })) = (last, self.pieces.last_mut()) {
            let Stitched { repeated, torn } = last.add(rows, table, self.page);
            self.repeated_rows += repeated;
            self.torn_rows += torn;
            self.table = Some(last);
            return;
        }
        self.settle();
        let caption = self.caption(&table);
        self.open = None;
        self.table = Some(LastTable::new(&table, self.page));
        let rows = caption.into_iter().chain(table.rows).collect();
        self.pieces.push(Piece { content: Content::Table(rows), page: Some(self.page), frame });
    }

    /// The line above a table as a row of one cell, where it names the table: it stands alone, over the middle of the table.
    fn caption(&mut self, table: &Table) -> Option<Row> {
        let open = self.open.as_ref().filter(|open| open.page == self.page && open.pitch.is_none() && table.rows.len() > 1)?;
        let middle = |left: f32, right: f32| f32::midpoint(left, right);
        let over = middle(*table.columns.first()?, *table.columns.last()?);
        let line = &open.line;
        let off = (middle(line.left, line.right) - over).abs() > line.size || line.left < open.edges.left + line.size;
        let close = table.top - line.baseline < line.size * CAPTION;
        if off || !close || is_finished(&line.text) || begins_item(&line.text) {
            return None;
        }
        let text = line.text.clone();
        let alone = matches!(self.pieces.last(), Some(Piece { content: Content::Paragraph { text: own, .. }, .. }) if *own == text);
        alone.then(|| {
            self.pieces.pop();
            vec![Cell { text, columns: 1 }]
        })
    }

    /// Ends the last table. One row lays text out side by side (文号 and 签发人): its cells are paragraphs.
    fn settle(&mut self) {
        self.table = None;
        let is_one_row = |piece: &mut Piece| matches!(&piece.content, Content::Table(rows) if rows.len() < 2);
        let Some(Piece { content: Content::Table(rows), page, frame }) = self.pieces.pop_if(is_one_row) else { return };
        let cells = rows.into_iter().flatten().filter(|cell| !cell.text.is_empty());
        let content = cells.map(|cell| Content::Paragraph { text: cell.text, heading_level: None });
        self.pieces.extend(content.map(|content| Piece { content, page, frame }));
    }

    fn frame(&mut self, frame: Frame, first: bool, usual: &Usual) {
        self.settle();
        let (left, _, right, _) = frame.bounds;
        let near = |one: f32, other: f32| (one - other).abs() < usual.size;
        let last = self
            .frame
            .take()
            .filter(|last| first && last.page + 1 == self.page && near(last.left, left) && near(last.right, right));
        let number = last.map_or_else(
            || {
                self.open = None;
                self.frames += 1;
                self.frames
            },
            |last| last.number,
        );
        let own: Vec<&Line> = lines(&frame.elements).collect();
        let edges = edges(&own, usual.size, |inner| right - (inner - left)).unwrap_or(Edges { left, right });
        let place = Place { edges, usual, frame: Some(number) };
        for element in frame.elements {
            match element {
                Element::Line(line) => self.line(line, None, &place),
                Element::Column(lines) => lines.into_iter().for_each(|line| self.line(line, None, &place)),
                Element::Table(table) => self.table(table, false, Some(number)),
                Element::Frame(inner) => {
                    for line in inner.elements.into_iter().filter_map(line_of) {
                        self.line(line, None, &place);
                    }
                }
            }
        }
        self.frame = Some(LastFrame { number, left, right, page: self.page });
    }
}

/// The way from a full line to the next one where that begins at the left edge: the two are of one paragraph.
fn way_within(line: &Line, next: &Element, edges: Edges) -> Option<f32> {
    let Element::Line(next) = next else { return None };
    let near = line.size * 0.5;
    (line.right > edges.right - line.size && next.left < edges.left + near).then_some(next.baseline - line.baseline)
}

fn line_of(element: Element) -> Option<Line> {
    match element {
        Element::Line(line) => Some(line),
        Element::Column(_) | Element::Table(_) | Element::Frame(_) => None,
    }
}
