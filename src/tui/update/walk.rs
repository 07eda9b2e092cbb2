//! Walking: from heading to heading, back and forth between places, to marks, and what is remembered of it.

mod follow;
mod places;

pub(super) use follow::choose;
pub(super) use places::{arrive, keep_place, leave, resume, settle};

use super::reading;
use crate::diagnostic::Bilingual;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::node::{Node, NodeIndex};
use crate::tui::action::walk::{Walk, Way};
use crate::tui::action::{Action, Motion};
use crate::tui::effect::Effect;
use crate::tui::layout::{SIDE_BY_SIDE, SPLITS};
use crate::tui::state::{Message, State};

/// Takes one step.
pub(super) fn act(state: &mut State, walk: Walk) -> Vec<Effect> {
    match walk {
        Walk::Chapter(way) => step(state, way, Rank::Chapter),
        Walk::Section(way) => step(state, way, Rank::Section),
        Walk::Measure(way) => step(state, way, Rank::Measure),
        Walk::Jump(way) => places::jump(state, way),
        Walk::Split(way) => return split(state, way),
        Walk::Shift(way) => slide(state, way),
        Walk::Follow => return follow::follow(state),
        Walk::Mark(letter) => return letter.map_or_else(Vec::new, |letter| places::mark(state, letter)),
        Walk::Recall(letter) => return letter.map_or_else(Vec::new, |letter| places::recall(state, letter)),
    }
    Vec::new()
}

/// Whether an action takes one away from where one reads, so that one may want to come back.
pub(super) const fn leaps(action: &Action) -> bool {
    !matches!(
        action,
        Action::Move(Motion::Down | Motion::Up | Motion::PageDown | Motion::PageUp)
            | Action::Fold
            | Action::Unfold
            | Action::Walk(Walk::Jump(_) | Walk::Split(_) | Walk::Shift(_))
    )
}

/// How high a node stands among the stops of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Chapter,
    Section,
    Measure,
}

impl Rank {
    const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Front | Kind::Part | Kind::Chapter | Kind::Annex => Some(Self::Chapter),
            Kind::Section | Kind::Box => Some(Self::Section),
            Kind::Measure | Kind::Article => Some(Self::Measure),
            Kind::Item | Kind::Subitem | Kind::Clause | Kind::Table | Kind::Row | Kind::Bullet | Kind::Paragraph => None,
        }
    }

    /// Whether a walk of this rank stops at a node: one of this rank, or a higher one with none of this rank in it.
    fn stops_at(self, document: &Document, index: NodeIndex, node: &Node) -> bool {
        let inside = || document.nodes.get(index.0 + 1..node.subtree_end.0).unwrap_or_default();
        match Self::of(node.kind) {
            Some(rank) if rank == self => true,
            Some(rank) => rank < self && !inside().iter().any(|below| Self::of(below.kind).is_some_and(|below| below <= self)),
            None => false,
        }
    }

    const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Chapter => ("章", "chapter"),
            Self::Section => ("节", "section"),
            Self::Measure => ("条", "measure"),
        }
    }
}

/// To the next stop, or the one before; back first goes to the beginning of the one that one reads.
fn step(state: &mut State, way: Way, rank: Rank) {
    let Some((document, current)) = state.reader.document().cloned().zip(state.reader.current()) else { return };
    let is_begun = state.reader.at() > state.reader.page().line_of(current);
    let here = if is_begun && way == Way::Back { current.0 + 1 } else { current.0 };
    let mut stops = document.walk().filter(|(index, node)| rank.stops_at(&document, *index, node)).map(|(index, _)| index);
    let target = match way {
        Way::Forth => stops.find(|stop| stop.0 > current.0),
        Way::Back => stops.take_while(|stop| stop.0 < here).last(),
    };
    let (chinese, english) = rank.name();
    match (target, way) {
        (Some(target), _) => {
            state.reader.go_to(target);
            reading::follow(state);
        }
        (None, Way::Forth) => tell(state, format!("后面没有{chinese}了"), format!("there is no {english} after this")),
        (None, Way::Back) => tell(state, format!("前面没有{chinese}了"), format!("there is no {english} before this")),
    }
}

/// Moves the line between the panes by a twentieth of the width.
fn split(state: &mut State, way: Way) -> Vec<Effect> {
    if state.size.width < SIDE_BY_SIDE {
        tell(state, "屏幕太窄，不分栏", "the screen is too narrow for two panes");
        return Vec::new();
    }
    let width = u32::from(state.size.width);
    let now = u16::try_from((u32::from(state.geometry().list.width) * 100 + width / 2) / width).unwrap_or_default();
    let wanted = match way {
        Way::Back => now.saturating_sub(5),
        Way::Forth => now + 5,
    };
    state.memory.split = Some(wanted.clamp(*SPLITS.start(), *SPLITS.end()));
    vec![Effect::Remember]
}

fn slide(state: &mut State, way: Way) {
    let is_any = state.reader.page().widest() > 0;
    match (state.reader.slide(way), way) {
        (true, _) => {}
        (false, _) if !is_any => tell(state, "没有比页面宽的表格", "no table is wider than the page"),
        (false, Way::Back) => tell(state, "已到表格左端", "this is the left end of the table"),
        (false, Way::Forth) => tell(state, "已到表格右端", "this is the right end of the table"),
    }
}

fn tell(state: &mut State, chinese: impl Into<String>, english: impl Into<String>) {
    state.message = Some(Message::Trouble(Bilingual::new(chinese, english)));
}
