//! What frames the panes: title, divider, breadcrumb, status with the prompt, and key hints.

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::{Canvas, notes};
use crate::diagnostic::Bilingual;
use crate::text::width::{columns, truncate};
use crate::tui::action::Action;
use crate::tui::breadcrumb::breadcrumb;
use crate::tui::completion::completion;
use crate::tui::keymap::Sequence;
use crate::tui::state::{Focus, Message, State};
use crate::tui::strokes::Strokes;

impl Canvas<'_> {
    /// A pen at the beginning of a row, one column in.
    pub(super) fn pen(&mut self, row: Rect) -> Pen<'_> {
        Pen::new(self.buffer, row, self.state.appearance.ambiguous)
    }

    /// The strokes of the interface.
    pub(super) const fn strokes(&self) -> Strokes {
        Strokes::of(self.state.appearance.ambiguous)
    }

    /// The phrase in the language of the interface.
    pub(super) const fn say(&self, chinese: &'static str, english: &'static str) -> &'static str {
        self.state.appearance.language.pick(chinese, english)
    }
}

/// The name of the program, the title of the document, its 文号.
pub(super) fn draw_title(canvas: &mut Canvas<'_>) {
    let Some(row) = super::row(canvas.geometry.title, 0) else { return };
    let (state, theme) = (canvas.state, canvas.state.appearance.theme);
    let wanted = state.wanted.and_then(|(place, _)| state.shelf.places().get(place)).map(|place| &place.listing.metadata);
    let metadata = state.reader.document().map(|document| &document.metadata).or(wanted);
    let title = metadata.map_or("", |metadata| metadata.title.as_str());
    let number = metadata.and_then(|metadata| metadata.document_number.as_deref()).unwrap_or_default();
    let name = canvas.say("策览", "celan");
    let ambiguous = state.appearance.ambiguous;
    let mut pen = canvas.pen(row);
    pen.skip(1);
    pen.write(name, theme.accent);
    pen.skip(2);
    if columns(title, ambiguous) + columns(number, ambiguous) + 3 <= pen.room() {
        pen.write_right(&format!("{number} "), theme.dim);
    }
    let shown = truncate(title, pen.room().saturating_sub(1), ambiguous);
    pen.write(&shown, theme.title);
}

/// The line between list and reader: upright where they stand side by side.
pub(super) fn draw_divider(canvas: &mut Canvas<'_>) {
    let area = canvas.geometry.divider;
    let style = canvas.state.appearance.theme.dim;
    let strokes = canvas.strokes();
    let rule = if area.width > 1 { strokes.level.repeat(usize::from(area.width)) } else { strokes.upright.to_owned() };
    for row in area.rows() {
        canvas.pen(row).write(&rule, style);
    }
}

/// From this width on the breadcrumb is followed by the address.
const ROOMY: u16 = 44;

/// Where one reads, its address, and how far that is through the document.
pub(super) fn draw_breadcrumb(canvas: &mut Canvas<'_>) {
    let (state, theme) = (canvas.state, canvas.state.appearance.theme);
    let Some(row) = super::row(canvas.geometry.crumbs, 0) else { return };
    let Some((document, node)) = state.reader.document().zip(state.reader.current()) else { return };
    let ambiguous = state.appearance.ambiguous;
    let address = document.node(node).map(|node| node.address.to_string()).filter(|_| row.width > ROOMY).unwrap_or_default();
    let percentage = format!("{address}  {}% ", state.reader.percentage());
    let mut pen = canvas.pen(row);
    pen.skip(1);
    if pen.room() > 20 {
        pen.write_right(percentage.trim_start(), theme.dim);
    }
    let shown = breadcrumb(document, node, pen.room(), ambiguous);
    pen.write(&shown, theme.accent);
}

/// The prompt, a message, or how the search stands; gives the place of the cursor where one types.
pub(super) fn draw_status(canvas: &mut Canvas<'_>) -> Option<Position> {
    let row = super::row(canvas.geometry.status, 0)?;
    if let Some(writing) = &canvas.state.kept.writing {
        return Some(notes::draw_writing(canvas, row, writing));
    }
    match (canvas.state.focus, &canvas.state.message) {
        (Focus::Search, _) => Some(draw_prompt(canvas, row)),
        (Focus::Tree | Focus::Reader, Some(message)) => {
            draw_message(canvas, row, message);
            None
        }
        (Focus::Tree | Focus::Reader, None) => {
            match exporting(canvas.state).or_else(|| marked(canvas.state)) {
                Some(told) => draw_message(canvas, row, &Message::Done(told)),
                None => draw_standing(canvas, row),
            }
            None
        }
    }
}

