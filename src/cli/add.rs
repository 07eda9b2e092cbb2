//! `celan add`: files into the library, with a progress bar where there are many.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, value_parser};
use indicatif::{ProgressBar, ProgressStyle};

use super::session::Session;
use super::{Command, Outcome, either};
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
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let mut library = session.library_to_fill()?;
    let paths: Vec<&Path> = matches.get_many::<PathBuf>("paths").into_iter().flatten().map(PathBuf::as_path).collect();
    let bar = Progress::new();
    let added = library.add(&paths, &mut |done, of| bar.show(done, of)).map_err(|error| session.failed(&error))?;
    bar.end();
    let mut refused = false;
    for (file, outcome) in &added {
        refused |= tell(session, file, outcome)?;
    }
    if added.is_empty() {
        let readable = readable();
        let chinese = format!("没有找到可读的文件：{}", readable.chinese);
        session.say(&either(session.language, chinese, format!("found no file that can be read: {}", readable.english)));
        return Ok(Outcome::Nothing);
    }
    Ok(if refused { Outcome::Partial } else { Outcome::Found })
}

/// One line a file; whether it was refused.
fn tell(session: &mut Session<'_>, file: &Path, outcome: &Added) -> anyhow::Result<bool> {
    let language = session.language;
    let (word, id) = match outcome {
        Added::New { id, .. } => (language.pick("已加入", "added"), id),
        Added::Unchanged(id) => (language.pick("没有变化", "unchanged"), id),
        Added::Refused(why) => {
            // Messages of the disk name the file themselves; those about its contents do not.
            let (file, why) = (file.display().to_string(), why.in_language(language));
            let named = if why.contains(&file) { String::new() } else { format!("{file}{}", language.pick("：", ": ")) };
            session.say_error(&format!("{named}{why}"));
            return Ok(true);
        }
    };
    session.output.line(format_args!("{word}  {id}  {}", file.display()))?;
    if let Added::New { diagnostics, .. } = outcome {
        session.tell(diagnostics);
    }
    if let Added::New { twin: Some(twin), .. } = outcome {
        let chinese = format!("{id} 与文库中的 {twin} 编号相同，两份都已保留；如不需要旧的：celan remove {twin}");
        let english = format!(
            "{id} has the number of {twin} in this library; both are kept. If the old one is not needed: celan remove {twin}"
        );
        session.say(&either(language, chinese, english));
    }
    Ok(false)
}

/// A bar on standard error; it hides itself where that is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar of unknown length, not yet visible.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::hidden();
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len}") {
            bar.set_style(style);
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
