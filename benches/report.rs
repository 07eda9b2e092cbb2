//! The figures of `docs/benchmarks.md`, all from one run: `cargo bench --bench report`.
//!
//! Measures the built-in plan and, where `CELAN_BENCH_CORPUS` names a folder of texts, a library of that folder: the time to add it,
//! warm searches inside one process (median and 99th percentile over several hundred words), whole commands started cold, and
//! ripgrep with fixed strings over the same text in one file, where `rg` is installed. Prints Markdown to standard output.

#![expect(clippy::print_stdout, reason = "a report is printed")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use celan::library::Library;
use celan::query;
use celan::search::Request;
use celan::text::fold::folded;
use celan::text::segment::Segmenter;

/// Runs of a whole command; the median is reported.
const RUNS: usize = 21;

/// Words asked for in the warm measurement.
const WORDS: usize = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scratch = tempfile::tempdir()?;
    println!("| measure | Hunan plan | bench corpus |");
    println!("|---|---|---|");
    let source = scratch.path().join(celan::corpus::BUILT_IN_NAME);
    fs::write(&source, celan::corpus::BUILT_IN)?;
    let library = scratch.path().join("small");
    celan::corpus::Corpus::create(&library, &[])?;
    let mut columns = vec![measure(&library, &[&source], scratch.path())?];
    if let Some(folder) = std::env::var_os("CELAN_BENCH_CORPUS").map(PathBuf::from) {
        let library = scratch.path().join("large");
        celan::corpus::Corpus::create(&library, &[])?;
        columns.push(measure(&library, &[&folder], scratch.path())?);
    }
    let rows = columns.first().map_or(0, Vec::len);
    for row in 0..rows {
        let name = columns.first().and_then(|column| column.get(row)).map_or("", |(name, _)| name.as_str());
        let cell =
            |column: usize| columns.get(column).and_then(|column| column.get(row)).map_or("–", |(_, value)| value.as_str());
        println!("| {name} | {} | {} |", cell(0), cell(1));
    }
    Ok(())
}

type Rows = Vec<(String, String)>;

fn measure(library: &Path, sources: &[&Path], scratch: &Path) -> Result<Rows, Box<dyn std::error::Error>> {
    let mut rows = Rows::new();
    let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
    let files = sources.iter().flat_map(|source| celan::corpus::expand(source, &[]).unwrap_or_default()).collect::<Vec<_>>();
    let texts: Vec<String> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let one_file = scratch.join("one.txt");
    fs::write(&one_file, texts.concat())?;

    let started = Instant::now();
    let paths: Vec<&OsStr> = sources.iter().map(|source| source.as_os_str()).collect();
    celan(library, &[&[OsStr::new("add")], paths.as_slice()].concat());
    let added = started.elapsed();
    let opened = Library::open(library)?.value;
    let units: usize = opened.listings().iter().map(|listing| listing.units).sum();
    row("text", format!("{:.2} MB, {} documents, {units} units", megabytes(bytes), opened.listings().len()));
    row("`celan add`, whole command", format!("{} ({:.1} MB/s)", milliseconds(added), megabytes(bytes) / added.as_secs_f64()));
    let on_disk: u64 = celan::corpus::expand(&library.join("index"), &[])?.iter().map(|file| celan::corpus::length(file)).sum();
    row("index, relative to the text", format!("{:.2}", megabytes(usize::try_from(on_disk)?) / megabytes(bytes)));

    let words = sample(&texts);
    let mut times = warm(&opened, &words)?;
    row("warm search, p50", milliseconds(percentile(&mut times, 50)));
    row("warm search, p99", milliseconds(percentile(&mut times, 99)));
    let mut frequent = warm(&opened, &["应当", "规定", "的", "发展", "一"].map(str::to_owned))?;
    row("warm search, most frequent words, slowest", milliseconds(percentile(&mut frequent, 100)));

    let nothing = median(|| celan(library, &[OsStr::new("--version")]));
    let cold = median(|| celan(library, &["search", "易货贸易"].map(OsStr::new)));
    row("`celan --version`, whole command", milliseconds(nothing));
    row("`celan search 易货贸易`, whole command", format!("{} ({:.1} × the above)", milliseconds(cold), ratio(cold, nothing)));
    if run(Command::new("rg").arg("--version")) {
        let scan = median(|| run(Command::new("rg").args(["-n", "-F", "易货贸易"]).arg(&one_file)));
        row("`rg -n -F 易货贸易`, one file", format!("{} (celan takes {:.2} ×)", milliseconds(scan), ratio(cold, scan)));
    } else {
        row("`rg -n -F 易货贸易`, one file", "rg is not installed".to_owned());
    }
    Ok(rows)
}

/// Words that occur in the texts, spread evenly over the sorted vocabulary.
fn sample(texts: &[String]) -> Vec<String> {
    let segmenter = Segmenter::full();
    let mut words = BTreeSet::new();
    for text in texts.iter().step_by(texts.len() / 40 + 1) {
        let text = folded(text);
        words.extend(
            segmenter
                .words(&text)
                .into_iter()
                .filter_map(|word| text.get(word))
                .filter(|word| word.chars().count() > 1)
                .map(str::to_owned),
        );
    }
    let step = words.len() / WORDS + 1;
    words.into_iter().step_by(step).collect()
}

fn warm(library: &Library, words: &[String]) -> Result<Vec<Duration>, Box<dyn std::error::Error>> {
    let mut times = Vec::new();
    for round in 0..3 {
        for word in words {
            let request = Request { limit: Some(20), ..Request::of(query::parse(word)) };
            let started = Instant::now();
            library.search(&request)?;
            // The first round warms up.
            if round > 0 {
                times.push(started.elapsed());
            }
        }
    }
    Ok(times)
}

fn celan(library: &Path, arguments: &[&OsStr]) -> bool {
    run(Command::new(env!("CARGO_BIN_EXE_celan")).arg("--library").arg(library).args(arguments))
}

fn run(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn median(mut command: impl FnMut() -> bool) -> Duration {
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            command();
            started.elapsed()
        })
        .collect();
    percentile(&mut times, 50)
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len().saturating_sub(1) * percent).div_ceil(100)).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn ratio(time: Duration, base: Duration) -> f64 {
    time.as_secs_f64() / base.as_secs_f64().max(f64::MIN_POSITIVE)
}
