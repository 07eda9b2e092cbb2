//! Lists: the automatic numbers of paragraphs (第一章, 一、, （一）), counted as Word counts them.
//!
//! Takes, for each paragraph of a list in the order of the document, the levels of its list and the level that it stands on; gives its
//! number as it is printed. Which list a paragraph is in, and what its levels look like, is left to the readers of the formats.

use std::collections::{BTreeMap, BTreeSet};

use super::{counting, symbol};

/// The levels of a list.
pub(super) const LEVELS: usize = 9;
/// Word allows this many characters around the numbers of a level.
const LONGEST_TEXT: usize = 255;

/// How the numbers of one level look and where they begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// The first number.
    pub(super) start: u32,
    /// The name of the format as `counting` knows it; `bullet` and `none` are formats too.
    pub(super) format: String,
    /// What is printed.
    pub(super) text: Vec<Sign>,
    /// What stands between the number and the text.
    pub(super) suffix: Suffix,
    /// All numbers in digits, whatever their levels say (a law in 第一章 has an item 1.1).
    pub(super) digits_only: bool,
    /// The level, from 1, that makes this one begin again; 0: none; where nothing is said, each level above it does.
    pub(super) restart: Option<usize>,
}

/// A part of what is printed before a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A character that stands there always: 第, 章.
    Character(char),
    /// The number of this level, from 0.
    Number(usize),
}

/// What stands between the number and the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

/// The list that a paragraph is in.
#[derive(Debug)]
pub(super) struct List<'own> {
    /// Its name; lists of one definition count on from each other.
    pub(super) id: &'own str,
    /// The name of its definition.
    pub(super) definition: &'own str,
    /// The levels, with what the list changes in its definition.
    pub(super) levels: Vec<&'own Level>,
    /// The first number of the paragraph's level, where the list has its own.
    pub(super) start: Option<u32>,
}

/// How far the lists of a document have counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// The lists and levels whose own first number has been used.
    begun: BTreeSet<(String, usize)>,
    /// Formats that nobody here can write, for a diagnostic.
    pub(super) unknown: BTreeSet<String>,
}

impl Counters {
    /// Counts a paragraph on level `at` (from 0) and gives its number with what separates it from the text; `None` where
    /// there is no such level.
    pub(super) fn next(&mut self, list: &List<'_>, at: usize) -> Option<String> {
        let level = list.levels.get(at)?;
        let counted = self.counted.entry(list.definition.to_owned()).or_default();
        let begins = list.start.filter(|_| self.begun.insert((list.id.to_owned(), at)));
        let next = match (begins, *counted.get(at)?) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => list.start.unwrap_or(level.start),
        };
        *counted.get_mut(at)? = Some(next);
        for (deeper, (counter, level)) in counted.iter_mut().zip(&list.levels).enumerate().skip(at + 1) {
            if level.restart.is_none_or(|restart| at < restart && restart <= deeper) {
                *counter = None;
            }
        }
        let shown: Vec<u32> = counted.iter().zip(&list.levels).map(|(counter, level)| counter.unwrap_or(level.start)).collect();
        let number = render(&list.levels, at, &shown, &mut self.unknown)?;
        let separator = separator(level.suffix, &number);
        Some(number + separator)
    }
}

/// The text of a level with the numbers of this level and those above it.
fn render(levels: &[&Level], at: usize, shown: &[u32], unknown: &mut BTreeSet<String>) -> Option<String> {
    let level = levels.get(at)?;
    let mut number = String::new();
    for sign in level.text.iter().take(LONGEST_TEXT) {
        let place = match *sign {
            Sign::Character(character) => {
                number.push(symbol::visible(character));
                continue;
            }
            Sign::Number(place) => place,
        };
        let Some((other, value)) = levels.get(place).zip(shown.get(place)).filter(|_| place <= at) else { continue };
        let format = if level.digits_only && other.format != "none" { "decimal" } else { &other.format };
        number.push_str(&counting::write(format, *value).unwrap_or_else(|| {
            unknown.insert(format.to_owned());
            value.to_string()
        }));
    }
    Some(number)
}

/// A tab after a number is the gap of a list; a full-width mark (一、 （一）) brings its own gap, as people type it.
fn separator(suffix: Suffix, number: &str) -> &'static str {
    match suffix {
        Suffix::Space if !number.is_empty() => " ",
        Suffix::Tab if !number.is_empty() && !number.ends_with(['、', '）', '．', '。', '：', '】', '〕']) => " ",
        Suffix::Tab | Suffix::Space | Suffix::Nothing => "",
    }
}
