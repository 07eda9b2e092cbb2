//! Heads and feet of pages: what is repeated at the same height, and the numbers of pages (— 3 —, GB/T 9704-2012 §7.5).
//!
//! They stand between the halves of paragraphs and are left out. What is left out is told.

use std::collections::BTreeMap;

use super::lines::Line;
use super::measure::steps;
use super::sheet::{Element, Sheet};

/// Heads and feet lie within this share of the height from either edge.
const MARGIN: f32 = 0.15;
/// How many lines a head or foot has at most.
const MOST_LINES: usize = 3;
/// A head is one that so many pages have, fewer where the document has fewer than twice as many.
const ENOUGH_PAGES: usize = 3;

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Lines.
    pub(super) count: usize,
    /// The first of each kind.
    pub(super) kinds: Vec<String>,
}

/// The same line on other pages: at one height, digits not compared.
type Kind = (String, i32);

/// Takes heads and feet off the sheets.
pub(super) fn strip(sheets: &mut [Sheet]) -> LeftOut {
    let mut pages: BTreeMap<Kind, usize> = BTreeMap::new();
    for sheet in sheets.iter() {
        for (_, line) in outermost(sheet) {
            *pages.entry(kind(line)).or_default() += 1;
        }
    }
    let enough = if sheets.len() < 2 * ENOUGH_PAGES { 2 } else { ENOUGH_PAGES };
    let mut left_out = LeftOut::default();
    let mut told = BTreeMap::new();
    for sheet in sheets.iter_mut() {
        let number = sheet.number;
        let repeated = |line: &Line| {
            let (text, height) = kind(line);
            // A hair of difference may put a line on the other side of a step.
            let seen = [-1, 0, 1].iter().filter_map(|step| pages.get(&(text.clone(), height.saturating_add(*step)))).sum::<usize>();
            seen >= enough || is_page_mark(&line.text, number)
        };
        let outer: Vec<usize> = outermost(sheet).into_iter().filter(|(_, line)| repeated(line)).map(|(at, _)| at).collect();
        for at in outer.into_iter().rev() {
            if let Element::Line(line) = sheet.elements.remove(at) {
                left_out.count += 1;
                told.entry(kind(&line).0).or_insert(line.text);
            }
        }
    }
    left_out.kinds = told.into_values().collect();
    left_out
}

/// The lines at the top and at the foot of a page, in order, with their places among its elements.
fn outermost<'sheet>(sheet: &'sheet Sheet) -> Vec<(usize, &'sheet Line)> {
    let is_outer = |line: &Line| line.baseline < sheet.height * MARGIN || line.baseline > sheet.height * (1.0 - MARGIN);
    let line = |(at, element): (usize, &'sheet Element)| match element {
        Element::Line(line) if is_outer(line) => Some((at, line)),
        Element::Line(_) | Element::Column(_) | Element::Table(_) | Element::Frame(_) => None,
    };
    let mut places: Vec<(usize, &Line)> = sheet.elements.iter().enumerate().map_while(line).take(MOST_LINES).collect();
    let first = places.last().map_or(0, |(at, _)| at + 1);
    let mut feet: Vec<_> = sheet.elements.iter().enumerate().skip(first).rev().map_while(line).take(MOST_LINES).collect();
    feet.reverse();
    places.extend(feet);
    places
}

/// A line without its digits and spaces, and its height in halves of its size.
fn kind(line: &Line) -> Kind {
    let mut text = String::new();
    for character in line.text.chars().filter(|character| !character.is_whitespace()) {
        let digit = character.is_ascii_digit();
        if !(digit && text.ends_with('#')) {
            text.push(if digit { '#' } else { character });
        }
    }
    (text, steps(line.baseline, line.size / 2.0))
}

/// Whether a line is the number of a page: between dashes, with its words, or bare and true.
fn is_page_mark(text: &str, number: u32) -> bool {
    let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let digits = |text: &str| (1..=4).contains(&text.len()) && text.chars().all(|character| character.is_ascii_digit());
    let dashed = text.trim_matches(['—', '-', '－', '–', '―', '─', '·', '~']);
    if dashed.len() < text.len() && digits(dashed) {
        return true;
    }
    let worded = text.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    let total = |rest: &str| {
        rest.trim_matches(['共', '页', '，', ',', '/', '（', '）']).chars().all(|character| character.is_ascii_digit())
    };
    worded.is_some_and(|(page, rest)| digits(page) && total(rest)) || text == number.to_string()
}
