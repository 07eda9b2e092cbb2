//! The reader of PDF (ISO 32000): what is printed on each page, with the characters that it stands for.
//!
//! 1. `load`: which pages the file has, with bounds against hostile files.
//! 2. `canvas`: a page is drawn on a canvas that keeps glyphs and rules instead of ink.
//! 3. `characters` and `encodings`: what a glyph stands for, in the characters that people type.
//! 4. `layout` makes lines, paragraphs and tables of it.
//!
//! Text that is there but not shown (the text layer of a scan) is text. Comments of readers are text where they are printed. Pictures
//! are not read: a page that is a picture is reported with its number. The order of the text is the order on the page, not the one
//! in the file, which is the order in which some program happened to draw.

mod canvas;
mod characters;
mod encodings;
mod load;

use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::RawDocument;
use super::container::too_large;
use super::error::ExtractError;
use super::layout::{Page, lay_out};
use super::limits::Limits;
use super::lines::lines;
use super::text::replaced_characters;
use canvas::Canvas;
use encodings::Encodings;

/// The signature stands within this many bytes (ISO 32000-1, Annex H.3.4.1); some servers put a head before it.
const SIGNATURE_WITHIN: usize = 1024;
/// The characters of a document; a yearbook has some ten million.
const MOST_CHARACTERS: u64 = 30_000_000;

/// Whether the bytes begin as a PDF file does: `%PDF-` and a digit.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    let begin = bytes.get(..bytes.len().min(SIGNATURE_WITHIN)).unwrap_or_default();
    begin.windows(6).any(|window| window.strip_prefix(b"%PDF-").is_some_and(|version| version[0].is_ascii_digit()))
}

/// Reads a PDF file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    let pdf = load::open(bytes, limits)?;
    let cache = InterpreterCache::new();
    let mut encodings = Encodings::default();
    let (mut pages, mut diagnostics) = (Vec::new(), Vec::new());
    let (mut characters, mut undecoded) = (0u64, 0usize);
    for (page, number) in pdf.pages().iter().zip(1..) {
        load::check(page, &mut encodings)?;
        let canvas = draw(page, &cache, &encodings)?;
        characters += canvas.glyphs.len() as u64;
        if characters > MOST_CHARACTERS {
            return Err(too_large("个字符", "characters", MOST_CHARACTERS));
        }
        undecoded += canvas.undecoded;
        diagnostics.extend(said(&canvas, number));
        pages.push(page_of(canvas, page, number));
    }
    let count = pages.len();
    let Warned { value: raw, diagnostics: noticed } = lay_out(pages);
    if raw.text.trim().is_empty() {
        return Err(ExtractError::NoText { pages: count, undecoded: undecoded > 0 });
    }
    diagnostics.extend(noticed);
    diagnostics.extend(replaced_characters(&lines(&raw.text)));
    Ok(Warned { value: raw, diagnostics })
}

fn draw<'pdf, 'font>(
    page: &PdfPage<'pdf>,
    cache: &InterpreterCache<'pdf>,
    encodings: &'font Encodings,
) -> Result<Canvas<'font>, ExtractError> {
    let (width, height) = page.render_dimensions();
    let mut canvas = Canvas::new(width, height, encodings);
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, page.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut canvas);
    canvas.finish()
}

fn page_of(canvas: Canvas<'_>, page: &PdfPage<'_>, number: u32) -> Page {
    let (width, height) = page.render_dimensions();
    let pictures = canvas.pictures();
    let (width, height) = if canvas.lies_on_its_side() { (height, width) } else { (width, height) };
    // Text of which most has no characters is as good as a picture: what is left of it would be scattered digits.
    let glyphs = if canvas.mostly_undecoded() { Vec::new() } else { canvas.glyphs };
    Page { number, width, height, glyphs, rules: canvas.rules, pictures }
}

/// What a reader of the printed page would miss in the text.
fn said(canvas: &Canvas<'_>, number: u32) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let place = || Place::page(number);
    if canvas.undecoded > 0 && !canvas.mostly_undecoded() {
        let count = canvas.undecoded;
        let message = Bilingual::new(
            format!("有{count}个字形没有对应的字符，以 U+FFFD 代替"),
            format!("{count} glyph(s) stand for no known character: U+FFFD is in their place"),
        );
        diagnostics.push(Diagnostic::warning("undecoded-glyphs", message, place()));
    }
    if canvas.left_out > 0 {
        let count = canvas.left_out;
        let message = Bilingual::new(
            format!("倾斜或页面之外的{count}个字符（如水印）已略去"),
            format!("{count} character(s) that are slanted or off the page, as of a watermark, left out"),
        );
        diagnostics.push(Diagnostic::note("slanted-text", message, place()));
    }
    diagnostics
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
