//! What a reader asks for on the way through documents: chapters, sections, measures, places left and marked, references.

/// One step on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// Wait for a second key.
    Await(Lead),
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
}

/// Which way to go: against the order of reading or with it, to the left or to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Back, up, to the left.
    Back,
    /// Forth, down, to the right.
    Forth,
}

/// The first of two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// `[`, which `[` makes the chapter before.
    Before,
    /// `]`, which `]` makes the next chapter.
    After,
    /// `m`, which a letter makes a mark.
    Mark,
    /// `'`, which the letter of a mark makes a way to it.
    Recall,
}
