//! Numbers of headings in other figures: 第3章 ↔ 第三章, （3） ↔ （三）, 3、 ↔ 三、.
//!
//! [`others`] takes the text of a term and gives its spellings with the same numbers in the other figures. Only numbers in a
//! numbering position count: between 第 and a word of counting, in brackets up to 99 (a year in brackets is none), and at the very
//! beginning before 、. 三农, 500强 and 2021年 stay as they are. Linear in the text; bounded in what it gives.

use std::ops::Range;

use super::clause::{Form, Origin};
use crate::text::fold;
use crate::text::numeral::{self, Numeral, Script};

/// What 第N may count.
const COUNTED: [&str; 20] = [
    "编", "篇", "章", "节", "条", "款", "项", "目", "部分", "分编", "批", "届", "次", "号", "期", "轮", "类", "步", "阶段", "季度",
];

/// The largest number in brackets or before 、: what is larger is no number of a heading.
const MOST_MARKED: u32 = 99;

/// The largest number that is written out in Chinese.
const MOST_COUNTED: u32 = 9999;

/// How many other spellings a term has at most.
const MOST_FORMS: usize = 8;

/// A number in a numbering position and its other spellings, best first; never empty.
struct Number {
    span: Range<usize>,
    others: Vec<String>,
}

/// The spellings of `text` with its numbers in other figures; none where it has no number in a numbering position.
#[must_use]
pub(super) fn others(text: &str) -> Vec<Form> {
    let numbers = numbers(text);
    let mut forms: Vec<Form> = Vec::new();
    let own = fold::folded(text);
    for choice in choices(&numbers) {
        let spelled = spell(text, &numbers, &choice);
        let folded = fold::folded(&spelled);
        if folded != own && forms.iter().all(|form| form.folded != folded) {
            forms.push(Form { text: spelled, folded, origin: Origin::Numeral });
        }
    }
    forms
}

/// Which spelling of each number to take, 0 being its own: all of them changed first, then every other way to choose.
fn choices(numbers: &[Number]) -> Vec<Vec<usize>> {
    if numbers.is_empty() {
        return Vec::new();
    }
    let mut choices = vec![vec![1; numbers.len()]];
    let mut next = vec![0; numbers.len()];
    while choices.len() < MOST_FORMS {
        let Some(at) = numbers.iter().zip(&next).position(|(number, chosen)| *chosen < number.others.len()) else { break };
        next.iter_mut().take(at).for_each(|chosen| *chosen = 0);
        if let Some(chosen) = next.get_mut(at) {
            *chosen += 1;
        }
        if next.iter().any(|chosen| *chosen != 1) {
            choices.push(next.clone());
        }
    }
    choices
}

fn spell(text: &str, numbers: &[Number], choice: &[usize]) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut reached = 0;
    for (number, chosen) in numbers.iter().zip(choice) {
        let other = chosen.checked_sub(1).and_then(|other| number.others.get(other));
        let own = text.get(number.span.clone()).unwrap_or_default();
        spelled.push_str(text.get(reached..number.span.start).unwrap_or_default());
        spelled.push_str(other.map_or(own, String::as_str));
        reached = number.span.end;
    }
    spelled.push_str(text.get(reached..).unwrap_or_default());
    spelled
}

/// The numbers in numbering positions, in order; no more of them than can be varied.
fn numbers(text: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let leading = numeral::leading(text).filter(|first| {
        let after = text.get(first.len..).unwrap_or_default();
        first.value <= MOST_MARKED && after.starts_with('、')
    });
    numbers.extend(leading.and_then(|first| number(text, 0..first.len)));
    for (at, character) in text.char_indices() {
        if numbers.len() >= MOST_FORMS {
            break;
        }
        let start = at + character.len_utf8();
        let after = text.get(start..).unwrap_or_default();
        let span = match character {
            '第' => counted(after),
            '(' | '（' => bracketed(after),
            _ => None,
        };
        numbers.extend(span.and_then(|span| number(text, start + span.start..start + span.end)));
    }
    numbers
}

/// The number in 第N章, 第 is before.
fn counted(after: &str) -> Option<Range<usize>> {
    let (numeral, span, rest) = spaced(after)?;
    let word = rest.trim_start();
    let fits = (1..=MOST_COUNTED).contains(&numeral.value) && COUNTED.iter().any(|counted| word.starts_with(counted));
    fits.then_some(span)
}

