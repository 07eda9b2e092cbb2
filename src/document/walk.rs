//! Ways through the tree.
//!
//! The invariant that makes the tree lossless: the nodes stand in reading order and the span of each begins where the span of the
//! one before it ends, the first at 0 and the last at the end of the text. [`Document::rebuilt`] is that sentence as code.

use std::ops::Range;

use super::Document;
use super::locator::{Address, Locator};
use super::node::{Node, NodeIndex};

impl Document {
    /// All nodes with their places, in reading order.
    pub fn walk(&self) -> impl Iterator<Item = (NodeIndex, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (NodeIndex(index), node))
    }

    /// The own text of every node put together: equal to `text`, byte for byte.
    #[must_use]
    pub fn rebuilt(&self) -> String {
        self.nodes.iter().map(|node| self.slice(node.span.clone())).collect()
    }

    /// Bytes of the text; empty where the range is none of its character boundaries.
    #[must_use]
    pub fn slice(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// The own text of a node without the white space around it: what is searched, shown and quoted.
    #[must_use]
    pub fn unit_text(&self, node: &Node) -> &str {
        self.slice(node.span.clone()).trim()
    }

    /// Where [`Document::unit_text`] begins, in bytes of the text.
    #[must_use]
    pub fn unit_start(&self, node: &Node) -> usize {
        let own = self.slice(node.span.clone());
        node.span.start + (own.len() - own.trim_start().len())
    }

    /// The text of a node and all below it, white space around it left out.
    #[must_use]
    pub fn subtree_text(&self, index: NodeIndex) -> &str {
        let Some(node) = self.node(index) else { return "" };
        let end =
            node.subtree_end.0.checked_sub(1).and_then(|last| self.nodes.get(last)).map_or(node.span.end, |last| last.span.end);
        self.slice(node.span.start..end).trim()
    }

    /// The nodes right below `parent`, or the top level where it is none.
    pub fn children(&self, parent: Option<NodeIndex>) -> impl Iterator<Item = (NodeIndex, &Node)> {
        let (mut next, end) = match parent.and_then(|index| Some((index.0 + 1, self.node(index)?.subtree_end.0))) {
            Some(range) => range,
            None => (0, self.nodes.len()),
        };
        std::iter::from_fn(move || {
            let index = NodeIndex(next);
            let node = self.nodes.get(next).filter(|_| next < end)?;
            next = node.subtree_end.0.max(next + 1);
            Some((index, node))
        })
    }

    /// The way down to a node: its ancestors from the top, then the node itself.
    #[must_use]
    pub fn path(&self, index: NodeIndex) -> Vec<NodeIndex> {
        let mut path: Vec<_> = std::iter::successors(Some(index), |at| self.node(*at)?.parent).collect();
        path.reverse();
        path
    }

    /// The node with this very address.
    #[must_use]
    pub fn find(&self, address: &Address) -> Option<NodeIndex> {
        self.walk().find(|(_, node)| node.address == *address).map(|(index, _)| index)
    }

    /// The stable address of a node.
    #[must_use]
    pub fn locator(&self, node: &Node) -> Locator {
        Locator { document: self.id.clone(), address: node.address.clone() }
    }
}
