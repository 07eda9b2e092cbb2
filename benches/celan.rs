//! The stages one by one, on the built-in plan: folding, segmentation, reading, structure, index, a warm search, a frame; and the terminal
//! over a thousand documents.
//!
//! `cargo bench --bench celan`. Figures for documentation come from `benches/report.rs`; this is for seeing what a change does.

#[path = "../tests/scale/making.rs"]
mod making;
#[path = "large/terminal.rs"]
mod terminal;
#[path = "../tests/scale/words.rs"]
mod words;

use std::sync::Arc;

use celan::diagnostic::Language;
use celan::document::Document;
use celan::document::metadata::Source;
use celan::index::Index;
use celan::library::Library;
use celan::search::{Engine, Request};
use celan::text::segment::Segmenter;
use celan::text::width::Ambiguous;
use celan::tui::app::{App, Outside};
use celan::tui::desk::Desk;
use celan::tui::event::Event;
use celan::tui::memory::Forgetful;
use celan::tui::state::Appearance;
use celan::tui::theme::Theme;
use celan::tui::worker::Immediate;
use divan::{Bencher, black_box, counter::BytesCount};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Size;

fn main() {
    if std::env::var_os("CELAN_BENCH_TERMINAL").is_some() {
        terminal::figures();
    } else {
        divan::main();
    }
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
fn folded(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(text())).bench(|| celan::text::fold::folded(black_box(text())));
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
fn extract(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_str(text()))
        .bench(|| celan::extract::extract(black_box(PLAN)).map(|raw| raw.value.blocks.len()));
}

/// The plan as other programs write it; bytes are those of the text that comes out.
#[divan::bench(args = ["docx", "doc", "pdf", "ofd", "html"], sample_count = 10)]
fn extract_formats(bencher: Bencher, format: &str) {
    let bytes: &[u8] = match format {
        "docx" => include_bytes!("../tests/formats/plan.docx"),
        "doc" => include_bytes!("../tests/formats/plan.doc"),
        "pdf" => include_bytes!("../tests/formats/plan.pdf"),
        "ofd" => include_bytes!("../tests/formats/plan.ofd"),
        _ => include_bytes!("../tests/formats/plan.html"),
    };
    bencher
        .counter(BytesCount::of_str(text()))
        .bench(|| celan::extract::extract(black_box(bytes)).map(|raw| raw.value.blocks.len()));
}

#[divan::bench]
fn structure(bencher: Bencher) {
    let raw = celan::extract::extract(PLAN).map(|raw| raw.value).unwrap_or_default();
    let input = bencher.counter(BytesCount::of_str(text())).with_inputs(|| (raw.clone(), Source::default()));
    input.bench_values(|(raw, source)| celan::structure::structure(raw, source));
}

#[divan::bench(sample_count = 20)]
fn index_in_memory(bencher: Bencher) {
    let plan = plan();
    bencher.counter(BytesCount::of_str(text())).bench(|| Index::in_memory([black_box(&plan)]).is_ok());
}

#[divan::bench(args = ["易货贸易", "开放", "的", "外贸 企业", "没有的词"])]
fn search(bencher: Bencher, query: &str) {
    let Ok(index) = Index::in_memory([&plan()]) else { return };
    let request = Request { limit: Some(20), ..Request::of(celan::query::parse(query)) };
    bencher.bench(|| index.search(black_box(&request)).map_or(0, |response| response.total));
}

/// One step down in the reader and the frame after it, as the program does for every key.
#[divan::bench(args = [(80, 24), (200, 60)])]
fn key_to_frame(bencher: Bencher, (width, height): (u16, u16)) {
    let Ok(library) = Library::in_memory(&[(celan::corpus::BUILT_IN_NAME, PLAN)]) else { return };
    let library = Arc::new(library.value);
    let appearance = Appearance { language: Language::Chinese, theme: Theme::coloured(), ambiguous: Ambiguous::Narrow };
    let outside = Outside {
        executor: Immediate::new(Desk::new(Arc::clone(&library), Language::Chinese)),
        clipboard: Vec::<String>::new(),
        keeper: Forgetful,
    };
    let size = Size::new(width, height);
    let mut app = App::new(library.listings(), appearance, size, outside);
    let (Ok(_), Ok(mut terminal)) = (app.take_outcomes(), Terminal::new(TestBackend::new(width, height))) else { return };
    app.handle(Event::Key(KeyEvent::from(KeyCode::Tab)));
    bencher.bench_local(|| {
        app.handle(Event::Key(KeyEvent::from(KeyCode::Char('j'))));
        terminal.draw(|frame| app.draw(frame)).is_ok()
    });
}
