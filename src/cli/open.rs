//! `celan` and `celan open`: the terminal interface; the outline where standard output is no terminal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::session::Session;
use super::{Command, Outcome, toc};
use crate::diagnostic::Language;
use crate::library::Library;
use crate::tui::keeper;
use crate::tui::opener::Surroundings;
use crate::tui::palette::Depth;
use crate::tui::{self, Beginning};

pub(super) const COMMAND: Command = Command { name: "open", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("打开终端界面（不带命令时即如此）", "Open the terminal interface (the same as no command)"))
        .override_usage(language.pick("celan [open] [选项]", "celan [open] [OPTIONS]"))
}

pub(super) fn run(session: &mut Session<'_>, _: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library()?;
    if session.world.output_is_terminal && session.world.input_is_terminal {
        return interface(session, library);
    }
    toc::print_library(session, &library)?;
    Ok(Outcome::Found)
}

fn interface(session: &Session<'_>, library: Library) -> anyhow::Result<Outcome> {
    let language = session.language;
    session.tell(&session.habits.diagnostics);
    let mut habits = session.habits.value.clone();
    let variable = |name| session.world.variable(name).and_then(std::ffi::OsStr::to_str);
    habits.look.depth = Depth::of(session.world.variable("NO_COLOR").is_some(), variable("COLORTERM"), variable("TERM"));
    let memory = session.world.state_folder.as_deref().zip(library.folder());
    let windows = cfg!(any(windows, target_os = "macos")) || variable("DISPLAY").or(variable("WAYLAND_DISPLAY")).is_some();
    let editor = variable("VISUAL").or(variable("EDITOR")).map(str::to_owned);
    let beginning = Beginning {
        language,
        habits,
        faults: session.habits.diagnostics.clone(),
        memory: memory.map(|(folder, library)| keeper::memory_file(folder, &absolute(library))),
        exports: session.world.folder.clone(),
        surroundings: Surroundings { editor, has_windows: windows },
    };
    tui::run(Arc::new(library), beginning).map_err(|error| anyhow::anyhow!(error.in_language(language)))?;
    Ok(Outcome::Found)
}

/// The folder by the name that is the same wherever one calls from.
fn absolute(folder: &Path) -> PathBuf {
    std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}
