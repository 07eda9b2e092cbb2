//! An excerpt of a packed document: the columns are read up to the last unit that is wanted, the text only of those that are.
//!
//! Places in a column are told by what was read before, so nothing can be jumped over; but distances between numbers do not depend
//! on where the text of a unit begins, so that a unit can be put together from its own text alone.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::IgnoredAny;

use super::{Before, CELLS, Columns, NUMBERED, Place, TITLED, names, place, take_parent, undamaged};
use crate::document::Document;
use crate::document::excerpt::Excerpt;
use crate::document::kind::Kind;
use crate::document::locator::Address;
use crate::document::node::{Node, NodeIndex};
use crate::document::table::Cell;
use crate::index::varint;

/// An excerpt of the document that was packed, with these nodes, each with its text, the white space around it too. None where the
/// bytes are damaged or there are fewer nodes.
pub(in crate::index) fn excerpt(packed: &[u8], wanted: &BTreeMap<usize, String>) -> Option<Excerpt> {
    let mut bytes = undamaged(packed)?;
    varint::take(&mut bytes)?;
    let mut columns = Columns::take(&mut bytes)?;
    let (id, metadata, source, _, _): (_, _, _, IgnoredAny, IgnoredAny) = serde_json::from_slice(columns.head).ok()?;
    let (mut before, mut text) = (Before::default(), String::new());
    let count = wanted.last_key_value().map_or(0, |(last, _)| last + 1);
    let all = columns.kinds.len();
    let mut nodes = Vec::with_capacity(all);
    while nodes.len() < count {
        let own = wanted.get(&nodes.len()).map(String::as_str);
        nodes.push(skim(&mut columns, &nodes, &mut before, own, &mut text)?);
    }
    nodes.resize_with(all, || bare(text.len()..text.len()));
    Some(Excerpt::new(Document { id, metadata, source, text, nodes, indicators: Vec::new(), abbreviations: Vec::new() }))
}

/// Takes the next node; its own text, where it is wanted, is put behind that of the others.
fn skim(columns: &mut Columns<&[u8]>, nodes: &[Node], before: &mut Before, own: Option<&str>, text: &mut String) -> Option<Node> {
    let (flags, rest) = columns.kinds.split_first()?;
    columns.kinds = rest;
    let kind = *Kind::ALL.get(usize::from(flags & 15))?;
    let start = varint::take_distance(&mut columns.spans, before.end as u64)?;
    before.end = place(varint::take_distance(&mut columns.spans, start)?)?;
    for _ in ["first line", "last line"] {
        varint::take_distance(&mut columns.lines, 0)?;
    }
    let parent = take_parent(&mut columns.parents, &before.parents)?;
    let address = if own.is_some() {
        before.counts.take(&mut columns.addresses, parent, nodes)?
    } else {
        before.counts.skip(&mut columns.addresses, parent, nodes)?;
        Address::default()
    };
    before.parents.push(parent);
    let base = text.len();
    text.push_str(own.unwrap_or_default());
    let at = Place::new(text, &(base..text.len()));
    let label =
        if own.is_some() { names::take_label(columns, &at)? } else { names::skip_label(columns).map(|()| String::new())? };
    let numbering = if flags & NUMBERED == 0 { None } else { Some(names::take_numbering(columns, &label, address.0.last())?) };
    let (title, title_span) = if flags & TITLED == 0 { (String::new(), None) } else { names::take_title(columns, &label, &at)? };
    let cells = if flags & CELLS == 0 { Vec::new() } else { names::take_cells(columns, &at)? };
    let (parent, subtree_end) = (parent.map(NodeIndex), NodeIndex(0));
    let node = Node { kind, numbering, label, title, title_span, parent, subtree_end, address, cells, ..bare(base..text.len()) };
    Some(if own.is_some() { node } else { without_words(node) })
}

/// A node of which nothing but its place is known.
fn bare(span: Range<usize>) -> Node {
    Node {
        kind: Kind::Paragraph,
        numbering: None,
        label: String::new(),
        title: String::new(),
        title_span: None,
        span,
        line_start: 0,
        line_end: 0,
        parent: None,
        subtree_end: NodeIndex(0),
        address: Address::default(),
        cells: Vec::<Cell>::new(),
    }
}

/// The node without what was read for it as if its text were empty.
fn without_words(node: Node) -> Node {
    let Node { kind, parent, subtree_end, span, .. } = node;
    Node { kind, parent, subtree_end, ..bare(span) }
}
