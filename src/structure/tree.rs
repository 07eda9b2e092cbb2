//! The tree: lines become nodes, each under the heading that is open where it stands.
//!
//! Headings lie on a stack, the highest at the bottom; a heading closes those of its own rank and below. Everything else hangs on
//! the top of the stack. Takes lines with their marks, gives nodes in reading order whose spans tile the text; linear.
//!
//! Front matter is one node that owns the lines of its title (or its first line); each further line is a paragraph under it.

mod boxes;
mod tables;

use crate::diagnostic::Diagnostic;
use crate::document::indicator::Indicator;
use crate::document::kind::Kind;
use crate::document::locator::StepKind;
use crate::document::node::NodeIndex;

use super::address::{Addresses, Written};
use super::caption::Caption;
use super::front::Front;
use super::head;
use super::label::Label;
use super::level;
use super::line::{Line, compact};
use super::mark::{Candidate, Mark};
use super::nodes::{Draft, Nodes};
use super::rank::Rank;
use super::remark::Remarks;
use super::sequence::{Count, Fit, Sequences, next_of_rank};
use boxes::OpenBox;

/// What the earlier stages found out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan<'stage, 'raw> {
    pub(super) text: &'raw str,
    pub(super) lines: &'stage [Line<'raw>],
    pub(super) marks: &'stage [Mark],
    pub(super) front: &'stage Front,
    pub(super) closing: &'stage [bool],
    /// For each line whether it goes on with the line before it.
    pub(super) continued: &'stage [bool],
    pub(super) captions: &'stage [Caption],
}

/// The tree and what was noticed while it grew.
#[derive(Debug)]
pub(super) struct Grown {
    pub(super) nodes: Nodes,
    pub(super) indicators: Vec<Indicator>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A heading that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    rank: Rank,
    node: NodeIndex,
}

struct Builder<'stage, 'raw> {
    plan: Plan<'stage, 'raw>,
    next: Vec<Option<Count>>,
    ranks_of_levels: level::Ranks,
    nodes: Nodes,
    indicators: Vec<Indicator>,
    addresses: Addresses,
    remarks: Remarks,
    stack: Vec<Open>,
    /// The open lists; a second set while a box is open.
    sequences: Sequences,
    in_box: Option<OpenBox>,
}

/// Grows the tree.
pub(super) fn grow(plan: Plan<'_, '_>) -> Grown {
    let mut builder = Builder {
        next: next_of_rank(plan.marks),
        ranks_of_levels: level::Ranks::learn(plan.lines, plan.marks),
        plan,
        nodes: Nodes::default(),
        indicators: Vec::new(),
        addresses: Addresses::default(),
        remarks: Remarks::default(),
        stack: Vec::new(),
        sequences: Sequences::default(),
        in_box: None,
    };
    builder.front();
    let mut at = plan.front.end;
    while at < plan.lines.len() {
        at = builder.line(at);
    }
    Grown { nodes: builder.nodes, indicators: builder.indicators, diagnostics: builder.remarks.into_diagnostics() }
}

