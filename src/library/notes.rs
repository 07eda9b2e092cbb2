//! Notes on units: making them, keeping them, and finding their units again in documents that were read anew.

use super::{Library, LibraryError, Target};
use crate::corpus::notes::{self, Note, Notes, Outcome};
use crate::corpus::sha256;
use crate::diagnostic::Warned;
use crate::document::Document;
use crate::document::locator::Locator;
use crate::document::node::NodeIndex;
use crate::query;
use crate::search::Request;
use crate::text::safe::safe_line;

/// The most characters of a unit that go into the quotation.
const QUOTED: usize = 40;
/// The fewest characters of a quotation by which a unit is known again when its text has changed.
const TELLING: usize = 8;

/// Where the unit of a note is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Where it was, as it was.
    Here(Option<NodeIndex>),
    /// Where it was, with other words.
    Changed(NodeIndex),
    /// Elsewhere in its document.
    Moved(NodeIndex),
    /// Nowhere.
    Vanished,
}

impl Standing {
    /// The unit, where there is one.
    #[must_use]
    pub const fn node(&self) -> Option<NodeIndex> {
        match self {
            Self::Here(node) => *node,
            Self::Changed(node) | Self::Moved(node) => Some(*node),
            Self::Vanished => None,
        }
    }
}

/// A note on a unit, or on the document as a whole.
#[must_use]
pub fn note_on(document: &Document, node: Option<NodeIndex>, text: &str) -> Note {
    let unit = node.and_then(|index| document.node(index));
    let words = unit.map(|unit| document.unit_text(unit));
    Note {
        locator: unit.map_or_else(
            || Locator { document: document.id.clone(), address: crate::document::locator::Address::default() },
            |unit| document.locator(unit),
        ),
        quotation: quotation(words.unwrap_or(&document.metadata.title)),
        sha256: words.map(|words| sha256(words.as_bytes())),
        text: text.trim().to_owned(),
    }
}

/// How a text begins, on one line.
fn quotation(text: &str) -> String {
    let line = safe_line(text);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(QUOTED).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

/// Where the unit of a note is in its document as that is now.
///
/// The same text at the same address is the unit; else the same text elsewhere; else the same beginning at the same address, or
/// elsewhere; else what stands at the address.
#[must_use]
pub fn standing(note: &Note, document: &Document) -> Standing {
    if note.locator.document != document.id {
        return Standing::Vanished;
    }
    if note.locator.address.0.is_empty() {
        return Standing::Here(None);
    }
    let at = document.find(&note.locator.address);
    let words = |index: NodeIndex| document.node(index).map_or("", |node| document.unit_text(node));
    let Some(sum) = &note.sha256 else { return at.map_or(Standing::Vanished, |at| Standing::Here(Some(at))) };
    let is_same = |index: NodeIndex| sha256(words(index).as_bytes()) == *sum;
    let begins_alike = |index: NodeIndex| quotation(words(index)) == note.quotation;
    if let Some(at) = at.filter(|at| is_same(*at)) {
        return Standing::Here(Some(at));
    }
    let mut alike = document.walk().map(|(index, _)| index).filter(|index| begins_alike(*index)).collect::<Vec<_>>();
    if let Some(same) = alike.iter().copied().find(|index| is_same(*index)) {
        return Standing::Moved(same);
    }
    alike.retain(|_| note.quotation.chars().count() >= TELLING);
    match (at, alike.first()) {
        (Some(at), None) => Standing::Changed(at),
        (Some(at), Some(_)) if alike.contains(&at) => Standing::Changed(at),
        (_, Some(first)) => Standing::Moved(*first),
        (None, None) => Standing::Vanished,
    }
}

impl Library {
    /// All notes of the library, and what is wrong with their file.
    ///
    /// # Errors
    /// Where the library lives in memory only, or the file cannot be read.
    pub fn notes(&self) -> Result<Warned<Notes>, LibraryError> {
        Ok(notes::load(self.corpus.as_ref().ok_or(LibraryError::ReadOnly)?)?)
    }

    /// Puts a note in place of another: see [`notes::change`].
    ///
    /// # Errors
    /// Where the library lives in memory only, or the file cannot be read or written.
    pub fn change_note(&self, before: Option<&Note>, after: Option<&Note>) -> Result<(Notes, Outcome), LibraryError> {
        Ok(notes::change(self.corpus.as_ref().ok_or(LibraryError::ReadOnly)?, before, after)?)
    }

    /// The place of a note, in its document or, where that is gone, in another one that has the very same unit; none where it has
    /// vanished.
    ///
    /// # Errors
    /// Where the texts cannot be read.
    pub fn place_of(&self, note: &Note) -> Result<Option<(Target, Standing)>, LibraryError> {
        let target = |document, node| Target { document, node, sentence: None };
        if self.listings().iter().any(|listing| listing.id == note.locator.document) {
            let document = self.document(&note.locator.document)?;
            let standing = standing(note, &document);
            let is_gone = standing == Standing::Vanished;
            return Ok((!is_gone).then(|| (target(document, standing.node()), standing)));
        }
        let (Some(sum), Some(beginning)) = (&note.sha256, note.quotation.split('…').next().filter(|words| !words.is_empty()))
        else {
            return Ok(None);
        };
        let words = beginning.replace(['"', '“', '”'], " ");
        for hit in self.search(&Request::of(query::parse(&words)))?.hits {
            let document = self.document(&hit.document)?;
            let is_same = document.node(hit.node).is_some_and(|node| sha256(document.unit_text(node).as_bytes()) == *sum);
            if is_same {
                return Ok(Some((target(document, Some(hit.node)), Standing::Moved(hit.node))));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "办法\n\n第一章  总则\n一、开放。推进易货贸易试点工作，扩大规模。\n\n二、创新。发展跨境电商。\n";

    fn document(text: &str) -> std::sync::Arc<Document> {
        let library = Library::in_memory(&[("办法.txt", text.as_bytes())]).unwrap().value;
        library.document(&library.listings()[0].id).unwrap()
    }

    fn after(text: &str) -> (Document, Standing) {
        let before = document(BEFORE);
        let note = note_on(&before, before.find(&"1.1".parse().unwrap()), "看");
        let now = document(text);
        (now.as_ref().clone(), standing(&note, &now))
    }

    fn address(document: &Document, standing: &Standing) -> String {
        standing.node().and_then(|node| document.node(node)).map(|node| node.address.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_unit_is_known_again_where_it_was_and_elsewhere() {
        let (now, found) = after(BEFORE);
        assert!(matches!(found, Standing::Here(Some(_))));
        assert_eq!(address(&now, &found), "1.1");
        let (now, found) =
            after("办法\n\n第一章  背景\n一、背景。有所好转。\n\n第二章  总则\n一、开放。推进易货贸易试点工作，扩大规模。\n");
        assert!(matches!(found, Standing::Moved(_)), "{found:?}");
        assert_eq!(address(&now, &found), "2.1");
    }

    #[test]
    fn other_words_and_nothing_at_all_are_told_apart() {
        let (now, found) = after("办法\n\n第一章  总则\n一、改革。完全不同的话。\n");
        assert!(matches!(found, Standing::Changed(_)));
        assert_eq!(address(&now, &found), "1.1");
        assert_eq!(after("办法\n\n第二章  附则\n二、施行。自发布之日起施行。\n").1, Standing::Vanished);
    }
}
