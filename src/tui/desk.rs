//! Where the slow work is done: searching, reading, gathering, exporting. What the library says becomes an event.
//!
//! Whether it is done at once or by a thread of its own is the matter of `worker`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::breadcrumb::step_name;
use super::effect::Job;
use super::event::{Answer, Event};
use super::exports::{Export, Exported, NoTray, Tray, Writing};
use super::gathering::{Gathered, Gathering, gather};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::DocumentId;
use crate::document::node::Node;
use crate::library::{self, Library, LibraryError};
use crate::query::{self, address};
use crate::search::{Details, Facets, Hit, Request};

/// Of so many chapters the names are told.
const MOST_CHAPTERS: usize = 400;

/// Where the work is done.
#[derive(Debug)]
pub struct Desk {
    library: Arc<Library>,
    language: Language,
    tray: Box<dyn Tray>,
}

impl Desk {
    /// A desk in a library; its exports go nowhere.
    #[must_use]
    pub fn new(library: Arc<Library>, language: Language) -> Self {
        Self { library, language, tray: Box::new(NoTray) }
    }

    /// The same with exports going into a tray.
    #[must_use]
    pub fn with_tray(self, tray: impl Tray + 'static) -> Self {
        Self { tray: Box::new(tray), ..self }
    }

    /// Answers a search.
    pub(super) fn search(&self, job: Job) -> Event {
        let details = Details { facets: job.facets, explanation: true };
        let request = Request { limit: job.limit, details, ..Request::of(query::parse(&job.typed)) };
        let answered = self.library.ask(request).map(|answer| self.placed(answer, &job.typed, job.open.as_ref()));
        let listed = answered.as_ref().map_or(job.listed, |answer| listable(answer, &job));
        let answered = answered.and_then(|answer| Ok((self.excerpts_of(&answer, listed)?, answer)));
        let (outcome, excerpts) = match answered {
            Ok((excerpts, answer)) => (Ok(answer), excerpts),
            Err(error) => (Err(error.in_language(self.language)), Vec::new()),
        };
        let chapters = outcome.as_ref().map(|answer| self.chapters_of(&answer.response.facets)).unwrap_or_default();
        Event::Answered(Box::new(Answer { generation: job.generation, typed: job.typed, outcome, listed, excerpts, chapters }))
    }

    /// The answer with the place in the open document that was typed, where it was an address that names no document.
    fn placed(&self, mut answer: library::Answer, typed: &str, open: Option<&DocumentId>) -> library::Answer {
        let find = || {
            let pattern = address::parse(typed.trim()).filter(|pattern| pattern.document.is_none())?;
            let document = self.library.document(open?).ok()?;
            let (node, sentence) = match address::resolve(&document, &pattern)? {
                address::Target::Document => (None, None),
                address::Target::Node(node) => (Some(node), None),
                address::Target::Sentence { node, span } => (Some(node), Some(span)),
            };
            Some(library::Target { document, node, sentence })
        };
        answer.place = answer.place.take().or_else(find);
        answer
    }

    fn excerpts_of(&self, answer: &library::Answer, listed: usize) -> Result<Vec<Arc<Document>>, LibraryError> {
        let responses = std::iter::once(&answer.response).chain(answer.instead.as_ref().map(|instead| &instead.response));
        let hits = responses.flat_map(|response| {
            response.hits.iter().take(listed).chain(response.synonyms.hits.iter().take(listed)).chain(&response.related)
        });
        let excerpts = self.library.excerpts(hits)?;
        Ok(excerpts.into_values().map(|excerpt| Arc::new(excerpt.spread())).collect())
    }

    /// The names of chapters: number and title; empty beyond the first so many.
    fn chapters_of(&self, facets: &Facets) -> Vec<String> {
        let mut names = Vec::new();
        for of_document in facets.chapters.chunk_by(|one, other| one.0 == other.0) {
            let Some((id, ..)) = of_document.first().filter(|_| names.len() < MOST_CHAPTERS) else { break };
            let document = self.library.glance(id).ok();
            let name = |node| document.as_ref().and_then(|document| document.node(node)).map(chapter_name).unwrap_or_default();
            names.extend(of_document.iter().map(|(_, node, _)| name(*node)));
        }
        names
    }

    /// Reads a document.
    pub(super) fn load(&self, id: DocumentId) -> Event {
        let document = self.library.document(&id).map_err(|error| error.in_language(self.language));
        Event::Loaded(id, document)
    }

    /// Gathers from some documents.
    pub(super) fn gather(&self, gathering: Gathering, documents: Range<usize>) -> Gathered {
        gather(&self.library, gathering, documents)
    }

    /// Begins an export: finds all that is to be in it.
    pub(super) fn begin_export(&self, export: Export) -> Result<Writing, String> {
        let answer = |typed: &str, open: Option<&DocumentId>| {
            let answer = self.library.ask(Request::of(query::parse(typed)))?;
            Ok(self.placed(answer, typed, open))
        };
        Writing::begin(export, answer).map_err(|error: LibraryError| error.in_language(self.language))
    }

    /// Goes on with an export by a few documents; once all is written it goes into the tray. Tells whether that is still to come.
    pub(super) fn go_on(&mut self, writing: &mut Writing) -> (Event, bool) {
        let outcome = match writing.go_on(&self.library) {
            Ok(None) => return (Event::Exported(writing.progress()), true),
            Ok(Some((name, bytes, units))) => self.tray.put(&name, &bytes).map(|path| Exported::Done { path, units }),
            Err(error) => Err(error.in_language(self.language)),
        };
        (Event::Exported(outcome.unwrap_or_else(Exported::Failed)), false)
    }
}

/// How many of the hits of each kind can be listed, so that they are of no more documents than are wanted.
fn listable(answer: &library::Answer, job: &Job) -> usize {
    let responses = std::iter::once(&answer.response).chain(answer.instead.as_ref().map(|instead| &instead.response));
    let kinds = responses.flat_map(|response| [&response.hits, &response.synonyms.hits]);
    let of_kind = |hits: &Vec<Hit>| {
        let mut documents = BTreeSet::new();
        let known = hits.iter().take(job.listed);
        let few = known.take_while(|hit| {
            documents.insert(&hit.document);
            documents.len() <= job.documents
        });
        let count = few.count();
        if count == hits.len() { job.listed } else { count }
    };
    kinds.map(of_kind).min().unwrap_or(job.listed)
}

/// A chapter as the query names it: 第四章 推动外贸创新发展; empty for what is no heading.
fn chapter_name(node: &Node) -> String {
    if node.kind.is_outline() && node.kind != Kind::Front { step_name(node) } else { String::new() }
}
