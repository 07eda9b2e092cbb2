//! Reading: what the tree and the text do together.

use std::sync::Arc;

use super::{searching, walk};
use crate::diagnostic::Bilingual;
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::tui::effect::Effect;
use crate::tui::state::{Focus, Message, State};

/// Which way a branch of the tree is moved.
#[derive(Clone, Copy)]
pub(super) enum Folding {
    Fold,
    Unfold,
}

/// Shows a node of a document, or its beginning; a document that has not been read is asked for.
pub(super) fn show(state: &mut State, place: usize, node: Option<NodeIndex>) -> Vec<Effect> {
    let Some(document) = state.shelf.document(place) else {
        state.wanted = Some((place, node));
        state.walk.arrival = None;
        let listing = state.shelf.places().get(place).map(|entry| entry.listing.id.clone());
        return listing.map(Effect::Load).into_iter().collect();
    };
    state.wanted = None;
    state.walk.arrival = None;
    state.reader.open(document);
    state.reader.go_to(node.unwrap_or(NodeIndex(0)));
    Vec::new()
}

/// Shows what is selected in the tree.
pub(super) fn show_selected(state: &mut State) -> Vec<Effect> {
    state.tree.target().map_or_else(Vec::new, |(place, node)| show(state, place, node))
}

/// Selects in the tree what is being read.
pub(super) fn follow(state: &mut State) {
    if let (Some(place), Some(node)) = (state.open_place(), state.reader.current()) {
        state.tree.follow(&state.shelf, place, Some(node));
    }
}

/// Selects in the tree what is being read, opening whatever it stands under.
pub(super) fn reveal(state: &mut State) {
    if let (Some(place), Some(node)) = (state.open_place(), state.reader.current()) {
        state.tree.reveal(&state.shelf, place, Some(node));
    }
}

/// Folds or unfolds; where the selection moved to another row, that is shown.
pub(super) fn fold(state: &mut State, folding: Folding) -> Vec<Effect> {
    let before = state.tree.target();
    match folding {
        Folding::Fold => state.tree.fold(&state.shelf),
        Folding::Unfold => state.tree.unfold(&state.shelf),
    }
    let after = state.tree.target();
    let is_unread = after.is_some_and(|(place, _)| state.shelf.document(place).is_none());
    if after == before && !is_unread { Vec::new() } else { show_selected(state) }
}

/// A document was read: it goes onto the shelf, and into the reader if it is wanted there.
pub(super) fn take_document(state: &mut State, id: &DocumentId, document: Result<Arc<Document>, String>) {
    match document {
        Ok(document) => {
            state.shelf.keep(document);
            state.tree.refresh(&state.shelf);
            let wanted = state.wanted.filter(|(place, _)| state.shelf.position(id) == Some(*place));
            if let Some((place, node)) = wanted {
                let arrival = state.walk.arrival.take();
                show(state, place, node);
                match arrival {
                    Some(arrival) => walk::arrive(state, &arrival),
                    None if state.focus == Focus::Reader => reveal(state),
                    None => {}
                }
                searching::arrive(state);
                if state.tree.target().is_none() {
                    follow(state);
                }
            }
        }
        Err(reason) => {
            state.wanted = None;
            state.message =
                Some(Message::Trouble(Bilingual::new(format!("读不了 {id}：{reason}"), format!("cannot read {id}: {reason}"))));
        }
    }
}
