//! Counts: how often something is said where, as tables of one or more terms by chapter, document, year or region.
//!
//! Takes the [`Facets`] of a search for each term and what is known of the documents, gives a [`Row`] for each group. Every hit is
//! counted in exactly one group, so that a column adds up to the totals of its search. Drawing is left to the faces, CSV and JSON
//! to `export`.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::{Address, DocumentId, Locator};
use crate::document::metadata::Metadata;
use crate::document::node::NodeIndex;
use crate::search::{Count, Facets};
use crate::text::fold;

/// What a row of counts stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// A top-level heading of a document: 章, 编, 一、.
    Chapter,
    /// A document.
    Document,
    /// The year in which documents were signed.
    Year,
    /// The region that documents apply to.
    Region,
}

impl Grouping {
    /// Every grouping.
    pub const ALL: [Self; 4] = [Self::Chapter, Self::Document, Self::Year, Self::Region];

    /// The language-free name used in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chapter => "chapter",
            Self::Document => "document",
            Self::Year => "year",
            Self::Region => "region",
        }
    }

    /// The grouping of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grouping| grouping.name() == name)
    }
}

/// Terms × groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the rows stand for.
    pub grouping: Grouping,
    /// What was looked for, in the order typed.
    pub terms: Vec<Term>,
    /// The groups, in the order of the library.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The query as typed.
    pub typed: String,
    /// How much there is in all: the sum of its counts.
    pub total: Count,
}

/// A group with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub label: Label,
    /// Where it is: a heading or a document; none for years and regions.
    pub locator: Option<Locator>,
    /// The same as official documents cite it; empty where there is no locator.
    pub citation: String,
    /// A count for each term.
    pub counts: Vec<Count>,
}

/// The name of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// As the documents have it: a heading, a title, a year, a region.
    Named(String),
    /// Everything before the first heading of a document.
    Front,
    /// The whole of a document that has no headings.
    Text,
    /// Documents that do not say their year or region.
    Unknown,
}

impl Label {
    /// The name in data, the same in every language.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::Front => "front",
            Self::Text => "text",
            Self::Unknown => "unknown",
        }
    }
}

/// Which groups get a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Those in which any of the terms occurs.
    Found,
    /// All of them: that a chapter does not speak of something is a finding too.
    All,
}

/// The sum of the counts by document.
#[must_use]
pub fn total(facets: &Facets) -> Count {
    facets.documents.iter().fold(Count::default(), |sum, (_, count)| plus(sum, *count))
}

fn plus(one: Count, other: Count) -> Count {
    Count { units: one.units + other.units, occurrences: one.occurrences + other.occurrences }
}

/// The rows by chapter: `documents` are those that the counts speak of, in order.
#[must_use]
pub fn by_chapter<'d>(facets: &[Facets], documents: impl IntoIterator<Item = &'d Document>, keep: Keep) -> Vec<Row> {
    let mut counted: BTreeMap<&DocumentId, Vec<(usize, NodeIndex, Count)>> = BTreeMap::new();
    for (term, facets) in facets.iter().enumerate() {
        for (document, node, count) in &facets.chapters {
            counted.entry(document).or_default().push((term, *node, *count));
        }
    }
    let mut rows = Vec::new();
    for document in documents {
        let (starts, mut chapters): (Vec<_>, Vec<_>) = divisions(document, facets.len()).into_iter().unzip();
        for (term, node, count) in counted.get(&document.id).into_iter().flatten() {
            let division = starts.partition_point(|start| start <= node).saturating_sub(1);
            if let Some(sum) = chapters.get_mut(division).and_then(|row: &mut Row| row.counts.get_mut(*term)) {
                *sum = plus(*sum, *count);
            }
        }
        rows.extend(chapters.into_iter().filter(|row| keep == Keep::All || occurs(&row.counts)));
    }
    rows
}

/// What a document is divided into at its top level, each with the node that it begins with: headings, with what follows them up to
/// the next; before the first heading the front.
fn divisions(document: &Document, terms: usize) -> Vec<(NodeIndex, Row)> {
    let row = |label, index: NodeIndex| {
        let locator = document.node(index).map(|node| document.locator(node));
        (index, Row { label, locator, citation: document.citation(index), counts: vec![Count::default(); terms] })
    };
    let headings: Vec<_> = document.children(None).filter(|(_, node)| is_heading(node.kind)).map(|(index, _)| index).collect();
    let named = headings.iter().map(|index| row(Label::Named(document.name_in_words(*index)), *index));
    let first = NodeIndex(0);
    match headings.first() {
        None => {
            let locator = Some(Locator { document: document.id.clone(), address: Address::default() });
            vec![(first, Row { locator, citation: document.official_name(), ..row(Label::Text, first).1 })]
        }
        Some(heading) if *heading > first => std::iter::once(row(Label::Front, first)).chain(named).collect(),
        Some(_) => named.collect(),
    }
}

