//! The kinds of node that a policy document is made of.

use serde::{Deserialize, Serialize};

/// What a node is, in the terms of the genre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Front matter: red head (红头), forwarding letter, title lines; all that stands before the body.
    Front,
    /// 编 or 篇.
    Part,
    /// 章.
    Chapter,
    /// 节, or a heading numbered 一、.
    Section,
    /// A measure, numbered （一）.
    Measure,
    /// An item, numbered 1. in plans; 项, numbered （一）, in laws.
    Item,
    /// A sub-item, numbered （1） or ① in plans; 目, numbered 1., in laws.
    Subitem,
    /// 条, an article of a law; its first paragraph stands on its own line.
    Article,
    /// 款, a further paragraph of an article.
    Clause,
    /// 专栏, a box.
    Box,
    /// 附件, an annex.
    Annex,
    /// A table; its own text is the caption and the head row.
    Table,
    /// A row of a table.
    Row,
    /// A point marked by —— or a similar sign.
    Bullet,
    /// Unnumbered text.
    Paragraph,
}

impl Kind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Self; 15] = [
        Self::Front,
        Self::Part,
        Self::Chapter,
        Self::Section,
        Self::Measure,
        Self::Item,
        Self::Subitem,
        Self::Article,
        Self::Clause,
        Self::Box,
        Self::Annex,
        Self::Table,
        Self::Row,
        Self::Bullet,
        Self::Paragraph,
    ];

    /// The language-free name used in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Measure => "measure",
            Self::Item => "item",
            Self::Subitem => "subitem",
            Self::Article => "article",
            Self::Clause => "clause",
            Self::Box => "box",
            Self::Annex => "annex",
            Self::Table => "table",
            Self::Row => "row",
            Self::Bullet => "bullet",
            Self::Paragraph => "paragraph",
        }
    }

    /// Whether a node of this kind belongs into an outline: all but running text and the rows of tables.
    #[must_use]
    pub const fn is_outline(self) -> bool {
        match self {
            Self::Front
            | Self::Part
            | Self::Chapter
            | Self::Section
            | Self::Measure
            | Self::Item
            | Self::Subitem
            | Self::Article
            | Self::Box
            | Self::Annex
            | Self::Table
            | Self::Bullet => true,
            Self::Clause | Self::Row | Self::Paragraph => false,
        }
    }
}
