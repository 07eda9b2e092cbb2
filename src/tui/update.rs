//! `update`: what an event does to the state, and what it wants done outside. Pure, and never waits.

mod exporting;
mod find;
mod keeping;
mod overlay;
mod pointing;
mod reading;
mod searching;
mod walk;

use ratatui::crossterm::event::KeyEvent;

use super::action::{Action, Motion};
use super::effect::Effect;
use super::event::Event;
use super::keymap::Pressed;
use super::sheet::{self, Sheet};
use super::state::{Focus, Message, State};
use crate::diagnostic::Bilingual;
use crate::text::safe::safe_line;

/// The effects that begin everything: the document that was read last, or the first, is read.
pub fn start(state: &mut State) -> Vec<Effect> {
    let effects = walk::resume(state);
    state.fit();
    effects
}

/// Takes one event in.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut leaps = false;
    let mut effects = match event {
        Event::Key(key) => {
            state.message = None;
            state.search.said = None;
            let effects;
            (effects, leaps) = press(state, key);
            effects
        }
        Event::Mouse(mouse) => {
            state.message = None;
            state.led = None;
            pointing::point(state, mouse)
        }
        Event::Paste(text) => paste(state, text),
        Event::Resized(size) => {
            state.size = size;
            Vec::new()
        }
        Event::Measured(ambiguous) => {
            state.appearance.ambiguous = ambiguous;
            Vec::new()
        }
        Event::Answered(answer) => {
            let effects = searching::take_answer(state, *answer);
            state.kept.settle(&state.shelf);
            effects
        }
        Event::Loaded(id, document) => {
            reading::take_document(state, &id, document);
            state.kept.settle(&state.shelf);
            Vec::new()
        }
        Event::Gathered(gathered) => {
            find::take_gathered(state, gathered);
            Vec::new()
        }
        Event::Exported(exported) => {
            exporting::take(state, exported);
            Vec::new()
        }
        Event::Idle => {
            if let Some(overlay) = &mut state.overlay {
                overlay.picker.go_on();
            }
            Vec::new()
        }
        Event::StillWaiting => {
            state.search.is_slow = state.search.is_waiting;
            Vec::new()
        }
        Event::Rested => walk::keep_place(state),
        Event::Told(outcome) => {
            state.message = Some(outcome.map_or_else(Message::Trouble, Message::Done));
            Vec::new()
        }
        Event::Noted(change, changed) => {
            keeping::take(state, &change, changed);
            Vec::new()
        }
        Event::Copied(outcome) => {
            if let Err(reason) = outcome {
                let message = Bilingual::new(format!("复制失败：{reason}"), format!("not copied: {reason}"));
                state.message = Some(Message::Trouble(message));
            }
            Vec::new()
        }
    };
    state.fit();
    effects.extend(walk::settle(state, leaps));
    effects
}

