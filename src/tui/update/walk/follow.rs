//! Following references: those in sight are chosen from, the chosen one is opened, and one can come back from it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::places;
use crate::diagnostic::Bilingual;
use crate::text::safe::safe_line;
use crate::tui::effect::Effect;
use crate::tui::flow::Flow;
use crate::tui::reference::{Choice, Link, links};
use crate::tui::state::{Focus, Message, State};

/// Opens the only reference in sight, or offers several to choose from.
pub(super) fn follow(state: &mut State) -> Vec<Effect> {
    let links = in_sight(state);
    let here = state.reader.at();
    let line = |link: &Link| state.reader.page().line_at(link.node, link.span.start);
    let selected = links.iter().position(|link| line(link) >= here).unwrap_or_default();
    match links.as_slice() {
        [] => {
            super::tell(state, "眼前没有可打开的引用", "there is no reference in sight");
            Vec::new()
        }
        [only] => open(state, &only.clone()),
        _ => {
            offer(state, Choice { links, selected });
            Vec::new()
        }
    }
}

/// Takes a key while there is a choice; none where it is not about that.
pub(in crate::tui::update) fn choose(state: &mut State, key: KeyEvent) -> Option<Vec<Effect>> {
    let choice = state.walk.choice.take().filter(|_| state.focus == Focus::Reader && state.sheet.is_none())?;
    let count = choice.links.len();
    if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    if key.code == KeyCode::Esc {
        return Some(Vec::new());
    }
    if key.code == KeyCode::Enter {
        let link = choice.links.get(choice.selected)?.clone();
        return Some(open(state, &link));
    }
    let is_next = matches!(key.code, KeyCode::Tab | KeyCode::Down | KeyCode::Right);
    let is_before = matches!(key.code, KeyCode::BackTab | KeyCode::Up | KeyCode::Left);
    let step = if is_next { 1 } else { count - 1 };
    let selected = (choice.selected + step) % count;
    if !(is_next || is_before) {
        return None;
    }
    offer(state, Choice { selected, ..choice });
    Some(Vec::new())
}

fn offer(state: &mut State, choice: Choice) {
    if let Some(link) = choice.links.get(choice.selected) {
        let (name, number, count) = (name(state, link), choice.selected + 1, choice.links.len());
        let (held, held_english) = if link.goal.is_some() { ("", "") } else { ("库中没有", " not in the library") };
        state.message = Some(Message::Done(Bilingual::new(
            format!("引用 {number}/{count}（Tab 下一个 Enter 打开）{held}：{name}"),
            format!("reference {number}/{count} (Tab next, Enter open){held_english}: {name}"),
        )));
    }
    state.walk.choice = Some(choice);
}

fn open(state: &mut State, link: &Link) -> Vec<Effect> {
    if let Some(goal) = link.goal.clone() {
        return places::go(state, goal.shelf, goal.arrival);
    }
    let name = name(state, link);
    super::tell(state, format!("库中没有{name}"), format!("the library does not hold {name}"));
    Vec::new()
}

/// The reference as it is written.
fn name(state: &State, link: &Link) -> String {
    let flow = state.reader.document().map(|document| Flow::joined(document, link.span.clone()).text);
    safe_line(&flow.unwrap_or_default()).into_owned()
}

/// The references that begin on a line to be seen, in reading order.
fn in_sight(state: &State) -> Vec<Link> {
    let Some(place) = state.open_place() else { return Vec::new() };
    let (page, visible) = (state.reader.page(), state.reader.visible().collect::<Vec<_>>());
    let lines = visible.iter().filter_map(|at| page.lines.get(*at));
    let mut nodes: Vec<_> = lines.filter(|line| line.has_text()).map(|line| line.node).collect();
    nodes.dedup();
    let all = nodes.into_iter().flat_map(|node| links(&state.shelf, place, node));
    all.filter(|link| visible.contains(&page.line_at(link.node, link.span.start))).collect()
}
