//! What it costs to make the index, and how large it is.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

use crate::measure::{Cost, cost, median_cost, percentile, ratio};
use crate::options::Options;
use crate::programs::is_there;
use crate::stores::{self, Stores, new_library, quietly};
use crate::table::{Table, at_least, at_most, figure, megabytes, milliseconds};
use crate::{Outcome, cold, corpus, tell};

/// Runs of the adding of one plan at most: each needs a library of its own.
const PLANS: usize = 11;

/// The size of every index relative to the text.
pub(crate) fn sizes(options: &Options, stores: &Stores) -> Outcome {
    stores.make(options)?;
    let text = stores.text_bytes();
    let about =
        format!("What lies on the disk beside the source files, text included, relative to {:.2} MB of text.", megabytes(text));
    let mut table = Table::new(&format!("Size: {}", stores.name), &about, &["program", "size", "relative to the text", "target"]);
    let share = |bytes: u64| megabytes(bytes) / megabytes(text);
    let own = corpus::bytes(&stores.library.join("index"));
    let [is, should] = at_most(share(own), 2.0);
    table.row(&["celan, `index/`", &format!("{:.1} MB", megabytes(own)), &is, &should]);
    for (name, place) in [
        ("FTS5 trigram", stores.sqlite.clone()),
        ("Groonga TokenBigram", stores.groonga_folder().to_owned()),
        ("Recoll, `xapiandb`", stores.recoll.join("xapiandb")),
    ] {
        if place.exists() {
            let bytes = allocated(&place)?;
            table.row(&[name, &format!("{:.1} MB", megabytes(bytes)), &figure(share(bytes)), "–"]);
        } else {
            table.row(&[name, "not there", "–", "–"]);
        }
    }
    table.print();
    Ok(())
}

/// The bytes that a file or folder takes on the disk: Groonga's files have holes.
#[cfg(unix)]
fn allocated(place: &Path) -> Outcome<u64> {
    use std::os::unix::fs::MetadataExt;
    let files = if place.is_dir() { corpus::files(place)? } else { vec![place.to_owned()] };
    files.iter().map(|file| Ok(fs::metadata(file)?.blocks() * 512)).sum()
}

/// The bytes of a file or folder.
#[cfg(not(unix))]
fn allocated(place: &Path) -> Outcome<u64> {
    Ok(corpus::bytes(place))
}

/// What is run to build in a given folder.
type Prepare<'stores> = Box<dyn Fn(&Path) -> Outcome<Vec<OsString>> + 'stores>;

/// A build that is measured.
struct Build<'stores> {
    name: &'static str,
    stores: &'stores Stores,
    /// The processors it is bound to; none for all.
    processors: Option<&'static str>,
    /// Makes the folder ready and says what is run in it.
    command: Prepare<'stores>,
    /// The standard input of that.
    input: Option<std::path::PathBuf>,
    /// Whether its time stands in a ratio.
    is_compared: bool,
}

impl Build<'_> {
    /// Builds once, in a folder of its own in this one, and leaves it there.
    fn run(&self, kept: &Path) -> Outcome<Cost> {
        tell(&format!("building: {}, {}", self.name, self.stores.name));
        let folder = tempfile::tempdir_in(kept)?.keep();
        let mut command = (self.command)(&folder)?;
        if let Some(processors) = self.processors {
            command.splice(0..0, ["taskset", "-c", processors].map(OsString::from));
        }
        // What is still waiting to be written would be counted with the build.
        quietly(&["sync".into()], None)?;
        cost(&command.iter().map(OsString::as_os_str).collect::<Vec<&OsStr>>(), self.input.as_deref(), &folder)
    }
}

fn add<'stores>(
    name: &'static str,
    options: &'stores Options,
    stores: &'stores Stores,
    processors: &'static str,
) -> Build<'stores> {
    let command = move |folder: &Path| {
        let library = folder.join("library");
        new_library(&library)?;
        Ok(stores::add(options, &library, &stores.texts))
    };
    let processors = is_there("taskset").then_some(processors);
    Build { name, stores, processors, command: Box::new(command), input: None, is_compared: true }
}

