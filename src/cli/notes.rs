//! `celan notes`: bookmarks and notes on units, listed, written, taken away, exported with citations.

use clap::{Arg, ArgMatches};
use serde::Serialize;

use super::output::{BOLD, FAINT};
use super::session::Session;
use super::{Command, Outcome, choose, cite, either, json, parser};
use crate::corpus::notes::{self, Note};
use crate::diagnostic::Language;
use crate::document::locator::Locator;
use crate::export::Style;
use crate::library::notes::{Standing, note_on};
use crate::library::{Library, Target};

pub(super) const COMMAND: Command = Command { name: "notes", describe, run };

/// What can be done with notes; the first is what is done when nothing is said.
const ACTIONS: [&str; 4] = ["list", "add", "remove", "export"];

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("书签和笔记", "Bookmarks and notes"))
        .override_usage(language.pick(
            "celan notes [list]\n      celan notes add 位置 [文字]\n      celan notes remove 位置\n      celan notes export [选项]",
            "celan notes [list]\n       celan notes add LOCATOR [TEXT]\n       celan notes remove LOCATOR\n       celan notes export [OPTIONS]",
        ))
        .arg(
            Arg::new("action")
                .value_name(language.pick("动作", "ACTION"))
                .value_parser(ACTIONS)
                .hide_possible_values(true)
                .help(language.pick("list 列出（缺省）、add 加入、remove 删除、export 连同引用导出", "list (the default), add, remove, or export with citations")),
        )
        .arg(Arg::new("place").value_name(language.pick("位置", "LOCATOR")).help(language.pick("如 4.3.4、57号/4.3.4", "Such as 4.3.4, 57号/4.3.4")))
        .arg(
            Arg::new("text")
                .num_args(0..)
                .value_name(language.pick("文字", "TEXT"))
                .help(language.pick("笔记的文字；不写就是书签", "The words of the note; a bookmark without")),
        )
        .arg(parser::json(language))
        .arg(parser::switch("markdown", language.pick("输出 Markdown", "Print Markdown")).conflicts_with("json"))
        .arg(
            cite::style(language)
                .help(language.pick("导出时的引用样式，缺省按设置", "The style of citations, by default that of the settings")),
        )
        .after_help(language.pick(
            "笔记存放在文库文件夹的 notes.md 里，可自由编辑。",
            "Notes are kept in notes.md in the folder of the library; edit it as you like.",
        ))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library_at_hand()?;
    let place = matches.get_one::<String>("place");
    match (matches.get_one::<String>("action").map(String::as_str), place) {
        (Some("add"), Some(place)) => {
            let words: Vec<&str> = matches.get_many::<String>("text").into_iter().flatten().map(String::as_str).collect();
            add(session, &library, place, &words.join(" "))
        }
        (Some("remove"), Some(place)) => remove(session, &library, place),
        (Some("add" | "remove"), None) => {
            anyhow::bail!(
                session
                    .language
                    .pick("缺少位置，如 celan notes add 4.3.4 文字", "which unit? For example: celan notes add 4.3.4 TEXT")
            )
        }
        (action, _) => print(session, &library, matches, action == Some("export")),
    }
}

fn add(session: &mut Session<'_>, library: &Library, place: &str, text: &str) -> anyhow::Result<Outcome> {
    let Some(target) = choose::target(session, library, place)? else { return Ok(Outcome::Nothing) };
    let note = note_on(&target.document, target.node, text);
    library.change_note(None, Some(&note)).map_err(|error| session.failed(&error))?;
    let what = if note.text.is_empty() {
        session.language.pick("已加书签：", "bookmark: ")
    } else {
        session.language.pick("已加笔记：", "note: ")
    };
    session.output.line(format!("{what}{}", choose::passage(&target, false).locator()))?;
    Ok(Outcome::Found)
}

fn remove(session: &mut Session<'_>, library: &Library, typed: &str) -> anyhow::Result<Outcome> {
    let read = library.notes().map_err(|error| session.failed(&error))?;
    session.tell(&read.diagnostics);
    // A note whose unit is gone has nothing but the locator that it was written with.
    let mut meant: Vec<&Note> = read.value.iter().filter(|note| note.locator.to_string() == typed).collect();
    if meant.is_empty() {
        let Some(target) = choose::target(session, library, typed)? else { return Ok(Outcome::Nothing) };
        for note in read.value.iter() {
            let place = library.place_of(note).map_err(|error| session.failed(&error))?;
            if place.is_some_and(|(place, _)| place.document.id == target.document.id && place.node == target.node) {
                meant.push(note);
            }
        }
    }
    for note in &meant {
        library.change_note(Some(note), None).map_err(|error| session.failed(&error))?;
        let words = if note.text.is_empty() { &note.quotation } else { &note.text };
        session.output.line(format!("{}{}  {words}", session.language.pick("已删除：", "removed: "), note.locator))?;
    }
    if meant.is_empty() {
        session.say(session.language.pick("这里没有书签或笔记", "there is no bookmark or note here"));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Found)
}

