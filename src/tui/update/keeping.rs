//! Keeping and habits: bookmarks, notes, marking, copying, files, theme, mouse.

use super::reading;
use crate::corpus::notes::{Note, Notes, Outcome};
use crate::diagnostic::Bilingual;
use crate::export::passage::Passage;
use crate::library::notes::{Standing, note_on};
use crate::text::safe::safe_line;
use crate::tui::action::{Edit, Keep, Motion};
use crate::tui::effect::{Effect, Keeping, NoteChange, Request};
use crate::tui::kept::{List, Writing};
use crate::tui::prompt::Prompt;
use crate::tui::state::{Focus, Message, State};

/// So many documents at most are read for the list of notes at once.
const READ_FOR_LIST: usize = 64;

/// Does what was asked for.
pub(super) fn act(state: &mut State, action: Keep) -> Vec<Effect> {
    match action {
        Keep::Bookmark => return bookmark(state),
        Keep::Note => write_note(state),
        Keep::Settle => return settle(state),
        Keep::Cancel => state.kept.writing = None,
        Keep::Notes => return list(state),
        Keep::Remove => return remove(state),
        Keep::Mark => mark(state),
        Keep::OpenSource => return open_source(state),
        Keep::Export => return super::exporting::export(state),
        Keep::Suspend => return vec![Effect::Keep(Keeping::Ask(Request::Suspend))],
        Keep::Mouse => return switch_mouse(state),
        Keep::NextTheme => next_theme(state),
    }
    Vec::new()
}

pub(super) fn done(state: &mut State, chinese: impl Into<String>, english: impl Into<String>) {
    state.message = Some(Message::Done(Bilingual::new(chinese, english)));
}

pub(super) fn trouble(state: &mut State, chinese: impl Into<String>, english: impl Into<String>) {
    state.message = Some(Message::Trouble(Bilingual::new(chinese, english)));
}

/// A new note on the unit that one reads.
fn note_here(state: &State) -> Option<(Option<Note>, Note)> {
    let (place, node) = state.open_place().zip(state.reader.current())?;
    let document = state.reader.document()?;
    Some((state.kept.on(place, node).cloned(), note_on(document, Some(node), "")))
}

fn bookmark(state: &mut State) -> Vec<Effect> {
    let Some((before, after)) = note_here(state) else { return Vec::new() };
    if before.as_ref().is_some_and(|note| !note.text.is_empty()) {
        done(state, "这里有笔记：A 修改，清空即删除", "there is a note here: A changes it; empty it to remove it");
        return Vec::new();
    }
    let after = before.is_none().then_some(after);
    vec![Effect::Keep(Keeping::Note(Box::new(NoteChange { before, after })))]
}

/// Begins to write the note on the unit, or the one that is selected in the list.
fn write_note(state: &mut State) {
    let begun = match state.kept.list {
        Some(list) => state.kept.notes().get(list.selected).cloned().map(|note| (Some(note.clone()), note)),
        None => note_here(state),
    };
    let Some((before, after)) = begun else { return };
    let mut prompt = Prompt::default();
    prompt.insert(before.as_ref().map_or("", |note| note.text.as_str()));
    // A note of several lines is written in the file: the line here would make one of them.
    if before.as_ref().is_some_and(|note| note.text.contains('\n')) {
        return trouble(state, "这条笔记有几行，请在 notes.md 里修改", "this note has several lines: change it in notes.md");
    }
    state.kept.writing = Some(Writing { before, after, prompt });
}

/// Keeps the note that is written; without words it becomes a bookmark where it is new, and goes where it had words.
fn settle(state: &mut State) -> Vec<Effect> {
    let Some(Writing { before, after, prompt }) = state.kept.writing.take() else { return Vec::new() };
    let after = Note { text: prompt.text().trim().to_owned(), ..after };
    if before.as_ref() == Some(&after) {
        return Vec::new();
    }
    let had_words = before.as_ref().is_some_and(|note| !note.text.is_empty());
    let after = (!after.text.is_empty() || !had_words).then_some(after);
    vec![Effect::Keep(Keeping::Note(Box::new(NoteChange { before, after })))]
}

/// Changes what is typed into the note.
pub(super) fn edit(state: &mut State, edit: Edit) {
    if let Some(writing) = &mut state.kept.writing {
        writing.prompt.edit(edit);
    }
}

/// Puts a text into the note.
pub(super) fn insert(state: &mut State, text: &str) {
    if let Some(writing) = &mut state.kept.writing {
        writing.prompt.insert(text);
    }
}

/// The notes as they are after a change, or why it was not made.
pub(super) fn take(state: &mut State, change: &NoteChange, changed: Result<(Notes, Outcome), String>) {
    let (notes, outcome) = match changed {
        Ok(changed) => changed,
        Err(reason) => return trouble(state, format!("没有保存：{reason}"), format!("not kept: {reason}")),
    };
    state.kept.take(notes.iter().cloned().collect(), &state.shelf);
    let place = change.after.as_ref().or(change.before.as_ref()).map(|note| note.locator.to_string()).unwrap_or_default();
    let place = safe_line(&place);
    match (&change.after, outcome) {
        (_, Outcome::BothKept) => trouble(
            state,
            format!("另一个窗口已改动这条笔记，两份都保留：{place}"),
            format!("another window has changed this note; both are kept: {place}"),
        ),
        (Some(note), _) if note.text.is_empty() => done(state, format!("已加书签：{place}"), format!("bookmark: {place}")),
        (Some(_), _) => done(state, format!("已保存笔记：{place}"), format!("note kept: {place}")),
        (None, _) => done(state, format!("已删除：{place}"), format!("removed: {place}")),
    }
}

