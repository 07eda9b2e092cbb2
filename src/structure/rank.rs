//! Ranks: which heading stands above which.

use crate::document::kind::Kind;

/// The rank of a heading, the highest first. A heading closes all open ones of its own rank and below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// 附件.
    Annex,
    /// 一、 where chapters stand under it.
    HanOverChapters,
    /// 编, 篇, 部分.
    Part,
    /// 分编.
    SubPart,
    /// 章.
    Chapter,
    /// 节.
    Section,
    /// 一、 where articles stand under it.
    HanOverArticles,
    /// 条.
    Article,
    /// 款: no heading, but items stand under it.
    Clause,
    /// 专栏: what follows stands in it until a heading fits only outside.
    Box,
    /// 一、
    Han,
    /// 1.1, by its number of steps.
    Decimal(u8),
    /// （一）
    BracketedHan,
    /// 1.
    Arabic,
    /// （1）
    BracketedArabic,
    /// ①
    Circled,
}

impl Rank {
    /// How many ranks have a place of their own in a table by rank.
    pub(super) const COUNT: usize = 19;

    /// The place in a table by rank.
    pub(super) const fn place(self) -> usize {
        match self {
            Self::Annex => 0,
            Self::HanOverChapters => 1,
            Self::Part => 2,
            Self::SubPart => 3,
            Self::Chapter => 4,
            Self::Section => 5,
            Self::HanOverArticles => 6,
            Self::Article => 7,
            Self::Clause => 8,
            Self::Box => 9,
            Self::Han => 10,
            Self::Decimal(0 | 1) => 11,
            Self::Decimal(2) => 12,
            Self::Decimal(3) => 13,
            Self::Decimal(_) => 14,
            Self::BracketedHan => 15,
            Self::Arabic => 16,
            Self::BracketedArabic => 17,
            Self::Circled => 18,
        }
    }

    /// 编章节条: headings that are words, not marks.
    pub(super) const fn is_division(self) -> bool {
        match self {
            Self::Part | Self::SubPart | Self::Chapter | Self::Section | Self::Article => true,
            Self::Annex
            | Self::HanOverChapters
            | Self::HanOverArticles
            | Self::Clause
            | Self::Box
            | Self::Han
            | Self::Decimal(_)
            | Self::BracketedHan
            | Self::Arabic
            | Self::BracketedArabic
            | Self::Circled => false,
        }
    }

    /// The kind of a heading of this rank in a plan.
    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Annex => Kind::Annex,
            Self::Part | Self::SubPart => Kind::Part,
            Self::Chapter => Kind::Chapter,
            Self::Section | Self::HanOverChapters | Self::HanOverArticles | Self::Han | Self::Decimal(0 | 1) => Kind::Section,
            Self::Article => Kind::Article,
            Self::Clause => Kind::Clause,
            Self::Box => Kind::Box,
            Self::Decimal(2) | Self::BracketedHan => Kind::Measure,
            Self::Decimal(3) | Self::Arabic => Kind::Item,
            Self::Decimal(_) | Self::BracketedArabic | Self::Circled => Kind::Subitem,
        }
    }

    /// The kind under an article of a law: 项 is numbered （一）, 目 is numbered 1. (立法法 第六十五条).
    pub(super) const fn kind_in_article(self) -> Kind {
        match self {
            Self::Han | Self::Decimal(_) | Self::BracketedHan => Kind::Item,
            Self::Arabic | Self::BracketedArabic | Self::Circled => Kind::Subitem,
            Self::Annex
            | Self::HanOverChapters
            | Self::Part
            | Self::SubPart
            | Self::Chapter
            | Self::Section
            | Self::HanOverArticles
            | Self::Article
            | Self::Clause
            | Self::Box => self.kind(),
        }
    }
}
