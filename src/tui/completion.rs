//! The names of fields while they are being typed: what Tab puts in, and what it could be.

use crate::query;

/// What could complete the word before the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What the first name has beyond what is typed.
    pub rest: String,
    /// All names that begin like it, with their colons.
    pub names: Vec<String>,
}

/// Completes what stands before the cursor; none where no name of a field has been begun.
#[must_use]
pub fn completion(before: &str) -> Option<Completion> {
    let typed = before.to_lowercase();
    let names = query::completions(before);
    let first = names.first()?;
    let begun = first.char_indices().map(|(at, _)| at).skip(1).filter(|at| typed.ends_with(first.get(..*at).unwrap_or_default()));
    let rest = first.get(begun.last()?..)?.to_owned();
    Some(Completion { rest, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_been_begun_is_completed() {
        let rest = |before: &str| completion(before).map(|completion| completion.rest);
        assert_eq!(rest("外贸 标"), Some("题:".to_owned()));
        assert_eq!(rest("-TI"), Some("tle:".to_owned()));
        assert_eq!(rest("近"), Some("10:".to_owned()));
        assert_eq!(rest("外贸"), None);
        assert_eq!(rest("外贸 "), None);
        assert_eq!(rest(""), None);
        assert_eq!(completion("同").map(|completion| completion.names), Some(vec!["同段:".to_owned(), "同句:".to_owned()]));
    }
}
