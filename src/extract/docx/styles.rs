//! Styles: what a paragraph inherits through the chain of the styles that its style is based on (ISO/IEC 29500-1 §17.7).
//!
//! Only what tells structure is kept: list and level, level of the outline, and the names of heading styles.

use std::collections::BTreeMap;

use crate::extract::outline::Outline;
use crate::extract::xml::Element;

/// A chain of styles longer than this goes in a circle.
const LONGEST_CHAIN: usize = 32;

/// The styles of a document by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

/// One style, its own properties only.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    outline: Outline,
    list: Option<String>,
    list_level: Option<usize>,
}

/// The list that a style puts its paragraphs into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StyleList<'styles> {
    /// The identifier of the list (`numId`).
    pub(super) list: &'styles str,
    /// The level, from 0, where a style says it.
    pub(super) level: Option<usize>,
    /// The style that names the list; levels of lists may name it in turn.
    pub(super) style: &'styles str,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn read(part: Option<&Element>) -> Self {
        let mut styles = Self::default();
        for element in part.iter().flat_map(|part| &part.children).filter(|element| element.is("style")) {
            let Some(id) = element.attribute("styleId") else { continue };
            let is_default = matches!(element.attribute("default"), Some("1" | "true" | "on"));
            if is_default && element.attribute("type") == Some("paragraph") {
                styles.default = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), style(element));
        }
        styles
    }

    /// The level of the heading that a paragraph with these properties is, from 1.
    pub(super) fn heading_level(&self, properties: Option<&Element>) -> Option<u8> {
        let direct = properties.map(outline).unwrap_or_default();
        let inherited = self.chain(properties).map(|(_, style)| style.outline);
        inherited.fold(direct, Outline::or).heading_level()
    }

    /// The list that the style of a paragraph with these properties puts it into.
    pub(super) fn list(&self, properties: Option<&Element>) -> Option<StyleList<'_>> {
        let level = self.chain(properties).find_map(|(_, style)| style.list_level);
        let (style, list) = self.chain(properties).find_map(|(id, style)| Some((id, style.list.as_deref()?)))?;
        Some(StyleList { list, level, style })
    }

    /// The list that a style of lists names.
    pub(super) fn list_of_style(&self, id: &str) -> Option<&str> {
        self.styles.get(id)?.list.as_deref()
    }

    /// The style of a paragraph, then those that it is based on.
    fn chain<'own>(&'own self, properties: Option<&Element>) -> impl Iterator<Item = (&'own str, &'own Style)> {
        let named = properties.and_then(|properties| properties.value("pStyle")).and_then(|id| self.styles.get_key_value(id));
        let first = named.or_else(|| self.styles.get_key_value(self.default.as_ref()?));
        let below = |(_, style): &(&'own String, &'own Style)| self.styles.get_key_value(style.based_on.as_ref()?);
        std::iter::successors(first, below).take(LONGEST_CHAIN).map(|(id, style)| (id.as_str(), style))
    }
}

fn style(element: &Element) -> Style {
    let properties = element.child("pPr");
    let list = properties.and_then(|properties| properties.child("numPr"));
    let said = properties.map(outline).unwrap_or_default();
    let named = element.value("name").map(Outline::of_style_name).unwrap_or_default();
    Style {
        based_on: element.value("basedOn").map(str::to_owned),
        outline: said.or(named),
        list: list.and_then(|list| list.value("numId")).map(str::to_owned),
        list_level: list.and_then(|list| list.number("ilvl")),
    }
}

fn outline(properties: &Element) -> Outline {
    Outline::counted_from_zero(properties.number("outlineLvl"))
}
