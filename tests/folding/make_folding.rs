//! Makes what `celan::text::fold` compares by: `simplified.txt` from the lists of `OpenCC`, and `table.bin` from the rules.
//!
//! `cargo run --example make-folding` makes the table anew (after a change of `rules.rs`, of `variants.txt`, or of Unicode);
//! `cargo run --example make-folding -- path/to/opencc/dictionary` makes the list of simplified characters first, from
//! `TSCharacters.txt` and the lists of variants of Taiwan, Hong Kong and Japan (<https://github.com/BYVoid/OpenCC>, Apache-2.0).

#![expect(clippy::unwrap_used, reason = "a tool stops at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

mod rules;

/// Where the lists and the table are kept.
const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/fold");

/// Characters of `OpenCC`'s list that simplified texts write too, with a meaning of their own: 著名, 乾隆, 哪吒.
const KEPT: [char; 3] = ['著', '乾', '吒'];

const HEADER: &str = "\
# Traditional characters and variants, and the simplified character that each is compared as; one to one.
# Made by tests/folding/make_folding.rs from the character lists of OpenCC (https://github.com/BYVoid/OpenCC), the work of its
# contributors under the Apache License 2.0 (LICENSE-APACHE), with changes: the first choice of several only, chains followed to
# their end, variants turned round, characters left out that simplified texts write too.
";

fn main() {
    if let Some(lists) = std::env::args().nth(1) {
        fs::write(Path::new(PLACE).join("simplified.txt"), simplified(Path::new(&lists))).unwrap();
    }
    let [simplified, variants] =
        ["simplified.txt", "variants.txt"].map(|list| fs::read_to_string(Path::new(PLACE).join(list)).unwrap());
    fs::write(Path::new(PLACE).join("table.bin"), rules::table(&rules::ideographs(&[&simplified, &variants]))).unwrap();
}

fn simplified(lists: &Path) -> String {
    let mut pairs: BTreeMap<char, char> = read(lists, "TSCharacters.txt").into_iter().map(|(from, to)| (from, to[0])).collect();
    for list in ["TWVariants.txt", "HKVariants.txt", "JPVariants.txt"] {
        for (standard, variants) in read(lists, list) {
            let target = pairs.get(&standard).copied().unwrap_or(standard);
            for variant in variants.into_iter().filter(|variant| !is_simplified(*variant)) {
                pairs.entry(variant).or_insert(target);
            }
        }
    }
    pairs.retain(|from, to| from != to && !KEPT.contains(from));
    let end = |mut character: char| {
        while let Some(next) = pairs.get(&character) {
            character = *next;
        }
        character
    };
    let lines: Vec<String> = pairs.keys().map(|from| format!("{from} {}\n", end(*from))).collect();
    format!("{HEADER}{}", lines.concat())
}

/// A list of `OpenCC`: a character, a tab, its counterparts set apart by blanks.
fn read(lists: &Path, name: &str) -> Vec<(char, Vec<char>)> {
    let list = fs::read_to_string(lists.join(name)).unwrap();
    let line = |line: &str| {
        let (from, to) = line.split_once('\t')?;
        let single = |word: &str| word.chars().next().filter(|_| word.chars().count() == 1);
        Some((single(from)?, to.split_whitespace().filter_map(single).collect::<Vec<_>>()))
    };
    list.lines().filter_map(line).filter(|(_, to)| !to.is_empty()).collect()
}

/// Whether GB 2312, the character set of simplified Chinese, has the ideograph: a variant of Japan may be a word here (芸, 沪, 予).
fn is_simplified(character: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, missing) = encoding_rs::GBK.encode(character.encode_utf8(&mut buffer));
    !missing && matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE])
}
