//! Sequences: a number makes a heading only where it fits.
//!
//! 一、 opens a list, 二、 continues it. A number at the beginning of a wrapped line (一、二、三产业, 第三条所称) fits nowhere and is
//! text. Takes the candidates in order, with the next candidate of the same rank looked up beforehand; every judgement takes the
//! same small time, so the whole is linear.
//!
//! | the number | is a heading |
//! |---|---|
//! | follows the last one of its rank | always |
//! | 1, and no list of its rank is open | always |
//! | follows the last one of its rank before a higher heading closed it (一、 straight through the chapters) | always |
//! | is out of order, but the next one follows it | with a remark: a gap (一、二、四、五) or a repetition |
//! | is out of order, and nothing follows it | never |

use super::mark::{Candidate, Mark};
use super::rank::Rank;

/// A number that was or could be counted: its value and the number after 之.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) value: u32,
    pub(super) insertion: u32,
}

impl Count {
    pub(super) fn of(candidate: &Candidate) -> Self {
        Self { value: candidate.label.value, insertion: candidate.label.insertion }
    }

    /// 二 follows 一; 第一百二十条之一 follows 第一百二十条, and 第一百二十一条 follows both.
    fn follows(self, before: Self) -> bool {
        if self.insertion == 0 {
            before.value.checked_add(1) == Some(self.value)
        } else {
            self.value == before.value && before.insertion + 1 == self.insertion
        }
    }

    pub(super) fn is_first(self) -> bool {
        self.value == 1 && self.insertion == 0
    }
}

/// How a number fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It follows, or opens a list.
    Exact,
    /// Numbers are missing before it.
    Gap,
    /// It was there before.
    Repeat,
}

/// Looked up beforehand: for each line the next candidate of the same rank before a heading of a higher rank.
pub(super) fn next_of_rank(marks: &[Mark]) -> Vec<Option<Count>> {
    let mut next: Vec<Option<Count>> = vec![None; marks.len()];
    let mut ahead: [Option<Count>; Rank::COUNT] = [None; Rank::COUNT];
    for (mark, next) in marks.iter().zip(&mut next).rev() {
        match mark {
            Mark::Number(candidate) => {
                *next = ahead.get(candidate.label.rank.place()).copied().flatten();
                close(&mut ahead, candidate.label.rank);
                if let Some(ahead) = ahead.get_mut(candidate.label.rank.place()) {
                    *ahead = Some(Count::of(candidate));
                }
            }
            Mark::Annex { .. } => ahead = [None; Rank::COUNT],
            Mark::Box { .. } | Mark::Bullet { .. } | Mark::Heading { .. } | Mark::Table | Mark::Text => {}
        }
    }
    next
}

/// Forgets what stands below `rank`. Articles count through the whole law, whatever the chapter.
fn close(counts: &mut [Option<Count>; Rank::COUNT], rank: Rank) {
    for (place, count) in counts.iter_mut().enumerate().skip(rank.place() + 1) {
        if place != Rank::Article.place() {
            *count = None;
        }
    }
}

/// The lists that are open, and the last number of each rank whatever has closed it.
#[derive(Debug, Default, Clone)]
pub(super) struct Sequences {
    open: [Option<Count>; Rank::COUNT],
    last: [Option<Count>; Rank::COUNT],
    /// The steps of the last decimal number, or of what stands for its first step.
    decimal: Vec<u32>,
}

impl Sequences {
    /// The lists of an annex with a letter, whose letter counts as the first step: B.1, B.2 in 附录B.
    pub(super) fn in_lettered_annex(value: u32) -> Self {
        Self { decimal: vec![value], ..Self::default() }
    }

    /// How a candidate fits, given the next candidate of its rank.
    pub(super) fn judge(&self, candidate: &Candidate, next: Option<Count>) -> Option<Fit> {
        let fit = if candidate.label.steps.len() > 1 {
            self.judge_decimal(&candidate.label.steps, next)
        } else {
            self.judge_count(candidate.label.rank, Count::of(candidate), next)
        };
        fit.filter(|fit| candidate.certain || *fit == Fit::Exact)
    }

    fn judge_count(&self, rank: Rank, count: Count, next: Option<Count>) -> Option<Fit> {
        let open = self.open.get(rank.place()).copied().flatten();
        let last = self.last.get(rank.place()).copied().flatten();
        let continued = next.is_some_and(|next| next.follows(count));
        match open {
            Some(open) if count.follows(open) => Some(Fit::Exact),
            // 三、 三、 四、: a slip of the pen; 1. 1. 1. is another list or a sign.
            Some(open) if count == open && !count.is_first() => Some(Fit::Repeat),
            Some(open) if continued && !next.is_some_and(|next| next.follows(open) && !count.is_first()) => {
                Some(if count.value > open.value { Fit::Gap } else { Fit::Repeat })
            }
            Some(_) => None,
            None if count.is_first() || last.is_some_and(|last| count.follows(last)) => Some(Fit::Exact),
            None => continued.then_some(Fit::Gap),
        }
    }

    /// 4.3 follows 4.2; 4.3.1 opens a list under 4.3; 4.1 opens one under 第四章, 四、 or 4.
    fn judge_decimal(&self, steps: &[u32], next: Option<Count>) -> Option<Fit> {
        let (last, above) = steps.split_last()?;
        if self.decimal.get(..above.len()) != Some(above) {
            // 4 总则 ⏎ 工作原则 ⏎ 4.1.1 …… ⏎ 4.1.2: the number of the heading between was lost.
            let continued = next.is_some_and(|next| next.value == last + 1);
            let fit = if self.decimal.first() == steps.first() { Fit::Exact } else { Fit::Gap };
            return (*last == 1 && continued).then_some(fit);
        }
        let before = self.decimal.get(above.len()).copied().unwrap_or(0);
        (before + 1 == *last).then_some(Fit::Exact)
    }

    /// Whether a number written as 3. is really the next step of decimal numbering (1. 1.1 2. 2.1 3.).
    pub(super) fn continues_decimal(&self, candidate: &Candidate) -> bool {
        let first = self.open.get(Rank::Decimal(1).place()).copied().flatten();
        candidate.label.rank == Rank::Arabic && first.is_some_and(|first| Count::of(candidate).follows(first))
    }

    /// Counts a number that was accepted.
    pub(super) fn count(&mut self, rank: Rank, count: Count, steps: &[u32]) {
        self.close(rank);
        if let (Some(open), Some(last)) = (self.open.get_mut(rank.place()), self.last.get_mut(rank.place())) {
            *open = Some(count);
            *last = Some(count);
        }
        match rank {
            Rank::Decimal(_) if steps.len() > 1 => self.decimal = steps.to_vec(),
            Rank::Chapter | Rank::HanOverChapters | Rank::HanOverArticles | Rank::Han | Rank::Arabic | Rank::Decimal(_) => {
                self.decimal = vec![count.value];
            }
            Rank::Annex
            | Rank::Part
            | Rank::SubPart
            | Rank::Section
            | Rank::Article
            | Rank::Clause
            | Rank::Box
            | Rank::BracketedHan
            | Rank::BracketedArabic
            | Rank::Circled => {}
        }
    }

    /// Closes all lists below `rank`.
    pub(super) fn close(&mut self, rank: Rank) {
        close(&mut self.open, rank);
    }
}
