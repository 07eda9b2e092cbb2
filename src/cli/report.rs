//! What came of adding files: a table for people, the same as data for programs.
//!
//! Each file has a row: what came of it, what it turned out to be, and how much was noticed. Of many files only those are shown about
//! which there is something to say. What was noticed and why a file was refused is told below the table, on standard error.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::session::Session;
use super::{Printed, either, json, table};
use crate::diagnostic::{Bilingual, Diagnostic, Language, Severity};
use crate::document::kind::Kind;
use crate::document::locator::DocumentId;
use crate::library::{Added, Summary};

/// From more files than this, those without a warning are only counted.
const MANY: usize = 20;
/// Of what was noticed about one of several files, so much is told.
const MOST_TOLD: usize = 5;
/// Columns of a terminal that has room for ids beside file, title and structure.
const ROOM_FOR_IDS: usize = 100;
/// The place of the id in a row.
const ID: usize = 2;

/// Prints the table and tells what belongs to it; `all` shows every file and all that was noticed.
pub(super) fn print(session: &mut Session<'_>, added: &[(PathBuf, Added)], all: bool) -> anyhow::Result<()> {
    let language = session.language;
    let all_rows = all || added.len() <= MANY;
    let shown: Vec<_> = added.iter().filter(|(_, outcome)| all_rows || is_worth_a_row(outcome)).collect();
    if !shown.is_empty() {
        let mut rows = vec![head(language).map(str::to_owned).to_vec()];
        // On a terminal the folder that all files lie in would leave no room for their names.
        let folder = session.world.columns.and_then(|_| common_folder(shown.iter().map(|(file, _)| file.as_path())));
        let name = |file: &'_ Path| folder.as_ref().and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(file).to_owned();
        rows.extend(shown.iter().map(|(file, outcome)| row(&name(file), outcome, language)));
        print_table(session, rows)?;
    }
    let quiet = added.len() - shown.len();
    if quiet > 0 {
        let count = grouped(quiet);
        session.output.line(either(language, format!("{count} 份无警告"), format!("{count} without a warning")))?;
    }
    // What is told below the table must not overtake it.
    session.output.flush()?;
    let most = if all || added.len() == 1 { usize::MAX } else { MOST_TOLD };
    for (file, outcome) in shown {
        tell(session, file, outcome, most);
    }
    Ok(())
}

/// The folder that all files lie in.
fn common_folder<'a>(mut files: impl Iterator<Item = &'a Path>) -> Option<PathBuf> {
    let mut common = files.next()?.parent()?.to_owned();
    for file in files {
        while !file.starts_with(&common) {
            common = common.parent()?.to_owned();
        }
    }
    Some(common)
}

/// The rows, cut to the terminal; on a narrow one without the ids, which `celan list` has.
fn print_table(session: &mut Session<'_>, mut rows: Vec<Vec<String>>) -> Printed {
    let room = session.world.columns;
    let narrow = room.is_some_and(|room| room < ROOM_FOR_IDS);
    if narrow {
        for row in &mut rows {
            row.drain(ID.min(row.len())..(ID + 1).min(row.len()));
        }
    }
    let flexible = if narrow { [1, 4, 5].as_slice() } else { &[1, ID, 5, 6] };
    let cells: Vec<_> = rows.iter().map(|row| table::row(row.iter().map(String::as_str))).collect();
    table::fitted(&cells, flexible, room).into_iter().try_for_each(|line| session.output.line(line))
}

/// What is told about one file below the table.
fn tell(session: &Session<'_>, file: &Path, outcome: &Added, most: usize) {
    let language = session.language;
    match outcome {
        Added::New { id, diagnostics, .. } | Added::Corrected { id, diagnostics, .. } => {
            let (told, untold) = diagnostics.split_at(diagnostics.len().min(most));
            session.tell(told);
            if !untold.is_empty() {
                let count = untold.len();
                let (chinese, english) = (format!("另有{count}条：celan check {id}"), format!("{count} more: celan check {id}"));
                session.say(&either(language, chinese, english));
            }
            if let Added::New { twin: Some(twin), .. } = outcome {
                session.say(twin_kept(id, twin).in_language(language));
            }
        }
        Added::Unchanged(_) => {}
        Added::Refused(why) => {
            // Messages of the disk name the file themselves; those about its contents do not.
            let (file, why) = (file.display().to_string(), why.in_language(language));
            let named = if why.contains(&file) { String::new() } else { format!("{file}{}", language.pick("：", ": ")) };
            session.say_error(&format!("{named}{why}"));
        }
    }
}

fn twin_kept(id: &DocumentId, twin: &DocumentId) -> Bilingual {
    Bilingual::new(
        format!("{id} 与文库中的 {twin} 编号相同，两份都已保留；如不需要旧的：celan remove {twin}"),
        format!("{id} has the number of {twin} in this library; both are kept. If the old one is not needed: celan remove {twin}"),
    )
}

/// Whether there is something to say about a file that is one of many.
fn is_worth_a_row(outcome: &Added) -> bool {
    match outcome {
        Added::New { diagnostics, twin, .. } => twin.is_some() || count(diagnostics, Severity::Warning) > 0,
        Added::Corrected { .. } | Added::Refused(_) => true,
        Added::Unchanged(_) => false,
    }
}

fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

