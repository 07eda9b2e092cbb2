//! The tree pane as data: which rows are to be seen, which is selected, what is folded. It knows no terminal.
//!
//! Documents stand at the top where there are several; below them the headings, measures, boxes, tables and titled bullets of those
//! that have been read. Running text and the rows of tables belong to the reader.

use std::collections::BTreeSet;

use super::action::Motion;
use super::shelf::Shelf;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::node::{Node, NodeIndex};

/// What a row stands for: a document of the shelf, or a node of it.
pub type Target = (usize, Option<NodeIndex>);

/// One row to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The document or node.
    pub target: Target,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Whether there is something below it, and whether that is to be seen.
    pub fold: Fold,
}

/// The state of a row's children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// It has none.
    Leaf,
    /// They are hidden.
    Closed,
    /// They are to be seen.
    Open,
}

/// The tree pane.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    rows: Vec<Row>,
    open: BTreeSet<Target>,
    selected: usize,
    first: usize,
}

impl Tree {
    /// The rows, from the top.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The place of the selected row.
    #[must_use]
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// The row at the top of the pane.
    #[must_use]
    pub const fn first(&self) -> usize {
        self.first
    }

    /// What the selected row stands for.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.rows.get(self.selected).map(|row| row.target)
    }

    /// Makes the rows anew after documents were read; the selection stays with what it stood for.
    pub fn refresh(&mut self, documents: &Shelf) {
        let target = self.target();
        self.rows.clear();
        let several = documents.places().len() > 1;
        for (place, entry) in documents.places().iter().enumerate() {
            if several {
                let is_open = self.open.contains(&(place, None));
                let fold = if is_open { Fold::Open } else { Fold::Closed };
                self.rows.push(Row { target: (place, None), depth: 0, fold });
            }
            if let Some(document) = entry.document.as_ref().filter(|_| !several || self.open.contains(&(place, None))) {
                self.push_children(document, (place, None), usize::from(several));
            }
        }
        if let Some((place, node)) = target {
            self.follow(documents, place, node);
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    /// Selects a row by its place; tells whether there is one.
    pub fn select(&mut self, row: usize) -> bool {
        let is_there = row < self.rows.len();
        if is_there {
            self.selected = row;
        }
        is_there
    }

    /// Whether what is below the selected row is to be seen.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.rows.get(self.selected).is_some_and(|row| row.fold == Fold::Open)
    }

    /// Moves the selection in a pane of `height` rows.
    pub fn step(&mut self, motion: Motion, height: usize) {
        self.selected = motion.target(self.selected, self.rows.len(), height);
    }

    /// Opens the selected row; where it is open already, goes to its first child.
    pub fn unfold(&mut self, documents: &Shelf) {
        let Some(row) = self.rows.get(self.selected) else { return };
        match row.fold {
            Fold::Leaf => {}
            Fold::Open => self.selected = (self.selected + 1).min(self.rows.len().saturating_sub(1)),
            Fold::Closed => {
                self.open.insert(row.target);
                self.refresh(documents);
            }
        }
    }

    /// Closes the selected row; where there is nothing to close, goes to the row above it in the tree.
    pub fn fold(&mut self, documents: &Shelf) {
        let Some(row) = self.rows.get(self.selected).cloned() else { return };
        if row.fold == Fold::Open {
            self.open.remove(&row.target);
            self.refresh(documents);
        } else if let Some(parent) = self.rows.iter().take(self.selected).rposition(|above| above.depth < row.depth) {
            self.selected = parent;
        }
    }

    /// Selects the row of a node, opening whatever it stands under.
    pub fn reveal(&mut self, documents: &Shelf, place: usize, node: Option<NodeIndex>) {
        self.open.insert((place, None));
        if let (Some(document), Some(node)) = (documents.document(place), node) {
            let mut path = document.path(node);
            path.pop();
            self.open.extend(path.into_iter().map(|above| (place, Some(above))));
        }
        self.refresh(documents);
        self.follow(documents, place, node);
    }

    /// Selects the row of a node, or of the nearest thing above it that is to be seen.
    pub fn follow(&mut self, documents: &Shelf, place: usize, node: Option<NodeIndex>) {
        let path = node.and_then(|node| Some(documents.document(place)?.path(node))).unwrap_or_default();
        let mut candidates = path.into_iter().rev().map(Some).chain(std::iter::once(None));
        let found = candidates.find_map(|node| self.rows.iter().position(|row| row.target == (place, node)));
        if let Some(row) = found {
            self.selected = row;
        }
    }

    /// Scrolls so that the selected row can be seen in a pane of `height` rows.
    pub fn fit(&mut self, height: usize) {
        self.first = scrolled(self.first, self.selected, height).min(self.rows.len().saturating_sub(height));
    }

    fn push_children(&mut self, document: &Document, parent: Target, depth: usize) {
        let (place, above) = parent;
        for (index, _) in document.children(above).filter(|(_, node)| is_row(node)) {
            let target = (place, Some(index));
            let has_children = document.children(Some(index)).any(|(_, child)| is_row(child));
            let fold = match (has_children, self.open.contains(&target)) {
                (false, _) => Fold::Leaf,
                (true, true) => Fold::Open,
                (true, false) => Fold::Closed,
            };
            self.rows.push(Row { target, depth, fold });
            if fold == Fold::Open {
                self.push_children(document, target, depth + 1);
            }
        }
    }
}

/// The first entry to show so that the selected one is in sight, changed as little as possible.
#[must_use]
pub fn scrolled(first: usize, selected: usize, height: usize) -> usize {
    first.min(selected).max((selected + 1).saturating_sub(height))
}

/// Whether a node has a row of its own: a bullet only with a title, for the others see [`Kind::is_outline`].
pub(super) fn is_row(node: &Node) -> bool {
    node.kind.is_outline() && (node.kind != Kind::Bullet || !node.title.is_empty())
}
