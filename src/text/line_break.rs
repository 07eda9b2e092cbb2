//! Line breaking: where a Chinese text may be broken, and a text broken into lines of so many columns.
//!
//! The opportunities are those of UAX #14 with the tailoring that Chinese needs. UAX #14 cannot tell an opening “ from a closing ”,
//! so both are shown to it as 「 and 」 (of the same length in bytes); the dash —— is shown as a character that begins no line. On
//! top of that GB/T 15834-2011 §5.1 forbids some characters at the ends of a line, and a number keeps what belongs to it: 3000亿元,
//! 21.7%, 第1位, 第四章, 〔2021〕57号. What does not fit into a line even so is broken between graphemes.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::width::{Ambiguous, columns};

/// The room that a text is broken into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Columns of a line.
    pub columns: usize,
    /// Columns that the first line leaves free at its beginning (首行缩进).
    pub first_indent: usize,
    /// How wide ambiguous characters are.
    pub ambiguous: Ambiguous,
}

/// Breaks `text` into lines; the ranges of bytes follow each other without a gap from 0 to the end.
///
/// White space at the end of a line belongs to it and may stand out of the measure; a line feed ends its line. Linear in the text.
/// Gives no line for an empty text.
#[must_use]
pub fn wrap(text: &str, measure: &Measure) -> Vec<Range<usize>> {
    broken(text, measure, Marks::Inside)
}

/// Like [`wrap`], but a comma or full stop at the end of a line may hang out of the measure (标点悬挂) by its two columns.
#[must_use]
pub fn wrap_hanging(text: &str, measure: &Measure) -> Vec<Range<usize>> {
    broken(text, measure, Marks::Hanging)
}

/// Where a comma or full stop at the end of a line may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    Inside,
    Hanging,
}

fn broken(text: &str, measure: &Measure, marks: Marks) -> Vec<Range<usize>> {
    let mut lines = Lines { text, measure, marks, done: Vec::new(), start: 0, used: 0 };
    let mut from = 0;
    for (to, opportunity) in opportunities(text) {
        lines.place(from..to);
        if opportunity == BreakOpportunity::Mandatory {
            lines.close(to);
        }
        from = to;
    }
    lines.done
}

/// The lines so far and the one that is being filled.
struct Lines<'a> {
    text: &'a str,
    measure: &'a Measure,
    marks: Marks,
    done: Vec<Range<usize>>,
    start: usize,
    used: usize,
}

impl Lines<'_> {
    fn room(&self) -> usize {
        let indent = if self.done.is_empty() { self.measure.first_indent } else { 0 };
        self.measure.columns.saturating_sub(indent)
    }

    fn columns(&self, text: &str) -> usize {
        columns(text, self.measure.ambiguous)
    }

    /// Puts a stretch without an opportunity inside onto this line or the next.
    fn place(&mut self, stretch: Range<usize>) {
        let text = part(self.text, stretch.clone());
        let visible = self.columns(text.trim_end()) - self.hanging(text.trim_end());
        if self.used + visible > self.room() && stretch.start > self.start {
            self.close(stretch.start);
        }
        if visible > self.room() {
            self.place_graphemes(stretch);
        } else {
            self.used += self.columns(text);
        }
    }

    /// The columns at the end of a stretch that may stand out of the measure.
    fn hanging(&self, text: &str) -> usize {
        let last = text.chars().next_back().filter(|last| self.marks == Marks::Hanging && hangs(*last));
        last.map_or(0, |last| self.columns(last.encode_utf8(&mut [0; 4])))
    }

    fn place_graphemes(&mut self, stretch: Range<usize>) {
        let text = self.text;
        for (at, grapheme) in part(text, stretch.clone()).grapheme_indices(true) {
            let at = stretch.start + at;
            let visible = self.columns(grapheme.trim_end());
            if self.used + visible > self.room() && at > self.start {
                self.close(at);
            }
            self.used += self.columns(grapheme);
        }
    }

    fn close(&mut self, end: usize) {
        if end > self.start {
            self.done.push(self.start..end);
        }
        self.start = end;
        self.used = 0;
    }
}

/// The places where `text` may or must be broken, its end included.
fn opportunities(text: &str) -> Vec<(usize, BreakOpportunity)> {
    let shown = stand_ins(text);
    let mut whole = wholes(text).into_iter().peekable();
    let mut found = Vec::new();
    for (at, opportunity) in linebreaks(&shown) {
        while whole.next_if(|range| range.end <= at).is_some() {}
        let inside = whole.peek().is_some_and(|range| range.start < at);
        if opportunity == BreakOpportunity::Mandatory || !(inside || is_forbidden(text, at)) {
            found.push((at, opportunity));
        }
    }
    found
}

