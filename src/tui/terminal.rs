//! The real terminal: taken over, served, and given back however the program ends: by return, by error, by panic, by signal.

mod probe;
mod requests;
mod session;

use std::io::{self, Stdout};
use std::sync::Arc;
#[cfg(unix)]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event;
use ratatui::layout::Size;
#[cfg(unix)]
use signal_hook::consts::TERM_SIGNALS;

use probe::Probe;
use session::{SESSIONS, Session, restore};

use super::app::{App, Flow, Opening, Outside};
use super::clipboard::SystemClipboard;
use super::desk::Desk;
use super::effect::Request;
use super::event::Event;
use super::keeper::{self, Cabinet, Folder};
use super::memory::Memory;
use super::opener::Surroundings;
use super::state::Appearance;
use super::worker::Background;
use super::{Beginning, TuiError};
use crate::diagnostic::Warned;
use crate::library::Library;

/// How long to wait for a key while the worker is at work; short, for the answer is to be shown at once.
const WHILE_WORKING: Duration = Duration::from_millis(8);
/// How long to wait for a key otherwise; no longer than one notices a signal.
const WHILE_IDLE: Duration = Duration::from_millis(100);
/// How long an answer may take before the user is told that it is waited for; what is quicker would only flicker.
const PATIENCE: Duration = Duration::from_millis(200);
/// After so long without a key it is kept where one reads: a terminal that is closed may leave no time for it.
const REST: Duration = Duration::from_millis(1500);
/// So many events at most are taken in before the screen is drawn again.
const EVENTS_A_FRAME: usize = 64;

/// See [`super::run`].
pub(super) fn run(library: &Arc<Library>, beginning: Beginning) -> Result<(), TuiError> {
    let Beginning { language, habits, mut faults, memory, exports, surroundings } = beginning;
    let recalled = memory.as_deref().map_or_else(|| Warned::clean(Memory::default()), keeper::recall);
    faults.extend(recalled.diagnostics);
    let notes = library.notes().map_or_else(
        |_| Vec::new(),
        |read| {
            faults.extend(read.diagnostics);
            read.value.iter().cloned().collect()
        },
    );
    let theme = habits.look.theme();
    let signals = Signals::watch()?;
    let session = Session::begin(habits.is_mouse_on)?;
    let (ambiguous, probe) = Probe::begin(habits.ambiguous)?;
    let appearance = Appearance { language, theme, ambiguous };
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let outside = Outside {
        executor: Background::start(Desk::new(Arc::clone(library), language).with_tray(Folder::new(exports, language))),
        clipboard: SystemClipboard,
        keeper: Cabinet::new(Arc::clone(library), language, memory),
    };
    let opening = Opening { appearance, habits, memory: recalled.value, notes, faults };
    let mut app = App::opened(library.listings(), opening, terminal.size()?, outside);
    let at_hand = AtHand { signals: &signals, session: &session, library, surroundings: &surroundings, probe: probe.as_ref() };
    let outcome = serve(&mut terminal, &mut app, &at_hand);
    if !matches!(outcome, Ok(Flow::Quit)) {
        // Who loses a connection goes on where he was, too.
        app.handle(Event::Rested);
    }
    drop(session);
    outcome.map(|_| ())
}

/// The application as it runs on a terminal.
type Running = App<Background, SystemClipboard, Cabinet>;

/// What the loop has at hand beside the terminal and the application.
struct AtHand<'a> {
    signals: &'a Signals,
    session: &'a Session,
    library: &'a Library,
    surroundings: &'a Surroundings,
    probe: Option<&'a Probe>,
}

