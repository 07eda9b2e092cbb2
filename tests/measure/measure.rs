//! Measures the structure that celan tells against outlines that people made.
//!
//! `cargo run --release --example measure -- [--all] [--at-least F1] FOLDER [OUTLINES]` reads every document of the folder for which there is a
//! `NAME.outline.tsv` (beside it, or in the folder of outlines) and prints, a line for each document that is not read exactly and
//! a line for all: precision, recall and F1 of the headings, how many documents are exact, how many lossless. With `--all` every
//! document has a line. Below `--at-least` the program fails.
//!
//! An outline has a heading a line, in one of two forms:
//!
//! ```text
//! level → line → heading                3→38→第一章 刑法的任务      the title of the document has level 1
//! line → level → label → title          20→1→第一章→发展基础和环境    the highest heading has level 1
//! ```
//!
//! Outlines of the first form hold 编, 章 and 节 and nothing below them, hence only those are compared; of the second form all that has
//! a number, and unnumbered headings. A heading is right where line, number and title are the same, white space left out. Its level
//! is counted apart: only its order among the levels of the document matters.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use celan::document::Document;
use celan::document::kind::Kind;
use celan::document::metadata::Source;
use celan::document::node::{Node, NodeIndex};
use celan::extract::extract;
use celan::structure::structure;

/// A heading, as an outline or the tree has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Heading {
    line: u32,
    /// Number and title without white space.
    words: String,
    level: usize,
}

/// What an outline holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// 编, 章, 节 alone.
    Divisions,
    /// All headings.
    Headings,
}

/// Counts over one document or many.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    documents: usize,
    exact: usize,
    lossless: usize,
    /// Headings in the outline, in the tree, in both; and of the last, those on the same level.
    wanted: usize,
    found: usize,
    both: usize,
    level: usize,
}

struct Options {
    all: bool,
    at_least: f64,
    folder: PathBuf,
    outlines: PathBuf,
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprintln!("usage: measure [--all] [--at-least F1] FOLDER [OUTLINES]");
        return ExitCode::from(2);
    };
    match measure(&options) {
        Ok(score) if score.documents == 0 => {
            eprintln!("{}: no document with an outline", options.folder.display());
            ExitCode::from(2)
        }
        Ok(score) if score.f1() < options.at_least || score.lossless < score.documents => ExitCode::FAILURE,
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", options.folder.display());
            ExitCode::from(2)
        }
    }
}

fn options() -> Option<Options> {
    let (mut all, mut at_least, mut folders) = (false, 0.0, Vec::new());
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--all" => all = true,
            "--at-least" => at_least = arguments.next()?.parse().ok()?,
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    let folder = folders.first()?.clone();
    Some(Options { all, at_least, outlines: folders.get(1).unwrap_or(&folder).clone(), folder })
}

fn measure(options: &Options) -> io::Result<Score> {
    let mut files: Vec<PathBuf> = fs::read_dir(&options.folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    println!(
        "{:>9} {:>7} {:>7} {:>7} {:>5} {:>5} {:>5} {:>5}",
        "precision", "recall", "F1", "level", "want", "found", "exact", "loss"
    );
    let mut total = Score::default();
    for file in files {
        let Some(outline) = outline_of(&file, &options.outlines) else { continue };
        let (form, mut wanted) = headings_of(&fs::read_to_string(outline)?);
        let bytes = fs::read(&file)?;
        let Ok(raw) = extract(&bytes) else {
            println!("{}: not read", file.display());
            total.documents += 1;
            continue;
        };
        let document = structure(raw.value, Source::default()).value;
        let mut found = headings_in(&document, form);
        ordered(&mut wanted);
        ordered(&mut found);
        let score = Score::of(&document, &wanted, &found);
        if options.all || score.exact == 0 || score.lossless == 0 {
            println!("{score} {}", file.file_name().unwrap_or_default().to_string_lossy());
            differences(&wanted, &found);
        }
        total.add(score);
    }
    println!("{total} {} documents", total.documents);
    Ok(total)
}

fn outline_of(file: &Path, outlines: &Path) -> Option<PathBuf> {
    let stem = file.file_stem()?.to_string_lossy();
    let is_outline = file.extension().is_some_and(|extension| extension == "tsv");
    Some(outlines.join(format!("{stem}.outline.tsv"))).filter(|outline| !is_outline && outline.is_file())
}

fn headings_of(outline: &str) -> (Form, Vec<Heading>) {
    let mut form = Form::Divisions;
    let mut headings = Vec::new();
    for row in outline.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        match cells[..] {
            [level, line, heading] => {
                let (Ok(level), Ok(line)) = (level.parse(), line.parse()) else { continue };
                let heading = Heading { line, words: compact(heading), level };
                headings.extend(is_division(&heading.words).then_some(heading));
            }
            [line, level, label, title] => {
                form = Form::Headings;
                let (Ok(level), Ok(line)) = (level.parse(), line.parse()) else { continue };
                headings.push(Heading { line, words: compact(label) + &compact(title), level });
            }
            _ => {}
        }
    }
    (form, headings)
}

