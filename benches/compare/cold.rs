//! Whole commands, each a new process: with the texts in the page cache, without them, and over more text.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::measure::{Runner, Runs, alternate, clock, ratio};
use crate::options::Options;
use crate::programs::{self, Shown, is_there};
use crate::stores::Stores;
use crate::table::{Table, at_most, figure, milliseconds};
use crate::{Outcome, tell};

/// What is looked up: rare, middling, frequent, and the word of two characters that stands nearly everywhere, which trigrams do not find.
const TERMS: [&str; 4] = ["易货贸易", "进出口", "人民法院", "应当"];

/// What is looked up with the page cache dropped: rare and frequent.
const DROPPED_TERMS: [&str; 2] = ["易货贸易", "人民法院"];

/// Runs with the page cache dropped before each, at most.
const DROPPED_RUNS: usize = 11;

/// Where the page cache is dropped.
const DROP: &str = "/proc/sys/vm/drop_caches";

/// One program in a table of whole commands.
struct Rival {
    name: String,
    /// The program that must be there for it.
    program: &'static str,
    /// How many times its time celan should not be above; none where nothing was set.
    target: Option<f64>,
    command: Command,
}

impl Rival {
    fn new(name: &str, program: &'static str, target: Option<f64>, command: Command) -> Self {
        Self { name: name.to_owned(), program, target, command }
    }
}

/// celan's search against its own no-op and all others, the page cache warm.
pub(crate) fn warm_cache(options: &Options, stores: &Stores) -> Outcome {
    stores.make(options)?;
    stores.bring_into_memory()?;
    let about = format!(
        "Medians of {} runs by the clock, a new process each, the page cache warm, the fastest run in brackets. \
         Whether it prints the term tells an answer from a failure; names and versions have no reason to.",
        options.runs
    );
    let columns = ["term", "program", "prints the term", "time", "celan takes", "target"];
    let mut table = Table::new("Whole commands", &about, &columns);
    for term in TERMS {
        tell(&format!("whole commands: {term}"));
        let found = if term.chars().count() < 3 { "`sqlite3`, FTS5 trigram (finds nothing)" } else { "`sqlite3`, FTS5 trigram" };
        let trigrams = (term.chars().count() >= 3).then_some(0.7);
        let rivals = vec![
            Rival::new("`celan --version`", "celan", Some(2.0), programs::no_op(options)),
            Rival::new("`rg -n -F`, one file", "rg", Some(0.2), programs::ripgrep(&stores.one_file, term)),
            Rival::new("`rg -n -F`, the folder", "rg", Some(0.05), programs::ripgrep(&stores.texts, term)),
            Rival::new(found, "sqlite3", trigrams, programs::sqlite(stores, term)),
            Rival::new("`groonga`, TokenBigram", "groonga", None, programs::groonga(stores, term)),
            Rival::new("`recollq -A`", "recollq", Some(0.03), programs::recoll(stores, term, Shown::Passages)),
            Rival::new("`recollq`, names only", "recollq", None, programs::recoll(stores, term, Shown::Names)),
        ];
        against(&mut table, term, options.runs, programs::celan(options, stores, term), rivals)?;
    }
    table.print();
    Ok(())
}

/// Rows of one term: celan, then its rivals; those that are not installed say so.
fn against(table: &mut Table, term: &str, runs: usize, mut celan: Command, rivals: Vec<Rival>) -> Outcome {
    let (mut present, absent): (Vec<_>, Vec<_>) =
        rivals.into_iter().partition(|rival| rival.program == "celan" || is_there(rival.program));
    let own_prints = prints(&mut celan, term)?;
    let answers = present.iter_mut().map(|rival| prints(&mut rival.command, term)).collect::<Outcome<Vec<_>>>()?;
    let mut runners: Vec<Runner<'_>> = vec![Box::new(|| clock(&mut celan))];
    runners.extend(present.iter_mut().map(|rival| Box::new(|| clock(&mut rival.command)) as Runner<'_>));
    let medians = alternate(runs, &mut runners)?;
    drop(runners);
    let own = medians.first().copied().unwrap_or_default();
    table.row(&[term, "`celan search`", own_prints, &runs_of(own), "–", "–"]);
    for ((rival, answer), time) in present.iter().zip(answers).zip(medians.into_iter().skip(1)) {
        let [is, should] = rival.target.map_or_else(
            || [figure(ratio(own.median, time.median)), "–".to_owned()],
            |most| at_most(ratio(own.median, time.median), most),
        );
        table.row(&[term, &rival.name, answer, &runs_of(time), &is, &should]);
    }
    for rival in absent {
        table.row(&[term, &rival.name, "–", "not installed", "–", "–"]);
    }
    Ok(())
}

/// A median with the fastest run behind it.
fn runs_of(runs: Runs) -> String {
    format!("{} ({})", milliseconds(runs.median), milliseconds(runs.fastest))
}

/// Whether the answer of a command holds the term: one that failed, or finds nothing, is fast for no merit of its own.
fn prints(command: &mut Command, term: &str) -> Outcome<&'static str> {
    let answer = command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped()).output()?.stdout;
    Ok(if String::from_utf8_lossy(&answer).contains(term) { "yes" } else { "no" })
}

