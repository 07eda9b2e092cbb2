//! Filters on documents: which of them a query leaves.

use std::collections::BTreeSet;

use super::error::IndexError;
use super::open::Index;
use super::shelf::Head;
use crate::query::Filter;
use crate::text::fold::folded;

impl Index {
    /// The documents (shelf and ordinal) that fit a filter; a filter that is not about documents leaves none.
    pub(super) fn documents_that(&self, filter: &Filter) -> Result<BTreeSet<(u32, u32)>, IndexError> {
        let mut documents = BTreeSet::new();
        for shelf in &self.shelves {
            for (ordinal, record) in shelf.live_documents() {
                if fits(&shelf.head(&record)?, filter) {
                    documents.insert((shelf.number, ordinal));
                }
            }
        }
        Ok(documents)
    }
}

fn fits(head: &Head, filter: &Filter) -> bool {
    let metadata = &head.metadata;
    let holds = |field: Option<&String>, text: &String| field.is_some_and(|field| folded(field).contains(text.as_str()));
    match filter {
        Filter::Number(text) => holds(metadata.document_number.as_ref(), text),
        Filter::Issuer(text) => holds(metadata.issuer.as_ref(), text),
        Filter::Region(text) => holds(metadata.region.as_ref(), text),
        Filter::Genre(text) => holds(metadata.genre.as_ref(), text),
        Filter::Document(text) => folded(&metadata.title).contains(text.as_str()),
        Filter::Year(years) => metadata.year().is_some_and(|year| years.contains(&year)),
        Filter::Heading(_) | Filter::Within(_) => false,
    }
}
