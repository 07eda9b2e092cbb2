//! XML parts as trees of elements, bounded in depth and number.
//!
//! Takes the bytes of a part, gives its root. Prefixes are resolved, so that a document whose writer calls `w:` otherwise reads
//! the same. There are no entities beyond those of XML itself: a document type declaration is refused.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::container::too_large;
use super::error::ExtractError;

/// Elements of one part; a book of a thousand pages has about a million.
const MOST_ELEMENTS: u64 = 3_000_000;
/// Attributes of one element; drawings have about thirty, the root some fifty namespaces.
const MOST_ATTRIBUTES: usize = 256;
/// Longer values (pictures of old drawings) are not kept; the distances of the characters of an OFD line have some thousand bytes.
const LONGEST_VALUE: usize = 1 << 16;

/// The namespaces that readers know; Office Open XML in its transitional and strict forms (ISO/IEC 29500-1 and -4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// That of the format itself: `WordprocessingML`, `SpreadsheetML`, `OpenDocument` (ISO/IEC 26300), OFD (GB/T 33190-2016).
    Main,
    /// The running text of `OpenDocument`: the only one where characters stand between elements (see [`Element::children`]).
    Text,
    /// Office Math.
    Math,
    /// Markup compatibility: the same content in two ways.
    Compatibility,
    /// Everything else.
    #[default]
    Other,
}

/// An element with its attributes, children and characters.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// The namespace of its name.
    pub(super) vocabulary: Vocabulary,
    /// Its name without the prefix.
    pub(super) name: String,
    /// Its attributes, names without their prefixes; those that count editing sessions (`rsidR`) left out.
    pub(super) attributes: Vec<(String, String)>,
    /// The elements within it; characters between those of running text are elements without a name.
    pub(super) children: Vec<Element>,
    /// Its own characters, where it has no children.
    pub(super) text: String,
}

impl Element {
    /// Whether this is the element of this name in the format's own vocabulary.
    pub(super) fn is(&self, name: &str) -> bool {
        self.vocabulary == Vocabulary::Main && self.name == name
    }

    /// The children of this name.
    pub(super) fn all<'tree>(&'tree self, name: &'tree str) -> impl Iterator<Item = &'tree Element> {
        self.children.iter().filter(move |child| child.is(name))
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.is(name))
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// `<w:name w:val="…"/>` within this element.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// `<w:name w:val="12"/>` within this element.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.value(name)?.trim().parse().ok()
    }

    /// `<w:name/>`: a switch is on unless its value says no.
    pub(super) fn switch(&self, name: &str) -> bool {
        self.child(name).is_some_and(|switch| !matches!(switch.attribute("val"), Some("0" | "false" | "off" | "none")))
    }

    /// Characters before or after a child become a child of their own in running text; elsewhere they are white space.
    fn set_apart(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.vocabulary == Vocabulary::Text && !text.is_empty() {
            self.children.push(Self { vocabulary: Vocabulary::Text, text, ..Self::default() });
        }
    }
}

/// Reads a part; `name` is its name in the container, for messages, `nesting` how many elements may stand within each other.
///
/// # Errors
///
/// Where the part is no well-formed XML in UTF-8, declares a document type, or goes past the bounds.
pub(super) fn parse(name: &str, bytes: &[u8], nesting: u64) -> Result<Element, ExtractError> {
    parse_apart(name, bytes, nesting, Apart { name: "", each: &mut |_| Ok(()) })
}

/// Elements that are handed over where they end and not kept.
pub(super) struct Apart<'parse> {
    /// Their name.
    pub(super) name: &'parse str,
    /// Who takes them.
    pub(super) each: &'parse mut dyn FnMut(Element) -> Result<(), ExtractError>,
}