/// The text as UAX #14 shall see it; every stand-in has as many bytes as the character it stands for.
fn stand_ins(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '“' | '‘' => '「',
            '”' => '」',
            '—' => '々',
            other => other,
        })
        .collect()
}

/// Whether GB/T 15834 forbids a break here, whatever UAX #14 says.
fn is_forbidden(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    after.starts_with(begins_no_line) || before.trim_end().ends_with(ends_no_line)
}

/// Characters that never begin a line.
#[must_use]
pub const fn begins_no_line(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '］'
            | '｝'
            | '”'
            | '’'
            | '…'
            | '—'
            | '·'
            | '～'
            | '%'
            | '％'
            | '‰'
            | '℃'
    )
}

/// Marks that may hang out of the measure at the end of a line.
#[must_use]
pub const fn hangs(character: char) -> bool {
    matches!(character, '，' | '。' | '、' | '；' | '：')
}

/// Characters that never end a line.
#[must_use]
pub const fn ends_no_line(character: char) -> bool {
    matches!(character, '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '［' | '｛' | '“' | '‘')
}

/// Units of more than one character; any single character after a number is taken for its unit.
const UNITS: [&str; 26] = [
    "平方公里",
    "平方千米",
    "立方米",
    "平方米",
    "百分点",
    "人民币",
    "千瓦时",
    "公里",
    "千米",
    "公斤",
    "公顷",
    "美元",
    "欧元",
    "港元",
    "日元",
    "标箱",
    "人次",
    "架次",
    "车次",
    "小时",
    "分钟",
    "周年",
    "世纪",
    "年代",
    "年度",
    "毫米",
];

/// Stretches that are one word to the reader though UAX #14 would break them, in order.
fn wholes(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut rest = text;
    while let Some(offset) = rest.find(|character: char| character == '第' || character == '〔' || character.is_ascii_digit()) {
        let start = text.len() - rest.len() + offset;
        let length = whole_at(part(text, start..text.len()));
        if length > 0 {
            found.push(start..start + length);
        }
        let step = length.max(part(text, start..text.len()).chars().next().map_or(1, char::len_utf8));
        rest = part(text, start + step..text.len());
    }
    found
}

/// The length in bytes of the number with all that belongs to it at the start of `text`; 0 where there is none.
fn whole_at(text: &str) -> usize {
    if let Some(inner) = text.strip_prefix('〔') {
        let year = inner.len() - inner.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        let Some(after) = part(inner, year..inner.len()).strip_prefix('〕').filter(|_| year == 4) else { return 0 };
        return text.len() - after.len() + number_with_unit(after);
    }
    let Some(after) = text.strip_prefix('第') else { return number_with_unit(text) };
    let ordinal = number_with_unit(after);
    if ordinal > 0 {
        return text.len() - after.len() + ordinal;
    }
    let counted = after.trim_start_matches(is_han_digit);
    if counted.len() == after.len() { 0 } else { text.len() - counted.len() + first_ideograph(counted) }
}

fn number_with_unit(text: &str) -> usize {
    let mut rest = text;
    while let Some(next) = rest.strip_prefix(|character: char| character.is_ascii_digit()) {
        let joined = next.strip_prefix(['.', ',', '/', '．']).filter(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        rest = joined.unwrap_or(next);
    }
    if rest.len() == text.len() {
        return 0;
    }
    if let Some(after) = rest.strip_prefix(['%', '％', '‰', '℃']) {
        return text.len() - after.len();
    }
    let rest = rest.strip_prefix(['多', '余', '个', '+']).filter(|after| after.starts_with(is_unit_start)).unwrap_or(rest);
    let rest = rest.trim_start_matches(['十', '百', '千', '万', '亿']);
    let unit = UNITS.iter().find(|unit| rest.starts_with(**unit)).map_or_else(|| first_ideograph(rest), |unit| unit.len());
    text.len() - rest.len() + unit
}

fn is_unit_start(character: char) -> bool {
    matches!(character, '十' | '百' | '千' | '万' | '亿') || UNITS.iter().any(|unit| unit.starts_with(character))
}

const fn is_han_digit(character: char) -> bool {
    matches!(character, '零' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
}

fn first_ideograph(text: &str) -> usize {
    text.chars()
        .next()
        .filter(|first| matches!(first, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'))
        .map_or(0, char::len_utf8)
}

fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn measure(columns: usize) -> Measure {
        Measure { columns, first_indent: 0, ambiguous: Ambiguous::Narrow }
    }

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, &measure(columns)).into_iter().map(|range| part(text, range)).collect()
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        assert_eq!(lines("推动外贸，创新", 8), ["推动外", "贸，创新"]);
        assert_eq!(lines("推动外“创新”发展", 8), ["推动外", "“创新”发", "展"]);
        assert_eq!(lines("推动外贸《规划》", 10), ["推动外贸", "《规划》"]);
        assert_eq!(lines("坚持以人——为本……好", 9), ["坚持以", "人——为", "本……好"]);
    }

    #[test]
    fn a_number_keeps_what_belongs_to_it() {
        for (text, columns, expected) in [
            ("总额突破3000亿元大关", 12, vec!["总额突破", "3000亿元大关"]),
            ("年均增长21.7%，增速", 12, vec!["年均增长", "21.7%，增速"]),
            ("增长到50.87万标箱", 14, vec!["增长到", "50.87万标箱"]),
            ("总量居全国第1位", 12, vec!["总量居全国", "第1位"]),
            ("世界500强企业", 7, vec!["世界", "500强企", "业"]),
            ("湘政办发〔2021〕57号", 16, vec!["湘政办发", "〔2021〕57号"]),
            ("详见规划第二十一条的规定", 12, vec!["详见规划", "第二十一条的", "规定"]),
            ("达39.1亿美元的水平", 12, vec!["达39.1亿美元", "的水平"]),
        ] {
            assert_eq!(lines(text, columns), expected, "{text}");
        }
    }

    #[test]
    fn line_feeds_end_lines_and_the_first_line_is_indented() {
        assert_eq!(lines("一\n二", 8), ["一\n", "二"]);
        let measure = Measure { columns: 8, first_indent: 4, ambiguous: Ambiguous::Narrow };
        assert_eq!(wrap("一二三四五六七", &measure), [0..6, 6..18, 18..21]);
        assert!(wrap("", &measure).is_empty());
    }

    #[test]
    fn what_is_too_long_is_broken_between_graphemes() {
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("𠮷𠮷𠮷", 4), ["𠮷𠮷", "𠮷"]);
        assert_eq!(lines("好，", 2), ["好", "，"]);
    }

    proptest! {
        #[test]
        fn lines_tile_the_text_and_fit(
            text in "[ \\t\\n“”‘’（）《》〔〕，。、——……0-9.%第年亿元万a-z中文𠮷e\u{301}\u{200b}]*",
            columns_wanted in 2_usize..30,
        ) {
            let wrapped = wrap(&text, &measure(columns_wanted));
            let rebuilt: String = wrapped.iter().map(|range| part(&text, range.clone())).collect();
            prop_assert_eq!(&rebuilt, &text);
            for range in wrapped {
                prop_assert!(!range.is_empty());
                prop_assert!(columns(part(&text, range).trim_end(), Ambiguous::Narrow) <= columns_wanted);
            }
        }

        #[test]
        fn only_a_mark_hangs_out_of_the_measure(text in "[ ，。、”（）0-9a-z中文𠮷]*", columns_wanted in 2_usize..30) {
            let wrapped = wrap_hanging(&text, &measure(columns_wanted));
            let rebuilt: String = wrapped.iter().map(|range| part(&text, range.clone())).collect();
            prop_assert_eq!(&rebuilt, &text);
            for range in wrapped {
                let line = part(&text, range).trim_end();
                let inside = line.strip_suffix(hangs).unwrap_or(line);
                prop_assert!(columns(line, Ambiguous::Narrow) <= columns_wanted || columns(inside, Ambiguous::Narrow) <= columns_wanted);
            }
        }

        #[test]
        fn any_text_is_tiled(text in any::<String>(), columns_wanted in 0_usize..30) {
            let rebuilt: String = wrap(&text, &measure(columns_wanted)).into_iter().map(|range| part(&text, range)).collect();
            prop_assert_eq!(rebuilt, text);
        }

        #[test]
        fn ordinary_sentences_never_begin_a_line_with_a_closing_mark(
            words in proptest::collection::vec("[中文外贸]{1,6}[，。、；：？！”）》]", 1..20),
            columns_wanted in 20_usize..60,
        ) {
            let text = words.concat();
            for line in lines(&text, columns_wanted) {
                prop_assert!(!line.starts_with(begins_no_line), "{}", line);
            }
        }
    }
}
