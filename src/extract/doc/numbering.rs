//! Numbering: which list each paragraph is in, and what its numbers look like ([MS-DOC] §2.4.6.3, `PlfLst`, `PlfLfo`).
//!
//! A paragraph names a list (`ilfo`) and a level (`ilvl`), directly or through its style; a list is an instance of a definition
//! that says format, text and first number of each level, and may override them. The counting itself is left to `lists`.

use std::collections::BTreeMap;

use crate::extract::lists::{self, Counters, LEVELS, Level, Sign, Suffix};
use crate::extract::little_endian::{slice, u8_at, u16_at, u16s, u32_at, usize_at};

use super::properties::ParagraphProperties;
use super::styles::Styles;

/// The numbers that lists have; 0 is none, and negative ones are lists whose number was taken away.
const LIST_NUMBERS: std::ops::RangeInclusive<u16> = 1..=0x07FE;
/// `nfc` of signs instead of numbers.
const BULLET: u8 = 23;

/// The names of the number formats in the order of their codes ([MS-OSHARED] §2.2.1.3, `MSONFC`).
const FORMATS: &str = "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago \
    ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal \
    japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero \
    bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese \
    ideographEnclosedCircle ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting \
    ideographLegalTraditional taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified \
    chineseCountingThousand decimal koreanDigital koreanCounting koreanLegal koreanDigital2 hebrew1 arabicAlpha \
    hebrew2 arabicAbjad hindiVowels hindiConsonants hindiNumbers hindiCounting thaiLetters thaiNumbers thaiCounting \
    vietnameseCounting numberInDash russianLower russianUpper";

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The levels of each definition.
    definitions: BTreeMap<u32, Vec<Level>>,
    /// List 1 first.
    lists: Vec<List>,
    /// How far they have counted.
    pub(super) counters: Counters,
}

/// `LFO`.
#[derive(Debug)]
struct List {
    definition: u32,
    /// What is other on some levels.
    overrides: BTreeMap<usize, Override>,
}

/// `LFOLVL`.
#[derive(Debug)]
struct Override {
    start: Option<u32>,
    level: Option<Level>,
}

impl Numbering {
    /// Reads the definitions, with the levels that stand behind that part, and the lists.
    pub(super) fn read((definitions, levels): (&[u8], &[u8]), lists: &[u8]) -> Self {
        Self {
            definitions: read_definitions(definitions, levels).unwrap_or_default(),
            lists: read_lists(lists).unwrap_or_default(),
            counters: Counters::default(),
        }
    }

    /// Counts a paragraph with these properties and gives its number with what separates it from the text; empty where the
    /// paragraph is in no list.
    pub(super) fn next(&mut self, properties: &ParagraphProperties, styles: &Styles) -> String {
        let place = place(properties, styles);
        place.and_then(|(list, level)| self.count(list, level)).unwrap_or_default()
    }

    fn count(&mut self, number: u16, at: usize) -> Option<String> {
        let list = self.lists.get(usize::from(number).checked_sub(1)?)?;
        let levels = self.definitions.get(&list.definition)?.iter().enumerate();
        let own = |at: usize| list.overrides.get(&at);
        let levels = levels.map(|(at, level)| own(at).and_then(|own| own.level.as_ref()).unwrap_or(level)).collect();
        let (id, name) = (number.to_string(), list.definition.to_string());
        let start = own(at).and_then(|own| own.start);
        self.counters.next(&lists::List { id: &id, definition: &name, levels, start }, at)
    }
}

/// The list and the level of a paragraph. What the paragraph says itself goes before what its style says; list 0 is none.
fn place(properties: &ParagraphProperties, styles: &Styles) -> Option<(u16, usize)> {
    let list = properties.list.or_else(|| styles.list(properties.style)).filter(|list| LIST_NUMBERS.contains(list))?;
    Some((list, properties.list_level.or_else(|| styles.list_level(properties.style)).unwrap_or(0)))
}

