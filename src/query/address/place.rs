//! Places: the way down a document, step by step.

use std::ops::Range;

use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::{Address, Step, StepKind};
use crate::document::node::{Node, NodeIndex};
use crate::document::numbering::Form;
use crate::text::{fold, sentence};

use super::PatternStep;

/// Where the walk down the tree is.
#[derive(Debug, Clone, Copy)]
struct Here {
    node: Option<NodeIndex>,
    /// Whether 第一款 was said: only the article's own items count.
    first_clause: bool,
}

/// The node at the end of the way.
pub(super) fn find(document: &Document, steps: &[PatternStep]) -> Option<NodeIndex> {
    if let Some(address) = exact(steps) {
        return document.find(&address).or_else(|| first_clause(document, &address));
    }
    let mut here = Here { node: None, first_clause: false };
    for step in steps {
        here = down(document, here, step)?;
    }
    here.node
}

fn exact(steps: &[PatternStep]) -> Option<Address> {
    let exact = |step: &PatternStep| match step {
        PatternStep::Exact(step) => Some(*step),
        PatternStep::Written { .. }
        | PatternStep::Clause(_)
        | PatternStep::Item(_)
        | PatternStep::Subitem(_)
        | PatternStep::Counted(..)
        | PatternStep::Bullet(_) => None,
    };
    steps.iter().map(exact).collect::<Option<Vec<Step>>>().map(Address)
}

/// `a17.1` is the article itself, whose own line is its first paragraph.
fn first_clause(document: &Document, address: &Address) -> Option<NodeIndex> {
    let (last, article) = address.0.split_last()?;
    let article = document.find(&Address(article.to_vec()))?;
    let is_article = document.node(article).is_some_and(|node| node.kind == Kind::Article);
    (is_article && *last == Step::new(StepKind::Number, 1)).then_some(article)
}

fn down(document: &Document, here: Here, step: &PatternStep) -> Option<Here> {
    let at = |node| Here { node: Some(node), first_clause: false };
    match step {
        PatternStep::Exact(step) => child(document, here, |node| node.address.0.last() == Some(step)).map(at),
        PatternStep::Written { form, value, insertion } => {
            let found = below(document, here, |node| is_written(node, *form, *value, *insertion));
            found.or_else(|| loosely(document, here, *form, *value)).map(at)
        }
        PatternStep::Clause(1) => Some(Here { first_clause: true, ..here }).filter(|here| is_article(document, here.node)),
        PatternStep::Clause(count) => child(document, here, |node| node.kind == Kind::Clause && counts(node, *count)).map(at),
        PatternStep::Item(value) => {
            let own = child(document, here, |node| is_item(node, *value));
            own.or_else(|| below(document, here, |node| is_item(node, *value)).filter(|_| !here.first_clause)).map(at)
        }
        PatternStep::Subitem(value) => below(document, here, |node| node.kind == Kind::Subitem && counts(node, *value)).map(at),
        PatternStep::Counted(kind, value) => {
            let counted = |node: &Node| node.address.0.last() == Some(&Step::new(*kind, *value));
            child(document, here, counted).or_else(|| below(document, here, counted)).map(at)
        }
        PatternStep::Bullet(title) => child(document, here, |node| {
            node.kind == Kind::Bullet && fold::folded(&format!("{}{}", node.label, node.title)) == *title
        })
        .map(at),
    }
}

fn is_written(node: &Node, form: Form, value: u32, insertion: u32) -> bool {
    node.numbering
        .as_ref()
        .is_some_and(|numbering| numbering.form == form && numbering.value == value && numbering.insertion == insertion)
}

/// Where no number has this form right below, a child with this number in any form will do: 第四章 3 for 第四章 三、.
fn loosely(document: &Document, here: Here, form: Form, value: u32) -> Option<NodeIndex> {
    let loose = matches!(form, Form::Arabic | Form::Han) && here.node.is_some();
    let number = Step::new(StepKind::Number, value);
    if loose { child(document, here, |node| node.address.0.last() == Some(&number)) } else { None }
}

fn is_item(node: &Node, value: u32) -> bool {
    node.kind == Kind::Item && counts(node, value)
}

fn counts(node: &Node, value: u32) -> bool {
    node.address.0.last().is_some_and(|step| step.value == value && step.insertion == 0)
}

fn is_article(document: &Document, node: Option<NodeIndex>) -> bool {
    node.and_then(|node| document.node(node)).is_some_and(|node| node.kind == Kind::Article)
}

fn child(document: &Document, here: Here, fits: impl Fn(&Node) -> bool) -> Option<NodeIndex> {
    document.children(here.node).find(|(_, node)| fits(node)).map(|(index, _)| index)
}

/// The nearest node below: a child before a grandchild, the first of equals.
fn below(document: &Document, here: Here, fits: impl Fn(&Node) -> bool) -> Option<NodeIndex> {
    let range = match here.node {
        Some(index) => index.0 + 1..document.node(index)?.subtree_end.0,
        None => 0..document.nodes.len(),
    };
    let fitting = range.map(NodeIndex).filter(|index| document.node(*index).is_some_and(&fits));
    fitting.min_by_key(|index| (document.path(*index).len(), *index))
}

/// The bytes of a sentence of a unit, counted from 1.
pub(super) fn sentence(document: &Document, index: NodeIndex, count: u32) -> Option<Range<usize>> {
    let node = document.node(index)?;
    let start = document.unit_start(node);
    let sentences = sentence::sentences(document.unit_text(node));
    let span = sentences.get(usize::try_from(count).ok()?.checked_sub(1)?)?;
    Some(start + span.start..start + span.end)
}
