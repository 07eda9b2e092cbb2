//! Numbering: the numbers that Word counts by itself (第一章, 一、, （一）), which stand nowhere in the text of the file.
//!
//! A paragraph names a list (`numId`) and a level (`ilvl`), directly or through its style; a list is an instance of a definition
//! that says format, text and first number of each of nine levels, and may override them (ISO/IEC 29500-1 §17.9). Takes the
//! paragraphs in the order of the document, gives the number of each as it is printed. The counting itself is left to `lists`.

use std::collections::BTreeMap;

use crate::extract::lists::{self, Counters, LEVELS, Level, Sign, Suffix};

use super::styles::Styles;
use crate::extract::xml::{Element, Vocabulary};

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, List>,
    /// How far they have counted.
    pub(super) counters: Counters,
}

/// `abstractNum`.
#[derive(Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// `pStyle`: the style whose paragraphs stand on each level.
    styles: [Option<String>; LEVELS],
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
        definition.styles.iter().position(|own| own.as_deref() == Some(style))
    }

    fn count(&mut self, id: &str, at: usize, styles: &Styles) -> Option<String> {
        let list = self.lists.get(id)?;
        let (name, definition) = found(&self.definitions, &self.lists, list, styles)?;
        let own = |at: &usize| list.overrides.get(at).and_then(|own| own.level.as_ref());
        let levels = definition.levels.iter().enumerate().map(|(at, level)| own(&at).unwrap_or(level)).collect();
        let start = list.overrides.get(&at).and_then(|own| own.start);
        self.counters.next(&lists::List { id, definition: name, levels, start }, at)
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

fn definition(element: &Element) -> Definition {
    let mut definition = Definition { instead: element.value("numStyleLink").map(str::to_owned), ..Definition::default() };
    for child in element.children.iter().filter(|child| child.is("lvl")) {
        let place = child.attribute("ilvl").and_then(|at| at.trim().parse::<usize>().ok());
        let Some(place) = place else { continue };
        if let Some((own, style)) = definition.levels.get_mut(place).zip(definition.styles.get_mut(place)) {
            (*own, *style) = (level(child), child.value("pStyle").map(str::to_owned));
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
    let format = format(element).unwrap_or("decimal");
    let text = element.value("lvlText").unwrap_or_default();
    Level {
        start: element.number("start").unwrap_or(0),
        format: format.to_owned(),
        text: if format == "bullet" { text.chars().map(Sign::Character).collect() } else { signs(text) },
        suffix,
        digits_only: element.switch("isLgl"),
        restart: element.number("lvlRestart"),
    }
}

/// `第%1章`: `%1` to `%9` stand for the numbers of the levels.
fn signs(text: &str) -> Vec<Sign> {
    let mut characters = text.chars().peekable();
    let mut signs = Vec::new();
    while let Some(character) = characters.next() {
        let level = characters.peek().and_then(|next| next.to_digit(10)).filter(|_| character == '%');
        let level = level.and_then(|level| (level as usize).checked_sub(1));
        signs.push(level.map_or(Sign::Character(character), Sign::Number));
        if level.is_some() {
            characters.next();
        }
    }
    signs
}

/// The name of the format; newer ones stand in an alternative, with one that everybody knows beside them.
fn format(level: &Element) -> Option<&str> {
    let alternatives = level.children.iter().filter(|child| child.vocabulary == Vocabulary::Compatibility);
    let fallback = || alternatives.flat_map(|child| &child.children).find(|child| child.name == "Fallback")?.value("numFmt");
    level.value("numFmt").or_else(fallback)
}
