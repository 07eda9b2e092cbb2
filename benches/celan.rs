//! The stages one by one, on the built-in plan: folding, segmentation, reading, structure, index, a warm search, a frame.
//!
//! `cargo bench --bench celan`. Figures for documentation come from `benches/report.rs`; this is for seeing what a change does.

use celan::document::Document;
use celan::document::metadata::Source;
use celan::index::Index;
use celan::search::{Engine, Request};
use celan::text::segment::Segmenter;
use divan::{Bencher, black_box, counter::BytesCount};

fn main() {
    divan::main();
}

const PLAN: &[u8] = celan::corpus::BUILT_IN;

fn text() -> &'static str {
    std::str::from_utf8(PLAN).unwrap_or_default()
}

fn plan() -> Document {
    let raw = celan::extract::extract(PLAN).map(|raw| raw.value).unwrap_or_default();
    celan::structure::structure(raw, Source::default()).value
}

#[divan::bench]
fn fold(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(text())).bench(|| celan::text::fold::fold(black_box(text())));
}

#[divan::bench]
fn segmenter_for_the_plan(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(text())).bench(|| Segmenter::for_texts([black_box(text())]));
}

#[divan::bench(sample_count = 10)]
fn segmenter_with_the_whole_dictionary() -> Segmenter {
    Segmenter::full()
}

#[divan::bench]
fn extract_and_structure(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(text())).bench(plan);
}

#[divan::bench(sample_count = 20)]
fn index_in_memory(bencher: Bencher) {
    let plan = plan();
    bencher.counter(BytesCount::of_str(text())).bench(|| Index::in_memory([black_box(&plan)]).is_ok());
}

#[divan::bench(args = ["易货贸易", "开放", "的", "外贸 企业", "没有的词"])]
fn search(bencher: Bencher, query: &str) {
    let Ok(index) = Index::in_memory([&plan()]) else { return };
    let request = Request { query: celan::query::parse(query), scope: None, limit: Some(20) };
    bencher.bench(|| index.search(black_box(&request)).map_or(0, |response| response.total));
}
