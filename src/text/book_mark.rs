//! Book marks 《》: the name between them, marks within marks counted. Takes and gives slices of the text at hand.

/// What stands before the book mark that closes the one already open, and what after it. Inner marks may be 〈〉 or 《》.
#[must_use]
pub fn closed(inner: &str) -> Option<(&str, &str)> {
    let mut depth = 1;
    let at = inner.char_indices().find_map(|(at, character)| {
        depth += match character {
            '《' => 1,
            '》' => -1,
            _ => 0,
        };
        (depth == 0).then_some(at)
    })?;
    let (title, rest) = inner.split_at_checked(at)?;
    Some((title, rest.strip_prefix('》')?))
}
