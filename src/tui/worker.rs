//! Slow work away from the screen: searching and reading. The newest search wins; one that still waits when a newer comes is dropped.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use super::breadcrumb::step_name;
use super::effect::Job;
use super::event::{Answer, Event};
use super::gathering::{AT_ONCE, Gathering, gather};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::DocumentId;
use crate::document::node::Node;
use crate::library::{self, Library, LibraryError};
use crate::query::{self, address};
use crate::search::{Details, Facets, Request};

/// Of so many chapters the names are told.
const MOST_CHAPTERS: usize = 400;

/// Something that does slow work and gives its outcome as events.
pub trait Executor {
    /// Takes a search on; a search that has not begun is forgotten for it.
    fn search(&mut self, job: Job);

    /// Takes the reading of a document on.
    fn load(&mut self, id: DocumentId);

    /// Takes a gathering on, done when there is nothing else to do; the one before it is given up.
    fn gather(&mut self, gathering: Option<Gathering>);

    /// The next outcome, if there is one; does not wait.
    ///
    /// # Errors
    /// Where no outcome can ever come because the worker is gone.
    fn outcome(&mut self) -> Result<Option<Event>, Gone>;
}

/// The worker has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone;

/// Work done at once, in the same thread: for tests, and wherever waiting does no harm.
#[derive(Debug)]
pub struct Immediate {
    desk: Desk,
    outcomes: VecDeque<Event>,
}

impl Immediate {
    /// An executor over a library.
    #[must_use]
    pub const fn new(library: Arc<Library>, language: Language) -> Self {
        Self { desk: Desk { library, language }, outcomes: VecDeque::new() }
    }
}

impl Executor for Immediate {
    fn search(&mut self, job: Job) {
        self.outcomes.push_back(self.desk.search(job));
    }

    fn load(&mut self, id: DocumentId) {
        self.outcomes.push_back(self.desk.load(id));
    }

    fn gather(&mut self, gathering: Option<Gathering>) {
        if let Some(gathering) = gathering {
            self.outcomes.push_back(Event::Gathered(gather(&self.desk.library, gathering, 0..usize::MAX)));
        }
    }

    fn outcome(&mut self) -> Result<Option<Event>, Gone> {
        Ok(self.outcomes.pop_front())
    }
}

/// Work done by a thread of its own, which ends when this is dropped and the work at hand is done.
#[derive(Debug)]
pub struct Background {
    inbox: Arc<(Mutex<Inbox>, Condvar)>,
    outcomes: Receiver<Event>,
}

#[derive(Debug, Default)]
struct Inbox {
    search: Option<Job>,
    loads: VecDeque<DocumentId>,
    /// What is being gathered, and the first document that has not been looked at.
    gathering: Option<(Gathering, usize)>,
    is_closed: bool,
}

enum Work {
    Search(Job),
    Load(DocumentId),
    /// From so many documents on.
    Gather(Gathering, usize),
}

impl Background {
    /// Starts the thread.
    #[must_use]
    pub fn start(library: Arc<Library>, language: Language) -> Self {
        let inbox = Arc::new((Mutex::new(Inbox::default()), Condvar::new()));
        let (sender, outcomes) = channel();
        let shared = Arc::clone(&inbox);
        thread::spawn(move || serve(&Desk { library, language }, &shared, &sender));
        Self { inbox, outcomes }
    }

    fn put(&self, change: impl FnOnce(&mut Inbox)) {
        let (inbox, bell) = &*self.inbox;
        change(&mut inbox.lock().unwrap_or_else(PoisonError::into_inner));
        bell.notify_one();
    }
}

impl Executor for Background {
    fn search(&mut self, job: Job) {
        self.put(|inbox| inbox.search = Some(job));
    }

    fn load(&mut self, id: DocumentId) {
        self.put(|inbox| inbox.loads.push_back(id));
    }

    fn gather(&mut self, gathering: Option<Gathering>) {
        self.put(|inbox| inbox.gathering = gathering.map(|gathering| (gathering, 0)));
    }

