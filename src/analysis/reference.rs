//! What a text refers to: 《title》（文号）, a bare 文号, 第四章 or 附件2 of the document itself, a note by its sign.
//!
//! Takes the text of a unit, gives the references in it in order, as data; whether there is such a document or place is for others to
//! find out. A number at the very beginning is the unit's own and refers to nothing.

use std::ops::Range;

use crate::query::address::{self, Pattern, PatternStep};
use crate::text::book_mark;
use crate::text::fold::folded;

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// What it names.
    pub mention: Mention,
}

/// What is referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mention {
    /// A document, and perhaps a place in it.
    Document {
        /// The title between book marks.
        title: Option<String>,
        /// 文号, with what stands before it in the text where it has no brackets of its own: 依据湘政办发〔2021〕57号.
        number: Option<String>,
        /// The place in it.
        place: Option<Pattern>,
    },
    /// A place in the document that the text is from.
    Place(Pattern),
    /// A note, by its sign, such as `[1]` or `[^1]`.
    Note(String),
}

/// The places of a text, no longer than this, in characters: 第一百二十条之一第二款第三项.
const LONGEST_PLACE: usize = 24;
/// The characters of an agency and year before a number, at most: 中共湖南省委办公厅、…发〔2021〕.
const LONGEST_AGENCY: usize = 12;
/// The bytes of a note's name in Markdown, at most.
const LONGEST_NAME: usize = 64;

/// All references of a text, in order; none lies in another.
#[must_use]
pub fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = rest.chars().next().map_or(1, char::len_utf8);
        match titled(rest).or_else(|| numbered(text, at)).or_else(|| placed(text, at)).or_else(|| note(text, at)) {
            Some((length, mention)) => {
                found.push(Reference { span: at..at + length, mention });
                at += length.max(step);
            }
            None => at += step,
        }
    }
    found
}

/// 《title》（文号）第四章: its length and what it names.
fn titled(rest: &str) -> Option<(usize, Mention)> {
    let (title, mut after) = book_mark::closed(rest.strip_prefix('《')?)?;
    let bracketed = after.strip_prefix(['（', '(']).and_then(|inner| {
        let (number, after) = inner.split_once(['）', ')'])?;
        (number.ends_with('号') && number.contains(|character: char| character.is_ascii_digit())).then_some((number, after))
    });
    let number = bracketed.map(|(number, after_number)| {
        after = after_number;
        number.to_owned()
    });
    let place = place(after);
    let length = rest.len() - after.len() + place.as_ref().map_or(0, |(length, _)| *length);
    let title = Some(title.split_whitespace().collect());
    Some((length, Mention::Document { title, number, place: place.map(|(_, pattern)| pattern) }))
}

/// 湘政办发〔2021〕57号, found at its year.
fn numbered(text: &str, at: usize) -> Option<(usize, Mention)> {
    let (before, rest) = text.split_at_checked(at)?;
    let inner = rest.strip_prefix(['〔', '[', '［'])?;
    let (year, after) = inner.split_once(['〕', ']', '］'])?;
    let after = after.strip_prefix('第').unwrap_or(after);
    let digits = after.len() - after.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let after = after.get(digits..)?.strip_prefix('号')?;
    let is_year = year.len() == 4 && year.chars().all(|character| character.is_ascii_digit());
    let length = rest.len() - after.len();
    let is_agency = |character: &char| character.is_alphabetic();
    let agency: Vec<char> = before.chars().rev().take_while(is_agency).take(LONGEST_AGENCY).collect();
    let agency: String = agency.into_iter().rev().collect();
    let number = format!("{agency}{}", rest.get(..length)?);
    (is_year && digits > 0 && !agency.is_empty())
        .then_some((length, Mention::Document { title: None, number: Some(number), place: None }))
}

/// 第四章, 附件2, 见表1 of the document itself.
fn placed(text: &str, at: usize) -> Option<(usize, Mention)> {
    let (before, rest) = text.split_at_checked(at)?;
    let is_own = before.trim().is_empty();
    let begins = rest.starts_with('第') || rest.starts_with("附件") || rest.starts_with("专栏");
    let is_table = rest.starts_with('表') && before.ends_with(['见', '如', '（', '(']);
    if is_own || !(begins || is_table) {
        return None;
    }
    let (length, pattern) = place(rest)?;
    Some((length, Mention::Place(pattern)))
}

