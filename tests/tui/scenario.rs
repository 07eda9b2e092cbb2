//! Scenarios as data: what is done and what is to be seen, side by side in one file.
//!
//! | directive | what it does |
//! |---|---|
//! | `> document NAME` | a file of the library, its text below; `\u{1b}` stands for the character. Without one: the Hunan plan. |
//! | `> english` | speak English |
//! | `> wide` | a terminal that shows ambiguous characters two columns wide |
//! | `> size 80x24` | the size to begin with, or to change to |
//! | `> keys / 易货贸易 Enter` | press keys |
//! | `> screen` | the whole screen, below |
//! | `> has`, `> lacks` | parts of the screen's lines, one a line |
//! | `> found` | the marked stretches, the current one with `*` |
//! | `> copied` | what was copied last |
//! | `> settings` | the user's file of settings, below |
//! | `> mouse press 6,22` | the mouse: `press`, `drag`, `release`, `up`, `down` (the wheel) at a column and row |
//! | `> exported` | the name and the text of what was exported last |
//! | `> asks` | what was asked of the terminal last |
//! | `> cursor 6,22`, `> no cursor` | where one types |
//! | `> quits` | the program has ended |

use std::fmt::Write;
use std::fs;
use std::path::Path;

use celan::diagnostic::Language;
use celan::text::width::Ambiguous;
use celan::tui::event::{Mouse, Pointer};
use celan::tui::habits::Habits;
use ratatui::layout::Size;

use crate::driver::{Driver, Fixture};

struct Step {
    directive: String,
    body: Vec<String>,
}

/// Runs a scenario; an error says what was seen instead.
pub(crate) fn run(path: &Path) -> Result<(), String> {
    let mut steps = read(&fs::read_to_string(path).unwrap());
    let mut runner = Runner::default();
    let bless = std::env::var_os("CELAN_BLESS").is_some();
    for step in &mut steps {
        let outcome = runner.take(step);
        if let Err(seen) = outcome {
            if bless && step.directive == "screen" {
                step.body = seen.lines().map(str::to_owned).collect();
                continue;
            }
            let name = path.file_name().unwrap().to_string_lossy();
            return Err(format!("{name}: `> {}`\n{}\nis not so. Seen:\n{seen}", step.directive, step.body.join("\n")));
        }
    }
    if bless {
        fs::write(path, written(&steps)).unwrap();
    }
    Ok(())
}

fn read(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("> "), steps.last_mut()) {
            (Some(directive), _) => steps.push(Step { directive: directive.to_owned(), body: Vec::new() }),
            (None, Some(step)) => step.body.push(line.to_owned()),
            (None, None) => steps.push(Step { directive: String::new(), body: vec![line.to_owned()] }),
        }
    }
    steps
}

fn written(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        if !step.directive.is_empty() {
            writeln!(text, "> {}", step.directive).unwrap();
        }
        for line in &step.body {
            writeln!(text, "{line}").unwrap();
        }
    }
    text
}

#[derive(Default)]
struct Runner {
    files: Vec<(String, String)>,
    is_english: bool,
    habits: Habits,
    is_wide: bool,
    driver: Option<Driver>,
}

impl Runner {
    fn take(&mut self, step: &Step) -> Result<(), String> {
        let (verb, rest) = step.directive.split_once(' ').unwrap_or((&step.directive, ""));
        let body: Vec<&str> = step.body.iter().map(|line| line.trim_end()).collect();
        let wanted: Vec<&str> = body.iter().copied().filter(|line| !line.is_empty()).collect();
        match verb {
            "" => {}
            "document" => self.files.push((rest.to_owned(), unescaped(&step.body.join("\n")))),
            "english" => self.is_english = true,
            "wide" => self.is_wide = true,
            "size" => self.resize(rest),
            "keys" => self.driver().type_keys(rest),
            "screen" => return same(&trimmed(&body), &self.driver().screen()),
            "has" | "lacks" => {
                let screen = self.driver().screen();
                let is_as_said = |part: &&str| screen.iter().any(|line| line.contains(part)) == (verb == "has");
                return if wanted.iter().all(is_as_said) { Ok(()) } else { Err(screen.join("\n")) };
            }
            "found" => return same(&wanted, &self.driver().found()),
            "copied" => {
                let copied = self.driver().copied().last().cloned().unwrap_or_default();
                return same(&wanted, &copied.lines().map(str::to_owned).collect::<Vec<_>>());
            }
            "settings" => {
                let read = Habits::read(step.body.join("\n").as_bytes(), "config.toml");
                assert_eq!(read.diagnostics, [], "settings without a mistake");
                self.habits = read.value;
            }
            "mouse" => {
                let (what, at) = rest.split_once(' ').unwrap();
                let (column, row) = at.split_once(',').unwrap();
                let pointers = [
                    ("press", Pointer::Press),
                    ("drag", Pointer::Drag),
                    ("release", Pointer::Release),
                    ("up", Pointer::WheelUp),
                    ("down", Pointer::WheelDown),
                ];
                let pointer = pointers.iter().find(|(name, _)| *name == what).unwrap().1;
                let (column, row) = (column.parse().unwrap(), row.parse().unwrap());
                self.driver().send(celan::tui::event::Event::Mouse(Mouse { pointer, column, row }));
            }
            "exported" => {
                return same(&wanted, &self.driver().exported().into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>());
            }
            "asks" => {
                let asked = self.driver().request().map(|request| format!("{request:?}"));
                return same(&wanted, &asked.into_iter().collect::<Vec<_>>());
            }
            "cursor" => {
                let seen = self.driver().cursor().map(|at| format!("{},{}", at.x, at.y));
                return if seen.as_deref() == Some(rest) { Ok(()) } else { Err(format!("{seen:?}")) };
            }
            "no" => return self.driver().cursor().map_or(Ok(()), |at| Err(format!("cursor at {at}"))),
            "quits" => return if self.driver().has_quit { Ok(()) } else { Err("still running".to_owned()) },
            _ => panic!("there is no directive `{verb}`"),
        }
        Ok(())
    }

    fn driver(&mut self) -> &mut Driver {
        self.driver.as_mut().expect("a scenario begins with `> size`")
    }

    fn resize(&mut self, size: &str) {
        let (width, height) = size.split_once('x').unwrap();
        let size = Size { width: width.parse().unwrap(), height: height.parse().unwrap() };
        if let Some(driver) = &mut self.driver {
            return driver.send(celan::tui::event::Event::Resized(size));
        }
        let files: Vec<_> = self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let mut fixture = if files.is_empty() { Fixture::hunan() } else { Fixture::new(&files) };
        fixture.habits = self.habits.clone();
        if self.is_english {
            fixture.language = Language::English;
        }
        if self.is_wide {
            fixture.ambiguous = Ambiguous::Wide;
        }
        self.driver = Some(Driver::new(&fixture, size));
    }
}

fn trimmed<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut lines = lines.to_vec();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

fn same(wanted: &[&str], seen: &[String]) -> Result<(), String> {
    let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
    if wanted == trimmed(&seen) { Ok(()) } else { Err(seen.join("\n")) }
}

fn unescaped(text: &str) -> String {
    [
        ("\\u{1b}", "\u{1b}"),
        ("\\u{7}", "\u{7}"),
        ("\\u{9b}", "\u{9b}"),
        ("\\u{202e}", "\u{202e}"),
        ("\\u{200b}", "\u{200b}"),
        ("\\t", "\t"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (written, meant)| text.replace(written, meant))
}
