//! Styles: what a paragraph inherits through the chain of the styles that its style is based on ([MS-DOC] §2.9.271, `STSH`).
//!
//! Only what tells structure is kept: list and level, level of the outline, and whether characters are hidden.

use crate::extract::little_endian::{slice, u16_at, u16s};
use crate::extract::outline::Outline;

use super::modifiers::modifiers;
use super::properties::{CharacterProperties, ParagraphProperties, Toggle};

/// A chain of styles longer than this goes in a circle.
const LONGEST_CHAIN: usize = 32;
/// `istdNil`: based on no style.
const NO_STYLE: u16 = 0x0FFF;
/// The kinds of styles that are read.
const PARAGRAPH_STYLE: u16 = 1;
const CHARACTER_STYLE: u16 = 2;

/// The styles of a document by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Option<Style>>,
}

/// One style, its own properties only.
#[derive(Debug)]
struct Style {
    based_on: u16,
    outline: Outline,
    list: Option<u16>,
    list_level: Option<usize>,
    hidden: Toggle,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn read(part: &[u8]) -> Self {
        let mut styles = Vec::new();
        let header = usize::from(u16_at(part, 0).unwrap_or_default());
        let fixed = usize::from(u16_at(part, 4).unwrap_or_default());
        let mut rest = part.get(2 + header..).unwrap_or_default();
        while let Some(length) = u16_at(rest, 0).map(usize::from) {
            styles.push(slice(rest, 2, length).and_then(|own| style(own, fixed)));
            // Each begins at an even place.
            rest = rest.get(2 + length.next_multiple_of(2)..).unwrap_or_default();
        }
        Self { styles }
    }

    /// The level of the heading that a paragraph is, from 1.
    pub(super) fn heading_level(&self, properties: &ParagraphProperties) -> Option<u8> {
        let direct = Outline::counted_from_zero(properties.outline);
        self.chain(properties.style).fold(direct, |outline, style| outline.or(style.outline)).heading_level()
    }

    /// The list that a style puts its paragraphs into.
    pub(super) fn list(&self, style: u16) -> Option<u16> {
        self.chain(style).find_map(|style| style.list)
    }

    /// The level of that list, from 0.
    pub(super) fn list_level(&self, style: u16) -> Option<usize> {
        self.chain(style).find_map(|style| style.list_level)
    }

    /// Whether a style hides its characters.
    pub(super) fn hides(&self, style: u16) -> bool {
        let chain: Vec<_> = self.chain(style).map(|style| style.hidden).collect();
        chain.into_iter().rev().fold(false, |hidden, toggle| toggle.over(hidden))
    }

    /// A style, then those that it is based on.
    fn chain(&self, style: u16) -> impl Iterator<Item = &Style> {
        let named = |number: u16| self.styles.get(usize::from(number))?.as_ref();
        std::iter::successors(named(style), move |style| named(style.based_on).filter(|_| style.based_on != NO_STYLE))
            .take(LONGEST_CHAIN)
    }
}

/// `STD`: a fixed part, a name, then lists of modifiers: of paragraphs (for styles of those), of characters.
fn style(bytes: &[u8], fixed: usize) -> Option<Style> {
    let (identifier, kind) = (u16_at(bytes, 0)? & 0x0FFF, u16_at(bytes, 2)?);
    let (kind, based_on) = (kind & 0xF, kind >> 4);
    let length = usize::from(u16_at(bytes, fixed)?);
    let name = String::from_utf16_lossy(&u16s(slice(bytes, fixed + 2, length * 2)?).collect::<Vec<_>>());
    // A zero ends the name.
    let mut lists = bytes.get(fixed + 2 + length * 2 + 2..)?;
    let mut next = || {
        let length = usize::from(u16_at(lists, 0)?);
        let own = slice(lists, 2, length)?;
        lists = lists.get(2 + length.next_multiple_of(2)..).unwrap_or_default();
        Some(own)
    };
    let mut paragraph = ParagraphProperties::default();
    if kind == PARAGRAPH_STYLE {
        // The number of the style stands first.
        modifiers(next().and_then(|list| list.get(2..)).unwrap_or_default()).for_each(|modifier| paragraph.apply(modifier));
    }
    let mut characters = CharacterProperties::default();
    if matches!(kind, PARAGRAPH_STYLE | CHARACTER_STYLE) {
        modifiers(next().unwrap_or_default()).for_each(|modifier| characters.apply(modifier));
    }
    // The built-in headings have the identifiers 1 to 9, whatever they are called.
    let built_in = u8::try_from(identifier).ok().filter(|level| (1..=9).contains(level)).map(Outline::Heading);
    let named = built_in.unwrap_or_else(|| Outline::of_style_name(&name));
    Some(Style {
        based_on,
        outline: Outline::counted_from_zero(paragraph.outline).or(named),
        list: paragraph.list,
        list_level: paragraph.list_level,
        hidden: characters.hidden,
    })
}
