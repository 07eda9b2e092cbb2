//! A keeper that keeps everything in memory: what the application wants kept, as data.

use std::path::PathBuf;

use celan::corpus::notes::{Notes, Outcome};
use celan::tui::effect::NoteChange;
use celan::tui::memory::{Keeper, Memory};

/// Keeps in memory what the real keeper keeps on the disk.
#[derive(Debug, Default)]
pub(crate) struct Drawer {
    notes: Notes,
    /// The names and contents of what was exported, to be looked at while the application has the drawer.
    exported: std::rc::Rc<std::cell::RefCell<Vec<(String, String)>>>,
}

/// What was exported, seen from outside.
pub(crate) type Exported = std::rc::Rc<std::cell::RefCell<Vec<(String, String)>>>;

impl Drawer {
    /// What is exported, now and later.
    pub(crate) fn exported(&self) -> Exported {
        self.exported.clone()
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

    fn export(&mut self, name: &str, text: &str) -> Result<PathBuf, String> {
        self.exported.borrow_mut().push((name.to_owned(), text.to_owned()));
        Ok(PathBuf::from(name))
    }
}
