//! Letters looked for inside a text, as people type them into the filter of a list: `ncds` or `nongcunds` for 农村电商.
//!
//! Unlike [`super::PinyinQuery`], which reads what is whole, this follows the typing letter by letter: every character takes its reading or
//! its initial, the last one any beginning of its reading, so that what has been found stays found while one types on.

use std::ops::Range;

use super::{bit_of, first_letters, sounds, spells};

/// The most characters that one string of letters spells.
const MOST_CHARACTERS: usize = 40;

/// The most letters that are looked for.
const MOST_LETTERS: usize = 60;

/// The letters that a character may be typed with first, a bit for each from `a` on: the initials of its readings, or the letter that it
/// is itself.
#[must_use]
pub fn initials(character: char) -> u32 {
    u8::try_from(character).map_or_else(|_| first_letters(character), |letter| bit_of(letter.to_ascii_lowercase()))
}

/// Where the letters (`a`–`z` in lower case) stand in `text` as pinyin: the shortest such stretch in bytes, the first of several. None
/// where there is none, and where the letters are no letters.
#[must_use]
pub fn within(letters: &str, text: &str) -> Option<Range<usize>> {
    let letters = letters.as_bytes();
    let first = bit_of(*letters.first()?);
    if letters.len() > MOST_LETTERS || !letters.iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    let starts = text.char_indices().filter(|(_, character)| !character.is_ascii() && first_letters(*character) & first != 0);
    let found = starts.filter_map(|(start, _)| Some((start, spelled_from(letters, text.get(start..)?)?)));
    let (start, (_, length)) = found.min_by_key(|(_, (characters, _))| *characters)?;
    Some(start..start + length)
}

/// How many characters at the beginning of `text` the letters spell, and how many bytes they are.
fn spelled_from(letters: &[u8], text: &str) -> Option<(usize, usize)> {
    // The places between letters that are reached, as bits.
    let mut reached: u64 = 1;
    for (count, (at, character)) in text.char_indices().take(MOST_CHARACTERS).enumerate() {
        let mut next = 0;
        for sound in sounds(character) {
            let mut starts = reached;
            while starts != 0 {
                let start = starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let rest = letters.get(start..)?;
                if ends_in(rest, sound) {
                    return Some((count + 1, at + character.len_utf8()));
                }
                for length in lengths(rest, sound).into_iter().flatten() {
                    next |= 1 << (start + length);
                }
            }
        }
        if next == 0 {
            return None;
        }
        reached = next;
    }
    None
}

/// Whether the letters end in the midst of this reading, or with it; ü is typed v or u.
fn ends_in(letters: &[u8], sound: &str) -> bool {
    let mut sounds = sound.chars();
    letters.iter().all(|letter| sounds.next().is_some_and(|sound| is_typed(sound, *letter)))
}

fn is_typed(sound: char, letter: u8) -> bool {
    char::from(letter) == sound || sound == 'ü' && matches!(letter, b'v' | b'u')
}

/// How many letters a character that others follow may take: its reading, its initial of one letter, or of two (zh, ch, sh).
fn lengths(letters: &[u8], sound: &str) -> [Option<usize>; 3] {
    let whole = spells(letters, sound).then(|| sound.chars().count());
    let one = letters.first().zip(sound.chars().next()).filter(|(letter, sound)| is_typed(*sound, **letter)).map(|_| 1);
    let has_two = sound.as_bytes().get(1) == Some(&b'h') && letters.get(1) == Some(&b'h');
    [whole, one, one.filter(|_| has_two).map(|_| 2)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(letters: &str, text: &'static str) -> Option<&'static str> {
        within(letters, text).and_then(|range| text.get(range))
    }

    #[test]
    fn initials_readings_and_what_is_half_typed_are_found() {
        let text = "（三）健全农村电商体系";
        for letters in ["n", "nc", "ncd", "ncds", "nongc", "nongcun", "nongcund", "nongcundianshang", "ncdsh", "ncdianshan"] {
            let expected = match letters {
                "n" => "农",
                "nc" | "nongc" | "nongcun" => "农村",
                "ncd" | "nongcund" => "农村电",
                _ => "农村电商",
            };
            assert_eq!(found(letters, text), Some(expected), "{letters}");
        }
        for letters in ["nd", "ncdsx", "", "农", "NC", "w"] {
            assert_eq!(found(letters, text), None, "{letters}");
        }
    }

    #[test]
    fn the_shortest_stretch_is_taken_and_every_reading_counts() {
        assert_eq!(found("xian", "西安与先锋"), Some("先"));
        assert_eq!(found("cq", "重庆"), Some("重庆"));
        assert_eq!(found("zq", "重庆"), Some("重庆"));
        assert_eq!(found("lv", "绿色"), Some("绿"));
        assert_eq!(found("lu", "绿色"), Some("绿"));
        assert_eq!(found("a", "abc 安"), Some("安"));
    }
}
