//! The command line: what was typed after `celan` → a call of the library → text, JSON or CSV.
//!
//! The way of a call: `world` holds everything that comes from outside (arguments, variables, folders); `language` decides which
//! language is spoken before anything is parsed; `parser` builds the tree of commands from `COMMANDS`, `arguments` makes a query
//! that begins with `-` readable to it, and `complaint` says in words what it could not read. Each command is one file with
//! its arguments and its work side by side. Data goes to standard output through `output`, everything else to standard error.
//! Files are read by a `worker`, a second process. The exit code is 0 where something was found, 1 where nothing was, 2 after an error.

mod add;
mod answer;
mod arena;
mod arguments;
mod chart;
mod check;
mod choose;
mod cite;
mod complaint;
mod completions;
mod config;
mod concordance;
mod count;
mod doctor;
mod exported;
mod facets;
mod help;
mod indicators;
mod json;
mod language;
mod list;
mod man;
mod notes;
mod open;
mod output;
mod parser;
mod plain;
mod progress;
mod reindex;
mod remove;
mod report;
mod search;
mod session;
mod show;
mod snippet;
mod table;
mod toc;
mod unit;
mod worker;
mod world;

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;

use crate::diagnostic::{Language, Warned};
use crate::tui::habits::Habits;
use session::Session;
use world::World;

/// What a call came to, where it was not an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// There is an answer: exit code 0.
    Found,
    /// The question was understood and the library has nothing on it: exit code 1.
    Nothing,
    /// Some of what was asked could not be done, and each case has been told: exit code 2.
    Partial,
}

/// A command: how it is described, and what it does.
struct Command {
    /// What is typed.
    name: &'static str,
    /// Its help and its arguments in one language.
    describe: fn(clap::Command, Language) -> clap::Command,
    /// Its work.
    run: fn(&mut Session<'_>, &ArgMatches) -> anyhow::Result<Outcome>,
}

/// All commands, in the order of the help; parser, dispatch, manual page and completions are made from this table.
const COMMANDS: [Command; 18] = [
    open::COMMAND,
    search::COMMAND,
    count::COMMAND,
    show::COMMAND,
    toc::COMMAND,
    cite::COMMAND,
    indicators::COMMAND,
    notes::COMMAND,
    list::COMMAND,
    add::COMMAND,
    check::COMMAND,
    remove::COMMAND,
    reindex::COMMAND,
    doctor::COMMAND,
    config::COMMAND,
    completions::COMMAND,
    man::COMMAND,
    help::COMMAND,
];

/// Runs the program on the arguments and the environment of this process.
#[must_use]
pub fn main() -> ExitCode {
    let world = World::of_this_process();
    if let Some(code) = worker::serve::asked_for(&world.arguments) {
        return code;
    }
    let habits = config::load(&world);
    let language = language::decide(&world, habits.value.language);
    panic::set_hook(Box::new(move |panicked| tell_of_panic(panicked, language)));
    match panic::catch_unwind(AssertUnwindSafe(|| run(&world, language, habits))) {
        Ok(code) => code,
        Err(_) => ExitCode::from(2),
    }
}

/// Runs one call: parses, does the work, tells errors.
fn run(world: &World, language: Language, habits: Warned<Habits>) -> ExitCode {
    let mut session = Session::new(world, language, habits);
    let outcome = answer_mending(&mut session).and_then(|outcome| {
        session.output.flush()?;
        Ok(outcome)
    });
    match outcome {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Partial) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            session.say_error(&in_words(&error, language));
            ExitCode::from(2)
        }
    }
}

/// How often a question is asked again of an index that other processes renew all the while.
const ATTEMPTS: usize = 8;

/// Does the work; where another process renewed the index meanwhile, does it again. Where a file of the index turns out to be damaged on
/// the way, says so, has the index built anew and does it again.
fn answer_mending(session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let mut outcome = answer(session);
    for _ in 0..ATTEMPTS {
        if outcome.is_ok() || !session.can_be_repeated() {
            break;
        }
        outcome = answer(session);
    }
    match outcome {
        Err(error) if session.can_be_mended() => {
            session.say(&in_words(&error, session.language));
            session.mend()?;
            answer(session)
        }
        outcome => outcome,
    }
}

fn answer(session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let typed = &session.world.arguments;
    let mut parser = parser::parser_for(typed, session.language);
    let (mut arguments, mut parsed) = parse(&mut parser, typed);
    if parsed.as_ref().is_err_and(|error| error.kind() != ErrorKind::DisplayVersion) {
        parser = parser::parser(session.language);
        (arguments, parsed) = parse(&mut parser, typed);
    }
    let matches = match parsed {
        Ok(matches) => matches,
        Err(error) => return not_parsed(session, &parser, &error, &arguments),
    };
    session.read_common_options(&matches);
    match matches.subcommand() {
        None => open::run(session, &matches),
        Some((name, matches)) => match COMMANDS.iter().find(|command| command.name == name) {
            Some(command) => (command.run)(session, matches),
            None => anyhow::bail!("{name}"),
        },
    }
}

