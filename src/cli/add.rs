//! `celan add`: files into the library, with a progress bar where there are many; `report` says what came of them.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Arg, ArgMatches, value_parser};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::session::Session;
use super::{Command, Outcome, arena, either, parser, report};
use crate::diagnostic::Language;
use crate::extract::readable;
use crate::library::Added;

pub(super) const COMMAND: Command = Command { name: "add", describe, run };

/// From this many files on, a progress bar is shown.
const MANY: usize = 3;

fn describe(command: clap::Command, language: Language) -> clap::Command {
    let readable = readable();
    command
        .about(either(
            language,
            format!("加入文件：{}；文件夹逐层查找", readable.chinese),
            format!("Add files: {}; folders are walked", readable.english),
        ))
        .override_usage(language.pick("celan add [选项] 路径…", "celan add [OPTIONS] PATH…"))
        .arg(
            Arg::new("paths")
                .required(true)
                .num_args(1..)
                .value_name(language.pick("路径", "PATH"))
                .value_parser(value_parser!(PathBuf))
                .help(
                    language
                        .pick("文件或文件夹；没有变化的文件会跳过", "Files or folders; files that have not changed are skipped"),
                ),
        )
        .arg(parser::switch("verbose", language.pick("文件很多时也逐一列出", "List every file, however many there are")).short('v'))
        .arg(parser::json(language))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    arena::share(session.world);
    let mut library = session.library_to_fill()?;
    let paths: Vec<&Path> = matches.get_many::<PathBuf>("paths").into_iter().flatten().map(PathBuf::as_path).collect();
    let bar = Progress::new(session.language);
    let added = library.add(&paths, &mut |done, of| bar.show(done, of)).map_err(|error| session.failed(&error))?;
    bar.end();
    if matches.get_flag("json") {
        report::print_json(session, &added)?;
    } else if added.is_empty() {
        let readable = readable();
        let chinese = format!("没有找到可读的文件：{}", readable.chinese);
        session.say(&either(session.language, chinese, format!("found no file that can be read: {}", readable.english)));
    } else {
        report::print(session, &added, matches.get_flag("verbose"))?;
    }
    let refused = added.iter().any(|(_, outcome)| matches!(outcome, Added::Refused(_)));
    Ok(match added.as_slice() {
        [] => Outcome::Nothing,
        _ if refused => Outcome::Partial,
        _ => Outcome::Found,
    })
}

/// Minutes and seconds, hours where there are any.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A bar on standard error; it hides itself where that is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar of unknown length, not yet visible: how many are done, how fast, and how long the rest will take.
    pub(super) fn new(language: Language) -> Self {
        let bar = ProgressBar::hidden();
        let template =
            language.pick("{wide_bar} {pos}/{len} · {rate} · 还需 {left}", "{wide_bar} {pos}/{len} · {rate} · {left} left");
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = move |state: &ProgressState, to: &mut dyn Write| {
                let _ = write!(to, "{:.0} {}", state.per_sec(), language.pick("份/秒", "files/s"));
            };
            let left = |state: &ProgressState, to: &mut dyn Write| {
                let _ = write!(to, "{}", clock(state.eta()));
            };
            bar.set_style(style.with_key("rate", rate).with_key("left", left));
        }
        Self(bar)
    }

    /// `done` of `of` are done.
    pub(super) fn show(&self, done: usize, of: usize) {
        if of >= MANY && self.0.length().is_none() {
            self.0.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
    }

    /// Takes the bar off the screen.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
