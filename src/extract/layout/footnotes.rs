//! Footnotes: small print at the foot of a page, numbered as a sign on the page is.
//!
//! They stand between the halves of paragraphs and tables. They are moved to the end of the document, as the reader of Word documents does.

use super::lines::Line;
use super::sheet::{Element, Sheet};

/// Footnotes are smaller than this share of the print.
const SMALLER: f32 = 0.88;

/// Takes the footnotes off the sheets: each with its page and its lines.
///
/// They are the last lines of a page on which a sign was found, from the first small one that begins with a number on.
pub(super) fn take(sheets: &mut [Sheet], size: f32) -> Vec<(u32, Vec<Line>)> {
    let mut notes: Vec<(u32, Vec<Line>)> = Vec::new();
    for sheet in sheets.iter_mut().filter(|sheet| sheet.marks > 0) {
        let small = sheet.elements.iter().rev().take_while(|element| match element {
            Element::Line(line) => line.size < size * SMALLER,
            Element::Column(_) | Element::Table(_) | Element::Frame(_) => false,
        });
        let last = sheet.elements.split_off(sheet.elements.len() - small.count());
        let mut taken = false;
        for element in last {
            let number = match &element {
                Element::Line(line) => number(&line.text),
                Element::Column(_) | Element::Table(_) | Element::Frame(_) => None,
            };
            taken |= number.is_some();
            match (element, notes.last_mut().filter(|_| taken)) {
                (Element::Line(line), _) if number.is_some() => {
                    let text = number.unwrap_or_default();
                    notes.push((sheet.number, vec![Line { text, ..line }]));
                }
                (Element::Line(line), Some((_, note))) => note.push(line),
                (element, _) => sheet.elements.push(element),
            }
        }
    }
    notes
}

/// The text of a footnote with its number written as `[1]`; none for a line that does not begin with one.
fn number(text: &str) -> Option<String> {
    let bare = text.trim_start_matches(['[', '〔', '［']);
    let rest = bare.trim_start_matches(|character: char| character.is_ascii_digit());
    let number = bare.strip_suffix(rest).filter(|number| (1..=3).contains(&number.len()));
    let circled = bare.chars().next().filter(|sign| ('①'..='⑳').contains(sign));
    match (number, circled) {
        // 1.5 and 1、 number something else.
        (Some(number), _) if !rest.starts_with(['.', '、', '．', '%', '．']) => {
            let rest = rest.trim_start_matches([']', '〕', '］']).trim_start();
            (!rest.is_empty()).then(|| format!("[{number}] {rest}"))
        }
        (Some(_), _) | (None, None) => None,
        (None, Some(sign)) => {
            let rest = bare.trim_start_matches(sign).trim_start();
            let number = u32::from(sign) - u32::from('①') + 1;
            (!rest.is_empty()).then(|| format!("[{number}] {rest}"))
        }
    }
}
