//! `docs/dependencies.md` and `deny.toml` against `Cargo.toml`, the sources and what cargo knows of the locked set.
//!
//! What `deny.toml` demands is checked here for what the program is made of on this system; cargo-deny, where it is installed, checks it
//! for all systems.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// The rows of the tables whose head begins so: the cells, without their marks of code.
fn rows(head: &str) -> Vec<Vec<String>> {
    let page = text("docs/dependencies.md");
    let lines = page.lines().skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|'));
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect()).collect()
}

fn named(manifest: &toml::Table, section: &str) -> BTreeSet<String> {
    manifest.get(section).and_then(toml::Value::as_table).into_iter().flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn the_page_names_exactly_the_direct_dependencies() {
    let manifest: toml::Table = text("Cargo.toml").parse().unwrap();
    let mut direct = named(&manifest, "dependencies");
    for target in manifest.get("target").and_then(toml::Value::as_table).unwrap().values() {
        direct.extend(named(target.as_table().unwrap(), "dependencies"));
    }
    let first = |head: &str| rows(head).into_iter().map(|row| row[0].clone()).collect::<BTreeSet<_>>();
    assert_eq!(first("| crate | what it saves | named in |"), direct);
    assert_eq!(first("| crate | what it saves |"), named(&manifest, "dev-dependencies"));
    assert!(rows("| instead of | why not |").len() > 5);
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("make_dictionary.rs") {
            files.push(path);
        }
    }
}

/// The code of each module, tests and comments left out.
fn modules() -> BTreeMap<String, String> {
    let folder = root().join("src");
    let mut files = Vec::new();
    sources(&folder, &mut files);
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    for file in files.iter().filter(|file| !matches!(file.file_stem().unwrap().to_str().unwrap(), "tests" | "sample")) {
        let relative = file.strip_prefix(&folder).unwrap().components().next().unwrap();
        let module = relative.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let whole = fs::read_to_string(file).unwrap();
        let code = whole.split_once("#[cfg(test)]\nmod tests").or_else(|| whole.split_once("#[cfg(test)]\npub"));
        let lines = code.map_or(whole.as_str(), |(code, _)| code).lines().filter(|line| !line.trim_start().starts_with("//"));
        let own = modules.entry(module).or_default();
        lines.for_each(|line| own.extend([line, "\n"]));
    }
    modules
}

/// Whether the code names the crate: imports it, or writes a path that begins with it. `is_module` where a module has that name, too.
fn names(code: &str, ident: &str, is_module: bool) -> bool {
    let path = format!("{ident}::");
    let joins = |before: Option<char>| before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | ':'));
    let imported = [format!("use {ident}::"), format!("use {ident};")].iter().any(|import| code.contains(import.as_str()));
    imported || !is_module && code.match_indices(&path).any(|(at, _)| !joins(code[..at].chars().next_back()))
}

