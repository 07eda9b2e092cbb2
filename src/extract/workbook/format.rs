//! Number formats: how a spreadsheet shows a number (ISO/IEC 29500-1 §18.8.30 and §18.8.31).
//!
//! Takes a number and a format code, gives what stands in the cell: `0.0%` shows 0.073 as 7.3%, `yyyy"年"m"月"d"日"` a day as 2025年1月1日.
//! Numbers have fifteen digits, so that 0.1+0.2 is 0.3. Colours, widths and fractions (`# ?/?`) are not shown: the number itself is.

mod codes;

use super::date::{DateSystem, Moment, moment};
pub(super) use codes::built_in;
use codes::{Section, Token, sections};

/// Decimal places that a format may ask for.
const MOST_PLACES: usize = 30;

/// What a cell with this number and this format shows.
pub(super) fn displayed(number: f64, code: &str, system: DateSystem) -> String {
    let sections = sections(code);
    let Some((section, signed)) = chosen(&sections, number) else { return general(number) };
    let has = |wanted: fn(&Token) -> bool| section.tokens.iter().any(wanted);
    if has(|token| matches!(token, Token::Date(..) | Token::Elapsed(..))) {
        return match moment(number, system) {
            Some(moment) => date(section, moment),
            None => general(number),
        };
    }
    let has_digits = has(|token| matches!(token, Token::Digit(_)));
    if section.tokens.is_empty() || has(|token| matches!(token, Token::Slash)) && has_digits {
        return general(number);
    }
    let shown = if signed { number } else { number.abs() };
    let mut text = String::new();
    let mut figures = Some(shown).filter(|_| has_digits).map(|shown| figures(section, shown));
    // A sign stands before everything, also before ¥.
    if figures.as_ref().is_some_and(|figures| figures.starts_with('-')) {
        text.push('-');
    }
    for token in &section.tokens {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Percent => text.push('%'),
            Token::Slash => text.push('/'),
            Token::General | Token::Text => text.push_str(&general(shown)),
            Token::Digit(_) => text.push_str(figures.take().unwrap_or_default().trim_start_matches('-')),
            Token::Point | Token::Comma | Token::Exponent | Token::Date(..) | Token::Elapsed(..) | Token::Half(..) => {}
        }
    }
    text
}

/// The section for a number, and whether the number still shows its sign in it.
fn chosen(sections: &[Section], number: f64) -> Option<(&Section, bool)> {
    // The fourth section is for text.
    let numeric = sections.get(..sections.len().min(3)).unwrap_or_default();
    let last = numeric.len().saturating_sub(1);
    let (at, section) = numeric.iter().enumerate().find(|(at, section)| match (&section.condition, at) {
        (Some(condition), _) => condition.holds(number),
        (None, at) if *at == last => true,
        (None, 0) => {
            if numeric.len() == 2 {
                number >= 0.0
            } else {
                number > 0.0
            }
        }
        (None, _) => number < 0.0,
    })?;
    let signed = at == 0 || section.condition.is_some();
    Some((section, signed))
}

/// A number without a format: up to eleven characters, as cells are wide; whole numbers in full.
pub(super) fn general(number: f64) -> String {
    if number.abs() >= 1e15 || (number != 0.0 && number.abs() < 1e-9) {
        let written = format!("{number:.5E}");
        let (mantissa, exponent) = written.split_once('E').unwrap_or((&written, "0"));
        let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
        return format!("{mantissa}E{sign}{exponent:0>2}");
    }
    let whole = rounded(number, 0, 0).trim_start_matches('-').len();
    let written = rounded(number, 0, 10usize.saturating_sub(whole));
    let written = if written.contains('.') { written.trim_end_matches('0').trim_end_matches('.') } else { &written };
    if written == "-0" { "0".to_owned() } else { written.to_owned() }
}

