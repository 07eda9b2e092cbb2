//! Format codes: their sections and what these consist of.
//!
//! Takes the code as written in the file, gives its sections. `#,##0.0%;[Red]-0.0%` has two of them, the first with a comma, digits, a
//! point and a sign.

use std::iter::Peekable;
use std::str::Chars;

/// Formats of Excel have at most 255 characters.
const LONGEST: usize = 512;

/// A part of a format code.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Written as it is.
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `/`: of a date or of a fraction.
    Slash,
    /// `E+`.
    Exponent,
    /// `yyyy`: the letter, in lower case, and how often.
    Date(char, usize),
    /// `[h]`: hours beyond a day.
    Elapsed(char, usize),
    /// `AM/PM` or `上午/下午`: the first and the second half of a day.
    Half(&'static str, &'static str),
    General,
    /// `@`.
    Text,
}

/// The numbers that a section is for: `[>=100]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    comparison: String,
    bound: f64,
}

impl Condition {
    /// Whether the section is for this number.
    pub(super) fn holds(&self, number: f64) -> bool {
        match self.comparison.as_str() {
            "<" => number < self.bound,
            "<=" => number <= self.bound,
            ">" => number > self.bound,
            ">=" => number >= self.bound,
            "<>" => (number - self.bound).abs() > f64::EPSILON,
            _ => (number - self.bound).abs() <= f64::EPSILON,
        }
    }
}

/// One of up to four sections.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    pub(super) condition: Option<Condition>,
    /// `[DBNum1]`: dates in Chinese numerals.
    pub(super) chinese: bool,
}

/// The sections of a code; `General` where there is none.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code.get(..code.len().min(LONGEST)).unwrap_or_default().chars().peekable();
    while let Some(first) = rest.next() {
        if first == ';' {
            sections.push(Section::default());
        } else if let Some(section) = sections.last_mut() {
            section.take(first, &mut rest);
        }
    }
    sections
}

impl Section {
    /// Takes the part that begins with `first`.
    fn take(&mut self, first: char, rest: &mut Peekable<Chars<'_>>) {
        let token = match first {
            '0' | '#' | '?' => Token::Digit(first),
            '.' => Token::Point,
            ',' => Token::Comma,
            '%' => Token::Percent,
            '/' => Token::Slash,
            '@' => Token::Text,
            '"' => {
                let literal = rest.by_ref().take_while(|character| *character != '"').collect();
                return self.literal(literal);
            }
            '\\' => return self.literal(rest.next().into_iter().collect()),
            // `_` leaves the width of a character, `*` fills the cell with one.
            '_' | '*' => {
                rest.next();
                return;
            }
            '[' => return self.bracket(&rest.by_ref().take_while(|character| *character != ']').collect::<String>()),
            _ => match Self::word(first, rest) {
                Some(token) => token,
                None => return self.literal(first.to_string()),
            },
        };
        self.tokens.push(token);
    }

    /// `yyyy`, `General`, `E+`, `AM/PM`: parts of several letters.
    fn word(first: char, rest: &mut Peekable<Chars<'_>>) -> Option<Token> {
        let mut skip = |word: &str| {
            let ahead: String = rest.clone().take(word.chars().count()).collect();
            let is_ahead = ahead.eq_ignore_ascii_case(word);
            if is_ahead {
                rest.nth(word.chars().count() - 1);
            }
            is_ahead
        };
        match first.to_ascii_lowercase() {
            'g' if skip("eneral") => Some(Token::General),
            'e' if skip("+") || skip("-") => Some(Token::Exponent),
            'a' if skip("m/pm") => Some(Token::Half("AM", "PM")),
            'a' if skip("/p") => Some(Token::Half("A", "P")),
            '上' if skip("午/下午") => Some(Token::Half("上午", "下午")),
            letter @ ('y' | 'm' | 'd' | 'h' | 's' | 'e' | 'a') => {
                let mut count = 1;
                while rest.next_if(|next| next.eq_ignore_ascii_case(&letter)).is_some() {
                    count += 1;
                }
                // A single `a` is a letter of a unit, `aaa` a day of the week.
                (letter != 'a' || count >= 3).then_some(Token::Date(letter, count))
            }
            _ => None,
        }
    }

    /// `[h]`, `[>=100]`, `[$¥-804]`, `[DBNum1]`; colours are not shown.
    fn bracket(&mut self, inner: &str) {
        let lower = inner.to_ascii_lowercase();
        let letter = lower.chars().next().filter(|letter| matches!(letter, 'h' | 'm' | 's'));
        if let Some(letter) = letter.filter(|letter| lower.chars().all(|other| other == *letter)) {
            self.tokens.push(Token::Elapsed(letter, lower.len()));
        } else if let Some(currency) = inner.strip_prefix('$') {
            self.literal(currency.split('-').next().unwrap_or_default().to_owned());
        } else if lower == "dbnum1" {
            self.chinese = true;
        } else {
            let bound = inner.trim_start_matches(['<', '>', '=']);
            let comparison = inner.strip_suffix(bound).unwrap_or_default();
            if let Some(bound) = bound.parse().ok().filter(|_| !comparison.is_empty()) {
                self.condition = Some(Condition { comparison: comparison.to_owned(), bound });
            }
        }
    }

    fn literal(&mut self, text: String) {
        if let Some(Token::Literal(before)) = self.tokens.last_mut() {
            before.push_str(&text);
        } else {
            self.tokens.push(Token::Literal(text));
        }
    }
}

/// The format codes that are known by their number (ISO/IEC 29500-1 §18.8.30), as a Chinese Excel shows them.
pub(in crate::extract::workbook) fn built_in(number: u32) -> Option<&'static str> {
    Some(match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "¥#,##0;¥-#,##0",
        7 | 8 => "¥#,##0.00;¥-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0;-#,##0;\"-\"",
        42 => "¥#,##0;¥-#,##0;¥\"-\"",
        43 => "#,##0.00;-#,##0.00;\"-\"",
        44 => "¥#,##0.00;¥-#,##0.00;¥\"-\"",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        _ => return None,
    })
}
