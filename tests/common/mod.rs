//! Documents that several test files use.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::allow_attributes,
    reason = "each test file uses a part of this, and stops at the first surprise"
)]

use celan::document::Document;
use celan::document::metadata::Source;
use celan::extract::extract;
use celan::structure::structure;

/// The built-in plan's bytes.
pub(crate) const PLAN: &[u8] = celan::corpus::BUILT_IN;

/// A document read from a text.
pub(crate) fn document(file: &str, text: &str) -> Document {
    let source = Source { file: file.to_owned(), ..Source::default() };
    structure(extract(text.as_bytes()).unwrap().value, source).value
}

/// The Hunan plan, read.
pub(crate) fn plan() -> Document {
    document(celan::corpus::BUILT_IN_NAME, std::str::from_utf8(PLAN).unwrap())
}

/// A document that is large and dull, so that a library with it is no longer small: three megabytes of generated sections.
pub(crate) fn filler() -> Document {
    use std::fmt::Write;
    let mut text = String::new();
    let syllables: Vec<char> = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏外贸易境开放发展".chars().collect();
    let mut state: u64 = 1;
    for _ in 0..30_000 {
        for _ in 0..40 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push(syllables[usize::try_from(state >> 33).unwrap() % syllables.len()]);
        }
        writeln!(text, "。").unwrap();
    }
    document("filler.txt", &text)
}
