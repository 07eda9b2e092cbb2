//! Writes a library's worth of documents that nobody wrote, for measuring.
//!
//! `cargo run --example generate -- FOLDER COUNT [SEED]` writes `COUNT` documents into folders of a thousand below `FOLDER`, and
//! `FOLDER.expected.tsv`: for each file its id and how many nodes of each kind are to be found in it.

#![expect(clippy::print_stderr, reason = "a small program of its own")]

mod making;
mod words;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The kinds that are counted.
const KINDS: [&str; 7] = ["chapter", "section", "measure", "item", "bullet", "table", "row"];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |place: usize| arguments.get(place).and_then(|written| written.parse::<u64>().ok());
    let (Some(folder), Some(count)) = (arguments.first().map(PathBuf::from), number(1)) else {
        eprintln!("usage: generate FOLDER COUNT [SEED]");
        std::process::exit(2);
    };
    if let Err(error) = write(&folder, usize::try_from(count).unwrap_or_default(), number(2).unwrap_or_default()) {
        eprintln!("{}: {error}", folder.display());
        std::process::exit(1);
    }
}

fn write(folder: &Path, count: usize, seed: u64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut expected = BufWriter::new(File::create(folder.with_extension("expected.tsv"))?);
    writeln!(expected, "file\tid\t{}\tindicators", KINDS.join("\t"))?;
    for number in 0..count {
        let made = making::make(seed, number);
        let part = folder.join(format!("{:03}", number / 1000));
        if number.is_multiple_of(1000) {
            fs::create_dir_all(&part)?;
        }
        fs::write(part.join(&made.name), &made.text)?;
        let counts: Vec<String> =
            KINDS.iter().map(|kind| made.outline.iter().filter(|(found, _, _)| found == kind).count().to_string()).collect();
        writeln!(expected, "{}\t{}\t{}\t{}", made.name, made.id, counts.join("\t"), made.indicators)?;
    }
    expected.flush()
}
