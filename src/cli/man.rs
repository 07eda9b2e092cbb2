//! `celan man`: the manual page in roff, of the program or of one command.

use std::io::Write;

use clap::{Arg, ArgMatches};
use clap_mangen::Man;

use super::session::Session;
use super::{Command, Outcome, help, parser};
use crate::diagnostic::Language;

pub(super) const COMMAND: Command = Command { name: "man", describe, run };

/// The headings that the generator writes, and their Chinese; those of the parser (命令, 参数) are Chinese already.
const HEADINGS: [(&str, &str); 5] =
    [("NAME", "名称"), ("SYNOPSIS", "用法"), ("DESCRIPTION", "说明"), ("VERSION", "版本"), ("EXTRA", "补充")];

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("生成手册页：celan man > celan.1", "Print the manual page: celan man > celan.1"))
        .override_usage(language.pick("celan man [选项] [命令]", "celan man [OPTIONS] [COMMAND]"))
        .arg(
            Arg::new("command")
                .value_name(language.pick("命令", "COMMAND"))
                .help(language.pick("只要这个命令的手册页", "Only the page of this command")),
        )
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let mut tree = parser::parser(session.language);
    let Some(command) = help::find(session, &mut tree, matches)? else { return Ok(Outcome::Partial) };
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    for line in page.lines() {
        writeln!(session.output, "{}", heading(line, session.language))?;
    }
    Ok(Outcome::Found)
}

/// A line of the page, a heading in capitals or in Chinese.
fn heading(line: &str, language: Language) -> String {
    let Some(name) = line.strip_prefix(".SH ") else { return line.to_owned() };
    let name = name.trim_matches('"').to_uppercase();
    let chinese = HEADINGS.iter().find(|(english, _)| *english == name).map_or(name.as_str(), |(_, chinese)| chinese);
    format!(".SH {}", language.pick(chinese, &name))
}
