//! A block of text set in lines: broken, justified to the column, centred in even lines, or to the right.

use std::ops::Range;

use super::{INDENT, Setter, split};
use crate::document::node::NodeIndex;
use crate::text::line_break::{Measure, hangs, wrap, wrap_hanging};
use crate::text::spread::spread;
use crate::tui::flow::Flow;
use crate::tui::page::{Line, Piece, Role};

/// Where the lines of a block stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// From the left, justified.
    Start,
    /// In the middle.
    Centre,
    /// To the right, two ideographs from the end (GB/T 9704-2012 §7.3.5).
    End,
}

/// How a block of text is set.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The bytes of the document.
    pub(super) span: Range<usize>,
    /// Free columns before the first line.
    pub(super) first_indent: usize,
    /// Where its lines stand.
    pub(super) align: Align,
    /// The role of the bytes before `label_end`: the number or sign.
    pub(super) label: Role,
    /// Where the title begins.
    pub(super) label_end: usize,
    /// The role of the bytes from there to `title_end`.
    pub(super) title: Role,
    /// Where running text begins.
    pub(super) title_end: usize,
}

impl Setter<'_> {
    pub(super) fn set_block(&mut self, node: NodeIndex, block: &Block) {
        let flow = Flow::joined(self.document, block.span.clone());
        let room = self.columns();
        let is_indented = room >= 4 * INDENT && block.align == Align::Start;
        let first_indent = if is_indented { block.first_indent } else { 0 };
        let measure = Measure { columns: room, first_indent, ambiguous: self.options.ambiguous };
        let ranges = match block.align {
            Align::Start if self.options.hangs => wrap_hanging(&flow.text, &measure),
            Align::Start | Align::End => wrap(&flow.text, &measure),
            Align::Centre => self.even_lines(&flow.text, &measure),
        };
        let last = ranges.len().saturating_sub(1);
        for (number, range) in ranges.into_iter().enumerate() {
            let shown = flow.text.get(range.clone()).unwrap_or_default().trim_end();
            let range = range.start..range.start + shown.len();
            let free = room.saturating_sub(self.width(shown));
            let indent = match block.align {
                Align::Centre => free / 2,
                Align::End => free.saturating_sub(INDENT),
                Align::Start if number == 0 => first_indent,
                Align::Start => 0,
            };
            let is_justified = block.align == Align::Start && number < last;
            let gaps = if is_justified { self.gaps(shown, room.saturating_sub(indent)) } else { Vec::new() };
            let pieces = pieces(&flow, &range, &gaps, block);
            self.push(Line { node, indent, pieces, carried: Vec::new(), wide: None });
        }
    }

    /// Where the line takes the columns that it is short of.
    fn gaps(&self, shown: &str, room: usize) -> Vec<usize> {
        let is_over = self.width(shown) > room;
        let inside = if is_over { shown.strip_suffix(hangs).unwrap_or(shown) } else { shown };
        spread(inside, room.saturating_sub(self.width(inside)))
    }

    /// As few lines as the measure allows, of about the same length: a title never leaves one character on a line of its own.
    fn even_lines(&self, text: &str, measure: &Measure) -> Vec<Range<usize>> {
        let fewest = wrap(text, measure);
        if fewest.len() < 2 {
            return fewest;
        }
        let least = self.width(text).div_ceil(fewest.len());
        let widths = (least..measure.columns).step_by(2);
        let mut tried = widths.map(|columns| wrap(text, &Measure { columns, ..*measure }));
        tried.find(|lines| lines.len() == fewest.len()).unwrap_or(fewest)
    }
}

fn pieces(flow: &Flow, range: &Range<usize>, gaps: &[usize], block: &Block) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = range.start;
    for gap in gaps.iter().map(|gap| range.start + gap).chain(std::iter::once(range.end)) {
        let sources = flow.sources(&(from..gap));
        if from > range.start {
            pieces.extend(sources.first().map(|next| Piece::Gap(next.start)));
        }
        pieces.extend(sources.into_iter().flat_map(|span| split(span, block)));
        from = gap;
    }
    pieces
}
