//! Makes `functions.txt`: what the quick commands execute, in the order in which `build.rs` has the linker put it.
//!
//! Of the program's twelve megabytes of code a search executes 0.7, strewn over all of them; the system maps code in stretches of 64 KiB when
//! something in them is first executed, and each takes a new process two to three microseconds. Laid side by side they are some twenty
//! stretches and not a hundred.
//!
//! ```text
//! cargo run --example make-order -- target/release/celan LIBRARY 'FREQUENT WORD' 'RARE WORD'
//! ```
//!
//! takes the program as `cargo build --release` makes it (incremental compilation leaves other functions over) and a library of many documents,
//! the built-in plan among them. What is executed is told by callgrind (<https://valgrind.org>), the other
//! names that it goes by by `nm`. Gives the names of functions as the compiler mangles them (RFC 2603), but for what changes with a version
//! of a crate or of the compiler: the hashes of crates, and the places within a name, which depend on the lengths of these. The C library is
//! left out: it stands together anyway. A list that has grown old does no harm; what it lacks or no longer finds stands where it would without it.

#![expect(clippy::unwrap_used, reason = "a tool stops at the first surprise")]

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the list is kept.
const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/order/functions.txt");

const HEADER: &str = "\
# What the quick commands execute, for build.rs to lay side by side. Made by benches/order/make_order.rs, which says what this is.
";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, library, frequent, rare] = arguments.as_slice() else {
        anyhow::bail!("usage: make-order PROGRAM LIBRARY FREQUENT RARE");
    };
    let both = format!("{frequent} {rare}");
    // What comes first is what other commands execute, too.
    let commands: [&[&str]; 6] = [
        &["--version"],
        &["search", frequent],
        &["search", rare],
        &["search", &both],
        &["cite", "57号 4.3"],
        &["show", "57号 4.3"],
    ];
    let aliases = aliases(program);
    let (mut seen, mut list) = (BTreeSet::new(), HEADER.to_owned());
    for command in commands {
        let executed = executed(program, library, command);
        for symbol in executed.iter().flat_map(|symbol| aliases.get(symbol).into_iter().flatten()) {
            let name = without_hashes(symbol.split(".llvm.").next().unwrap_or(symbol));
            if name.starts_with("_R") && seen.insert(name.clone()) {
                list.push_str(&name);
                list.push('\n');
            }
        }
    }
    fs::write(PLACE, list)?;
    Ok(())
}

/// All names of the function of each name: of functions that do the same the compiler keeps one, whose section has one of their names.
fn aliases(program: &str) -> HashMap<String, Vec<String>> {
    let symbols = String::from_utf8(Command::new("nm").arg(program).output().unwrap().stdout).unwrap();
    let mut at: HashMap<&str, Vec<String>> = HashMap::new();
    for line in symbols.lines() {
        if let [address, "t" | "T", name] = line.split(' ').collect::<Vec<_>>().as_slice() {
            at.entry(address).or_default().push((*name).to_owned());
        }
    }
    at.into_values().flat_map(|names| names.clone().into_iter().map(move |name| (name, names.clone()))).collect()
}

/// The names of the functions that a command executes.
fn executed(program: &str, library: &str, command: &[&str]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let run = |start: &[OsString]| {
        let (first, start) = start.split_first().unwrap();
        let mut process = Command::new(first);
        process.args(start).args(["--library", library]).args(command).stdout(Stdio::null()).stderr(Stdio::null());
        process.status().unwrap()
    };
    // The first search after a while looks for changes of the files, which none after it does.
    run(&[program.into()]);
    let out = [OsString::from("--callgrind-out-file="), profile.clone().into()].into_iter().collect();
    run(&["valgrind".into(), "--tool=callgrind".into(), "--demangle=no".into(), out, program.into()]);
    names(&profile)
}

/// The names in a profile: `fn=(17) name` where it is first named, `'2` behind it where it called itself.
fn names(profile: &Path) -> BTreeSet<String> {
    let profile = fs::read(profile).unwrap();
    let profile = String::from_utf8_lossy(&profile);
    let named = |line: &str| {
        let named = line.strip_prefix("fn=(").or_else(|| line.strip_prefix("cfn=("))?;
        let (_, name) = named.split_once(") ")?;
        Some(name.split('\'').next().unwrap_or(name).to_owned())
    };
    profile.lines().filter_map(named).collect()
}

/// A mangled name with a star for each hash of a crate (`Cs…_`), and a question mark for each digit of a place further in front (`B…_`).
fn without_hashes(name: &str) -> String {
    let (mut pattern, mut rest) = (String::new(), name);
    while let Some((at, mark)) = ["Cs", "B"].iter().filter_map(|mark| Some((rest.find(mark)?, *mark))).min() {
        let (before, from) = rest.split_at(at);
        let digits = from.trim_start_matches(mark);
        let after = digits.trim_start_matches(|character: char| character.is_ascii_alphanumeric());
        pattern.push_str(before);
        pattern.push_str(mark);
        rest = if after.starts_with('_') {
            pattern.push_str(&if mark == "B" { "?".repeat(digits.len() - after.len()) } else { "*".to_owned() });
            after
        } else {
            digits
        };
    }
    pattern + rest
}
