//! Numbering: the numbers that Word counts by itself (第一章, 一、, （一）), which stand nowhere in the text of the file.
//!
//! A paragraph names a list (`numId`) and a level (`ilvl`), directly or through its style; a list is an instance of a definition
//! that says format, text and first number of each of nine levels, and may override them (ISO/IEC 29500-1 §17.9). Takes the
//! paragraphs in the order of the document, gives the number of each as it is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::counting;
use super::styles::Styles;
use super::symbol;
use crate::extract::xml::{Element, Vocabulary};

/// The levels of a list.
const LEVELS: usize = 9;
/// Word allows this many characters around the numbers of a level.
const LONGEST_TEXT: usize = 255;

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, List>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// The lists and levels whose own first number has been used.
    begun: BTreeSet<(String, usize)>,
    /// Formats that nobody here can write, for a diagnostic.
    pub(super) unknown: BTreeSet<String>,
}

/// `abstractNum`.
#[derive(Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The style of lists whose list is meant instead.
    instead: Option<String>,
}

/// `num`.
#[derive(Debug, Default)]
struct List {
    definition: String,
    overrides: BTreeMap<usize, Override>,
}

/// `lvlOverride`.
#[derive(Debug, Default)]
struct Override {
    start: Option<u32>,
    level: Option<Level>,
}

/// `lvl`.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// The characters with `%1` to `%9` where numbers stand.
    text: String,
    suffix: Suffix,
    /// `isLgl`: all numbers in digits.
    digits_only: bool,
    /// `lvlRestart`: the level, from 1, that makes this one begin again; 0: none.
    restart: Option<usize>,
    /// The style whose paragraphs stand on this level.
    style: Option<String>,
}

/// `suff`: what stands between the number and the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

impl Numbering {
    /// Reads the part with the lists.
    pub(super) fn read(part: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        for element in part.iter().flat_map(|part| &part.children) {
            if let Some(id) = element.attribute("abstractNumId").filter(|_| element.is("abstractNum")) {
                numbering.definitions.insert(id.to_owned(), definition(element));
            } else if let Some(id) = element.attribute("numId").filter(|_| element.is("num")) {
                numbering.lists.insert(id.to_owned(), list(element));
            }
        }
        numbering
    }

    /// Counts a paragraph with these properties and gives its number with what separates it from the text; empty where the
    /// paragraph is in no list.
    pub(super) fn next(&mut self, properties: Option<&Element>, styles: &Styles) -> String {
        self.place(properties, styles).and_then(|(list, level)| self.count(&list, level, styles)).unwrap_or_default()
    }

    /// The list and the level of a paragraph. What the paragraph says itself goes before what its style says; list 0 is none.
    fn place(&self, properties: Option<&Element>, styles: &Styles) -> Option<(String, usize)> {
        let direct = properties.and_then(|properties| properties.child("numPr"));
        let said_level = direct.and_then(|direct| direct.number::<usize>("ilvl"));
        if let Some(list) = direct.and_then(|direct| direct.value("numId")) {
            return (list != "0").then(|| (list.to_owned(), said_level.unwrap_or(0)));
        }
        let inherited = styles.list(properties).filter(|inherited| inherited.list != "0")?;
        let linked = || self.level_of_style(inherited.list, inherited.style, styles);
        let level = said_level.or_else(linked).or(inherited.level).unwrap_or(0);
        Some((inherited.list.to_owned(), level))
    }

