//! Levels: the rank of headings that only the format marks as such (Markdown `##`).

use crate::document::kind::Kind;

use super::line::Line;
use super::mark::Mark;
use super::rank::Rank;

/// Ranks by level, learnt from the numbered headings of the same level: `## 前言` beside `## 第一章 总则` is a chapter.
#[derive(Debug)]
pub(super) struct Ranks([Option<Rank>; LEVELS]);

/// The levels that a format can tell, and 0.
const LEVELS: usize = 7;

impl Ranks {
    pub(super) fn learn(lines: &[Line<'_>], marks: &[Mark]) -> Self {
        let mut ranks = [None; LEVELS];
        for (line, mark) in lines.iter().zip(marks) {
            if let (Some(level), Mark::Number(candidate)) = (line.heading_level, mark)
                && let Some(rank) = ranks.get_mut(usize::from(level))
            {
                rank.get_or_insert(candidate.label.rank);
            }
        }
        // 前言 beside 第一篇 is as high as a 篇.
        let numbers = marks.iter().filter_map(Mark::certain).map(|candidate| candidate.label.rank);
        let highest = numbers.filter(|rank| *rank < Rank::Decimal(2) && *rank != Rank::Article).min();
        if let Some(first) = ranks.first_mut() {
            *first = highest.or(*first);
        }
        Self(ranks)
    }

    /// The rank of a heading of this level.
    pub(super) fn rank(&self, level: u8) -> Rank {
        self.0.get(usize::from(level)).copied().flatten().unwrap_or(match level {
            0 | 1 => Rank::Chapter,
            2 => Rank::Han,
            3 => Rank::BracketedHan,
            4 => Rank::Arabic,
            5 => Rank::BracketedArabic,
            6 => Rank::Circled,
            // Past the levels of any format, one for each kind that a correction may name.
            past => KINDS.iter().find(|(_, level, _)| *level == past).map_or(Rank::Circled, |(_, _, rank)| *rank),
        })
    }
}

/// Kinds that a heading can be told to be, each with a level that means this kind and nothing else.
const KINDS: [(Kind, u8, Rank); 7] = [
    (Kind::Part, 7, Rank::Part),
    (Kind::Chapter, 8, Rank::Chapter),
    (Kind::Section, 9, Rank::Han),
    (Kind::Article, 10, Rank::Article),
    (Kind::Measure, 11, Rank::BracketedHan),
    (Kind::Item, 12, Rank::Arabic),
    (Kind::Subitem, 13, Rank::BracketedArabic),
];

/// The level that makes a heading one of this kind, whatever the levels of the format mean.
pub(super) fn of_kind(kind: Kind) -> u8 {
    KINDS.iter().find(|(known, _, _)| *known == kind).map_or(u8::MAX, |(_, level, _)| *level)
}
