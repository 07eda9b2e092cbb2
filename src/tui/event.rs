//! What happens to the interface: keys, a new size, answers of the worker.

use std::sync::Arc;

use ratatui::crossterm::event::{self as crossterm, KeyEvent, KeyEventKind};
use ratatui::layout::Size;

use super::effect::NoteChange;
use crate::corpus::notes::{Notes, Outcome};
use crate::diagnostic::Bilingual;
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::library;
use crate::text::width::Ambiguous;

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key went down.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// The terminal has a new size.
    Resized(Size),
    /// The terminal has said how wide it shows ambiguous characters.
    Measured(Ambiguous),
    /// A search was answered.
    Answered(Box<Answer>),
    /// A document was read, or could not be; the text says why, in the language of the interface.
    Loaded(DocumentId, Result<Arc<Document>, String>),
    /// The answer to the newest search is long in coming.
    StillWaiting,
    /// Something was done outside, or could not be.
    Told(Result<Bilingual, Bilingual>),
    /// A note was changed, or could not be; the text says why, in the language of the interface.
    Noted(Box<NoteChange>, Result<(Notes, Outcome), String>),
    /// The clipboard took or refused a text that was copied.
    Copied(Result<(), String>),
}

/// The answer to one search.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Which search it answers; an answer to any but the newest is dropped.
    pub generation: u64,
    /// What was asked, as typed.
    pub typed: String,
    /// What was found, or why nothing could be looked for.
    pub outcome: Result<library::Answer, String>,
    /// Every document that a hit is in.
    pub documents: Vec<Arc<Document>>,
}

impl Event {
    /// The terminal's event in our terms; none for those that mean nothing to us (keys going up, focus).
    #[must_use]
    pub fn from_terminal(event: crossterm::Event) -> Option<Self> {
        match event {
            crossterm::Event::Key(key) if key.kind != KeyEventKind::Release => Some(Self::Key(key)),
            crossterm::Event::Paste(text) => Some(Self::Paste(text)),
            crossterm::Event::Resize(width, height) => Some(Self::Resized(Size { width, height })),
            crossterm::Event::Key(_) | crossterm::Event::FocusGained | crossterm::Event::FocusLost | crossterm::Event::Mouse(_) => {
                None
            }
        }
    }
}
