//! Positioned glyphs → raw document: the lines, paragraphs and tables of formats that only know what is printed where (PDF, OFD).
//!
//! A reader gives [`Page`]s; [`lay_out`] gives the text in reading order, through `pieces`. The stages, in order:
//!
//! 1. `grid` (with `groups`): rules become the grids of tables and boxes; `columns` finds two columns of text.
//! 2. `lines` (with `raised`): glyphs become lines, with the spaces that their gaps mean.
//! 3. `sheet`: a page is lines, tables and frames. `border`, `margin` and `footnotes` take off what is not its running text.
//! 4. `measure`: the usual size, edges and distances of the document.
//! 5. `flow` (with `paragraphs`, `joining`, `aligned`, `stitching`): lines become paragraphs, and what a page's end has torn whole.
//!
//! All lengths are told in sizes of the print, so that any unit does. What a glyph is and where it stands is the reader's business; what the
//! text means is left to `structure`: no heading is told by its size here. Text that runs from top to bottom is not laid out.

mod aligned;
mod border;
mod columns;
mod flow;
mod footnotes;
mod grid;
mod groups;
mod joining;
mod lines;
mod margin;
mod measure;
mod paragraphs;
mod raised;
mod sheet;
mod stitching;

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::RawDocument;
use super::pieces::assembled;
use flow::Flow;
use margin::LeftOut;
use sheet::{Element, Sheet};

/// A page with a picture and fewer characters than this is the picture of a page.
const CHARACTERS_OF_A_PAGE: usize = 10;

/// A page: what is printed where. Points or millimetres, one unit throughout; y grows downwards from the top edge.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    /// Its number, from 1.
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// In the order in which they are printed.
    pub(super) glyphs: Vec<Glyph>,
    /// What boxes and tables are drawn of.
    pub(super) rules: Vec<Rule>,
    /// How many images cover much of the page or stand for text.
    pub(super) pictures: u32,
}

/// A printed glyph. White space may be given or not: it is believed where a gap is seen, and a gap is seen without it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Glyph {
    /// Its characters: one, or several for a ligature; a reader leaves out what has none, and counts it.
    pub(super) text: String,
    /// Its left edge.
    pub(super) x: f32,
    /// Where it stands, measured from the top edge of the page.
    pub(super) baseline: f32,
    /// How far it advances.
    pub(super) width: f32,
    /// The size of its font, as printed.
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// A straight horizontal or vertical line, or thin filled rectangle, of which tables and boxes are drawn: from one end (left, top)
/// to the other (right, bottom), in the middle of its thickness.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Rule {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

/// Positioned glyphs → lines → paragraphs → tables, in reading order.
pub(super) fn lay_out(pages: Vec<Page>) -> Warned<RawDocument> {
    let strip = pages.iter().find_map(|page| columns::strip_of(&page.glyphs, page.height));
    let mut sheets: Vec<Sheet> = pages.into_iter().map(|page| sheet::sheet(page, strip)).collect();
    border::strip(&mut sheets);
    let left_out = margin::strip(&mut sheets);
    let mut diagnostics: Vec<Diagnostic> = sheets.iter().flat_map(said).collect();
    diagnostics.extend(heads_and_feet(&left_out));
    let marks: usize = sheets.iter().map(|sheet| sheet.marks).sum();
    let usual = measure::measure(&sheets);
    let notes = footnotes::take(&mut sheets, usual.size);
    let mut flow = Flow::default();
    for sheet in sheets {
        flow.sheet(sheet, &usual);
    }
    flow.notes(notes);
    let counted = [
        (
            "footnote-marks",
            marks,
            "处脚注标记已略去，脚注列在文末",
            "sign(s) of footnotes left out; the footnotes stand at the end",
        ),
        (
            "repeated-rows",
            flow.repeated_rows,
            "行跨页重复的表头已略去",
            "row(s) of table heads that are repeated on the next page left out",
        ),
        ("torn-rows", flow.torn_rows, "行表格被换页隔断，已接合", "row(s) of tables that were torn by the end of a page joined"),
    ];
    for (code, count, chinese, english) in counted.into_iter().filter(|(_, count, _, _)| *count > 0) {
        let message = Bilingual::new(format!("{count}{chinese}"), format!("{count} {english}"));
        diagnostics.push(Diagnostic::note(code, message, Place::default()));
    }
    Warned { value: assembled(flow.pieces), diagnostics }
}

/// What is wrong with a page.
fn said(sheet: &Sheet) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let number = sheet.number;
    let is_text = sheet.elements.iter().any(|element| !matches!(element, Element::Line(_)))
        || measure::lines(&sheet.elements).map(|line| line.text.chars().count()).sum::<usize>() >= CHARACTERS_OF_A_PAGE;
    if sheet.pictures > 0 && !is_text {
        let message = Bilingual::new(
            "没有可用的文字层，需先做文字识别（OCR）",
            "there is no usable text layer: text recognition (OCR) is needed first",
        );
        diagnostics.push(Diagnostic::warning("page-needs-ocr", message, Place::page(number)));
    }
    if sheet.scribbled {
        let message = Bilingual::new("线条过多，没有辨认表格", "there are too many lines to look for tables among them");
        diagnostics.push(Diagnostic::warning("too-many-lines", message, Place::page(number)));
    }
    diagnostics
}

/// Which heads and feet were left out.
fn heads_and_feet(left_out: &LeftOut) -> Option<Diagnostic> {
    const TOLD: usize = 3;
    let first = |open: &str, close: &str, mark: &str| {
        let kinds = left_out.kinds.iter().take(TOLD).map(|kind| format!("{open}{kind}{close}"));
        kinds.collect::<Vec<_>>().join(mark)
    };
    let count = left_out.count;
    let message = Bilingual::new(
        format!("页眉页脚共{count}行已略去：{}", first("“", "”", "、")),
        format!("{count} line(s) of page heads and feet left out: {}", first("“", "”", ", ")),
    );
    (count > 0).then(|| Diagnostic::note("page-heads", message, Place::default()))
}

#[cfg(test)]
mod tests;
