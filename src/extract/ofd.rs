//! The reader of OFD (GB/T 33190-2016), the format in which Chinese authorities publish and archive documents.
//!
//! 1. `package` (over `container` and `xml`): the document, its pages, templates, fonts and composite units, as trees.
//! 2. `canvas` (with `geometry`, `glyphs`, `paths`): the objects of a page as glyphs and rules, in millimetres from its top left corner.
//! 3. `layout` makes lines, paragraphs and tables of them.
//!
//! The text is what the file gives as text (`TextCode`), also where it names other glyphs for it (`CGTransform`). The pages of
//! templates are printed under or over the pages that name them. Seals, comments, actions, clips and pictures are not read: a page
//! that is a picture is reported with its number, a signature is said.

mod canvas;
mod geometry;
mod glyphs;
mod package;
mod paths;

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::container::{Container, is_container};
use super::error::ExtractError;
use super::layout::{Page, lay_out};
use super::limits::Limits;
use super::lines::lines;
use super::text::replaced_characters;
use super::{Hints, RawDocument};
use canvas::Canvas;
use package::Package;

/// Whether the bytes are a container with an OFD document in it.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    is_container(bytes) && Container::glance(bytes).is_ok_and(|container| container.has(package::ENTRY))
}

/// Reads an OFD file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    let mut container = Container::open(bytes, limits)?;
    let mut package = package::open(&mut container)?;
    let (mut pages, mut diagnostics) = (Vec::new(), left_out(&package));
    let (mut canvas, mut unreadable) = (Canvas::default(), false);
    for number in 1..=package.pages.len() {
        let page = package.page(&mut container, number - 1)?;
        canvas.begin(package.size(&page));
        for layers in package.printed(&page) {
            canvas.draw(layers, &package.resources)?;
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        diagnostics.extend(said(&canvas, number));
        unreadable |= canvas.undecoded > 0;
        pages.push(printed(&mut canvas, number));
    }
    let count = pages.len();
    let Warned { value: mut raw, diagnostics: noticed } = lay_out(pages);
    if raw.text.trim().is_empty() {
        return Err(ExtractError::NoText { pages: count, undecoded: unreadable });
    }
    diagnostics.extend(noticed);
    diagnostics.extend(replaced_characters(&lines(&raw.text)));
    raw.hints = Hints { title: package.title, ..Hints::default() };
    Ok(Warned { value: raw, diagnostics })
}

/// What was drawn on a page.
fn printed(canvas: &mut Canvas, number: u32) -> Page {
    let (width, height) = canvas.size();
    let pictures = canvas.pictures();
    let (glyphs, rules) = (std::mem::take(&mut canvas.glyphs), std::mem::take(&mut canvas.rules));
    // Text of which most has no characters is as good as a picture: what is left of it would be scattered digits.
    let glyphs = if canvas.undecoded * 2 > glyphs.len() { Vec::new() } else { glyphs };
    Page { number, width, height, glyphs, rules, pictures }
}

/// What a reader of a page would miss in the text.
fn said(canvas: &Canvas, number: u32) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if canvas.undecoded > 0 {
        let count = canvas.undecoded;
        let message = Bilingual::new(
            format!("有{count}个字形没有对应的字符，以 U+FFFD 代替"),
            format!("{count} glyph(s) stand for no known character: U+FFFD is in their place"),
        );
        diagnostics.push(Diagnostic::warning("undecoded-glyphs", message, Place::page(number)));
    }
    if canvas.slanted > 0 {
        let count = canvas.slanted;
        let message = Bilingual::new(
            format!("倾斜或页面之外的{count}个字符（如水印）已略去"),
            format!("{count} character(s) that are slanted or off the page, as of a watermark, left out"),
        );
        diagnostics.push(Diagnostic::note("slanted-text", message, Place::page(number)));
    }
    diagnostics
}

/// What the file has beside the pages that are read.
fn left_out(package: &Package) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut say = |code: &str, chinese: String, english: String| {
        diagnostics.push(Diagnostic::note(code, Bilingual::new(chinese, english), Place::default()));
    };
    if package.other_documents > 0 {
        let count = package.other_documents;
        say(
            "other-documents",
            format!("文件中另有{count}个文档没有读入"),
            format!("{count} other document(s) in the file left out"),
        );
    }
    if package.signatures > 0 {
        let count = package.signatures;
        say(
            "signed",
            format!("含{count}个电子签章，印章图案没有读入，签章未经验证"),
            format!("{count} electronic seal(s) or signature(s): not verified, and what the seals show is left out"),
        );
    }
    if package.annotations > 0 {
        let count = package.annotations;
        say("annotations", format!("{count}页的批注没有读入"), format!("the annotations of {count} page(s) left out"));
    }
    diagnostics
}

#[cfg(test)]
mod tests;
