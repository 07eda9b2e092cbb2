//! A keeper that keeps everything in memory, and a tray that can be looked into: what the application wants kept, as data.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use celan::corpus::notes::{Notes, Outcome};
use celan::tui::effect::NoteChange;
use celan::tui::exports::Tray;
use celan::tui::memory::{Keeper, Memory};

/// Keeps in memory what the real keeper keeps on the disk.
#[derive(Debug, Default)]
pub(crate) struct Drawer {
    notes: Notes,
}

/// The names and contents of what was exported; a clone sees the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exported(Arc<Mutex<Vec<(String, String)>>>);

impl Exported {
    /// What was exported last: the name, then the lines.
    pub(crate) fn last(&self) -> Vec<String> {
        let exported = self.0.lock().unwrap();
        let lines =
            |(name, text): &(String, String)| std::iter::once(name.as_str()).chain(text.lines()).map(str::to_owned).collect();
        exported.last().map(lines).unwrap_or_default()
    }
}

impl Keeper for Drawer {
    fn remember(&mut self, _: &Memory) -> Result<(), String> {
        Ok(())
    }

    fn change_note(&mut self, change: &NoteChange) -> Result<(Notes, Outcome), String> {
        let outcome = self.notes.put(change.before.as_ref(), change.after.as_ref());
        Ok((self.notes.clone(), outcome))
    }
}

impl Tray for Exported {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
        self.0.lock().unwrap().push((name.to_owned(), String::from_utf8(bytes.to_vec()).unwrap()));
        Ok(PathBuf::from(name))
    }
}