/// Whether a heading without white space begins 第…编, 第…篇, 第…章, 第…节.
fn is_division(words: &str) -> bool {
    let Some(rest) = words.strip_prefix('第') else { return false };
    let rest = rest.trim_start_matches(|digit: char| digit.is_ascii_digit() || "〇零一二三四五六七八九十百千两".contains(digit));
    rest.starts_with(['编', '篇', '章', '节']) || rest.starts_with("分编")
}

fn compact(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '\u{200B}'..='\u{200D}' | '\u{FEFF}'))
        .collect()
}

fn headings_in(document: &Document, form: Form) -> Vec<Heading> {
    let is_heading = |node: &Node| match node.kind {
        Kind::Part | Kind::Chapter | Kind::Section => form == Form::Headings || is_division(&compact(&node.label)),
        Kind::Measure | Kind::Item | Kind::Subitem | Kind::Article | Kind::Box | Kind::Annex => form == Form::Headings,
        Kind::Front | Kind::Clause | Kind::Table | Kind::Row | Kind::Bullet | Kind::Paragraph => false,
    };
    let depth = |mut at: Option<NodeIndex>| {
        let mut depth = 1;
        while let Some(node) = at.and_then(|at| document.nodes.get(at.0)) {
            depth += usize::from(is_heading(node));
            at = node.parent;
        }
        depth
    };
    let headings = document.nodes.iter().filter(|node| is_heading(node)).map(|node| Heading {
        line: first_line(document, node),
        words: compact(&node.label) + &compact(&node.title),
        level: depth(node.parent),
    });
    headings.collect()
}

/// The line where the node's first visible character stands.
fn first_line(document: &Document, node: &Node) -> u32 {
    let own = document.text.get(node.span.clone()).unwrap_or_default();
    let blank = own.len() - own.trim_start().len();
    let breaks = own.get(..blank).unwrap_or_default().matches('\n').count();
    node.line_start + u32::try_from(breaks).unwrap_or(0)
}

/// Levels are told by their order among those used, from 1.
fn ordered(headings: &mut [Heading]) {
    let used: BTreeMap<usize, usize> = headings.iter().map(|heading| (heading.level, 0)).collect();
    let order: BTreeMap<usize, usize> = used.into_keys().zip(1..).collect();
    for heading in headings.iter_mut() {
        heading.level = order.get(&heading.level).copied().unwrap_or(heading.level);
    }
    headings.sort();
}

/// Headings by place and words, each with its levels.
fn counted(headings: &[Heading]) -> BTreeMap<(u32, &str), Vec<usize>> {
    let mut counted: BTreeMap<(u32, &str), Vec<usize>> = BTreeMap::new();
    for heading in headings {
        counted.entry((heading.line, &heading.words)).or_default().push(heading.level);
    }
    counted
}

fn differences(wanted: &[Heading], found: &[Heading]) {
    let (want, have) = (counted(wanted), counted(found));
    let mut lines = Vec::new();
    for (sign, these, those) in [("- missed", &want, &have), ("+ invented", &have, &want)] {
        for ((line, words), levels) in these {
            if those.get(&(*line, *words)).is_none_or(|other| other.len() < levels.len()) {
                lines.push((*line, format!("{sign:>22} {line:>5} {}", words.chars().take(60).collect::<String>())));
            }
        }
    }
    for ((line, words), levels) in &want {
        if let Some(other) = have.get(&(*line, *words)).filter(|other| *other != levels) {
            let words: String = words.chars().take(50).collect();
            lines.push((*line, format!("{:>22} {line:>5} {words}: {other:?}, not {levels:?}", "~ level")));
        }
    }
    lines.sort();
    for (_, line) in lines {
        println!("{line}");
    }
}

impl Score {
    fn of(document: &Document, wanted: &[Heading], found: &[Heading]) -> Self {
        let have = counted(found);
        let (mut both, mut level) = (0, 0);
        for (heading, levels) in counted(wanted) {
            let other = have.get(&heading).map_or(&[][..], Vec::as_slice);
            both += levels.len().min(other.len());
            level += levels.iter().zip(other).filter(|(one, other)| one == other).count();
        }
        Self {
            documents: 1,
            exact: usize::from(wanted == found),
            lossless: usize::from(document.rebuilt() == document.text),
            wanted: wanted.len(),
            found: found.len(),
            both,
            level,
        }
    }

    fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.exact += other.exact;
        self.lossless += other.lossless;
        self.wanted += other.wanted;
        self.found += other.found;
        self.both += other.both;
        self.level += other.level;
    }

    fn f1(&self) -> f64 {
        ratio(2 * self.both, self.wanted + self.found)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of headings are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl std::fmt::Display for Score {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{:>9.4} {:>7.4} {:>7.4} {:>7.4} {:>5} {:>5} {:>5} {:>5}",
            ratio(self.both, self.found),
            ratio(self.both, self.wanted),
            self.f1(),
            ratio(self.level, self.both),
            self.wanted,
            self.found,
            self.exact,
            self.lossless
        )
    }
}
