//! The plain reference: what a query finds, worked out unit by unit from the texts.
//!
//! It knows the documents, the folding and the meaning of a clause, and nothing of tantivy, shelves, postings or ranking.

use std::collections::BTreeMap;
use std::ops::Range;

use celan::document::Document;
use celan::document::kind::Kind;
use celan::document::node::{Node, NodeIndex};
use celan::query::address::{self, Target};
use celan::query::{Clause, Filter, Part, Reach, Term};
use celan::search::{Count, Facets, Scope};
use celan::text::fold::{Folded, fold, folded};

/// All units of some documents.
pub(crate) struct Reference<'documents> {
    documents: Vec<&'documents Document>,
    units: Vec<Unit>,
}

struct Unit {
    document: usize,
    node: NodeIndex,
    folding: Folded,
    /// Bytes of the original unit that are its title, or the name of its indicator.
    title: Option<Range<usize>>,
}

/// A place in the folded text, and the number of its term within a group of terms.
type Place = (Range<usize>, usize);

/// What a query finds at one level.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The places of the original unit, by document and node.
    pub(crate) highlights: BTreeMap<(String, usize), Vec<Range<usize>>>,
    pub(crate) occurrences: usize,
}

/// Where, and with what, a clause is held against a unit.
#[derive(Clone, Copy)]
struct Sight {
    synonyms: bool,
    part: Option<Part>,
}

impl<'documents> Reference<'documents> {
    pub(crate) fn of(documents: impl IntoIterator<Item = &'documents Document>) -> Self {
        let documents: Vec<_> = documents.into_iter().collect();
        let units = documents.iter().enumerate().flat_map(|(number, document)| {
            document.walk().map(move |(node, own)| Unit {
                document: number,
                node,
                folding: fold(document.unit_text(own)),
                title: title(document, node, own),
            })
        });
        Self { units: units.collect(), documents }
    }

    /// What is found as typed, what is found only by synonyms, and the counts of the former.
    pub(crate) fn find(&self, clause: &Clause, scope: Option<&Scope>) -> (Found, Found, Facets) {
        let (mut typed, mut further, mut facets) = (Found::default(), Found::default(), Facets::default());
        for unit in self.units.iter().filter(|unit| self.is_within(unit, scope)) {
            if let Some(places) = self.holds(unit, clause, Sight { synonyms: false, part: None }) {
                let count = Count { units: 1, occurrences: typed.note(self, unit, places) };
                self.count(unit, count, &mut facets);
            } else if let Some(places) = self.holds(unit, clause, Sight { synonyms: true, part: None }) {
                further.note(self, unit, places);
            }
        }
        facets.documents.sort_by(|left, right| left.0.cmp(&right.0));
        facets.chapters.sort_by(|left, right| (&left.0, left.1).cmp(&(&right.0, right.1)));
        (typed, further, facets)
    }

    fn is_within(&self, unit: &Unit, scope: Option<&Scope>) -> bool {
        let Some(scope) = scope else { return true };
        let document = self.documents[unit.document];
        let root = || document.walk().find(|(_, node)| node.address == scope.address).map(|(index, _)| index);
        document.id == scope.document
            && (scope.address.0.is_empty() || root().is_some_and(|root| is_under(document, unit.node, root)))
    }

    fn count(&self, unit: &Unit, count: Count, facets: &mut Facets) {
        let document = self.documents[unit.document];
        let top = document.path(unit.node)[0];
        match facets.documents.iter_mut().find(|(id, _)| *id == document.id) {
            Some((_, sum)) => add(sum, count),
            None => facets.documents.push((document.id.clone(), count)),
        }
        match facets.chapters.iter_mut().find(|(id, node, _)| *id == document.id && *node == top) {
            Some((.., sum)) => add(sum, count),
            None => facets.chapters.push((document.id.clone(), top, count)),
        }
    }

    /// The places because of which the unit fulfils the clause; none where it does not.
    fn holds(&self, unit: &Unit, clause: &Clause, sight: Sight) -> Option<Vec<Place>> {
        match clause {
            Clause::Term(term) => Some(places(unit, term, 0, sight)).filter(|places| !places.is_empty()),
            Clause::All(clauses) => {
                let parts: Option<Vec<_>> = clauses.iter().map(|clause| self.holds(unit, clause, sight)).collect();
                Some(parts?.concat())
            }
            Clause::Any(clauses) => {
                let parts: Vec<_> = clauses.iter().filter_map(|clause| self.holds(unit, clause, sight)).collect();
                (!parts.is_empty()).then(|| parts.concat())
            }
            Clause::Not(clause) => {
                let held = self.holds(unit, clause, Sight { synonyms: false, ..sight });
                held.is_none().then(Vec::new)
            }
            Clause::Near(terms, reach) => near(unit, terms, *reach, sight),
            Clause::In(part, clause) => self.holds(unit, clause, Sight { part: Some(*part), ..sight }),
            Clause::Only(filter) => self.fits(unit, filter).then(Vec::new),
        }
    }

