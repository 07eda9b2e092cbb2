//! A writer of OFD files (GB/T 33190-2016): there is no other on a machine where tests run.
//!
//! Sets a document as GB/T 9704-2012 asks: A4, 28 characters a line, 22 lines a page, paragraphs indented by two characters, full lines
//! justified, no mark at the beginning of a line that may not stand there, page numbers (— 1 —) at the foot. Tables are ruled, cells merged
//! sideways and downwards, rows on as many pages as they need.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use celan::document::metadata::Source;
use celan::extract::{RawBlock, RawDocument, Shape};
use celan::structure::structure;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Left and top margin, width and height of the text, in millimetres (GB/T 9704-2012 §5.2).
const LEFT: f64 = 28.0;
const TOP: f64 = 37.0;
const WIDTH: f64 = 156.0;
const HEIGHT: f64 = 225.0;
/// From one character to the next, and from one line to the next.
const PITCH: f64 = WIDTH / 28.0;
const LINE: f64 = HEIGHT / 22.0;
/// The text of tables is smaller.
const CELL_PITCH: f64 = 4.2;
const CELL_LINE: f64 = 5.6;
const PADDING: f64 = 1.0;

/// Marks that do not begin a line.
const CLINGING: &str = "，。、；：？！）”’》〉】〕%％…—";

/// A part of a document.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// A paragraph, to be indented.
    Paragraph(String),
    /// In the middle of the page: a title, a 文号.
    Centred(String),
    /// From the left edge: 主送机关.
    Flush(String),
    /// At the right edge: 署名 and 成文日期.
    Right(String),
    /// Rows of cells: their text and the columns that they cover.
    Table(Vec<Vec<(String, usize)>>),
}

/// The parts of an extracted document. Which columns the cells of a table cover is what `structure` makes of it.
pub(crate) fn parts(raw: &RawDocument) -> Vec<Part> {
    let document = structure(raw.clone(), Source::default()).value;
    let mut rows = document.nodes.iter().filter(|node| !node.cells.is_empty());
    let slice = |span: &std::ops::Range<usize>| raw.text.get(span.clone()).unwrap_or_default().trim();
    let flat = |span: &std::ops::Range<usize>| slice(span).split(['\n', '\t', '\r']).map(str::trim).collect::<String>();
    let mut parts = Vec::new();
    for (at, block) in raw.blocks.iter().enumerate() {
        match &block.shape {
            Shape::Paragraph(_) => parts.push(placed(slice(&block.span), at, &raw.blocks)),
            Shape::Table(table) => {
                let own: Vec<_> = table
                    .rows
                    .iter()
                    .map(|row| {
                        let columns = rows.next().map(|node| node.cells.iter().map(|cell| cell.columns.len()).collect::<Vec<_>>());
                        let columns = columns.unwrap_or_default().into_iter().chain(std::iter::repeat(1));
                        row.cells.iter().zip(columns).map(|(cell, columns)| (flat(&cell.span), columns)).collect::<Vec<_>>()
                    })
                    .collect();
                let count = own.iter().map(|row| row.iter().map(|cell| cell.1).sum::<usize>()).max().unwrap_or(1);
                let caption = table.caption.iter().map(|caption| vec![(flat(caption), count)]);
                parts.push(Part::Table(caption.chain(own).collect()));
            }
        }
    }
    parts
}

/// A paragraph as documents place it: what stands before the 主送机关 is centred, what ends without a mark at the end is signed.
fn placed(text: &str, at: usize, blocks: &[RawBlock]) -> Part {
    let in_head = at == 0 || at < 4 && !text.contains('，') && text.chars().count() < 24;
    if in_head && !text.ends_with('：') {
        Part::Centred(text.to_owned())
    } else if at < 5 && text.ends_with("：") {
        Part::Flush(text.to_owned())
    } else if at + 2 >= blocks.len() && !text.ends_with(['。', '；', '）']) {
        Part::Right(text.to_owned())
    } else {
        Part::Paragraph(text.to_owned())
    }
}

/// Sets the parts and packs them as an OFD file.
pub(crate) fn typeset(parts: &[Part]) -> Vec<u8> {
    let mut setter = Setter { pages: vec![String::new()], y: TOP };
    for part in parts {
        match part {
            Part::Centred(text) => setter.lines(text, |line| (28.0 - width(line)) / 2.0),
            Part::Right(text) => setter.lines(text, |line| 24.0 - width(line)),
            Part::Flush(text) => setter.paragraph(text, 0.0),
            Part::Paragraph(text) => setter.paragraph(text, 2.0),
            Part::Table(rows) => setter.table(rows),
        }
    }
    packed(setter.pages)
}

