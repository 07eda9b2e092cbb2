//! Labels: the number at the beginning of a line, as written.
//!
//! Reads forms only (GB/T 9704-2012 §7.3.3: 一、（一）1.（1）; 立法技术规范: 编、章、节、条). Whether the line is a heading is for
//! `candidate` and `sequence` to say.

use crate::document::numbering::Form;
use crate::text::numeral::{self, Script};

use super::line::is_space;
use super::rank::Rank;

/// A number at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) rank: Rank,
    pub(super) form: Form,
    /// The value; of a decimal number the last step.
    pub(super) value: u32,
    /// The number after 之, 0 where there is none.
    pub(super) insertion: u32,
    /// All steps of a decimal number; empty for the others.
    pub(super) steps: Vec<u32>,
    /// Its length in bytes, the mark after the number included.
    pub(super) len: usize,
}

/// What is left of a line while its label is read.
#[derive(Clone, Copy)]
struct Rest<'text>(&'text str);

impl Rest<'_> {
    fn skip_space(self) -> Self {
        Self(self.0.trim_start_matches(|character| is_space(character) && character != '\n'))
    }

    fn word(self, word: &str) -> Option<Self> {
        self.0.strip_prefix(word).map(Self)
    }

    fn any(self, characters: &[char]) -> Option<Self> {
        self.0.strip_prefix(characters).map(Self)
    }

    fn numeral(self) -> Option<(u32, Script, Self)> {
        let numeral = numeral::leading(self.0)?;
        (numeral.value > 0).then_some((numeral.value, numeral.script, Self(self.0.get(numeral.len..)?)))
    }

    fn starts_with_digit(self) -> bool {
        self.0.chars().next().is_some_and(|character| numeral::arabic_digit(character).is_some())
    }

    /// 2021年底前, 5月底前.
    fn starts_with_date(self) -> bool {
        self.numeral().is_some_and(|(_, _, rest)| rest.any(&['年', '月', '日']).is_some())
    }
}

/// Words after 第 and a numeral that make a heading, the longer before the shorter.
const DIVISIONS: [(&str, Rank, Form); 11] = [
    ("部分", Rank::Part, Form::Part),
    ("分编", Rank::SubPart, Form::Part),
    ("编", Rank::Part, Form::Part),
    ("編", Rank::Part, Form::Part),
    ("篇", Rank::Part, Form::Part),
    ("章", Rank::Chapter, Form::Chapter),
    ("節", Rank::Section, Form::Section),
    ("节", Rank::Section, Form::Section),
    ("條", Rank::Article, Form::Article),
    ("条", Rank::Article, Form::Article),
    ("部", Rank::Part, Form::Part),
];

/// The label at the beginning of `text`, which begins with a visible character.
pub(super) fn read(text: &str) -> Option<Label> {
    let label = division(text).or_else(|| bracketed(text)).or_else(|| plain(text))?;
    (label.value < 10_000).then_some(label)
}

/// 第一章, 第 1 节, 第一百二十条之一.
fn division(text: &str) -> Option<Label> {
    let (value, script, rest) = Rest(text).word("第")?.skip_space().numeral()?;
    let rest = rest.skip_space();
    let ((rank, form), rest) = DIVISIONS.iter().find_map(|(word, rank, form)| Some(((*rank, *form), rest.word(word)?)))?;
    if script == Script::Circled || (rank == Rank::Part && text.contains("部门")) {
        return None;
    }
    let inserted = rest.word("之").and_then(Rest::numeral);
    let (insertion, rest) = inserted.map_or((0, rest), |(insertion, _, rest)| (insertion, rest));
    Some(Label { rank, form, value, insertion, steps: Vec::new(), len: text.len() - rest.0.len() })
}

/// （一）, (1), （ 一 ）, and 1） without its first half.
fn bracketed(text: &str) -> Option<Label> {
    let (opened, rest) = match Rest(text).any(&['（', '(', '﹙']) {
        Some(rest) => (true, rest.skip_space()),
        None => (false, Rest(text)),
    };
    let (value, script, rest) = rest.numeral()?;
    let rest = rest.skip_space().any(&['）', ')', '﹚'])?;
    let (rank, form) = match script {
        Script::Han if opened => (Rank::BracketedHan, Form::BracketedHan),
        Script::Arabic if value < 1000 => (Rank::BracketedArabic, Form::BracketedArabic),
        Script::Han | Script::Arabic | Script::Circled => return None,
    };
    // （一）、标题 is written too; （一）、（二）项 is a reference.
    let rest = rest.word("、").filter(|after| after.any(&['（', '(']).is_none()).unwrap_or(rest);
    Some(Label { rank, form, value, insertion: 0, steps: Vec::new(), len: text.len() - rest.0.len() })
}

