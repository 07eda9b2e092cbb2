//! Addresses as people type them, and what they point at in the plan and in a law.

use super::*;
use crate::document::metadata::Source;
use crate::{extract, structure};

const PLAN: &str = include_str!("../../../corpus/湖南省“十四五”商务和开放型经济发展规划.txt");

const LAW: &str = "某某管理条例\n\n第一章 总则\n\n第一条 为了规范，制定本条例。\n\n第二条 有下列情形之一的，予以处罚：\n\n（一）甲；\n\n\
（二）乙：\n\n1.丙；\n\n2.丁。\n\n前款所称处罚，包括：\n\n（一）警告；\n\n（二）罚款。\n\n第二章 附则\n\n第三条 本条例自公布之日起施行。\n";

fn read(text: &str) -> Document {
    structure::structure(extract::extract(text.as_bytes()).unwrap().value, Source::default()).value
}

fn address(document: &Document, typed: &str) -> Option<String> {
    match resolve(document, &parse(typed)?)? {
        Target::Document => Some("document".to_owned()),
        Target::Node(node) => document.node(node).map(|node| node.address.to_string()),
        Target::Sentence { span, .. } => Some(document.slice(span).to_owned()),
    }
}

#[test]
fn people_find_a_measure_however_they_type_it() {
    let plan = read(PLAN);
    for typed in [
        "4.3.4",
        "４.３.４",
        "四三四",
        "第四章三（四）",
        "第4章 三 (四)",
        "第四章 三、（四）",
        "第四章三、（四）",
        "湘政办发-2021-57/4.3.4",
        "湘政办发〔2021〕57号第四章三（四）",
        "57号 第四章 三、（四）",
        "《湖南省“十四五”商务和开放型经济发展规划》（湘政办发〔2021〕57号）第四章 三、（四）",
        "《湖南省“十四五”商务和开放型经济发展规划》第四章 三、（四）",
    ] {
        assert_eq!(address(&plan, typed).as_deref(), Some("4.3.4"), "{typed}");
    }
    for (typed, expected) in [
        ("57号", "document"),
        ("湘政办发[2021]57号", "document"),
        ("湘政办发-2021-57/", "document"),
        ("4.3.4.s1", "（四）探索推进易货贸易试点。"),
        ("第四章 三、（四）第一句", "（四）探索推进易货贸易试点。"),
        ("第一章 二、第3段", "1.2.p3"),
        ("第二章三、表1第5行", "2.3.t1.r5"),
        ("第二章 二、“——坚持守正创新”", "2.2.b3"),
        ("第十章", "10"),
        ("正文前", "f1"),
    ] {
        assert_eq!(address(&plan, typed).as_deref(), Some(expected), "{typed}");
    }
}

#[test]
fn another_document_and_a_place_that_is_not_there_give_nothing() {
    let plan = read(PLAN);
    for typed in ["4.3.99", "7号", "湘政办发〔2020〕57号", "国发-2021-57/4.3.4", "第四章 九、", "4.3.4.s99", "《别的规划》第四章"]
    {
        assert!(parse(typed).is_some(), "{typed}");
        assert_eq!(address(&plan, typed), None, "{typed}");
    }
}

#[test]
fn places_in_a_law_are_named_by_clause_and_item() {
    let law = read(LAW);
    for (typed, expected) in [
        ("第二条", "a2"),
        ("a2", "a2"),
        ("a2.1", "a2"),
        ("第二条第一款", "a2"),
        ("第2条第2款", "a2.2"),
        ("a2.2", "a2.2"),
        ("第二条第一款第二项", "a2.1.2"),
        ("第二条第二项", "a2.1.2"),
        ("第二条第二款第二项", "a2.2.2"),
        ("a2.2.2", "a2.2.2"),
        ("第二条第一款第二项第一目", "a2.1.2.1"),
        ("第二章第三条", "a3"),
    ] {
        assert_eq!(address(&law, typed).as_deref(), Some(expected), "{typed}");
    }
}

#[test]
fn what_is_searched_for_is_no_address() {
    for typed in [
        "",
        " ",
        "4",
        "2021",
        "外贸",
        "四十三",
        "第三方",
        "十四五",
        "一带一路",
        "三类500强",
        "（RCEP）",
        "3.5亿元",
        "12%",
        "第一",
        "《办法》和",
        "一、二、三产业",
        "号",
        "表现",
        "附件材料",
        "4.3.4 外贸",
        "../etc",
        "a/b",
        "“外贸”",
    ] {
        assert_eq!(parse(typed), None, "{typed}");
    }
}

#[test]
fn a_citation_pasted_back_leads_to_its_place() {
    for document in [read(PLAN), read(LAW)] {
        for (index, node) in document.walk() {
            let citation = document.citation(index);
            let found = parse(&citation).and_then(|pattern| resolve(&document, &pattern));
            assert_eq!(found, Some(Target::Node(index)), "{citation} for {}", node.address);
        }
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_typed_is_an_error(typed in "[第一二三十百0-9０-９章节条款项（）()、.．《》〔〕号附件表专栏“”—/a-z~ s\\-𠮷]{0,24}") {
            let law = read(LAW);
            if let Some(pattern) = parse(&typed) {
                let _ = resolve(&law, &pattern);
            }
        }
    }
}
