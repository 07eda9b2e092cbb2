//! Counting hits by document and by chapter.

use std::collections::BTreeMap;

use super::error::IndexError;
use super::open::Index;
use super::shelf::Unit;
use super::shelf::records::UnitKey;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::search::{Count, Facets};

/// Counts by the top-level unit that a hit stands under.
#[derive(Debug, Default)]
pub(super) struct FacetCounts {
    by_chapter: BTreeMap<UnitKey, Count>,
}

impl FacetCounts {
    pub(super) fn count(&mut self, unit: &Unit<'_>, occurrences: usize) {
        let top = std::iter::successors(Some(*unit), Unit::parent).last().unwrap_or(*unit);
        add(self.by_chapter.entry(top.key()).or_default(), Count { units: 1, occurrences });
    }

    pub(super) fn extend(&mut self, other: Self) {
        for (key, count) in other.by_chapter {
            add(self.by_chapter.entry(key).or_default(), count);
        }
    }

    /// The counts by the names of documents, in their order.
    pub(super) fn resolve(self, index: &Index) -> Result<Facets, IndexError> {
        let mut chapters = Vec::new();
        for (key, count) in self.by_chapter {
            let Some(shelf) = index.shelves.iter().find(|shelf| shelf.number == key.shelf) else { continue };
            let (document, node) = shelf.document_of(key.ordinal).ok_or_else(|| shelf.damaged())?;
            let record = shelf.document_record(document).ok_or_else(|| shelf.damaged())?;
            let id = DocumentId::new(&String::from_utf8_lossy(shelf.id(&record)));
            chapters.push((id, NodeIndex(node), count));
        }
        chapters.sort_by(|left, right| (&left.0, left.1).cmp(&(&right.0, right.1)));
        let mut documents: Vec<(DocumentId, Count)> = Vec::new();
        for (id, _, count) in &chapters {
            match documents.last_mut().filter(|(last, _)| last == id) {
                Some((_, sum)) => add(sum, *count),
                None => documents.push((id.clone(), *count)),
            }
        }
        Ok(Facets { documents, chapters })
    }
}

fn add(sum: &mut Count, count: Count) {
    sum.units += count.units;
    sum.occurrences += count.occurrences;
}
