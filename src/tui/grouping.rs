//! Units that were found, put together by document and chapter: the best document first, in it the best chapter, in it the best unit, so
//! that the very best stays the very first.

use std::collections::BTreeMap;

use super::breadcrumb::step_name;
use super::entry::Entry;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;

/// What stands above some items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The first of the items.
    pub at: usize,
    /// The name of the document or chapter; empty for a document that is the only one.
    pub name: String,
    /// Whether it is a document.
    pub is_document: bool,
    /// How many units.
    pub units: usize,
    /// Whether there may be more of them.
    pub is_more: bool,
    /// Where in the document they lie; none for a chapter.
    pub map: Option<Map>,
}

/// Where in a document the hits lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The document.
    pub document: DocumentId,
    /// How many units the document has.
    pub of: usize,
    /// The units that were found.
    pub hits: Vec<NodeIndex>,
}

impl Map {
    /// How many hits lie in each of so many parts of the document.
    #[must_use]
    pub fn cells(&self, count: usize) -> Vec<usize> {
        let mut cells = vec![0; count];
        for hit in &self.hits {
            if let Some(cell) = cells.get_mut(self.cell(*hit, count)) {
                *cell += 1;
            }
        }
        cells
    }

    /// The part that a unit lies in.
    #[must_use]
    pub fn cell(&self, node: NodeIndex, count: usize) -> usize {
        (node.0 * count / self.of.max(1)).min(count.saturating_sub(1))
    }
}

/// How items are put together.
#[derive(Debug, Clone, Copy)]
pub struct Grouping<'a> {
    /// All units that were found, listed or not, by document.
    pub found: &'a BTreeMap<DocumentId, Vec<NodeIndex>>,
    /// Whether there are more of them than are known.
    pub is_partial: bool,
    /// Whether the library has more than one document.
    pub several: bool,
}

/// Puts entries together; the first of them will be the item `at`.
#[must_use]
pub fn grouped(entries: Vec<Entry>, grouping: Grouping<'_>, at: usize) -> (Vec<Entry>, Vec<Group>) {
    let is_alone = entries.len() == 1;
    let (mut sorted, mut groups) = (Vec::with_capacity(entries.len()), Vec::new());
    for of_document in split(entries, |entry| entry.document.id.clone()) {
        let listed = of_document.len();
        let Some(first) = of_document.first() else { continue };
        let hits = grouping.found.get(&first.document.id).cloned().unwrap_or_default();
        let known = hits.len();
        let map = Map { document: first.document.id.clone(), of: first.document.nodes.len(), hits };
        let name = if grouping.several { first.document.metadata.title.clone() } else { String::new() };
        if grouping.several || known > 1 {
            let is_more = grouping.is_partial;
            groups.push(Group {
                at: at + sorted.len(),
                name,
                is_document: true,
                units: known.max(listed),
                is_more,
                map: (known > 1).then_some(map),
            });
        }
        for mut of_chapter in split(of_document, Entry::chapter) {
            let Some((first, chapter)) = of_chapter.first().and_then(|first| Some((first, first.document.node(first.chapter())?)))
            else {
                continue;
            };
            let is_itself = of_chapter.len() == 1 && first.chapter() == first.node;
            if !is_alone && !is_itself {
                let (units, is_more) = (of_chapter.len(), listed < known || grouping.is_partial);
                let name = step_name(chapter);
                groups.push(Group { at: at + sorted.len(), name, is_document: false, units, is_more, map: None });
                for entry in &mut of_chapter {
                    entry.below = 1;
                }
            }
            sorted.extend(of_chapter);
        }
    }
    (sorted, groups)
}

/// Puts what has the same key together, in the order in which the keys come first.
fn split<K: Ord + Clone>(entries: Vec<Entry>, key: impl Fn(&Entry) -> K) -> Vec<Vec<Entry>> {
    let mut places: BTreeMap<K, usize> = BTreeMap::new();
    let mut parts: Vec<Vec<Entry>> = Vec::new();
    for entry in entries {
        let place = *places.entry(key(&entry)).or_insert(parts.len());
        match parts.get_mut(place) {
            Some(part) => part.push(entry),
            None => parts.push(vec![entry]),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hit_lies_in_a_cell() {
        let map = Map { document: DocumentId::new("甲"), of: 10, hits: [0, 1, 9, 9, 12].map(NodeIndex).to_vec() };
        assert_eq!(map.cells(5), [2, 0, 0, 0, 3]);
        assert_eq!(map.cells(1), [5]);
        assert_eq!(map.cells(0), [0; 0]);
    }
}
