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

/// Runs of letters and signs of the font Symbol, by the place of the first; digits and brackets stand at their own places.
const GREEK: [(u32, &str); 4] = [
    (0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
    (0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xC4, "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
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
    if let Some(sign) = code.checked_sub(0xF000).filter(|_| font == "Symbol").and_then(greek) {
        return Some(sign);
    }
    // Wingdings has ① to ⑩ at 81 to 8A and ❶ to ❿ at 8C to 95.
    let sign = match code {
        0xF081..=0xF08A if font == "Wingdings" => char::from_u32(0x2460 + code - 0xF081),
        0xF08C..=0xF095 if font == "Wingdings" => char::from_u32(0x2776 + code - 0xF08C),
        code => char::from_u32(code).map(|character| known(character).unwrap_or(char::REPLACEMENT_CHARACTER)),
    };
    sign.filter(|sign| !sign.is_control())
}

/// A character of the font Symbol.
fn greek(code: u32) -> Option<char> {
    let sign = |(first, signs): &(u32, &str)| signs.chars().nth(usize::try_from(code.checked_sub(*first)?).ok()?);
    GREEK.iter().find_map(sign).or_else(|| char::from_u32(code).filter(|code| matches!(code, '%' | '(' | ')' | '+'..='?')))
}

fn known(character: char) -> Option<char> {
    if !PRIVATE.contains(&character) {
        return Some(character);
    }
    SIGNS.iter().find(|(private, _)| *private == character).map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn signs_are_told_by_their_font() {
        let signs = [("Wingdings", 0xF0FE, '☑'), ("Wingdings", 0x81, '①'), ("Symbol", 0xF06D, 'μ'), ("Symbol", 0xA3, '≤')];
        let more = [("Symbol", 0xF0B0, '°'), ("Symbol", 0xF035, '5'), ("Wingdings", 0xF0A3, '☐'), ("Webdings", 0xF0EE, '\u{FFFD}')];
        for (font, code, sign) in signs.into_iter().chain(more) {
            assert_eq!(written(font, code), Some(sign), "{font} {code:x}");
        }
    }
}
