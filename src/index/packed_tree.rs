//! A document without its text, in few bytes: the tree, and what the document says of itself.
//!
//! [`pack`] takes any [`Document`]; [`unpack`] gives the same one back, with the text that it is handed, or nothing where the bytes are
//! damaged. What follows from the text and from the nodes before is not stored: a span begins where the one before it ends,
//! lines are counted, a label stands at the beginning of its node, a title where its span says, an address is that of the parent
//! and one number more. Where a document does not keep to that, the difference is written, so that it takes more room and nothing
//! is lost.
//!
//! A packed tree is a checksum (XXH3) of all that follows it, and columns, each of which holds one property of all nodes; where every sixteenth node
//! begins in them is a column too, so that a few units can be read without the others. What is
//! left of a law after that is about an eighth of its text; deflating it too would more than halve that, and took a third of the work
//! of listing hits. A new field of a document is a new part of the head; a new field of a node is a new column.

mod address;
mod excerpt;
mod head;
mod names;

use super::varint;
use super::xxh3;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::Step;
use crate::document::node::{Node, NodeIndex};
pub(super) use excerpt::{PackedTree, Wanted};

/// What is written for the nodes, a column for each property.
#[derive(Debug, Clone, Copy, Default)]
struct Columns<Bytes> {
    /// A byte for each node: its kind, and which of the rarer properties it has.
    kinds: Bytes,
    spans: Bytes,
    lines: Bytes,
    parents: Bytes,
    subtree_ends: Bytes,
    addresses: Bytes,
    labels: Bytes,
    numberings: Bytes,
    titles: Bytes,
    cells: Bytes,
    /// Labels, titles and cells that do not stand in the text as they are.
    words: Bytes,
    /// How far every [`EVERY`]th node stands from the one of these before it, in each of [`Columns::jumped`].
    jumps: Bytes,
    head: Bytes,
    /// The indicators and the short forms, as JSON.
    lists: Bytes,
}

/// So many nodes stand between those whose places in the columns are written down.
const EVERY: usize = 16;

/// How many columns have places that are written down.
const JUMPED: usize = 6;

/// Set in `kinds` where a node has a number.
const NUMBERED: u8 = 0x10;
/// Set where it has a title or the span of one.
const TITLED: u8 = 0x20;
/// Set where it has cells.
const CELLS: u8 = 0x40;

const _: () = assert!(Kind::ALL.len() <= NUMBERED as usize, "a kind and the flags fit into a byte");

/// All of a document but its text, in few bytes.
///
/// # Errors
/// Where what a document says of itself cannot be written as JSON, which does not happen.
pub fn pack(document: &Document) -> serde_json::Result<Vec<u8>> {
    let columns = columns(document)?;
    let mut packed = xxh3::hash(&columns).to_le_bytes().to_vec();
    packed.extend(columns);
    Ok(packed)
}

/// The document that was packed, with its text; none where the bytes are damaged or the text is another.
#[must_use]
pub fn unpack(packed: &[u8], text: &str) -> Option<Document> {
    document(undamaged(packed)?, text)
}

/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// The columns of a packed tree; none where the bytes are damaged.
fn undamaged(packed: &[u8]) -> Option<&[u8]> {
    let (checksum, columns) = packed.split_first_chunk::<CHECKSUM>()?;
    (xxh3::hash(columns) == u32::from_le_bytes(*checksum)).then_some(columns)
}

/// The columns of a document, one after the other.
fn columns(document: &Document) -> serde_json::Result<Vec<u8>> {
    let Document { id, metadata, source, text, nodes, indicators, abbreviations } = document;
    let mut columns = Columns { lists: serde_json::to_vec(&(indicators, abbreviations))?, ..Columns::default() };
    head::put(&mut columns.head, id, metadata, source);
    let mut before = Before::default();
    let mut jumped = [0; JUMPED];
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 && at.is_multiple_of(EVERY) {
            let places = columns.jumped().map(|column| column.len());
            for (place, before) in places.into_iter().zip(std::mem::replace(&mut jumped, places)) {
                varint::put(&mut columns.jumps, (place - before) as u64);
            }
        }
        put_node(&mut columns, node, &mut before, text, nodes.get(..at).unwrap_or_default());
    }
    let parents = before.parents.as_slice();
    for (node, expected) in nodes.iter().zip(subtree_ends(parents)) {
        varint::put_distance(&mut columns.subtree_ends, node.subtree_end.0 as u64, expected as u64);
    }
    let mut bytes = Vec::new();
    varint::put(&mut bytes, text.len() as u64);
    for column in columns.in_order() {
        varint::put_bytes(&mut bytes, &column);
    }
    Ok(bytes)
}

