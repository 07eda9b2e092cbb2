//! Whether a unit fulfils a query, and where: the check that every hit passes, whatever proposed it.

mod near;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::error::IndexError;
use super::needle::Needle;
use super::open::Index;
use super::shelf::Unit;
use super::shelf::records::Standing;
use crate::document::locator::DocumentId;
use crate::query::address::{self, Pattern, Target};
use crate::query::{Clause, Filter, Part, Reach, Term};
use crate::search::Scope;

/// A query, ready to be held against many units.
pub(super) struct Matcher<'query> {
    root: Test<'query>,
}

/// How far a unit may go in place of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Only what was typed, in any figures.
    Typed,
    /// Synonyms as well.
    Synonyms,
}

/// A place in a folded unit where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The number of the term in the query.
    pub(super) term: usize,
    /// 0 for what was typed, else which of the synonyms, from 1.
    pub(super) synonym: usize,
}

impl Place {
    pub(super) const fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Sorted ranges as ranges that do not overlap.
pub(super) fn merged(places: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for place in places {
        match ranges.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => ranges.push(place),
        }
    }
    ranges
}

enum Test<'query> {
    Term(Sought<'query>),
    All(Vec<Test<'query>>),
    Any(Vec<Test<'query>>),
    Not(Box<Test<'query>>),
    Near(Vec<Sought<'query>>, Reach),
    In(Part, Box<Test<'query>>),
    Heading(Box<Needle<'query>>),
    Documents(BTreeSet<(u32, u32)>),
    Within(Box<Subtrees<'query>>),
}

/// One term with all its forms.
struct Sought<'query> {
    number: usize,
    typed: Vec<Needle<'query>>,
    synonyms: Vec<Needle<'query>>,
}

/// An address, and the nodes that it means in each document that it was looked up in.
struct Subtrees<'query> {
    pattern: &'query Pattern,
    known: Mutex<BTreeMap<(u32, u32), Range<usize>>>,
}

impl<'query> Matcher<'query> {
    pub(super) fn new(clause: &'query Clause, index: &'query Index) -> Result<Self, IndexError> {
        Ok(Self { root: Test::new(clause, index, &mut 0)? })
    }

    /// Whether the unit fulfils the query; `places` then holds where its terms stand.
    pub(super) fn test(&self, unit: &Unit<'_>, level: Level, places: &mut Vec<Place>) -> Result<bool, IndexError> {
        places.clear();
        self.root.holds(unit, level, None, places)
    }
}

impl<'query> Test<'query> {
    fn new(clause: &'query Clause, index: &'query Index, terms: &mut usize) -> Result<Self, IndexError> {
        let mut all = |clauses: &'query [Clause]| {
            let mut tests = clauses.iter().map(|clause| Self::new(clause, index, terms)).collect::<Result<Vec<_>, _>>()?;
            // What is cheap to find out comes first.
            tests.sort_by_key(Self::cost);
            Ok::<_, IndexError>(tests)
        };
        Ok(match clause {
            Clause::Term(term) => Self::Term(Sought::new(term, terms)),
            Clause::All(clauses) => Self::All(all(clauses)?),
            Clause::Any(clauses) => Self::Any(all(clauses)?),
            // The terms of a negation have no places: their numbers are of no account.
            Clause::Not(clause) => Self::Not(Box::new(Self::new(clause, index, &mut 0)?)),
            Clause::Near(near, reach) => Self::Near(near.iter().map(|term| Sought::new(term, terms)).collect(), *reach),
            Clause::In(part, clause) => Self::In(*part, Box::new(Self::new(clause, index, terms)?)),
            Clause::Only(filter) => Self::filter(filter, index)?,
        })
    }

    fn filter(filter: &'query Filter, index: &'query Index) -> Result<Self, IndexError> {
        Ok(match filter {
            Filter::Heading(heading) => Self::Heading(Box::new(Needle::new(heading))),
            Filter::Within(pattern) => Self::Within(Box::new(Subtrees { pattern, known: Mutex::default() })),
            Filter::Number(_)
            | Filter::Issuer(_)
            | Filter::Year(_)
            | Filter::Region(_)
            | Filter::Genre(_)
            | Filter::Document(_) => Self::Documents(index.documents_that(filter)?),
        })
    }

    fn cost(&self) -> u8 {
        match self {
            Self::Documents(_) => 0,
            Self::Term(_) => 1,
            Self::In(..) | Self::All(_) | Self::Any(_) => 2,
            Self::Not(_) => 3,
            Self::Near(..) => 4,
            Self::Heading(_) => 5,
            Self::Within(_) => 6,
        }
    }

    /// Whether the unit fulfils the test; the places that make it so are put at the end of `places`.
    fn holds(&self, unit: &Unit<'_>, level: Level, part: Option<Part>, places: &mut Vec<Place>) -> Result<bool, IndexError> {
        let before = places.len();
        let holds = match self {
            Self::Term(term) => term.find(unit, level, part, places),
            Self::All(tests) => {
                let mut all = true;
                for test in tests {
                    all = all && test.holds(unit, level, part, places)?;
                }
                all
            }
            Self::Any(tests) => {
                let mut any = false;
                for test in tests {
                    any |= test.holds(unit, level, part, places)?;
                }
                any
            }
            Self::Not(test) => {
                let holds = test.holds(unit, Level::Typed, part, places)?;
                places.truncate(before);
                !holds
            }
            Self::Near(terms, reach) => {
                let mut found = Vec::new();
                let all = terms.iter().all(|term| term.find(unit, level, part, &mut found));
                all && near::keep(&mut found, unit.folded, terms.len(), *reach) && {
                    places.append(&mut found);
                    true
                }
            }
            Self::In(part, test) => test.holds(unit, level, Some(*part), places)?,
            Self::Heading(needle) => is_under(unit, needle),
            Self::Documents(documents) => {
                unit.shelf.document_of(unit.ordinal).is_some_and(|(document, _)| documents.contains(&(unit.shelf.number, document)))
            }
            Self::Within(subtrees) => subtrees.hold(unit)?,
        };
        if !holds {
            places.truncate(before);
        }
        Ok(holds)
    }
}

impl<'query> Sought<'query> {
    fn new(term: &'query Term, terms: &mut usize) -> Self {
        let number = *terms;
        *terms += 1;
        let synonyms = term.synonyms().map(|form| Needle::new(&form.folded)).collect();
        Self { number, typed: term.typed_forms().map(Needle::new).collect(), synonyms }
    }

    /// Finds the term, in the given part of the unit where one is given.
    fn find(&self, unit: &Unit<'_>, level: Level, part: Option<Part>, places: &mut Vec<Place>) -> bool {
        let before = places.len();
        let synonyms = self.synonyms.iter().enumerate().map(|(at, needle)| (at + 1, needle));
        let synonyms = synonyms.filter(|_| level == Level::Synonyms);
        for (synonym, needle) in self.typed.iter().map(|needle| (0, needle)).chain(synonyms) {
            // A longer form may hold a synonym; the place is one place.
            let known = if synonym == 0 { Vec::new() } else { known(places.get_mut(before..).unwrap_or_default()) };
            for start in needle.places(unit.folded) {
                let end = start + needle.len();
                let next = known.get(known.partition_point(|one| one.end <= start));
                if next.is_none_or(|next| end <= next.start) && part.is_none_or(|part| is_in(unit, part, start..end)) {
                    places.push(Place { start, end, term: self.number, synonym });
                }
            }
        }
        places.len() > before
    }
}

/// Where the forms of a term have been found so far.
fn known(places: &mut [Place]) -> Vec<Range<usize>> {
    places.sort_unstable();
    merged(places.iter().map(Place::range))
}

/// Whether a place is in this part of the unit.
fn is_in(unit: &Unit<'_>, part: Part, place: Range<usize>) -> bool {
    let title = unit.title();
    match part {
        Part::Title => !title.is_empty() && title.start <= place.start && place.end <= title.end,
        Part::Body => place.end <= title.start || title.end <= place.start,
    }
}

/// Whether a unit, or one that it stands under, is a heading that holds the string.
fn is_under(unit: &Unit<'_>, heading: &Needle<'_>) -> bool {
    // The number and title alone: the text of a measure runs on after them.
    let line = |unit: Unit<'_>| {
        let is_heading = unit.record.standing == Standing::Measure && !unit.title().is_empty();
        is_heading && unit.folded.get(..unit.title().end).is_some_and(|line| heading.is_in(line))
    };
    std::iter::successors(Some(*unit), Unit::parent).any(line)
}

impl Subtrees<'_> {
    fn hold(&self, unit: &Unit<'_>) -> Result<bool, IndexError> {
        let Some((document, node)) = unit.shelf.document_of(unit.ordinal) else { return Ok(false) };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (unit.shelf.number, document);
        if let Some(nodes) = known.get(&key) {
            return Ok(nodes.contains(&node));
        }
        let nodes = self.nodes(unit, document)?;
        Ok(known.entry(key).or_insert(nodes).contains(&node))
    }

    /// The nodes of a document that the address means; none where it has no such place or is another one.
    fn nodes(&self, unit: &Unit<'_>, document: u32) -> Result<Range<usize>, IndexError> {
        let shelf = unit.shelf;
        let record = shelf.document_record(document).ok_or_else(|| shelf.damaged())?;
        if let Some(hint) = &self.pattern.document {
            let id = DocumentId::new(&String::from_utf8_lossy(shelf.id(&record)));
            if !hint.names(&id, &shelf.head(&record)?.metadata) {
                return Ok(0..0);
            }
        }
        let tree = shelf.document(&record)?;
        Ok(match address::resolve(&tree, self.pattern) {
            None => 0..0,
            Some(Target::Document) => 0..tree.nodes.len(),
            Some(Target::Node(node) | Target::Sentence { node, .. }) => {
                node.0..tree.node(node).map_or(node.0, |root| root.subtree_end.0)
            }
        })
    }
}

/// The part of a library that a scope leaves: a document of a shelf and a range of its nodes.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    shelf: u32,
    document: u32,
    nodes: Range<usize>,
}

impl Bounds {
    /// None where the library has no such place.
    pub(super) fn of(index: &Index, scope: &Scope) -> Result<Option<Self>, IndexError> {
        for shelf in &index.shelves {
            let Some(document) = shelf.find(scope.document.as_str()) else { continue };
            if scope.address.0.is_empty() {
                return Ok(Some(Self { shelf: shelf.number, document, nodes: 0..usize::MAX }));
            }
            let record = shelf.document_record(document).ok_or_else(|| shelf.damaged())?;
            let tree = shelf.document(&record)?;
            let node = tree.find(&scope.address);
            let nodes = node.and_then(|index| Some(index.0..tree.node(index)?.subtree_end.0));
            return Ok(nodes.map(|nodes| Self { shelf: shelf.number, document, nodes }));
        }
        Ok(None)
    }

    pub(super) fn hold(&self, unit: &Unit<'_>) -> bool {
        let inside = |(document, node)| document == self.document && self.nodes.contains(&node);
        unit.shelf.number == self.shelf && unit.shelf.document_of(unit.ordinal).is_some_and(inside)
    }
}
