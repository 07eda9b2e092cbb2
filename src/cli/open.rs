//! `celan` and `celan open`: the terminal interface; the outline where standard output is no terminal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgMatches};

use super::session::Session;
use super::world::World;
use super::{Command, Outcome, parser, plain, toc};
use crate::diagnostic::Language;
use crate::library::Library;
use crate::tui::keeper;
use crate::tui::opener::Surroundings;
use crate::tui::palette::Depth;
use crate::tui::{self, Beginning};

pub(super) const COMMAND: Command = Command { name: "open", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .args(arguments(language))
        .about(language.pick("打开终端界面（不带命令时即如此）", "Open the terminal interface (the same as no command)"))
        .override_usage(language.pick("celan [open] [选项]", "celan [open] [OPTIONS]"))
}

/// What may be said about the interface, with and without the name of the command.
pub(super) fn arguments(language: Language) -> [Arg; 2] {
    [
        parser::switch(
            "plain",
            language.pick("逐行输出，不画界面（供读屏软件使用）", "Line by line without a screen, for screen readers"),
        ),
        parser::switch("force", language.pick("不检查终端的字符编码", "Open the interface whatever the terminal's encoding is")),
    ]
}

pub(super) fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let world = session.world;
    let is_plain = matches.get_flag("plain");
    let is_interface = !is_plain && world.output_is_terminal && world.input_is_terminal;
    if is_interface && !matches.get_flag("force") && world.variable("CELAN_FORCE").is_none() {
        if let Some(locale) = narrow_locale(world) {
            session.say(&refusal(&locale));
            return Ok(Outcome::Partial);
        }
        if world.variable("TERM").is_some_and(|term| term == "dumb") {
            anyhow::bail!(session.language.pick(
                "这个终端（TERM=dumb）不能移动光标，无法显示界面；可用 celan --plain，或 celan search 等命令",
                "this terminal (TERM=dumb) cannot move its cursor: use celan --plain, or commands such as celan search"
            ));
        }
    }
    let library = session.library()?;
    if is_interface {
        return interface(session, library);
    }
    if is_plain && (world.output_is_terminal || !world.input_is_terminal) {
        return plain::run(session, &library);
    }
    toc::print_library(session, &library)?;
    Ok(Outcome::Found)
}

/// The locale, where it has another encoding than UTF-8; as POSIX has it, the first variable that is set counts, and none means `POSIX`.
fn narrow_locale(world: &World) -> Option<String> {
    if cfg!(windows) {
        return None;
    }
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| world.variable(name));
    let locale = named.map_or_else(|| "POSIX".to_owned(), |value| value.to_string_lossy().into_owned());
    let encoding = locale.to_ascii_lowercase().replace('-', "");
    (!encoding.contains("utf8")).then_some(locale)
}

/// In ASCII, for a terminal that shows nothing else.
fn refusal(locale: &str) -> String {
    let locale: String = locale.chars().filter(char::is_ascii_graphic).collect();
    format!(
        "celan: the locale of this terminal ({locale}) is not UTF-8:\n\
         Chinese text would be garbled. Set one that is, and start again:\n\
         \u{20}   LC_ALL=C.UTF-8 celan\n\
         To open the interface all the same: celan --force\n\
         Commands such as `celan search` print UTF-8 anyhow."
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_says_the_encoding() {
        type Variables = &'static [(&'static str, &'static str)];
        let cases: [(Variables, Option<&str>); 8] = [
            (&[], Some("POSIX")),
            (&[("LANG", "C")], Some("C")),
            (&[("LANG", "zh_CN.UTF-8")], None),
            (&[("LANG", "zh_CN.GBK")], Some("zh_CN.GBK")),
            (&[("LANG", "C"), ("LC_CTYPE", "C.utf8")], None),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], Some("C")),
            (&[("LC_MESSAGES", "zh_CN.UTF-8")], Some("POSIX")),
            (&[("LC_CTYPE", "UTF-8")], None),
        ];
        for (variables, locale) in cases {
            let expected = locale.filter(|_| !cfg!(windows)).map(str::to_owned);
            assert_eq!(narrow_locale(&World::of(&["celan"], variables)), expected, "{variables:?}");
        }
        assert!(refusal("中文.GBK\u{1b}").is_ascii());
    }
}
