//! Text objects → glyphs (GB/T 33190-2016 §11).
//!
//! A text object has a font, a size and runs of text; each run says where its first character stands and how far apart the others are:
//! `5 5 2.5`, or `g 28 5` for twenty-eight times 5. A run that does not say it is set in characters of their usual width.

use crate::extract::error::ExtractError;
use crate::extract::layout::Glyph;
use crate::extract::xml::Element;
use crate::text::width::{Ambiguous, columns};

use super::canvas::Canvas;
use super::geometry::{Matrix, attribute, number, space};
use super::package::Resources;

/// Text that leans further than this, as a share of its length, is no text of the page but a watermark.
const SLANT: f64 = 0.03;
/// A weight from which on text is bold; 400 is usual (§11.3).
const BOLD: f64 = 600.0;
/// An ideograph may be set this much wider than it is and have no gap after it, in sizes.
const SPREAD: f64 = 1.3;

/// Stands where a glyph has a shape but no known character.
const UNKNOWN: char = '\u{FFFD}';

/// How the text of an object is set.
struct Setting {
    space: Matrix,
    /// In the space of the object.
    size: f64,
    /// How wide characters are, as a share of their usual width.
    stretch: f64,
    /// The size as printed.
    printed: f64,
    /// How far one unit along the line is as printed.
    along: f64,
    bold: bool,
}

/// Draws a text object.
///
/// # Errors
///
/// Where there are too many characters in the document.
pub(super) fn draw(canvas: &mut Canvas, object: &Element, around: Matrix, resources: &Resources) -> Result<(), ExtractError> {
    let space = space(object, around);
    let size = attribute(object, "Size").filter(|size| *size > 0.0).unwrap_or(1.0);
    let (across, down) = (space.turn((1.0, 0.0)), space.turn((0.0, 1.0)));
    let upright = across.0 > 0.0 && down.1 > 0.0 && across.1.abs() <= SLANT * across.0;
    let font = object.attribute("Font").and_then(|font| resources.fonts.get(font)).copied().unwrap_or(false);
    let setting = Setting {
        space,
        size,
        stretch: attribute(object, "HScale").filter(|scale| *scale > 0.0).unwrap_or(1.0),
        printed: size * down.1,
        along: across.0,
        bold: font || attribute(object, "Weight").is_some_and(|weight| weight >= BOLD),
    };
    let mut start = (0.0, 0.0);
    for run in object.all("TextCode") {
        // Where a run does not say its place, it begins where the one before it began.
        start = (attribute(run, "X").unwrap_or(start.0), attribute(run, "Y").unwrap_or(start.1));
        let characters: Vec<char> = run.text.chars().filter(|character| !matches!(character, '\n' | '\r')).collect();
        canvas.count_characters(characters.len())?;
        if upright {
            self::run(canvas, &setting, start, &characters, run);
        } else {
            canvas.slanted += characters.iter().filter(|character| !character.is_whitespace()).count();
        }
    }
    Ok(())
}

/// Sets the characters of one run.
fn run(canvas: &mut Canvas, setting: &Setting, start: (f64, f64), characters: &[char], run: &Element) {
    let needed = characters.len().saturating_sub(1);
    let (across, down) = (offsets(run.attribute("DeltaX"), needed), offsets(run.attribute("DeltaY"), needed));
    let mut place = start;
    for (at, character) in characters.iter().enumerate() {
        let usual = usual_width(*character) * setting.size * setting.stretch;
        // Text that goes down says so; other text goes on, whether it says how far or not.
        let step = across.get(at).copied().unwrap_or(if down.is_empty() { usual } else { 0.0 });
        glyph(canvas, setting, place, *character, if at < needed { step } else { usual });
        place = (place.0 + step, place.1 + down.get(at).copied().unwrap_or(0.0));
    }
}

fn glyph(canvas: &mut Canvas, setting: &Setting, place: (f64, f64), character: char, step: f64) {
    let place = setting.space.place(place);
    let Some(character) = printed(character) else { return };
    if !canvas.holds(place) {
        canvas.slanted += usize::from(!character.is_whitespace());
        return;
    }
    canvas.undecoded += usize::from(character == UNKNOWN);
    let usual = usual_width(character) * setting.size * setting.stretch;
    let widest = if usual_width(character) > 0.5 { usual * SPREAD } else { setting.size * setting.stretch };
    // A step that is wider than the character leaves a gap after it.
    let width = if step > 0.0 && step <= widest { step } else { usual } * setting.along;
    let [x, baseline, width, size] = [place.0, place.1, width, setting.printed].map(narrowed);
    canvas.glyphs.push(Glyph { text: character.to_string(), x, baseline, width, size, bold: setting.bold });
}

#[expect(clippy::cast_possible_truncation, reason = "layout measures pages in f32")]
fn narrowed(number: f64) -> f32 {
    number as f32
}

/// The width of a character in sizes: an ideograph is as wide as high, a letter half as wide.
fn usual_width(character: char) -> f64 {
    let mut buffer = [0; 4];
    if columns(character.encode_utf8(&mut buffer), Ambiguous::Wide) > 1 { 1.0 } else { 0.5 }
}

/// The character that people type for this one; none for what is not printed.
fn printed(character: char) -> Option<char> {
    match character {
        '\t' | '\u{A0}' => Some(' '),
        '\u{AD}' => Some('-'),
        '\u{FEFF}' | '\u{200B}'..='\u{200F}' => None,
        // Numbers of glyphs in private use, which another font would show as something else.
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some(UNKNOWN),
        character if character.is_control() => None,
        character => Some(character),
    }
}

/// At most `needed` distances (§11.4): `g 3 2.5` is three times 2.5.
fn offsets(written: Option<&str>, needed: usize) -> Vec<f64> {
    let mut offsets = Vec::new();
    let mut words = written.unwrap_or_default().split_ascii_whitespace();
    while offsets.len() < needed
        && let Some(word) = words.next()
    {
        let (count, word) =
            if word == "g" { (words.next().and_then(number).map_or(0, times), words.next()) } else { (1, Some(word)) };
        let Some(offset) = word.and_then(number) else { break };
        let room = needed - offsets.len();
        offsets.extend(std::iter::repeat_n(offset, count.min(room)));
    }
    offsets
}

/// A count that is written as a number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is bounded before it is cut")]
fn times(count: f64) -> usize {
    count.clamp(0.0, 1e9) as usize
}
