//! celan beside other programs over the same text, everything in one run: `cargo bench --bench compare -- --corpus FOLDER`.
//!
//! | option | meaning |
//! |---|---|
//! | `--corpus FOLDER` | a folder of plain texts; without it nothing is measured |
//! | `--sections LIST` | of `corpus,cold,dropped,warm,size,build,large`, separated by commas; all without it |
//! | `--celan PATH` | the program for the whole commands; the one that cargo built without it |
//! | `--work FOLDER` | where texts, libraries and databases are made and found again; `target/compare` without it |
//! | `--runs N` | runs of a whole command, 21 without it; `--builds N`: runs of a build, 3 without it |
//!
//! `benches/compare/install` installs the other programs. One that is absent is a row that says so. In every round each program runs
//! once, one after the other, and the medians are compared: what else the machine does meets all of them. `corpus` only makes the texts
//! (see `corpus.rs`); the other sections make what they lack. Databases are not made anew where they are there: after a change of the
//! index or of the text empty the work folder. Prints Markdown to standard output, what is going on to standard error.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a report is printed")]

mod build;
mod cold;
mod corpus;
mod measure;
mod options;
mod programs;
mod stores;
mod table;
mod terms;
mod warm;
mod worker;

use options::Options;
use stores::Stores;

/// What a step gives, or why it could not be done.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let Some(options) = Options::of_this_process()? else { return Ok(()) };
    let options = options.install()?;
    let small = Stores::small(&options)?;
    let large = || Stores::large(&options);
    if options.asked("corpus") {
        large()?;
    }
    println!("{}", programs::versions(&options));
    if options.asked("cold") {
        cold::warm_cache(&options, &small)?;
    }
    if options.asked("dropped") {
        cold::dropped_cache(&options, &small)?;
    }
    if options.asked("warm") {
        warm::compare(&options, &small)?;
    }
    if options.asked("size") {
        build::sizes(&options, &small)?;
    }
    if options.asked("build") {
        build::builds(&options, &small, &large()?)?;
        build::one_plan(&options, &small)?;
    }
    if options.asked("large") {
        let large = large()?;
        cold::small_and_large(&options, &small, &large)?;
        warm::compare(&options, &large)?;
        build::sizes(&options, &large)?;
    }
    Ok(())
}

/// Tells what is being done.
pub(crate) fn tell(message: &str) {
    eprintln!("… {message}");
}
