//! Keeping and habits.

use crate::diagnostic::Bilingual;
use crate::tui::action::Keep;
use crate::tui::effect::Effect;
use crate::tui::state::{Message, State};

/// Does what was asked for.
pub(super) fn act(state: &mut State, action: Keep) -> Vec<Effect> {
    match action {
        Keep::NextTheme => next_theme(state),
    }
    Vec::new()
}

fn next_theme(state: &mut State) {
    state.habits.look.name = state.habits.look.name.next();
    state.appearance.theme = state.habits.look.theme();
    let (chinese, english) = state.habits.look.name.in_words();
    state.message = Some(Message::Done(Bilingual::new(format!("主题：{chinese}"), format!("theme: {english}"))));
}