/// Takes a key in; tells whether it may lead away from where one reads.
fn press(state: &mut State, key: KeyEvent) -> (Vec<Effect>, bool) {
    let lead = state.lead();
    state.led = None;
    if let Some(effects) = walk::choose(state, key) {
        return (effects, true);
    }
    match state.habits.keymap.pressed(state.context(), lead, key) {
        Pressed::Does(action) => {
            let leaps = walk::leaps(&action);
            (act(state, action), leaps)
        }
        Pressed::Leads(key) => {
            state.led = Some((state.context(), key));
            (Vec::new(), false)
        }
        Pressed::Nothing => {
            if let Some((lead, second)) = lead.zip(key.code.as_char()) {
                let (lead, second) = (lead.name(), safe_line(&second.to_string()).into_owned());
                let chinese = format!("{lead} 之后没有 {second} 这个键");
                state.message = Some(Message::Trouble(Bilingual::new(chinese, format!("no key {second} after {lead}"))));
            }
            (Vec::new(), false)
        }
    }
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if let Some(effects) = overlay::act(state, &action) {
        return effects;
    }
    match action {
        Action::Edit(edit) if state.kept.writing.is_some() => keeping::edit(state, edit),
        Action::Insert(text) if state.kept.writing.is_some() => keeping::insert(state, &text),
        Action::Move(motion) if state.kept.list.is_some() && state.sheet.is_none() => keeping::step(state, motion),
        Action::Open if state.kept.list.is_some() => return keeping::open(state),
        Action::Find(action) => return find::act(state, action),
        Action::Quit => return walk::leave(state),
        Action::Help => state.sheet = if state.sheet.is_some() { None } else { Some((Sheet::Help, 0)) },
        Action::Why => state.sheet = state.search.results.as_ref().map(|_| (Sheet::Why, 0)),
        Action::Complete => return searching::complete(state),
        Action::Search => searching::begin(state),
        Action::Back => return searching::back(state),
        Action::SwitchPane => switch_pane(state),
        Action::Move(motion) => return step(state, motion),
        Action::Fold => return reading::fold(state, reading::Folding::Fold),
        Action::Unfold => return reading::fold(state, reading::Folding::Unfold),
        Action::Open => return open(state),
        Action::NextHit => return searching::go_to_hit(state, searching::Direction::Next),
        Action::PreviousHit => return searching::go_to_hit(state, searching::Direction::Previous),
        Action::CopyCitation => return keeping::copy(state, false),
        Action::CopyQuote => return keeping::copy(state, true),
        Action::Edit(edit) => {
            let before = state.search.prompt.text().to_owned();
            state.search.prompt.edit(edit);
            if before != state.search.prompt.text() {
                return searching::ask(state);
            }
        }
        Action::Insert(text) => {
            state.search.prompt.insert(&text);
            return searching::ask(state);
        }
        Action::Keep(action) => return keeping::act(state, action),
        Action::Walk(step) => return walk::act(state, step),
    }
    Vec::new()
}

fn paste(state: &mut State, text: String) -> Vec<Effect> {
    state.led = None;
    match state.focus {
        _ if state.kept.writing.is_some() => act(state, Action::Insert(text)),
        _ if state.overlay.is_some() && state.sheet.is_none() => act(state, Action::Insert(text)),
        Focus::Search if state.sheet.is_none() && state.kept.list.is_none() => act(state, Action::Insert(text)),
        Focus::Search | Focus::Tree | Focus::Reader => Vec::new(),
    }
}

fn switch_pane(state: &mut State) {
    state.focus = match state.focus {
        Focus::Tree => Focus::Reader,
        Focus::Reader => Focus::Tree,
        Focus::Search => Focus::Search,
    };
}

fn step(state: &mut State, motion: Motion) -> Vec<Effect> {
    if let Some((sheet, first)) = state.sheet {
        let page = usize::from(state.size.height).saturating_sub(3);
        let positions = sheet::lines(state, sheet).len().saturating_sub(page) + 1;
        state.sheet = Some((sheet, motion.target(first, positions, page)));
        return Vec::new();
    }
    match state.focus {
        Focus::Tree => {
            state.tree.step(motion, usize::from(state.geometry().list.height));
            reading::show_selected(state)
        }
        Focus::Reader => {
            state.reader.scroll(motion);
            reading::follow(state);
            Vec::new()
        }
        Focus::Search => {
            if motion == Motion::Up && state.search.prompt.text().is_empty() {
                find::open_recent(state);
                return Vec::new();
            }
            let page = state.results_page();
            state.search.step(motion, page);
            let mut effects = searching::preview(state);
            if matches!(motion, Motion::Down | Motion::PageDown | Motion::Last) {
                effects.extend(searching::list_more(state));
            }
            effects
        }
    }
}

fn open(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Focus::Tree => {
            state.focus = Focus::Reader;
            reading::show_selected(state)
        }
        Focus::Reader => Vec::new(),
        Focus::Search => searching::open(state),
    }
}