/// The pages as far as they are set.
struct Setter {
    pages: Vec<String>,
    y: f64,
}

impl Setter {
    fn room(&mut self, height: f64) {
        if self.y + height > TOP + HEIGHT + 0.01 {
            self.pages.push(String::new());
            self.y = TOP;
        }
    }

    fn page(&mut self) -> &mut String {
        self.pages.last_mut().expect("there is a page")
    }

    /// Lines that stand for themselves; `indent` says how far in.
    fn lines(&mut self, text: &str, indent: fn(&str) -> f64) {
        for line in broken(text, 24.0, 24.0) {
            self.room(LINE);
            let place = (LEFT + indent(&line) * PITCH, self.y);
            set(self.page(), place, LINE, &line, PITCH, 0.0);
            self.y += LINE;
        }
    }

    fn paragraph(&mut self, text: &str, indent: f64) {
        let lines = broken(text, 28.0 - indent, 28.0);
        for (at, line) in lines.iter().enumerate() {
            self.room(LINE);
            let indent = if at == 0 { indent } else { 0.0 };
            let gaps = counted(line.chars().count().saturating_sub(1).max(1));
            let spread = if at + 1 < lines.len() { (28.0 - indent - width(line)) * PITCH / gaps } else { 0.0 };
            let y = self.y;
            set(self.page(), (LEFT + indent * PITCH, y), LINE, line, PITCH, spread);
            self.y += LINE;
        }
    }

    fn table(&mut self, rows: &[Vec<(String, usize)>]) {
        let edges = edges(rows);
        for (number, row) in rows.iter().enumerate() {
            let cells = cells(row, &edges);
            let height = height(&cells);
            let before = self.pages.len();
            self.room(height);
            // The first rows are the caption and the head; on a new page every cell has an upper edge.
            let may_hang = number > 1 && self.pages.len() == before;
            self.row(&cells, height, may_hang);
            let room = rows.get(number + 1).map(|next| self::height(&self::cells(next, &edges)));
            if room.is_none_or(|room| self.y + room > TOP + HEIGHT) {
                let y = self.y;
                rule(self.page(), (LEFT, y), (LEFT + WIDTH, y));
            }
        }
        self.y = (((self.y - TOP) / LINE).ceil() + 0.5) * LINE + TOP;
    }

    /// A row; a first cell without text hangs down from the one above it where it may.
    fn row(&mut self, cells: &[Cell], height: f64, may_hang: bool) {
        let (top, bottom) = (self.y, self.y + height);
        for cell in cells {
            let (left, right) = (cell.left, cell.right);
            let hangs = may_hang && left <= LEFT && cell.lines.is_empty() && right < LEFT + WIDTH - 1.0;
            if !hangs {
                rule(self.page(), (left, top), (right, top));
            }
            rule(self.page(), (left, top), (left, bottom));
            let above = (height - counted(cell.lines.len()) * CELL_LINE) / 2.0;
            for (line, at) in cell.lines.iter().zip(0u32..) {
                let y = top + above + f64::from(at) * CELL_LINE;
                let x = left + ((right - left) - width(line) * CELL_PITCH) / 2.0;
                set(self.page(), (x, y), CELL_LINE, line, CELL_PITCH, 0.0);
            }
        }
        rule(self.page(), (LEFT + WIDTH, top), (LEFT + WIDTH, bottom));
        self.y = bottom;
    }
}

/// A cell between its edges, its text broken into lines.
struct Cell {
    left: f64,
    right: f64,
    lines: Vec<String>,
}

fn cells(row: &[(String, usize)], edges: &[f64]) -> Vec<Cell> {
    let at = |column: usize| edges.get(column).or(edges.last()).copied().unwrap_or(LEFT + WIDTH);
    let mut column = 0;
    let cells = row.iter().map(|(text, columns)| {
        let (left, right) = (at(column), at(column + columns));
        column += columns;
        let fitting = (right - left - 2.0 * PADDING) / CELL_PITCH;
        Cell { left, right, lines: broken(text, fitting, fitting) }
    });
    cells.collect()
}

/// The height of a row: that of its longest cell.
fn height(cells: &[Cell]) -> f64 {
    let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1).max(1);
    counted(lines) * CELL_LINE + 2.0 * PADDING
}

