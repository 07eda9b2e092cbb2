//! The habits of a user: language, theme, widths, mouse, style of citations, keys, as the file of settings says them.
//!
//! `read` takes the bytes of the file and gives what it could understand; what it could not is told with file and line and left out,
//! and the rest holds, so that no file stops the program. [`template()`] writes the file that says what holds anyhow. Finding the file
//! is left to `cli`.

mod read;
mod template;
#[cfg(test)]
mod tests;

use super::keymap::Keymap;
use super::palette::Look;
use crate::diagnostic::Language;
use crate::export::{STYLES, Style};
use crate::text::width::Ambiguous;

pub use template::template;

/// Everything that a user may choose. The default is what holds without a file.
#[derive(Debug, Clone)]
pub struct Habits {
    /// The language of the interface, where the file says one.
    pub language: Option<Language>,
    /// The theme; how many colours there are is not in the file.
    pub look: Look,
    /// How wide ambiguous characters are; none where the program is to find out.
    pub ambiguous: Option<Ambiguous>,
    /// Whether the mouse is listened to.
    pub is_mouse_on: bool,
    /// The style of what is copied and exported.
    pub style: Style,
    /// The keys.
    pub keymap: Keymap,
}

impl Default for Habits {
    fn default() -> Self {
        let [style, ..] = STYLES;
        Self { language: None, look: Look::default(), ambiguous: None, is_mouse_on: true, style, keymap: Keymap::default() }
    }
}