#[test]
fn each_dependency_is_named_in_the_modules_that_the_page_says_and_in_no_other() {
    let modules = modules();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut wrong = Vec::new();
    for row in rows("| crate | what it saves | named in |") {
        let ident = row[0].replace('-', "_");
        let is_module = files.iter().any(|file| file.file_stem().is_some_and(|stem| *stem == *ident));
        let found: Vec<_> =
            modules.iter().filter(|(_, code)| names(code, &ident, is_module)).map(|(name, _)| name.as_str()).collect();
        let as_said = if row[2] == "everywhere" { found.len() > 3 } else { found.join(", ") == row[2] };
        if !as_said {
            wrong.push(format!("{} is named in {}, not in {}", row[0], found.join(", "), row[2]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What cargo says.
fn cargo(arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let output = command.args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What cargo knows of the locked packages that are built on this system.
fn packages() -> Vec<Value> {
    let rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV").output().unwrap();
    let version = String::from_utf8(rustc.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = cargo(&["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host]);
    let metadata: Value = serde_json::from_slice(&metadata).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn version(written: &str) -> (u64, u64) {
    let mut parts = written.split('.').map(|part| part.parse().unwrap());
    (parts.next().unwrap(), parts.next().unwrap_or(0))
}

#[test]
fn no_dependency_asks_for_a_newer_compiler_than_the_program_says_nor_comes_from_elsewhere() {
    let packages = packages();
    assert!(packages.len() > 100);
    let own = packages.iter().find(|package| package["name"] == "celan").unwrap();
    let ours = version(own["rust_version"].as_str().unwrap());
    let newer: Vec<_> = packages
        .iter()
        .filter(|package| package["rust_version"].as_str().is_some_and(|theirs| version(theirs) > ours))
        .map(|package| &package["name"])
        .collect();
    assert!(newer.is_empty(), "{newer:?} need more than {ours:?}");
    // What is stated is no more than is needed.
    let strictest =
        packages.iter().filter(|package| package["name"] != "celan").filter_map(|package| package["rust_version"].as_str());
    assert_eq!(strictest.map(version).max(), Some(ours));
    let sources: BTreeSet<&str> = packages.iter().filter_map(|package| package["source"].as_str()).collect();
    assert_eq!(sources.len(), 1, "one registry and nothing else: {sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("registry+")), "{sources:?}");
}

/// Name, version and licence of each package that the program itself is built with on this system.
fn built() -> BTreeSet<(String, String, String)> {
    let tree = cargo(&["tree", "--offline", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}|{l}"]);
    let tree = String::from_utf8(tree).unwrap();
    let packages = tree.lines().filter_map(|line| {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
        let mut words = package.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.to_owned(), licence.to_owned()))
    });
    packages.collect()
}

/// Where a word of a licence's expression stands outside of brackets.
fn outside(licence: &str, word: &str) -> Option<usize> {
    let mut places = licence.match_indices(word).map(|(at, _)| at);
    places.find(|at| licence[..*at].matches('(').count() == licence[..*at].matches(')').count())
}

/// Whether what a package says of its licence can be met with what is allowed: one side of an `OR`, both of an `AND`.
fn is_met(licence: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let sides = |word: &str| outside(licence, word).map(|at| (&licence[..at], &licence[at + word.len()..]));
    if let Some((one, other)) = sides(" OR ") {
        return is_met(one, is_allowed) || is_met(other, is_allowed);
    }
    if let Some((one, other)) = sides(" AND ") {
        return is_met(one, is_allowed) && is_met(other, is_allowed);
    }
    let inner = licence.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    inner.map_or_else(|| is_allowed(licence), |inner| is_met(inner, is_allowed))
}

#[test]
fn licences_are_met_as_their_expressions_say() {
    let met = |licence| is_met(licence, &|one| ["MIT", "ISC"].contains(&one));
    for licence in ["MIT", "GPL-3.0 OR MIT", "(GPL-3.0 OR MIT) AND ISC", "MIT AND ISC OR GPL-3.0", "((ISC))"] {
        assert!(met(licence), "{licence}");
    }
    for licence in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND GPL-3.0"] {
        assert!(!met(licence), "{licence}");
    }
}

#[test]
fn the_program_is_made_of_what_deny_toml_allows() {
    let deny: toml::Table = text("deny.toml").parse().unwrap();
    let rows = |part: &str, list: &str| deny[part][list].as_array().unwrap().clone();
    let of = |row: &toml::Value, key: &str| row[key].as_str().unwrap().to_owned();
    let listed = |list: &toml::Value, one: &str| list.as_array().unwrap().iter().any(|listed| listed.as_str() == Some(one));
    let exceptions: BTreeMap<String, toml::Value> =
        rows("licenses", "exceptions").iter().map(|row| (of(row, "crate"), row["allow"].clone())).collect();
    let denied: BTreeSet<String> = rows("bans", "deny").iter().map(|row| of(row, "crate")).collect();
    let skipped: BTreeSet<String> =
        rows("bans", "skip").iter().map(|row| of(row, "crate").split('@').next().unwrap().to_owned()).collect();

    let built = built();
    assert!(built.len() > 100);
    let mut wrong = Vec::new();
    for (name, version, licence) in &built {
        // An older way to write OR.
        let licence = licence.replace(" / ", "/").replace('/', " OR ");
        let excepted = exceptions.get(name);
        let is_allowed = |one: &str| listed(&deny["licenses"]["allow"], one) || excepted.is_some_and(|own| listed(own, one));
        if !is_met(&licence, &is_allowed) {
            wrong.push(format!("{name} {version} has the licence {licence}"));
        }
        if denied.contains(name) {
            wrong.push(format!("{name} {version} is denied"));
        }
        let versions = built.iter().filter(|(other, ..)| other == name).count();
        if versions > 1 && !skipped.contains(name) {
            wrong.push(format!("{name} {version} is one of {versions} versions"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_deny_toml_skips_or_excepts_is_still_there() {
    let deny: toml::Table = text("deny.toml").parse().unwrap();
    let locked: toml::Table = text("Cargo.lock").parse().unwrap();
    let locked = locked["package"].as_array().unwrap();
    let is_locked = |name: &str, version: &str| {
        let of_name = |package: &&toml::Value| package["name"].as_str() == Some(name);
        locked.iter().filter(of_name).any(|package| {
            let own = package["version"].as_str().unwrap();
            version.is_empty() || own.starts_with(&format!("{version}."))
        })
    };
    for skipped in deny["bans"]["skip"].as_array().unwrap() {
        let (name, version) = skipped["crate"].as_str().unwrap().split_once('@').unwrap();
        assert!(is_locked(name, version), "{name} {version} is skipped and not there");
        assert!(skipped["reason"].as_str().is_some_and(|reason| reason.len() > 5));
    }
    for excepted in deny["licenses"]["exceptions"].as_array().unwrap() {
        assert!(is_locked(excepted["crate"].as_str().unwrap(), ""), "{excepted}");
    }
    for registry in ["allow-registry", "allow-git"] {
        assert!(deny["sources"].get(registry).is_none(), "the default is crates of cargo's own registry");
    }
}
