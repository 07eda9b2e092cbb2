//! What a search found, made ready for showing: sections of items, the places in reading order, and what an explanation needs.
//!
//! What was typed comes first. Units with synonyms, what another reading finds, nearby strings and related units follow, each in a
//! section with a heading. How the sections become rows of a list is the matter of `listing`, one line of a unit that of `snippet`.

use std::ops::Range;
use std::sync::Arc;

use super::event::Answer;
use super::shelf::Shelf;
use crate::analysis::explained;
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::library::{self, Extent, Instead, Suggestion, Target};
use crate::query::Query;
use crate::search::{Explanation, Further, Hit, Response};

/// The answer to the newest search that was answered.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// What was typed.
    pub typed: String,
    /// What was looked for instead, where that was done.
    pub sought: Option<String>,
    /// How many units hold what was typed.
    pub units: usize,
    /// At how many places.
    pub occurrences: usize,
    /// The items in sections, in the order in which they are shown.
    pub sections: Vec<Section>,
    /// What can be selected.
    pub items: Vec<Item>,
    /// The places of all units that are answers, those with synonyms among them, in reading order.
    pub places: Vec<FoundPlace>,
    /// How many of these places are in units with synonyms only.
    pub by_synonym: usize,
    /// The queries that were asked, each with how it was carried out: what was typed, then what was looked for instead.
    pub asked: Vec<Asked>,
    /// Whether there are more units than items.
    pub is_partial: bool,
    /// Why nothing could be looked for, where that is so.
    pub failure: Option<String>,
}

/// A query that was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How what was typed was read, where it was read otherwise.
    pub reading: Option<String>,
    /// The query.
    pub query: Query,
    /// How it was carried out.
    pub explanation: Explanation,
}

/// A stretch of items and what stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What stands above; empty for nothing.
    pub heading: String,
    /// What is said there.
    pub tone: Tone,
    /// The items.
    pub items: Range<usize>,
}

/// What a line above items says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What follows.
    Heading,
    /// That there is nothing, or that something was read otherwise than it may have been meant.
    Notice,
}

/// Something that can be selected.
#[derive(Debug, Clone)]
pub enum Item {
    /// A unit to read.
    Unit(Entry),
    /// A string to search for.
    Suggestion(Suggestion),
}

/// One unit that was found.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its document.
    pub document: Arc<Document>,
    /// The unit.
    pub node: NodeIndex,
    /// What was found in it: bytes of the document's text.
    pub highlights: Vec<Range<usize>>,
    /// Why it is here.
    pub role: Role,
    /// The hit with its score, none for the place that was typed; and which of the queries it answers.
    pub hit: Option<(Hit, usize)>,
}

/// Why a unit is among the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its address was typed.
    Place,
    /// It holds what was looked for.
    Found,
    /// It holds a synonym.
    Synonym,
    /// It holds some of the words.
    Related,
}

/// One place that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPlace {
    /// The document's place on the shelf.
    pub shelf: usize,
    /// The unit.
    pub node: NodeIndex,
    /// The bytes of the document's text.
    pub span: Range<usize>,
}

impl Results {
    /// Makes an answer ready, its words in `language`; a hit whose document is not there is left out.
    #[must_use]
    pub fn new(answer: Answer, shelf: &Shelf, language: Language) -> Self {
        let empty = Self { typed: answer.typed, ..Self::default() };
        let found = match answer.outcome {
            Ok(found) => found,
            Err(failure) => return Self { failure: Some(failure), ..empty },
        };
        let mut results = Self {
            units: found.response.total,
            occurrences: found.response.occurrences,
            sought: found.instead.as_ref().map(|instead| instead.query.typed.clone()),
            is_partial: is_partial(&found.response) || found.instead.as_ref().is_some_and(|other| is_partial(&other.response)),
            ..empty
        };
        let mut filler = Filler { results: &mut results, documents: &answer.documents, language, asked: 0 };
        filler.fill(found);
        results.find_places(shelf);
        results
    }

    /// The unit that an item is; none where it is something else.
    #[must_use]
    pub fn entry(&self, item: usize) -> Option<&Entry> {
        match self.items.get(item)? {
            Item::Unit(entry) => Some(entry),
            Item::Suggestion(_) => None,
        }
    }

    /// The places in one document, in order.
    pub fn spans_in(&self, document: usize) -> impl Iterator<Item = &Range<usize>> {
        self.places.iter().filter(move |place| place.shelf == document).map(|place| &place.span)
    }

    fn find_places(&mut self, shelf: &Shelf) {
        let mut places = Vec::new();
        for item in &self.items {
            let Item::Unit(entry) = item else { continue };
            let Some(shelf) = shelf.position(&entry.document.id) else { continue };
            if matches!(entry.role, Role::Found | Role::Synonym) {
                places.extend(entry.highlights.iter().map(|span| FoundPlace { shelf, node: entry.node, span: span.clone() }));
            }
            if entry.role == Role::Synonym {
                self.by_synonym += entry.highlights.len();
            }
        }
        places.sort_by_key(|place| (place.shelf, place.span.start, place.span.end));
        self.places = places;
    }
}

const fn is_partial(response: &Response) -> bool {
    response.total > response.hits.len() || response.synonyms.total > response.synonyms.hits.len()
}

