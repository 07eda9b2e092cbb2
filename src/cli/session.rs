//! One call of the program: its language, its world, its two outputs, and the library it works on.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ArgMatches;

use super::output::Output;
use super::world::World;
use crate::diagnostic::{Diagnostic, Language};
use crate::library::{Library, LibraryError};
use crate::text::safe::safe;

/// What every command is given.
#[derive(Debug)]
pub(super) struct Session<'w> {
    /// The language of help and messages.
    pub(super) language: Language,
    /// Everything that comes from outside.
    pub(super) world: &'w World,
    /// Standard output.
    pub(super) output: Output,
    /// `--library`, where it was given.
    library: Option<PathBuf>,
}

impl<'w> Session<'w> {
    /// The beginning of a call.
    pub(super) fn new(world: &'w World, language: Language) -> Self {
        Self { language, world, output: Output::standard(world), library: None }
    }

    /// Takes the options that all commands share.
    pub(super) fn read_common_options(&mut self, matches: &ArgMatches) {
        let mut deepest = matches;
        self.library = deepest.get_one::<PathBuf>("library").cloned();
        while let Some((_, below)) = deepest.subcommand() {
            deepest = below;
            self.library = deepest.get_one::<PathBuf>("library").cloned().or_else(|| self.library.take());
        }
    }

    /// Opens the library that is meant, telling what was noticed on the way.
    pub(super) fn library(&self) -> anyhow::Result<Library> {
        let folder = self.folder()?;
        let opened = Library::open(&folder).map_err(|error| self.failed(&error))?;
        self.tell(&opened.diagnostics);
        Ok(opened.value)
    }

    /// The folder of the library: `--library`, else `CELAN_LIBRARY`, else what stands nearest.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        let named = self.library.clone().or_else(|| self.world.variable("CELAN_LIBRARY").map(PathBuf::from));
        named.or_else(|| self.world.folder.clone()).ok_or_else(|| {
            anyhow::anyhow!(
                self.language
                    .pick("找不到当前文件夹；请用 --library 指定文库", "the current folder is gone; name a library with --library")
            )
        })
    }

    /// An error of the library in the language of the call.
    pub(super) fn failed(&self, error: &LibraryError) -> anyhow::Error {
        anyhow::anyhow!(error.in_language(self.language))
    }

    /// Tells diagnostics on standard error, one a line.
    pub(super) fn tell(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            self.say(&diagnostic.say(self.language));
        }
    }

    /// One line on standard error.
    #[expect(clippy::unused_self, reason = "standard error belongs to the session; a method keeps the calls alike")]
    pub(super) fn say(&self, message: &str) {
        // Where standard error is closed there is nobody left to tell.
        let _ = writeln!(io::stderr(), "{}", safe(message));
    }

    /// One error on standard error.
    pub(super) fn say_error(&self, message: &str) {
        self.say(&format!("{}{message}", self.language.pick("错误：", "error: ")));
    }
}
