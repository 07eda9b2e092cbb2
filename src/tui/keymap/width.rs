//! Full-width characters back to the keys that they are typed with.
//!
//! An input method that is on gives ？ for `?`, 。 for `.` and （ for `(`; some give 「 for `{` and 、 for `/`.

/// The key behind a character: itself, unless an input method made it.
#[must_use]
pub(in crate::tui) fn half(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        '「' | '『' => '{',
        '」' | '』' => '}',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '￥' => '$',
        '·' => '`',
        '…' => '^',
        '—' => '_',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_an_input_method_is_the_key_it_was_typed_with() {
        let full = "？／：；ｊｋ。，、（）｛｝「」【】《》！～￥‘”";
        assert_eq!(full.chars().map(half).collect::<String>(), "?/:;jk.,/(){}{}[]<>!~$'\"");
        assert_eq!("章aG ".chars().map(half).collect::<String>(), "章aG ");
    }
}
