//! Searches inside one process that has everything at hand: exact totals, and the best 20 with highlights.
//!
//! celan answers through its library (the highlights are places in the texts, which lie in memory), SQLite and Groonga through their own
//! programs, which run on and are asked through a pipe; see `worker.rs` for how the pipe is taken off. In every round each query is put
//! to each program in turn; a query counts with the median of its rounds.

use std::time::{Duration, Instant};

use celan::library::Library;
use celan::query;
use celan::search::Request;

use crate::measure::{percentile, ratio};
use crate::options::Options;
use crate::programs::{groonga_query, is_there, sqlite_query};
use crate::stores::Stores;
use crate::table::{Table, at_most, milliseconds};
use crate::terms::{self, Set};
use crate::worker::Worker;
use crate::{Outcome, tell};

/// Rounds that count; one more comes before them.
const ROUNDS: usize = 5;

/// Queries of a set that are named for having taken long.
const SLOWEST: usize = 5;

/// Best hits that are asked for.
const BEST: usize = 20;

/// What asks one program: the terms of a query, to the time and the number of units that match.
type Asker<'stores> = Box<dyn FnMut(&[&str]) -> Outcome<(Duration, usize)> + 'stores>;

/// One program in this section.
struct Contestant<'stores> {
    name: &'static str,
    /// The ratios (median, 99th percentile) that celan should not be above, where there is a target.
    targets: [Option<f64>; 2],
    ask: Asker<'stores>,
}

