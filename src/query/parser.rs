//! The grammar: characters → clauses. Never fails; what fits no rule is a word, and a word is searched for as it is.
//!
//! ```text
//! all     = item { space item }                 at least one item that is no exclusion
//! item    = [ "-" ] either
//! either  = primary { ( "|" | " OR " ) primary }
//! primary = exact | group | field | word        tried in this order
//! exact   = “…”                                 closed at the end of a clause
//! group   = ( all )                             balanced, closed at the end of a clause, more than one word inside
//! field   = name ":" ( exact | group | word )
//! word    = anything up to white space
//! ```
//!
//! Every rule takes a range of the input and says where it stopped. A group that turns out to be a word has no white space in it and
//! is then taken whole; what is inside a field that turns out wrong is taken whole, too: nothing is read twice but for the depth of
//! the brackets, which is bounded, as is the number of terms and filters.

use std::ops::Range;

use super::clause::{Clause, Term};
use super::input::Input;
use super::notice::{self, Reason};
use super::numerals;
use super::operators::{BRACKETS, EITHER, NOT, QUOTES, closing};
use crate::diagnostic::Diagnostic;

/// The most terms and filters of a query; what is typed after them is one literal term.
pub const MOST_CLAUSES: usize = 64;

/// The most brackets within brackets.
pub const MOST_DEPTH: usize = 8;

/// A clause as read.
pub(super) struct Read {
    pub(super) clause: Clause,
    /// Where reading goes on.
    pub(super) next: usize,
    /// Whether it is one word and no operator was needed to read it.
    pub(super) is_word: bool,
}

/// An item of a row of clauses.
struct Item {
    clause: Clause,
    span: Range<usize>,
}

/// The state of reading.
pub(super) struct Parser {
    pub(super) input: Input,
    pub(super) readings: Vec<Diagnostic>,
    /// How many terms and filters may still be made.
    pub(super) left: usize,
    pub(super) depth: usize,
}

impl Parser {
    pub(super) fn new(typed: &str) -> Self {
        Self { input: Input::new(typed), readings: Vec::new(), left: MOST_CLAUSES, depth: 0 }
    }

    pub(super) fn read(&mut self) -> Option<Clause> {
        self.all(0..self.input.end()).map(|read| read.clause)
    }

    /// Everything in a range.
    fn all(&mut self, range: Range<usize>) -> Option<Read> {
        let mut items: Vec<Item> = Vec::new();
        let mut is_word = true;
        let mut at = self.input.skip_space(range.start, range.end);
        while at < range.end {
            let read = if self.is_full() { self.rest(at, range.end) } else { self.item(at, range.end) };
            let Some(read) = read else {
                // Nothing visible here: zero-width characters.
                at = self.input.skip_space(self.word_end(at, range.end), range.end);
                continue;
            };
            is_word = is_word && read.is_word && items.is_empty();
            items.push(Item { clause: read.clause, span: at..read.next });
            at = self.input.skip_space(read.next, range.end);
        }
        if !items.is_empty() && items.iter().all(|item| matches!(item.clause, Clause::Not(_))) {
            items = self.without_exclusions(items);
        }
        let clause = joined(items.into_iter().map(|item| item.clause), Join::All)?;
        Some(Read { clause, next: range.end, is_word })
    }

    /// Room is left for one term at every level that is open, so that each can take its rest as one.
    pub(super) fn is_full(&self) -> bool {
        self.left <= self.depth + 1
    }

    fn rest(&mut self, at: usize, end: usize) -> Option<Read> {
        let text = self.input.text(at..end);
        self.readings.push(Reason::TooMany.about(text.trim()));
        Some(Read { clause: Clause::Term(self.term(&text, false)?), next: end, is_word: true })
    }

    /// Nothing but exclusions: each is searched for as it was typed.
    fn without_exclusions(&mut self, items: Vec<Item>) -> Vec<Item> {
        let (first, last) = (items.first().map_or(0, |item| item.span.start), items.last().map_or(0, |item| item.span.end));
        let whole = self.input.text(first..last);
        self.readings.push(Reason::OnlyExclusions.about(&whole));
        let literal = |item: Item| {
            let term = literal(&self.input.text(item.span.clone()), false)?;
            Some(Item { clause: Clause::Term(term), span: item.span })
        };
        items.into_iter().filter_map(literal).collect()
    }

    fn item(&mut self, at: usize, end: usize) -> Option<Read> {
        let sign = |place| self.input.at(place, end).is_some_and(|sign| NOT.contains(&sign));
        let excludes =
            sign(at) && !sign(at + 1) && !self.input.is_space(at + 1, end) && self.input.skip_signs(at + 1, end) == at + 1;
        if !excludes {
            return self.either(at, end);
        }
        match self.lone_group(at + 1, end).or_else(|| self.either(at + 1, end)) {
            Some(read) => Some(Read { clause: Clause::Not(Box::new(read.clause)), is_word: false, ..read }),
            None => self.either(at, end),
        }
    }

    /// -(电商): brackets after an operator enclose what it is about, be it only one word.
    fn lone_group(&mut self, at: usize, end: usize) -> Option<Read> {
        let inner = self.value_group(at, end)?;
        let next = inner.end + 1;
        let stands_alone = self.depth < MOST_DEPTH && self.input.after_either(next, end).is_none();
        let read = if stands_alone { self.nested(inner) } else { None };
        read.map(|read| Read { next, ..read })
    }

