//! Text made harmless for a terminal.
//!
//! Control characters (C0 but line break and tab, DEL, C1) and the marks that turn the direction of text (which can make a line
//! read as what it is not) are shown as U+FFFD.

use std::borrow::Cow;

/// `text` without anything that a terminal would obey.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| if is_harmful(character) { '\u{fffd}' } else { character }).collect())
}

fn is_harmful(character: char) -> bool {
    let control = character.is_control() && character != '\n' && character != '\t';
    control || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