fn draw_prompt(canvas: &mut Canvas<'_>, row: Rect) -> Position {
    let (state, theme) = (canvas.state, canvas.state.appearance.theme);
    let completion = completion(state.search.prompt.before());
    let waiting = match completion {
        _ if state.search.said.is_some() => {
            let said = state.search.said.as_ref().map(|said| said.in_language(state.appearance.language));
            format!("{} ", said.unwrap_or_default())
        }
        _ if state.message.is_some() => word(state),
        _ if state.exporting.is_some() => {
            exporting(state).map(|told| format!("{} ", told.in_language(state.appearance.language))).unwrap_or_default()
        }
        _ if state.search.is_slow => canvas.say("检索中…", "searching…").to_owned(),
        Some(completion) => format!("Tab {} ", completion.names.join(" ")),
        None => String::new(),
    };
    let name = canvas.say("检索 ", "Search ");
    let is_empty = state.search.prompt.text().is_empty();
    let invitation =
        canvas.say("输入要找的字词；空格隔开的须同时出现", "type what to find; words set apart by spaces must all occur");
    let mut pen = canvas.pen(row);
    pen.skip(1);
    if pen.room() > 30 {
        pen.write_right(&waiting, theme.dim);
    }
    pen.write(name, theme.accent);
    let (shown, at) = state.search.prompt.window(pen.room(), state.appearance.ambiguous);
    let cursor = Position { x: pen.x().saturating_add(u16::try_from(at).unwrap_or(u16::MAX)).min(row.right() - 1), y: row.y };
    if is_empty {
        pen.skip(1);
        pen.write(invitation, theme.dim);
    } else {
        pen.write(&shown, theme.text);
    }
    cursor
}

/// How far an export is, while one is under way.
fn exporting(state: &State) -> Option<Bilingual> {
    let (done, of) = state.exporting?;
    Some(if of == 0 {
        Bilingual::new("正在导出…", "exporting…")
    } else {
        Bilingual::new(format!("正在导出 {done}/{of}…"), format!("exporting {done}/{of}…"))
    })
}

/// How much is marked: from which address to which.
fn marked(state: &State) -> Option<Bilingual> {
    let (document, (first, last)) = state.reader.document().zip(state.marked())?;
    let (from, to) = (&document.node(first)?.address, &document.node(last)?.address);
    let units = last.0 - first.0 + 1;
    Some(match units {
        1 => Bilingual::new(format!("已标记 1 个单元：{from}"), format!("1 unit marked: {from}")),
        _ => Bilingual::new(format!("已标记 {units} 个单元：{from} 至 {to}"), format!("{units} units marked: {from} to {to}")),
    })
}

/// A word to the user beside what is typed.
fn word(state: &State) -> String {
    let Some(Message::Done(text) | Message::Trouble(text)) = &state.message else { return String::new() };
    let room = usize::from(state.size.width / 2);
    format!("{} ", truncate(text.in_language(state.appearance.language), room, state.appearance.ambiguous))
}

fn draw_message(canvas: &mut Canvas<'_>, row: Rect, message: &Message) {
    let (appearance, mut pen) = (canvas.state.appearance, canvas.pen(row));
    let (text, style) = match message {
        Message::Done(text) => (text, appearance.theme.accent),
        Message::Trouble(text) => (text, appearance.theme.warning),
    };
    pen.skip(1);
    let shown = truncate(text.in_language(appearance.language), pen.room(), appearance.ambiguous);
    pen.write(&shown, style);
}

/// Outside the prompt: what is searched for and at which of the places one stands.
fn draw_standing(canvas: &mut Canvas<'_>, row: Rect) {
    let (state, appearance) = (canvas.state, canvas.state.appearance);
    let Some(results) = &state.search.results else { return };
    let places = results.places.len();
    let place = state.search.place.map_or_else(|| "–".to_owned(), |place| (place + 1).to_string());
    let (by_chinese, by_english) = match results.by_synonym {
        0 => (String::new(), String::new()),
        some => (format!("（同义 {some} 处）"), format!(" ({some} by synonyms)")),
    };
    let chinese = format!("第 {place} 处，共 {places} 处{by_chinese} ");
    let english = format!("hit {place} of {places}{by_english} ");
    let sought = results.sought.as_ref().map(|sought| format!(" → “{sought}”")).unwrap_or_default();
    let (query, mut pen) = (format!("“{}”{sought}", results.typed.trim()), canvas.pen(row));
    pen.skip(1);
    pen.write_right(appearance.language.pick(chinese.as_str(), english.as_str()), appearance.theme.dim);
    let shown = truncate(&query, pen.room(), appearance.ambiguous);
    pen.write(&shown, appearance.theme.accent);
}

/// The keys that matter here, as many as there is room for; the way to the help stays.
pub(super) fn draw_hints(canvas: &mut Canvas<'_>) {
    let Some(row) = super::row(canvas.geometry.hints, 0) else { return };
    let appearance = canvas.state.appearance;
    let context = canvas.state.context();
    let has_hits = canvas.state.search.results.is_some();
    let hints =
        canvas.state.habits.keymap.bindings(context).filter(|binding| binding.is_hint && (has_hits || !binding.needs_hits()));
    let (to_help, others): (Vec<_>, Vec<_>) = hints.partition(|binding| binding.action == Action::Help);
    let help = to_help.first().and_then(|binding| Some((binding.keys.first()?.name(), binding.name(appearance.language))));
    let mut pen = canvas.pen(row);
    pen.skip(1);
    if let Some((key, name)) = help {
        pen.write_right(&format!("{key} {name} "), appearance.theme.dim);
    }
    for binding in others {
        let Some(key) = binding.keys.first().map(Sequence::name) else { continue };
        let name = binding.name(appearance.language);
        if columns(&key, appearance.ambiguous) + columns(name, appearance.ambiguous) + 1 > pen.room() {
            break;
        }
        pen.write(&key, appearance.theme.accent);
        pen.skip(1);
        pen.write(name, appearance.theme.dim);
        pen.skip(2);
    }
}