/// A count as a number to measure with.
fn counted(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

/// The edges of the columns: wide where the texts are long.
fn edges(rows: &[Vec<(String, usize)>]) -> Vec<f64> {
    let count = rows.iter().map(|row| row.iter().map(|cell| cell.1).sum::<usize>()).max().unwrap_or(1);
    let mut widest = vec![3.0f64; count];
    for row in rows {
        let mut column = 0;
        for (text, columns) in row {
            if let Some(widest) = widest.get_mut(column).filter(|_| *columns == 1) {
                *widest = widest.max(width(text).min(14.0));
            }
            column += columns;
        }
    }
    let total: f64 = widest.iter().sum();
    let mut edges = vec![LEFT];
    for own in widest {
        edges.push(edges.last().copied().unwrap_or(LEFT) + own / total * WIDTH);
    }
    edges
}

/// The width of a text in ideographs.
fn width(text: &str) -> f64 {
    text.chars().map(|character| if character.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Lines of at most so many ideographs; words and numbers are not broken.
fn broken(text: &str, first: f64, others: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let word = rest.find(|other: char| !other.is_ascii_alphanumeric() && other != '.').unwrap_or(rest.len());
        let end = if word > 0 && word < 20 { word } else { character.len_utf8() };
        let (piece, after) = rest.split_at(end);
        let most = if lines.is_empty() { first } else { others };
        let clings = CLINGING.contains(character) && width(&line) <= most;
        if !line.is_empty() && width(&line) + width(piece) > most && !clings {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(piece);
        rest = after;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Writes a line of text: its top left corner, its height, the distance of its characters and what is added to it.
fn set(page: &mut String, (x, y): (f64, f64), height: f64, line: &str, pitch: f64, spread: f64) {
    if line.is_empty() {
        return;
    }
    let steps: Vec<f64> = line.chars().map(|character| if character.is_ascii() { pitch / 2.0 } else { pitch } + spread).collect();
    let written: Vec<String> = steps.iter().take(steps.len() - 1).map(|step| format!("{step:.4}")).collect();
    let deltas = written.chunk_by(|one, other| one == other).map(|same| match same {
        [step, _, _, ..] => format!("g {} {step}", same.len()),
        few => few.join(" "),
    });
    let deltas = deltas.collect::<Vec<_>>().join(" ");
    let escaped = line.replace('&', "&amp;").replace('<', "&lt;");
    let (size, baseline) = (pitch * 0.98, height / 2.0 + pitch * 0.36);
    let total: f64 = steps.iter().sum();
    let _ = write!(
        page,
        "<ofd:TextObject ID=\"0\" Boundary=\"{x:.4} {y:.4} {total:.4} {height:.4}\" Font=\"3\" Size=\"{size:.4}\">\
         <ofd:TextCode X=\"0\" Y=\"{baseline:.4}\" DeltaX=\"{deltas}\">{escaped}</ofd:TextCode></ofd:TextObject>"
    );
}

fn rule(page: &mut String, from: (f64, f64), to: (f64, f64)) {
    let (width, height) = (to.0 - from.0, to.1 - from.1);
    let _ = write!(
        page,
        "<ofd:PathObject ID=\"0\" Boundary=\"{:.4} {:.4} {width:.4} {height:.4}\" LineWidth=\"0.2\">\
         <ofd:AbbreviatedData>M 0 0 L {width:.4} {height:.4}</ofd:AbbreviatedData></ofd:PathObject>",
        from.0, from.1
    );
}

const NAMESPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// Packs the contents of pages.
fn packed(pages: Vec<String>) -> Vec<u8> {
    let count = pages.len();
    let list = (0..count).map(|at| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>", at + 10));
    let list = list.collect::<Vec<_>>().concat();
    let mut parts = vec![
        (
            "OFD.xml".to_owned(),
            format!(
                "<ofd:OFD {NAMESPACE} Version=\"1.1\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>\
                 <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
        ),
        (
            "Doc_0/Document.xml".to_owned(),
            format!(
                "<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297\
                 </ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{list}\
                 </ofd:Pages></ofd:Document>"
            ),
        ),
        (
            "Doc_0/PublicRes.xml".to_owned(),
            format!("<ofd:Res {NAMESPACE} BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"3\" FontName=\"仿宋\"/></ofd:Fonts></ofd:Res>"),
        ),
    ];
    for (at, mut page) in pages.into_iter().enumerate() {
        if count > 1 {
            let number = format!("— {} —", at + 1);
            let x = LEFT + (WIDTH - width(&number) * 4.9) / 2.0;
            set(&mut page, (x, TOP + HEIGHT + 7.0), 7.0, &number, 4.9, 0.0);
        }
        let content = format!("<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer ID=\"1\">{page}</ofd:Layer></ofd:Content></ofd:Page>");
        parts.push((format!("Doc_0/Pages/Page_{at}/Content.xml"), content));
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).expect("memory takes every part");
        writer
            .write_all(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{content}").as_bytes())
            .expect("memory takes every byte");
    }
    writer.finish().expect("memory takes the directory").into_inner()
}