/// Shows or hides the list; documents that have notes and have not been read are asked for.
fn list(state: &mut State) -> Vec<Effect> {
    if state.kept.list.take().is_some() {
        return Vec::new();
    }
    if state.kept.notes().is_empty() {
        done(state, "还没有书签和笔记：a 加书签，A 写笔记", "no bookmarks or notes yet: a sets a bookmark, A writes a note");
        return Vec::new();
    }
    state.kept.list = Some(List::default());
    let mut unread: Vec<_> = state.kept.notes().iter().map(|note| note.locator.document.clone()).collect();
    unread.sort_unstable();
    unread.dedup();
    unread.retain(|id| state.shelf.position(id).is_some() && state.shelf.find(id).is_none());
    unread.into_iter().take(READ_FOR_LIST).map(Effect::Load).collect()
}

/// Moves through the list.
pub(super) fn step(state: &mut State, motion: Motion) {
    let (length, page) = (state.kept.notes().len(), state.notes_page());
    if let Some(list) = &mut state.kept.list {
        list.selected = motion.target(list.selected, length, page);
    }
}

/// Reads the unit of the selected note.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(list) = state.kept.list else { return Vec::new() };
    let place = state.kept.place(list.selected).cloned();
    let document = state.kept.notes().get(list.selected).and_then(|note| state.shelf.position(&note.locator.document));
    let (place, node) = match (place, document) {
        (Some((_, Standing::Vanished)), _) | (None, None) => {
            trouble(state, "原文已不在文库中；笔记仍在 notes.md 里", "its text is gone; the note is still in notes.md");
            return Vec::new();
        }
        (Some((place, standing)), _) => (place, standing.node()),
        (None, Some(place)) => (place, None),
    };
    state.kept.list = None;
    state.focus = Focus::Reader;
    let effects = reading::show(state, place, node);
    reading::reveal(state);
    effects
}

fn remove(state: &mut State) -> Vec<Effect> {
    let selected = state.kept.list.and_then(|list| state.kept.notes().get(list.selected)).cloned();
    let change = selected.map(|note| NoteChange { before: Some(note), after: None });
    change.map(|change| Effect::Keep(Keeping::Note(Box::new(change)))).into_iter().collect()
}

fn mark(state: &mut State) {
    if state.kept.anchor.take().is_some() {
        return done(state, "已取消标记", "nothing is marked");
    }
    state.kept.anchor = state.open_place().zip(state.reader.current());
    if state.kept.anchor.is_some() {
        done(
            state,
            "从这里标记：移动后 y、Y 复制，x 导出，v 取消",
            "marking from here: move, then y or Y copies, x exports, v ends",
        );
    }
}

/// The units from the first to the last that are marked; the one that one reads where none are.
pub(super) fn selection(state: &State, quoted: bool) -> Option<Passage<'_>> {
    let (document, current) = state.reader.document().zip(state.reader.current())?;
    let (first, last) = state.marked().unwrap_or((current, current));
    let through = (first != last).then_some(last);
    Some(Passage { document, node: Some(first), through, sentence: None, quoted })
}

/// Copies what is selected: its citation in the user's style, with its words where they are `quoted`.
pub(super) fn copy(state: &mut State, quoted: bool) -> Vec<Effect> {
    let style = state.habits.style;
    let written = |quoted| {
        let mut written = Vec::new();
        style.write(&selection(state, quoted)?, &mut written).ok()?;
        Some(String::from_utf8_lossy(&written).trim_end().to_owned())
    };
    let Some((text, citation)) = written(quoted).zip(written(false)) else {
        trouble(state, "没有可复制的内容", "there is nothing to copy");
        return Vec::new();
    };
    let citation = safe_line(&citation);
    if quoted {
        done(state, format!("已复制原文和引注：{citation}"), format!("copied with its text: {citation}"));
    } else {
        done(state, format!("已复制引注：{citation}"), format!("copied: {citation}"));
    }
    state.kept.anchor = None;
    vec![Effect::Copy(text)]
}

fn open_source(state: &mut State) -> Vec<Effect> {
    let document = state.reader.document().and_then(|document| Some((document, document.node(state.reader.current()?)?)));
    let request = document.map(|(document, node)| Request::Open { file: document.source.file.clone(), line: node.line_start });
    request.map(|request| Effect::Keep(Keeping::Ask(request))).into_iter().collect()
}

fn switch_mouse(state: &mut State) -> Vec<Effect> {
    let is_on = !state.habits.is_mouse_on;
    state.habits.is_mouse_on = is_on;
    if is_on {
        done(state, "鼠标已开", "mouse on");
    } else {
        done(state, "鼠标已关，可用终端选取文字", "mouse off: the terminal selects text");
    }
    vec![Effect::Keep(Keeping::Ask(Request::Mouse(is_on)))]
}

fn next_theme(state: &mut State) {
    state.habits.look.name = state.habits.look.name.next();
    state.appearance.theme = state.habits.look.theme();
    let (chinese, english) = state.habits.look.name.in_words();
    done(state, format!("主题：{chinese}"), format!("theme: {english}"));
}
