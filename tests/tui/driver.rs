//! The application on a terminal of cells in memory; the worker works at once, so that nothing is waited for.

use std::sync::{Arc, OnceLock};

use celan::diagnostic::Language;
use celan::library::Library;
use celan::query;
use celan::search::Request;
use celan::text::width::Ambiguous;
use celan::tui::app::{App, Flow, Opening, Outside};
use celan::tui::desk::Desk;
use celan::tui::effect::Request as Asked;
use celan::tui::event::{Answer, Event};
use celan::tui::habits::Habits;
use celan::tui::page::Piece;
use celan::tui::state::{Appearance, State};
use celan::tui::theme::Theme;
use celan::tui::worker::Immediate;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Size};
use ratatui::style::Color;

use crate::drawer::{Drawer, Exported};

/// The plan that comes with the program.
pub(crate) const HUNAN: &str = include_str!("../../corpus/湖南省“十四五”商务和开放型经济发展规划.txt");

/// A library to drive, and the language to speak.
#[derive(Clone)]
pub(crate) struct Fixture {
    pub(crate) library: Arc<Library>,
    pub(crate) language: Language,
    pub(crate) habits: Habits,
    pub(crate) ambiguous: Ambiguous,
}

impl Fixture {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let library = Library::in_memory(&files).expect("a library in memory").value;
        Self { library: Arc::new(library), language: Language::Chinese, habits: Habits::default(), ambiguous: Ambiguous::Narrow }
    }

    pub(crate) fn hunan() -> Self {
        static PLAN: OnceLock<Fixture> = OnceLock::new();
        PLAN.get_or_init(|| Self::new(&[("湖南省“十四五”商务和开放型经济发展规划.txt", HUNAN)])).clone()
    }
}

pub(crate) struct Driver {
    app: App<Immediate, Vec<String>, Drawer>,
    exported: Exported,
    requests: Vec<Asked>,
    fixture: Fixture,
    pub(crate) has_quit: bool,
}

impl Driver {
    /// An application whose first document has been asked for but not read.
    pub(crate) fn waiting(fixture: &Fixture, size: Size) -> Self {
        let appearance = Appearance { language: fixture.language, theme: Theme::coloured(), ambiguous: fixture.ambiguous };
        let exported = Exported::default();
        let worker = Immediate::new(Desk::new(Arc::clone(&fixture.library), fixture.language).with_tray(exported.clone()));
        let outside = Outside { executor: worker, clipboard: Vec::new(), keeper: Drawer::default() };
        let opening = Opening { habits: fixture.habits.clone(), ..Opening::new(appearance) };
        let app = App::opened(fixture.library.listings(), opening, size, outside);
        Self { app, exported, requests: Vec::new(), fixture: fixture.clone(), has_quit: false }
    }

    /// An application that shows its first document.
    pub(crate) fn new(fixture: &Fixture, size: Size) -> Self {
        let mut driver = Self::waiting(fixture, size);
        driver.app.take_outcomes().unwrap();
        driver
    }

    pub(crate) fn send(&mut self, event: Event) {
        self.has_quit |= self.app.handle(event) == Flow::Quit;
        self.app.take_outcomes().unwrap();
        while self.app.state().has_left() {
            self.app.handle(Event::Idle);
        }
        self.requests.extend(self.app.take_requests());
    }

    /// What was asked of the terminal last.
    pub(crate) fn request(&self) -> Option<&Asked> {
        self.requests.last()
    }

    /// What was exported last: the name, then the lines.
    pub(crate) fn exported(&self) -> Vec<String> {
        self.exported.last()
    }

