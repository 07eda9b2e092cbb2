//! What a user can ask for when looking for something.

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Find {
    /// Choose among the headings.
    Headings,
    /// Choose the other way that a list has: all documents instead of one, the next column to order by.
    Switch,
    /// Turn the order of a list round.
    Turn,
}
