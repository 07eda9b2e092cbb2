//! A list to choose from that lies over the panes: what it is of, its rows, and where one was before it.

use super::figures::Figure;
use super::headings::Heading;
use super::picker::Picker;
use super::search::Origin;
use crate::diagnostic::Language;

/// A list over the panes.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// What the rows stand for.
    pub content: Content,
    /// The rows.
    pub picker: Picker,
    /// Where one was.
    pub origin: Origin,
    /// How many documents have been looked at for it, and how many there are, while that is going on.
    pub progress: Option<(usize, usize)>,
    /// The number of that gathering.
    pub generation: u64,
}

/// What the rows of a list stand for, by their numbers.
#[derive(Debug, Clone)]
pub enum Content {
    /// The headings of the document that is open.
    Headings(Vec<Heading>),
    /// The headings of all documents.
    AllHeadings(Vec<Heading>),
    /// What was searched for, the newest first.
    Recent(Vec<String>),
    /// Searches that were saved.
    Saved(Vec<String>),
    /// What narrows the query that is typed.
    Facets(Vec<String>),
    /// The documents of the shelf.
    Documents,
    /// The indicators of all documents.
    Indicators(Vec<Figure>),
}

/// How a list lies on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// In the place of the tree, what is selected beside it.
    Beside,
    /// Over both panes.
    Page,
    /// Over both panes, with charts of what is selected below where there is room.
    Charted,
}

impl Overlay {
    /// A list that has just been opened.
    #[must_use]
    pub const fn new(content: Content, picker: Picker, origin: Origin) -> Self {
        Self { content, picker, origin, progress: None, generation: 0 }
    }
}

impl Content {
    /// How it lies on the screen.
    #[must_use]
    pub const fn shape(&self) -> Shape {
        match self {
            Self::Headings(_) => Shape::Beside,
            Self::AllHeadings(_) | Self::Recent(_) | Self::Saved(_) | Self::Facets(_) | Self::Documents => Shape::Page,
            Self::Indicators(_) => Shape::Charted,
        }
    }

    /// What stands above the list.
    #[must_use]
    pub const fn name(&self, language: Language) -> &'static str {
        match self {
            Self::Headings(_) => language.pick("标题", "Headings"),
            Self::AllHeadings(_) => language.pick("全库标题", "All headings"),
            Self::Recent(_) => language.pick("检索历史", "History"),
            Self::Saved(_) => language.pick("已存检索", "Saved searches"),
            Self::Facets(_) => language.pick("收窄", "Narrow"),
            Self::Documents => language.pick("文库", "Library"),
            Self::Indicators(_) => language.pick("规划指标", "Indicators"),
        }
    }

    /// What is said in place of rows, where there are none at all or none that fit what is typed.
    #[must_use]
    pub const fn nothing(&self, is_filtered: bool, language: Language) -> &'static str {
        match self {
            _ if is_filtered => language.pick("没有符合的", "nothing fits"),
            Self::Headings(_) | Self::AllHeadings(_) => language.pick("没有标题", "there are no headings"),
            Self::Recent(_) => language.pick("还没有检索过", "nothing has been searched for yet"),
            Self::Saved(_) => language.pick("还没有保存检索；检索时按 ^S 保存", "nothing saved yet; ^S saves a search"),
            Self::Facets(_) => language.pick("命中都在一处，无从收窄", "there is nothing to narrow to"),
            Self::Documents => language.pick("库中还没有文件", "the library is empty"),
            Self::Indicators(_) => language.pick("库中的文件没有指标表", "no document has a table of indicators"),
        }
    }

    /// What stands in the line where one types while it is empty.
    #[must_use]
    pub const fn invitation(&self, language: Language) -> &'static str {
        match self {
            Self::Headings(_) => {
                language.pick("输入文字或拼音首字母；Tab 查全库", "type words or initials of pinyin; Tab: all documents")
            }
            Self::AllHeadings(_) => {
                language.pick("输入文字或拼音首字母；Tab 只查本文件", "type words or initials of pinyin; Tab: this document")
            }
            Self::Recent(_) | Self::Saved(_) | Self::Facets(_) => {
                language.pick("输入文字或拼音首字母", "type words or initials of pinyin")
            }
            Self::Documents | Self::Indicators(_) => {
                language.pick("输入文字或拼音首字母；Tab 换列排序", "type words or initials of pinyin; Tab: the next order")
            }
        }
    }
}
