//! Short forms (简称): what a document says that it calls by a shorter name.
//!
//! 中国（湖南）自由贸易试验区（以下简称湖南自贸试验区）, 区域全面经济伙伴关系协定（RCEP）. Takes the units of a document, gives each pair of full and
//! short form once. Rather none than a wrong one: the characters of a Chinese short form must occur in the full form, in order, and the
//! full form must begin with its first character at the beginning of a word; of a Latin one the length must be right. A short form
//! that stands in the full form as it is (《……办法》，以下简称《办法》) is found wherever the full form is, and means other things elsewhere:
//! it is none. Linear in the text.

mod full;

use std::collections::BTreeSet;

use crate::document::Document;
use crate::document::abbreviation::Abbreviation;

/// What introduces a short form within brackets, the longer before those that they begin with.
const INTRODUCTIONS: [&str; 14] = [
    "以下统一简称",
    "以下均简称",
    "以下简称为",
    "以下简称",
    "下文简称",
    "以下称",
    "下简称",
    "英文缩写",
    "英文简称",
    "简称为",
    "简称",
    "下称",
    "缩写为",
    "缩写",
];

/// The most characters of a short form.
const LONGEST_SHORT: usize = 20;

/// What a short form is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Chinese,
    Latin,
}

/// A short form within brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Short<'text> {
    text: &'text str,
    script: Script,
}

/// The short forms of a document whose nodes are known, in reading order.
pub(super) fn find(document: &Document) -> Vec<Abbreviation> {
    let mut found: Vec<Abbreviation> = Vec::new();
    let mut known = BTreeSet::new();
    for (node, unit) in document.walk() {
        for (full, short) in in_text(document.unit_text(unit)) {
            if known.insert((full.clone(), short.clone())) {
                found.push(Abbreviation { full, short, node });
            }
        }
    }
    found
}

/// The pairs of full and short form in a text.
fn in_text(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (open, bracket) in text.match_indices(['（', '(']) {
        let Some(inner) = text.get(open + bracket.len()..).and_then(|rest| rest.split(['）', ')', '（', '(']).next()) else {
            continue;
        };
        let Some(before) = text.get(..open) else { continue };
        let pair = short(inner).and_then(|short| Some((full::of(before, short)?, short.text.to_owned())));
        pairs.extend(pair);
    }
    pairs
}

/// The short form in brackets, where they hold one and nothing else.
fn short(inner: &str) -> Option<Short<'_>> {
    let inner = inner.trim();
    let introduced = INTRODUCTIONS.iter().find_map(|introduction| inner.strip_prefix(introduction));
    let rest = introduced.unwrap_or(inner).trim_start_matches(['：', ':', '，', ',', ' ', '为']).trim();
    let text = unquoted(rest).trim();
    let script = script(text)?;
    let length = text.chars().count();
    // Without an introduction a remark in brackets is a short form only where it has some length: 机舱系统（DD） has a code.
    let least = if introduced.is_some() { 2 } else { 3 };
    (least..=LONGEST_SHORT).contains(&length).then_some(Short { text, script })
}

fn unquoted(text: &str) -> &str {
    let pairs = [('“', '”'), ('"', '"'), ('《', '》'), ('「', '」'), ('‘', '’')];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(text)
}

fn script(text: &str) -> Option<Script> {
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    let is_latin = |character: char| character.is_ascii_alphanumeric() || matches!(character, '&' | '.' | '-');
    // III and IV are numbers.
    let is_number = text.chars().all(|character| matches!(character, 'I' | 'V' | 'X'));
    // Standards have digits: GB3838-2002.
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if capitals >= 2 && digits <= 1 && text.chars().all(is_latin) && !is_number {
        return Some(Script::Latin);
    }
    text.chars().all(|character| full::is_han(character) || character.is_ascii_digit()).then_some(Script::Chinese)
}

#[cfg(test)]
mod tests;