/// The longest address at the beginning of a text that names a division, an annex, a box or a table.
fn place(rest: &str) -> Option<(usize, Pattern)> {
    if !rest.starts_with(['第', '附', '专', '表']) {
        return None;
    }
    let mut ends: Vec<usize> = rest.char_indices().skip(2).take(LONGEST_PLACE).map(|(end, _)| end).collect();
    ends.extend(Some(rest.len()).filter(|_| ends.len() < LONGEST_PLACE));
    ends.into_iter().rev().find_map(|end| {
        let written = rest.get(..end)?;
        let is_tidy = written.ends_with(|last: char| last.is_alphanumeric() || last == '）' || last == ')');
        let pattern = address::parse(written).filter(|pattern| is_tidy && pattern.document.is_none())?;
        let names_division = matches!(pattern.steps.first()?, PatternStep::Written { .. } | PatternStep::Counted(..));
        names_division.then_some((end, pattern))
    })
}

/// `[1]`, a note, or `[^1]` in Markdown; years and 文号 stand in such brackets too.
fn note(text: &str, at: usize) -> Option<(usize, Mention)> {
    let (before, rest) = text.split_at_checked(at)?;
    let (sign, _) = rest.strip_prefix(['[', '［'])?.split_once([']', '］'])?;
    let is_number = (1..=3).contains(&sign.len()) && sign.chars().all(|character| character.is_ascii_digit());
    let is_name = sign
        .strip_prefix('^')
        .is_some_and(|name| !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(char::is_whitespace));
    let length = sign.len() + rest.chars().next()?.len_utf8() * 2;
    let sign = folded(rest.get(..length)?);
    ((is_number || is_name) && !before.trim().is_empty()).then_some((length, Mention::Note(sign)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> Vec<&str> {
        references(text).into_iter().filter_map(|reference| text.get(reference.span)).collect()
    }

    #[test]
    fn references_are_found_where_they_stand() {
        for (text, expected) in [
            ("根据《商务发展规划》和《关于〈纲要〉的通知》", vec!["《商务发展规划》", "《关于〈纲要〉的通知》"]),
            ("《办法》（湘政发〔2020〕3号）第四章", vec!["《办法》（湘政发〔2020〕3号）第四章"]),
            ("《民法典》第一百二十条之一第二款的规定", vec!["《民法典》第一百二十条之一第二款"]),
            ("按照湘政办发〔2021〕57号执行", vec!["〔2021〕57号"]),
            ("依照本办法第十七条第二款第三项处罚", vec!["第十七条第二款第三项"]),
            ("见本规划第四章三（四），详见附件2", vec!["第四章三（四）", "附件2"]),
            ("出口额见表1，代表1名", vec!["表1"]),
            ("增长较快[1]。", vec!["[1]"]),
            ("第十七条  总量居全国第1位", vec![]),
            ("易货贸易[^1]，结算[^本币]，[^ ]，[^]", vec!["[^1]", "[^本币]"]),
            ("[1] 数据来源：海关。", vec![]),
            ("[^1]: 以货换货。", vec![]),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn a_title_is_joined_and_keeps_its_number_and_place() {
        let found = references("依据《数字贸易\n促进办法》（丙政发〔2023〕8号）第三条。");
        let Some(Reference { mention: Mention::Document { title, number, place }, .. }) = found.into_iter().next() else {
            panic!()
        };
        assert_eq!(title.as_deref(), Some("数字贸易促进办法"));
        assert_eq!(number.as_deref(), Some("丙政发〔2023〕8号"));
        assert_eq!(place.map(|place| place.steps.len()), Some(1));
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_of_whole_characters(text in "[《》〔〕（）\\[\\]第附件表一四章条款号0-9a-z\\n𠮷]{0,40}") {
            let mut at = 0;
            for reference in references(&text) {
                prop_assert!(reference.span.start >= at && !reference.span.is_empty());
                prop_assert!(text.get(reference.span.clone()).is_some());
                at = reference.span.end;
            }
        }
    }
}
