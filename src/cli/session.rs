//! One call of the program: its language, its world, its two outputs, and the library it works on.

use std::cell::Cell;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::ArgMatches;

use super::output::Output;
use super::progress::Progress;
use super::worker::Guarded;
use super::world::World;
use crate::corpus::locate::{self, Located, Whereabouts};
use crate::corpus::{Corpus, CorpusError};
use crate::diagnostic::{Diagnostic, Language, Warned};
use crate::library::{Library, LibraryError, Listing, Look, repair};
use crate::text::safe::safe;
use crate::tui::habits::Habits;

/// What every command is given.
#[derive(Debug)]
pub(super) struct Session<'w> {
    /// The language of help and messages.
    pub(super) language: Language,
    /// Everything that comes from outside.
    pub(super) world: &'w World,
    /// What the user likes, and what is wrong with the file that says so.
    pub(super) habits: Warned<Habits>,
    /// Standard output.
    pub(super) output: Output,
    /// `--library`, where it was given.
    library: Option<PathBuf>,
    /// Whether a file of the index has turned out to be damaged.
    met_damage: Cell<bool>,
    /// Whether another process has renewed the index since this one opened it.
    was_overtaken: Cell<bool>,
    /// Whether the index of the library is of no use and cannot be built anew.
    without_index: bool,
}

impl<'w> Session<'w> {
    /// The beginning of a call.
    pub(super) fn new(world: &'w World, language: Language, habits: Warned<Habits>) -> Self {
        let output = Output::standard(world);
        Self {
            language,
            world,
            habits,
            output,
            library: None,
            met_damage: Cell::new(false),
            was_overtaken: Cell::new(false),
            without_index: false,
        }
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
        let located = self.located()?;
        locate::open(&located).map_err(|error| self.failed(&error.into()))?;
        self.open(located.folder(), Look::Close)
    }

    /// Like [`Session::library`], for a command that answers one question and should do so at once.
    pub(super) fn library_at_hand(&self) -> anyhow::Result<Library> {
        let located = self.located()?;
        locate::open(&located).map_err(|error| self.failed(&error.into()))?;
        self.open(located.folder(), Look::Quick(SystemTime::now()))
    }

    /// Like [`Session::library`], for a command that fills a library: a named folder that is none yet becomes one.
    pub(super) fn library_to_fill(&self) -> anyhow::Result<Library> {
        let located = self.located()?;
        match (&located, locate::open(&located)) {
            (_, Ok(_)) => {}
            (Located::Named(folder), Err(CorpusError::NotALibrary { .. })) => {
                Corpus::create(folder, &[]).map_err(|error| self.failed(&error.into()))?;
                self.say(&format!("{}{}", self.language.pick("新建文库：", "new library: "), folder.display()));
            }
            (_, Err(error)) => return Err(self.failed(&error.into())),
        }
        self.open(located.folder(), Look::Close)
    }

    /// The folder of the library that is meant, which is not opened.
    pub(super) fn library_folder(&self) -> anyhow::Result<PathBuf> {
        let located = self.located()?;
        locate::open(&located).map_err(|error| self.failed(&error.into()))?;
        Ok(located.folder().to_owned())
    }

    /// Where the library that is meant keeps the file of a document.
    pub(super) fn source_path(&self, listing: &Listing) -> anyhow::Result<PathBuf> {
        let located = self.located()?;
        let corpus = Corpus::open(located.folder()).map_err(|error| self.failed(&error.into()))?;
        Ok(corpus.path(&listing.source.file))
    }

    /// Whether the work so far has failed because another process renewed the index meanwhile, and can be done once more; said once.
    pub(super) fn can_be_repeated(&self) -> bool {
        self.was_overtaken.take() && !self.output.has_begun
    }

    /// Whether the work so far has failed for a damaged file of the index and can be done once more, the index built anew.
    pub(super) fn can_be_mended(&self) -> bool {
        self.met_damage.get() && !self.without_index && !self.output.has_begun
    }

    /// Builds the index anew, or does without it where it cannot be written.
    pub(super) fn mend(&mut self) -> anyhow::Result<()> {
        self.met_damage.set(false);
        let bar = Progress::of_index(self.language);
        let repaired = repair(&self.library_folder()?, &mut self.extractor(), &mut |done, of| bar.show(done, of));
        bar.end();
        match repaired {
            Ok(noticed) => {
                self.say(self.language.pick("已由 corpus/ 重建索引", "the index was built anew from corpus/"));
                self.tell(&noticed);
            }
            Err(error) => {
                self.say(&error.in_language(self.language));
                self.without_index = true;
            }
        }
        Ok(())
    }

    /// Who reads files for this call.
    pub(super) fn extractor(&self) -> Guarded {
        Guarded::new(self.world.program, self.language)
    }

    fn open(&self, folder: &Path, look: Look) -> anyhow::Result<Library> {
        let extractor = Box::new(self.extractor());
        let opened = if self.without_index {
            Library::open_in_memory(folder, extractor)
        } else {
            // Nearly always there is nothing to be done, and then no bar is made.
            let mut bar = None;
            let language = self.language;
            let mut show = |done, of| bar.get_or_insert_with(|| Progress::of_index(language)).show(done, of);
            let opened = Library::open_looking(folder, extractor, look, &mut show);
            bar.iter().for_each(Progress::end);
            opened
        };
        let opened = opened.map_err(|error| self.failed(&error))?;
        self.tell(&opened.diagnostics);
        self.tell(opened.value.faults());
        Ok(opened.value)
    }

    fn located(&self) -> anyhow::Result<Located> {
        let whereabouts = Whereabouts {
            option: self.library.clone(),
            variable: self.world.variable("CELAN_LIBRARY").map(PathBuf::from),
            current: self.world.folder.clone(),
            data: self.world.data_folder.clone(),
        };
        locate::locate(&whereabouts).map_err(|error| self.failed(&error.into()))
    }

    /// An error of the library in the language of the call.
    pub(super) fn failed(&self, error: &LibraryError) -> anyhow::Error {
        self.met_damage.set(self.met_damage.get() || error.is_damage());
        self.was_overtaken.set(self.was_overtaken.get() || error.is_overtaken());
        anyhow::anyhow!(error.in_language(self.language))
    }

    /// Tells diagnostics on standard error, one a line.
    pub(super) fn tell(&self, diagnostics: &[Diagnostic]) {
        tell(diagnostics, self.language);
    }

    /// One line on standard error.
    #[expect(clippy::unused_self, reason = "standard error belongs to the session; a method keeps the calls alike")]
    pub(super) fn say(&self, message: &str) {
        say(message);
    }

    /// One error on standard error.
    pub(super) fn say_error(&self, message: &str) {
        self.say(&format!("{}{message}", self.language.pick("错误：", "error: ")));
    }
}

/// Tells diagnostics on standard error, one a line.
pub(super) fn tell(diagnostics: &[Diagnostic], language: Language) {
    for diagnostic in diagnostics {
        say(&diagnostic.say(language));
    }
}

fn say(message: &str) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{}", safe(message));
}
