//! How things look: one style for each role, from the sixteen colours that the user's terminal defines.
//!
//! Every distinction is made by a modifier too, so that nothing is lost where colours are off (`NO_COLOR`).

use ratatui::style::{Color, Modifier, Style};

use super::page::Role;

/// The styles of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Running text.
    pub text: Style,
    /// Parts, chapters, annexes.
    pub chapter: Style,
    /// Sections and what else is a heading.
    pub heading: Style,
    /// The title that a measure runs on from.
    pub title: Style,
    /// Rules, hints, what stands back.
    pub dim: Style,
    /// The name of the program, keys, marks.
    pub accent: Style,
    /// The selected entry of the pane that has the focus.
    pub selected: Style,
    /// The selected entry of the other pane.
    pub marked: Style,
    /// What a search found.
    pub found: Style,
    /// The place found that one stands at.
    pub current: Style,
    /// A message that something went wrong.
    pub warning: Style,
}

impl Theme {
    /// The theme in colours.
    #[must_use]
    pub const fn coloured() -> Self {
        let plain = Self::plain();
        Self {
            chapter: plain.chapter.fg(Color::Cyan),
            heading: plain.heading.fg(Color::Cyan),
            dim: Style::new().fg(Color::DarkGray),
            accent: plain.accent.fg(Color::Cyan),
            marked: plain.marked.fg(Color::Cyan),
            found: Style::new().fg(Color::Black).bg(Color::Yellow),
            current: Style::new().fg(Color::Black).bg(Color::LightRed).add_modifier(Modifier::BOLD),
            warning: plain.warning.fg(Color::Red),
            ..plain
        }
    }

    /// The theme without any colour.
    #[must_use]
    pub const fn plain() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let reversed = Style::new().add_modifier(Modifier::REVERSED);
        Self {
            text: Style::new(),
            chapter: bold,
            heading: bold,
            title: bold,
            dim: Style::new().add_modifier(Modifier::DIM),
            accent: bold,
            selected: reversed,
            marked: bold,
            found: reversed,
            current: reversed.add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
            warning: bold,
        }
    }

    /// The style of a piece of a page.
    #[must_use]
    pub const fn of(&self, role: Role) -> Style {
        match role {
            Role::Text => self.text,
            Role::Chapter => self.chapter,
            Role::Heading => self.heading,
            Role::Title => self.title,
            Role::Article | Role::Mark => self.accent,
            Role::Rule => self.dim,
        }
    }
}
