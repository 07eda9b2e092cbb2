//! The terminal over a library of a thousand documents that nobody wrote: keys, searches, lists, the beginning.
//!
//! With `CELAN_BENCH_TERMINAL` set, [`figures`] prints medians and 99th percentiles as Markdown instead; where it names a library, of that
//! one.

#![expect(clippy::panic, reason = "where there is no library there is nothing to measure")]

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use celan::corpus::Corpus;
use celan::diagnostic::Language;
use celan::library::{InProcess, Library, Look};
use celan::search::Request;
use celan::text::width::Ambiguous;
use celan::tui::app::{App, Outside};
use celan::tui::desk::Desk;
use celan::tui::event::Event;
use celan::tui::gathering::{AT_ONCE, Gathering, What, gather};
use celan::tui::memory::Forgetful;
use celan::tui::state::Appearance;
use celan::tui::theme::Theme;
use celan::tui::worker::Immediate;
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;

use crate::{making, words};

/// So many have more than 100,000 units.
const DOCUMENTS: usize = 1_250;
const WIDTH: u16 = 120;
const HEIGHT: u16 = 40;

/// What is typed, key by key.
const TYPED: [&str; 6] = ["试点", "数字经济 平台", "永安县", "shuzi", "资金", "没有的话"];

/// The folder of the library: the one that is named, else one that is made once.
fn folder() -> PathBuf {
    let named = std::env::var_os("CELAN_BENCH_TERMINAL").map(PathBuf::from).filter(|path| path.is_dir());
    named.unwrap_or_else(made_up)
}

fn made_up() -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = FOLDER.get_or_init(|| {
        let keep = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let (files, path) = (keep.path().join("files"), keep.path().join("library"));
        let make = || -> Result<(), Box<dyn std::error::Error>> {
            std::fs::create_dir_all(&files)?;
            for number in 0..DOCUMENTS {
                let made = making::make(1, number);
                std::fs::write(files.join(&made.name), &made.text)?;
            }
            Corpus::create(&path, &[])?;
            Library::open(&path)?.value.add(&[&files], &mut |_, _| {})?;
            Ok(())
        };
        make().unwrap_or_else(|error| panic!("{error}"));
        keep
    });
    made.path().join("library")
}

fn library() -> Arc<Library> {
    let look = Look::Quick(SystemTime::now());
    let opened = Library::open_looking(&folder(), Box::new(InProcess), look, &mut |_, _| {});
    Arc::new(opened.unwrap_or_else(|error| panic!("{error}")).value)
}

/// The program without a terminal; the work is done where it is asked for, and measured with it.
struct Screen {
    app: App<Immediate, Vec<String>>,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    fn new(library: &Arc<Library>) -> Self {
        let appearance = Appearance { language: Language::Chinese, theme: Theme::coloured(), ambiguous: Ambiguous::Narrow };
        let executor = Immediate::new(Desk::new(Arc::clone(library), Language::Chinese));
        let outside = Outside { executor, clipboard: Vec::new(), keeper: Forgetful };
        let app = App::new(library.listings(), appearance, Size::new(WIDTH, HEIGHT), outside);
        let terminal = Terminal::new(TestBackend::new(WIDTH, HEIGHT)).unwrap_or_else(|error| match error {});
        let mut screen = Self { app, terminal };
        screen.draw();
        screen
    }

    fn draw(&mut self) {
        let _ = self.app.take_outcomes();
        let Ok(_) = self.terminal.draw(|frame| self.app.draw(frame));
    }

    fn send(&mut self, event: Event) {
        self.app.handle(event);
        self.draw();
    }

    fn key(&mut self, code: KeyCode) {
        self.send(Event::Key(KeyEvent::from(code)));
    }

    fn control(&mut self, letter: char) {
        self.send(Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)));
    }

    /// The page of all headings.
    fn all_headings(library: &Arc<Library>) -> Self {
        let mut screen = Self::new(library);
        screen.control('p');
        screen.key(KeyCode::Tab);
        screen
    }
}

/// One step down in the text and the frame after it.
#[divan::bench]
fn key_to_frame_while_reading(bencher: Bencher) {
    let mut screen = Screen::new(&library());
    screen.key(KeyCode::Tab);
    bencher.bench_local(|| screen.key(KeyCode::Char('j')));
}

/// From the last key of a query to its results.
#[divan::bench(args = TYPED)]
fn last_key_to_results(bencher: Bencher, typed: &str) {
    let mut screen = Screen::new(&library());
    screen.key(KeyCode::Char('/'));
    typed.chars().for_each(|character| screen.key(KeyCode::Char(character)));
    let last = typed.chars().last().unwrap_or_default();
    bencher.bench_local(|| {
        screen.key(KeyCode::Backspace);
        screen.key(KeyCode::Char(last));
    });
}

/// Opening the library, and the first frame with the first document.
#[divan::bench]
fn first_frame(bencher: Bencher) {
    folder();
    bencher.bench_local(|| Screen::new(&library()));
}

/// A key in the list of all headings.
#[divan::bench(args = TYPED)]
fn key_in_all_headings(bencher: Bencher, typed: &str) {
    let mut screen = Screen::all_headings(&library());
    let first = typed.chars().next().unwrap_or_default();
    bencher.bench_local(|| {
        screen.key(KeyCode::Char(first));
        screen.key(KeyCode::Backspace);
    });
}

