//! The promises of the model, checked on a document: nothing lost, everything addressable.
//!
//! Takes a document, gives what is wrong with it; nothing for every document that `structure` made. Linear, but for a sort of the
//! addresses.

use std::collections::BTreeSet;

use crate::diagnostic::{Bilingual, Diagnostic, Place};
use crate::document::Document;
use crate::document::node::{Node, NodeIndex};

/// Checks that the spans of the nodes tile the text, that parents enclose their children, and that no address stands twice.
#[must_use]
pub fn verify(document: &Document) -> Vec<Diagnostic> {
    let mut found = tiling(document);
    found.extend(nesting(document));
    found.extend(addresses(document));
    found
}

/// Every character belongs to exactly one node: each span begins where the one before it ends.
fn tiling(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut at = 0;
    for node in &document.nodes {
        if node.span.start != at || document.text.get(node.span.clone()).is_none() {
            found.push(trouble("text-not-covered", node, "此处文字未恰好归入一个单元", "the text here is not in exactly one unit"));
        }
        at = node.span.end;
    }
    if at != document.text.len() {
        let message = Bilingual::new("文末有文字未归入任何单元", "text at the end is in no unit");
        found.push(Diagnostic::warning("text-not-covered", message, Place::default()));
    }
    found
}

/// Every subtree lies within that of its parent.
fn nesting(document: &Document) -> Vec<Diagnostic> {
    let encloses =
        |parent: &Node, index: NodeIndex, child: &Node| index < parent.subtree_end && child.subtree_end <= parent.subtree_end;
    document
        .walk()
        .filter(|(index, node)| {
            let in_order = index.0 < node.subtree_end.0 && node.subtree_end.0 <= document.nodes.len();
            let in_parent = node
                .parent
                .is_none_or(|parent| parent < *index && document.node(parent).is_some_and(|parent| encloses(parent, *index, node)));
            !(in_order && in_parent)
        })
        .map(|(_, node)| trouble("tree-broken", node, "此单元不在其上级之内", "this unit is not within the one above it"))
        .collect()
}

fn addresses(document: &Document) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    document
        .nodes
        .iter()
        .filter(|node| !seen.insert(&node.address))
        .map(|node| trouble("address-repeated", node, "此单元的地址与前文重复", "the address of this unit stands twice"))
        .collect()
}

fn trouble(code: &str, node: &Node, chinese: &str, english: &str) -> Diagnostic {
    Diagnostic::warning(code, Bilingual::new(chinese, english), Place::line(node.line_start))
}
