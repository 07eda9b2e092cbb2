//! A document made ready for a shelf: everything that costs time and needs no other document.
//!
//! Folding and segmentation happen here, so that several documents can be made ready side by side; putting them onto the shelf one
//! after another is then cheap, and its order is the caller's.

use std::ops::Range;

use super::bounds::BoundsBuilder;
use super::records::Standing;
use super::{Head, checksums};
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::node::Node;
use crate::index::inversion::Pairs;
use crate::index::words::{Counted, Counts};
use crate::index::{originals, packed_tree};
use crate::text::fold::Folded;
use crate::text::segment::Segmenter;

/// A document on its way onto a shelf.
#[derive(Debug)]
pub struct Prepared {
    pub(in crate::index) id: String,
    /// The [`Head`] as JSON.
    pub(in crate::index) head: Vec<u8>,
    /// The tree without the text, packed.
    pub(in crate::index) tree: Vec<u8>,
    /// The beginning of the checksum of its source: see [`checksums`].
    pub(in crate::index) checksum: u64,
    /// What the units were before folding, one after another: see [`originals`].
    pub(in crate::index) originals: Vec<u8>,
    /// The folded texts of the units, each closed by `\n`.
    pub(in crate::index) folded: String,
    /// Where words begin or end in `folded`.
    pub(in crate::index) bounds: BoundsBuilder,
    /// The pairs of neighbouring characters in each unit.
    pub(in crate::index) pairs: Pairs,
    /// Its words.
    pub(in crate::index) words: Counted,
    pub(in crate::index) units: Vec<PreparedUnit>,
    /// The short forms that it introduces: full form and short form.
    pub(in crate::index) short_forms: Vec<(String, String)>,
}

/// A unit of it; places are counted from the start of its document.
#[derive(Debug, Clone, Default)]
pub(in crate::index) struct PreparedUnit {
    pub(in crate::index) folded: usize,
    pub(in crate::index) original: usize,
    pub(in crate::index) parent: u32,
    pub(in crate::index) standing: Standing,
    pub(in crate::index) title: (u16, u16),
}

impl Prepared {
    /// Folds and segments a document. Linear in its length.
    ///
    /// # Errors
    /// Where the nodes do not make up the text, which no document of `structure` does, or a head cannot be written as JSON.
    pub fn new(document: &Document, segmenter: &Segmenter) -> serde_json::Result<Self> {
        if document.rebuilt() != document.text {
            return Err(serde::ser::Error::custom(format!("the nodes of {} do not make up its text", document.id)));
        }
        let (head, tree) = packed(document)?;
        let mut prepared = Self {
            id: document.id.as_str().to_owned(),
            head,
            tree,
            checksum: checksums::beginning(&document.source.sha256),
            originals: Vec::with_capacity(document.text.len()),
            folded: String::with_capacity(document.text.len()),
            bounds: BoundsBuilder::default(),
            pairs: Pairs::default(),
            words: Counted::default(),
            units: Vec::with_capacity(document.nodes.len()),
            short_forms: document.abbreviations.iter().map(|one| (one.full.clone(), one.short.clone())).collect(),
        };
        let indicator_names = indicator_names(document);
        let mut tools = Tools { segmenter, words: Counts::default(), folding: Folded::default() };
        for (((index, node), standing), name) in document.walk().zip(Standing::all(document)).zip(indicator_names) {
            let parent = node.parent.map_or(0, |parent| index.0.saturating_sub(parent.0));
            let unit = PreparedUnit {
                original: prepared.originals.len(),
                parent: u32::try_from(parent).unwrap_or_default(),
                standing,
                ..PreparedUnit::default()
            };
            prepared.push(document.slice(node.span.clone()), (node, name), unit, &mut tools);
        }
        prepared.words = tools.words.finish();
        prepared.pairs.close();
        Ok(prepared)
    }

