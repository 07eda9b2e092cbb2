//! Where everything stands on a screen of a given size. Both `update` (how many lines is a page?) and `view` ask here.

use std::ops::RangeInclusive;

use ratatui::layout::{Rect, Size};

use super::overlay::Shape;
use super::page::{PageOptions, Spacing};
use super::state::Focus;
use crate::text::width::Ambiguous;

/// From this width on the tree and the reader stand side by side.
pub const SIDE_BY_SIDE: u16 = 70;
/// The share of the width that the list may have, in per cent.
pub const SPLITS: RangeInclusive<u16> = 15..=70;
/// The columns that the list and the text have at least, however the line between them is moved.
const NARROWEST: (u16, u16) = (16, 30);
/// From this height of the body on, results stand above a preview on narrow screens.
const STACKED: u16 = 16;
/// From this height of the body on, charts stand below the list of indicators; so many rows of them.
const CHARTED: u16 = 16;
const CHARTS: u16 = 5;
/// The widest text that reads well: 42 ideographs.
const WIDEST_TEXT: u16 = 84;

/// The places of all parts; a part for which there is no room is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The title of the document.
    pub title: Rect,
    /// All between title and status.
    pub body: Rect,
    /// The tree or the results.
    pub list: Rect,
    /// The line between the panes.
    pub divider: Rect,
    /// The breadcrumb.
    pub crumbs: Rect,
    /// The marks beside the text.
    pub gutter: Rect,
    /// The text of the reader.
    pub text: Rect,
    /// The columns after the text into which marks may hang.
    pub hang: u16,
    /// The prompt or a message.
    pub status: Rect,
    /// The keys.
    pub hints: Rect,
}

impl Geometry {
    /// Divides a screen; `split` is the share of the list in per cent, none as is usual.
    #[must_use]
    pub fn new(size: Size, focus: Focus, split: Option<u16>) -> Self {
        let screen = Rect::new(0, 0, size.width, size.height);
        let rows = |wanted: u16, from: u16| if size.height >= from { wanted } else { 0 };
        let (title, rest) = cut_top(screen, rows(1, 6));
        let (rest, hints) = cut_bottom(rest, rows(1, 3));
        let (body, status) = cut_bottom(rest, rows(1, 2));
        let bars = Self { title, body, status, hints, ..Self::default() };
        if size.width >= SIDE_BY_SIDE {
            let list_width = split.map_or((size.width / 3).clamp(28, 44), |split| list_width(size.width, split));
            let (list, right) = cut_left(body, list_width);
            let (divider, right) = cut_left(right, 1);
            let (crumbs, right) = cut_top(right, u16::from(right.height >= 2));
            let (_, right) = cut_top(right, u16::from(right.height >= 8));
            return Self { list, divider, crumbs, ..bars }.with_text(right);
        }
        let (crumbs, body) = cut_top(body, u16::from(body.height >= 3));
        match focus {
            Focus::Reader => Self { crumbs, ..bars }.with_text(body),
            Focus::Search if body.height >= STACKED => {
                let (list, preview) = cut_top(body, body.height / 2);
                let (divider, preview) = cut_top(preview, 1);
                Self { list, divider, crumbs, ..bars }.with_text(preview)
            }
            Focus::Tree | Focus::Search => Self { list: body, crumbs, ..bars }.with_hidden_text(body),
        }
    }

    /// The same with the list over everything; the reader keeps its measure.
    #[must_use]
    pub fn without_preview(self) -> Self {
        let (divider, crumbs, gutter) = (Rect::default(), Rect::default(), Rect::default());
        Self { list: self.body, divider, crumbs, gutter, text: Rect { height: 0, ..self.text }, ..self }
    }

    /// Where a list of this shape lies.
    #[must_use]
    pub const fn overlay(&self, shape: Shape) -> Rect {
        match shape {
            Shape::Beside => self.list,
            Shape::Page => self.body,
            Shape::Charted => Rect { height: self.body.height - self.below(shape).height, ..self.body },
        }
    }

    /// Where charts of what is selected in such a list lie.
    #[must_use]
    pub const fn below(&self, shape: Shape) -> Rect {
        let height = match shape {
            Shape::Charted if self.body.height >= CHARTED => CHARTS,
            Shape::Beside | Shape::Page | Shape::Charted => 0,
        };
        Rect { y: self.body.y + self.body.height - height, height, ..self.body }
    }

    /// How the reader's document is to be laid out.
    #[must_use]
    pub fn page(&self, ambiguous: Ambiguous) -> PageOptions {
        let spacing = if self.text.width >= 44 { Spacing::Roomy } else { Spacing::Compact };
        PageOptions { columns: usize::from(self.text.width), ambiguous, spacing, hangs: self.hang > 0 }
    }

    fn with_text(self, pane: Rect) -> Self {
        let margin = if pane.width >= 24 { 2 } else { u16::from(pane.width > 4) };
        let width = pane.width.saturating_sub(2 * margin).min(WIDEST_TEXT);
        let width = if width > 20 { width - width % 2 } else { width };
        let x = pane.x + (pane.width - width) / 2;
        let gutter = Rect { x: x.saturating_sub(margin), width: margin.min(1), ..pane };
        let crumbs = Rect { x: x.saturating_sub(1).max(self.crumbs.x), width: (width + 2).min(self.crumbs.width), ..self.crumbs };
        Self { text: Rect { x, width, ..pane }, gutter, hang: margin / 2 * 2, crumbs, ..self }
    }

    /// The reader keeps its measure while it is out of sight, so that it need not be laid out again.
    fn with_hidden_text(self, pane: Rect) -> Self {
        let shown = self.with_text(pane);
        Self { text: Rect { height: 0, ..shown.text }, gutter: Rect::default(), ..shown }
    }
}

/// The columns of the list for its share in per cent.
fn list_width(width: u16, split: u16) -> u16 {
    let wanted = u32::from(width) * u32::from(split.clamp(*SPLITS.start(), *SPLITS.end())) / 100;
    let most = width.saturating_sub(NARROWEST.1).max(NARROWEST.0);
    u16::try_from(wanted).unwrap_or(width).clamp(NARROWEST.0, most)
}

fn cut_top(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    (Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area })
}

fn cut_bottom(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    cut_top(area, area.height - rows)
}

fn cut_left(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    (Rect { width: columns, ..area }, Rect { x: area.x + columns, width: area.width - columns, ..area })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_stands_outside_the_screen_or_on_something_else(width in 0_u16..240, height in 0_u16..80, focus in 0..3, split in proptest::option::of(0_u16..120)) {
            let focus = [Focus::Tree, Focus::Reader, Focus::Search][usize::try_from(focus).unwrap()];
            let geometry = Geometry::new(Size { width, height }, focus, split);
            let Geometry { title, body: _, list, divider, crumbs, gutter, text, hang, status, hints } = geometry;
            prop_assert!(text.right() + hang <= width);
            let screen = Rect::new(0, 0, width, height);
            let parts: Vec<_> = [title, list, divider, crumbs, gutter, text, status, hints].into_iter().filter(|part| !part.is_empty()).collect();
            for (number, part) in parts.iter().enumerate() {
                prop_assert_eq!(part.intersection(screen), *part);
                for other in parts.iter().skip(number + 1) {
                    prop_assert!(!part.intersects(*other), "{part} and {other}");
                }
            }
        }
    }
}
