//! The references that can be followed from a page, and where each of them leads in this library.

use std::ops::Range;

use super::shelf::Shelf;
use super::walk::Arrival;
use crate::analysis::reference::{Mention, references};
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::query::address::Pattern;
use crate::text::fold::folded;

/// A title that merely holds another, or is held in it, is taken for it only if both have as many characters as this.
const TELLING: usize = 5;

/// References to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// In reading order; never empty.
    pub links: Vec<Link>,
    /// The one that is chosen.
    pub selected: usize,
}

/// A reference in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it stands, in bytes of the document's text.
    pub span: Range<usize>,
    /// The unit that it stands in.
    pub node: NodeIndex,
    /// Where it leads; none where the library does not hold it.
    pub goal: Option<Goal>,
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The document on the shelf.
    pub shelf: usize,
    /// The place in it; none for its beginning.
    pub arrival: Option<Arrival>,
}

/// All references of a unit of the document at `place` on the shelf, but those to this document as a whole.
#[must_use]
pub fn links(shelf: &Shelf, place: usize, node: NodeIndex) -> Vec<Link> {
    let Some((document, unit)) = shelf.document(place).and_then(|document| Some((document, document.node(node)?))) else {
        return Vec::new();
    };
    let start = document.unit_start(unit);
    let found = references(document.unit_text(unit)).into_iter();
    found
        .map(|reference| {
            let span = start + reference.span.start..start + reference.span.end;
            Link { span, node, goal: goal(shelf, place, document, &reference.mention) }
        })
        // A document that names itself leads nowhere new: its own 文号 under the title, 《…》现予公布.
        .filter(|link| link.goal.as_ref() != Some(&Goal { shelf: place, arrival: None }))
        .collect()
}

fn goal(shelf: &Shelf, place: usize, document: &Document, mention: &Mention) -> Option<Goal> {
    let here = |arrival: Arrival| arrival.find(document).map(|_| Goal { shelf: place, arrival: Some(arrival) });
    match mention {
        Mention::Place(pattern) => here(Arrival::Pattern(pattern.clone())),
        Mention::Note(sign) => {
            // Only the sign is folded: the notes may stand at the end of a long document.
            let begins = |text: &str| {
                text.starts_with(['[', '［']) && text.split_inclusive([']', '］']).next().is_some_and(|own| folded(own) == *sign)
            };
            let (_, node) = document.walk().find(|(_, node)| begins(document.unit_text(node)))?;
            here(Arrival::Address(node.address.clone()))
        }
        Mention::Document { title, number, place: within } => {
            let found = number.as_deref().and_then(|number| by_number(shelf, number));
            let found = found.or_else(|| by_title(shelf, &full_title(document, title.as_deref()?)))?;
            Some(Goal { shelf: found, arrival: within.clone().map(|pattern: Pattern| Arrival::Pattern(pattern)) })
        }
    }
}

/// The document whose 文号 this is; what stands before it in the text does not count.
fn by_number(shelf: &Shelf, number: &str) -> Option<usize> {
    let wanted = folded(number);
    shelf.places().iter().position(|place| {
        let known = place.listing.metadata.document_number.as_deref().map(folded).unwrap_or_default();
        !known.is_empty() && wanted.ends_with(&known)
    })
}

/// The document of this title; else the only one whose title holds it, or is held in it.
fn by_title(shelf: &Shelf, title: &str) -> Option<usize> {
    let wanted = folded(title);
    let titles: Vec<String> = shelf.places().iter().map(|place| folded(&place.listing.metadata.title)).collect();
    if let Some(found) = titles.iter().position(|known| *known == wanted) {
        return Some(found);
    }
    let tells = |text: &str| text.chars().count() >= TELLING;
    let is_like =
        |known: &String| tells(&wanted) && tells(known) && (known.contains(wanted.as_str()) || wanted.contains(known.as_str()));
    let mut alike = titles.iter().enumerate().filter(|(_, known)| is_like(known)).map(|(place, _)| place);
    alike.next().filter(|_| alike.next().is_none())
}

/// The title that a short form stands for (以下简称《纲要》).
fn full_title(document: &Document, title: &str) -> String {
    let short = document.abbreviations.iter().find(|abbreviation| abbreviation.short.trim_matches(['《', '》']) == title);
    short.map_or(title, |abbreviation| abbreviation.full.trim_matches(['《', '》'])).to_owned()
}
