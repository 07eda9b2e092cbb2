//! Reports how well search ranks: MRR@10 and recall@10 over a table of judged queries.
//!
//! `cargo run --example relevance -- [--misses] [--at-least MRR] [--queries TABLE] [--library FOLDER | DOCUMENT…]` asks every query of
//! `tests/relevance.tsv`, or of another table, as `celan search` would ask it, of the built-in plan, of a library or of files that are
//! read into memory. A table is made for one document: it names addresses without the document. With `--misses` the queries whose
//! answer is not at rank 1 are listed with what stood there. Below `--at-least` the program fails.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]

mod judging;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use celan::corpus::{BUILT_IN, BUILT_IN_NAME};
use celan::document::locator::Address;
use celan::library::Library;

use judging::{Figures, Judged, KINDS};

/// The table of the built-in plan.
const TABLE: &str = include_str!("../relevance.tsv");

#[derive(Default)]
struct Options {
    misses: bool,
    at_least: f64,
    queries: Option<PathBuf>,
    library: Option<PathBuf>,
    documents: Vec<PathBuf>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let Some(options) = options() else {
        eprintln!("usage: relevance [--misses] [--at-least MRR] [--queries TABLE] [--library FOLDER | DOCUMENT…]");
        return Ok(ExitCode::from(2));
    };
    let table = options.queries.as_ref().map_or_else(|| Ok(TABLE.to_owned()), fs::read_to_string)?;
    let mrr = report(&library(&options)?, &judging::read(&table)?, options.misses)?;
    Ok(if mrr < options.at_least { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn options() -> Option<Options> {
    let mut options = Options::default();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--misses" => options.misses = true,
            "--at-least" => options.at_least = arguments.next()?.parse().ok()?,
            "--queries" => options.queries = Some(arguments.next()?.into()),
            "--library" => options.library = Some(arguments.next()?.into()),
            unknown if unknown.starts_with("--") => return None,
            document => options.documents.push(document.into()),
        }
    }
    Some(options)
}

fn library(options: &Options) -> Result<Library, Box<dyn Error>> {
    if let Some(folder) = &options.library {
        return Ok(Library::open(folder)?.value);
    }
    let mut files = Vec::new();
    for document in &options.documents {
        let name = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, fs::read(document).map_err(|error| told(document, &error))?));
    }
    if files.is_empty() {
        files.push((BUILT_IN_NAME.to_owned(), BUILT_IN.to_vec()));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    Ok(Library::in_memory(&files)?.value)
}

fn told(file: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", file.display())
}

/// Prints the measures by kind and in all; gives the MRR over all.
fn report(library: &Library, table: &[Judged], misses: bool) -> Result<f64, Box<dyn Error>> {
    let (mut of_all, mut by_kind) = (Figures::default(), [Figures::default(); KINDS.len()]);
    let (mut without, mut invented) = (0, Vec::new());
    for judged in table {
        if judged.answers.is_empty() {
            without += 1;
            invented.extend((!judging::says_nothing(library, &judged.query)?).then_some(judged.query.as_str()));
            continue;
        }
        let ranked = judging::ranked(library, &judged.query)?;
        of_all.add(judged, &ranked);
        if let Some(figures) = KINDS.iter().position(|kind| *kind == judged.kind).and_then(|kind| by_kind.get_mut(kind)) {
            figures.add(judged, &ranked);
        }
        if misses && judging::rank(judged, &ranked) != Some(1) {
            miss(judged, &ranked);
        }
    }
    println!("{:<12} {:>7} {:>7} {:>9}", "kind", "queries", "MRR@10", "recall@10");
    for (kind, figures) in KINDS.iter().zip(by_kind).filter(|(_, figures)| figures.queries > 0.0) {
        line(kind, figures);
    }
    line("all", of_all);
    let said = without - invented.len();
    println!("no answer in the document: {without} queries, {said} of them without a hit");
    if misses && !invented.is_empty() {
        println!("with a hit nonetheless: {}", invented.join(", "));
    }
    Ok(of_all.mrr())
}

fn line(name: &str, figures: Figures) {
    println!("{name:<12} {:>7} {:>7.3} {:>9.3}", figures.queries, figures.mrr(), figures.recall());
}

fn miss(judged: &Judged, ranked: &[Address]) {
    let rank = judging::rank(judged, ranked).map_or_else(|| "-".to_owned(), |rank| rank.to_string());
    let wanted: Vec<String> = judged.answers.iter().map(Address::to_string).collect();
    let first = ranked.first().map_or_else(|| "nothing".to_owned(), Address::to_string);
    println!("{rank:>2}  {} ({}): {first} instead of {}", judged.query, judged.kind, wanted.join(" "));
}
