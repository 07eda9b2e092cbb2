//! `docs/dependencies.md` and `deny.toml` against `Cargo.toml`, the sources and what cargo knows of the locked set.

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

/// What cargo knows of the locked packages that are built on this system.
fn packages() -> Vec<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV").output().unwrap();
    let version = String::from_utf8(rustc.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut command = Command::new(cargo);
    command.args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host]);
    let output = command.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
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