/// 一、 1. 1、 1.1 ① and, for the first step of decimal numbering, 1 with white space after it.
fn plain(text: &str) -> Option<Label> {
    if text.starts_with(|first: char| first.is_ascii_uppercase()) {
        return decimal(text);
    }
    let (value, script, rest) = Rest(text).numeral()?;
    let label = |rank, form, rest: Rest<'_>| {
        Some(Label { rank, form, value, insertion: 0, steps: Vec::new(), len: text.len() - rest.0.len() })
    };
    match script {
        Script::Circled => label(Rank::Circled, Form::Circled, rest),
        Script::Han => label(Rank::Han, Form::Han, rest.skip_space().any(&['、', '．', '﹑'])?),
        Script::Arabic => {
            if let Some(decimal) = decimal(text) {
                return Some(decimal);
            }
            match rest.any(&['.', '．', '、', '﹒']).filter(|after| !after.starts_with_digit() || after.starts_with_date()) {
                Some(rest) => label(Rank::Arabic, Form::Arabic, rest),
                None if rest.0.starts_with(is_space) => label(Rank::Decimal(1), Form::Decimal { depth: 1 }, rest)
                    .filter(|label| label.value < 100)
                    .map(|label| Label { steps: vec![value], ..label }),
                None => None,
            }
        }
    }
}

/// 1.1, 4.3.2, 1．1: two to four numbers with points between them; B.1.2 in 附录B, whose letter counts as its number.
fn decimal(text: &str) -> Option<Label> {
    let mut steps = Vec::new();
    let mut rest = Rest(text);
    if let Some(letter) = text.bytes().next().filter(u8::is_ascii_uppercase)
        && let Some(after) = text.get(1..).and_then(|after| Rest(after).any(&['.', '．']))
    {
        steps.push(u32::from(letter - b'A') + 1);
        rest = after;
    }
    loop {
        let (value, script, after) = rest.numeral()?;
        if script != Script::Arabic || value > 99 {
            return None;
        }
        steps.push(value);
        rest = after;
        match rest.any(&['.', '．']) {
            Some(after) if after.starts_with_digit() => rest = after,
            Some(after) => {
                rest = after;
                break;
            }
            None => break,
        }
    }
    // 1．2021年底前, 2.5月底前: a date follows the number.
    if rest.any(&['年', '月', '日']).is_some() {
        return None;
    }
    let depth = u8::try_from(steps.len()).ok().filter(|depth| (2..=4).contains(depth))?;
    let value = steps.last().copied()?;
    let form = Form::Decimal { depth };
    Some(Label { rank: Rank::Decimal(depth), form, value, insertion: 0, steps, len: text.len() - rest.0.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (text, label, rank, value) in [
            ("第一章  发展基础", "第一章", Rank::Chapter, 1),
            ("第 12 节 乡镇", "第 12 节", Rank::Section, 12),
            ("第二编 分则", "第二编", Rank::Part, 2),
            ("第一分编 通则", "第一分编", Rank::SubPart, 1),
            ("第一部分 总体", "第一部分", Rank::Part, 1),
            ("第一百二十条之一 资助", "第一百二十条之一", Rank::Article, 120),
            ("一、发展", "一、", Rank::Han, 1),
            ("（四）探索", "（四）", Rank::BracketedHan, 4),
            ("(十)探索", "(十)", Rank::BracketedHan, 10),
            ("1.推进", "1.", Rank::Arabic, 1),
            ("１．推进", "１．", Rank::Arabic, 1),
            ("12、推进", "12、", Rank::Arabic, 12),
            ("（3）推进", "（3）", Rank::BracketedArabic, 3),
            ("3）推进", "3）", Rank::BracketedArabic, 3),
            ("③推进", "③", Rank::Circled, 3),
            ("4.3.2 推进", "4.3.2", Rank::Decimal(3), 2),
            ("1.1“五个中心”", "1.1", Rank::Decimal(2), 1),
            ("2　组织", "2", Rank::Decimal(1), 2),
        ] {
            let read = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((text.get(..read.len).unwrap(), read.rank, read.value), (label, rank, value), "{text}");
        }
    }

    #[test]
    fn what_is_no_label_is_not_read() {
        for text in ["2021年", "一是坚持", "十四五", "第三方", "〇、", "（一", "1", "", "𠮷、", "100.5亿元", "（2021）", "0.5"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