    fn outcome(&mut self) -> Result<Option<Event>, Gone> {
        match self.outcomes.try_recv() {
            Ok(event) => Ok(Some(event)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Gone),
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.put(|inbox| inbox.is_closed = true);
    }
}

fn serve(desk: &Desk, inbox: &(Mutex<Inbox>, Condvar), outcomes: &Sender<Event>) {
    while let Some(work) = next_work(inbox) {
        let outcome = match work {
            Work::Search(job) => desk.search(job),
            Work::Load(id) => desk.load(id),
            Work::Gather(gathering, from) => {
                let gathered = gather(&desk.library, gathering, from..from + AT_ONCE);
                let mut inbox = inbox.0.lock().unwrap_or_else(PoisonError::into_inner);
                if gathered.done >= gathered.of && inbox.gathering.is_some_and(|(newest, _)| newest == gathering) {
                    inbox.gathering = None;
                }
                Event::Gathered(gathered)
            }
        };
        if outcomes.send(outcome).is_err() {
            return;
        }
    }
}

/// Waits for work; none when there will be no more. Reading goes first: it is what the screen waits for.
fn next_work((inbox, bell): &(Mutex<Inbox>, Condvar)) -> Option<Work> {
    let mut inbox = inbox.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if inbox.is_closed {
            return None;
        }
        let load = inbox.loads.pop_front().map(Work::Load);
        if let Some(work) = load.or_else(|| inbox.search.take().map(Work::Search)) {
            return Some(work);
        }
        if let Some((gathering, next)) = &mut inbox.gathering {
            *next += AT_ONCE;
            return Some(Work::Gather(*gathering, *next - AT_ONCE));
        }
        inbox = bell.wait(inbox).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Where the work is done.
#[derive(Debug)]
struct Desk {
    library: Arc<Library>,
    language: Language,
}

impl Desk {
    fn search(&self, job: Job) -> Event {
        let details = Details { facets: job.facets, explanation: true };
        let request = Request { limit: job.limit, details, ..Request::of(query::parse(&job.typed)) };
        let answered = self.library.ask(request).map(|answer| self.placed(answer, &job));
        let answered = answered.and_then(|answer| Ok((self.excerpts_of(&answer, job.listed)?, answer)));
        let (outcome, excerpts) = match answered {
            Ok((excerpts, answer)) => (Ok(answer), excerpts),
            Err(error) => (Err(error.in_language(self.language)), Vec::new()),
        };
        let chapters = outcome.as_ref().map(|answer| self.chapters_of(&answer.response.facets)).unwrap_or_default();
        Event::Answered(Box::new(Answer {
            generation: job.generation,
            typed: job.typed,
            outcome,
            listed: job.listed,
            excerpts,
            chapters,
        }))
    }

    /// The answer with the place in the open document that was typed, where it was an address that names no document.
    fn placed(&self, mut answer: library::Answer, job: &Job) -> library::Answer {
        let find = || {
            let pattern = address::parse(job.typed.trim()).filter(|pattern| pattern.document.is_none())?;
            let document = self.library.document(job.open.as_ref()?).ok()?;
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
        Ok(excerpts.into_values().map(|excerpt| Arc::new(excerpt.into_document())).collect())
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

    fn load(&self, id: DocumentId) -> Event {
        let document = self.library.document(&id).map_err(|error| error.in_language(self.language));
        Event::Loaded(id, document)
    }
}

/// A chapter as the query names it: 第四章 推动外贸创新发展; empty for what is no heading.
fn chapter_name(node: &Node) -> String {
    if node.kind.is_outline() && node.kind != Kind::Front { step_name(node) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::gathering::What;

    fn job(generation: u64) -> Job {
        Job { generation, typed: "贸易".to_owned(), open: None, limit: None, listed: 60, facets: false }
    }

    #[test]
    fn reading_goes_first_and_of_several_searches_only_the_newest_is_made() {
        let inbox =
            Inbox { search: Some(job(1)), loads: VecDeque::from([DocumentId::new("甲")]), is_closed: false, gathering: None };
        let inbox = (Mutex::new(inbox), Condvar::new());
        inbox.0.lock().unwrap().search = Some(job(2));
        assert!(matches!(next_work(&inbox), Some(Work::Load(_))));
        assert!(matches!(next_work(&inbox), Some(Work::Search(job)) if job.generation == 2));
        inbox.0.lock().unwrap().is_closed = true;
        assert!(next_work(&inbox).is_none());
    }

    #[test]
    fn what_is_gathered_waits_for_everything_else_and_is_given_up_for_something_newer() {
        let gathering = |generation| Gathering { generation, what: What::Headings };
        let inbox = Inbox { search: Some(job(1)), gathering: Some((gathering(1), 0)), ..Inbox::default() };
        let inbox = (Mutex::new(inbox), Condvar::new());
        assert!(matches!(next_work(&inbox), Some(Work::Search(_))));
        assert!(matches!(next_work(&inbox), Some(Work::Gather(first, 0)) if first == gathering(1)));
        inbox.0.lock().unwrap().loads.push_back(DocumentId::new("甲"));
        assert!(matches!(next_work(&inbox), Some(Work::Load(_))));
        assert!(matches!(next_work(&inbox), Some(Work::Gather(_, AT_ONCE))));
        inbox.0.lock().unwrap().gathering = Some((gathering(2), 0));
        assert!(matches!(next_work(&inbox), Some(Work::Gather(second, 0)) if second == gathering(2)));
    }

    #[test]
    fn a_thread_answers_and_ends_when_it_is_no_longer_wanted() {
        let library = Library::in_memory(&[("甲.txt", "第一章  总则\n\n贸易。\n".as_bytes())]).unwrap().value;
        let mut worker = Background::start(Arc::new(library), Language::Chinese);
        worker.search(job(7));
        let answer = worker.outcomes.recv().unwrap();
        assert!(matches!(answer, Event::Answered(answer) if answer.generation == 7 && answer.outcome.is_ok()));
        assert!(worker.outcome().unwrap().is_none());
    }
}
