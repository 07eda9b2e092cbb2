//! What the user typed → a query: pure, and lenient to the end.
//!
//! [`parse`] takes any string and always gives a [`Query`]. Terms are set apart by white space (U+3000 too) and must all occur; a
//! string in quotation marks (“…” or "…") that stands by itself is one exact term, spaces and all. Whatever does not fit is taken
//! for what it is: an unbalanced quotation mark, `--坚持`, `政策:创新` and `湘政办发[2021]57号` are searched literally.

pub mod address;
mod clause;
pub mod synonyms;

use crate::diagnostic::Diagnostic;
use crate::text::fold;

pub use clause::{Clause, Filter, Form, Origin, Part, Reach, Term};

/// A query as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The characters that were typed.
    pub typed: String,
    /// What is asked for; none where nothing visible was typed.
    pub clause: Option<Clause>,
    /// How it was read, where that is not what everyone would expect.
    pub readings: Vec<Diagnostic>,
}

impl Query {
    /// A query for one literal string, operators not read.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self { typed: text.to_owned(), clause: Term::new(text, false).map(Clause::Term), readings: Vec::new() }
    }

    /// The terms that a unit may hold because of the query, those under a negation left out, in the order typed.
    #[must_use]
    pub fn terms(&self) -> Vec<&Term> {
        self.clause.as_ref().map(Clause::terms).unwrap_or_default()
    }
}

/// Reads what was typed. Linear in its length.
#[must_use]
pub fn parse(typed: &str) -> Query {
    let mut terms = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (term, after) = quoted(rest).map_or_else(|| plain(rest), |(inner, after)| (Term::new(inner, true), after));
        terms.extend(term.filter(|term| !terms.contains(term)));
        rest = after.trim_start();
    }
    let mut clauses: Vec<_> = terms.into_iter().map(Clause::Term).collect();
    let clause = if clauses.len() > 1 { Some(Clause::All(clauses)) } else { clauses.pop() };
    Query { typed: typed.to_owned(), clause, readings: Vec::new() }
}

/// A string in quotation marks at the start of `rest`, closed before white space or the end; and what comes after it.
fn quoted(rest: &str) -> Option<(&str, &str)> {
    let close = match rest.chars().next()? {
        '“' => '”',
        '"' => '"',
        _ => return None,
    };
    let inner_and_after = rest.get(rest.chars().next()?.len_utf8()..)?;
    let (inner, after) = inner_and_after.split_once(close)?;
    let stands_alone = after.chars().next().is_none_or(char::is_whitespace);
    (stands_alone && !fold::folded(inner).is_empty()).then_some((inner, after))
}

fn plain(rest: &str) -> (Option<Term>, &str) {
    let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    (Term::new(word, false), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Vec<(String, bool)> {
        parse(typed).terms().into_iter().map(|term| (term.text.clone(), term.exact)).collect()
    }

    #[test]
    fn terms_are_set_apart_by_any_white_space() {
        assert_eq!(read("外贸　企业 \t RCEP"), [("外贸".into(), false), ("企业".into(), false), ("RCEP".into(), false)]);
        assert_eq!(read("外贸 外贸"), [("外贸".into(), false)]);
    }

    #[test]
    fn a_string_in_quotation_marks_is_one_term() {
        assert_eq!(read("“外贸 企业” RCEP"), [("外贸 企业".into(), true), ("RCEP".into(), false)]);
        assert_eq!(read("\"外贸 企业\""), [("外贸 企业".into(), true)]);
    }

    #[test]
    fn what_does_not_fit_is_literal() {
        for literal in ["“外贸", "\"", "“”", "”“", "--坚持", "政策:创新", "湘政办发[2021]57号", "“三类500强”企业", "-", "a\"b\"c"]
        {
            assert_eq!(read(literal), [(literal.to_owned(), false)], "{literal}");
        }
    }

    #[test]
    fn nothing_typed_is_no_error() {
        assert!(read("").is_empty());
        assert!(read(" \u{3000}\t").is_empty());
    }
}
