//! `celan completions`: a script that completes commands and options in a shell.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, ValueEnum};
use clap_complete::Shell;

use super::session::Session;
use super::{Command, Outcome, parser};
use crate::diagnostic::Language;

pub(super) const COMMAND: Command = Command { name: "completions", describe, run };

/// The names of the shells, as they are typed.
const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("生成命令行补全脚本", "Print a completion script for a shell"))
        .override_usage(language.pick("celan completions [选项] SHELL", "celan completions [OPTIONS] SHELL"))
        .arg(
            Arg::new("shell")
                .required(true)
                .value_name("SHELL")
                .value_parser(PossibleValuesParser::new(SHELLS))
                .hide_possible_values(true)
                .help(SHELLS.join(language.pick("、", ", "))),
        )
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let name = matches.get_one::<String>("shell").map(String::as_str).unwrap_or_default();
    let Ok(shell) = Shell::from_str(name, false) else { return Ok(Outcome::Nothing) };
    // The generator does not survive a closed pipe, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut parser::parser(session.language), "celan", &mut script);
    session.output.write_all(&script)?;
    Ok(Outcome::Found)
}
