//! The real terminal: taken over, served, and given back however the program ends: by return, by error, by panic, by signal.

mod probe;

use std::io::{self, Stdout};
use std::sync::Arc;
#[cfg(unix)]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;
#[cfg(unix)]
use signal_hook::consts::TERM_SIGNALS;

use probe::Probe;

use super::app::{App, Flow, Opening, Outside};
use super::clipboard::SystemClipboard;
use super::event::Event;
use super::memory::Forgetful;
use super::state::Appearance;
use super::worker::Background;
use super::{Beginning, TuiError};
use crate::library::Library;

/// How long to wait for a key while the worker is at work; short, for the answer is to be shown at once.
const WHILE_WORKING: Duration = Duration::from_millis(8);
/// How long to wait for a key otherwise; no longer than one notices a signal.
const WHILE_IDLE: Duration = Duration::from_millis(100);
/// How long an answer may take before the user is told that it is waited for; what is quicker would only flicker.
const PATIENCE: Duration = Duration::from_millis(200);
/// So many events at most are taken in before the screen is drawn again.
const EVENTS_A_FRAME: usize = 64;

/// See [`super::run`].
pub(super) fn run(library: &Arc<Library>, beginning: Beginning) -> Result<(), TuiError> {
    let Beginning { language, habits, faults } = beginning;
    let theme = habits.look.theme();
    let signals = Signals::watch()?;
    let session = Session::begin()?;
    let (ambiguous, probe) = Probe::begin(habits.ambiguous)?;
    let appearance = Appearance { language, theme, ambiguous };
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let outside =
        Outside { executor: Background::start(Arc::clone(library), language), clipboard: SystemClipboard, keeper: Forgetful };
    let opening = Opening { habits, faults, ..Opening::new(appearance) };
    let mut app = App::opened(library.listings(), opening, terminal.size()?, outside);
    let outcome = serve(&mut terminal, &mut app, &signals, probe.as_ref());
    drop(session);
    outcome
}

fn serve(
    terminal: &mut Terminal<CrosstermBackend<Stdout>>,
    app: &mut App<Background, SystemClipboard>,
    signals: &Signals,
    probe: Option<&Probe>,
) -> Result<(), TuiError> {
    let mut is_dirty = true;
    let mut last_event = Instant::now();
    loop {
        if signals.came() {
            return Ok(());
        }
        if is_dirty {
            let size = terminal.size()?;
            fit(app, size);
            terminal.draw(|frame| app.draw(frame))?;
        }
        let patience = if app.is_waiting() { WHILE_WORKING } else { WHILE_IDLE };
        is_dirty = false;
        if wait(patience)? {
            is_dirty = true;
            last_event = Instant::now();
            if take_events(app)? == Flow::Quit {
                return Ok(());
            }
        }
        is_dirty |= app.take_outcomes()?;
        if let Some(ambiguous) = probe.and_then(Probe::answer) {
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
fn fit(app: &mut App<Background, SystemClipboard>, size: Size) {
    if app.state().size != size {
        app.handle(Event::Resized(size));
    }
}

fn take_events(app: &mut App<Background, SystemClipboard>) -> Result<Flow, TuiError> {
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

/// How many sessions hold the terminal: 0 or 1. What the panic hook asks, so that it never restores what was not taken.
static SESSIONS: AtomicUsize = AtomicUsize::new(0);

/// The terminal while it is ours; dropping it gives it back.
struct Session;

impl Session {
    fn begin() -> io::Result<Self> {
        restore_on_panic();
        enable_raw_mode()?;
        SESSIONS.store(1, Ordering::SeqCst);
        let session = Self;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        Ok(session)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back. Errors have no one left to go to.
fn restore() {
    if SESSIONS.swap(0, Ordering::SeqCst) == 1 {
        execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show).ok();
        disable_raw_mode().ok();
    }
}

/// On a panic of this thread the terminal is given back before the message is printed; a panic of the worker's is told by
/// [`TuiError::WorkerEnded`] and prints nothing onto the screen that is still shown.
fn restore_on_panic() {
    let screen_thread = std::thread::current().id();
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == screen_thread {
            restore();
        }
        if SESSIONS.load(Ordering::SeqCst) == 0 {
            previous(panic);
        }
    }));
}
