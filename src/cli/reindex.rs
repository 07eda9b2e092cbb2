//! `celan reindex`: the index anew from the files in `corpus/`.

use clap::ArgMatches;

use super::progress::Progress;
use super::session::Session;
use super::{Command, Outcome, arena, either};
use crate::diagnostic::Language;

pub(super) const COMMAND: Command = Command { name: "reindex", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("由 corpus/ 中的文件重建索引", "Build the index anew from the files in corpus/"))
        .override_usage(language.pick("celan reindex [选项]", "celan reindex [OPTIONS]"))
}

fn run(session: &mut Session<'_>, _: &ArgMatches) -> anyhow::Result<Outcome> {
    arena::share(session.world);
    let mut library = session.library()?;
    let bar = Progress::new(session.language);
    let noticed = library.reindex(&mut |done, of| bar.show(done, of)).map_err(|error| session.failed(&error))?;
    bar.end();
    session.tell(&noticed);
    let count = library.listings().len();
    let (chinese, english) =
        (format!("已重建索引：{count} 个文件"), format!("index built anew: {count} document{}", if count == 1 { "" } else { "s" }));
    session.output.line(either(session.language, chinese, english))?;
    Ok(Outcome::Found)
}
