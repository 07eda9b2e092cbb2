//! Numbers that only the numbers around them explain: 1 总则 over 1.1, and 一、 over 第一章 or 第一条.
//!
//! Takes all marks, changes some; linear.

use super::mark::{Candidate, Mark};
use super::rank::Rank;

/// 1 总则 heads something where 1.1 comes next; so do the numbers that count up to it and on from it (1 范围, 2 引用文件, 3 术语, 4 总则,
/// 4.1 …… 5 附则). Without that it is a number in a table (1 全市生产总值年均增长率).
pub(super) fn drop_lone(marks: &mut [Mark]) {
    let mut next: Option<u32> = None;
    let mut firsts: Vec<(usize, u32, bool)> = Vec::new();
    for (at, mark) in marks.iter().enumerate().rev() {
        let Mark::Number(Candidate { label, .. }) = mark else { continue };
        if label.rank == Rank::Decimal(1) {
            firsts.push((at, label.value, next == Some(label.value)));
            next = None;
        } else if let Some(first) = label.steps.first() {
            next = Some(*first);
        }
    }
    let mut kept = vec![false; marks.len()];
    // From the end: what heads something is kept, and what counts up to it.
    let mut expected = None;
    for (at, value, heads) in &firsts {
        if *heads || expected == Some(*value) {
            expected = value.checked_sub(1);
            if let Some(kept) = kept.get_mut(*at) {
                *kept = true;
            }
        }
    }
    let mut headed = false;
    for (mark, kept) in marks.iter_mut().zip(kept) {
        let is_first_step = matches!(mark, Mark::Number(candidate) if candidate.label.rank == Rank::Decimal(1));
        if is_first_step && !kept && !headed {
            *mark = Mark::Text;
        }
        headed |= is_first_step && kept;
    }
}

/// Judicial interpretations group their articles under 一、二、三、, the seventh five-year plan its chapters: where 一、 stands before the
/// first of them, it outranks them all.
pub(super) fn raise(marks: &mut [Mark]) {
    let Some(raised) = over_articles(marks).or_else(|| over_chapters(marks)) else { return };
    for mark in marks {
        if let Mark::Number(candidate) = mark
            && candidate.label.rank == Rank::Han
        {
            candidate.label.rank = raised;
        }
    }
}

/// The ranks and values of the numbers that are certain, of these ranks.
fn certain<'marks>(marks: &'marks [Mark], ranks: &'marks [Rank]) -> impl Iterator<Item = (Rank, u32)> + 'marks {
    let numbers = marks.iter().filter_map(Mark::certain).map(|candidate| (candidate.label.rank, candidate.label.value));
    numbers.filter(|(rank, _)| ranks.contains(rank))
}

fn over_articles(marks: &[Mark]) -> Option<Rank> {
    let mut numbers = certain(marks, &[Rank::Han, Rank::Article]);
    let begins = numbers.next().is_some_and(|(rank, _)| rank == Rank::Han);
    (begins && numbers.any(|(rank, _)| rank == Rank::Article)).then_some(Rank::HanOverArticles)
}

/// 一、 …… 第一章 …… 二、 …… 第三章: the count goes on over the chapters and never begins anew under one.
fn over_chapters(marks: &[Mark]) -> Option<Rank> {
    let (mut last, mut chapters, mut grouped) = (0, 0, 0);
    for (rank, value) in certain(marks, &[Rank::Han, Rank::Chapter, Rank::Part]) {
        if rank != Rank::Han {
            chapters += 1;
        } else if value != last + 1 {
            return None;
        } else {
            grouped += usize::from(last > 0 && chapters > 0);
            (last, chapters) = (value, 0);
        }
        if last == 0 {
            return None;
        }
    }
    (grouped > 0).then_some(Rank::HanOverChapters)
}
