//! Boxes (专栏) in the tree: where they begin, which numbers are theirs, where they end.
//!
//! A box ends with the frame around it, where the format tells of one; else with its line, where the whole box was run together on one
//! line; else with the first heading that fits only outside of it.

use crate::document::kind::Kind;
use crate::document::locator::StepKind;

use super::super::address::Written;
use super::super::column;
use super::super::line::Line;
use super::super::nodes::Draft;
use super::super::rank::Rank;
use super::super::sequence::Sequences;
use super::{Builder, Open};

/// The box that is open.
#[derive(Debug)]
pub(super) struct OpenBox {
    /// Its own lists.
    pub(super) sequences: Sequences,
    /// The frame around it, once it is known.
    pub(super) frame: Option<u32>,
    /// The line of the source that it ends with, where that is known.
    last_line: Option<u32>,
}

impl<'raw> Builder<'_, 'raw> {
    pub(super) fn open_box(&mut self, at: usize, line: &Line<'raw>, value: u32, len: usize) {
        self.leave_box();
        self.close(Rank::Arabic, 0);
        let parent = self.stack.last().map(|open| open.node);
        let address = self.addresses.numbered(&self.nodes, parent, StepKind::Box, Written::plain(value));
        let node = self.nodes.push(Draft::new(Kind::Box, parent, address).on(line).labelled(len, line).valued(value));
        self.stack.push(Open { rank: Rank::Box, node });
        let whole = !column::is_heading(line.text) || self.plan.lines.get(at + 1).is_some_and(|next| next.inside);
        let last_line = whole.then_some(line.number);
        self.in_box = Some(OpenBox { sequences: Sequences::default(), frame: line.frame, last_line });
    }

    pub(super) fn leave_box(&mut self) {
        if self.in_box.take().is_some()
            && let Some(place) = self.stack.iter().position(|open| open.rank == Rank::Box)
        {
            self.stack.truncate(place);
        }
    }

    /// Leaves the box whose frame or line ends before this line.
    pub(super) fn end_box(&mut self, line: &Line<'raw>) {
        let Some(open) = &mut self.in_box else { return };
        let ended = match (open.frame, open.last_line) {
            (Some(frame), _) => line.frame != Some(frame),
            (None, Some(last)) => line.number > last,
            (None, None) => {
                // The name of a box may stand above its frame.
                open.frame = line.frame;
                false
            }
        };
        if ended {
            self.leave_box();
        }
    }
}
