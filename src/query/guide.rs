//! What the table of operators tells people: the help in the terminal, the page `docs/query.md`, and what may be typed next.

use std::fmt::Write;

use super::operators::{BRACKETS, COLONS, EITHER, NOT, OPERATORS, Phrase};
use crate::diagnostic::Language;
use crate::text::width::{Ambiguous, columns, pad};

impl Phrase {
    /// The phrase in `language`.
    #[must_use]
    pub const fn in_language(self, language: Language) -> &'static str {
        language.pick(self.chinese, self.english)
    }
}

/// The operators as lines for the help of a command: how each is written, what it does.
#[must_use]
pub fn help(language: Language) -> String {
    let syntax = |operator: &super::Operator| operator.syntax.in_language(language);
    let widest = OPERATORS.iter().map(|operator| columns(syntax(operator), Ambiguous::Narrow)).max().unwrap_or(0);
    let lines = OPERATORS.iter().map(|operator| {
        let written = pad(syntax(operator), widest, Ambiguous::Narrow);
        format!("  {written}  {}\n", operator.does.in_language(language))
    });
    let heading = language.pick("检索式：", "Queries:");
    let end = language.pick(
        "不合规则的一律按原文检索。字段的中英文名称通用，冒号全角半角均可。",
        "Whatever fits no rule is searched for as it is. Fields have Chinese and English names; colons may be full-width.",
    );
    format!("{heading}\n{}{end}", lines.collect::<String>())
}

/// The page about the query language, in both languages: `docs/query.md`.
#[must_use]
pub fn page() -> String {
    let mut page = String::from("<!-- Made from the table of operators; CELAN_BLESS=1 cargo test --test query writes it. -->\n\n");
    page.push_str(CHINESE);
    page.push_str(&table(Language::Chinese));
    page.push_str(CHINESE_RULES);
    page.push_str(ENGLISH);
    page.push_str(&table(Language::English));
    page.push_str(ENGLISH_RULES);
    page
}

fn table(language: Language) -> String {
    let mut table =
        String::from(language.pick("| 写法 | 另一写法 | 作用 |\n|---|---|---|\n", "| typed | also | does |\n|---|---|---|\n"));
    for operator in OPERATORS {
        let other = match language {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        };
        let written =
            [operator.syntax.in_language(language), operator.syntax.in_language(other)].map(|syntax| cell(&format!("`{syntax}`")));
        let does = cell(operator.does.in_language(language));
        let _ = writeln!(table, "| {} | {} | {does} |", written[0], written[1]);
    }
    table
}

/// A bar within a cell of a table would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The names of fields, with their colons, that could complete the last word of what has been typed so far, in the order of the table;
/// all of them where that word has not been begun.
#[must_use]
pub fn completions(typed: &str) -> Vec<String> {
    let starts = |character: char| {
        character.is_whitespace() || EITHER.contains(&character) || BRACKETS.iter().any(|(open, _)| *open == character)
    };
    let word = typed.rsplit(starts).next().unwrap_or_default();
    let begun = word.strip_prefix(NOT).unwrap_or(word).to_lowercase();
    if begun.contains(COLONS) {
        return Vec::new();
    }
    OPERATORS.iter().flat_map(super::Operator::spellings).filter(|name| name.starts_with(&begun)).collect()
}

const CHINESE: &str = "\
# 检索式

输入什么都不会出错：下表的写法按运算符理解，其余一律按原文检索；可能有歧义时，说明检索式是怎样理解的。

";

const CHINESE_RULES: &str = "
- `|` 先于空格结合：`农村 电商|电子商务` 是“农村”加上“电商”或“电子商务”之一；要别的次序，请加括号。
- `-` 只在检索式开头或空格之后、后面紧跟文字时表示排除；只有排除而没有要找的词时，按原文检索。
- 括号只在成对、独立成词、里面不止一个词时表示组合：`（三）`、`湘政办发(2021)57号`、`中国（湖南）自由贸易试验区` 按原文检索。
- 引号要独立成词：`“三类500强”企业` 按原文检索，引号也是原文的一部分。
- 字段的中英文名称都可用，不分大小写，冒号全角半角均可，冒号后不空格；值是一个词、引号内的文字，或括号内的几个。`标题:`、`正文:` \
的括号里可以是任何检索式；其余字段的几个值用 `|` 隔开（括号里用空格亦可），符合其一即可。
- `同段:`、`同句:`、`近10:` 的括号里至少两个词，词可以用 `|` 并列。
- 编号中的数字不分写法：`第3章` 与 `第三章`、`（3）` 与 `（三）` 互相找得到；引号内的除外。
- 最多 64 个词和条件，括号最多套 8 层；超出的部分作为一串文字检索。

按原文检索而没有结果时，问句去掉疑问词再查：`哪一章讲农村电商`、`到2025年进出口总额目标是多少`、`怎么吸引世界500强`。

";

const ENGLISH: &str = "\
# Queries

Nothing typed is an error: what is in this table is read as an operator, anything else is searched for as it is, and where you may have
meant something else a note says how the query was read.

";

const ENGLISH_RULES: &str = "
- `|` binds tighter than white space: `农村 电商|电子商务` asks for 农村 together with either of the other two. Brackets change that.
- `-` excludes only at the beginning or after white space and directly before text; a query of nothing but exclusions is literal.
- Brackets group only where they are balanced, stand by themselves and hold more than one word: `（三）`, `湘政办发(2021)57号` and
  `中国（湖南）自由贸易试验区` are literal.
- A quotation stands by itself: `“三类500强”企业` is literal, marks and all.
- Fields have a Chinese and an English name in any case, and a colon of either width with no space after it. The value is a word, a
  quotation, or several in brackets: any query for `title:` and `body:`, else values set apart by `|` (or spaces) of which one must fit.
- `para:`, `sentence:` and `near10:` take brackets with at least two words, which may have alternatives.
- Numbers of headings are found in either figures: `第3章` and `第三章`, `（3）` and `（三）`; but not in quotation marks.
- At most 64 terms and conditions, at most 8 brackets within brackets; what goes beyond is one literal string.

Where the literal string finds nothing, a question is searched for without its question words: `哪一章讲农村电商`,
`到2025年进出口总额目标是多少`, `which chapter covers cross-border e-commerce`.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_completed_in_both_languages() {
        assert_eq!(completions("外贸 标"), ["标题:"]);
        assert_eq!(completions("外贸 -Is"), ["issuer:"]);
        assert_eq!(completions("(外贸|同"), ["同段:", "同句:"]);
        assert_eq!(completions("n"), ["number:", "near10:"]);
        assert_eq!(completions("标题:"), [""; 0]);
        assert_eq!(completions("外贸"), [""; 0]);
        let fields = OPERATORS.iter().filter(|operator| operator.name.is_some()).count();
        assert_eq!(completions("外贸 ").len(), 2 * fields);
    }

    #[test]
    fn the_help_has_a_line_for_every_operator() {
        for language in [Language::Chinese, Language::English] {
            let help = help(language);
            for operator in OPERATORS {
                let (syntax, does) = (operator.syntax.in_language(language), operator.does.in_language(language));
                assert!(help.lines().any(|line| line.contains(syntax) && line.ends_with(does)), "{syntax}");
            }
        }
    }
}
