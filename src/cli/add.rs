//! `celan add`: files into the library, with a progress bar where there are many; `report` says what came of them.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, value_parser};

use super::progress::Progress;
use super::session::Session;
use super::{Command, Outcome, arena, either, parser, report};
use crate::diagnostic::Language;
use crate::extract::readable;
use crate::library::Added;

pub(super) const COMMAND: Command = Command { name: "add", describe, run };

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