/// Puts an answer into sections.
struct Filler<'a> {
    results: &'a mut Results,
    documents: &'a [Arc<Document>],
    language: Language,
    /// Which of the queries the hits that are added answer.
    asked: usize,
}

impl Filler<'_> {
    fn fill(&mut self, found: library::Answer) {
        let language = self.language;
        for reading in &found.query.readings {
            self.say(reading.say(language), Tone::Notice);
        }
        let offers_related = found.offers_related();
        let is_nothing = found.response.total == 0 && found.response.synonyms.total == 0;
        let nothing = is_nothing.then(|| found.nothing(Extent::Library, language));
        let library::Answer { query, place, response, instead, suggestions, .. } = found;
        if let Some(place) = place {
            self.add_place(place);
        }
        self.results.asked.extend(response.explanation.map(|explanation| Asked { reading: None, query, explanation }));
        let is_first = self.results.sections.is_empty();
        let heading = if is_first { "" } else { language.pick("含所输文字的单元", "units with what was typed") };
        self.add_hits(if response.total > 0 { heading } else { "" }, &response.hits, Role::Found);
        if let Some(nothing) = nothing {
            self.say(nothing, Tone::Notice);
        }
        self.add_synonyms(&response.synonyms);
        if let Some(instead) = instead {
            self.add_instead(instead);
        }
        self.suggest(suggestions);
        if offers_related {
            self.asked = 0;
            self.add_related(&response.related);
        }
    }

    fn add_instead(&mut self, instead: Instead) {
        let language = self.language;
        let reading = instead.reading(language);
        let Instead { query, response, .. } = instead;
        self.asked = self.results.asked.len();
        let told = response.explanation.map(|explanation| Asked { reading: Some(reading.clone()), query, explanation });
        self.results.asked.extend(told);
        let (units, places) = (response.total, response.occurrences);
        let counted = match (units, response.synonyms.total) {
            (0, 0) => language.pick("没有一个单元全部含有", "no unit has all of it").to_owned(),
            _ => count(units, places, language),
        };
        let heading = format!("{reading}{}{counted}", language.pick("：", ": "));
        if response.hits.is_empty() {
            self.say(heading, Tone::Heading);
        } else {
            self.add_hits(&heading, &response.hits, Role::Found);
        }
        self.add_synonyms(&response.synonyms);
        self.add_related(&response.related);
    }

    fn add_place(&mut self, place: Target) {
        let Target { document, node, sentence } = place;
        let entry = Entry {
            document,
            node: node.unwrap_or(NodeIndex(0)),
            highlights: sentence.into_iter().collect(),
            role: Role::Place,
            hit: None,
        };
        self.results.items.push(Item::Unit(entry));
        self.close(self.language.pick("位置", "the place").to_owned(), Tone::Heading, 1);
    }

    fn add_synonyms(&mut self, synonyms: &Further) {
        if let Some(heading) = explained::further(synonyms, self.language) {
            self.add_hits(&heading, &synonyms.hits, Role::Synonym);
        }
    }

    fn add_related(&mut self, related: &[Hit]) {
        let heading = self.language.pick("相近（只含部分文字）", "related (some of the words)");
        self.add_hits(heading, related, Role::Related);
    }

    fn suggest(&mut self, suggestions: Vec<Suggestion>) {
        let sought = self.results.sought.as_deref();
        let others: Vec<Item> =
            suggestions.into_iter().filter(|other| Some(other.text.as_str()) != sought).map(Item::Suggestion).collect();
        let added = others.len();
        self.results.items.extend(others);
        if added > 0 {
            self.close(
                self.language.pick("文库中相近的词（Enter 检索）", "the library has (Enter searches)").to_owned(),
                Tone::Heading,
                added,
            );
        }
    }

    fn add_hits(&mut self, heading: &str, hits: &[Hit], role: Role) {
        let before = self.results.items.len();
        let entries = hits.iter().filter_map(|hit| Entry::new(hit, self.documents, role, self.asked));
        self.results.items.extend(entries.map(Item::Unit));
        let added = self.results.items.len() - before;
        if added > 0 {
            self.close(heading.to_owned(), Tone::Heading, added);
        }
    }

    fn say(&mut self, text: String, tone: Tone) {
        self.close(text, tone, 0);
    }

    /// Makes a section of the last items.
    fn close(&mut self, heading: String, tone: Tone, items: usize) {
        let end = self.results.items.len();
        self.results.sections.push(Section { heading, tone, items: end - items..end });
    }
}

/// So many units and places, shortly.
#[must_use]
pub fn count(units: usize, places: usize, language: Language) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (many_units, many_places) = (plural(units), plural(places));
    let (chinese, english) =
        (format!("{units} 个单元 · {places} 处"), format!("{units} unit{many_units} · {places} place{many_places}"));
    language.pick(chinese.as_str(), english.as_str()).to_owned()
}

impl Entry {
    fn new(hit: &Hit, documents: &[Arc<Document>], role: Role, asked: usize) -> Option<Self> {
        let document = documents.iter().find(|document| document.id == hit.document)?;
        let start = document.unit_start(document.node(hit.node)?);
        let highlights = hit.highlights.iter().map(|range| start + range.start..start + range.end).collect();
        Some(Self { document: Arc::clone(document), node: hit.node, highlights, role, hit: Some((hit.clone(), asked)) })
    }
}
