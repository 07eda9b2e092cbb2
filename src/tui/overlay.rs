//! A list to choose from that lies over the panes: what it is of, its rows, and where one was before it.

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
}

/// What the rows of a list stand for, by their numbers.
#[derive(Debug, Clone)]
pub enum Content {
    /// The headings of the document that is open.
    Headings(Vec<Heading>),
}

/// How a list lies on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// In the place of the tree, what is selected beside it.
    Beside,
    /// Over both panes.
    Page,
}

impl Overlay {
    /// A list that has just been opened.
    #[must_use]
    pub const fn new(content: Content, picker: Picker, origin: Origin) -> Self {
        Self { content, picker, origin, progress: None }
    }
}

impl Content {
    /// How it lies on the screen.
    #[must_use]
    pub const fn shape(&self) -> Shape {
        match self {
            Self::Headings(_) => Shape::Beside,
        }
    }

    /// What stands above the list.
    #[must_use]
    pub const fn name(&self, language: Language) -> &'static str {
        match self {
            Self::Headings(_) => language.pick("标题", "Headings"),
        }
    }

    /// What is said in place of rows, where there are none at all or none that fit what is typed.
    #[must_use]
    pub const fn nothing(&self, is_filtered: bool, language: Language) -> &'static str {
        match self {
            _ if is_filtered => language.pick("没有符合的", "nothing fits"),
            Self::Headings(_) => language.pick("文中没有标题", "the document has no headings"),
        }
    }

    /// What stands in the line where one types while it is empty.
    #[must_use]
    pub const fn invitation(&self, language: Language) -> &'static str {
        match self {
            Self::Headings(_) => language.pick("输入文字或拼音首字母", "type words or initials of pinyin"),
        }
    }
}
