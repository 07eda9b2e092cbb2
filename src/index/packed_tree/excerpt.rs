//! An excerpt of a packed document: of the columns the part before each unit that is wanted, of the text that of those units only.
//!
//! Where every sixteenth node begins in the columns is known, and what is passed over from there on leaves nothing behind: addresses are told by
//! those of the nodes above, and which these are is known to who asks. Distances between numbers do not depend on where the text of a
//! unit begins, so that it can be put together from its own text alone. Where units and lines begin is not asked.

use std::collections::BTreeMap;

use super::{CELLS, CHECKSUM, Columns, EVERY, NUMBERED, Place, TITLED, address, head, kind, names, subtree_ends};
use crate::document::Document;
use crate::document::excerpt::Excerpt;
use crate::document::kind::Kind;
use crate::document::node::{Node, NodeIndex};
use crate::index::varint;

/// A node that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::index) struct Wanted {
    /// Its text, the white space around it too.
    pub(in crate::index) text: String,
    /// The number of the node above it.
    pub(in crate::index) parent: Option<usize>,
}

/// A packed tree, of which some nodes are read.
#[derive(Debug)]
pub(in crate::index) struct PackedTree<'bytes> {
    columns: Columns<&'bytes [u8]>,
}

impl<'bytes> PackedTree<'bytes> {
    /// A tree on a shelf, whose bytes are checked as they are read; none where they are not those of a tree.
    pub(in crate::index) fn new(packed: &'bytes [u8]) -> Option<Self> {
        let (_, mut bytes) = packed.split_at_checked(CHECKSUM)?;
        varint::take(&mut bytes)?;
        Some(Self { columns: Columns::take(&mut bytes)? })
    }

    fn kind(&self, node: usize) -> Option<Kind> {
        self.columns.kinds.get(node).and_then(|flags| kind(*flags))
    }

    /// What else is asked for when a node, or what stands under it, is cited: of an item right under an article, the first clause of that
    /// article, if it has clauses (第十五条第一款第六项, but 第十五条第六项). `parent` tells what a node stands under.
    pub(in crate::index) fn cited_with(&self, node: usize, parent: impl Fn(usize) -> Option<usize>) -> Option<usize> {
        if !matches!(self.kind(node), Some(Kind::Item | Kind::Subitem)) {
            return None;
        }
        let article = parent(node).filter(|parent| self.kind(*parent) == Some(Kind::Article))?;
        let is_within = |kind: Kind| !matches!(kind, Kind::Part | Kind::Chapter | Kind::Section | Kind::Article | Kind::Annex);
        let mut below = (article + 1..).map_while(|node| Some((node, self.kind(node).filter(|kind| is_within(*kind))?)));
        let clause = below.find_map(|(node, kind)| (kind == Kind::Clause).then_some(node))?;
        (parent(clause) == Some(article)).then_some(clause)
    }

    /// An excerpt with the nodes of these numbers. All that stand above a node have to be among them. None where they are not, where the
    /// bytes are damaged or there are fewer nodes.
    pub(in crate::index) fn excerpt(self, wanted: &BTreeMap<usize, Wanted>) -> Option<Excerpt> {
        let Self { mut columns } = self;
        let count = columns.kinds.len();
        let (id, metadata, source) = head::take(&mut columns.head)?;
        let mut reading = Reading {
            columns,
            start: columns,
            jumped: 0,
            next: 0,
            places: Vec::with_capacity(wanted.len()),
            nodes: Vec::with_capacity(wanted.len()),
            text: String::with_capacity(wanted.values().map(|wanted| wanted.text.len()).sum()),
        };
        for (place, wanted) in wanted {
            reading.jump(*place)?;
            while reading.next < *place {
                reading.pass()?;
            }
            reading.take(wanted)?;
        }
        let Reading { places, mut nodes, text, .. } = reading;
        let parents: Vec<_> = nodes.iter().map(|node| node.parent.map(|parent| parent.0)).collect();
        for (node, end) in nodes.iter_mut().zip(subtree_ends(&parents)) {
            node.subtree_end = NodeIndex(end);
        }
        let document = Document { id, metadata, source, text, nodes, indicators: Vec::new(), abbreviations: Vec::new() };
        Some(Excerpt::new(document, places, count))
    }
}

