//! Texts that are not what one expects: rare characters, cells, other spellings, nothing at all, and far too much.

use std::fmt::Write as _;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use celan::document::Document;
use celan::index::Index;
use celan::query::{self, Query};
use celan::search::{Engine, Request};

use crate::agreement::assert_agrees;
use crate::common::document;
use crate::documents::{bulk, small};
use crate::queries::read;
use crate::reference::Reference;

/// All the odd documents and much else, so that the index is asked instead of all texts.
static LARGE: LazyLock<(Vec<Document>, Box<Index>)> = LazyLock::new(|| {
    let odd = [("odd.txt", ODD), ("cells.txt", CELLS)].map(|(file, text)| document(file, text)).to_vec();
    let documents = [odd, empty(), long_words(), bulk()].concat();
    let index = Index::in_memory(&documents).unwrap();
    (documents, index)
});

/// Holds each query against the reference, in a library of these documents alone and in the large one, which has them, too.
fn assert_found(documents: &[Document], queries: &[&str]) {
    let small = Index::in_memory(documents).unwrap();
    for (documents, index) in [(documents, &small), (&LARGE.0, &LARGE.1)] {
        let reference = Reference::of(documents);
        for typed in queries {
            assert_agrees(index, &reference, &read(typed), None);
        }
    }
}

const ODD: &str = "一、𠮷野家與㐂寿\n\n𠮷𠮷𠮷。ｅ\u{301}tude e\u{301}e\u{301}，ﬁne ﬀ。㎡㎡与m²；㈠㈡；①②③；½。\n\n\
    丨丶丿\u{FE0F}！？\u{FF5E}\u{2F00}\u{F900}豈\n\nx\u{10FFFF}\u{E000}y 👩\u{200D}🌾 ☆№℃Ⅳ\n";

const CELLS: &str = "一、指标\n\n表1 主要指标\n\n指标\t单位\t2020年\t2025年\n外贸依存度\t%\t11.7\t16.5\n电商企业\t家\t12\t120\n";

fn empty() -> Vec<Document> {
    let texts = [
        "",
        "\n\n\n",
        " \u{3000}\t \n \u{200B}\n",
        "\u{FEFF}",
        "外贸",
        "\u{3000}\n外贸\n\u{3000}\n\t\n第一章\n\n第二章\n\n（一）\n",
    ];
    texts.iter().enumerate().map(|(number, text)| document(&format!("empty-{number}.txt"), text)).collect()
}

/// Seventy kilobytes without a space: Latin letters, digits, Chinese characters.
fn words() -> [String; 3] {
    ["abcdefghij".repeat(7_000), "1234567890".repeat(7_000), "外贸".repeat(12_000)]
}

fn long_words() -> Vec<Document> {
    let [word, digits, han] = words();
    vec![document("word.txt", &format!("一、长词\n\n{word}结束\n\n{digits}\n\n{han}\n\n二、{word}{han}\n\n完。\n"))]
}

fn total(index: &Index, query: Query) -> usize {
    index.search(&Request::of(query)).unwrap().total
}

#[test]
fn every_character_that_stands_anywhere_is_found_by_itself() {
    let documents = small();
    let index = Index::in_memory(&documents).unwrap();
    let reference = Reference::of(&documents);
    let characters: std::collections::BTreeSet<char> = documents.iter().flat_map(|document| document.text.chars()).collect();
    assert!(characters.len() > 250, "{} characters", characters.len());
    for character in characters {
        assert_agrees(&index, &reference, &Query::literal(&character.to_string()), None);
    }
}

#[test]
fn rare_characters_and_other_spellings_are_found_in_libraries_of_any_size() {
    let queries = [
        "𠮷",
        "𠮷𠮷",
        "吉",
        "㐂",
        "é",
        "e\u{301}",
        "e",
        "\u{301}",
        "fine",
        "ﬁ",
        "f",
        "ff",
        "m",
        "㎡",
        "m²",
        "²",
        "2",
        "㈠",
        "一",
        "(一)(",
        ")(",
        "①",
        "1",
        "½",
        "丨丶",
        "⼀",
        "豈",
        "岂",
        "豈岂",
        "👩\u{200D}🌾",
        "🌾",
        "\u{10FFFF}",
        "\u{E000}y",
        "№",
        "℃",
        "Ⅳ",
        "ⅳ",
        "iv",
        "IV",
        "與",
        "与㐂",
        "～",
        "~",
        "!?",
        "！？",
        "，",
        "(|一",
        "㈠ 一)",
        "é|e|\u{301}",
        "f|ff|fi",
    ];
    assert_found(&[document("odd.txt", ODD)], &queries);
}

