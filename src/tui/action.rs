//! What a user can ask for, as data; which key asks for it is the matter of `keymap`.

mod find;
mod keep;
pub mod walk;

pub use find::Find;
pub use keep::Keep;
use walk::Walk;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Leave the program.
    Quit,
    /// Show the keys, or hide whatever lies over the screen.
    Help,
    /// Show why the selected hit is where it is.
    Why,
    /// Complete the name of a field; where none has been begun, read what is selected.
    Complete,
    /// Begin a search.
    Search,
    /// Back to where one came from.
    Back,
    /// To the other pane.
    SwitchPane,
    /// Move the selection or the text.
    Move(Motion),
    /// Fold the selected node, or go to its parent.
    Fold,
    /// Unfold the selected node, or go to its first child.
    Unfold,
    /// Read what is selected.
    Open,
    /// To the next place that matches, in reading order.
    NextHit,
    /// To the place before.
    PreviousHit,
    /// Copy the official citation of the current node.
    CopyCitation,
    /// Copy the text of the current node with its citation.
    CopyQuote,
    /// Change what is typed in the prompt.
    Edit(Edit),
    /// Put a text into the prompt.
    Insert(String),
    /// Something about keeping, and about the habits of the interface.
    Keep(Keep),
    /// Find something other than by typing.
    Find(Find),
    /// A step on the way through the documents.
    Walk(Walk),
}

/// How to move through a list or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One line or entry on.
    Down,
    /// One line or entry back.
    Up,
    /// A screen on.
    PageDown,
    /// A screen back.
    PageUp,
    /// To the beginning.
    First,
    /// To the end.
    Last,
}

/// A change of the prompt that puts nothing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Cursor one character back.
    Left,
    /// Cursor one character on.
    Right,
    /// Cursor to the beginning.
    Home,
    /// Cursor to the end.
    End,
    /// Delete the character before the cursor.
    Backspace,
    /// Delete the character at the cursor.
    Delete,
    /// Delete everything before the cursor.
    ClearBefore,
    /// Delete the word before the cursor.
    WordBefore,
}

impl Action {
    /// Whether a letter or digit is still to be pressed for it.
    #[must_use]
    pub const fn takes_letter(&self) -> bool {
        matches!(self, Self::Walk(walk) if walk.takes_letter())
    }

    /// The same with its letter; none for one that takes no letter, and for what is none.
    #[must_use]
    pub fn lettered(&self, letter: char) -> Option<Self> {
        if let Self::Walk(walk) = self { walk.lettered(letter).map(Self::Walk) } else { None }
    }
}

impl Motion {
    /// The place after moving from `from` in a list of `length`, a screen being `page`.
    #[must_use]
    pub fn target(self, from: usize, length: usize, page: usize) -> usize {
        let last = length.saturating_sub(1);
        let page = page.max(1);
        let target = match self {
            Self::Down => from.saturating_add(1),
            Self::Up => from.saturating_sub(1),
            Self::PageDown => from.saturating_add(page),
            Self::PageUp => from.saturating_sub(page),
            Self::First => 0,
            Self::Last => last,
        };
        target.min(last)
    }
}
