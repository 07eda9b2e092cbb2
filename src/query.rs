//! What the user typed → a query: pure, and lenient to the end.
//!
//! [`parse`] takes any string and always gives a [`Query`]: terms that must all occur, and the operators of [`OPERATORS`] where they
//! stand as such. Whatever does not fit is taken for what it is: an unbalanced quotation mark, `--坚持`, `政策:创新` and
//! `湘政办发[2021]57号` are searched literally, with a note in [`Query::readings`] where an operator may have been meant. Linear in the
//! length of the input, bounded in clauses ([`MOST_CLAUSES`]). [`understand`] reads a question where the literal string finds nothing;
//! [`address`] reads the address of a place.

pub mod address;
mod clause;
mod fields;
mod guide;
mod input;
mod near;
mod notice;
mod numerals;
mod operators;
mod parser;
mod question;
pub mod synonyms;
mod value;

use crate::diagnostic::Diagnostic;

use parser::Parser;

pub use clause::{Clause, Filter, Form, Origin, Part, Reach, Term};
pub use guide::{completions, help, page};
pub use notice::LITERAL;
pub use operators::{Build, OPERATORS, Operator, Phrase};
pub use parser::{MOST_CLAUSES, MOST_DEPTH};
pub use question::{Question, Want, understand};

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

/// Reads what was typed. Linear in its length; never fails.
#[must_use]
pub fn parse(typed: &str) -> Query {
    let mut parser = Parser::new(typed);
    let clause = parser.read();
    Query { typed: typed.to_owned(), clause, readings: parser.readings }
}

#[cfg(test)]
mod tests;