/// celan's search against a scan of the text, nothing in the page cache.
pub(crate) fn dropped_cache(options: &Options, stores: &Stores) -> Outcome {
    stores.make(options)?;
    let runs = options.runs.min(DROPPED_RUNS);
    let about = format!(
        "Medians of {runs} runs; the page cache is dropped before each, programs included; the fastest run in brackets. With every page \
         that is asked for the system reads as much as read-ahead is set to: {}.",
        read_ahead()
    );
    let mut table =
        Table::new("Whole commands, the page cache dropped", &about, &["term", "program", "time", "celan takes", "target"]);
    // What waits to be written stays in the cache.
    Command::new("sync").status()?;
    if drop_page_cache().is_err() {
        table.row(&["–", "–", "the page cache cannot be dropped here", "–", "–"]);
        table.print();
        return Ok(());
    }
    for term in DROPPED_TERMS {
        tell(&format!("the page cache dropped: {term}"));
        let mut commands =
            vec![("`celan search`", programs::celan(options, stores, term)), ("`cat` of the one file", cat(&stores.one_file))];
        if is_there("rg") {
            commands.push(("`rg -n -F`, one file", programs::ripgrep(&stores.one_file, term)));
        }
        if is_there("sqlite3") {
            commands.push(("`sqlite3`, FTS5 trigram", programs::sqlite(stores, term)));
        }
        let mut runners: Vec<Runner<'_>> = Vec::new();
        for (_, command) in &mut commands {
            runners.push(Box::new(|| {
                drop_page_cache()?;
                clock(command)
            }));
        }
        let medians = alternate(runs, &mut runners)?;
        drop(runners);
        let own = medians.first().copied().unwrap_or_default();
        for ((name, _), time) in commands.iter().zip(medians) {
            let [is, should] = match *name {
                "`celan search`" => ["–", "–"].map(str::to_owned),
                name if name.starts_with("`rg") => at_most(ratio(own.median, time.median), 1.0),
                _ => [figure(ratio(own.median, time.median)), "–".to_owned()],
            };
            table.row(&[term, name, &runs_of(time), &is, &should]);
        }
    }
    table.print();
    Ok(())
}

fn cat(file: &Path) -> Command {
    let mut command = Command::new("cat");
    command.arg(file);
    command
}

/// What the disks are set to read ahead; Linux has 128 KiB unless told otherwise.
fn read_ahead() -> String {
    let set = |disk: fs::DirEntry| {
        // What stands for no device (loop, zram) holds no text.
        disk.path().join("device").exists().then_some(())?;
        let kibibytes = fs::read_to_string(disk.path().join("queue/read_ahead_kb")).ok()?;
        Some(format!("{} {} KiB", disk.file_name().to_string_lossy(), kibibytes.trim()))
    };
    let mut disks: Vec<String> = fs::read_dir("/sys/block").into_iter().flatten().flatten().filter_map(set).collect();
    disks.sort_unstable();
    if disks.is_empty() { "not known".to_owned() } else { disks.join(", ") }
}

/// Has the system forget every page that it can read again.
fn drop_page_cache() -> Outcome {
    fs::write(DROP, "3\n")?;
    Ok(())
}

/// celan's search over 3.5 times the text against the same over the text.
pub(crate) fn small_and_large(options: &Options, small: &Stores, large: &Stores) -> Outcome {
    for stores in [small, large] {
        stores.make(options)?;
        stores.bring_into_memory()?;
    }
    let about = format!("Medians of {} runs by the clock, the page cache warm, the fastest run in brackets.", options.runs);
    let columns = ["term", "`celan search`, corpus", "3.5 × corpus", "times longer", "target"];
    let mut table = Table::new("Whole commands over more text", &about, &columns);
    for term in TERMS {
        let (mut over_small, mut over_large) = (programs::celan(options, small, term), programs::celan(options, large, term));
        let medians = alternate(options.runs, &mut [Box::new(|| clock(&mut over_small)), Box::new(|| clock(&mut over_large))])?;
        if let [small, large] = medians[..] {
            let [is, should] = at_most(ratio(large.median, small.median), 1.3);
            table.row(&[term, &runs_of(small), &runs_of(large), &is, &should]);
        }
    }
    table.print();
    Ok(())
}

/// The time of one command that is not repeated.
pub(crate) fn once(command: &[std::ffi::OsString]) -> Outcome<Duration> {
    let Some((program, arguments)) = command.split_first() else { return Ok(Duration::ZERO) };
    clock(Command::new(program).args(arguments))
}
