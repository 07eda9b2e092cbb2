//! Fields: a name, a colon, and a value with nothing between. 标题:电商, 年:2019|2020, 同句:(农村 电商).
//!
//! The part of the grammar that begins with a name of the table. A field whose value does not fit is taken whole, brackets and all, as one
//! literal term, with a notice that says why.

use std::ops::Range;

use super::clause::{Clause, Filter, Part, Reach};
use super::near;
use super::notice::Reason;
use super::operators::{self, BRACKETS, Build, COLONS, EITHER, QUOTES};
use super::parser::{MOST_CLAUSES, MOST_DEPTH, Parser, Read};
use crate::text::numeral;

/// The longest name of a field with its distance, in characters.
const LONGEST_NAME: usize = 12;

impl Parser {
    /// A field with its value; none where no field begins here.
    pub(super) fn field(&mut self, at: usize, end: usize) -> Option<Read> {
        let colon = (at..end.min(at + LONGEST_NAME))
            .find(|place| self.input.at(*place, end).is_some_and(|sign| COLONS.contains(&sign) || sign.is_whitespace()))?;
        let build = operators::named(&self.input.text(at..colon))?;
        self.input.at(colon, end).filter(|sign| COLONS.contains(sign))?;
        let value = colon + 1;
        if self.input.is_boundary(value, end) {
            return self.literally(at..value, Reason::NoValue);
        }
        match build {
            Build::In(part) => self.part(part, at, value, end),
            Build::Only(filters) => self.only(filters, at, value, end),
            Build::Near(reach) => self.near(reach, at, value, end),
            Build::All | Build::Exact | Build::Either | Build::Not | Build::Group | Build::Within(_) => None,
        }
    }

    /// A stretch that was begun as an operator and is searched for as it is.
    fn literally(&mut self, span: Range<usize>, reason: Reason) -> Option<Read> {
        let text = self.input.text(span.clone());
        self.readings.push(reason.about(&text));
        let is_word = !text.contains(char::is_whitespace);
        Some(Read { clause: Clause::Term(self.term(&text, false)?), next: span.end, is_word })
    }

    /// 标题:电商, 标题:电商|易货, 标题:“农村电商”, 标题:(农村 电商).
    fn part(&mut self, part: Part, start: usize, value: usize, end: usize) -> Option<Read> {
        let (clause, next) = if let Some(inner) = self.value_group(value, end) {
            let next = inner.end + 1;
            if self.depth >= MOST_DEPTH {
                return self.literally(start..next, Reason::TooDeep);
            }
            match self.nested(inner) {
                Some(read) => (read.clause, next),
                None => return self.literally(start..next, Reason::NoValue),
            }
        } else {
            let mut clauses = Vec::new();
            let mut next = value;
            loop {
                let read = self.exact(next, end).or_else(|| self.word(next, end))?;
                clauses.push(read.clause);
                next = read.next;
                match self.next_value(next, end).filter(|_| !self.is_full()) {
                    Some(after) => next = after,
                    None => break,
                }
            }
            let clause = if clauses.len() > 1 { Clause::Any(clauses) } else { clauses.pop()? };
            (clause, next)
        };
        Some(Read { clause: Clause::In(part, Box::new(clause)), next, is_word: false })
    }

    /// The range inside brackets that hold the value; 章:（三） is no such group but the number （三）.
    pub(super) fn value_group(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let inner = self.enclosed(&BRACKETS, at, end)?;
        let few = inner.len() <= 4;
        let is_number = few && numeral::value(self.input.text(inner.clone()).trim()).is_some_and(|value| value < 100);
        (!is_number).then_some(inner)
    }

    /// The value after a sign that is attached to the one before: 2020 of 年:2019|2020, nothing of 年:2019|年:2020.
    fn next_value(&self, at: usize, end: usize) -> Option<usize> {
        let after = self.input.skip_signs(at, end);
        let attached = after > at && !self.input.is_space(after, end);
        let name_end = (after..end.min(after + LONGEST_NAME)).find(|place| {
            self.input.at(*place, end).is_some_and(|sign| COLONS.contains(&sign) || sign.is_whitespace() || EITHER.contains(&sign))
        });
        let is_field = name_end.is_some_and(|colon| {
            self.input.at(colon, end).is_some_and(|sign| COLONS.contains(&sign))
                && operators::named(&self.input.text(after..colon)).is_some()
        });
        (attached && !is_field).then_some(after)
    }

    /// 年:2019|2020, 地区:(湖南 湖北), 发文:“省商务厅”: one of the values must fit.
    fn only(&mut self, filters: fn(&str) -> Vec<Filter>, start: usize, value: usize, end: usize) -> Option<Read> {
        let (values, next) = if let Some(inner) = self.value_group(value, end) {
            let next = inner.end + 1;
            let text = self.input.text(inner);
            let separates =
                |character: char| character.is_whitespace() || EITHER.contains(&character) || "、，,".contains(character);
            (text.split(separates).filter(|value| !value.is_empty()).map(str::to_owned).collect(), next)
        } else {
            self.values(value, end)
        };
        let built: Vec<Vec<Filter>> = values.iter().map(|value| filters(value)).collect();
        let room = self.left.saturating_sub(self.depth + 1);
        let all_read = !built.is_empty() && built.iter().all(|filters| !filters.is_empty());
        let mut built: Vec<Clause> = built.into_iter().flatten().map(Clause::Only).collect();
        if !all_read || built.len() > room {
            return self.literally(start..next, Reason::Value);
        }
        self.left -= built.len();
        let clause = if built.len() > 1 { Clause::Any(built) } else { built.pop()? };
        Some(Read { clause, next, is_word: false })
    }

    fn values(&self, value: usize, end: usize) -> (Vec<String>, usize) {
        let (mut values, mut next) = (Vec::new(), value);
        loop {
            if let Some(inner) = self.enclosed(&QUOTES, next, end) {
                next = inner.end + 1;
                values.push(self.input.text(inner));
            } else {
                let stop = self.word_end(next, end);
                values.push(self.input.text(next..stop));
                next = stop;
            }
            match self.next_value(next, end).filter(|_| values.len() < MOST_CLAUSES) {
                Some(after) => next = after,
                None => return (values, next),
            }
        }
    }

    /// 同句:(农村 电商|电子商务): the alternatives multiplied out.
    fn near(&mut self, reach: Reach, start: usize, value: usize, end: usize) -> Option<Read> {
        let Some(inner) = self.enclosed(&BRACKETS, value, end) else {
            let next = self.word_end(value, end);
            return self.literally(start..next, Reason::NotTerms);
        };
        let next = inner.end + 1;
        let (said, left) = (self.readings.len(), self.left);
        let read = if self.depth < MOST_DEPTH { self.nested(inner) } else { None };
        let room = left.saturating_sub(self.depth + 1);
        let Some((clause, terms)) = read.and_then(|read| near::multiplied(read.clause, reach)).filter(|(_, terms)| *terms <= room)
        else {
            self.readings.truncate(said);
            self.left = left;
            return self.literally(start..next, Reason::NotTerms);
        };
        self.left = left - terms;
        Some(Read { clause, next, is_word: false })
    }
}
