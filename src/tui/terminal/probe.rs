//! Asking the terminal how wide it shows ambiguous characters: one is written, and where the cursor went tells.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::cursor::{MoveTo, position};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::Print;
use ratatui::crossterm::terminal::{Clear, ClearType};

use crate::text::width::Ambiguous;

/// The first frame waits no longer than this for the terminal's answer; one that comes later is heeded when it comes.
const PATIENCE: Duration = Duration::from_millis(60);

/// An answer that is still to come.
#[derive(Debug)]
pub(super) struct Probe {
    answer: Receiver<Ambiguous>,
}

impl Probe {
    /// Asks, unless the user has said how wide they are (`CELAN_AMBIGUOUS`, or `said` in the settings): the width to begin with, and the answer to come.
    ///
    /// The terminal is in raw mode and shows the alternate screen. One that does not answer is taken to show them narrow.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub(super) fn begin(said: Option<Ambiguous>) -> io::Result<(Ambiguous, Option<Self>)> {
        if let Some(said) = std::env::var("CELAN_AMBIGUOUS").ok().and_then(|value| named(&value)).or(said) {
            return Ok((said, None));
        }
        // The question is asked here and once more by `position`: the first answer counts, and it is about the character that
        // was written, whatever is drawn after it.
        let mut terminal = io::stdout();
        queue!(terminal, MoveTo(0, 0), Print("■"))?;
        if cfg!(unix) {
            queue!(terminal, Print("\u{1b}[6n"), Clear(ClearType::All))?;
        }
        terminal.flush()?;
        let (sender, answer) = channel();
        let ask = move || {
            if let Ok((column, _)) = position() {
                sender.send(if column >= 2 { Ambiguous::Wide } else { Ambiguous::Narrow }).ok();
            }
        };
        if cfg!(unix) {
            thread::spawn(ask);
        } else {
            ask();
        }
        let probe = Self { answer };
        match probe.answer.recv_timeout(PATIENCE) {
            Ok(ambiguous) => Ok((ambiguous, None)),
            Err(_) => Ok((Ambiguous::Narrow, Some(probe))),
        }
    }

    /// The answer, if it has come since it was last asked for.
    pub(super) fn answer(&self) -> Option<Ambiguous> {
        self.answer.try_recv().ok()
    }
}

/// What `CELAN_AMBIGUOUS` says; none where it says neither.
fn named(value: &str) -> Option<Ambiguous> {
    match value.trim() {
        "narrow" | "1" => Some(Ambiguous::Narrow),
        "wide" | "2" => Some(Ambiguous::Wide),
        _ => None,
    }
}
