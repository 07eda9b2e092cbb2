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
    /// Choose among what was searched for before.
    Recent,
    /// Save the search that is typed; where nothing is, choose among those that were saved.
    Save,
    /// Take the selected row out of the list of searches.
    Forget,
    /// Choose how to narrow what was found.
    Narrow,
    /// Choose among the documents.
    Documents,
    /// Choose among the indicators of all documents.
    Indicators,
    /// Hide what is selected beside the results, or show it again.
    Preview,
}
