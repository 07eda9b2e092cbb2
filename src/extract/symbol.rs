//! Symbols: characters of symbol fonts (Wingdings, Symbol) as the characters that they look like.
//!
//! Such fonts keep their signs at private places (U+F000–U+F0FF), which mean nothing without the font. Takes a character, gives
//! one that means the same everywhere.

/// Where symbol fonts keep their signs.
const PRIVATE: std::ops::RangeInclusive<char> = '\u{F000}'..='\u{F0FF}';

/// Signs of Wingdings and Symbol that documents use, by their private place.
const SIGNS: [(char, char); 20] = [
    ('\u{F02D}', '-'),
    ('\u{F052}', '☑'),
    ('\u{F0A3}', '☐'),
    ('\u{F0A7}', '▪'),
    ('\u{F0A8}', '◻'),
    ('\u{F0B1}', '±'),
    ('\u{F0B4}', '×'),
    ('\u{F0B7}', '•'),
    ('\u{F0D8}', '➢'),
    ('\u{F0E0}', '→'),
    ('\u{F0FB}', '✗'),
    ('\u{F0FC}', '✓'),
    ('\u{F0FD}', '☒'),
    ('\u{F0FE}', '☑'),
    ('\u{F06C}', '●'),
    ('\u{F06E}', '■'),
    ('\u{F06F}', '□'),
    ('\u{F071}', '❑'),
    ('\u{F075}', '◆'),
    ('\u{F076}', '❖'),
];

/// A bullet or another character of a list: a sign that is unknown is still a bullet.
pub(super) fn visible(character: char) -> char {
    known(character).unwrap_or('•')
}

/// The sign at a place of a font (F0FE of Wingdings is ☑): U+FFFD where nobody here knows the sign.
pub(super) fn written(font: &str, code: u32) -> Option<char> {
    // The same sign may be written without the private offset.
    let symbolic = ["Wingdings", "Symbol", "Webdings"].iter().any(|name| font.starts_with(name));
    let code = if symbolic && code < 0x100 { code + 0xF000 } else { code };
    // Wingdings has ① to ⑩ at 81 to 8A and ❶ to ❿ at 8C to 95.
    let sign = match code {
        0xF081..=0xF08A if font == "Wingdings" => char::from_u32(0x2460 + code - 0xF081),
        0xF08C..=0xF095 if font == "Wingdings" => char::from_u32(0x2776 + code - 0xF08C),
        code => char::from_u32(code).map(|character| known(character).unwrap_or(char::REPLACEMENT_CHARACTER)),
    };
    sign.filter(|sign| !sign.is_control())
}

fn known(character: char) -> Option<char> {
    if !PRIVATE.contains(&character) {
        return Some(character);
    }
    SIGNS.iter().find(|(private, _)| *private == character).map(|(_, sign)| *sign)
}
