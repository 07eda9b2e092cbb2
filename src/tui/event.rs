//! What happens to the interface: keys, a new size, answers of the worker.

use std::sync::Arc;

use ratatui::crossterm::event::{self as crossterm, KeyEvent, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::layout::Size;

use super::effect::NoteChange;
use super::exports::Exported;
use super::gathering::Gathered;
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
    /// The mouse did something.
    Mouse(Mouse),
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
    /// Something was gathered from some of the documents.
    Gathered(Gathered),
    /// An export has come so far.
    Exported(Exported),
    /// Nothing else has happened: there is time for what was left undone.
    Idle,
    /// The answer to the newest search is long in coming.
    StillWaiting,
    /// One has come to rest, or the program ends unasked: where one reads is to be kept.
    Rested,
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
    /// How many of the hits are to be listed.
    pub listed: usize,
    /// Of the documents of these hits as much as listing takes.
    pub excerpts: Vec<Arc<Document>>,
    /// The names of the chapters of the facets, where those were asked for.
    pub chapters: Vec<String>,
}

/// Something that the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub pointer: Pointer,
    /// The column of the screen, from 0.
    pub column: u16,
    /// The row of the screen, from 0.
    pub row: u16,
}

/// What a mouse can do, as far as it matters here: the left button and the wheel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// The button went down.
    Press,
    /// It moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel was turned towards the user.
    WheelDown,
    /// The wheel was turned away.
    WheelUp,
}

fn mouse(event: crossterm::MouseEvent) -> Option<Mouse> {
    let pointer = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Pointer::Press,
        MouseEventKind::Drag(MouseButton::Left) => Pointer::Drag,
        MouseEventKind::Up(MouseButton::Left) => Pointer::Release,
        MouseEventKind::ScrollDown => Pointer::WheelDown,
        MouseEventKind::ScrollUp => Pointer::WheelUp,
        MouseEventKind::Down(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => return None,
    };
    Some(Mouse { pointer, column: event.column, row: event.row })
}

impl Event {
    /// The terminal's event in our terms; none for those that mean nothing to us (keys going up, focus).
    #[must_use]
    pub fn from_terminal(event: crossterm::Event) -> Option<Self> {
        match event {
            crossterm::Event::Key(key) if key.kind != KeyEventKind::Release => Some(Self::Key(key)),
            crossterm::Event::Paste(text) => Some(Self::Paste(text)),
            crossterm::Event::Resize(width, height) => Some(Self::Resized(Size { width, height })),
            crossterm::Event::Mouse(event) => mouse(event).map(Self::Mouse),
            crossterm::Event::Key(_) | crossterm::Event::FocusGained | crossterm::Event::FocusLost => None,
        }
    }
}
