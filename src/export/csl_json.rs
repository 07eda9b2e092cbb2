//! CSL-JSON (Citation Style Language 1.0.2): what Zotero, pandoc and other citation processors read; an array of one item.
//!
//! The type is `regulation`, which CSL defines as an administrative order from any level of government. The place goes into
//! `section`, the words into `annote`.

use std::io::{self, Write};

use serde::Serialize;

use super::passage::Passage;

#[derive(Serialize)]
struct Item {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annote: Option<String>,
    language: &'static str,
}

#[derive(Serialize)]
struct Name {
    literal: String,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    date_parts: [[u16; 3]; 1],
}

pub(super) fn write(passage: &Passage<'_>, writer: &mut dyn Write) -> io::Result<()> {
    let date = passage.document.metadata.date;
    let item = Item {
        id: passage.address(),
        kind: "regulation",
        title: passage.title(),
        author: passage.issuer().map(|literal| [Name { literal }]),
        number: passage.number(),
        issued: date.map(|date| Issued { date_parts: [[date.year, date.month.into(), date.day.into()]] }),
        section: Some(passage.place()).filter(|place| !place.is_empty()),
        annote: passage.quotation(),
        language: "zh-CN",
    };
    serde_json::to_writer_pretty(&mut *writer, &[item])?;
    writeln!(writer)
}