    /// Takes over another id and another name of its file, which a document may be given after it was made ready; `text` is its text.
    ///
    /// # Errors
    /// Those of [`Prepared::new`].
    pub fn rename(&mut self, text: &str, id: &DocumentId, file: &str) -> serde_json::Result<()> {
        let strange = || serde::ser::Error::custom(format!("the tree of {} is not that of its text", self.id));
        let mut document = packed_tree::unpack(&self.tree, text).ok_or_else(strange)?;
        id.clone_into(&mut document.id);
        file.clone_into(&mut document.source.file);
        (self.head, self.tree) = packed(&document)?;
        id.as_str().clone_into(&mut self.id);
        Ok(())
    }

    /// Takes the unit of a node with this text; `name` is where the name of its indicator stands.
    fn push(
        &mut self,
        text: &str,
        (node, name): (&Node, Option<Range<usize>>),
        mut unit: PreparedUnit,
        Tools { segmenter, words: counts, folding }: &mut Tools<'_>,
    ) {
        folding.fold_anew(text);
        let words = segmenter.words(&folding.text);
        unit.title = title_range(node, name, folding);
        self.bounds.push(folding.text.len() + 1, &words);
        let number = self.units.len();
        for word in words.into_iter().filter_map(|word| folding.text.get(word)).filter(|word| is_indexed(word)) {
            counts.note(word, number);
        }
        self.pairs.push(u32::try_from(number).unwrap_or(u32::MAX), &folding.text);
        unit.folded = self.folded.len();
        self.folded.push_str(&folding.text);
        self.folded.push('\n');
        originals::encode(&folding.text, (text, folding), &mut self.originals);
        self.units.push(unit);
    }
}

/// What the units of a document have in common while they are made ready.
struct Tools<'segmenter> {
    segmenter: &'segmenter Segmenter,
    words: Counts,
    /// What became of the last one, whose memory the next one takes.
    folding: Folded,
}

/// The head and the tree of a document as they stand on the shelf.
fn packed(document: &Document) -> serde_json::Result<(Vec<u8>, Vec<u8>)> {
    let head = Head { metadata: document.metadata.clone(), source: document.source.clone(), units: document.nodes.len() };
    Ok((serde_json::to_vec(&head)?, packed_tree::pack(document)?))
}

/// Whether a word is one of the vocabulary: single characters are known from the pairs.
pub(in crate::index) fn is_indexed(word: &str) -> bool {
    // Nearly all words begin with one of the common characters, for which the standard library looks through its tables.
    let is_letter = |character: char| matches!(character, '\u{4E00}'..='\u{9FFF}') || character.is_alphanumeric();
    word.chars().nth(1).is_some() && word.chars().any(is_letter)
}

/// For every node the bytes of the text where the name of its indicator stands, for rows of indicators.
fn indicator_names(document: &Document) -> Vec<Option<Range<usize>>> {
    let mut names = vec![None; document.nodes.len()];
    for indicator in &document.indicators {
        let Some(node) = document.node(indicator.node) else { continue };
        let named = node.cells.iter().find(|cell| !indicator.name.is_empty() && cell.text.contains(indicator.name.as_str()));
        if let (Some(slot), Some(cell)) = (names.get_mut(indicator.node.0), named) {
            *slot = Some(cell.span.clone());
        }
    }
    names
}

/// Where the title (or the name) stands in the folded unit; equal ends where there is none.
fn title_range(node: &Node, name: Option<Range<usize>>, folding: &Folded) -> (u16, u16) {
    let Some(title) = node.title_span.clone().or(name) else { return (0, 0) };
    // A title longer than 64 KiB is one as far as that.
    let longest = folding.text.floor_char_boundary(usize::from(u16::MAX));
    let position = |at: usize| folding.folded_position(at.saturating_sub(node.span.start)).min(longest);
    let places = u16::try_from(position(title.start)).ok().zip(u16::try_from(position(title.end)).ok());
    places.unwrap_or_default()
}