#[test]
fn spellings_of_the_same_words_find_one_another() {
    let text = "一、支持外贸企业\n\n发展跨境电商，推广ＲＣＥＰ规则（2021年）。\n\n二、支援外貿企業\n\n發展跨境電商，推廣rcep規則(２０２１年)。\n";
    let documents = [document("spellings.txt", text)];
    let index = Index::in_memory(&documents).unwrap();
    for spellings in [
        ["外贸企业", "外貿企業", "外 贸 企 业", "外\u{200B}贸企業"],
        ["发展跨境电商", "發展跨境電商", "发展　跨境电商", "發展跨境电商"],
        ["RCEP规则（2021年）", "ｒｃｅｐ規則(2021年)", "Rcep规则（２０２１年）", "rcep 规则 (2021 年)"],
    ] {
        for spelling in spellings {
            assert_eq!(total(&index, Query::literal(spelling)), 2, "{spelling}");
        }
    }
}

#[test]
fn cells_of_a_table_are_never_joined() {
    let documents = [document("cells.txt", CELLS)];
    let index = Index::in_memory(&documents).unwrap();
    for apart in ["指标单位", "依存度%", "11.716.5", "业家", "家12", "12120", "%11", "%1"] {
        assert_eq!(total(&index, Query::literal(apart)), 0, "{apart}");
    }
    for within in ["依存度", "11.7", "16.5", "120", "单位", "%"] {
        assert_eq!(total(&index, Query::literal(within)), 1, "{within}");
    }
    assert_found(&documents, &["12", "1", "电商\t企业", "业\t家", "家\t12", "\t", "电商 家", "近2:(电商 家)"]);
}

#[test]
fn empty_documents_and_units_of_white_space_are_no_trouble() {
    let documents = empty();
    assert_found(&documents, &["外贸", "外", "章", "（一）", " ", "\t", "\u{200B}", "", "-外贸", "第一章 -外贸", "标题:章"]);
    let index = Index::in_memory(&documents[..4]).unwrap();
    assert_eq!(total(&index, query::parse("外贸")), 0);
    assert_eq!(total(&Index::in_memory(&[]).unwrap(), query::parse("外贸")), 0);
}

#[test]
fn a_line_of_two_hundred_kilobytes_is_searched_to_its_end_in_no_more_than_linear_time() {
    let mut line = String::new();
    for number in 0..9_000 {
        write!(line, "的外贸{number}的").unwrap();
    }
    line.push_str("末尾𠮷");
    assert!(line.len() > 120_000);
    let documents = [document("line.txt", &format!("一、长行\n\n{line}\n\n二、{line}\n"))];
    let index = Index::in_memory(&documents).unwrap();
    let reference = Reference::of(&documents);
    for (typed, occurrences) in
        [("末尾𠮷", 2), ("的", 36_000), ("8999的末", 2), ("的外|外贸", 18_000), ("-农村 外贸|的的", 36_000 - 2)]
    {
        let started = Instant::now();
        let response = index.search(&Request::of(read(typed))).unwrap();
        assert!(started.elapsed() < Duration::from_secs(5), "{typed} took {:?}", started.elapsed());
        assert_eq!(response.occurrences, occurrences, "{typed}");
    }
    for typed in ["末尾𠮷", "8999的末", "标题:末尾", "正文:末尾"] {
        assert_agrees(&index, &reference, &read(typed), None);
    }
}

#[test]
fn words_longer_than_the_index_takes_are_found_whole_and_in_part() {
    let [word, digits, han] = words();
    let small = Index::in_memory(&long_words()).unwrap();
    for index in [&small, &LARGE.1] {
        assert_eq!(total(index, Query::literal(&word)), 2);
        assert_eq!(total(index, Query::literal(&format!("{word}结束"))), 1);
        assert_eq!(total(index, Query::literal(&digits)), 1);
        assert_eq!(total(index, Query::literal("90123")), 1);
        assert_eq!(total(index, Query::literal(&han)), 2);
        assert_eq!(total(index, Query::literal("jab")), 2);
        assert_eq!(total(index, Query::literal("贸外贸外")), 2);
        assert_eq!(total(index, Query::literal(&format!("{word}a没有"))), 0);
    }
}