/// Builds of every program: processor time, cores, memory.
pub(crate) fn builds(options: &Options, small: &Stores, large: &Stores) -> Outcome {
    small.make(options)?;
    if !is_there("time") {
        let mut table = Table::new("Building", "Processor time and memory are taken by `time`.", &["build", "time"]);
        table.absent("`time`", 2);
        table.print();
        return Ok(());
    }
    let mut builds = vec![
        add("`celan add`, one core", options, small, "0"),
        add("`celan add`, two cores", options, small, "0,1"),
        add("`celan add`, two cores", options, large, "0,1"),
    ];
    if is_there("sqlite3") {
        let command = Box::new(|folder: &Path| Ok(small.sqlite_build(&folder.join("units.db"))));
        builds.push(Build { name: "FTS5 trigram", stores: small, processors: None, command, input: None, is_compared: true });
    }
    if is_there("groonga") {
        let command = Box::new(|folder: &Path| Ok(stores::groonga_build(&folder.join("units"))));
        builds.push(Build {
            name: "Groonga TokenBigram",
            stores: small,
            processors: None,
            command,
            input: Some(small.groonga_input()),
            is_compared: false,
        });
    }
    if is_there("recollindex") {
        let command = Box::new(|folder: &Path| {
            small.configure_recoll(folder)?;
            Ok(stores::recoll_build(folder))
        });
        builds.push(Build { name: "Recoll", stores: small, processors: None, command, input: None, is_compared: false });
    }
    let mut costs = vec![Vec::new(); builds.len()];
    // Thrown away at the end: a file system may pass over what it has freed lately, and a build that makes thousands of files would pay
    // for those of the one before (ext4 without a journal: twice the time in the system).
    let kept = tempfile::tempdir_in(&options.work)?;
    for round in 0..options.builds {
        for (build, costs) in builds.iter().zip(&mut costs) {
            // Those that nothing is divided by, and that take minutes, run once.
            if round == 0 || build.is_compared {
                costs.push(build.run(kept.path())?);
            }
        }
    }
    let costs: Vec<_> = costs.iter().map(|costs| median_cost(costs)).collect();
    print_builds(options, &builds, &costs);
    Ok(())
}

fn print_builds(options: &Options, builds: &[Build<'_>], costs: &[Cost]) {
    let about = format!(
        "Medians of {} builds (Groonga and Recoll: one). Processor seconds are those of the program and its children, in the system too; \
         memory is the most that one process held. celan reads the files and finds their structure; SQLite and Groonga get rows that \
         are split already.",
        options.builds
    );
    let columns = ["build", "text", "time", "processor", "text a processor second", "memory"];
    let mut table = Table::new("Building", &about, &columns);
    let speed = |build: &Build<'_>, cost: &Cost| megabytes(build.stores.text_bytes()) / cost.processor.max(f64::MIN_POSITIVE);
    for (build, cost) in builds.iter().zip(costs) {
        table.row(&[
            build.name,
            &format!("{:.0} MB", megabytes(build.stores.text_bytes())),
            &format!("{:.1} s", cost.seconds),
            &format!("{:.1} s", cost.processor),
            &format!("{:.2} MB", speed(build, cost)),
            &format!("{:.0} MB", cost.memory / 1e6),
        ]);
    }
    table.print();
    let mut ratios = Table::new("Building, ratios", "Of the medians above.", &["ratio", "is", "target"]);
    if let ([_, own, ..], [one, two, more, ..]) = (builds, costs) {
        let named = |name: &str| builds.iter().zip(costs).find(|(build, _)| build.name == name);
        if let Some((build, cost)) = named("FTS5 trigram") {
            let [is, should] = at_least(speed(own, two) / speed(build, cost), 1.0);
            ratios.row(&["text a processor second, `celan add` : FTS5 trigram", &is, &should]);
        }
        let [is, should] = at_least(one.seconds / two.seconds, 1.7);
        ratios.row(&["time, one core : two cores", &is, &should]);
        let [is, should] = at_most(more.memory / two.memory, 1.2);
        ratios.row(&["memory, 3.5 × corpus : corpus", &is, &should]);
    }
    ratios.print();
}

/// One plan is added to the library of the corpus, as a whole command.
pub(crate) fn one_plan(options: &Options, stores: &Stores) -> Outcome {
    stores.make(options)?;
    let runs = options.runs.min(PLANS);
    tell("adding one plan");
    let folder = tempfile::tempdir_in(&options.work)?;
    let plan = folder.path().join(celan::corpus::BUILT_IN_NAME);
    fs::write(&plan, celan::corpus::BUILT_IN)?;
    let library = folder.path().join("library");
    let mut times = Vec::new();
    for _ in 0..runs {
        // The times of the files are part of what the library knows of them, so they are kept.
        quietly(&["cp".into(), "-a".into(), stores.library.clone().into(), library.clone().into()], None)?;
        quietly(&["sync".into()], None)?;
        times.push(cold::once(&stores::add(options, &library, &plan))?);
        fs::remove_dir_all(&library)?;
    }
    let time = percentile(&mut times, 50);
    let [_, should] = at_most(ratio(time, std::time::Duration::from_millis(100)), 1.0);
    let about = format!("Median of {runs} runs, each on a copy of the library of the corpus; the target is 100 ms.");
    let mut table = Table::new("One plan more", &about, &["command", "time", "of the target", "target"]);
    let of_target = figure(ratio(time, std::time::Duration::from_millis(100)));
    table.row(&["`celan add`, one plan of 70 KB", &milliseconds(time), &of_target, &should]);
    table.print();
    Ok(())
}
