//! `celan` and `celan open`: the terminal interface; the outline where standard output is no terminal.

use clap::ArgMatches;

use super::session::Session;
use super::{Command, Outcome, toc};
use crate::diagnostic::Language;
use crate::library::Library;

pub(super) const COMMAND: Command = Command { name: "open", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("打开终端界面（不带命令时即如此）", "Open the terminal interface (the same as no command)"))
        .override_usage(language.pick("celan [open] [选项]", "celan [open] [OPTIONS]"))
}

pub(super) fn run(session: &mut Session<'_>, _: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library()?;
    if session.world.output_is_terminal && session.world.input_is_terminal {
        return interface(session, &library);
    }
    toc::print_library(session, &library)?;
    Ok(Outcome::Found)
}

fn interface(session: &Session<'_>, library: &Library) -> anyhow::Result<Outcome> {
    let _ = library;
    anyhow::bail!(session.language.pick(
        "这个版本没有终端界面；celan toc 列出目录，celan help 列出全部命令",
        "this build has no terminal interface; `celan toc` prints the outline, `celan help` lists all commands"
    ))
}
