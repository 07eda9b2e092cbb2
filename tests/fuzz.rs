//! The fuzz targets without the fuzzer: each with its seeds and some thousand mutations of them, the same in every run.
//!
//! `CELAN_FUZZ_CASES=100000 cargo test --test fuzz` runs more of them. What a target found once is a seed or a test of its own.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use celan::extract::{READERS, reader_of};

#[path = "../fuzz/src/targets/mod.rs"]
#[expect(unreachable_pub, reason = "they are a library of their own for the fuzzer")]
mod targets;

use targets::{TARGETS, Target, packed};

/// Mutations of the seeds of a target.
const CASES: usize = 1000;
/// Bytes that a target is given at most: targets with long seeds get fewer mutations.
const BYTES: usize = 3 << 20;

fn folder(target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target.name)
}

fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder(target)).expect(target.name).map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).unwrap()
    }
}

/// What breaks readers: ends of ranges, marks of formats, characters that are not what they seem.
const PIECES: [&[u8]; 26] = [
    b"\0",
    b"\xFF\xFF\xFF\xFF",
    b"\xFF\xFF\xFF\x7F",
    b"\0\0\0\x80",
    b"-1",
    b"4294967296",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    "\u{FEFF}".as_bytes(),
    "\u{202E}".as_bytes(),
    "\u{301}".as_bytes(),
    "𠮷".as_bytes(),
    b"\xE4\xB8",
    b"\x81\x30\x81\x30",
    b"\x1B[2J",
    b"\r\n",
    b"\n\n",
    b"\t",
    "　第一条 ".as_bytes(),
    "（一）".as_bytes(),
    "“”".as_bytes(),
    b"<a b=\"",
    b"</",
    b"]]>&#x10FFFF;",
    b"../../../etc/passwd",
];

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(5) {
        let start = random.below(bytes.len() + 1);
        let end = (start + random.below(32)).min(bytes.len());
        match random.below(8) {
            0 if start < bytes.len() => bytes[start] ^= 1 << random.below(8),
            1 if start < bytes.len() => bytes[start] = u8::try_from(random.below(256)).unwrap(),
            2 => drop(bytes.drain(start..end)),
            3 => bytes.truncate(start),
            4 => {
                let copy = bytes[start..end].to_vec();
                let to = random.below(bytes.len() + 1);
                for _ in 0..=random.below(20) {
                    bytes.splice(to..to, copy.iter().copied());
                }
            }
            5 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let until = (from + random.below(256)).min(other.len());
                bytes.splice(start..end, other[from..until].iter().copied());
            }
            _ => drop(bytes.splice(start..end, PIECES[random.below(PIECES.len())].iter().copied())),
        }
    }
    bytes
}

fn run(target: &Target) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{} has no seeds", target.name);
    let longest = seeds.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let asked = std::env::var("CELAN_FUZZ_CASES").ok().and_then(|asked| asked.parse().ok());
    let cases = asked.unwrap_or(CASES.min(BYTES / longest));
    let mut random = Random(0x0057_2021);
    for seed in &seeds {
        (target.run)(seed);
    }
    for case in 0..cases {
        let bytes = mutated(&seeds, &mut random);
        if catch_unwind(|| (target.run)(&bytes)).is_err() {
            let kept = std::env::temp_dir().join(format!("celan-fuzz-{}-{case}", target.name));
            fs::write(&kept, &bytes).unwrap();
            panic!("{}: mutation {case} breaks a promise; it is kept in {}", target.name, kept.display());
        }
    }
}

/// A test for each target, so that they run side by side and a failure names its target.
macro_rules! smoke {
    ($($name:ident)+) => {
        $(#[test] fn $name() {
            run(TARGETS.iter().find(|target| target.name == stringify!($name)).expect("the table has it"));
        })+

        #[test]
        fn every_target_is_run_here() {
            let run_here = [$(stringify!($name)),+];
            assert_eq!(TARGETS.iter().map(|target| target.name).collect::<Vec<_>>(), run_here);
        }
    };
}

smoke! { docx doc ofd xlsx xls ods pdf html md txt container structure fold query address settings corrections habits notes }

#[test]
fn every_reader_has_a_target_whose_seeds_it_reads() {
    for reader in &READERS {
        let format = reader.extensions[0];
        let target = TARGETS.iter().find(|target| target.name == format).expect(format);
        for seed in seeds(target) {
            let bytes = if packed::parts(&seed).is_empty() { seed } else { packed::container(&seed) };
            assert_eq!(reader_of(&bytes).map(|reader| reader.extensions[0]), Some(format));
            assert!(celan::extract::extract(&bytes).is_ok_and(|read| read.value.text.chars().count() > 8), "{format}");
        }
    }
}

#[test]
fn the_fuzzer_has_exactly_these_targets() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap().parse().unwrap();
    let binaries: BTreeSet<&str> = manifest["bin"].as_array().unwrap().iter().map(|bin| bin["name"].as_str().unwrap()).collect();
    assert_eq!(binaries, TARGETS.iter().map(|target| target.name).collect());
    for target in TARGETS {
        let source = fs::read_to_string(root.join(format!("fuzz/fuzz_targets/{}.rs", target.name))).unwrap();
        assert!(source.contains(&format!("targets::{}(bytes)", target.name)), "{}", target.name);
    }
}

#[test]
fn mutations_are_many_and_the_same_in_every_run() {
    let seeds = [b"0123456789".to_vec(), b"abc".to_vec()];
    let made = |start| (0..500).scan(Random(start), |random, _| Some(mutated(&seeds, random))).collect::<Vec<_>>();
    assert_eq!(made(1), made(1));
    assert!(made(1).iter().collect::<BTreeSet<_>>().len() > 400);
}
