//! What the interface remembers from one day to the next: where one read, how the panes are divided, what was looked for.
//!
//! Plain data; who keeps it is the [`Keeper`]. A place is remembered as a locator, so that it survives a re-parse.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::effect::NoteChange;
use crate::corpus::notes::{Notes, Outcome};

/// Everything that is remembered. What an older or newer program has written is read as far as it is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The document that was open last.
    pub last: Option<String>,
    /// For each document the locator of the unit that was read last.
    pub places: BTreeMap<String, String>,
    /// The share of the width that the list has, in per cent; none as the program divides it.
    pub split: Option<u16>,
    /// Places that were marked with a letter: their locators.
    pub marks: BTreeMap<char, String>,
    /// What was searched for, the newest last, nothing twice.
    pub history: Vec<String>,
    /// Searches that were given a name to be made again, in the order in which they were saved.
    pub saved: Vec<String>,
}

/// Who keeps the memory.
pub trait Keeper {
    /// Keeps it, in place of what was kept before.
    ///
    /// # Errors
    /// Where it cannot be kept, in the language of the interface.
    fn remember(&mut self, memory: &Memory) -> Result<(), String>;

    /// Changes a note; gives all notes as they are then. Whoever keeps no notes refuses.
    ///
    /// # Errors
    /// Where it cannot be kept, in the language of the interface.
    fn change_note(&mut self, _: &NoteChange) -> Result<(Notes, Outcome), String> {
        Err(io::Error::from(io::ErrorKind::Unsupported).to_string())
    }
}

/// Keeps nothing: for tests, and where there is nowhere to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forgetful;

impl Keeper for Forgetful {
    fn remember(&mut self, _: &Memory) -> Result<(), String> {
        Ok(())
    }
}