    fn fits(&self, unit: &Unit, filter: &Filter) -> bool {
        let document = self.documents[unit.document];
        let metadata = &document.metadata;
        let holds = |field: Option<&str>, text: &str| field.is_some_and(|field| folded(field).contains(text));
        match filter {
            Filter::Heading(text) => document.path(unit.node).into_iter().any(|node| {
                let own = document.node(node).unwrap();
                let title = title(document, node, own).filter(|_| is_heading(document, node));
                title.is_some_and(|title| folded(&document.unit_text(own)[..title.end]).contains(text))
            }),
            Filter::Within(pattern) => match address::resolve(document, pattern) {
                None => false,
                Some(Target::Document) => true,
                Some(Target::Node(root) | Target::Sentence { node: root, .. }) => is_under(document, unit.node, root),
            },
            Filter::Number(text) => holds(metadata.document_number.as_deref(), text),
            Filter::Issuer(text) => holds(metadata.issuer.as_deref(), text),
            Filter::Region(text) => holds(metadata.region.as_deref(), text),
            Filter::Genre(text) => holds(metadata.genre.as_deref(), text),
            Filter::Document(text) => holds(Some(&metadata.title), text),
            Filter::Year(years) => metadata.year().is_some_and(|year| years.contains(&year)),
        }
    }
}

impl Found {
    fn note(&mut self, reference: &Reference<'_>, unit: &Unit, places: Vec<Place>) -> usize {
        let folded = joined(places.into_iter().map(|(place, _)| place).collect());
        let occurrences = folded.len();
        let original = folded.into_iter().map(|place| unit.folding.original(place)).collect();
        let document = reference.documents[unit.document].id.as_str().to_owned();
        self.highlights.insert((document, unit.node.0), joined(original));
        self.occurrences += occurrences;
        occurrences
    }
}

/// Whether a node is another one or stands below it.
fn is_under(document: &Document, node: NodeIndex, root: NodeIndex) -> bool {
    document.path(node).contains(&root)
}

fn add(sum: &mut Count, count: Count) {
    sum.units += count.units;
    sum.occurrences += count.occurrences;
}

/// Whether a node is a heading; 项 and 目 of an article are parts of it.
fn is_heading(document: &Document, node: NodeIndex) -> bool {
    let kind = |node| document.node(node).unwrap().kind;
    let in_article = || document.path(node).into_iter().any(|above| kind(above) == Kind::Article);
    match kind(node) {
        Kind::Front | Kind::Clause | Kind::Table | Kind::Row | Kind::Bullet | Kind::Paragraph => false,
        Kind::Item | Kind::Subitem => !in_article(),
        Kind::Part | Kind::Chapter | Kind::Section | Kind::Measure | Kind::Article | Kind::Box | Kind::Annex => true,
    }
}

/// The title of a unit, or the name of its indicator, in bytes of the unit.
fn title(document: &Document, index: NodeIndex, node: &Node) -> Option<Range<usize>> {
    let indicator = || {
        let indicator = document.indicators.iter().find(|indicator| indicator.node == index && !indicator.name.is_empty())?;
        node.cells.iter().find(|cell| cell.text.contains(&indicator.name)).map(|cell| cell.span.clone())
    };
    let span = node.title_span.clone().or_else(indicator).filter(|span| !span.is_empty())?;
    let start = document.unit_start(node);
    Some(span.start - start..span.end - start)
}

/// The places of a term in a unit: of what counts as typed, then of synonyms where nothing stands already.
fn places(unit: &Unit, term: &Term, number: usize, sight: Sight) -> Vec<Place> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let all = |form: &str| {
        let places = unit.folding.text.match_indices(form).map(|(start, found)| start..start + found.len());
        places.filter(|place| is_in(unit, place, sight.part)).collect::<Vec<_>>()
    };
    term.typed_forms().for_each(|form| found.extend(all(form)));
    for form in term.synonyms().filter(|_| sight.synonyms) {
        let free = |place: &Range<usize>| found.iter().all(|known| known.end <= place.start || place.end <= known.start);
        let further: Vec<_> = all(&form.folded).into_iter().filter(free).collect();
        found.extend(further);
    }
    found.into_iter().map(|place| (place, number)).collect()
}

fn is_in(unit: &Unit, place: &Range<usize>, part: Option<Part>) -> bool {
    let original = unit.folding.original(place.clone());
    match (part, &unit.title) {
        (None, _) | (Some(Part::Body), None) => true,
        (Some(Part::Title), Some(title)) => title.start <= original.start && original.end <= title.end,
        (Some(Part::Title), None) => false,
        (Some(Part::Body), Some(title)) => original.end <= title.start || title.end <= original.start,
    }
}

/// The places that stand close enough to places of all the terms.
fn near(unit: &Unit, terms: &[Term], reach: Reach, sight: Sight) -> Option<Vec<Place>> {
    let text = &unit.folding.text;
    let all: Vec<Place> = terms.iter().enumerate().flat_map(|(number, term)| places(unit, term, number, sight)).collect();
    // A number for every byte; places with the same number are close to one another.
    let mut stretch = vec![0; text.len() + 1];
    let mut number = 0;
    let mut bare = 0;
    for (at, character) in text.char_indices() {
        let is_covered = all.iter().any(|(place, _)| place.contains(&at));
        if let (Reach::Characters(most), true) = (reach, is_covered) {
            number += usize::from(bare > most);
        }
        bare = if is_covered { 0 } else { bare + 1 };
        stretch[at] = number;
        number += usize::from(reach == Reach::Sentence && matches!(character, '。' | '!' | '?'));
    }
    let close = |place: &Place| {
        let with = |number: usize| all.iter().any(|(other, own)| *own == number && stretch[other.start] == stretch[place.0.start]);
        (0..terms.len()).all(with)
    };
    let kept: Vec<Place> = all.iter().filter(|place| close(place)).cloned().collect();
    (!kept.is_empty()).then_some(kept)
}

/// Ranges that overlap as one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}