/// A number with so many decimal places, `shift` places larger than it is: halves are rounded up, after fifteen digits.
fn rounded(number: f64, shift: i32, places: usize) -> String {
    let written = format!("{:.14e}", number.abs());
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent = exponent.parse::<i32>().unwrap_or(0).saturating_add(shift);
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    // The first digit is that of 10^exponent; there are as many before the point as `whole`.
    let leading = usize::try_from(-exponent).unwrap_or(0);
    digits.splice(0..0, std::iter::repeat_n(0, leading));
    let whole = usize::try_from(exponent).unwrap_or(0) + 1;
    let kept = whole + places;
    let up = digits.get(kept).is_some_and(|digit| *digit >= 5);
    digits.resize(kept, 0);
    let mut carry = up;
    for digit in digits.iter_mut().rev().take_while(|_| up) {
        if carry {
            (*digit, carry) = if *digit == 9 { (0, true) } else { (*digit + 1, false) };
        }
    }
    let mut text = String::from(if number < 0.0 && (carry || digits.iter().any(|digit| *digit > 0)) { "-" } else { "" });
    if carry {
        text.push('1');
    }
    for (at, digit) in digits.iter().enumerate() {
        if at == whole {
            text.push('.');
        }
        text.push(char::from(b'0' + digit));
    }
    text
}

/// The digits that a section shows, with sign, groups and decimal places.
fn figures(section: &Section, number: f64) -> String {
    let tokens = &section.tokens;
    let point = tokens.iter().position(|token| matches!(token, Token::Point)).unwrap_or(tokens.len());
    let exponent = tokens.iter().position(|token| matches!(token, Token::Exponent)).unwrap_or(tokens.len());
    let within = |range: std::ops::Range<usize>| tokens.get(range).unwrap_or_default();
    let digits = |range| within(range).iter().filter_map(|token| if let Token::Digit(kind) = token { Some(*kind) } else { None });
    let places = digits(point.min(exponent)..exponent).count().min(MOST_PLACES);
    let fixed = digits(point.min(exponent)..exponent).filter(|kind| *kind == '0').count().min(places);
    if exponent < tokens.len() {
        let written = format!("{number:.places$E}");
        let (mantissa, power) = written.split_once('E').unwrap_or((&written, "0"));
        let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
        return format!("{mantissa}E{sign}{power:0>2}");
    }
    let last_digit = within(0..point).iter().rposition(|token| matches!(token, Token::Digit(_))).unwrap_or(0);
    let commas = |range| within(range).iter().filter(|token| matches!(token, Token::Comma)).count();
    let thousands = i32::try_from(commas(last_digit..point)).unwrap_or(0);
    let percents = tokens.iter().filter(|token| matches!(token, Token::Percent)).count();
    let shift = 2 * i32::try_from(percents).unwrap_or(0) - 3 * thousands;
    let written = rounded(number, shift.clamp(-30, 30), places);
    let (sign, written) = written.strip_prefix('-').map_or(("", written.as_str()), |rest| ("-", rest));
    let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
    let least = digits(0..point).filter(|kind| *kind == '0').count().min(MOST_PLACES);
    let whole = format!("{:0>least$}", if whole == "0" { "" } else { whole });
    let whole = if commas(0..last_digit) > 0 { grouped(&whole) } else { whole };
    let optional = decimals.trim_end_matches('0').len().max(fixed);
    let decimals: String = decimals.chars().take(optional).collect();
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
}