    fn either(&mut self, at: usize, end: usize) -> Option<Read> {
        let first = self.primary(at, end)?;
        let (mut next, mut is_word) = (first.next, first.is_word);
        let mut clauses = vec![first.clause];
        while let Some(operand) = self.input.after_either(next, end) {
            let read = if self.is_full() { self.rest(operand, end) } else { self.alternative(operand, end) };
            let Some(read) = read else { break };
            clauses.push(read.clause);
            (next, is_word) = (read.next, false);
        }
        let clause = joined(clauses, Join::Any)?;
        Some(Read { clause, next, is_word })
    }

    fn alternative(&mut self, at: usize, end: usize) -> Option<Read> {
        let read = self.primary(at, end)?;
        let dashed = self.input.at(at, end).is_some_and(|sign| NOT.contains(&sign));
        if dashed && read.next > at + 1 && !self.input.at(at + 1, end).is_some_and(|sign| NOT.contains(&sign)) {
            let text = self.input.text(at..read.next);
            self.readings.push(Reason::ExcludedAlternative.about(&text));
        }
        Some(read)
    }

    fn primary(&mut self, at: usize, end: usize) -> Option<Read> {
        self.exact(at, end).or_else(|| self.group(at, end)).or_else(|| self.field(at, end)).or_else(|| self.word(at, end))
    }

    /// The range between a mark here and its partner, where the partner ends a clause.
    pub(super) fn enclosed(&self, pairs: &[(char, char)], at: usize, end: usize) -> Option<Range<usize>> {
        closing(pairs, self.input.at(at, end)?)?;
        let close = self.input.partner(at, end)?;
        self.input.is_boundary(close + 1, end).then_some(at + 1..close)
    }

    pub(super) fn exact(&mut self, at: usize, end: usize) -> Option<Read> {
        let inner = self.enclosed(&QUOTES, at, end)?;
        let term = self.term(&self.input.text(inner.clone()), true)?;
        Some(Read { clause: Clause::Term(term), next: inner.end + 1, is_word: false })
    }

    fn group(&mut self, at: usize, end: usize) -> Option<Read> {
        let inner = self.enclosed(&BRACKETS, at, end)?;
        if self.depth >= MOST_DEPTH {
            let text = self.input.text(at..inner.end + 1);
            self.readings.push(Reason::TooDeep.about(&text));
            return Some(Read { clause: Clause::Term(self.term(&text, false)?), next: inner.end + 1, is_word: false });
        }
        let (said, left) = (self.readings.len(), self.left);
        let read = self.nested(inner.clone()).filter(|read| !read.is_word);
        if read.is_none() {
            self.readings.truncate(said);
            self.left = left;
        }
        read.map(|read| Read { next: inner.end + 1, ..read })
    }

    pub(super) fn nested(&mut self, inner: Range<usize>) -> Option<Read> {
        self.depth += 1;
        let read = self.all(inner);
        self.depth -= 1;
        read
    }

    /// A word up to white space, or up to a sign for alternatives that has something on either side.
    pub(super) fn word(&mut self, at: usize, end: usize) -> Option<Read> {
        let next = self.word_end(at, end);
        self.readings.extend(notice::suspicion(&self.input, at, next).map(|reason| reason.about(&self.input.text(at..next))));
        let term = self.term(&self.input.text(at..next), false)?;
        Some(Read { clause: Clause::Term(term), next, is_word: true })
    }

    /// Signs inside of brackets and quotation marks belong to the word: 项目（甲|乙）.
    pub(super) fn word_end(&self, at: usize, end: usize) -> usize {
        let (mut next, mut enclosed) = (self.input.skip_signs(at, end), at);
        while let Some(character) = self.input.at(next, end).filter(|character| !character.is_whitespace()) {
            if closing(&BRACKETS, character).is_some() || matches!(character, '“' | '「' | '『') {
                enclosed = enclosed.max(self.input.partner(next, end).unwrap_or(at));
            }
            if EITHER.contains(&character) && next > enclosed {
                if next > at && self.input.after_either(next, end).is_some() {
                    break;
                }
                next = self.input.skip_signs(next, end);
                continue;
            }
            next += 1;
        }
        next
    }

    /// A term; none where nothing of it is visible.
    pub(super) fn term(&mut self, text: &str, exact: bool) -> Option<Term> {
        let term = literal(text, exact)?;
        self.left = self.left.saturating_sub(1);
        Some(term)
    }
}

/// A term with its numbers in other figures; as typed where it is exact.
fn literal(text: &str, exact: bool) -> Option<Term> {
    let mut term = Term::new(text, exact)?;
    if !exact {
        term.others = numerals::others(&term.text);
    }
    Some(term)
}

/// How several clauses become one.
#[derive(Clone, Copy)]
enum Join {
    All,
    Any,
}

/// Several clauses as one, those of the same kind taken apart, each kept once; none of none.
fn joined(clauses: impl IntoIterator<Item = Clause>, join: Join) -> Option<Clause> {
    let mut kept: Vec<Clause> = Vec::new();
    for clause in clauses {
        let parts = match (join, clause) {
            (Join::All, Clause::All(parts)) | (Join::Any, Clause::Any(parts)) => parts,
            (Join::All | Join::Any, whole) => vec![whole],
        };
        for part in parts {
            if !kept.contains(&part) {
                kept.push(part);
            }
        }
    }
    if kept.len() < 2 {
        return kept.pop();
    }
    Some(match join {
        Join::All => Clause::All(kept),
        Join::Any => Clause::Any(kept),
    })
}