/// Reads a part whose elements of one name are many (the rows of a sheet).
///
/// # Errors
///
/// As [`parse`], and what is refused by who takes them.
pub(super) fn parse_apart(name: &str, bytes: &[u8], nesting: u64, apart: Apart<'_>) -> Result<Element, ExtractError> {
    let damaged = |at: usize| ExtractError::DamagedPart { part: name.to_owned(), at: Some(at) };
    let text = std::str::from_utf8(bytes).map_err(|error| damaged(error.valid_up_to()))?;
    let Apart { name: own, each } = apart;
    let mut tree = Tree { deepest: nesting, ..Tree::default() };
    let mut reader = NsReader::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let (namespace, event) = reader.read_resolved_event().map_err(|_| damaged(at))?;
        let ends = matches!(event, Event::Empty(_) | Event::End(_));
        match event {
            Event::Start(start) | Event::Empty(start) => tree.open(element(&namespace, &start, damaged(at))?)?,
            Event::Text(text) => tree.characters(&text.xml10_content()),
            Event::CData(text) => tree.characters(&text.xml10_content()),
            Event::GeneralRef(reference) => tree.characters(&character(&reference).ok_or_else(|| damaged(at))?),
            Event::DocType(_) => return Err(ExtractError::Declares { part: name.to_owned() }),
            Event::End(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return tree.finish().ok_or_else(|| damaged(at)),
        }
        let closed = if ends { tree.close() } else { None };
        match closed {
            Some(closed) if closed.is(own) => each(closed)?,
            Some(closed) => tree.keep(closed),
            None => {}
        }
    }
}

/// The elements that are open, outermost first, and the root once it is closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    elements: u64,
    /// How many may be open.
    deepest: u64,
}

impl Tree {
    fn open(&mut self, element: Element) -> Result<(), ExtractError> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(too_large("个 XML 元素", "XML elements", MOST_ELEMENTS));
        }
        if self.open.len() as u64 >= self.deepest {
            return Err(too_large("层嵌套的 XML 元素", "levels of nested XML elements", self.deepest));
        }
        if let Some(parent) = self.open.last_mut() {
            parent.set_apart();
        }
        self.open.push(element);
        Ok(())
    }

    /// The element that ends.
    fn close(&mut self) -> Option<Element> {
        let mut closed = self.open.pop()?;
        if !closed.children.is_empty() {
            closed.set_apart();
        }
        Some(closed)
    }

    /// Keeps an element where it stands.
    fn keep(&mut self, closed: Element) {
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(closed);
        } else {
            self.root.get_or_insert(closed);
        }
    }

    fn characters(&mut self, text: &str) {
        let keeps = |element: &&mut Element| element.vocabulary == Vocabulary::Text || element.children.is_empty();
        if let Some(element) = self.open.last_mut().filter(keeps) {
            element.text.push_str(text);
        }
    }

    /// The root, where every element was closed.
    fn finish(self) -> Option<Element> {
        self.root.filter(|_| self.open.is_empty())
    }
}

fn element(namespace: &ResolveResult<'_>, start: &BytesStart<'_>, damaged: ExtractError) -> Result<Element, ExtractError> {
    let mut attributes = Vec::new();
    // Without the check for repeated names, which is quadratic.
    for (at, attribute) in start.attributes().with_checks(false).enumerate() {
        let Ok(attribute) = attribute else { return Err(damaged) };
        if at >= MOST_ATTRIBUTES {
            return Err(too_large("个 XML 属性", "attributes of an XML element", MOST_ATTRIBUTES as u64));
        }
        let name: &str = attribute.key.local_name().into_inner();
        let wanted = attribute.key.as_namespace_binding().is_none() && !name.starts_with("rsid");
        if wanted && attribute.value.len() <= LONGEST_VALUE {
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { return Err(damaged) };
            attributes.push((name.to_owned(), value.into_owned()));
        }
    }
    let name = start.local_name().into_inner().to_owned();
    Ok(Element { vocabulary: vocabulary(namespace), name, attributes, ..Element::default() })
}

fn vocabulary(namespace: &ResolveResult<'_>) -> Vocabulary {
    let ResolveResult::Bound(namespace) = namespace else { return Vocabulary::Other };
    match namespace.0 {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main"
        | "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        | "http://purl.oclc.org/ooxml/spreadsheetml/main"
        | "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        | "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
        | "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
        | "http://www.ofdspec.org/2016" => Vocabulary::Main,
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Vocabulary::Text,
        "http://schemas.openxmlformats.org/officeDocument/2006/math" | "http://purl.oclc.org/ooxml/officeDocument/math" => {
            Vocabulary::Math
        }
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Vocabulary::Compatibility,
        _ => Vocabulary::Other,
    }
}

/// `&#x4E00;` or `&amp;`.
fn character(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref().ok()? {
        Some(character) => Some(character.to_string()),
        None => resolve_predefined_entity(reference).map(str::to_owned),
    }
}
