//! `celan cite`: a citation in one of the styles of the exporters.

use clap::{Arg, ArgMatches};

use super::session::Session;
use super::{Command, Outcome, choose, json, parser};
use crate::diagnostic::Language;
use crate::export::{STYLES, Style};

pub(super) const COMMAND: Command = Command { name: "cite", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    let styles = STYLES.iter().map(|style| format!("\n  {:<10}{}", style.name, style.description().in_language(language)));
    let lead = language.pick("样式：", "Styles:");
    command
        .about(language.pick("生成一处的引用", "Print the citation of a unit"))
        .override_usage(language.pick("celan cite [选项] 位置", "celan cite [OPTIONS] LOCATOR"))
        .arg(choose::argument(language))
        .arg(style(language).help(language.pick("引用样式，缺省 official", "The style, official by default")))
        .arg(parser::switch("quote", language.pick("连同原文", "With the words")))
        .after_help(format!("{lead}{}", styles.collect::<String>()))
}

/// `--style`, without its help.
pub(super) fn style(language: Language) -> Arg {
    Arg::new("style")
        .long("style")
        .value_name(language.pick("样式", "STYLE"))
        .value_parser(STYLES.map(|style| style.name))
        .hide_possible_values(true)
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library_at_hand()?;
    let Some(target) = choose::target(session, &library, &choose::typed(matches))? else { return Ok(Outcome::Nothing) };
    let [default, ..] = STYLES;
    let style = matches.get_one::<String>("style").and_then(|name| Style::named(name)).unwrap_or(default);
    let mut citation = Vec::new();
    style.write(&choose::passage(&target, matches.get_flag("quote")), &mut citation)?;
    let citation = String::from_utf8_lossy(&citation);
    if style.name == "csl-json" {
        json::print_text(&mut session.output, &citation)?;
    } else {
        session.output.text(&citation)?;
    }
    Ok(Outcome::Found)
}