    /// Types keys set apart by spaces: names such as `Enter` and `^F`, everything else character by character.
    pub(crate) fn type_keys(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            for key in key_events(word) {
                self.send(Event::Key(key));
            }
        }
    }

    pub(crate) fn state(&self) -> &State {
        self.app.state()
    }

    pub(crate) fn copied(&self) -> &[String] {
        self.app.clipboard()
    }

    /// What the worker would answer to a search with this number.
    pub(crate) fn answer_to(&self, typed: &str, generation: u64) -> Answer {
        let request = Request::of(query::parse(typed));
        let outcome = Ok(self.fixture.library.ask(request).unwrap());
        Answer { generation, typed: typed.to_owned(), outcome, listed: 60, excerpts: Vec::new(), chapters: Vec::new() }
    }

    /// The number of lines of the open document, and each as text.
    pub(crate) fn page(&self) -> (usize, Vec<String>) {
        let reader = &self.app.state().reader;
        let document = reader.document().expect("an open document");
        let piece = |piece: &Piece| match piece {
            Piece::Source(span, _) => document.slice(span.clone()).to_owned(),
            Piece::Fill(text, _) => text.clone(),
            Piece::Gap(_) => " ".to_owned(),
        };
        let lines: Vec<String> = reader.page().lines.iter().map(|line| line.pieces.iter().map(piece).collect()).collect();
        (lines.len(), lines)
    }

    /// The rows of the screen, white space at their ends left out.
    pub(crate) fn screen(&self) -> Vec<String> {
        rows(&self.buffer())
            .map(|row| row.into_iter().map(|(symbol, _)| symbol).collect::<String>().trim_end().to_owned())
            .collect()
    }

    /// The stretches of the screen that are marked as found, from the top; the current one begins with `*`.
    pub(crate) fn found(&self) -> Vec<String> {
        let (buffer, _) = self.draw();
        let mut found: Vec<(Color, String)> = Vec::new();
        for row in rows(&buffer) {
            let mut before = Color::Reset;
            for (symbol, colour) in row {
                match (colour, found.last_mut()) {
                    (Color::Yellow | Color::LightRed, Some((_, text))) if colour == before => text.push_str(&symbol),
                    (Color::Yellow | Color::LightRed, _) => found.push((colour, symbol)),
                    _ => {}
                }
                before = colour;
            }
        }
        found.into_iter().map(|(colour, text)| if colour == Color::LightRed { format!("*{text}") } else { text }).collect()
    }

    /// The screen as cells.
    pub(crate) fn buffer(&self) -> Buffer {
        self.draw().0
    }

    pub(crate) fn cursor(&self) -> Option<Position> {
        self.draw().1
    }

    /// Draws everything anew: the backend, unlike a terminal, does not know that wide characters cover two cells.
    fn draw(&self) -> (Buffer, Option<Position>) {
        let size = self.app.state().size;
        let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        let backend = terminal.backend();
        (backend.buffer().clone(), backend.cursor_visible().then(|| backend.cursor_position()))
    }
}

/// The visible symbols of each row with their background.
fn rows(buffer: &Buffer) -> impl Iterator<Item = Vec<(String, Color)>> {
    buffer.content().chunks(usize::from(buffer.area.width.max(1))).map(|cells| {
        let mut covered = 0;
        let mut row = Vec::new();
        for cell in cells {
            if covered == 0 {
                row.push((cell.symbol().to_owned(), cell.bg));
                covered = cell.cell_width().saturating_sub(1);
            } else {
                covered -= 1;
            }
        }
        row
    })
}

fn key_events(word: &str) -> Vec<KeyEvent> {
    let named = match word {
        "Enter" => Some(KeyCode::Enter),
        "Esc" => Some(KeyCode::Esc),
        "Tab" => Some(KeyCode::Tab),
        "Up" => Some(KeyCode::Up),
        "Down" => Some(KeyCode::Down),
        "Left" => Some(KeyCode::Left),
        "Right" => Some(KeyCode::Right),
        "PgUp" => Some(KeyCode::PageUp),
        "PgDn" => Some(KeyCode::PageDown),
        "Space" => Some(KeyCode::Char(' ')),
        "BackTab" => Some(KeyCode::BackTab),
        "Backspace" => Some(KeyCode::Backspace),
        _ => word.strip_prefix('F').and_then(|number| number.parse().ok()).map(KeyCode::F),
    };
    if let Some(code) = named {
        return vec![KeyEvent::new(code, KeyModifiers::NONE)];
    }
    if let Some(rest) = word.strip_prefix("Alt-").filter(|rest| !rest.is_empty()) {
        return key_events(rest).into_iter().map(|key| KeyEvent::new(key.code, KeyModifiers::ALT)).collect();
    }
    if let Some(number) = word.strip_prefix('F').and_then(|number| number.parse().ok()) {
        return vec![KeyEvent::new(KeyCode::F(number), KeyModifiers::NONE)];
    }
    if let Some(rest) = word.strip_prefix('^').filter(|rest| rest.chars().count() > 1) {
        return key_events(rest).into_iter().map(|key| KeyEvent::new(key.code, KeyModifiers::CONTROL)).collect();
    }
    match word.strip_prefix('^').and_then(|rest| rest.chars().next()) {
        Some(letter) => vec![KeyEvent::new(KeyCode::Char(letter.to_ascii_lowercase()), KeyModifiers::CONTROL)],
        None => word.chars().map(|character| KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE)).collect(),
    }
}