/// The arguments as the parser sees them, and what it reads in them.
fn parse(parser: &mut clap::Command, typed: &[OsString]) -> (Vec<OsString>, Result<ArgMatches, clap::Error>) {
    let arguments = arguments::readable(parser, typed);
    let parsed = parser.try_get_matches_from_mut(&arguments);
    (arguments, parsed)
}

/// Help and version are answers on standard output; everything else that stops the parser is an error in words.
fn not_parsed(
    session: &mut Session<'_>,
    parser: &clap::Command,
    error: &clap::Error,
    arguments: &[OsString],
) -> anyhow::Result<Outcome> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        help::print(&mut session.output, &error.render())?;
        return Ok(Outcome::Found);
    }
    session.say(&complaint::in_words(error, parser, arguments, session.language));
    Ok(Outcome::Partial)
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |error: &(dyn std::error::Error + 'static)| {
        let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
        error.downcast_ref::<io::Error>().is_some_and(closed)
            || error
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|error| error.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    };
    error.chain().any(kind)
}

/// Errors of the library speak for themselves; a bare one of the system can only have come from standard output.
fn in_words(error: &anyhow::Error, language: Language) -> String {
    match error.downcast_ref::<io::Error>() {
        Some(error) => {
            let lead = language
                .pick("写入标准输出失败，请检查磁盘空间或管道", "cannot write to standard output; check the disk or the pipe");
            format!("{lead}{}{error}{}", language.pick("（", " ("), language.pick("）", ")"))
        }
        None => error.to_string(),
    }
}

/// A defect of this program: one short message in place of a trace. The place is told without folders, for a report.
fn tell_of_panic(panicked: &panic::PanicHookInfo<'_>, language: Language) {
    let place = place_of(panicked);
    let message = language.pick(
        "celan 遇到内部错误，已停止；文件和索引未受影响。请把这个位置告诉作者：",
        "celan hit an internal error and stopped; files and index are unharmed. Please report this place to the authors: ",
    );
    // Nothing is left to do where even standard error is closed.
    let _ = writeln!(io::stderr(), "{message}{place}");
}

/// File and line of a panic, without folders.
fn place_of(panicked: &panic::PanicHookInfo<'_>) -> String {
    panicked.location().map_or_else(String::new, |location| {
        let file = location.file().rsplit(['/', '\\']).next().unwrap_or_default();
        format!("{file}:{}", location.line())
    })
}

/// The one of two messages that is in `language`, where they had to be put together.
fn either(language: Language, chinese: String, english: String) -> String {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// How printing went.
type Printed = io::Result<()>;

#[cfg(test)]
mod tests {
    use super::output::Output;
    use super::*;

    #[test]
    fn every_command_has_its_own_name_and_both_languages() {
        for (position, command) in COMMANDS.iter().enumerate() {
            assert!(COMMANDS.iter().skip(position + 1).all(|other| other.name != command.name), "{}", command.name);
            let about = |language| {
                (command.describe)(clap::Command::new(command.name), language)
                    .get_about()
                    .map(ToString::to_string)
                    .unwrap_or_default()
            };
            assert!(about(Language::Chinese).chars().any(|character| character > '\u{2e80}'), "{}", command.name);
            assert!(!about(Language::English).is_empty() && about(Language::English).is_ascii(), "{}", command.name);
        }
    }

    #[test]
    fn the_tree_of_commands_is_sound() {
        parser::parser(Language::Chinese).debug_assert();
        parser::parser(Language::English).debug_assert();
    }

    #[test]
    fn a_call_is_read_alike_by_the_tree_of_its_own_commands() {
        let calls = [
            "celan search --坚持 --json",
            "celan --lang en search 外贸 --limit 3 search",
            "celan show search",
            "celan count -外贸 --by year --内贸",
            "celan --library search search x",
            "celan",
            "celan cite 4.3 --style gbt7714",
        ];
        for call in calls {
            let typed: Vec<OsString> = call.split(' ').map(OsString::from).collect();
            let read = |mut parser| parse(&mut parser, &typed).1.map(|matches| format!("{:?}", matches.subcommand()));
            let own = read(parser::parser_for(&typed, Language::Chinese)).unwrap();
            assert_eq!(own, read(parser::parser(Language::Chinese)).unwrap(), "{call}");
        }
    }

    #[test]
    fn a_closed_pipe_is_told_from_other_failures() {
        assert!(is_closed_pipe(&io::Error::from(io::ErrorKind::BrokenPipe).into()));
        assert!(!is_closed_pipe(&io::Error::from(io::ErrorKind::StorageFull).into()));
    }

    #[test]
    fn output_is_a_writer() {
        let mut output = Output::into_memory();
        write!(output, "策览").unwrap();
        assert_eq!(output.printed(), "策览");
    }
}
