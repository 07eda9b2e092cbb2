//! Display width: how many terminal columns a text takes.
//!
//! Characters of Chinese text take two columns, Latin letters one, combining marks none (UAX #11). A few, such as “ ” — … ①, are
//! ambiguous: one column in most terminals, two in some that are set up for East Asia; [`Ambiguous`] says which. Widths are those
//! of the safe form of the text (`safe`). Nothing here ever cuts a grapheme.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::safe::safe_line;

/// How wide the terminal shows characters that UAX #11 calls ambiguous.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// One column, as most terminals do.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

/// The columns that `text` takes on one line.
#[must_use]
pub fn columns(text: &str, ambiguous: Ambiguous) -> usize {
    let simple = text.chars().try_fold(0, |columns, character| Some(columns + simple_columns(character)?));
    simple.unwrap_or_else(|| safe_line(text).graphemes(true).map(|grapheme| plain_columns(grapheme, ambiguous)).sum())
}

/// The columns of a character that nearly all text is made of, that joins with no neighbour of its kind, is safe, and is nowhere
/// ambiguous; none for any other.
const fn simple_columns(character: char) -> Option<usize> {
    match character {
        ' '..='~' => Some(1),
        '\u{3000}'..='\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}' => Some(2),
        _ => None,
    }
}

/// The columns of a grapheme that is known to be safe.
#[must_use]
pub fn plain_columns(grapheme: &str, ambiguous: Ambiguous) -> usize {
    match ambiguous {
        Ambiguous::Narrow => grapheme.width(),
        Ambiguous::Wide => grapheme.width_cjk(),
    }
}

/// The longest beginning of `text` that fits into `room` columns.
#[must_use]
pub fn fitting(text: &str, room: usize, ambiguous: Ambiguous) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += columns(grapheme, ambiguous);
        if used > room {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// The longest end of `text` that fits into `room` columns.
#[must_use]
pub fn fitting_end(text: &str, room: usize, ambiguous: Ambiguous) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += columns(grapheme, ambiguous);
        if used > room {
            return text.get(at + grapheme.len()..).unwrap_or_default();
        }
    }
    text
}

/// `text` cut to `room` columns, with … at its end where something is missing.
#[must_use]
pub fn truncate(text: &str, room: usize, ambiguous: Ambiguous) -> Cow<'_, str> {
    if columns(text, ambiguous) <= room {
        return Cow::Borrowed(text);
    }
    let ellipsis = columns("…", ambiguous);
    match room.checked_sub(ellipsis) {
        Some(left) => Cow::Owned(format!("{}…", fitting(text, left, ambiguous))),
        None => Cow::Borrowed(""),
    }
}

/// `text` cut or filled with spaces to exactly `room` columns.
#[must_use]
pub fn pad(text: &str, room: usize, ambiguous: Ambiguous) -> String {
    let cut = truncate(text, room, ambiguous);
    let missing = room.saturating_sub(columns(&cut, ambiguous));
    format!("{cut}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NARROW: Ambiguous = Ambiguous::Narrow;

    #[test]
    fn columns_are_counted_as_a_terminal_shows_them() {
        for (text, narrow, wide) in [
            ("", 0, 0),
            ("外贸", 4, 4),
            ("RCEP", 4, 4),
            ("𠮷", 2, 2),
            ("“一”", 4, 6),
            ("e\u{301}", 1, 1),
            ("，", 2, 2),
            ("\u{1b}[", 2, 2),
        ] {
            assert_eq!(columns(text, Ambiguous::Narrow), narrow, "{text:?}");
            assert_eq!(columns(text, Ambiguous::Wide), wide, "{text:?}");
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(truncate("推动外贸创新发展", 16, NARROW), "推动外贸创新发展");
        assert_eq!(truncate("推动外贸创新发展", 9, NARROW), "推动外贸…");
        assert_eq!(truncate("推动外贸创新发展", 8, NARROW), "推动外…");
        assert_eq!(truncate("推动", 0, NARROW), "");
        assert_eq!(pad("推动", 5, NARROW), "推动 ");
        assert_eq!(fitting_end("推动外贸", 5, NARROW), "外贸");
    }

    #[test]
    fn simple_characters_are_as_wide_as_all_others_are_measured() {
        for character in ('\0'..='\u{FFFF}').filter(|character| simple_columns(*character).is_some()) {
            let text = String::from(character);
            assert_eq!(safe_line(&text), text);
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
                assert_eq!(simple_columns(character), Some(plain_columns(&text, ambiguous)), "{text:?}");
            }
            for beside in ["a", "\u{4E2D}", "\u{FF0C}"] {
                assert_eq!(format!("{text}{beside}{text}").graphemes(true).count(), 3, "{text:?} joins with {beside}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_padded_text_has_exactly_its_columns(text in any::<String>(), room in 0_usize..40) {
            prop_assert_eq!(columns(&pad(&text, room, NARROW), NARROW), room);
        }
    }
}
