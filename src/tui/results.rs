//! What a search found, made ready for showing: sections of items, the places in reading order, and what an explanation needs.
//!
//! What was typed comes first. Units with synonyms, what another reading finds, nearby strings and related units follow, each in a
//! section with a heading. How the sections become rows of a list is the matter of `listing`, one line of a unit that of `snippet`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::entry::{Entry, Reason, Role};
use super::event::Answer;
use super::grouping::{Group, Grouping, grouped};
use super::shelf::Shelf;
use crate::analysis::explained;
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::library::{self, Extent, Instead, Meant, Suggestion, Target};
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
    /// What stands above the items within the sections.
    pub groups: Vec<Group>,
    /// Whether there are more units than are known.
    pub is_partial: bool,
    /// Whether there are more units than are listed.
    pub is_cut: bool,
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

/// One place that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPlace {
    /// The document's place on the shelf.
    pub shelf: usize,
    /// The unit.
    pub node: NodeIndex,
    /// The bytes of the unit's text.
    pub within: Range<usize>,
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
            ..empty
        };
        for response in std::iter::once(&found.response).chain(found.instead.as_ref().map(|instead| &instead.response)) {
            results.is_partial |= is_partial(response);
            results.is_cut |= is_cut(response, answer.listed);
            results.find_places(response, shelf);
        }
        results.places.sort_by_key(|place| (place.shelf, place.node, place.within.start, place.within.end));
        let several = shelf.places().len() > 1;
        let (listed, documents) = (answer.listed, answer.excerpts.as_slice());
        let mut filler = Filler { results: &mut results, documents, language, asked: 0, listed, several, instead: None };
        filler.fill(found);
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
    pub fn places_in(&self, shelf: usize) -> impl Iterator<Item = &FoundPlace> {
        let first = self.places.partition_point(|place| place.shelf < shelf);
        self.places.iter().skip(first).take_while(move |place| place.shelf == shelf)
    }

    fn find_places(&mut self, response: &Response, shelf: &Shelf) {
        let mut known: Option<(&DocumentId, usize)> = None;
        for (hit, is_synonym) in
            response.hits.iter().map(|hit| (hit, false)).chain(response.synonyms.hits.iter().map(|hit| (hit, true)))
        {
            let place = known.filter(|(id, _)| **id == hit.document).map(|(_, place)| place);
            let Some(place) = place.or_else(|| shelf.position(&hit.document)) else { continue };
            known = Some((&hit.document, place));
            let places = hit.highlights.iter().map(|within| FoundPlace { shelf: place, node: hit.node, within: within.clone() });
            self.places.extend(places);
            self.by_synonym += if is_synonym { hit.highlights.len() } else { 0 };
        }
    }
}

impl FoundPlace {
    /// The bytes of the document's text.
    #[must_use]
    pub fn span(&self, document: &Document) -> Option<Range<usize>> {
        let start = document.unit_start(document.node(self.node)?);
        Some(start + self.within.start..start + self.within.end)
    }
}

const fn is_partial(response: &Response) -> bool {
    response.total > response.hits.len() || response.synonyms.total > response.synonyms.hits.len()
}

const fn is_cut(response: &Response, listed: usize) -> bool {
    is_partial(response) || response.hits.len() > listed || response.synonyms.hits.len() > listed
}

/// Puts an answer into sections.
struct Filler<'a> {
    results: &'a mut Results,
    documents: &'a [Arc<Document>],
    language: Language,
    /// Which of the queries the hits that are added answer.
    asked: usize,
    /// How many hits of each kind are listed.
    listed: usize,
    /// Whether the library has more than one document.
    several: bool,
    /// How what was typed was read otherwise, in a word, while hits of that are added.
    instead: Option<Reason>,
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
        let is_more = response.total > response.hits.len();
        self.add_hits(if response.total > 0 { heading } else { "" }, &response.hits, (Role::Found, is_more));
        if let Some(nothing) = nothing {
            self.say(nothing, Tone::Notice);
        }
        self.add_synonyms(&response.synonyms);
        if let Some(instead) = instead {
            self.instead = Some(match &instead.meant {
                Meant::Question(_) => Reason::Instead("问句", "question"),
                Meant::Pinyin => Reason::Instead("拼音", "pinyin"),
                Meant::Slip => Reason::Instead("近形", "typo"),
            });
            self.add_instead(instead);
            self.instead = None;
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
            let is_more = response.total > response.hits.len();
            self.add_hits(&heading, &response.hits, (Role::Found, is_more));
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
            reason: Reason::Place,
            below: 0,
            hit: None,
        };
        self.results.items.push(Item::Unit(entry));
        self.close(self.language.pick("位置", "the place").to_owned(), Tone::Heading, 1);
    }

    fn add_synonyms(&mut self, synonyms: &Further) {
        if let Some(heading) = explained::further(synonyms, self.language) {
            self.add_hits(&heading, &synonyms.hits, (Role::Synonym, synonyms.total > synonyms.hits.len()));
        }
    }

    fn add_related(&mut self, related: &[Hit]) {
        let heading = self.language.pick("相近（只含部分文字）", "related (some of the words)");
        self.add_hits(heading, related, (Role::Related, false));
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

    fn add_hits(&mut self, heading: &str, hits: &[Hit], (role, is_partial): (Role, bool)) {
        let before = self.results.items.len();
        let listed = if role == Role::Related { hits.len() } else { self.listed };
        let reason = |hit: &Hit| self.instead.filter(|_| role == Role::Found).unwrap_or(Reason::Matched(hit.matched));
        let entries = hits.iter().take(listed).filter_map(|hit| Entry::new(hit, self.documents, (role, reason(hit)), self.asked));
        let entries: Vec<Entry> = entries.collect();
        let mut found: BTreeMap<DocumentId, Vec<NodeIndex>> = BTreeMap::new();
        for hit in hits {
            found.entry(hit.document.clone()).or_default().push(hit.node);
        }
        let (entries, groups) = grouped(entries, Grouping { found: &found, is_partial, several: self.several }, before);
        self.results.groups.extend(groups);
        self.results.items.extend(entries.into_iter().map(Item::Unit));
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
