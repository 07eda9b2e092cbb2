//! `celan config`: the user's file of settings, where it is and what it may say.
//!
//! The file is `config.toml` in the user's folder of settings for this program, or the one that `CELAN_CONFIG` names. What is wrong in
//! it never stops anything: it is told when the interface opens, and here.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::session::Session;
use super::world::World;
use super::{Command, Outcome, either};
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Warned, system_error};
use crate::tui::habits::{Habits, template};

pub(super) const COMMAND: Command = Command { name: "config", describe, run };

/// Name of the file.
const FILE: &str = "config.toml";

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("显示设置文件的位置和全部设置项", "Show where the settings are and all that they may say"))
        .override_usage(language.pick("celan config [选项]", "celan config [OPTIONS]"))
        .after_help(language.pick(
            "输出就是一份可用的设置文件，各项都写着缺省值：celan config > 文件。\n文件的位置可用 CELAN_CONFIG 改变。",
            "What is printed is a file of settings with all defaults: celan config > FILE.\nCELAN_CONFIG names another file.",
        ))
}

fn run(session: &mut Session<'_>, _: &ArgMatches) -> anyhow::Result<Outcome> {
    let language = session.language;
    session.output.text(template(language))?;
    if let Some(path) = path(session.world) {
        let state = if path.exists() { language.pick("", "") } else { language.pick("（尚无此文件）", " (not there yet)") };
        session.say(&either(
            language,
            format!("设置文件：{}{state}", path.display()),
            format!("settings: {}{state}", path.display()),
        ));
    }
    let read = load(session.world);
    session.tell(&read.diagnostics);
    Ok(Outcome::Found)
}

/// Where the file is, whether it is there or not; none where there is no home.
fn path(world: &World) -> Option<PathBuf> {
    let named = world.variable("CELAN_CONFIG").map(PathBuf::from);
    named.or_else(|| world.config_folder.as_ref().map(|folder| folder.join(FILE)))
}

/// What the user's file says; nothing where there is none.
pub(super) fn load(world: &World) -> Warned<Habits> {
    let Some(path) = path(world) else { return Warned::clean(Habits::default()) };
    match std::fs::read(&path) {
        Ok(bytes) => Habits::read(&bytes, &path.display().to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound && world.variable("CELAN_CONFIG").is_none() => {
            Warned::clean(Habits::default())
        }
        Err(error) => Warned { value: Habits::default(), diagnostics: vec![unreadable(&path, &error)] },
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = Bilingual::new(
        format!("读不了设置文件（{}），按缺省值运行", system_error(error, Language::Chinese)),
        format!("the settings cannot be read ({error}): defaults hold"),
    );
    Diagnostic::warning("habits", message, Place { file: Some(path.display().to_string()), ..Place::default() })
}
