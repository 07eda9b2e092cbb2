//! Slow work away from the screen. The newest search wins; one that still waits when a newer comes is dropped. What takes long is done a
//! few documents at a time, and waits for everything else.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use super::desk::Desk;
use super::effect::Job;
use super::event::Event;
use super::exports::{Export, Exported, Writing};
use super::gathering::{AT_ONCE, Gathering};
use crate::document::locator::DocumentId;

/// Something that does slow work and gives its outcome as events.
pub trait Executor {
    /// Takes a search on; a search that has not begun is forgotten for it.
    fn search(&mut self, job: Job);

    /// Takes the reading of a document on.
    fn load(&mut self, id: DocumentId);

    /// Takes a gathering on, done when there is nothing else to do; the one before it is given up.
    fn gather(&mut self, gathering: Option<Gathering>);

    /// Takes an export on, done when there is neither anything to read nor to search for; the one before it is given up.
    fn export(&mut self, export: Export);

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
    /// An executor that works at this desk.
    #[must_use]
    pub const fn new(desk: Desk) -> Self {
        Self { desk, outcomes: VecDeque::new() }
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
            self.outcomes.push_back(Event::Gathered(self.desk.gather(gathering, 0..usize::MAX)));
        }
    }

    fn export(&mut self, export: Export) {
        let mut writing = match self.desk.begin_export(export) {
            Ok(writing) => writing,
            Err(reason) => return self.outcomes.push_back(Event::Exported(Exported::Failed(reason))),
        };
        let mut goes_on = true;
        while goes_on {
            let outcome;
            (outcome, goes_on) = self.desk.go_on(&mut writing);
            self.outcomes.push_back(outcome);
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
    export: Option<Exporting>,
    /// What is being gathered, and the first document that has not been looked at.
    gathering: Option<(Gathering, usize)>,
    is_closed: bool,
}

/// An export, and how far it is.
#[derive(Debug)]
enum Exporting {
    Asked(Export),
    UnderWay(Writing),
}

enum Work {
    Search(Job),
    Load(DocumentId),
    Export(Exporting),
    /// From so many documents on.
    Gather(Gathering, usize),
}

impl Background {
    /// Starts the thread.
    #[must_use]
    pub fn start(desk: Desk) -> Self {
        let inbox = Arc::new((Mutex::new(Inbox::default()), Condvar::new()));
        let (sender, outcomes) = channel();
        let shared = Arc::clone(&inbox);
        thread::spawn(move || serve(desk, &shared, &sender));
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

    fn export(&mut self, export: Export) {
        self.put(|inbox| inbox.export = Some(Exporting::Asked(export)));
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

fn serve(mut desk: Desk, inbox: &(Mutex<Inbox>, Condvar), outcomes: &Sender<Event>) {
    while let Some(work) = next_work(inbox) {
        let outcome = match work {
            Work::Search(job) => desk.search(job),
            Work::Load(id) => desk.load(id),
            Work::Export(exporting) => export(&mut desk, exporting, inbox),
            Work::Gather(gathering, from) => {
                let gathered = desk.gather(gathering, from..from + AT_ONCE);
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

/// Goes on with an export; what is left of it is put back, unless a newer one has been asked for.
fn export(desk: &mut Desk, exporting: Exporting, inbox: &(Mutex<Inbox>, Condvar)) -> Event {
    let begun = match exporting {
        Exporting::Asked(export) => desk.begin_export(export),
        Exporting::UnderWay(writing) => Ok(writing),
    };
    let mut writing = match begun {
        Ok(writing) => writing,
        Err(reason) => return Event::Exported(Exported::Failed(reason)),
    };
    let (outcome, goes_on) = desk.go_on(&mut writing);
    if goes_on {
        let mut inbox = inbox.0.lock().unwrap_or_else(PoisonError::into_inner);
        inbox.export.get_or_insert(Exporting::UnderWay(writing));
    }
    outcome
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
        if let Some(exporting) = inbox.export.take() {
            return Some(Work::Export(exporting));
        }
        if let Some((gathering, next)) = &mut inbox.gathering {
            *next += AT_ONCE;
            return Some(Work::Gather(*gathering, *next - AT_ONCE));
        }
        inbox = bell.wait(inbox).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::diagnostic::Language;
    use crate::export::STYLES;
    use crate::library::Library;
    use crate::tui::exports::{Contents, Tray};
    use crate::tui::gathering::What;

    fn job(generation: u64) -> Job {
        Job { generation, typed: "贸易".to_owned(), open: None, limit: None, listed: 60, documents: 16, facets: false }
    }

    #[test]
    fn reading_goes_first_and_of_several_searches_only_the_newest_is_made() {
        let inbox = Inbox { search: Some(job(1)), loads: VecDeque::from([DocumentId::new("甲")]), ..Inbox::default() };
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

    #[derive(Debug)]
    struct Lines(Sender<usize>);

    impl Tray for Lines {
        fn put(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
            self.0.send(String::from_utf8_lossy(bytes).matches('《').count()).unwrap();
            Ok(PathBuf::from(name))
        }
    }

    fn export() -> Export {
        let contents = Contents::Results { typed: "贸易".to_owned(), open: None, style: STYLES[0] };
        Export { name: "贸易.txt".to_owned(), contents }
    }

    #[test]
    fn all_results_are_exported_a_few_documents_at_a_time_while_searches_go_first() {
        let inbox = Inbox { search: Some(job(1)), export: Some(Exporting::Asked(export())), ..Inbox::default() };
        let inbox = (Mutex::new(inbox), Condvar::new());
        assert!(matches!(next_work(&inbox), Some(Work::Search(_))));
        assert!(matches!(next_work(&inbox), Some(Work::Export(_))));
        let files: Vec<(String, String)> = (1..=12).map(|at| (format!("{at}.txt"), format!("通知{at}\n\n发展贸易。\n"))).collect();
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let library = Library::in_memory(&files).unwrap().value;
        let (sender, written) = channel();
        let mut worker = Background::start(Desk::new(Arc::new(library), Language::Chinese).with_tray(Lines(sender)));
        worker.export(export());
        let mut told = Vec::new();
        while told.last().is_none_or(|last| matches!(last, Exported::UnderWay { .. })) {
            let Event::Exported(exported) = worker.outcomes.recv().unwrap() else { panic!("nothing else was asked for") };
            told.push(exported);
        }
        let done = Exported::Done { path: PathBuf::from("贸易.txt"), units: Some(12) };
        assert_eq!(told, [Exported::UnderWay { done: 8, of: 12 }, done]);
        assert_eq!(written.recv().unwrap(), 12);
    }

    #[test]
    fn a_thread_answers_and_ends_when_it_is_no_longer_wanted() {
        let library = Library::in_memory(&[("甲.txt", "第一章  总则\n\n贸易。\n".as_bytes())]).unwrap().value;
        let mut worker = Background::start(Desk::new(Arc::new(library), Language::Chinese));
        worker.search(job(7));
        let answer = worker.outcomes.recv().unwrap();
        assert!(matches!(answer, Event::Answered(answer) if answer.generation == 7 && answer.outcome.is_ok()));
        assert!(worker.outcome().unwrap().is_none());
    }
}