    fn level_of_style(&self, list: &str, style: &str, styles: &Styles) -> Option<usize> {
        let (_, definition) = found(&self.definitions, &self.lists, self.lists.get(list)?, styles)?;
        definition.levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    fn count(&mut self, id: &str, at: usize, styles: &Styles) -> Option<String> {
        let list = self.lists.get(id)?;
        let (name, definition) = found(&self.definitions, &self.lists, list, styles)?;
        let own = |at: &usize| list.overrides.get(at).and_then(|own| own.level.as_ref());
        let levels: Vec<&Level> = definition.levels.iter().enumerate().map(|(at, level)| own(&at).unwrap_or(level)).collect();
        let level = levels.get(at)?;
        let own_start = list.overrides.get(&at).and_then(|own| own.start);
        let counters = self.counters.entry(name.to_owned()).or_default();
        let begins = own_start.filter(|_| self.begun.insert((id.to_owned(), at)));
        let next = match (begins, *counters.get(at)?) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => own_start.unwrap_or(level.start),
        };
        *counters.get_mut(at)? = Some(next);
        for (deeper, (counter, level)) in counters.iter_mut().zip(&levels).enumerate().skip(at + 1) {
            if level.restart.is_none_or(|restart| at < restart && restart <= deeper) {
                *counter = None;
            }
        }
        let shown: Vec<u32> = counters.iter().zip(&levels).map(|(counter, level)| counter.unwrap_or(level.start)).collect();
        let number = render(&levels, at, &shown, &mut self.unknown)?;
        let separator = separator(level.suffix, &number);
        Some(number + separator)
    }
}

/// The definition of a list, and its name; a definition may refer to a style of lists that refers to another.
fn found<'own>(
    definitions: &'own BTreeMap<String, Definition>,
    lists: &'own BTreeMap<String, List>,
    list: &'own List,
    styles: &Styles,
) -> Option<(&'own str, &'own Definition)> {
    let mut name = &list.definition;
    for _ in 0..LEVELS {
        let definition = definitions.get(name)?;
        let Some(style) = &definition.instead else { return Some((name, definition)) };
        name = &lists.get(styles.list_of_style(style)?)?.definition;
    }
    None
}

/// The text of a level with the numbers of this level and those above it.
fn render(levels: &[&Level], at: usize, shown: &[u32], unknown: &mut BTreeSet<String>) -> Option<String> {
    let level = levels.get(at)?;
    if level.format == "bullet" {
        return Some(level.text.chars().take(LONGEST_TEXT).map(symbol::visible).collect());
    }
    let mut number = String::new();
    let mut characters = level.text.chars().take(LONGEST_TEXT).peekable();
    while let Some(character) = characters.next() {
        let place = characters.peek().and_then(|next| next.to_digit(10)).filter(|_| character == '%');
        let Some(place) = place.and_then(|place| (place as usize).checked_sub(1)) else {
            number.push(symbol::visible(character));
            continue;
        };
        characters.next();
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

fn definition(element: &Element) -> Definition {
    let mut definition = Definition { instead: element.value("numStyleLink").map(str::to_owned), ..Definition::default() };
    for child in element.children.iter().filter(|child| child.is("lvl")) {
        let place = child.attribute("ilvl").and_then(|at| at.trim().parse::<usize>().ok());
        if let Some(own) = place.and_then(|place| definition.levels.get_mut(place)) {
            *own = level(child);
        }
    }
    definition
}

fn list(element: &Element) -> List {
    let overrides = element.children.iter().filter(|child| child.is("lvlOverride")).filter_map(|child| {
        let place = child.attribute("ilvl")?.trim().parse().ok()?;
        Some((place, Override { start: child.number("startOverride"), level: child.child("lvl").map(level) }))
    });
    List { definition: element.value("abstractNumId").unwrap_or_default().to_owned(), overrides: overrides.collect() }
}

fn level(element: &Element) -> Level {
    let suffix = match element.value("suff") {
        Some("space") => Suffix::Space,
        Some("nothing") => Suffix::Nothing,
        Some(_) | None => Suffix::Tab,
    };
    Level {
        start: element.number("start").unwrap_or(0),
        format: format(element).unwrap_or("decimal").to_owned(),
        text: element.value("lvlText").unwrap_or_default().to_owned(),
        suffix,
        digits_only: element.switch("isLgl"),
        restart: element.number("lvlRestart"),
        style: element.value("pStyle").map(str::to_owned),
    }
}

/// The name of the format; newer ones stand in an alternative, with one that everybody knows beside them.
fn format(level: &Element) -> Option<&str> {
    let alternatives = level.children.iter().filter(|child| child.vocabulary == Vocabulary::Compatibility);
    let fallback = || alternatives.flat_map(|child| &child.children).find(|child| child.name == "Fallback")?.value("numFmt");
    level.value("numFmt").or_else(fallback)
}