/// A note in JSON.
#[derive(Serialize)]
struct Entry<'n> {
    locator: &'n Locator,
    /// Where its unit is now.
    now: Option<Locator>,
    standing: &'static str,
    quotation: &'n str,
    text: &'n str,
    citation: Option<String>,
}

/// A note with the place of its unit, where that is known.
struct Found<'n> {
    note: &'n Note,
    place: Option<(Target, Standing)>,
}

fn print(session: &mut Session<'_>, library: &Library, matches: &ArgMatches, is_export: bool) -> anyhow::Result<Outcome> {
    let read = library.notes().map_err(|error| session.failed(&error))?;
    session.tell(&read.diagnostics);
    let named = matches.get_one::<String>("style").and_then(|name| Style::named(name));
    let is_markdown = matches.get_flag("markdown");
    let style = named.or_else(|| is_markdown.then(|| Style::named("markdown")).flatten()).unwrap_or(session.habits.value.style);
    let mut found = Vec::new();
    for note in read.value.iter() {
        found.push(Found { note, place: library.place_of(note).map_err(|error| session.failed(&error))? });
    }
    if matches.get_flag("json") {
        let entries = found.iter().map(|found| entry(found, style)).collect::<anyhow::Result<Vec<_>>>()?;
        json::print(&mut session.output, &entries)?;
    } else if is_export || is_markdown {
        found.iter().try_for_each(|found| export(session, found, style))?;
    } else {
        found.iter().try_for_each(|found| list(session, found))?;
    }
    if found.is_empty() {
        session.say(session.language.pick("还没有书签和笔记", "there are no bookmarks or notes yet"));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Found)
}

fn cited(found: &Found<'_>, style: Style, quoted: bool) -> anyhow::Result<Option<String>> {
    let Some((target, _)) = &found.place else { return Ok(None) };
    let mut citation = Vec::new();
    style.write(&choose::passage(target, quoted), &mut citation)?;
    Ok(Some(String::from_utf8_lossy(&citation).trim_end().to_owned()))
}

fn entry<'n>(found: &Found<'n>, style: Style) -> anyhow::Result<Entry<'n>> {
    let note = found.note;
    Ok(Entry {
        locator: &note.locator,
        now: found.place.as_ref().map(|(target, _)| choose::passage(target, false).locator()),
        standing: match &found.place {
            Some((_, Standing::Here(_))) => "here",
            Some((_, Standing::Changed(_))) => "changed",
            Some((_, Standing::Moved(_))) => "moved",
            Some((_, Standing::Vanished)) | None => "vanished",
        },
        quotation: &note.quotation,
        text: &note.text,
        citation: cited(found, style, false)?,
    })
}

/// The note with its quotation cited; one whose unit is gone with what was kept of it.
fn export(session: &mut Session<'_>, found: &Found<'_>, style: Style) -> anyhow::Result<()> {
    let note = found.note;
    match cited(found, style, true)? {
        Some(citation) => session.output.line(citation)?,
        None => session.output.line(format!("{}（{}）：“{}”", note.locator, standing(found, session.language), note.quotation))?,
    }
    if !note.text.is_empty() {
        session.output.line(format!("\n{}", note.text))?;
    }
    Ok(session.output.line("")?)
}

fn list(session: &mut Session<'_>, found: &Found<'_>) -> anyhow::Result<()> {
    let note = found.note;
    let place = found.place.as_ref().map(|(target, _)| choose::passage(target, false).place()).unwrap_or_default();
    let standing = standing(found, session.language);
    let output = &mut session.output;
    output.marked(&note.locator.to_string(), FAINT)?;
    let said: Vec<String> = [place, standing].into_iter().filter(|part| !part.is_empty()).collect();
    output.text(if said.is_empty() { "" } else { "  " })?;
    output.line(said.join(session.language.pick("，", ", ")))?;
    if !note.text.is_empty() {
        for line in note.text.lines() {
            output.text("  ")?;
            output.marked(line, BOLD)?;
            output.line("")?;
        }
    }
    output.line(format!("  > {}", note.quotation))?;
    Ok(output.line("")?)
}

/// What has become of the unit; nothing where it is what and where it was.
fn standing(found: &Found<'_>, language: Language) -> String {
    match &found.place {
        Some((_, Standing::Here(_))) => String::new(),
        Some((_, Standing::Changed(_))) => language.pick("原文已改动", "its text has changed").to_owned(),
        Some((target, Standing::Moved(_))) => {
            let now = choose::passage(target, false).locator();
            either(language, format!("现在在 {now}"), format!("now at {now}"))
        }
        Some((_, Standing::Vanished)) | None => {
            let file = notes::NOTES_FILE;
            either(
                language,
                format!("原文已不在文库中，笔记仍保存在 {file}"),
                format!("its text is gone; the note is still in {file}"),
            )
        }
    }
}
