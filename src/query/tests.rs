//! What is typed, and how it is read: the clause written out, then the notices.

use proptest::prelude::*;

use super::*;

/// A clause on one line: `a b` all, `{a|b}` any, `-a` not, `“a”` exact, `标题:a`, `同句:[a b]`, `<年 2019..=2021>`.
fn written(clause: &Clause) -> String {
    let row = |clauses: &[Clause], between: &str| clauses.iter().map(written).collect::<Vec<_>>().join(between);
    match clause {
        Clause::Term(term) if term.exact => format!("“{}”", term.text),
        Clause::Term(term) => term.text.clone(),
        Clause::All(clauses) => format!("({})", row(clauses, " ")),
        Clause::Any(clauses) => format!("{{{}}}", row(clauses, "|")),
        Clause::Not(clause) => format!("-{}", written(clause)),
        Clause::Near(terms, reach) => {
            let terms: Vec<_> = terms.iter().map(|term| term.text.as_str()).collect();
            format!("{reach:?}[{}]", terms.join(" "))
        }
        Clause::In(part, clause) => format!("{part:?}:{}", written(clause)),
        Clause::Only(filter) => match filter {
            Filter::Heading(text) => format!("<章 {text}>"),
            Filter::Within(pattern) => format!("<在 {}>", pattern.steps.len()),
            Filter::Number(text) => format!("<文号 {text}>"),
            Filter::Issuer(text) => format!("<发文 {text}>"),
            Filter::Year(years) => format!("<年 {years:?}>"),
            Filter::Region(text) => format!("<地区 {text}>"),
            Filter::Genre(text) => format!("<类 {text}>"),
            Filter::Document(text) => format!("<文件 {text}>"),
        },
    }
}

