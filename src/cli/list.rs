//! `celan list`: the documents of the library.

use clap::ArgMatches;
use serde::Serialize;

use super::session::Session;
use super::{Command, Outcome, json, parser, table};
use crate::diagnostic::Language;
use crate::document::locator::DocumentId;
use crate::document::metadata::Metadata;
use crate::library::Listing;

pub(super) const COMMAND: Command = Command { name: "list", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("列出文库中的文件", "List the documents of the library"))
        .override_usage(language.pick("celan list [选项]", "celan list [OPTIONS]"))
        .arg(parser::json(language))
}

/// A document in JSON.
#[derive(Serialize)]
struct Entry<'l> {
    id: &'l DocumentId,
    #[serde(flatten)]
    metadata: &'l Metadata,
    source: &'l str,
    sha256: &'l str,
    bytes: u64,
    units: usize,
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library()?;
    let listings = library.listings();
    if matches.get_flag("json") {
        let mut list = json::List::default();
        for listing in listings {
            list.push(&mut session.output, &entry(listing))?;
        }
        list.end(&mut session.output)?;
    } else if !listings.is_empty() {
        let head = session.language.pick(["编号", "文号", "日期", "单元", "标题"], ["Id", "Number", "Date", "Units", "Title"]);
        let mut rows = vec![table::row(head)];
        rows.extend(listings.iter().map(row));
        for line in table::aligned(&rows) {
            session.output.line(line)?;
        }
    }
    if listings.is_empty() {
        session.say(
            session
                .language
                .pick("文库是空的；celan add 文件 可加入文件", "the library is empty; `celan add FILE` adds a document"),
        );
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Found)
}

fn row(listing: &Listing) -> Vec<table::Cell> {
    let date = listing.metadata.date.map(|date| date.to_string()).unwrap_or_default();
    let number = listing.metadata.document_number.as_deref().unwrap_or_default();
    table::row([listing.id.as_str(), number, &date, &listing.units.to_string(), &listing.metadata.title])
}

fn entry(listing: &Listing) -> Entry<'_> {
    let (metadata, source) = (&listing.metadata, &listing.source);
    Entry { id: &listing.id, metadata, source: &source.file, sha256: &source.sha256, bytes: source.bytes, units: listing.units }
}