/// The document of these columns.
fn document(mut bytes: &[u8], text: &str) -> Option<Document> {
    if varint::take(&mut bytes)? != text.len() as u64 {
        return None;
    }
    let mut columns = Columns::take(&mut bytes)?;
    let (id, metadata, source) = head::take(&mut columns.head)?;
    let (indicators, abbreviations) = serde_json::from_slice(columns.lists).ok()?;
    let mut before = Before::default();
    let mut nodes = Vec::with_capacity(columns.kinds.len());
    while !columns.kinds.is_empty() {
        nodes.push(take_node(&mut columns, &nodes, &mut before, text)?);
    }
    for (node, expected) in nodes.iter_mut().zip(subtree_ends(&before.parents)) {
        node.subtree_end = NodeIndex(place(varint::take_distance(&mut columns.subtree_ends, expected as u64)?)?);
    }
    (columns.lists, columns.jumps) = (&[], &[]);
    let is_read = bytes.is_empty() && columns.in_order().into_iter().all(<[u8]>::is_empty);
    is_read.then(|| Document { id, metadata, source, text: text.to_owned(), nodes, indicators, abbreviations })
}

impl<Bytes> Columns<Bytes> {
    /// All columns, in the order in which they are stored.
    fn in_order(self) -> [Bytes; 14] {
        let Self { kinds, spans, lines, parents, subtree_ends, addresses, labels, numberings, titles, cells, words, .. } = self;
        let Self { jumps, head, lists, .. } = self;
        [kinds, spans, lines, parents, subtree_ends, addresses, labels, numberings, titles, cells, words, jumps, head, lists]
    }

    /// The columns that are read of a unit without those before it, but for `kinds`, of which each has one byte.
    const fn jumped(&mut self) -> [&mut Bytes; JUMPED] {
        let Self { addresses, labels, numberings, titles, cells, words, .. } = self;
        [addresses, labels, numberings, titles, cells, words]
    }
}

impl<'bytes> Columns<&'bytes [u8]> {
    fn take(bytes: &mut &'bytes [u8]) -> Option<Self> {
        Some(Self {
            kinds: varint::take_bytes(bytes)?,
            spans: varint::take_bytes(bytes)?,
            lines: varint::take_bytes(bytes)?,
            parents: varint::take_bytes(bytes)?,
            subtree_ends: varint::take_bytes(bytes)?,
            addresses: varint::take_bytes(bytes)?,
            labels: varint::take_bytes(bytes)?,
            numberings: varint::take_bytes(bytes)?,
            titles: varint::take_bytes(bytes)?,
            cells: varint::take_bytes(bytes)?,
            words: varint::take_bytes(bytes)?,
            jumps: varint::take_bytes(bytes)?,
            head: varint::take_bytes(bytes)?,
            lists: varint::take_bytes(bytes)?,
        })
    }
}

/// What is known from the nodes before.
#[derive(Debug, Default)]
struct Before {
    /// The end of the last span.
    end: usize,
    /// The line on which the next span begins, less one.
    line: u32,
    parents: Vec<Option<usize>>,
}

/// What follows from the span of a node and the text.
struct Place<'text> {
    text: &'text str,
    /// Where the own text of the node begins and ends, white space left out.
    start: usize,
    end: usize,
    /// Line breaks in the span, and in the span without the white space at its end.
    breaks: u32,
    visible_breaks: u32,
}

impl<'text> Place<'text> {
    fn new(text: &'text str, span: &std::ops::Range<usize>) -> Self {
        let own = text.get(span.clone()).unwrap_or_default();
        let visible = own.trim_end();
        let visible_breaks = breaks(visible);
        let trailing = own.get(visible.len()..).unwrap_or_default();
        let start = span.start.saturating_add(visible.len() - visible.trim_start().len());
        let end = span.start.saturating_add(visible.len());
        Self { text, start, end, visible_breaks, breaks: visible_breaks.wrapping_add(breaks(trailing)) }
    }
}

