//! The outline: what formats of word processors say of headings, in their styles and in their paragraphs.

/// What is said about the outline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Outline {
    /// Nothing: ask the style below.
    #[default]
    Unsaid,
    /// Body text.
    Body,
    /// A heading of this level, from 1.
    Heading(u8),
}

impl Outline {
    /// A level of the outline as Word counts: from 0; 9 is body text.
    pub(super) fn counted_from_zero(level: Option<u8>) -> Self {
        match level {
            Some(level @ 0..=8) => Self::Heading(level + 1),
            Some(_) => Self::Body,
            None => Self::Unsaid,
        }
    }

    /// What a built-in style says by its name in the languages that Word and WPS write it in: heading 1, Heading 1, 标题 1, 标题1.
    pub(super) fn of_style_name(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"));
        let level = level.and_then(|level| level.trim().parse().ok()).filter(|level| (1..=9).contains(level));
        level.map_or(Self::Unsaid, Self::Heading)
    }

    /// This, or where it says nothing the other.
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::Unsaid { other } else { self }
    }

    /// The level of the heading, from 1.
    pub(super) fn heading_level(self) -> Option<u8> {
        match self {
            Self::Heading(level) => Some(level),
            Self::Body | Self::Unsaid => None,
        }
    }
}
