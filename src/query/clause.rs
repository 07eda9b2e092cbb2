//! What a query asks for, as a tree: terms and what must hold of them.

use std::ops::RangeInclusive;

use super::address::Pattern;
use crate::text::fold;

/// A condition that a unit fulfils or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// The unit holds the term.
    Term(Term),
    /// All of them; never empty.
    All(Vec<Clause>),
    /// At least one of them; never empty.
    Any(Vec<Clause>),
    /// Not this.
    Not(Box<Clause>),
    /// All the terms, close to one another; at least two.
    Near(Vec<Term>, Reach),
    /// The clause, its terms looked for in one part of the unit only.
    In(Part, Box<Clause>),
    /// The unit stands where the filter says.
    Only(Filter),
}

/// One string to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As typed, without the quotation marks that made it exact.
    pub text: String,
    /// Its folded form, never empty: what is compared.
    pub folded: String,
    /// Whether it stood in quotation marks: found as it is and no other way.
    pub exact: bool,
    /// Other forms that are found too, best first.
    pub others: Vec<Form>,
}

/// Another form of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// As people write it.
    pub text: String,
    /// Its folded form, never empty.
    pub folded: String,
    /// Why it is looked for.
    pub origin: Origin,
}

/// Why another form of a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The same number in other figures: 第3章 and 第三章. Counts as what was typed.
    Numeral,
    /// A word for the same thing. Labelled, counted apart, ranked below what was typed.
    Synonym,
}

/// How close terms must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In one paragraph, which is what a unit is.
    Paragraph,
    /// In one sentence.
    Sentence,
    /// With at most so many characters of the folded text between neighbours, in any order.
    Characters(u32),
}

/// A part of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its title, or the name of its indicator.
    Title,
    /// What is not its title.
    Body,
}

/// What is asked of the place or the document that a unit stands in. Strings are folded; a document or heading fits where it holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// 章: a heading above the unit, or the unit itself where it is a heading, number and title as one string: 第四章优化布局.
    Heading(String),
    /// 在: within the subtree at an address, of the document that it names or of any.
    Within(Pattern),
    /// 文号: 湘政办发(2021)57号.
    Number(String),
    /// 发文: the issuer.
    Issuer(String),
    /// 年: the year of the document's date, or of its 文号 where it has no date.
    Year(RangeInclusive<u16>),
    /// 地区: the region that it applies to.
    Region(String),
    /// 类: the 文种 (规划, 通知, 条例).
    Genre(String),
    /// The document's title.
    Document(String),
}

impl Term {
    /// A term for this text; none where nothing of it is left after folding.
    #[must_use]
    pub fn new(text: &str, exact: bool) -> Option<Self> {
        let folded = fold::folded(text);
        (!folded.is_empty()).then(|| Self { text: text.trim().to_owned(), folded, exact, others: Vec::new() })
    }

    /// The folded strings that count as typed: the term itself and its other numerals.
    pub fn typed_forms(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().filter(|form| form.origin == Origin::Numeral);
        std::iter::once(self.folded.as_str()).chain(others.map(|form| form.folded.as_str()))
    }

    /// The forms that are only synonyms.
    pub fn synonyms(&self) -> impl Iterator<Item = &Form> {
        self.others.iter().filter(|form| form.origin == Origin::Synonym)
    }
}

impl Clause {
    /// The terms that a unit may hold because of this clause, those under a negation left out, in the order typed.
    #[must_use]
    pub fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.collect(&mut terms);
        terms
    }

    fn collect<'clause>(&'clause self, terms: &mut Vec<&'clause Term>) {
        match self {
            Self::Term(term) => terms.push(term),
            Self::All(clauses) | Self::Any(clauses) => clauses.iter().for_each(|clause| clause.collect(terms)),
            Self::Near(near, _) => terms.extend(near),
            Self::In(_, clause) => clause.collect(terms),
            Self::Not(_) | Self::Only(_) => {}
        }
    }

    /// The same for changing them: where synonyms are put in.
    pub fn terms_mut(&mut self) -> Vec<&mut Term> {
        match self {
            Self::Term(term) => vec![term],
            Self::All(clauses) | Self::Any(clauses) => clauses.iter_mut().flat_map(Self::terms_mut).collect(),
            Self::Near(near, _) => near.iter_mut().collect(),
            Self::In(_, clause) => clause.terms_mut(),
            Self::Not(_) | Self::Only(_) => Vec::new(),
        }
    }
}