/// `PlfLst`: a count, then 28 bytes for each definition. Their levels follow behind the part: one for simple lists, else nine.
fn read_definitions(part: &[u8], mut levels: &[u8]) -> Option<BTreeMap<u32, Vec<Level>>> {
    let count = usize::from(u16_at(part, 0)?);
    let mut definitions = BTreeMap::new();
    for own in part.get(2..)?.chunks_exact(28).take(count) {
        let simple = u8_at(own, 26)? & 1 != 0;
        let mut read = Vec::new();
        for _ in 0..if simple { 1 } else { LEVELS } {
            let Some((level, rest)) = level(levels) else { break };
            read.push(level);
            levels = rest;
        }
        definitions.insert(u32_at(own, 0)?, read);
    }
    Some(definitions)
}

/// `PlfLfo`: a count, 16 bytes for each list, then the overrides of each.
fn read_lists(part: &[u8]) -> Option<Vec<List>> {
    let count = usize_at(part, 0)?;
    let mut lists = Vec::new();
    let own: Vec<_> = part.get(4..)?.chunks_exact(16).take(count).collect();
    let mut rest = part.get(4 + own.len() * 16..)?;
    for own in own {
        let mut overrides = BTreeMap::new();
        for at in 0..usize::from(u8_at(own, 12)?) {
            // Before the overrides of a list stands a mark; some writers leave it out, others write one for lists without overrides.
            while at == 0 && u32_at(rest, 0) == Some(u32::MAX) {
                rest = rest.get(4..)?;
            }
            let Some((level, read, after)) = read_override(rest) else { break };
            overrides.insert(level, read);
            rest = after;
        }
        lists.push(List { definition: u32_at(own, 0)?, overrides });
    }
    Some(lists)
}

/// The level that an override is for, the override, and what follows it.
fn read_override(bytes: &[u8]) -> Option<(usize, Override, &[u8])> {
    let flags = u32_at(bytes, 4)?;
    let (mut own, mut rest) = (None, bytes.get(8..)?);
    // Bit 5: a level of its own follows, with its own first number.
    if flags & 0x20 != 0 {
        let (level, after) = level(rest)?;
        (own, rest) = (Some(level), after);
    }
    let said = own.as_ref().map_or(u32_at(bytes, 0), |level| Some(level.start));
    let start = said.filter(|_| flags & 0x10 != 0);
    Some(((flags & 0xF) as usize, Override { start, level: own }, rest))
}

/// `LVL`: 28 bytes, two lists of modifiers, then the text with its length; and what follows it.
fn level(bytes: &[u8]) -> Option<(Level, &[u8])> {
    let (format, flags) = (u8_at(bytes, 4)?, u8_at(bytes, 5)?);
    let modifiers = usize::from(u8_at(bytes, 24)?) + usize::from(u8_at(bytes, 25)?);
    let length = usize::from(u16_at(bytes, 28 + modifiers)?);
    let units: Vec<u16> = u16s(slice(bytes, 30 + modifiers, length * 2)?).collect();
    let characters = String::from_utf16_lossy(&units);
    // Characters below 9 stand for the numbers of the levels; other control characters print nothing.
    let sign = |character: char| match character as usize {
        place @ 0..LEVELS if format != BULLET => Some(Sign::Number(place)),
        _ => Some(Sign::Character(character)).filter(|_| !character.is_control() && character != '\u{FEFF}'),
    };
    let level = Level {
        start: u32_at(bytes, 0)?,
        format: format_name(format),
        text: characters.chars().filter_map(sign).collect(),
        suffix: match u8_at(bytes, 15)? {
            1 => Suffix::Space,
            2 => Suffix::Nothing,
            _ => Suffix::Tab,
        },
        digits_only: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then_some(usize::from(u8_at(bytes, 26)?)),
    };
    Some((level, bytes.get(30 + modifiers + length * 2..)?))
}

/// The name of the format with this code.
fn format_name(code: u8) -> String {
    match (code, FORMATS.split(' ').nth(usize::from(code))) {
        (0xFF, _) => "none".to_owned(),
        (_, Some(name)) => name.to_owned(),
        (code, None) => format!("nfc {code}"),
    }
}