/// The number in （N）, the opening bracket is before.
fn bracketed(after: &str) -> Option<Range<usize>> {
    let (numeral, span, rest) = spaced(after)?;
    let closed = rest.trim_start().starts_with([')', '）']);
    ((1..=MOST_MARKED).contains(&numeral.value) && closed).then_some(span)
}

/// A numeral after white space or at once, where it is, and what follows.
fn spaced(after: &str) -> Option<(Numeral, Range<usize>, &str)> {
    let trimmed = after.trim_start();
    let start = after.len() - trimmed.len();
    let numeral = numeral::leading(trimmed)?;
    Some((numeral, start..start + numeral.len, trimmed.get(numeral.len..)?))
}

/// The number at this place in other figures; none where it has no other spelling.
fn number(text: &str, span: Range<usize>) -> Option<Number> {
    let written = text.get(span.clone())?;
    let numeral = numeral::leading(written)?;
    let arabic = numeral.value.to_string();
    let others = match numeral.script {
        Script::Arabic => han(numeral.value),
        Script::Han => std::iter::once(arabic).chain(han(numeral.value).into_iter().filter(|other| other != written)).collect(),
        Script::Circled => Vec::new(),
    };
    (!others.is_empty()).then_some(Number { span, others })
}

/// A value written in Chinese: 十二, 一百零五 and with 〇 beside it.
fn han(value: u32) -> Vec<String> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut written = String::new();
    let mut gap = false;
    for (unit, sign) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / unit % 10;
        if digit == 0 {
            gap = !written.is_empty();
            continue;
        }
        if gap {
            written.push('零');
            gap = false;
        }
        // 十二, not 一十二; but 一百一十二.
        if !(unit == 10 && digit == 1 && written.is_empty()) {
            written.extend(DIGITS.get(digit as usize));
        }
        written.push_str(sign);
    }
    let round = written.replace('零', "〇");
    if written.is_empty() || value > MOST_COUNTED {
        Vec::new()
    } else if round == written {
        vec![written]
    } else {
        vec![written, round]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> Vec<String> {
        others(text).into_iter().map(|form| form.text).collect()
    }

    #[test]
    fn numbers_of_headings_are_found_in_both_figures() {
        for (typed, expected) in [
            ("第3章", "第三章"),
            ("第三章", "第3章"),
            ("第十二条", "第12条"),
            ("第１２条", "第十二条"),
            ("（3）", "（三）"),
            ("（三）", "（3）"),
            ("(十一)促进消费", "(11)促进消费"),
            ("三、发展目标", "3、发展目标"),
            ("3、发展目标", "三、发展目标"),
            ("国令第707号", "国令第七百零七号"),
            ("第110条", "第一百一十条"),
            ("第二十条之一", "第20条之一"),
            ("第二部分", "第2部分"),
            ("第 3 章", "第 三 章"),
            ("第1020条", "第一千零二十条"),
        ] {
            assert_eq!(spelled(typed).first().map(String::as_str), Some(expected), "{typed}");
        }
        assert_eq!(spelled("第105条"), ["第一百零五条", "第一百〇五条"]);
        assert_eq!(spelled("第一百〇五条"), ["第105条", "第一百零五条"]);
    }

    #[test]
    fn other_numbers_stay_as_they_are() {
        for typed in
            ["三农", "500强", "湘政办发（2021）57号", "第三方", "第二产业", "2021年", "（三类）", "第〇章", "三，四", "①", "一", ""]
        {
            assert_eq!(spelled(typed), [""; 0], "{typed}");
        }
    }

    #[test]
    fn several_numbers_vary_together_first_and_never_without_end() {
        assert_eq!(spelled("第4章（三）"), ["第四章（3）", "第四章（三）", "第4章（3）"]);
        let many = "（一）".repeat(40);
        assert_eq!(spelled(&many).len(), MOST_FORMS);
        assert!(spelled(&"第".repeat(1000)).is_empty());
    }

    #[test]
    fn every_number_is_written_as_it_is_read() {
        for value in 1..=MOST_COUNTED {
            for written in han(value) {
                assert_eq!(numeral::value(&written), Some(value), "{written}");
            }
        }
    }
}