/// Serves until the user quits, or a signal asks the program to end.
fn serve(terminal: &mut Terminal<CrosstermBackend<Stdout>>, app: &mut Running, at_hand: &AtHand<'_>) -> Result<Flow, TuiError> {
    let mut is_dirty = true;
    let mut is_kept = true;
    let mut last_event = Instant::now();
    loop {
        if at_hand.signals.came() {
            return Ok(Flow::Continue);
        }
        #[cfg(debug_assertions)]
        requests::panic_if_told(app.state());
        if is_dirty {
            let size = terminal.size()?;
            fit(app, size);
            terminal.draw(|frame| app.draw(frame))?;
        }
        let has_left = app.state().has_left();
        let patience = match app.is_waiting() {
            _ if has_left => Duration::ZERO,
            true => WHILE_WORKING,
            false => WHILE_IDLE,
        };
        is_dirty = has_left;
        if wait(patience)? {
            (is_dirty, is_kept) = (true, false);
            last_event = Instant::now();
            if take_events(app)? == Flow::Quit {
                return Ok(Flow::Quit);
            }
        } else if has_left {
            app.handle(Event::Idle);
        } else if !is_kept && last_event.elapsed() > REST {
            app.handle(Event::Rested);
            (is_dirty, is_kept) = (true, true);
        }
        is_dirty |= app.take_outcomes()?;
        for request in app.take_requests() {
            let is_mouse_on = app.state().habits.is_mouse_on;
            let is_away = !matches!(request, Request::Mouse(_));
            let told = requests::serve(request, at_hand.session, (at_hand.library, at_hand.surroundings), is_mouse_on)?;
            told.map(|told| app.handle(Event::Told(told)));
            if is_away {
                requests::redraw(terminal)?;
            }
            is_dirty = true;
        }
        if let Some(ambiguous) = at_hand.probe.and_then(Probe::answer) {
            app.handle(Event::Measured(ambiguous));
            is_dirty = true;
        }
        if app.is_waiting() && !app.state().search.is_slow && last_event.elapsed() > PATIENCE {
            app.handle(Event::StillWaiting);
            is_dirty = true;
        }
    }
}

/// The size that is drawn is the size that was laid out for, even where the news of a change comes late.
fn fit(app: &mut Running, size: Size) {
    if app.state().size != size {
        app.handle(Event::Resized(size));
    }
}

fn take_events(app: &mut Running) -> Result<Flow, TuiError> {
    for _ in 0..EVENTS_A_FRAME {
        if let Some(event) = Event::from_terminal(event::read()?)
            && app.handle(event) == Flow::Quit
        {
            return Ok(Flow::Quit);
        }
        if !wait(Duration::ZERO)? {
            break;
        }
    }
    Ok(Flow::Continue)
}

/// Whether there is an event within `patience`; a signal that ends the waiting is no event.
fn wait(patience: Duration) -> Result<bool, TuiError> {
    match event::poll(patience) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(false),
        outcome => Ok(outcome?),
    }
}

/// The signals that ask a program to end, listened to by a thread of their own.
///
/// The loop looks at the flag and ends in good order. Where it cannot (the library under it reads a terminal that is gone for ever),
/// the thread gives the terminal back and lets the signal do what it does to any program.
#[cfg(unix)]
struct Signals {
    came: Arc<AtomicBool>,
    listener: signal_hook::iterator::Handle,
}

/// How long the loop has to end in good order.
#[cfg(unix)]
const GRACE: Duration = Duration::from_millis(600);

#[cfg(unix)]
impl Signals {
    fn watch() -> io::Result<Self> {
        let hang_up = signal_hook::consts::SIGHUP;
        let mut signals = signal_hook::iterator::Signals::new(TERM_SIGNALS.iter().copied().chain([hang_up]))?;
        let watch = Self { came: Arc::new(AtomicBool::new(false)), listener: signals.handle() };
        let came = Arc::clone(&watch.came);
        std::thread::spawn(move || {
            for signal in signals.forever() {
                came.store(true, Ordering::SeqCst);
                std::thread::sleep(GRACE);
                if SESSIONS.load(Ordering::SeqCst) == 1 {
                    restore();
                    signal_hook::low_level::emulate_default_handler(signal).ok();
                }
            }
        });
        Ok(watch)
    }

    fn came(&self) -> bool {
        self.came.load(Ordering::SeqCst)
    }
}

#[cfg(unix)]
impl Drop for Signals {
    fn drop(&mut self) {
        self.listener.close();
    }
}

/// On Windows the console ends the program itself.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
    fn watch() -> io::Result<Self> {
        Ok(Self)
    }

    #[expect(clippy::unused_self, reason = "as on Unix")]
    fn came(&self) -> bool {
        false
    }
}
