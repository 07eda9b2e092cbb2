//! Ordinary characters: those that can neither begin nor end anything, told in a few instructions.
//!
//! A stage that looks at every character of a document spends its time on the nine of ten that do not matter to it. A small table by
//! the last bits of a character tells most of them; where it is in doubt, the character is not ordinary, which costs only time.

/// A bit for each of the last ten bits of a character: set where one that matters has them.
const MATTERS: [u64; 16] = table();

/// Marks, brackets, the first characters of labels, Chinese digits and units.
const SINGLE: [char; 47] = [
    '。', '；', '：', '！', '？', ';', ':', '”', '’', '）', ')', '》', '（', '(', '第', '专', '〇', '零', '○', 'Ｏ', '一', '二',
    '两', '三', '四', '五', '六', '七', '八', '九', '十', '廿', '卅', '百', '千', '\u{85}', '\u{A0}', '\u{1680}', '\u{2028}',
    '\u{2029}', '\u{202F}', '\u{205F}', '\u{2060}', '\u{3000}', '\u{FEFF}', '\u{FF1B}', '\u{FF1A}',
];
/// Digits of all kinds and white space, first and last.
const RANGES: [(u32, u32); 7] =
    [(0x00, 0x20), (0x30, 0x39), (0xFF10, 0xFF19), (0x2460, 0x2473), (0x3251, 0x325F), (0x32B1, 0x32BF), (0x2000, 0x200D)];

/// Whether a character is no mark of the end of a sentence, no bracket, no white space, no numeral, and begins no label.
#[inline]
pub(super) const fn is_ordinary(character: char) -> bool {
    let (word, bit) = place(character as u32);
    MATTERS[word] >> bit & 1 == 0
}

const fn place(code: u32) -> (usize, u32) {
    ((code >> 6 & 15) as usize, code & 63)
}

const fn table() -> [u64; 16] {
    let mut table = [0; 16];
    let mut at = 0;
    while at < SINGLE.len() {
        let (word, bit) = place(SINGLE[at] as u32);
        table[word] |= 1 << bit;
        at += 1;
    }
    at = 0;
    while at < RANGES.len() {
        let (mut code, last) = RANGES[at];
        while code <= last {
            let (word, bit) = place(code);
            table[word] |= 1 << bit;
            code += 1;
        }
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use crate::text::numeral;

    use super::super::line::is_space;
    use super::*;

    #[test]
    fn whatever_matters_is_not_ordinary() {
        for character in '\0'..=char::MAX {
            let matters = is_space(character) || numeral::begins(character) || "。；：！？;:”’）)》（(第专".contains(character);
            assert!(!matters || !is_ordinary(character), "{character:?}");
        }
        let han = ('\u{4E00}'..'\u{9FA5}').filter(|character| is_ordinary(*character)).count();
        assert!(han > 16_000, "the table is of use: {han}");
    }
}
