//! What a reader asks for on the way through documents: chapters, sections, measures, places left and marked, references.

/// One step on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// To another chapter.
    Chapter(Way),
    /// To another section.
    Section(Way),
    /// To another measure or article.
    Measure(Way),
    /// To the place that one jumped from, or back to where one jumped to.
    Jump(Way),
    /// Move the line between the panes to the left or to the right.
    Split(Way),
    /// Move wide tables sideways.
    Shift(Way),
    /// Open what the text refers to.
    Follow,
    /// Mark where one reads with the letter that is pressed next; none while it has not been.
    Mark(Option<char>),
    /// Go to the mark of the letter that is pressed next; none while it has not been.
    Recall(Option<char>),
}

impl Walk {
    /// Whether a letter or digit is still to be pressed for it.
    #[must_use]
    pub const fn takes_letter(self) -> bool {
        matches!(self, Self::Mark(None) | Self::Recall(None))
    }

    /// The same with its letter; none for one that takes no letter, and for what is neither a letter nor a digit.
    #[must_use]
    pub const fn lettered(self, letter: char) -> Option<Self> {
        match self {
            Self::Mark(_) if letter.is_ascii_alphanumeric() => Some(Self::Mark(Some(letter))),
            Self::Recall(_) if letter.is_ascii_alphanumeric() => Some(Self::Recall(Some(letter))),
            Self::Mark(_)
            | Self::Recall(_)
            | Self::Chapter(_)
            | Self::Section(_)
            | Self::Measure(_)
            | Self::Jump(_)
            | Self::Split(_)
            | Self::Shift(_)
            | Self::Follow => None,
        }
    }
}

/// Which way to go: against the order of reading or with it, to the left or to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Back, up, to the left.
    Back,
    /// Forth, down, to the right.
    Forth,
}