fn read(typed: &str) -> String {
    parse(typed).clause.as_ref().map(written).unwrap_or_default()
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(typed, expected)| (typed, *expected, read(typed)))
        .filter(|(_, expected, seen)| seen != expected)
        .map(|(typed, expected, seen)| format!("{typed}\n  expected {expected}\n  seen     {seen}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn terms_are_set_apart_by_any_white_space() {
    check(&[
        ("外贸　企业 \t RCEP", "(外贸 企业 RCEP)"),
        ("外贸 外贸", "外贸"),
        ("", ""),
        (" \u{3000}\t", ""),
        ("\u{200B} 外贸", "外贸"),
    ]);
}

#[test]
fn a_string_in_quotation_marks_is_one_exact_term() {
    check(&[
        ("“外贸 企业” RCEP", "(“外贸 企业” RCEP)"),
        ("\"外贸 企业\"", "“外贸 企业”"),
        ("「外贸 企业」|『易货』", "{“外贸 企业”|“易货”}"),
        ("“a|b”", "“a|b”"),
    ]);
}

#[test]
fn what_does_not_fit_is_literal() {
    for literal in [
        "“外贸",
        "\"",
        "“”",
        "”“",
        "--坚持",
        "政策:创新",
        "湘政办发[2021]57号",
        "湘政办发(2021)57号",
        "湘政办发〔2021〕57号",
        "“三类500强”企业",
        "-",
        "a\"b\"c",
        "中国（湖南）自由贸易试验区",
        "（三）",
        "（三）促进消费",
        "第3章（四）",
        "(外贸",
        "外贸)",
        "()",
        "（）",
        "1:2",
        "10:30",
        "http://a.cn/x?y=1",
        "标题:",
        "标题：",
        "年:去年",
        "年:",
        "在:外贸",
        "同段:外贸",
        "近:(a)",
        "|",
        "||",
        "OR",
        "-电商",
        "——坚持守正创新",
        "－",
        "外贸|",
        "|外贸",
        "(外贸)",
        "（外贸）",
        "项目（甲|乙）",
        "((外贸))",
        "近99999:甲",
        "-(甲 乙)",
        "标题:()",
        "Ｏ",
    ] {
        assert_eq!(read(literal), literal, "{literal}");
    }
}

#[test]
fn a_dash_excludes_before_a_clause() {
    check(&[
        ("外贸 -企业", "(外贸 -企业)"),
        ("-企业 外贸", "(-企业 外贸)"),
        ("外贸　－企业", "(外贸 -企业)"),
        ("外贸 -“境外 贸易”", "(外贸 -“境外 贸易”)"),
        ("外贸 -(企业 园区)", "(外贸 -(企业 园区))"),
        ("外贸 -(企业)", "(外贸 -企业)"),
        ("外贸 -企业|园区", "(外贸 -{企业|园区})"),
        ("外贸 -标题:企业", "(外贸 -Title:企业)"),
        ("年:2021 -企业", "(<年 2021..=2021> -企业)"),
        ("外贸-企业", "外贸-企业"),
        ("外贸 - 企业", "(外贸 - 企业)"),
        ("-外贸 -企业", "(-外贸 -企业)"),
        ("外贸 --企业", "(外贸 --企业)"),
    ]);
    assert!(
        matches!(parse("-外贸 -企业").clause, Some(Clause::All(clauses)) if clauses.iter().all(|clause| matches!(clause, Clause::Term(_))))
    );
}

#[test]
fn alternatives_bind_tighter_than_white_space() {
    check(&[
        ("农村 电商|电子商务", "(农村 {电商|电子商务})"),
        ("农村 电商｜电子商务", "(农村 {电商|电子商务})"),
        ("电商 OR 电子商务 农村", "({电商|电子商务} 农村)"),
        ("甲 | 乙 || 丙", "{甲|乙|丙}"),
        ("甲 or 乙", "(甲 or 乙)"),
        ("甲OR乙", "甲OR乙"),
        ("甲 | ", "(甲 |)"),
        ("甲 OR", "(甲 OR)"),
        ("甲 | -乙", "{甲|-乙}"),
        ("甲|甲", "甲"),
        ("甲|（三）", "{甲|（三）}"),
    ]);
}

#[test]
fn brackets_group_where_there_is_something_to_group() {
    check(&[
        ("外贸 (农村 电商|易货)", "(外贸 农村 {电商|易货})"),
        ("外贸 （农村 电商）|易货", "(外贸 {(农村 电商)|易货})"),
        ("((甲 乙)|丙) 丁", "({(甲 乙)|丙} 丁)"),
        ("(甲 乙)丙", "((甲 乙)丙)"),
        ("(中国（湖南） 自贸区)|甲", "{(中国（湖南） 自贸区)|甲}"),
        ("(“甲)” 乙)|丙", "{(“甲)” 乙)|丙}"),
        ("(标题:甲)|乙", "{Title:甲|乙}"),
    ]);
}

#[test]
fn fields_have_two_names_and_several_values() {
    check(&[
        ("标题:电商", "Title:电商"),
        ("TITLE：电商", "Title:电商"),
        ("标题:电商|易货 甲", "(Title:{电商|易货} 甲)"),
        ("标题:(农村 电商)", "Title:(农村 电商)"),
        ("正文:“农村 电商”", "Body:“农村 电商”"),
        ("标题:（三）", "Title:（三）"),
        ("标题:(电商)", "Title:电商"),
        ("年:2019|2020", "{<年 2019..=2019>|<年 2020..=2020>}"),
        ("年：2019—2021 甲", "(<年 2019..=2021> 甲)"),
        ("year:(2019 2021)", "{<年 2019..=2019>|<年 2021..=2021>}"),
        ("年:2019|地区:湖南", "{<年 2019..=2019>|<地区 湖南>}"),
        ("年:2019|甲", "年:2019|甲"),
        ("年:2019 | 甲", "{<年 2019..=2019>|甲}"),
        ("文号:湘政办发〔2021〕57号", "<文号 湘政办发(2021)57号>"),
        ("发文:“省商务厅”|财政厅", "{<发文 省商务厅>|<发文 财政厅>}"),
        ("章:4 甲", "({<章 第4章>|<章 第四章>} 甲)"),
        ("章:（三）", "{<章 (三)>|<章 (3)>}"),
        ("在:4.3 甲", "(<在 2> 甲)"),
        ("in:第四章三（四） 甲", "(<在 3> 甲)"),
        ("在:（三）", "<在 1>"),
        ("类:规划、条例", "<类 规划、条例>"),
        ("genre:(规划、条例)", "{<类 规划>|<类 条例>}"),
        ("文件:《外贸规划》", "<文件 外贸规划>"),
        ("外贸标题:甲", "外贸标题:甲"),
    ]);
}

#[test]
fn terms_near_each_other_need_brackets_and_two_words() {
    check(&[
        ("同段:(电商 农村)", "Paragraph[电商 农村]"),
        ("sentence:（电商 农村 甲）", "Sentence[电商 农村 甲]"),
        ("近10:(电商 “农村”)", "Characters(10)[电商 农村]"),
        ("NEAR0:(a b) 甲", "(Characters(0)[a b] 甲)"),
        ("同句:(农村 电商|电子商务)", "{Sentence[农村 电商]|Sentence[农村 电子商务]}"),
        ("同句:(甲 -乙) 丙", "(同句:(甲 -乙) 丙)"),
        ("同句:(甲)", "同句:(甲)"),
    ]);
}

#[test]
fn a_notice_is_given_where_an_operator_may_have_been_meant() {
    for typed in [
        "--坚持",
        "-",
        "政策:创新",
        "标题: 电商",
        "年:去年",
        "“外贸",
        "外贸”",
        "(外贸 企业",
        "外贸 企业)",
        "外贸 |",
        "甲 OR",
        "甲 AND 乙",
        "-外贸",
        "甲|-乙",
        "同段:甲",
    ] {
        let readings = parse(typed).readings;
        assert_eq!(readings.iter().map(|notice| notice.code.as_str()).collect::<Vec<_>>(), [LITERAL], "{typed}: {readings:?}");
    }
    for typed in [
        "（三）",
        "湘政办发[2021]57号",
        "中国（湖南）自由贸易试验区",
        "1:2",
        "10:30",
        "http://a.cn/x",
        "外贸 -企业",
        "(甲 乙)|丙",
        "“三类500强”企业",
        "3）促进",
        "三)",
        "——坚持守正创新",
        "2021-2025",
        "到2025年，进出口总额",
        "标题:甲|乙",
        "((外贸))",
        "在:（三）",
    ] {
        assert_eq!(parse(typed).readings, [], "{typed}");
    }
}

#[test]
fn a_notice_says_in_both_languages_what_was_done() {
    let said = |language| parse("政策:创新 --坚持").readings.iter().map(|notice| notice.say(language)).collect::<Vec<_>>();
    assert_eq!(
        said(crate::diagnostic::Language::Chinese),
        [
            "“政策:创新”按原文检索：没有这个字段；字段有：标题、正文、章、在、文件、文号、发文、年、地区、类、同段、同句、近",
            "“--坚持”按原文检索：这里的 - 不是排除；排除请写：要找的词 -不要的词"
        ]
    );
    assert_eq!(
        said(crate::diagnostic::Language::English),
        [
            "`政策:创新` is searched for as it is: there is no such field; fields: title, body, chapter, in, document, number, issuer, year, \
             region, genre, para, sentence, near",
            "`--坚持` is searched for as it is: this - excludes nothing; to exclude, type: wanted -unwanted"
        ]
    );
}

#[test]
fn numbers_of_headings_are_looked_for_in_other_figures_unless_quoted() {
    let others =
        |typed: &str| parse(typed).terms().iter().flat_map(|term| term.others.clone()).map(|form| form.text).collect::<Vec<_>>();
    assert_eq!(others("第3章 外贸"), ["第三章"]);
    assert_eq!(others("“第3章” 外贸"), [""; 0]);
}

/// Terms and filters.
fn leaves(clause: &Clause) -> usize {
    match clause {
        Clause::Term(_) | Clause::Only(_) => 1,
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().map(leaves).sum(),
        Clause::Near(terms, _) => terms.len(),
        Clause::Not(clause) | Clause::In(_, clause) => leaves(clause),
    }
}

fn depth(clause: &Clause) -> usize {
    match clause {
        Clause::Term(_) | Clause::Only(_) | Clause::Near(..) => 0,
        Clause::All(clauses) | Clause::Any(clauses) => 1 + clauses.iter().map(depth).max().unwrap_or(0),
        Clause::Not(clause) | Clause::In(_, clause) => 1 + depth(clause),
    }
}

#[test]
fn what_is_too_long_or_too_deep_is_one_literal_term() {
    let long: Vec<String> = (0..200).map(|number| format!("词{number}")).collect();
    for between in [" ", "|", " (x -y) ", " 年:2019|2020|2021 ", " 同段:(甲 乙|丙) "] {
        let query = parse(&long.join(between));
        assert!(query.clause.as_ref().map_or(0, leaves) <= MOST_CLAUSES, "{between}");
        let last = query.terms().last().map(|term| term.text.clone()).unwrap_or_default();
        assert!(
            last.ends_with("词199") && query.readings.iter().any(|notice| notice.message.chinese.contains("太长")),
            "{between}: {last}"
        );
    }
    let deep = format!("{}甲 乙{}", "(x ".repeat(50), ")".repeat(50));
    assert!(depth(&parse(&deep).clause.unwrap()) <= 2 * MOST_DEPTH);
    assert!(parse(&deep).readings.iter().any(|notice| notice.message.chinese.contains("太深")));
}

/// Everything that might be an operator, whole or torn.
const NASTY: &str = "(标题|正文|章|年|在|同段|近10|title|in|near5|2019|4\\.3|OR|政策)?[:：]?[-－|｜ 　()（）“”\"「」『』＂:：<>第章三、—甲乙]{0,12}";

/// Every string of a clause, as searched.
fn strings(clause: &Clause) -> Vec<String> {
    match clause {
        Clause::Term(term) => vec![term.folded.clone()],
        Clause::Near(terms, _) => terms.iter().map(|term| term.folded.clone()).collect(),
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().flat_map(strings).collect(),
        Clause::Not(clause) | Clause::In(_, clause) => strings(clause),
        Clause::Only(filter) => vec![format!("{filter:?}")],
    }
}

/// The most looks at a character of the input, for each character: every level of brackets may look a few times.
const MOST_LOOKS: usize = 12 * MOST_DEPTH;

fn assert_sound(typed: &str) -> Result<(), TestCaseError> {
    let mut parser = parser::Parser::new(typed);
    let clause = parser.read();
    let length = typed.chars().count();
    prop_assert!(
        parser.input.looks() <= MOST_LOOKS * (length + 4),
        "{} looks at {length} characters: {typed:?}",
        parser.input.looks()
    );
    prop_assert!(clause.as_ref().map_or(0, leaves) <= MOST_CLAUSES, "{typed:?}");
    prop_assert!(clause.as_ref().map_or(0, depth) <= 4 * MOST_DEPTH, "{typed:?}");
    prop_assert_eq!(clause.is_none(), crate::text::fold::folded(typed).is_empty(), "{:?}", typed);
    Ok(())
}

proptest! {
    #[test]
    fn any_string_is_read(typed in any::<String>()) {
        assert_sound(&typed)?;
    }

    #[test]
    fn any_heap_of_operators_is_read(pieces in prop::collection::vec(NASTY, 0..40)) {
        assert_sound(&pieces.concat())?;
    }

    #[test]
    fn operators_repeated_without_end_are_read(piece in NASTY, times in 1..400_usize) {
        assert_sound(&piece.repeat(times))?;
    }

    #[test]
    fn no_word_is_lost_among_operators(pieces in prop::collection::vec(NASTY, 1..12)) {
        // Every piece is followed by a character of its own, which must then stand somewhere in what is searched.
        let own = |number: usize| char::from_u32(0x6000 + u32::try_from(number).unwrap_or_default()).unwrap_or('〇');
        let typed = pieces.iter().enumerate().fold(String::new(), |typed, (number, piece)| typed + piece + &own(number).to_string());
        let searched = parse(&typed).clause.as_ref().map(strings).unwrap_or_default().concat();
        for number in 0..pieces.len() {
            prop_assert!(searched.contains(own(number)), "{} of {typed:?} is not in {searched:?}", own(number));
        }
    }

    #[test]
    fn plain_words_are_their_terms(words in prop::collection::vec("[外贸企业易货电商发展a-z0-9]{1,6}", 1..10)) {
        let query = parse(&words.join(" "));
        let mut expected: Vec<&str> = Vec::new();
        for word in &words {
            if !expected.contains(&word.as_str()) {
                expected.push(word);
            }
        }
        prop_assert_eq!(query.terms().iter().map(|term| term.text.as_str()).collect::<Vec<_>>(), expected);
        prop_assert_eq!(query.readings, []);
    }
}
