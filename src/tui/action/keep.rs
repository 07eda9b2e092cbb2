//! What a user can ask for about keeping (bookmarks, notes, files) and about the habits of the interface.

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Put a bookmark on the unit, or take it away.
    Bookmark,
    /// Write or change the note on the unit.
    Note,
    /// The note is written: keep it.
    Settle,
    /// Go on as if it had not been begun.
    Cancel,
    /// Show all bookmarks and notes, or hide them.
    Notes,
    /// Take away the bookmark or note that is selected in their list.
    Remove,
    /// Mark units from here on, for copying and exporting; or mark none.
    Mark,
    /// Open the file that the text is from, at its place.
    OpenSource,
    /// Write what is selected, or what was found, to a file.
    Export,
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// Listen to the mouse, or leave it to the terminal.
    Mouse,
    /// The next theme.
    NextTheme,
}