/// What has been read.
struct Reading<'bytes> {
    /// What has not been read of the columns.
    columns: Columns<&'bytes [u8]>,
    /// The columns from the last node on whose places have been looked up; of `jumps` what has not been read.
    start: Columns<&'bytes [u8]>,
    /// How many of these nodes there were.
    jumped: usize,
    /// The number of the node that is read next.
    next: usize,
    places: Vec<NodeIndex>,
    /// The nodes that were taken, and their texts one behind the other.
    nodes: Vec<Node>,
    text: String,
}

/// The place of a node whose text is not asked for.
const NOWHERE: Place<'_> = Place { text: "", start: 0, end: 0, breaks: 0, visible_breaks: 0 };

impl Reading<'_> {
    /// Jumps to the last node before a place, or at it, that can be jumped to; not back.
    fn jump(&mut self, place: usize) -> Option<()> {
        while self.jumped < place / EVERY {
            let mut jumps = self.start.jumps;
            for column in self.start.jumped() {
                *column = column.get(super::place(varint::take(&mut jumps)?)?..)?;
            }
            self.start.jumps = jumps;
            self.jumped += 1;
        }
        let reached = self.jumped * EVERY;
        if reached > self.next {
            self.next = reached;
            for (column, start) in self.columns.jumped().into_iter().zip(self.start.jumped()) {
                *column = start;
            }
        }
        Some(())
    }

    fn flags(&mut self) -> Option<u8> {
        let flags = *self.columns.kinds.get(self.next)?;
        self.next += 1;
        Some(flags)
    }

    /// Passes over the next node.
    fn pass(&mut self) -> Option<()> {
        let flags = self.flags()?;
        address::skip(&mut self.columns.addresses)?;
        names::skip_label(&mut self.columns)?;
        if flags & NUMBERED != 0 {
            names::take_numbering(&mut self.columns, "", None)?;
        }
        if flags & TITLED != 0 {
            names::take_title(&mut self.columns, "", &NOWHERE)?;
        }
        if flags & CELLS != 0 {
            names::take_cells(&mut self.columns, &NOWHERE)?;
        }
        Some(())
    }

    /// Takes the next node, whose text is put behind that of the others.
    fn take(&mut self, wanted: &Wanted) -> Option<()> {
        let place = self.next;
        let flags = self.flags()?;
        let above = |above: usize| self.places.binary_search(&NodeIndex(above)).ok().map(NodeIndex);
        let parent = match wanted.parent {
            None => None,
            Some(parent) => Some(above(parent)?),
        };
        let base = parent.and_then(|parent| self.nodes.get(parent.0)).map_or(&[][..], |node| node.address.0.as_slice());
        let address = address::take(&mut self.columns.addresses, base)?;
        let kind = kind(flags)?;
        let start = self.text.len();
        self.text.push_str(&wanted.text);
        let at = Place::new(&self.text, &(start..self.text.len()));
        let columns = &mut self.columns;
        let label = names::take_label(columns, &at)?;
        let last = address.0.last();
        let numbering = if flags & NUMBERED == 0 { None } else { Some(names::take_numbering(columns, &label, last)?) };
        let (title, title_span) =
            if flags & TITLED == 0 { (String::new(), None) } else { names::take_title(columns, &label, &at)? };
        let cells = if flags & CELLS == 0 { Vec::new() } else { names::take_cells(columns, &at)? };
        let bare = Node::bare(start..self.text.len());
        self.nodes.push(Node { kind, numbering, label, title, title_span, parent, address, cells, ..bare });
        self.places.push(NodeIndex(place));
        Some(())
    }
}
