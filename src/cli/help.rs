//! `celan help`: the help of the program or of one command, the same as `--help`.

use std::io::Write;

use clap::builder::StyledStr;
use clap::{Arg, ArgMatches};

use super::output::Output;
use super::session::Session;
use super::{COMMANDS, Command, Outcome, Printed, either, parser};
use crate::diagnostic::Language;

pub(super) const COMMAND: Command = Command { name: "help", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("显示说明", "Print help"))
        .override_usage(language.pick("celan help [选项] [命令]", "celan help [OPTIONS] [COMMAND]"))
        .arg(
            Arg::new("command")
                .value_name(language.pick("命令", "COMMAND"))
                .help(language.pick("要说明的命令", "The command to explain")),
        )
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let mut tree = parser::parser(session.language);
    let Some(command) = find(session, &mut tree, matches)? else { return Ok(Outcome::Partial) };
    let help = command.render_help();
    print(&mut session.output, &help)?;
    Ok(Outcome::Found)
}

/// Help on standard output, in bold where colours are wanted.
pub(super) fn print(output: &mut Output, help: &StyledStr) -> Printed {
    let mut text = if output.colours { help.ansi().to_string() } else { help.to_string() };
    // clap ends every heading with a half-width colon.
    for heading in ["命令", "参数", "选项"] {
        text = text.replace(&format!("{heading}:"), &format!("{heading}："));
    }
    write!(output, "{text}")
}

/// The command that the argument `command` names, the whole program where it names none; none where that has been told.
pub(super) fn find<'c>(
    session: &Session<'_>,
    tree: &'c mut clap::Command,
    matches: &ArgMatches,
) -> anyhow::Result<Option<&'c mut clap::Command>> {
    tree.build();
    let Some(name) = matches.get_one::<String>("command") else { return Ok(Some(tree)) };
    if COMMANDS.iter().all(|command| command.name != name) {
        let names = COMMANDS.map(|command| command.name).join(session.language.pick("、", ", "));
        let (chinese, english) =
            (format!("没有“{name}”这个命令；有：{names}"), format!("there is no command `{name}`; there are: {names}"));
        anyhow::bail!(either(session.language, chinese, english));
    }
    Ok(tree.find_subcommand_mut(name))
}
