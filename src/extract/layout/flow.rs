//! Sheets → pieces: lines become paragraphs, and what a page's end has torn (paragraphs, tables, frames) becomes whole again.

use crate::extract::pieces::{Content, Piece, Row};

use super::aligned;
use super::joining::join;
use super::lines::Line;
use super::measure::{Edges, Usual, edges, lines};
use super::paragraphs::{Before, goes_on};
use super::sheet::{Element, Frame, Sheet, Table};

/// How many rows the head of a table has at most.
const MOST_HEAD_ROWS: usize = 4;

/// The pieces as far as they are written.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) pieces: Vec<Piece>,
    /// Rows of repeated heads left out.
    pub(super) repeated_rows: usize,
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
    page: u32,
    /// The way between the last two lines of the paragraph.
    pitch: Option<f32>,
}

struct LastTable {
    columns: Vec<f32>,
    page: u32,
    head: Vec<Row>,
}

struct LastFrame {
    number: u32,
    left: f32,
    right: f32,
    page: u32,
}

impl Flow {
    /// Writes a sheet.
    pub(super) fn sheet(&mut self, sheet: Sheet, usual: &Usual) {
        self.page = sheet.number;
        let edges = usual.edges(&sheet);
        let mut first = true;
        for element in aligned::found(sheet.elements) {
            match element {
                Element::Line(line) => {
                    self.leave_frame();
                    self.line(line, edges, usual, None);
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

    fn leave_frame(&mut self) {
        if self.frame.take().is_some() {
            self.open = None;
        }
    }

    fn line(&mut self, line: Line, edges: Edges, usual: &Usual, frame: Option<u32>) {
        self.table = None;
        let before = self.open.take();
        let joined = before.as_ref().is_some_and(|open| {
            let before = Before { line: &open.line, same_page: open.page == self.page, pitch: open.pitch };
            goes_on(&before, &line, edges, usual)
        });
        let pitch = before.filter(|open| joined && open.page == self.page).map(|open| line.baseline - open.line.baseline);
        match self.pieces.last_mut() {
            Some(Piece { content: Content::Paragraph { text, .. }, .. }) if joined => join(text, &line.text),
            _ => {
                let content = Content::Paragraph { text: line.text.clone(), heading_level: None };
                self.pieces.push(Piece { content, page: Some(self.page), frame });
            }
        }
        self.open = Some(Open { line, page: self.page, pitch: pitch.filter(|pitch| *pitch > 0.0) });
    }

    /// A table; the first thing on a page may go on with the last thing on the page before.
    fn table(&mut self, table: Table, first: bool, frame: Option<u32>) {
        self.open = None;
        let goes_on =
            self.table.take().filter(|last| first && last.page + 1 == self.page && same_columns(&last.columns, &table.columns));
        let head: Vec<Row> = table.rows.iter().take(MOST_HEAD_ROWS).cloned().collect();
        match (goes_on, self.pieces.last_mut()) {
            (Some(last), Some(Piece { content: Content::Table(rows), .. })) => {
                let repeated = last.head.iter().zip(&table.rows).take_while(|(own, other)| own == other && has_text(own)).count();
                self.repeated_rows += repeated;
                rows.extend(table.rows.into_iter().skip(repeated));
                self.table = Some(LastTable { page: self.page, ..last });
            }
            // One row lays text out side by side: its cells are paragraphs.
            _ if table.rows.len() < 2 => {
                let cells = table.rows.into_iter().flatten().filter(|cell| !cell.text.is_empty());
                let content = cells.map(|cell| Content::Paragraph { text: cell.text, heading_level: None });
                let page = Some(self.page);
                self.pieces.extend(content.map(|content| Piece { content, page, frame }));
            }
            _ => {
                self.pieces.push(Piece { content: Content::Table(table.rows), page: Some(self.page), frame });
                self.table = Some(LastTable { columns: table.columns, page: self.page, head });
            }
        }
    }

    fn frame(&mut self, frame: Frame, first: bool, usual: &Usual) {
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
        let edges = edges(&own, usual.size).unwrap_or(Edges { left, right });
        // Short paragraphs leave the box's own edge as the only hint.
        let edges = Edges { left: edges.left, right: if right - edges.right > (right - left) * 0.3 { right } else { edges.right } };
        for element in frame.elements {
            match element {
                Element::Line(line) => self.line(line, edges, usual, Some(number)),
                Element::Table(table) => self.table(table, false, Some(number)),
                Element::Frame(inner) => {
                    for line in inner.elements.into_iter().filter_map(line_of) {
                        self.line(line, edges, usual, Some(number));
                    }
                }
            }
        }
        self.frame = Some(LastFrame { number, left, right, page: self.page });
    }
}

fn line_of(element: Element) -> Option<Line> {
    match element {
        Element::Line(line) => Some(line),
        Element::Table(_) | Element::Frame(_) => None,
    }
}

/// Whether two tables have the same columns, as near as a page's shift allows.
fn same_columns(one: &[f32], other: &[f32]) -> bool {
    let width = |columns: &[f32]| columns.last().zip(columns.first()).map_or(0.0, |(last, first)| last - first);
    let tolerance = width(one) * 0.015;
    let from = |columns: &[f32]| columns.first().copied().unwrap_or(0.0);
    one.len() == other.len() && one.iter().zip(other).all(|(own, its)| ((own - from(one)) - (its - from(other))).abs() <= tolerance)
}

fn has_text(row: &Row) -> bool {
    row.iter().any(|cell| !cell.text.is_empty())
}
