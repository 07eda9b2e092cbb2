//! Makes `dictionary.fst`, the compact form of jieba's dictionary, from its `dict.txt`.
//!
//! `cargo run --example make-dictionary -- path/to/dict.txt src/text/segment/dictionary.fst`. Takes lines of word, frequency and
//! tag; gives an ordered map from word to frequency. `tests/dictionary.rs` holds the result against jieba's own.

use std::collections::BTreeMap;
use std::fs;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(source), Some(target)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("usage: make-dictionary DICT.TXT DICTIONARY.FST");
    };
    let mut words = BTreeMap::new();
    for line in fs::read_to_string(source)?.lines() {
        let mut parts = line.split_whitespace();
        if let (Some(word), Some(frequency)) = (parts.next(), parts.next()) {
            words.insert(word.to_owned(), frequency.parse::<u64>()?);
        }
    }
    fs::write(target, fst::Map::from_iter(words)?.into_fst().into_inner())?;
    Ok(())
}