/// Whether a node at the top level opens a division of its document.
const fn is_heading(kind: Kind) -> bool {
    match kind {
        Kind::Part
        | Kind::Chapter
        | Kind::Section
        | Kind::Measure
        | Kind::Item
        | Kind::Subitem
        | Kind::Article
        | Kind::Box
        | Kind::Annex => true,
        Kind::Front | Kind::Clause | Kind::Table | Kind::Row | Kind::Bullet | Kind::Paragraph => false,
    }
}

/// The rows by document; `heads` are the documents of the library, in order.
#[must_use]
pub fn by_document<'m>(facets: &[Facets], heads: impl IntoIterator<Item = (&'m DocumentId, &'m Metadata)>, keep: Keep) -> Vec<Row> {
    let row = |(id, metadata, counts): (&DocumentId, &Metadata, Vec<Count>)| Row {
        label: Label::Named(metadata.title.clone()),
        locator: Some(Locator { document: id.clone(), address: Address::default() }),
        citation: metadata.official_name(),
        counts,
    };
    let kept = columns(facets, heads).into_iter().filter(|(_, _, counts)| keep == Keep::All || occurs(counts));
    kept.map(row).collect()
}

/// The rows by year, rising, documents without one last. Every year of `heads` has a row, so that a series has no gaps but those of
/// the library.
#[must_use]
pub fn by_year<'m>(facets: &[Facets], heads: impl IntoIterator<Item = (&'m DocumentId, &'m Metadata)>) -> Vec<Row> {
    grouped(facets, heads, |metadata| year(metadata).map(|year| year.to_string()))
}

/// The rows by region, in the order of their names, documents without one last; those in which any of the terms occurs.
#[must_use]
pub fn by_region<'m>(facets: &[Facets], heads: impl IntoIterator<Item = (&'m DocumentId, &'m Metadata)>) -> Vec<Row> {
    let mut rows = grouped(facets, heads, |metadata| metadata.region.clone());
    rows.retain(|row| occurs(&row.counts));
    rows
}

/// The year of a document: that of its date, else that of its 文号 (湘政办发〔2021〕57号).
#[must_use]
pub fn year(metadata: &Metadata) -> Option<u16> {
    metadata.date.map(|date| date.year).or_else(|| {
        let number = fold::folded(metadata.document_number.as_deref()?);
        let (_, after) = number.split_once('(')?;
        let (year, _) = after.split_once(')')?;
        year.parse().ok().filter(|year| (1000..=9999).contains(year))
    })
}

fn grouped<'m>(
    facets: &[Facets],
    heads: impl IntoIterator<Item = (&'m DocumentId, &'m Metadata)>,
    name: impl Fn(&Metadata) -> Option<String>,
) -> Vec<Row> {
    let mut groups: BTreeMap<(bool, Option<String>), Vec<Count>> = BTreeMap::new();
    for (_, metadata, counts) in columns(facets, heads) {
        let name = name(metadata);
        let sums = groups.entry((name.is_none(), name)).or_insert_with(|| vec![Count::default(); facets.len()]);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum = plus(*sum, count);
        }
    }
    let row = |((_, name), counts): ((bool, Option<String>), Vec<Count>)| Row {
        label: name.map_or(Label::Unknown, Label::Named),
        locator: None,
        citation: String::new(),
        counts,
    };
    groups.into_iter().map(row).collect()
}

/// For each document its count of every term.
fn columns<'m>(
    facets: &[Facets],
    heads: impl IntoIterator<Item = (&'m DocumentId, &'m Metadata)>,
) -> Vec<(&'m DocumentId, &'m Metadata, Vec<Count>)> {
    let counted: Vec<BTreeMap<&DocumentId, Count>> =
        facets.iter().map(|facets| facets.documents.iter().map(|(id, count)| (id, *count)).collect()).collect();
    let counts = |id: &DocumentId| counted.iter().map(|counted| counted.get(id).copied().unwrap_or_default()).collect();
    heads.into_iter().map(|(id, metadata)| (id, metadata, counts(id))).collect()
}

fn occurs(counts: &[Count]) -> bool {
    counts.iter().any(|count| count.units > 0)
}
