//! Holding an index against its own checksums and against documents read anew: what a doctor asks of it.
//!
//! Everything that is told here was told apart from what a search does: checksums of whole files, every unit of a tree beside its unit
//! on the shelf, and whether tantivy knows each of them and proposes it. Whether the documents are the right ones is left to `library`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use tantivy::DocId;
use tantivy::directory::error::OpenReadError;

use super::error::IndexError;
use super::grams::{Lookup, lookup};
use super::open::Index;
use super::postings::Segment;
use super::shelf::{Shelf, Unit};
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::text::fold::folded;

/// How units stand in tantivy's index, as against the shelves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Units with something in them that belong to the library.
    pub units: usize,
    /// Those that tantivy does not know, so that a search would miss them.
    pub missing: usize,
    /// Those that it knows twice, so that a search would count them twice.
    pub repeated: usize,
    /// Units that were looked up by a piece of their own text.
    pub asked: usize,
    /// Those of them that were not proposed.
    pub unproposed: usize,
}

/// Characters of the piece of a unit that is looked up.
const PIECE: usize = 12;

impl Index {
    /// The files of the index whose bytes are not those that were written, sorted; and how many files there are in all.
    ///
    /// # Errors
    /// Where tantivy cannot say which files are its own.
    pub fn damaged_files(&self) -> Result<(Vec<String>, usize), IndexError> {
        let mut damaged = Vec::new();
        for (entry, shelf) in self.manifest.shelves.iter().zip(&self.shelves) {
            if shelf.checksum() != Some(entry.checksum) {
                damaged.push(entry.file());
            }
        }
        let tantivy = self.segments.tantivy()?;
        let files: BTreeSet<PathBuf> = tantivy.load_metas()?.list_segment_files().into_iter().collect();
        let mut count = self.manifest.shelves.len() + 1;
        for file in files {
            match tantivy.directory().validate_checksum(&file) {
                Ok(true) => count += 1,
                // Some parts of a segment exist only where there is something in them; opening has refused what lacks another.
                Err(OpenReadError::FileDoesNotExist(_)) => {}
                Ok(false) | Err(_) => {
                    count += 1;
                    damaged.push(file.display().to_string());
                }
            }
        }
        damaged.sort();
        Ok((damaged, count))
    }

    /// Whether tantivy knows every unit of the shelves once, and proposes it for a piece of its own text; of the latter no more than about
    /// `most` units are asked for, spread over the library.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn standing(&self, most: usize) -> Result<Standing, IndexError> {
        let mut segments: BTreeMap<u32, Vec<(DocId, Segment<'_>)>> = BTreeMap::new();
        for segment in self.segments_of(|_| true) {
            let segment = segment?;
            segments.entry(segment.shelf.number).or_default().push((segment.unit_count(), segment));
        }
        let units = || self.shelves.iter().flat_map(Shelf::units).filter(|unit| !unit.folded.is_empty() && !unit.is_removed());
        let mut standing = Standing { units: units().count(), ..Standing::default() };
        let step = standing.units.div_ceil(most.max(1)).max(1);
        for (at, unit) in units().enumerate() {
            let of_shelf = segments.get(&unit.shelf.number).map(Vec::as_slice).unwrap_or_default();
            // A segment knows the units up to the last that it has been told of.
            match of_shelf.iter().filter(|(end, _)| unit.ordinal < *end).count() {
                0 => standing.missing += 1,
                1 => {}
                _ => standing.repeated += 1,
            }
            if at % step == 0
                && let Some(is_proposed) = is_proposed(&unit, of_shelf.iter().map(|(_, segment)| segment))?
            {
                standing.asked += 1;
                standing.unproposed += usize::from(!is_proposed);
            }
        }
        Ok(standing)
    }

    /// The units of a document that do not stand on the shelf as they stand in its tree; none where there is no such document at all.
    ///
    /// # Errors
    /// Where a shelf is damaged.
    pub fn differing_units(&self, document: &Document) -> Result<Option<Vec<NodeIndex>>, IndexError> {
        let find = |shelf: &'_ Shelf| shelf.find(document.id.as_str()).and_then(|ordinal| shelf.document_record(ordinal));
        let Some((shelf, record)) = self.shelves.iter().find_map(|shelf| Some((shelf, find(shelf)?))) else { return Ok(None) };
        let (first, count) = record.units;
        let mut differing = Vec::new();
        for (index, node) in document.walk() {
            let ordinal = u32::try_from(index.0).ok().filter(|own| *own < count).and_then(|own| first.checked_add(own));
            let unit = ordinal.and_then(|ordinal| shelf.unit(ordinal));
            let own = document.slice(node.span.clone());
            let parent = node.parent.map_or(0, |parent| index.0.saturating_sub(parent.0));
            let is_same = |unit: &Unit<'_>| {
                unit.folded == folded(own).as_bytes()
                    && unit.record.parent as usize == parent
                    && shelf.document_of(unit.ordinal).is_some_and(|(_, node)| node == index.0)
                    && shelf.original(unit).is_ok_and(|original| original == own)
            };
            if !unit.is_some_and(|unit| is_same(&unit)) {
                differing.push(index);
            }
        }
        if document.nodes.len() != count as usize {
            differing.push(NodeIndex(document.nodes.len().min(count as usize)));
        }
        Ok(Some(differing))
    }
}

/// Whether a unit is proposed for a piece of its own text; none where that holds nothing that is looked up.
fn is_proposed<'segment>(
    unit: &Unit<'_>,
    segments: impl Iterator<Item = &'segment Segment<'segment>>,
) -> Result<Option<bool>, IndexError> {
    let folded = String::from_utf8_lossy(unit.folded);
    let skipped = folded.chars().count().saturating_sub(PIECE) / 2;
    let piece: String = folded.chars().skip(skipped).take(PIECE).collect();
    match lookup(&piece) {
        None | Some(Lookup::Character(_)) => return Ok(None),
        Some(Lookup::Pairs(_)) => {}
    }
    for segment in segments {
        let Some(units) = segment.may_hold(&piece)? else { return Ok(None) };
        if units.binary_search(&unit.ordinal).is_ok() {
            return Ok(Some(true));
        }
    }
    Ok(Some(false))
}
