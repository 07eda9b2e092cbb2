//! A BibTeX entry.
//!
//! The type is `misc`: BibTeX has none for official documents, and `misc` demands no field that they lack. The key is the locator,
//! so that two places of one document do not collide. Names and titles stand in double braces so that BibTeX does not take a name
//! apart or change the case of Latin words. Write for BibTeX with UTF-8 (biber, bibtexu).

use std::io::{self, Write};

use super::passage::Passage;

pub(super) fn write(passage: &Passage<'_>, writer: &mut dyn Write) -> io::Result<()> {
    writeln!(writer, "@misc{{{},", key(&passage.address()))?;
    let mut field = |name: &str, value: Option<String>| match value.filter(|value| !value.is_empty()) {
        Some(value) => writeln!(writer, "  {name} = {{{value}}},"),
        None => Ok(()),
    };
    let date = passage.document.metadata.date;
    field("author", passage.issuer().map(|issuer| format!("{{{}}}", escaped(&issuer))))?;
    field("title", Some(format!("{{{}}}", escaped(&passage.title()))))?;
    field("howpublished", passage.number().map(|number| escaped(&number)))?;
    field("year", date.map(|date| date.year.to_string()))?;
    field("month", date.map(|date| date.month.to_string()))?;
    field("day", date.map(|date| date.day.to_string()))?;
    field("note", Some(escaped(&passage.place())))?;
    field("annote", passage.quotation().map(|words| escaped(&words)))?;
    field("language", Some("chinese".to_owned()))?;
    writeln!(writer, "}}")
}

/// A key of letters, digits and `-_.:+`, as every BibTeX reads it; the slash of a locator becomes a colon.
fn key(locator: &str) -> String {
    locator
        .chars()
        .map(|character| match character {
            '/' => ':',
            '~' => '+',
            '-' | '_' | '.' | ':' => character,
            other if other.is_alphanumeric() => other,
            _ => '-',
        })
        .collect()
}

/// Text without anything that TeX or BibTeX would obey.
///
/// BibTeX counts braces even after a backslash, so a lone brace in the text must not be written as one.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => written.push_str("\\textbackslash{}"),
            '{' => written.push_str("\\textbraceleft{}"),
            '}' => written.push_str("\\textbraceright{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            '#' | '$' | '%' | '&' | '_' => {
                written.push('\\');
                written.push(character);
            }
            other => written.push(other),
        }
    }
    written
}
