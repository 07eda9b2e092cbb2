//! `celan remove`: a document out of the library, with its file in `corpus/`.

use clap::{Arg, ArgMatches};

use super::session::Session;
use super::{Command, Outcome, choose, either};
use crate::diagnostic::Language;

pub(super) const COMMAND: Command = Command { name: "remove", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("移除一个文件，连同文库 corpus/ 中的副本", "Remove a document and the library's copy of its file"))
        .override_usage(language.pick("celan remove [选项] 文件", "celan remove [OPTIONS] DOC"))
        .arg(
            Arg::new("document")
                .required(true)
                .value_name(language.pick("文件", "DOC"))
                .help(language.pick("编号、文号（57号）或标题的一部分", "Its id, its number (57号) or a part of its title")),
        )
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let mut library = session.library()?;
    let typed = matches.get_one::<String>("document").map(String::as_str).unwrap_or_default();
    let Some(listing) = choose::document(session, &library, typed)? else { return Ok(Outcome::Nothing) };
    library.remove(&listing.id).map_err(|error| session.failed(&error))?;
    let (id, title, file) = (&listing.id, &listing.metadata.title, &listing.source.file);
    let (chinese, english) = (
        format!("已移除  {id}  {title}\n文库中的副本 corpus/{file} 已删除"),
        format!("removed  {id}  {title}\nthe library's copy corpus/{file} was deleted"),
    );
    session.output.line(either(session.language, chinese, english))?;
    Ok(Outcome::Found)
}