/// 12345 is 12,345.
fn grouped(whole: &str) -> String {
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A day or a time as the section writes it.
fn date(section: &Section, at: Moment) -> String {
    let halves = section.tokens.iter().any(|token| matches!(token, Token::Half(..)));
    let mut text = String::new();
    let mut after_point = false;
    for (place, token) in section.tokens.iter().enumerate() {
        let is_point = matches!(token, Token::Point);
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Half(morning, evening) => text.push_str(if at.hour < 12 { morning } else { evening }),
            Token::Date('m', count) if *count < 3 && is_minute(&section.tokens, place) => text.push_str(&padded(at.minute, *count)),
            Token::Date('h', count) if halves => text.push_str(&padded((at.hour + 11) % 12 + 1, *count)),
            Token::Date(letter, count) => text.push_str(&part(section.chinese, at, *letter, *count)),
            Token::Elapsed('h', count) => text.push_str(&padded(at.elapsed / 3600, *count)),
            Token::Elapsed('m', count) => text.push_str(&padded(at.elapsed / 60, *count)),
            Token::Elapsed(_, count) => text.push_str(&padded(at.elapsed, *count)),
            Token::Slash => text.push('/'),
            Token::Comma => text.push(','),
            // Seconds are whole: their decimals (ss.00) are not shown, and neither is the point before them.
            Token::Point if !matches!(section.tokens.get(place + 1), Some(Token::Digit(_))) => text.push('.'),
            Token::Digit(_) if !after_point => text.push('0'),
            Token::Digit(_) | Token::Point | Token::Percent | Token::Exponent | Token::General | Token::Text => {}
        }
        after_point = is_point || after_point && matches!(token, Token::Digit(_));
    }
    text
}

/// `m` is a minute after hours and before seconds, else a month.
fn is_minute(tokens: &[Token], place: usize) -> bool {
    let letter = |token: &Token| match token {
        Token::Date(letter, _) | Token::Elapsed(letter, _) => Some(*letter),
        Token::Literal(_)
        | Token::Half(..)
        | Token::Digit(_)
        | Token::Point
        | Token::Comma
        | Token::Percent
        | Token::Slash
        | Token::Exponent
        | Token::General
        | Token::Text => None,
    };
    let (before, after) = tokens.split_at_checked(place).unwrap_or_default();
    before.iter().rev().find_map(letter) == Some('h') || after.iter().skip(1).find_map(letter) == Some('s')
}

fn padded(number: i64, count: usize) -> String {
    format!("{number:0>width$}", width = count.min(2))
}

/// One part of a date; `chinese` writes it in Chinese numerals (二〇二五年).
fn part(chinese: bool, at: Moment, letter: char, count: usize) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    const CHINESE_DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];
    let name = |names: &[&'static str], at: usize| names.get(at).copied().unwrap_or_default();
    let number = |number: i64| if chinese { chinese_number(number) } else { padded(number, count) };
    match (letter, count) {
        ('y', 1..=2) => padded(at.year.rem_euclid(100), 2),
        ('y' | 'e', _) if chinese => {
            at.year.to_string().chars().map(|digit| name(&DIGITS, digit.to_digit(10).unwrap_or(0) as usize)).collect()
        }
        ('y' | 'e', _) => at.year.to_string(),
        ('m', 1..=2) => number(i64::try_from(at.month).unwrap_or(1)),
        ('m', 3) => name(&MONTHS, at.month - 1).chars().take(3).collect(),
        ('m', _) => name(&MONTHS, at.month - 1).to_owned(),
        ('d', 1..=2) => number(at.day),
        ('d', 3) => name(&DAYS, at.weekday).chars().take(3).collect(),
        ('d', _) => name(&DAYS, at.weekday).to_owned(),
        ('a', 3) => name(&CHINESE_DAYS, at.weekday).to_owned(),
        ('a', _) => format!("星期{}", name(&CHINESE_DAYS, at.weekday)),
        ('h', _) => number(at.hour),
        (_, _) => number(at.second),
    }
}

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// 1 to 99 as dates write them: 十, 十二, 二十, 三十一.
fn chinese_number(number: i64) -> String {
    let digit = |digit: i64| usize::try_from(digit).ok().and_then(|digit| DIGITS.get(digit)).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (tens, ones) => {
            let (tens, ones) = (if tens == 1 { "" } else { digit(tens) }, if ones == 0 { "" } else { digit(ones) });
            format!("{tens}十{ones}")
        }
    }
}

#[cfg(test)]
mod tests;
