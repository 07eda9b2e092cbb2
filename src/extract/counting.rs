//! Counting: numbers as the formats of Word write them (`ST_NumberFormat`, ISO/IEC 29500-1 §17.18.59).
//!
//! Takes a format's name and a number, gives the characters. What a format cannot write (a hundred in a circle) is written in
//! digits, as Word does.

/// The number in the format of this name; `None` where the name is unknown.
pub(super) fn write(format: &str, number: u32) -> Option<String> {
    let written = match format {
        "decimal" | "ordinal" | "numberInDash" | "decimalHalfWidth" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => positional(number, "０１２３４５６７８９"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from_list(number, &circled()),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "chineseCounting" | "taiwaneseCounting" => counted(number),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => grouped(number, &HAN),
        "japaneseCounting" => grouped(number, &JAPANESE),
        "chineseLegalSimplified" => grouped(number, &LEGAL),
        "ideographLegalTraditional" => grouped(number, &LEGAL_TRADITIONAL),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => positional(number, HAN.digits),
        "ideographTraditional" => from_list(number, &"甲乙丙丁戊己庚辛壬癸".chars().collect::<Vec<_>>()),
        "ideographZodiac" => from_list(number, &"子丑寅卯辰巳午未申酉戌亥".chars().collect::<Vec<_>>()),
        "lowerLetter" => letters(number, 'a'),
        "upperLetter" => letters(number, 'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "none" | "bullet" => String::new(),
        _ => return None,
    };
    Some(written)
}

/// How a script counts with powers of ten.
struct Counting {
    /// Zero to nine.
    digits: &'static str,
    /// Ten, a hundred, a thousand.
    powers: [&'static str; 3],
    /// 零 stands for skipped powers: 一百零一.
    zero: &'static str,
    /// 十, not 一十, at the beginning.
    bare_ten: bool,
    /// 百 for 一百, as Japanese writes.
    bare_powers: bool,
}

const HAN: Counting =
    Counting {
        digits: "〇一二三四五六七八九", powers: ["十", "百", "千"], zero: "零", bare_ten: true, bare_powers: false
    };
const JAPANESE: Counting =
    Counting {
        digits: "〇一二三四五六七八九", powers: ["十", "百", "千"], zero: "", bare_ten: true, bare_powers: true
    };
const LEGAL: Counting =
    Counting {
        digits: "零壹贰叁肆伍陆柒捌玖", powers: ["拾", "佰", "仟"], zero: "零", bare_ten: false, bare_powers: false
    };
const LEGAL_TRADITIONAL: Counting =
    Counting {
        digits: "零壹貳參肆伍陸柒捌玖", powers: ["拾", "佰", "仟"], zero: "零", bare_ten: false, bare_powers: false
    };

/// 一 … 九十九, from a hundred on digit by digit: 一〇一.
fn counted(number: u32) -> String {
    if number < 100 { grouped(number, &HAN) } else { positional(number, HAN.digits) }
}

/// 一千零一: with powers of ten, up to 9999.
fn grouped(number: u32, counting: &Counting) -> String {
    let digit = |value: u32| counting.digits.chars().nth(value as usize);
    if number == 0 || number > 9999 {
        return digit(0).filter(|_| number == 0).map_or_else(|| number.to_string(), String::from);
    }
    let mut written = String::new();
    let mut skipped = false;
    for (power, name) in [(1000, counting.powers[2]), (100, counting.powers[1]), (10, counting.powers[0]), (1, "")] {
        let value = number / power % 10;
        if value == 0 {
            skipped = !written.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            written.push_str(counting.zero);
        }
        let bare = power > 1 && value == 1 && (counting.bare_powers || power == 10 && counting.bare_ten && written.is_empty());
        written.extend(digit(value).filter(|_| !bare));
        written.push_str(name);
    }
    written
}

/// Digit by digit.
fn positional(number: u32, digits: &str) -> String {
    let digit = |digit: char| digits.chars().nth(digit.to_digit(10)? as usize);
    number.to_string().chars().filter_map(digit).collect()
}

/// a … z, aa, bb …; Word begins again after thirty of a letter.
fn letters(number: u32, first: char) -> String {
    let Some(place) = number.checked_sub(1).map(|place| place % 780) else { return String::new() };
    let letter = char::from_u32(u32::from(first) + place % 26).unwrap_or(first);
    std::iter::repeat_n(letter, place as usize / 26 + 1).collect()
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in STEPS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

/// ① … ⑳, ㉑ … ㉟, ㊱ … ㊿: Unicode has them in three places.
fn circled() -> Vec<char> {
    ('①'..='⑳').chain('㉑'..='㉟').chain('㊱'..='㊿').collect()
}

fn from_list(number: u32, list: &[char]) -> String {
    let place = number.checked_sub(1).map(|place| place as usize);
    place.and_then(|place| list.get(place)).map_or_else(|| number.to_string(), char::to_string)
}

/// A run of `count` characters that begins with the sign for one.
fn enclosed(number: u32, one: char, count: u32) -> String {
    let sign = (1..=count).contains(&number).then(|| char::from_u32(u32::from(one) + number - 1)).flatten();
    sign.map_or_else(|| number.to_string(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, numbers, expected) in [
            ("chineseCounting", &[1, 10, 11, 20, 99, 101][..], "一 十 十一 二十 九十九 一〇一"),
            (
                "chineseCountingThousand",
                &[10, 100, 101, 110, 1001, 9999, 10000],
                "十 一百 一百零一 一百一十 一千零一 九千九百九十九 10000",
            ),
            ("taiwaneseCountingThousand", &[12, 105], "十二 一百零五"),
            ("japaneseCounting", &[10, 100, 101, 1000], "十 百 百一 千"),
            ("chineseLegalSimplified", &[1, 10, 21, 100], "壹 壹拾 贰拾壹 壹佰"),
            ("ideographDigital", &[10, 25, 101], "一〇 二五 一〇一"),
            ("decimalEnclosedCircleChinese", &[1, 10, 21, 50, 51], "① ⑩ ㉑ ㊿ 51"),
            ("decimalEnclosedParen", &[1, 20, 21], "⑴ ⒇ 21"),
            ("decimalFullWidth", &[10, 25], "１０ ２５"),
            ("decimalZero", &[1, 10], "01 10"),
            ("lowerLetter", &[1, 26, 27, 781], "a z aa a"),
            ("upperLetter", &[2], "B"),
            ("upperRoman", &[4, 1994, 4000], "IV MCMXCIV 4000"),
            ("lowerRoman", &[9], "ix"),
            ("ideographTraditional", &[1, 10, 11], "甲 癸 11"),
            ("none", &[1], ""),
        ] {
            let written: Vec<_> = numbers.iter().map(|number| write(format, *number).unwrap()).collect();
            assert_eq!(written.join(" "), expected, "{format}");
        }
        assert_eq!(write("klingon", 1), None);
        assert_eq!(write("decimalEnclosedCircle", 0).unwrap(), "0");
        assert_eq!(write("lowerLetter", u32::MAX).unwrap().len(), 10);
    }
}