fn head(language: Language) -> [&'static str; 9] {
    language.pick(
        ["结果", "文件", "编号", "格式", "编码", "标题", "结构", "提示", "警告"],
        ["Result", "File", "Id", "Format", "Encoding", "Title", "Structure", "Notes", "Warnings"],
    )
}

fn row(file: &Path, outcome: &Added, language: Language) -> Vec<String> {
    let mut row = vec![outcome_in_words(outcome, language).to_owned(), file.display().to_string()];
    match outcome {
        Added::New { id, summary, diagnostics, .. } | Added::Corrected { id, summary, diagnostics } => row.extend([
            id.to_string(),
            summary.format.to_owned(),
            summary.encoding.unwrap_or("—").to_owned(),
            summary.title.clone(),
            structure(summary, language),
            count(diagnostics, Severity::Note).to_string(),
            count(diagnostics, Severity::Warning).to_string(),
        ]),
        Added::Unchanged(id) => row.push(id.to_string()),
        Added::Refused(_) => {}
    }
    row
}

fn outcome_in_words(outcome: &Added, language: Language) -> &'static str {
    match outcome {
        Added::New { .. } => language.pick("已加入", "added"),
        Added::Corrected { .. } => language.pick("已更正", "corrected"),
        Added::Unchanged(_) => language.pick("没有变化", "unchanged"),
        Added::Refused(_) => language.pick("未加入", "refused"),
    }
}

/// 10章 41节 99项 1表: the headings by level and the tables; paragraphs where there is neither.
pub(super) fn structure(summary: &Summary, language: Language) -> String {
    const WORDS: [(Kind, &str, [&str; 2]); 8] = [
        (Kind::Part, "编", ["part", "parts"]),
        (Kind::Chapter, "章", ["chapter", "chapters"]),
        (Kind::Section, "节", ["section", "sections"]),
        (Kind::Article, "条", ["article", "articles"]),
        (Kind::Measure, "项", ["measure", "measures"]),
        (Kind::Box, "专栏", ["box", "boxes"]),
        (Kind::Annex, "附件", ["annex", "annexes"]),
        (Kind::Table, "表", ["table", "tables"]),
    ];
    let in_words = |(kind, chinese, english): (Kind, &str, [&str; 2])| {
        let count = *summary.kinds.get(&kind)?;
        let [one, several] = english;
        Some(match language {
            Language::Chinese => format!("{count}{chinese}"),
            Language::English => format!("{count} {}", if count == 1 { one } else { several }),
        })
    };
    let parts: Vec<String> = WORDS.into_iter().filter_map(in_words).collect();
    if parts.is_empty() {
        return in_words((Kind::Paragraph, "段", ["paragraph", "paragraphs"])).unwrap_or_default();
    }
    parts.join(language.pick(" ", ", "))
}

/// 3480 as 3,480.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A file in JSON.
#[derive(Serialize)]
struct Entry<'a> {
    file: String,
    outcome: &'static str,
    id: Option<&'a DocumentId>,
    twin: Option<&'a DocumentId>,
    title: Option<&'a str>,
    format: Option<&'a str>,
    encoding: Option<&'a str>,
    counts: Option<BTreeMap<&'static str, usize>>,
    diagnostics: &'a [Diagnostic],
    reason: Option<&'a Bilingual>,
}

/// Prints all files as data.
pub(super) fn print_json(session: &mut Session<'_>, added: &[(PathBuf, Added)]) -> anyhow::Result<()> {
    json::print(&mut session.output, &added.iter().map(|(file, outcome)| entry(file, outcome)).collect::<Vec<_>>())
}

fn entry<'a>(file: &Path, outcome: &'a Added) -> Entry<'a> {
    let nothing = Entry {
        file: file.display().to_string(),
        outcome: outcome_in_words(outcome, Language::English),
        id: None,
        twin: None,
        title: None,
        format: None,
        encoding: None,
        counts: None,
        diagnostics: &[],
        reason: None,
    };
    match outcome {
        Added::New { id, summary, diagnostics, .. } | Added::Corrected { id, summary, diagnostics } => Entry {
            id: Some(id),
            twin: if let Added::New { twin, .. } = outcome { twin.as_ref() } else { None },
            title: Some(&summary.title),
            format: Some(summary.format),
            encoding: summary.encoding,
            counts: Some(summary.kinds.iter().map(|(kind, count)| (kind.name(), *count)).collect()),
            diagnostics,
            ..nothing
        },
        Added::Unchanged(id) => Entry { id: Some(id), ..nothing },
        Added::Refused(why) => Entry { reason: Some(why), ..nothing },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_structure_is_told_by_the_levels_that_there_are() {
        let summary = |kinds: &[(Kind, usize)]| Summary {
            title: String::new(),
            format: "txt",
            encoding: None,
            kinds: kinds.iter().copied().collect(),
        };
        let plan = summary(&[(Kind::Chapter, 10), (Kind::Measure, 99), (Kind::Table, 1), (Kind::Paragraph, 7)]);
        assert_eq!(structure(&plan, Language::Chinese), "10章 99项 1表");
        assert_eq!(structure(&plan, Language::English), "10 chapters, 99 measures, 1 table");
        assert_eq!(structure(&summary(&[(Kind::Front, 1), (Kind::Paragraph, 1)]), Language::English), "1 paragraph");
        assert_eq!(structure(&summary(&[]), Language::Chinese), "");
    }

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 3480, 1_234_567].map(grouped), ["0", "999", "1,000", "3,480", "1,234,567"]);
    }
}
