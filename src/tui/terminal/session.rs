//! Holding the terminal: taken over, given away for a while, given back however the program ends.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};

/// How many sessions hold the terminal: 0 or 1. What the panic hook asks, so that it never restores what was not taken.
pub(super) static SESSIONS: AtomicUsize = AtomicUsize::new(0);

/// The terminal while it is ours; dropping it gives it back.
pub(super) struct Session;

impl Session {
    /// Takes the terminal over; the mouse is listened to where that is wanted.
    pub(super) fn begin(is_mouse_on: bool) -> io::Result<Self> {
        restore_on_panic();
        let session = Self;
        session.enter(is_mouse_on)?;
        Ok(session)
    }

    /// Takes the terminal over again after it was given away.
    pub(super) fn enter(&self, is_mouse_on: bool) -> io::Result<()> {
        enable_raw_mode()?;
        SESSIONS.store(1, Ordering::SeqCst);
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        if is_mouse_on { self.listen_to_mouse(true) } else { Ok(()) }
    }

    /// Gives the terminal away for a while.
    #[expect(clippy::unused_self, reason = "only who holds the terminal can give it away")]
    pub(super) fn leave(&self) {
        restore();
    }

    /// Has the terminal report the mouse, or leave it to its user.
    #[expect(clippy::unused_self, reason = "only who holds the terminal can tell it")]
    pub(super) fn listen_to_mouse(&self, is_on: bool) -> io::Result<()> {
        if is_on { execute!(io::stdout(), EnableMouseCapture) } else { execute!(io::stdout(), DisableMouseCapture) }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back. Errors have no one left to go to.
pub(super) fn restore() {
    if SESSIONS.swap(0, Ordering::SeqCst) == 1 {
        execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show).ok();
        disable_raw_mode().ok();
    }
}

/// On a panic of this thread the terminal is given back before the message is printed; a panic of the worker's is told by
/// [`TuiError::WorkerEnded`](crate::tui::TuiError::WorkerEnded) and prints nothing onto the screen that is still shown.
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