impl<'raw> Builder<'_, 'raw> {
    fn front(&mut self) {
        let front = self.plan.front;
        let Some(first) = self.plan.lines.first().filter(|_| front.end > 0) else { return };
        let own = if front.title.start == 0 { front.title.end.clamp(1, front.end) } else { 1 };
        let address = self.addresses.numbered(&self.nodes, None, StepKind::Front, Written::plain(1));
        let title = self.plan.lines.get(front.title.clone()).unwrap_or_default();
        let title = title.first().zip(title.last()).map(|(first, last)| first.start..last.start + last.text.len());
        let node = self.nodes.push(Draft::new(Kind::Front, None, address).on(first).titled(title));
        for line in self.plan.lines.get(1..own).unwrap_or_default() {
            self.nodes.extend(line);
        }
        self.stack.push(Open { rank: Rank::Annex, node });
        for (at, line) in self.plan.lines.iter().enumerate().take(front.end).skip(own) {
            match line.table {
                Some(_) => self.table(line, None),
                None if self.continues(at) => self.nodes.extend(line),
                None => self.counted(Kind::Paragraph, StepKind::Paragraph, line, 0),
            }
        }
        self.stack.clear();
    }

    /// Places one line, or a heading with the line of its title; gives the line after it.
    fn line(&mut self, at: usize) -> usize {
        let (Some(line), Some(mark)) = (self.plan.lines.get(at), self.plan.marks.get(at)) else { return at + 1 };
        if self.plan.closing.get(at).copied().unwrap_or(false) {
            // Signature and date end the whole document (or the annex), not its last measure.
            self.stack.retain(|open| open.rank == Rank::Annex);
        }
        self.end_box(line);
        match mark {
            Mark::Number(candidate) => {
                if self.number(at, line, candidate) && self.is_bare(line, candidate.label.len) {
                    return self.title_line(at + 1);
                }
            }
            Mark::Box { value, len } => self.open_box(at, line, *value, *len),
            Mark::Annex { value, len } => {
                self.annex(line, *value, *len);
                if line.text.len() == *len {
                    return self.title_line(at + 1);
                }
            }
            Mark::Bullet { len } => self.counted(Kind::Bullet, StepKind::Bullet, line, *len),
            Mark::Heading { level } => self.unnumbered_heading(line, *level),
            Mark::Table => self.table(line, None),
            Mark::Text if self.caption(at).is_some() => return self.captioned(at, line),
            Mark::Text if self.continues(at) => self.nodes.extend(line),
            Mark::Text => self.text(line),
        }
        at + 1
    }

    /// 第一章 ⏎ 总则: a heading without its title takes the next line along, where that looks like one.
    fn title_line(&mut self, mut at: usize) -> usize {
        // 附录A ⏎ （资料性） ⏎ 体检评估工作流程
        while let (Some(line), Some(Mark::Text)) = (self.plan.lines.get(at), self.plan.marks.get(at))
            && matches!(compact(line.text).as_str(), "（资料性）" | "（规范性）" | "(资料性)" | "(规范性)")
        {
            self.nodes.extend(line);
            at += 1;
        }
        let (Some(line), Some(Mark::Text)) = (self.plan.lines.get(at), self.plan.marks.get(at)) else { return at };
        let closing = self.plan.closing.get(at).copied().unwrap_or(false);
        if closing || !head::title_like(line.text) || line.text.contains('，') || head::note(line.text) {
            return at;
        }
        self.nodes.extend(line);
        // 关于……马鬃山村 ⏎ 地质险情调研情况的报告
        let goes_on = |next: &&Line<'_>| {
            !head::ends_title(line.text)
                && next.number <= line.number + 1
                && head::title_like(next.text)
                && head::ends_title(next.text)
        };
        match (self.plan.lines.get(at + 1).filter(goes_on), self.plan.marks.get(at + 1)) {
            (Some(next), Some(Mark::Text)) if self.nodes.last_kind() == Some(Kind::Annex) => {
                self.nodes.extend(next);
                at + 2
            }
            _ => at + 1,
        }
    }

    fn is_bare(&self, line: &Line<'_>, label: usize) -> bool {
        line.text.len() == label && !matches!(self.stack.last(), Some(Open { rank: Rank::Article, .. }))
    }

    /// A numbered line: a heading where its number fits, else text. Tells which.
    fn number(&mut self, at: usize, line: &Line<'raw>, candidate: &Candidate) -> bool {
        let next = self.next.get(at).copied().flatten();
        let (fit, rank, leaves_box) = self.judge(candidate, next);
        let leaves_box = leaves_box || (candidate.ordered && fit.is_none() && rank.is_division());
        let fit = fit.or(candidate.ordered.then_some(Fit::Exact));
        // In the middle of a wrapped sentence a number must fit without a doubt; a 1 must be followed by a 2.
        let doubtful =
            !candidate.ordered && self.continues(at) && (fit != Some(Fit::Exact) || (candidate.label.value == 1 && next.is_none()));
        if doubtful {
            self.nodes.extend(line);
            return false;
        }
        let Some(fit) = fit else {
            if candidate.certain {
                self.remarks.out_of_order(line, candidate);
            }
            self.text(line);
            return false;
        };
        self.remarks.fit(fit, line, candidate);
        if leaves_box {
            self.leave_box();
        }
        let box_place = if self.in_box.is_some() { self.stack.iter().position(|open| open.rank == Rank::Box) } else { None };
        self.close(rank, box_place.map_or(0, |place| place + 1));
        let in_article = self.in_article();
        let kind = if in_article { rank.kind_in_article() } else { self.kind(rank) };
        let parent = self.parent_of(rank);
        let written = Written { missing: self.missing_steps(&candidate.label), ..Written::of(&candidate.label) };
        let address = self.addresses.numbered(&self.nodes, parent, step_kind(kind), written);
        let draft = Draft::new(kind, self.stack.last().map(|open| open.node), address).in_article(in_article);
        let node = self.nodes.push(draft.on(line).numbered(&candidate.label, line));
        self.stack.push(Open { rank, node });
        let sequences = self.in_box.as_mut().map_or(&mut self.sequences, |open| &mut open.sequences);
        sequences.count(rank, Count::of(candidate), &candidate.label.steps);
        true
    }

    /// Whether a line is the rest of the unit before it.
    fn continues(&self, at: usize) -> bool {
        let runs_on = self.nodes.last_kind().is_some_and(|kind| !matches!(kind, Kind::Front | Kind::Table | Kind::Row));
        runs_on && self.plan.continued.get(at).copied().unwrap_or(false)
    }

    /// How a number fits, with which rank, and whether it does so only outside of the open box.
    fn judge(&self, candidate: &Candidate, next: Option<Count>) -> (Option<Fit>, Rank, bool) {
        let rank = candidate.label.rank;
        let outer = self.sequences.judge(candidate, next);
        let Some(inner) = &self.in_box else {
            if outer != Some(Fit::Exact) && self.sequences.continues_decimal(candidate) {
                return (Some(Fit::Exact), Rank::Decimal(1), false);
            }
            return (outer, rank, false);
        };
        let (is_framed, inner) = (inner.frame.is_some(), &inner.sequences);
        let inner = if rank.is_division() { None } else { inner.judge(candidate, next) };
        if is_framed {
            return (inner, rank, false);
        }
        match (inner, outer) {
            (Some(Fit::Exact), _) => (inner, rank, false),
            (_, Some(Fit::Exact)) => (outer, rank, true),
            (Some(_), _) => (inner, rank, false),
            (None, _) => (outer, rank, outer.is_some()),
        }
    }

    /// 1.1 is a section under a chapter and a measure under a section, and so on below.
    fn kind(&self, rank: Rank) -> Kind {
        let Rank::Decimal(depth) = rank else { return rank.kind() };
        let whole = self.stack.iter().rev().find(|open| !matches!(open.rank, Rank::Decimal(_)));
        let under_chapter = depth > 1
            && whole.is_some_and(|open| open.rank.is_division())
            && !self.stack.iter().any(|open| open.rank == Rank::Decimal(1));
        if under_chapter { Rank::Decimal(depth - 1).kind() } else { rank.kind() }
    }

    /// The steps of a decimal number between the open heading and itself: 1 of 3.1.2 right under 3 总则.
    fn missing_steps<'label>(&self, label: &'label Label) -> &'label [u32] {
        let above = label.steps.len().saturating_sub(1);
        let known = match self.stack.last().map(|open| open.rank) {
            Some(Rank::Decimal(depth)) => usize::from(depth),
            Some(Rank::Annex | Rank::Chapter | Rank::HanOverChapters | Rank::HanOverArticles | Rank::Han | Rank::Arabic) => 1,
            Some(
                Rank::Part
                | Rank::SubPart
                | Rank::Section
                | Rank::Article
                | Rank::Clause
                | Rank::Box
                | Rank::BracketedHan
                | Rank::BracketedArabic
                | Rank::Circled,
            )
            | None => above,
        };
        label.steps.get(known..above).unwrap_or_default()
    }

    /// What the address of a heading starts from: articles count through the whole law.
    fn parent_of(&self, rank: Rank) -> Option<NodeIndex> {
        let open =
            if rank == Rank::Article { self.stack.first().filter(|open| open.rank == Rank::Annex) } else { self.stack.last() };
        open.map(|open| open.node)
    }

    /// Closes the open headings of this rank and below, down to `floor`.
    fn close(&mut self, rank: Rank, floor: usize) {
        while self.stack.len() > floor && self.stack.last().is_some_and(|open| open.rank >= rank) {
            self.stack.pop();
        }
    }

    fn in_article(&self) -> bool {
        let open = self.stack.iter().rev().find(|open| matches!(open.rank, Rank::Article | Rank::Box));
        open.is_some_and(|open| open.rank == Rank::Article)
    }

    fn annex(&mut self, line: &Line<'raw>, value: u32, len: usize) {
        self.leave_box();
        self.stack.clear();
        // 附录B counts B.1, B.2; 附件2 begins with 1 like any document.
        let lettered = line.text.get(..len).is_some_and(|label| label.ends_with(|last: char| last.is_ascii_uppercase()));
        self.sequences = if lettered { Sequences::in_lettered_annex(value) } else { Sequences::default() };
        let address = self.addresses.numbered(&self.nodes, None, StepKind::Annex, Written::plain(value));
        let node = self.nodes.push(Draft::new(Kind::Annex, None, address).on(line).labelled(len, line).valued(value));
        self.stack.push(Open { rank: Rank::Annex, node });
    }

    /// A heading that only the format marks as one.
    fn unnumbered_heading(&mut self, line: &Line<'raw>, level: u8) {
        self.leave_box();
        let rank = self.ranks_of_levels.rank(level);
        self.close(rank, 0);
        self.sequences.close(rank);
        let parent = self.stack.last().map(|open| open.node);
        let address = self.addresses.counted(&self.nodes, parent, StepKind::Paragraph);
        let node = self.nodes.push(Draft::new(self.kind(rank), parent, address).on(line));
        self.stack.push(Open { rank, node });
    }

    /// A line without a mark: 款 in an article, else a paragraph.
    fn text(&mut self, line: &Line<'raw>) {
        if !self.in_article() {
            return self.counted(Kind::Paragraph, StepKind::Paragraph, line, 0);
        }
        self.close(Rank::Clause, 0);
        self.sequences.close(Rank::Article);
        let parent = self.stack.last().map(|open| open.node);
        let address = self.addresses.clause(&self.nodes, parent);
        let node = self.nodes.push(Draft::new(Kind::Clause, parent, address).in_article(true).on(line));
        self.stack.push(Open { rank: Rank::Clause, node });
    }

    fn counted(&mut self, kind: Kind, step: StepKind, line: &Line<'raw>, label: usize) {
        let parent = self.stack.last().map(|open| open.node);
        let address = self.addresses.counted(&self.nodes, parent, step);
        self.nodes.push(Draft::new(kind, parent, address).on(line).labelled(label, line));
    }
}

/// What the number of a heading counts in addresses.
fn step_kind(kind: Kind) -> StepKind {
    if kind == Kind::Article { StepKind::Article } else { StepKind::Number }
}
