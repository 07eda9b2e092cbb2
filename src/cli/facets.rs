//! The facets of `celan search --json`: how much of the answer is in which document and under which top-level heading.

use std::sync::Arc;

use serde::Serialize;

use super::session::Session;
use crate::analysis::counts::{self, Keep, Row};
use crate::document::locator::Locator;
use crate::library::Library;
use crate::search::{Count, Facets};

/// Both lists, in the order of the library; each adds up to the totals.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    documents: Vec<GroupEntry>,
    chapters: Vec<GroupEntry>,
}

/// A group with its count.
#[derive(Debug, Serialize)]
struct GroupEntry {
    locator: Option<Locator>,
    citation: String,
    group: String,
    #[serde(flatten)]
    count: Count,
}

/// The facets of a response, named.
pub(super) fn entry(session: &Session<'_>, library: &Library, facets: &Facets) -> anyhow::Result<Entry> {
    let heads = library.listings().iter().map(|listing| (&listing.id, &listing.metadata));
    let documents = facets.documents.iter().map(|(id, _)| library.document(id).map_err(|error| session.failed(&error)));
    let documents = documents.collect::<anyhow::Result<Vec<_>>>()?;
    let facets = std::slice::from_ref(facets);
    let chapters = counts::by_chapter(facets, documents.iter().map(Arc::as_ref), Keep::Found);
    let documents = counts::by_document(facets, heads, Keep::Found);
    Ok(Entry { documents: documents.into_iter().map(group).collect(), chapters: chapters.into_iter().map(group).collect() })
}

fn group(row: Row) -> GroupEntry {
    let count = row.counts.first().copied().unwrap_or_default();
    GroupEntry { locator: row.locator, citation: row.citation, group: row.label.name().to_owned(), count }
}
