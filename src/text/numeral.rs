//! Numerals ↔ values: 一…九百九十九, 〇 and 零, 廿 and 卅, 二〇二一, 12, １２, ①.
//!
//! Takes the beginning of a string, gives the value and how many bytes it took. Which numerals are numbers of headings is left to
//! `structure`; the marks around them (第…章, （…）) are left to it as well.

/// The script that a numeral is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// 一, 十二, 二〇二一.
    Han,
    /// 12 or １２.
    Arabic,
    /// ①.
    Circled,
}

/// A numeral at the beginning of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub value: u32,
    /// Its length in bytes.
    pub len: usize,
    /// Its script.
    pub script: Script,
}

/// More characters than this are no numeral but a long row of digits; it keeps every read short.
const LONGEST: usize = 12;

/// Whether a numeral may begin with this character; quick, for those who look at every one.
#[must_use]
#[inline]
pub const fn begins(character: char) -> bool {
    arabic_digit(character).is_some()
        || han_digit(character).is_some()
        || han_unit(character).is_some()
        || circled(character).is_some()
}

/// The longest numeral at the beginning of `text`.
#[must_use]
pub fn leading(text: &str) -> Option<Numeral> {
    let first = text.chars().next()?;
    if let Some(value) = circled(first) {
        return Some(Numeral { value, len: first.len_utf8(), script: Script::Circled });
    }
    let script = if arabic_digit(first).is_some() { Script::Arabic } else { Script::Han };
    let belongs = |character: &char| match script {
        Script::Arabic => arabic_digit(*character).is_some(),
        Script::Han | Script::Circled => han_digit(*character).is_some() || han_unit(*character).is_some(),
    };
    let digits = text.chars().take_while(belongs).take(LONGEST + 1).map(char::len_utf8);
    let (count, len) = digits.fold((0, 0), |(count, len), digit| (count + 1, len + digit));
    if count == 0 || count > LONGEST {
        return None;
    }
    Some(Numeral { value: value(text.get(..len)?)?, len, script })
}

/// The value of a string that is one numeral from end to end.
#[must_use]
pub fn value(written: &str) -> Option<u32> {
    let mut characters = written.chars();
    if let (Some(only), None) = (characters.next(), characters.next())
        && let Some(value) = circled(only)
    {
        return Some(value);
    }
    positional(written, arabic_digit).or_else(|| positional(written, han_digit)).or_else(|| additive(written))
}

/// The value of one Chinese digit (〇零○ to 九).
#[must_use]
pub const fn han_digit(character: char) -> Option<u32> {
    Some(match character {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of one Arabic digit, half or full width.
#[must_use]
pub const fn arabic_digit(character: char) -> Option<u32> {
    match character {
        '0'..='9' => Some(character as u32 - '0' as u32),
        '０'..='９' => Some(character as u32 - '０' as u32),
        _ => None,
    }
}

/// Units that multiply the digit before them; 廿 and 卅 are units that bring their own digit.
const fn han_unit(character: char) -> Option<(u32, u32)> {
    Some(match character {
        '十' => (10, 1),
        '廿' => (10, 2),
        '卅' => (10, 3),
        '百' => (100, 0),
        '千' => (1000, 0),
        _ => return None,
    })
}

/// ① to ㊿.
const fn circled(character: char) -> Option<u32> {
    match character {
        '①'..='⑳' => Some(character as u32 - '①' as u32 + 1),
        '㉑'..='㉟' => Some(character as u32 - '㉑' as u32 + 21),
        '㊱'..='㊿' => Some(character as u32 - '㊱' as u32 + 36),
        _ => None,
    }
}

fn positional(written: &str, digit: impl Fn(char) -> Option<u32>) -> Option<u32> {
    if written.is_empty() {
        return None;
    }
    written.chars().try_fold(0u32, |value, character| value.checked_mul(10)?.checked_add(digit(character)?))
}

/// 九百九十九: units fall from left to right, each with at most one digit before it.
fn additive(written: &str) -> Option<u32> {
    if written.is_empty() {
        return None;
    }
    let (mut total, mut pending, mut last_unit) = (0u32, None, u32::MAX);
    for character in written.chars() {
        if let Some(digit) = han_digit(character) {
            if pending.is_some_and(|digit| digit > 0) {
                return None;
            }
            pending = Some(digit);
            continue;
        }
        let (unit, own_digit) = han_unit(character)?;
        let digit = match pending.take() {
            Some(digit) if digit > 0 && own_digit <= 1 => digit,
            Some(0) | None if own_digit > 0 => own_digit,
            _ => return None,
        };
        if unit >= last_unit {
            return None;
        }
        total += digit * unit;
        last_unit = unit;
    }
    Some(total + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_every_script_have_their_value() {
        for (written, expected) in [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("廿一", 21),
            ("卅", 30),
            ("一百零五", 105),
            ("一百〇五", 105),
            ("一百一十", 110),
            ("九百九十九", 999),
            ("一千二百六十", 1260),
            ("二〇二一", 2021),
            ("二○○四", 2004),
            ("12", 12),
            ("１２", 12),
            ("①", 1),
            ("⑳", 20),
            ("㉑", 21),
        ] {
            assert_eq!(value(written), Some(expected), "{written}");
            assert_eq!(leading(written).map(|numeral| numeral.len), Some(written.len()), "{written}");
        }
    }

    #[test]
    fn what_is_no_numeral_has_no_value() {
        for written in ["", "百", "十百", "一二十", "章", "1一", "99999999999", "十百千", "万"] {
            assert_eq!(value(written), None, "{written}");
        }
        assert_eq!(leading(&"1".repeat(100)), None);
        assert_eq!(leading("第"), None);
    }

    #[test]
    fn a_numeral_ends_where_another_character_begins() {
        assert_eq!(leading("十二章"), Some(Numeral { value: 12, len: 6, script: Script::Han }));
        assert_eq!(leading("2021年"), Some(Numeral { value: 2021, len: 4, script: Script::Arabic }));
        assert_eq!(leading("③𠮷"), Some(Numeral { value: 3, len: 3, script: Script::Circled }));
    }
}
