//! The terminal interface driven as a user drives it: keys in, screen out.
//!
//! Each file of `tests/tui/` is a scenario: directives that begin with `> `, each followed by the lines that belong to it.
//! `CELAN_BLESS=1 cargo test --test tui` writes the screens as they are into the files; look at what changed.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

#[path = "tui/drawer.rs"]
mod drawer;
#[path = "tui/driver.rs"]
mod driver;
#[path = "tui/scenario.rs"]
mod scenario;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use celan::text::width::{Ambiguous, columns as text_columns};
use celan::tui::effect::Effect;
use celan::tui::event::Event;
use celan::tui::page::{Page, PageOptions, Piece, Spacing};
use celan::tui::state::State;
use celan::tui::update;
use driver::{Driver, Fixture, HUNAN};
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;

#[test]
fn every_scenario_shows_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tui");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    assert!(files.len() > 5, "the scenarios are where they are looked for");
    // One scenario alone while it is being written: CELAN_SCENARIO=headings.
    if let Ok(part) = std::env::var("CELAN_SCENARIO") {
        files.retain(|path| path.to_string_lossy().contains(&part));
    }
    // Side by side: together they take longer than all other tests of this file.
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = |first| files.iter().skip(first).step_by(threads).filter_map(|path| scenario::run(path).err()).collect::<Vec<_>>();
    let failures: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        runs.into_iter().flat_map(|run| run.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn the_first_frame_needs_no_answer() {
    let driver = Driver::waiting(&Fixture::hunan(), Size { width: 80, height: 24 });
    let screen = driver.screen();
    assert!(screen.join("\n").contains("湖南省“十四五”商务和开放型经济发展规划"), "{screen:#?}");
    assert!(screen.join("\n").contains("正在读入…"), "{screen:#?}");
}

#[test]
fn a_stale_answer_changes_nothing() {
    let mut driver = Driver::new(&Fixture::hunan(), Size { width: 80, height: 24 });
    driver.type_keys("/ 贸易");
    let answer = driver.answer_to("没有这个词", 1);
    let before = driver.screen();
    driver.send(Event::Answered(Box::new(answer)));
    assert_eq!(driver.screen(), before);
}

#[test]
fn no_line_of_the_plan_begins_with_a_closing_mark() {
    for width in [40, 70, 80, 100, 200] {
        let mut driver = Driver::new(&Fixture::hunan(), Size { width, height: 60 });
        driver.type_keys("Tab");
        let (document, lines) = driver.page();
        for line in lines {
            let begins_badly = line.starts_with(|first: char| "，。、；：？！）》」』”’…%".contains(first));
            assert!(!begins_badly, "{width} columns: {line}");
        }
        assert!(document > 200);
    }
}

#[test]
fn one_reads_on_where_one_left_off() {
    let fixture = Fixture::new(&[("甲.txt", HUNAN_PART), ("乙.txt", "乙\n\n第一章  总则\n一、贸易\n\n（一）好。\n")]);
    let size = Size { width: 80, height: 24 };
    let mut first = Driver::new(&fixture, size);
    first.type_keys("Tab ] ] ) ) < q");
    let memory = first.state().memory.clone();
    let last = memory.last.clone().unwrap();
    // Who does not quit but rests, loses a connection or closes the window, comes back to the same place.
    let mut resting = Driver::new(&fixture, size);
    resting.type_keys("Tab ] ] ) ) <");
    assert_ne!(resting.state().memory, memory);
    resting.send(Event::Rested);
    assert_eq!((&resting.state().memory, resting.has_quit), (&memory, false));
    assert!(memory.places.get(&last).is_some_and(|place| place.starts_with(&format!("{last}/"))), "{memory:?}");

    let mut state = State::new(fixture.library.listings(), first.state().appearance, size);
    state.restore(memory.clone());
    let effects = update::start(&mut state);
    let Some(Effect::Load(id)) = effects.into_iter().next() else { panic!("the document is asked for") };
    assert_eq!(id.to_string(), last);
    let document = fixture.library.document(&id).map_err(|error| error.to_string());
    update::update(&mut state, Event::Loaded(id, document));
    assert_eq!(state.reader.current(), first.state().reader.current());
    assert_eq!(state.geometry(), first.state().geometry());
    assert_eq!(state.memory, memory);
}

/// Keys that a user, or a cat, may press.
fn any_key() -> impl Strategy<Value = KeyEvent> {
    let code = prop_oneof![
        prop::sample::select("/／?？qyYcCnNjkhlgGobfBIrspu 贸易，x\u{1b}[]【】{}（)m''aHL<>》".chars().collect::<Vec<_>>())
            .prop_map(KeyCode::Char),
        prop::sample::select(vec![
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::F(1),
        ]),
    ];
    let modifiers = prop_oneof![9 => Just(KeyModifiers::NONE), 1 => Just(KeyModifiers::CONTROL)];
    (code, modifiers).prop_map(|(code, modifiers)| KeyEvent::new(code, modifiers))
}

fn any_step() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => any_key().prop_map(Event::Key),
        1 => (0_u16..90, 0_u16..30).prop_map(|(width, height)| Event::Resized(Size { width, height })),
        1 => ".{0,6}".prop_map(Event::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_keys_and_no_size_bring_it_down(steps in prop::collection::vec(any_step(), 1..60)) {
        let fixture = Fixture::new(&[("甲.txt", HUNAN_PART), ("乙.txt", "乙\n\n第一章  总则\n一、贸易\n\n（一）好。\u{1b}[31m贸易，𠮷。\n")]);
        let mut driver = Driver::new(&fixture, Size { width: 80, height: 24 });
        for step in steps {
            driver.send(step);
            let screen = driver.screen();
            prop_assert!(!screen.concat().chars().any(char::is_control));
        }
    }
}

const HUNAN_PART: &str = "关于贸易的规划\n\n第一章  发展基础\n一、发展基础\n\n（一）对外贸易升级进位。全省进出口总额连续突破2000亿元、3000亿元大关，\
年均增长21.7%。\n\n（二）招商引资量质齐升。贸易额从“4500亿元”增长。\n\n第二章  保障措施\n——坚持开放。贸易。\n——坚持创新。\n";

#[test]
fn the_plan_is_there() {
    assert!(HUNAN.contains("易货贸易"));
}

/// A law with a box and two tables, one of them wide: every kind of line that a page has.
const MIXED: &str = include_str!("tui/page.txt");

#[test]
fn no_character_of_a_document_is_lost_or_doubled_on_the_page() {
    let mixed = MIXED.split("> document 丙.txt\n").nth(1).and_then(|rest| rest.split("\n> ").next()).unwrap();
    let fixture = Fixture::new(&[("丙.txt", mixed), ("湖南.txt", HUNAN)]);
    for listing in fixture.library.listings() {
        let document = fixture.library.document(&listing.id).unwrap();
        for (columns, ambiguous) in
            [3, 8, 22, 36, 43, 44, 61, 84, 120].into_iter().flat_map(|width| [(width, Ambiguous::Narrow), (width, Ambiguous::Wide)])
        {
            let spacing = if columns < 44 { Spacing::Compact } else { Spacing::Roomy };
            let page = Page::new(&document, PageOptions { columns, ambiguous, spacing, hangs: columns > 20 });
            let mut shown = vec![0; document.text.len()];
            for line in &page.lines {
                let mut width = line.indent;
                for piece in &line.pieces {
                    match piece {
                        Piece::Source(span, _) => {
                            shown[span.clone()].iter_mut().for_each(|count| *count += 1);
                            width += text_columns(document.slice(span.clone()), ambiguous);
                        }
                        Piece::Fill(text, _) => width += text_columns(text, ambiguous),
                        Piece::Gap(_) => width += 1,
                    }
                }
                assert!(
                    line.wide.is_some() || columns < 8 || width <= columns + 2 * usize::from(columns > 20),
                    "{columns}: {line:?}"
                );
            }
            for (at, character) in document.text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
                assert_eq!(shown[at], 1, "{character} at {at} of {} in {columns} columns", listing.id);
            }
        }
    }
}