/// Prints the figures of `docs/benchmarks.md`.
#[expect(clippy::print_stdout, reason = "figures are printed")]
pub(crate) fn figures() {
    let library = library();
    let units: usize = library.listings().iter().map(|listing| listing.units).sum();
    let documents = library.listings().len();
    println!(
        "{documents} documents, {units} units, {WIDTH} × {HEIGHT}\n\n| | p50 | p99 | slowest | undisturbed p50 | p99 | slowest |"
    );
    println!("|---|---|---|---|---|---|---|");
    tell("a search, twenty results", &searching(&library));
    tell("a key while reading, to its frame", &passes(|| reading(&library)));
    tell("a key in the tree, to its frame", &passes(|| tree(&library)));
    tell("a key of a query, to its results", &passes(|| typing(Screen::new(&library), Some(KeyCode::Char('/')), Wait::No)));
    let screen = || Screen::all_headings(&library);
    let rows = screen().app.state().overlay.as_ref().map_or(0, |overlay| overlay.picker.row_count());
    tell(&format!("a key in the list of all {rows} headings, to its frame"), &passes(|| typing(screen(), None, Wait::No)));
    tell("the same, until the whole list has been looked through", &passes(|| typing(screen(), None, Wait::ForAll)));
    tell("some headings more for that list, while it is filtered", &passes(|| gathering(&library)));
    tell("opening the library, to the first frame", &passes(|| times(20, |_| drop(Screen::new(&self::library())))));
}

/// How often everything is done: what each key takes when nothing else runs is the least that it took.
const PASSES: usize = 7;

/// What several passes over the same keys took: each pass on its own.
fn passes(mut pass: impl FnMut() -> Vec<Duration>) -> Vec<Vec<Duration>> {
    (0..PASSES).map(|_| pass()).collect()
}

/// Words and pairs of words, each searched for in every pass; a first one is not counted.
fn searching(library: &Library) -> Vec<Vec<Duration>> {
    let pairs = words::SUBJECTS.iter().flat_map(|subject| words::NOUNS.iter().map(move |noun| format!("{subject} {noun}")));
    let typed = [words::SUBJECTS.as_slice(), &words::NOUNS, &words::VERBS].concat().into_iter().map(str::to_owned);
    let typed: Vec<String> = typed.chain(pairs.step_by(4)).collect();
    let search = |place: usize| {
        let query = celan::query::parse(typed.get(place).map_or("", String::as_str));
        let _ = library.search(&Request { limit: Some(20), ..Request::of(query) });
    };
    times(typed.len(), search);
    passes(|| times(typed.len(), search))
}

fn reading(library: &Arc<Library>) -> Vec<Duration> {
    let mut screen = Screen::new(library);
    screen.key(KeyCode::Tab);
    let keys = [KeyCode::Char('j'), KeyCode::PageDown, KeyCode::Char('k'), KeyCode::Char('j'), KeyCode::Char('j')];
    times(500, |round| screen.key(keys.get(round % keys.len()).copied().unwrap_or(KeyCode::Up)))
}

/// Down the documents, each of which is read as one comes to it.
fn tree(library: &Arc<Library>) -> Vec<Duration> {
    let mut screen = Screen::new(library);
    times(500, |round| screen.key(if round % 2 == 0 { KeyCode::Down } else { KeyCode::Enter }))
}

/// Whether a key is measured until all is done that it asked for, or until the frame that it is followed by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wait {
    No,
    ForAll,
}

/// Types and takes back what is typed.
fn typing(mut screen: Screen, begin: Option<KeyCode>, wait: Wait) -> Vec<Duration> {
    if let Some(key) = begin {
        screen.key(key);
    }
    let mut measured = Vec::new();
    for typed in TYPED {
        let keys: Vec<KeyCode> = typed.chars().map(KeyCode::Char).collect();
        let back = std::iter::repeat_n(KeyCode::Backspace, keys.len());
        for key in keys.iter().copied().chain(back) {
            let finish = |screen: &mut Screen| {
                while screen.app.state().has_left() {
                    screen.send(Event::Idle);
                }
            };
            measured.extend(times(1, |_| {
                screen.key(key);
                if wait == Wait::ForAll {
                    finish(&mut screen);
                }
            }));
            finish(&mut screen);
        }
    }
    measured
}

fn gathering(library: &Arc<Library>) -> Vec<Duration> {
    let mut screen = Screen::all_headings(library);
    "sz".chars().for_each(|character| screen.key(KeyCode::Char(character)));
    let generation = screen.app.state().gatherings;
    let gathered = |from| gather(library, Gathering { generation, what: What::Headings }, from..from + AT_ONCE);
    times(DOCUMENTS / AT_ONCE, |round| screen.send(Event::Gathered(gathered(round * AT_ONCE))))
}

fn times(rounds: usize, mut work: impl FnMut(usize)) -> Vec<Duration> {
    (0..rounds)
        .map(|round| {
            let begin = Instant::now();
            work(round);
            begin.elapsed()
        })
        .collect()
}

/// All measurements, then the least of each key over the passes.
#[expect(clippy::print_stdout, reason = "figures are printed")]
fn tell(name: &str, passes: &[Vec<Duration>]) {
    let all = passes.concat();
    let keys = passes.iter().map(Vec::len).min().unwrap_or_default();
    let least = (0..keys).filter_map(|key| passes.iter().filter_map(|pass| pass.get(key)).min().copied()).collect();
    let shown = [all, least].map(|mut times: Vec<Duration>| {
        times.sort_unstable();
        let at = |percent: usize| times.get((times.len().saturating_sub(1) * percent).div_ceil(100)).copied().unwrap_or_default();
        [50, 99, 100].map(|percent| format!("{:.2} ms", at(percent).as_secs_f64() * 1e3)).join(" | ")
    });
    println!("| {name} | {} |", shown.join(" | "));
}
