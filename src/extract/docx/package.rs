//! The package: which parts of the container are the document, its styles, its numbering and its notes.
//!
//! Takes a container, gives the parts as trees. Names are not guessed: relationships say them (ISO/IEC 29500-2 §8), and only where
//! those are missing the usual names are tried.

use crate::extract::container::{Container, resolved};
use crate::extract::error::ExtractError;
use crate::extract::xml::{self, Element};

/// Where Word and WPS put the document.
const USUAL: &str = "word/document.xml";

/// The parts that the reader needs.
pub(super) struct Package {
    /// The document itself.
    pub(super) document: Element,
    /// Its styles, where it has any.
    pub(super) styles: Option<Element>,
    /// Its lists, where it has any.
    pub(super) numbering: Option<Element>,
    /// Its footnotes, where it has any.
    pub(super) footnotes: Option<Element>,
    /// Its endnotes, where it has any.
    pub(super) endnotes: Option<Element>,
}

/// Whether the container holds a word-processing document.
pub(super) fn is_document(container: &mut Container<'_>) -> bool {
    main_part(container).is_ok_and(|name| name.is_some())
}

/// Reads the parts.
///
/// # Errors
///
/// Where a part is missing, damaged or larger than allowed.
pub(super) fn read(container: &mut Container<'_>) -> Result<Package, ExtractError> {
    let name = main_part(container)?.unwrap_or_else(|| USUAL.to_owned());
    let missing = || ExtractError::DamagedPart { part: name.clone(), at: None };
    let document = part(container, &name)?.ok_or_else(missing)?;
    if !document.is("document") {
        return Err(missing());
    }
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
    let relations = part(container, &format!("{folder}/_rels/{file}.rels"))?.unwrap_or_default();
    let mut related = |kind: &str| {
        let said = target(&relations, kind).map(|target| resolved(folder, target));
        part(container, &said.unwrap_or_else(|| format!("{folder}/{kind}.xml")))
    };
    Ok(Package {
        styles: related("styles")?,
        numbering: related("numbering")?,
        footnotes: related("footnotes")?,
        endnotes: related("endnotes")?,
        document,
    })
}

/// The name of the part that is the document, if the container has one.
fn main_part(container: &mut Container<'_>) -> Result<Option<String>, ExtractError> {
    let relations = part(container, "_rels/.rels")?.unwrap_or_default();
    let said = target(&relations, "officeDocument").map(|target| resolved("", target));
    let said = said.filter(|name| name.starts_with("word/") && container.has(name));
    Ok(said.or_else(|| container.has(USUAL).then(|| USUAL.to_owned())))
}

fn part(container: &mut Container<'_>, name: &str) -> Result<Option<Element>, ExtractError> {
    let nesting = container.limits.xml_nesting;
    container.read(name)?.map(|bytes| xml::parse(name, &bytes, nesting)).transpose()
}

/// The target of the first relation whose type ends with `/kind`.
fn target<'tree>(relations: &'tree Element, kind: &str) -> Option<&'tree str> {
    let relation = relations.children.iter().find(|relation| {
        let written = relation.attribute("Type").unwrap_or_default();
        written.rsplit_once('/').is_some_and(|(_, last)| last == kind)
            && relation.attribute("TargetMode").is_none_or(|mode| mode == "Internal")
    });
    relation?.attribute("Target")
}
