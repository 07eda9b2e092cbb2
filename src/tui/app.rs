//! The application: state, worker and clipboard put together, free of any particular terminal, so that a test can drive it.

use ratatui::Frame;
use ratatui::layout::Size;

use super::TuiError;
use super::clipboard::Clipboard;
use super::effect::{Effect, Keeping, Request};
use super::event::Event;
use super::habits::Habits;
use super::memory::{Forgetful, Keeper, Memory};
use super::state::{Appearance, Message, State};
use super::update::{start, update};
use super::view;
use super::worker::Executor;
use crate::corpus::notes::Note;
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::library::Listing;

/// What is to happen after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// The user has quit.
    Quit,
}

/// What does the work that the application itself does not.
#[derive(Debug)]
pub struct Outside<E, C, K = Forgetful> {
    /// Searches and reads.
    pub executor: E,
    /// Takes what is copied.
    pub clipboard: C,
    /// Keeps what is remembered.
    pub keeper: K,
}

/// What the application begins with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Language, theme, widths.
    pub appearance: Appearance,
    /// What the user likes.
    pub habits: Habits,
    /// What was remembered.
    pub memory: Memory,
    /// Bookmarks and notes.
    pub notes: Vec<Note>,
    /// What is wrong with all that; the first of them is told on the screen.
    pub faults: Vec<Diagnostic>,
}

impl Opening {
    /// Nothing is remembered and nothing noted.
    #[must_use]
    pub fn new(appearance: Appearance) -> Self {
        let (habits, memory) = (Habits::default(), Memory::default());
        Self { appearance, habits, memory, notes: Vec::new(), faults: Vec::new() }
    }
}

/// The running application.
#[derive(Debug)]
pub struct App<E, C, K = Forgetful> {
    state: State,
    executor: E,
    clipboard: C,
    keeper: K,
    requests: Vec<Request>,
}

impl<E: Executor, C: Clipboard, K: Keeper> App<E, C, K> {
    /// An application that has begun: the first document is being read.
    pub fn new(listings: &[Listing], appearance: Appearance, size: Size, outside: Outside<E, C, K>) -> Self {
        Self::opened(listings, Opening::new(appearance), size, outside)
    }

    /// The same with what the user likes, remembers and has noted.
    pub fn opened(listings: &[Listing], opening: Opening, size: Size, outside: Outside<E, C, K>) -> Self {
        let Outside { executor, clipboard, keeper } = outside;
        let Opening { appearance, habits, memory, notes, faults } = opening;
        let mut state = State::new(listings, appearance, size);
        (state.habits, state.memory) = (habits, memory);
        state.kept.take(notes, &state.shelf);
        if let Some(fault) = faults.first() {
            let message = Bilingual::new(fault.say(Language::Chinese), fault.say(Language::English));
            state.message = Some(Message::Trouble(message));
        }
        let mut app = Self { state, executor, clipboard, keeper, requests: Vec::new() };
        let effects = start(&mut app.state);
        app.perform(effects);
        app
    }

    /// The state as it is.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The clipboard.
    #[must_use]
    pub const fn clipboard(&self) -> &C {
        &self.clipboard
    }

    /// Takes one event in and does what follows from it.
    pub fn handle(&mut self, event: Event) -> Flow {
        let effects = update(&mut self.state, event);
        self.perform(effects)
    }

    /// Takes in what the worker has done so far; tells whether there was anything.
    ///
    /// # Errors
    /// Where the worker has ended.
    pub fn take_outcomes(&mut self) -> Result<bool, TuiError> {
        let mut any = false;
        while let Some(event) = self.executor.outcome().map_err(|_| TuiError::WorkerEnded)? {
            any = true;
            self.handle(event);
        }
        Ok(any)
    }

    /// Draws the state.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        view::draw(frame, &self.state);
    }

    /// Whether an outcome of the worker is waited for.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.state.search.is_waiting || self.state.wanted.is_some() || self.state.is_gathering() || self.state.exporting.is_some()
    }

    /// What is asked of the terminal, in order; asked once.
    pub fn take_requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.requests)
    }

    fn keep(&mut self, keeping: Keeping) {
        let event = match keeping {
            Keeping::Note(change) => {
                let changed = self.keeper.change_note(&change);
                Event::Noted(change, changed)
            }
            Keeping::Ask(request) => return self.requests.push(request),
        };
        update(&mut self.state, event);
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Flow {
        let mut flow = Flow::Continue;
        for effect in effects {
            match effect {
                Effect::Search(job) => self.executor.search(job),
                Effect::Load(id) => self.executor.load(id),
                Effect::Gather(gathering) => self.executor.gather(gathering),
                Effect::Copy(text) => {
                    let outcome = self.clipboard.copy(&text).map_err(|error| error.to_string());
                    update(&mut self.state, Event::Copied(outcome));
                }
                Effect::Remember => {
                    if let Err(reason) = self.keeper.remember(&self.state.memory) {
                        let message = Bilingual::new(format!("未能保存：{reason}"), format!("not kept: {reason}"));
                        self.state.message = Some(Message::Trouble(message));
                    }
                }
                Effect::Export(export) => self.executor.export(export),
                Effect::Keep(keeping) => self.keep(keeping),
                Effect::Quit => flow = Flow::Quit,
            }
        }
        flow
    }
}
