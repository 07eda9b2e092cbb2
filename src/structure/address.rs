//! Addresses: a unique path for every node, made of the numbers as written.

use std::collections::HashMap;

use crate::document::kind::Kind;
use crate::document::locator::{Address, Step, StepKind};
use crate::document::node::NodeIndex;

use super::label::Label;
use super::nodes::Nodes;

/// What an address starts from: a node, or the root; items of an article start from its first paragraph (`a17.1.3`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Base {
    node: Option<NodeIndex>,
    first_clause: bool,
}

/// A written number, as far as an address needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Written<'label> {
    /// Steps of a decimal number whose headings are not there: 1 of 3.1.2 right under 3.
    pub(super) missing: &'label [u32],
    pub(super) value: u32,
    /// The number after 之.
    pub(super) insertion: u32,
}

impl Written<'_> {
    /// The number of a heading, no step of it missing.
    pub(super) const fn of(label: &Label) -> Self {
        Self { missing: &[], value: label.value, insertion: label.insertion }
    }

    /// A number of one step.
    pub(super) const fn plain(value: u32) -> Self {
        Self { missing: &[], value, insertion: 0 }
    }
}

/// Counts what has been addressed so far.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// How many nodes of a kind were counted under a node.
    counts: HashMap<(Base, StepKind), u32>,
    /// How often a number stood under a node.
    repeats: HashMap<(Base, StepKind, Vec<u32>, u32), u32>,
}

impl Addresses {
    /// The address of a node with a written number; `~2` where that stands there already.
    pub(super) fn numbered(&mut self, nodes: &Nodes, base: Option<NodeIndex>, kind: StepKind, number: Written<'_>) -> Address {
        let in_article = base.is_some_and(|node| nodes.kind(node) == Some(Kind::Article));
        let base = Base { node: base, first_clause: in_article && kind == StepKind::Number };
        self.step(nodes, base, kind, number)
    }

    /// The address of a node that is only counted.
    pub(super) fn counted(&mut self, nodes: &Nodes, base: Option<NodeIndex>, kind: StepKind) -> Address {
        let base = Base { node: base, first_clause: false };
        let count = self.counts.entry((base, kind)).or_insert(0);
        *count += 1;
        let count = *count;
        self.step(nodes, base, kind, Written::plain(count))
    }

    /// The address of a further paragraph of an article; the article itself is its first.
    pub(super) fn clause(&mut self, nodes: &Nodes, article: Option<NodeIndex>) -> Address {
        let base = Base { node: article, first_clause: false };
        let count = self.counts.entry((base, StepKind::Number)).or_insert(1);
        *count += 1;
        let count = *count;
        self.step(nodes, base, StepKind::Number, Written::plain(count))
    }

    fn step(&mut self, nodes: &Nodes, base: Base, kind: StepKind, number: Written<'_>) -> Address {
        let Written { missing, value, insertion } = number;
        let path = missing.iter().copied().chain([value]).collect();
        let repeat = self.repeats.entry((base, kind, path, insertion)).or_insert(0);
        *repeat += 1;
        let mut address = base.node.map(|node| nodes.address(node)).unwrap_or_default();
        if base.first_clause {
            address.0.push(Step::new(StepKind::Number, 1));
        }
        address.0.extend(missing.iter().map(|step| Step::new(kind, *step)));
        address.0.push(Step { insertion, repeat: *repeat, ..Step::new(kind, value) });
        address
    }
}
