//! An excerpt of a packed document: the columns are read up to the last unit that is wanted, the text only of those that are.
//!
//! Places in a column are told by what was read before, so nothing can be jumped over; but distances between numbers do not depend
//! on where the text of a unit begins, so that a unit can be put together from its own text alone. Where units and lines begin is not
//! asked, and what is passed over leaves nothing behind but its parent.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use super::address::Counts;
use super::{CELLS, Columns, NUMBERED, Place, TITLED, names, take_parent, undamaged};
use crate::document::Document;
use crate::document::excerpt::Excerpt;
use crate::document::kind::Kind;
use crate::document::node::{Node, NodeIndex};
use crate::index::varint;

/// An excerpt of the document that was packed, with these nodes, each with its text, the white space around it too. All that stand above a
/// node have to be among them. None where they are not, where the bytes are damaged or there are fewer nodes.
pub(in crate::index) fn excerpt(packed: &[u8], wanted: &BTreeMap<usize, String>) -> Option<Excerpt> {
    let mut bytes = undamaged(packed)?;
    varint::take(&mut bytes)?;
    let columns = Columns::take(&mut bytes)?;
    let count = columns.kinds.len();
    let (id, metadata, source, _, _): (_, _, _, IgnoredAny, IgnoredAny) = serde_json::from_slice(columns.head).ok()?;
    let mut reading = Reading {
        columns,
        parents: Vec::with_capacity(wanted.last_key_value().map_or(0, |(last, _)| last + 1)),
        counts: Counts::default(),
        places: Vec::with_capacity(wanted.len()),
        nodes: Vec::with_capacity(wanted.len()),
        text: String::with_capacity(wanted.values().map(String::len).sum()),
    };
    for (place, own) in wanted {
        while reading.parents.len() < *place {
            reading.pass()?;
        }
        reading.take(own)?;
    }
    let Reading { places, nodes, text, .. } = reading;
    let document = Document { id, metadata, source, text, nodes, indicators: Vec::new(), abbreviations: Vec::new() };
    Some(Excerpt::new(document, places, count))
}

/// What has been read.
struct Reading<'bytes> {
    columns: Columns<&'bytes [u8]>,
    /// Those of all nodes so far.
    parents: Vec<Option<usize>>,
    /// A row for each node that was taken.
    counts: Counts,
    places: Vec<NodeIndex>,
    /// The nodes that were taken, and their texts one behind the other.
    nodes: Vec<Node>,
    text: String,
}

/// What comes first of a node.
struct Beginning {
    flags: u8,
    parent: Parent,
}

/// What a node stands under.
#[derive(Clone, Copy)]
enum Parent {
    Nothing,
    /// The node that was taken as the so many'th.
    Taken(usize),
    PassedOver,
}

impl Parent {
    /// The row of `Counts` for what stands under it; none below what was passed over, where nothing has to be counted.
    const fn row(self) -> Option<usize> {
        match self {
            Self::Nothing => Some(0),
            Self::Taken(taken) => Some(taken + 1),
            Self::PassedOver => None,
        }
    }
}

/// The place of a node whose text is not asked for.
const NOWHERE: Place<'_> = Place { text: "", start: 0, end: 0, breaks: 0, visible_breaks: 0 };

impl Reading<'_> {
    fn begin(&mut self) -> Option<Beginning> {
        let flags = varint::take_byte(&mut self.columns.kinds)?;
        let above = take_parent(&mut self.columns.parents, &self.parents)?;
        let parent = match above.filter(|above| *above < self.parents.len()) {
            None => Parent::Nothing,
            Some(above) => self.places.binary_search(&NodeIndex(above)).map_or(Parent::PassedOver, Parent::Taken),
        };
        self.parents.push(above);
        Some(Beginning { flags, parent })
    }

    /// Passes over the next node.
    fn pass(&mut self) -> Option<()> {
        let Beginning { flags, parent } = self.begin()?;
        self.counts.skip(&mut self.columns.addresses, parent.row())?;
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
    fn take(&mut self, own: &str) -> Option<()> {
        let Beginning { flags, parent } = self.begin()?;
        let (parent, row) = match parent {
            Parent::Nothing => (None, 0),
            Parent::Taken(taken) => (Some(NodeIndex(taken)), taken + 1),
            Parent::PassedOver => return None,
        };
        let base = parent.and_then(|parent| self.nodes.get(parent.0)).map_or(&[][..], |node| node.address.0.as_slice());
        let address = self.counts.take(&mut self.columns.addresses, row, base)?;
        let kind = *Kind::ALL.get(usize::from(flags & 15))?;
        let start = self.text.len();
        self.text.push_str(own);
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
        self.places.push(NodeIndex(self.parents.len() - 1));
        Some(())
    }
}
