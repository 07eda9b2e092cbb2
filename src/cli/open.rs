//! `celan` and `celan open`: the terminal interface; the outline where standard output is no terminal.

use std::sync::Arc;

use clap::ArgMatches;

use super::session::Session;
use super::{Command, Outcome, toc};
use crate::diagnostic::Language;
use crate::library::Library;
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
    let beginning = Beginning { language, habits, faults: session.habits.diagnostics.clone() };
    tui::run(Arc::new(library), beginning).map_err(|error| anyhow::anyhow!(error.in_language(language)))?;
    Ok(Outcome::Found)
}
