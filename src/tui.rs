//! The terminal interface: a tree to the left, a reader to the right, a prompt below.
//!
//! The way of a keystroke: a terminal [`event`] is looked up in the [`keymap`] and becomes an [`action`]; [`update`] changes the
//! [`state`] and gives [`effect`]s; the [`app`] hands these to the [`worker`] (searching, reading) and the [`clipboard`]; what comes
//! back is an event again. [`view`] draws the state and changes nothing. `update` never waits, so typing never waits; of several
//! searches under way the newest wins. Documents are strangers: whatever is drawn goes through `text::safe`.

pub mod action;
pub mod app;
pub mod breadcrumb;
pub mod clipboard;
pub mod completion;
pub mod desk;
pub mod documents;
pub mod effect;
pub mod entry;
pub mod event;
pub mod exports;
pub mod facets;
pub mod figures;
pub mod flow;
pub mod gathering;
pub mod grouping;
pub mod habits;
pub mod headings;
pub mod help;
pub mod keeper;
pub mod kept;
pub mod keymap;
pub mod layout;
pub mod listing;
pub mod memory;
pub mod opener;
pub mod overlay;
pub mod page;
pub mod palette;
pub mod picker;
pub mod prompt;
pub mod reader;
pub mod reference;
pub mod results;
pub mod search;
pub mod sheet;
pub mod shelf;
pub mod snippet;
pub mod state;
pub mod strokes;
pub mod table;
pub mod terminal;
pub mod theme;
pub mod tree;
pub mod update;
pub mod view;
pub mod walk;
pub mod which;
pub mod why;
pub mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Language};
use crate::library::Library;
use habits::Habits;
use opener::Surroundings;

/// Why the terminal interface had to end.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal could not be read, written or set up.
    #[error("the terminal cannot be used: {0}; celan needs an interactive terminal (see `celan --help` for commands that do not)")]
    Terminal(#[from] io::Error),
    /// The thread that searches has ended; its message is lost.
    #[error("the search thread ended unexpectedly; please start celan again")]
    WorkerEnded,
}

impl TuiError {
    /// What happened and what to do, in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        match (self, language) {
            (error, Language::English) => error.to_string(),
            (Self::Terminal(cause), Language::Chinese) => {
                format!("无法使用终端：{cause}；策览的界面需要交互式终端，其他用法见 celan --help")
            }
            (Self::WorkerEnded, Language::Chinese) => "检索线程意外结束，请重新启动 celan".to_owned(),
        }
    }
}

/// What the interface is told when it begins.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// The language that it speaks.
    pub language: Language,
    /// What the user likes.
    pub habits: Habits,
    /// What is wrong with the file that says so.
    pub faults: Vec<Diagnostic>,
    /// The file for what is remembered of the library; none where there is nowhere to write.
    pub memory: Option<PathBuf>,
    /// The folder that exports go to.
    pub exports: Option<PathBuf>,
    /// What source files can be opened with.
    pub surroundings: Surroundings,
}

/// Runs the interface on the terminal of this process until the user quits or a signal ends it.
///
/// # Errors
/// Where the terminal fails; it is restored before this returns, however it ends.
pub fn run(library: Arc<Library>, beginning: Beginning) -> Result<(), TuiError> {
    terminal::run(&library, beginning)?;
    drop(library);
    Ok(())
}
