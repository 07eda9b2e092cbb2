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
    edges: Edges,
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
        self.table = None;
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