fn breaks(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

fn put_node(columns: &mut Columns<Vec<u8>>, node: &Node, before: &mut Before, text: &str, nodes: &[Node]) {
    let Node { kind, numbering, label, title, title_span, span, line_start, line_end, parent, subtree_end: _, address, cells } =
        node;
    let titled = !title.is_empty() || title_span.is_some();
    let flags = [(numbering.is_some(), NUMBERED), (titled, TITLED), (!cells.is_empty(), CELLS)];
    columns.kinds.push(flags.iter().filter(|(has, _)| *has).fold(*kind as u8, |byte, (_, flag)| byte | flag));
    varint::put_distance(&mut columns.spans, span.start as u64, before.end as u64);
    varint::put_distance(&mut columns.spans, span.end as u64, span.start as u64);
    let place = Place::new(text, span);
    let expected = before.line.wrapping_add(1);
    varint::put_distance(&mut columns.lines, u64::from(*line_start), u64::from(expected));
    let expected = line_start.wrapping_add(place.visible_breaks);
    varint::put_distance(&mut columns.lines, u64::from(*line_end), u64::from(expected));
    let parent = parent.map(|parent| parent.0);
    put_parent(&mut columns.parents, parent, &before.parents);
    address::put(&mut columns.addresses, address, base(parent, nodes));
    names::put_label(columns, label, &place);
    if let Some(numbering) = numbering {
        names::put_numbering(columns, numbering, label, address.0.last());
    }
    if titled {
        names::put_title(columns, title, title_span.as_ref(), label, &place);
    }
    if !cells.is_empty() {
        names::put_cells(columns, cells, &place);
    }
    before.advance(span.end, *line_start, parent, &place);
}

fn take_node(columns: &mut Columns<&[u8]>, nodes: &[Node], before: &mut Before, text: &str) -> Option<Node> {
    let (flags, rest) = columns.kinds.split_first()?;
    columns.kinds = rest;
    let kind = kind(*flags)?;
    let start = place(varint::take_distance(&mut columns.spans, before.end as u64)?)?;
    let span = start..place(varint::take_distance(&mut columns.spans, start as u64)?)?;
    let place = Place::new(text, &span);
    let expected = before.line.wrapping_add(1);
    let line_start = u32::try_from(varint::take_distance(&mut columns.lines, u64::from(expected))?).ok()?;
    let expected = line_start.wrapping_add(place.visible_breaks);
    let line_end = u32::try_from(varint::take_distance(&mut columns.lines, u64::from(expected))?).ok()?;
    let parent = take_parent(&mut columns.parents, &before.parents)?;
    let address = address::take(&mut columns.addresses, base(parent, nodes))?;
    let label = names::take_label(columns, &place)?;
    let numbering = if flags & NUMBERED == 0 { None } else { Some(names::take_numbering(columns, &label, address.0.last())?) };
    let (title, title_span) = if flags & TITLED == 0 { (String::new(), None) } else { names::take_title(columns, &label, &place)? };
    let cells = if flags & CELLS == 0 { Vec::new() } else { names::take_cells(columns, &place)? };
    before.advance(span.end, line_start, parent, &place);
    let (parent, subtree_end) = (parent.map(NodeIndex), NodeIndex(0));
    Some(Node { kind, numbering, label, title, title_span, span, line_start, line_end, parent, subtree_end, address, cells })
}

/// The address that a child of `parent` adds to.
fn base(parent: Option<usize>, nodes: &[Node]) -> &[Step] {
    parent.and_then(|parent| nodes.get(parent)).map_or(&[], |parent| parent.address.0.as_slice())
}

impl Before {
    fn advance(&mut self, end: usize, line_start: u32, parent: Option<usize>, place: &Place<'_>) {
        self.end = end;
        self.line = line_start.wrapping_add(place.breaks).wrapping_sub(1);
        self.parents.push(parent);
    }
}

/// The kind that stands in a byte of `kinds`.
fn kind(flags: u8) -> Option<Kind> {
    Kind::ALL.get(usize::from(flags & 15)).copied()
}

/// The node before, its parent, the parent of that, and so on.
fn ancestors(parents: &[Option<usize>]) -> impl Iterator<Item = usize> {
    std::iter::successors(parents.len().checked_sub(1), |at| (*parents.get(*at)?).filter(|parent| parent < at))
}

/// 0: no parent; 1: the number of the parent follows; 2 and more: which of the ancestors.
fn put_parent(bytes: &mut Vec<u8>, parent: Option<usize>, parents: &[Option<usize>]) {
    match parent.map(|parent| (parent, ancestors(parents).position(|ancestor| ancestor == parent))) {
        None => varint::put(bytes, 0),
        Some((_, Some(steps))) => varint::put(bytes, steps as u64 + 2),
        Some((parent, None)) => {
            varint::put(bytes, 1);
            varint::put(bytes, parent as u64);
        }
    }
}

#[expect(clippy::option_option, reason = "none where the bytes are damaged, else the parent, which a node may lack")]
fn take_parent(bytes: &mut &[u8], parents: &[Option<usize>]) -> Option<Option<usize>> {
    match varint::take(bytes)? {
        0 => Some(None),
        1 => Some(Some(place(varint::take(bytes)?)?)),
        steps => Some(Some(ancestors(parents).nth(place(steps - 2)?)?)),
    }
}

/// Where the subtrees of nodes with these parents end.
fn subtree_ends(parents: &[Option<usize>]) -> Vec<usize> {
    let mut ends: Vec<_> = (1..=parents.len()).collect();
    for (at, parent) in parents.iter().enumerate().rev() {
        let end = ends.get(at).copied().unwrap_or_default();
        if let Some(above) = parent.filter(|parent| *parent < at).and_then(|parent| ends.get_mut(parent)) {
            *above = end.max(*above);
        }
    }
    ends
}

/// A place in memory.
fn place(number: u64) -> Option<usize> {
    usize::try_from(number).ok()
}

#[cfg(test)]
mod tests;
