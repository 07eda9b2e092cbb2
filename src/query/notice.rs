//! What is said about a query that was not read as its writer may have meant it: [`Diagnostic`]s, one for a word at most.
//!
//! Only signs that look like operators are worth a word: `（三）`, `湘政办发[2021]57号`, `1:2` and addresses of web pages are plain text.

use super::input::Input;
use super::operators::{BRACKETS, COLONS, EITHER, EITHER_WORD, NOT, OPERATORS, QUOTES, closing};
use crate::diagnostic::{Bilingual, Diagnostic, Place};
use crate::text::numeral;

/// The code of every notice that something was searched literally.
pub const LITERAL: &str = "query-literal";

/// Longer quotations in a notice are cut.
const MOST_QUOTED: usize = 24;

/// The longest name before a colon that looks like the name of a field.
const LONGEST_NAME: usize = 8;

/// Why something was searched literally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// A sign that excludes, with nothing to exclude or twice.
    Dash,
    /// An exclusion as an alternative.
    ExcludedAlternative,
    /// Nothing but exclusions.
    OnlyExclusions,
    /// A sign for alternatives with nothing on one side.
    Dangling,
    /// AND or NOT, which are no operators here.
    OtherWord,
    /// A quotation mark without its partner.
    Quote,
    /// A bracket without its partner.
    Bracket,
    /// No field has this name.
    UnknownField,
    /// A field without a value.
    NoValue,
    /// A value that the field cannot have.
    Value,
    /// Not a group of two or more terms where one is wanted.
    NotTerms,
    /// More clauses than are read.
    TooMany,
    /// Brackets within brackets, too deep.
    TooDeep,
}

impl Reason {
    /// The notice that `text` was searched literally.
    pub(super) fn about(self, text: &str) -> Diagnostic {
        let mut shown: String = text.chars().take(MOST_QUOTED).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        let (chinese, english) = self.words();
        let message =
            Bilingual::new(format!("“{shown}”按原文检索：{chinese}"), format!("`{shown}` is searched for as it is: {english}"));
        let notice = Diagnostic::note(LITERAL, message, Place::default());
        match self.hint() {
            Some((chinese, english)) => notice.with_hint(Bilingual::new(chinese, english)),
            None => notice,
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Dash => ("这里的 - 不是排除", "this - excludes nothing"),
            Self::ExcludedAlternative => ("“或”的一项不能是排除", "an alternative cannot be an exclusion"),
            Self::OnlyExclusions => ("只有排除，没有要找的词", "there are only exclusions and nothing to find"),
            Self::Dangling => ("“或”的一边没有词", "an alternative is missing"),
            Self::OtherWord => ("这不是运算符", "this is no operator"),
            Self::Quote => ("引号不成对，或引号外紧跟文字", "a quotation mark is unpaired or has text attached to it"),
            Self::Bracket => ("括号不成对", "a bracket is unpaired"),
            Self::UnknownField => ("没有这个字段", "there is no such field"),
            Self::NoValue => ("冒号后没有内容", "nothing follows the colon"),
            Self::Value => ("这个字段不能取这个值", "the field cannot have this value"),
            Self::NotTerms => ("要有括号，括号里至少两个词", "brackets with at least two words are wanted"),
            Self::TooMany => ("检索式太长，从这里起作为一串文字", "the query is too long; from here on it is one string"),
            Self::TooDeep => ("括号套得太深", "the brackets are nested too deep"),
        }
    }

    fn hint(self) -> Option<(String, String)> {
        let hint = |chinese: &str, english: &str| Some((chinese.to_owned(), english.to_owned()));
        match self {
            Self::Dash | Self::OnlyExclusions => hint("排除请写：要找的词 -不要的词", "to exclude, type: wanted -unwanted"),
            Self::OtherWord => hint("空格即“且”，-词即“非”", "white space means and, -word means not"),
            Self::NoValue => hint("冒号后不要加空格", "put no space after the colon"),
            Self::UnknownField => {
                let names =
                    |pick: fn(&(&'static str, &'static str)) -> &'static str| -> Vec<&str> { fields().iter().map(pick).collect() };
                let (chinese, english) = (names(|names| names.0).join("、"), names(|names| names.1).join(", "));
                Some((format!("字段有：{chinese}"), format!("fields: {english}")))
            }
            Self::ExcludedAlternative
            | Self::Dangling
            | Self::Quote
            | Self::Bracket
            | Self::Value
            | Self::NotTerms
            | Self::TooMany
            | Self::TooDeep => None,
        }
    }
}

fn fields() -> Vec<(&'static str, &'static str)> {
    OPERATORS.iter().filter_map(|operator| operator.name.map(|name| (name.chinese, name.english))).collect()
}

/// Why a word that stands literally between `start` and `end` may have been meant otherwise; none where it is plain text.
pub(super) fn suspicion(input: &Input, start: usize, end: usize) -> Option<Reason> {
    let word = input.text(start..end);
    let first = word.chars().next()?;
    if NOT.contains(&first) && word.chars().nth(1).is_none_or(|next| NOT.contains(&next)) {
        return Some(Reason::Dash);
    }
    if matches!(word.as_str(), "AND" | "NOT" | "&" | "&&") {
        return Some(Reason::OtherWord);
    }
    if word == EITHER_WORD || word.contains(EITHER) {
        return Some(Reason::Dangling);
    }
    if is_like_a_field(&word) {
        return Some(Reason::UnknownField);
    }
    if quotes_are_uneven(&word) {
        return Some(Reason::Quote);
    }
    has_lone_bracket(input, start, end).then_some(Reason::Bracket)
}

/// 政策:创新, and no ratio, time or address of a web page.
fn is_like_a_field(word: &str) -> bool {
    let Some((name, value)) = word.split_once(COLONS) else { return false };
    let letters = !name.is_empty() && name.chars().all(char::is_alphabetic);
    letters && name.chars().take(LONGEST_NAME + 1).count() <= LONGEST_NAME && !value.is_empty() && !value.starts_with("//")
}

/// Whether some kind of quotation mark opens without closing or closes without opening.
fn quotes_are_uneven(word: &str) -> bool {
    let count = |mark: char| word.chars().filter(|character| *character == mark).count();
    QUOTES.iter().any(|(open, close)| if open == close { count(*open) % 2 == 1 } else { count(*open) != count(*close) })
}

/// Whether a bracket has no partner at all; 1) and 三） are numbers.
fn has_lone_bracket(input: &Input, start: usize, end: usize) -> bool {
    (start..end).any(|at| {
        let Some(bracket) = input.at(at, end) else { return false };
        let opens = closing(&BRACKETS, bracket).is_some();
        let closes = BRACKETS.iter().any(|(_, close)| *close == bracket);
        let after_number = || at.checked_sub(1).and_then(|before| input.at(before, end)).is_some_and(numeral::begins);
        (opens || (closes && !after_number())) && input.partner(at, input.end()).is_none()
    })
}
