//! What a user can ask for about keeping and about the habits of the interface.

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The next theme.
    NextTheme,
}
