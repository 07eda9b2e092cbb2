//! Making any text safe to write to a terminal.
//!
//! A document is a stranger's file: an escape sequence inside it could recolour, rewrite or answer for the terminal, and a bidi
//! override could show a number that is not there. [`safe`] takes any string and gives one that holds nothing but visible
//! characters, spaces and line feeds; [`safe_line`] gives a single line. Measuring (`width`) counts the columns of the safe form,
//! so that text is laid out as it will be shown.

use std::borrow::Cow;

/// What becomes of a character on its way to the terminal.
enum Fate {
    Kept,
    Shown(char),
    Dropped,
}

/// `text` without anything that a terminal would obey rather than show; line feeds are kept.
///
/// C0 controls become their pictures (ESC is ␛), DEL becomes ␡, C1 controls and bidi overrides, embeddings and isolates become �,
/// tabs become a space, characters without width or meaning of their own (zero-width space, joiners, marks of direction, tags) go.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    filtered(text, fate)
}

/// `text` as one safe line: like [`safe`], and line feeds become spaces.
#[must_use]
pub fn safe_line(text: &str) -> Cow<'_, str> {
    filtered(text, |character| if character == '\n' { Fate::Shown(' ') } else { fate(character) })
}

fn filtered(text: &str, fate: impl Fn(char) -> Fate) -> Cow<'_, str> {
    if text.chars().all(|character| matches!(fate(character), Fate::Kept)) {
        return Cow::Borrowed(text);
    }
    let shown = text.replace("\r\n", "\n");
    let shown = shown.chars().filter_map(|character| match fate(character) {
        Fate::Kept => Some(character),
        Fate::Shown(picture) => Some(picture),
        Fate::Dropped => None,
    });
    Cow::Owned(shown.collect())
}

fn fate(character: char) -> Fate {
    match character {
        // Nearly all of every text.
        '\n' | ' '..='~' | '\u{4E00}'..='\u{9FFF}' => Fate::Kept,
        '\t' | '\u{2028}' | '\u{2029}' | '\u{0085}' => Fate::Shown(' '),
        '\0'..='\u{1F}' => Fate::Shown(char::from_u32(0x2400 + character as u32).unwrap_or('\u{FFFD}')),
        '\u{7F}' => Fate::Shown('␡'),
        '\u{80}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Fate::Shown('\u{FFFD}'),
        '\u{00AD}'
        | '\u{061C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => Fate::Dropped,
        _ => Fate::Kept,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(safe("\u{1b}[31m红\u{7}"), "␛[31m红␇");
        assert_eq!(safe("\u{9b}31m\u{7f}"), "\u{FFFD}31m␡");
        assert_eq!(safe("约\u{202e}0003\u{202c}元"), "约\u{FFFD}0003\u{FFFD}元");
        assert_eq!(safe("易\u{200b}货\u{feff}"), "易货");
        assert_eq!(safe("类\t别\r\n序"), "类 别\n序");
        assert_eq!(safe_line("类\r\n别\n序"), "类 别 序");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(safe("第四章　推动外贸创新发展，𠮷\n"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn no_control_character_is_left(text in any::<String>()) {
            prop_assert!(!safe_line(&text).chars().any(char::is_control));
            prop_assert!(safe(&text).chars().all(|character| character == '\n' || !character.is_control()));
        }
    }
}
