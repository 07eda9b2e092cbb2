//! Nodes while the tree grows, and what can only be said once it has: titles, lines, ends of subtrees.

use std::ops::Range;

use crate::document::kind::Kind;
use crate::document::locator::Address;
use crate::document::node::{Node, NodeIndex};
use crate::document::numbering::{Form, Numbering};
use crate::document::table::Cell;

use super::label::Label;
use super::line::{Line, is_space};
use super::title::{self, Context};

/// A node to be pushed.
#[derive(Debug)]
pub(super) struct Draft {
    node: Node,
    /// Where the text after the label begins, in bytes of the document's text.
    body: usize,
    in_article: bool,
}

impl Draft {
    pub(super) fn new(kind: Kind, parent: Option<NodeIndex>, address: Address) -> Self {
        let node = Node {
            kind,
            numbering: None,
            label: String::new(),
            title: String::new(),
            title_span: None,
            span: 0..0,
            line_start: 0,
            line_end: 0,
            parent,
            subtree_end: NodeIndex(0),
            address,
            cells: Vec::new(),
        };
        Self { node, body: 0, in_article: false }
    }

    /// It stands on this line.
    pub(super) fn on(mut self, line: &Line<'_>) -> Self {
        self.node.span = line.span.clone();
        self.body = line.start;
        self
    }

    /// It is only this part of its line.
    pub(super) fn spanning(mut self, span: Range<usize>) -> Self {
        self.node.span = span;
        self
    }

    /// It stands in an article of a law.
    pub(super) fn in_article(mut self, in_article: bool) -> Self {
        self.in_article = in_article;
        self
    }

    /// Its line begins with a label of this many bytes.
    pub(super) fn labelled(mut self, len: usize, line: &Line<'_>) -> Self {
        line.text.get(..len).unwrap_or_default().trim_end_matches(is_space).clone_into(&mut self.node.label);
        self.body = line.start + len;
        self
    }

    /// Its line begins with this number.
    pub(super) fn numbered(self, label: &Label, line: &Line<'_>) -> Self {
        let mut draft = self.labelled(label.len, line);
        let written = draft.node.label.clone();
        draft.node.numbering = Some(Numbering { form: label.form, value: label.value, insertion: label.insertion, label: written });
        draft
    }

    /// Its label (附件1, 专栏2) has this value.
    pub(super) fn valued(mut self, value: u32) -> Self {
        let form = if self.node.kind == Kind::Annex { Form::Annex } else { Form::Box };
        self.node.numbering = Some(Numbering { form, value, insertion: 0, label: self.node.label.clone() });
        self
    }

    pub(super) fn with_cells(mut self, cells: Vec<Cell>) -> Self {
        self.node.cells = cells;
        self
    }

    /// Its title stands here: the caption of a table, the title lines of a head.
    pub(super) fn titled(mut self, title: Option<Range<usize>>) -> Self {
        self.node.title_span = title;
        self
    }
}

/// The nodes so far, in reading order.
#[derive(Debug, Default)]
pub(super) struct Nodes(Vec<Draft>);

impl Nodes {
    pub(super) fn push(&mut self, draft: Draft) -> NodeIndex {
        self.0.push(draft);
        NodeIndex(self.0.len() - 1)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Lets the last node have this line, too.
    pub(super) fn extend(&mut self, line: &Line<'_>) {
        if let Some(last) = self.0.last_mut() {
            last.node.span.end = line.span.end;
        }
    }

    pub(super) fn last_kind(&self) -> Option<Kind> {
        self.0.last().map(|last| last.node.kind)
    }

    pub(super) fn kind(&self, index: NodeIndex) -> Option<Kind> {
        self.0.get(index.0).map(|draft| draft.node.kind)
    }

    pub(super) fn address(&self, index: NodeIndex) -> Address {
        self.0.get(index.0).map(|draft| draft.node.address.clone()).unwrap_or_default()
    }

    /// The finished nodes.
    pub(super) fn finish(self, text: &str) -> Vec<Node> {
        let mut line = 1;
        let parents: Vec<_> = self.0.iter().skip(1).map(|next| next.node.parent).chain([None]).collect();
        let nodes = self.0.into_iter().zip(parents).enumerate().map(|(at, (mut draft, next_parent))| {
            let own = text.get(draft.node.span.clone()).unwrap_or_default();
            draft.node.line_start = line;
            draft.node.line_end = line + breaks(own.trim_end_matches(is_space));
            line += breaks(own);
            draft.name(text, next_parent == Some(NodeIndex(at)));
            draft.node
        });
        let mut nodes: Vec<Node> = nodes.collect();
        title::keep_alike(text, &mut nodes);
        for at in (0..nodes.len()).rev() {
            let Some(node) = nodes.get_mut(at) else { continue };
            node.subtree_end = node.subtree_end.max(NodeIndex(at + 1));
            let (end, parent) = (node.subtree_end, node.parent);
            if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent.0)) {
                parent.subtree_end = parent.subtree_end.max(end);
            }
        }
        nodes
    }
}

impl Draft {
    /// Finds the title.
    fn name(&mut self, text: &str, has_children: bool) {
        if !matches!(self.node.kind, Kind::Table | Kind::Front) {
            let context = Context { kind: self.node.kind, in_article: self.in_article, has_children };
            let body = text.get(self.body..self.node.span.end).unwrap_or_default();
            self.node.title_span = title::find(body, context).map(|title| self.body + title.start..self.body + title.end);
        }
        let written = self.node.title_span.clone().and_then(|span| text.get(span)).unwrap_or_default();
        self.node.title = title::joined(written);
    }
}

fn breaks(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}