/// Compares over all sets of queries.
pub(crate) fn compare(options: &Options, stores: &Stores) -> Outcome {
    stores.make(options)?;
    let library = Library::open(&stores.library)?.value;
    let sets = terms::sets(&options.corpus)?;
    let mut contestants = vec![Contestant { name: "celan", targets: [None, None], ask: Box::new(|terms| celan(&library, terms)) }];
    if is_there("sqlite3") {
        let mut worker = Worker::sqlite(&stores.sqlite)?;
        let ask: Asker<'_> = Box::new(move |terms| {
            let (time, first) = worker.ask(&sqlite_query(terms))?;
            Ok((time, first.trim().parse()?))
        });
        contestants.push(Contestant { name: "FTS5 trigram", targets: [Some(0.2), Some(0.1)], ask });
    }
    if is_there("groonga") {
        let mut worker = Worker::groonga(&stores.groonga())?;
        let ask: Asker<'_> = Box::new(move |terms| {
            let (time, line) = worker.ask(&groonga_query(terms))?;
            Ok((time, groonga_total(&line)?))
        });
        contestants.push(Contestant { name: "Groonga TokenBigram", targets: [None, Some(0.25)], ask });
    }
    let columns = [
        "queries",
        "program",
        "p50",
        "p99",
        "slowest",
        "find nothing",
        "other totals",
        "celan takes, p50",
        "target",
        "p99",
        "target",
    ];
    let about = format!(
        "{} documents, totals and the best {BEST} with highlights. “Find nothing” counts queries without a hit, “other totals” those \
         whose number of units is not celan's.",
        library.listings().len()
    );
    let mut table = Table::new(&format!("Warm, inside one process: {}", stores.name), &about, &columns);
    for set in &sets {
        tell(set.name);
        for row in rows(stores, set, &mut contestants)? {
            table.row(&row.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    for (name, program) in [("FTS5 trigram", "sqlite3"), ("Groonga TokenBigram", "groonga")] {
        if !is_there(program) {
            table.absent(name, columns.len());
        }
    }
    table.print();
    Ok(())
}

fn celan(library: &Library, terms: &[&str]) -> Outcome<(Duration, usize)> {
    let request = Request { limit: Some(BEST), ..Request::of(query::parse(&terms.join(" "))) };
    let started = Instant::now();
    let response = library.search(&request)?;
    Ok((started.elapsed(), response.total))
}

/// What one program did with a set.
#[derive(Default)]
struct Figures {
    /// One a query.
    medians: Vec<Duration>,
    totals: Vec<usize>,
}

/// Says which queries took celan longest: where to look for what could be quicker.
fn tell_slowest(set: &Set, figures: &[Figures]) {
    let own = figures.first().map(|own| own.medians.as_slice()).unwrap_or_default();
    let mut queries: Vec<_> = own.iter().zip(&set.queries).collect();
    queries.sort();
    let slowest = queries.iter().rev().take(SLOWEST).map(|(time, terms)| format!("{} {}", terms.join(" "), milliseconds(**time)));
    tell(&format!("slowest for celan: {}", slowest.collect::<Vec<_>>().join(", ")));
}

fn rows(stores: &Stores, set: &Set, contestants: &mut [Contestant<'_>]) -> Outcome<Vec<Vec<String>>> {
    let mut figures: Vec<Figures> = contestants.iter().map(|_| Figures::default()).collect();
    for terms in &set.queries {
        let terms: Vec<_> = terms.iter().map(String::as_str).collect();
        let mut times = vec![Vec::new(); contestants.len()];
        for round in 0..=ROUNDS {
            for ((contestant, times), figures) in contestants.iter_mut().zip(&mut times).zip(&mut figures) {
                let (time, total) = (contestant.ask)(&terms)?;
                if round == 0 {
                    figures.totals.push(total);
                } else {
                    times.push(time);
                }
            }
        }
        for (times, figures) in times.iter_mut().zip(&mut figures) {
            figures.medians.push(percentile(times, 50));
        }
        let totals: Vec<_> = figures.iter().filter_map(|figures| figures.totals.last()).copied().collect();
        if totals.iter().any(|total| *total != 0 && Some(total) != totals.first()) {
            tell(&format!("{} is in {totals:?} units", terms.join(" ")));
        }
    }
    tell_slowest(set, &figures);
    let base = figures.first_mut().map(|own| (own.totals.clone(), [50, 99].map(|percent| percentile(&mut own.medians, percent))));
    let (own_totals, own) = base.unwrap_or_default();
    Ok(contestants
        .iter()
        .zip(&mut figures)
        .map(|(contestant, figures)| row(stores, set, contestant, figures, (&own_totals, own)))
        .collect())
}

fn row(
    stores: &Stores,
    set: &Set,
    contestant: &Contestant<'_>,
    figures: &mut Figures,
    (own_totals, own): (&[usize], [Duration; 2]),
) -> Vec<String> {
    let times = [50, 99, 100].map(|percent| percentile(&mut figures.medians, percent));
    let nothing = figures.totals.iter().filter(|total| **total == 0).count();
    let differing = figures.totals.iter().zip(own_totals).filter(|(one, other)| one != other).count();
    let mut cells = vec![set.name.to_owned(), contestant.name.to_owned()];
    cells.extend(times.map(milliseconds));
    cells.extend([nothing.to_string(), differing.to_string()]);
    if contestant.name == "celan" {
        let should = longest(stores, set).map_or_else(
            || "–".to_owned(),
            |most| {
                let missed = if times[1] <= most { "" } else { " (missed)" };
                format!("≤ {}{missed}", milliseconds(most))
            },
        );
        cells.extend(["–", "–", "–"].map(str::to_owned));
        cells.push(should);
        return cells;
    }
    let compares = set.has_trigrams || !contestant.name.starts_with("FTS5");
    for ((own, other), target) in own.into_iter().zip(times).zip(contestant.targets) {
        let [is, should] = match target {
            _ if !compares => ["–", "–"].map(str::to_owned),
            // The targets speak of single words in the corpus as it is.
            Some(most) if set.queries.len() == 250 && !stores.is_large => at_most(ratio(own, other), most),
            _ => [crate::table::figure(ratio(own, other)), "–".to_owned()],
        };
        cells.extend([is, should]);
    }
    cells
}

/// What celan's 99th percentile should not be above, where that is set in milliseconds: the most frequent words, and all sets over more text.
fn longest(stores: &Stores, set: &Set) -> Option<Duration> {
    match (stores.is_large, set.is_frequent) {
        (true, _) => Some(Duration::from_millis(12)),
        (false, true) => Some(Duration::from_millis(4)),
        (false, false) => None,
    }
}

/// `[[0, …], [[[N], …` : N.
fn groonga_total(line: &str) -> Outcome<usize> {
    let answer: serde_json::Value = serde_json::from_str(line)?;
    let total = answer.pointer("/1/0/0/0").and_then(serde_json::Value::as_u64);
    Ok(usize::try_from(total.ok_or_else(|| format!("Groonga said: {line}"))?)?)
}
