//! What holds for any text: nothing is lost, the spans tile it, addresses are unique, and the work is linear.

use std::collections::HashSet;

use proptest::prelude::*;

use celan::document::Document;
use celan::document::metadata::Source;
use celan::library::Library;
use celan::structure::{Corrections, Heading};
use celan::{extract, structure};

fn read(text: &str) -> Document {
    let raw = extract::extract(text.as_bytes()).map(|raw| raw.value).unwrap_or_default();
    structure::structure(raw, Source::default()).value
}

/// The invariants of a document; `text` is what it was made from.
fn check(document: &Document, text: &str) {
    assert_eq!(document.rebuilt(), text, "the tree gives the text back");
    assert_eq!(document.nodes.is_empty(), text.is_empty());
    let (mut end, mut addresses) = (0, HashSet::new());
    for (index, node) in document.walk() {
        assert_eq!(node.span.start, end, "{} begins where the node before it ends", node.address);
        end = node.span.end;
        assert!(addresses.insert(node.address.to_string()), "{} twice", node.address);
        assert_eq!(node.address.to_string().parse().ok().as_ref(), Some(&node.address));
        assert!(node.subtree_end.0 > index.0 && node.line_end >= node.line_start);
        if let Some(parent) = node.parent {
            assert!(parent < index && document.node(parent).is_some_and(|parent| parent.subtree_end >= node.subtree_end));
        }
        let title = node.title_span.clone().map(|span| document.slice(span));
        assert_eq!(title.unwrap_or_default().is_empty(), node.title.is_empty());
    }
    assert_eq!(end, text.len());
}

/// Pieces that headings, tables and heads are made of.
const PIECES: [&str; 44] = [
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "　",
    "第一章",
    "第二章 总则",
    "第三条",
    "第三条之一 ",
    "第一节 ",
    "第一编 ",
    "一、",
    "二、",
    "（一）",
    "（二）目标。",
    "(三)",
    "1.",
    "2．",
    "1.1 ",
    "1.1.1",
    "2 ",
    "（1）",
    "①",
    "——",
    "●",
    "附件",
    "附件1\n",
    "专栏1 ",
    "目录\n",
    "。",
    "，",
    "：",
    "发展𠮷",
    "通知",
    "关于印发《办法》的",
    "2021年9月8日",
    "（此件公开发布）",
    "湘政办发〔2021〕57号",
    "各单位：",
    "# ",
    "|a|b|\n|-|-|\n",
    "指标\t2025年\n",
    "……3",
];

proptest! {
    #[test]
    fn any_string_is_kept(text in "\\PC{0,60}") {
        // Of a web page what is seen is kept.
        prop_assume!(!extract::extract(text.as_bytes()).is_ok_and(|raw| raw.value.format == Some("html")));
        check(&read(&text), text.trim_start_matches('\u{FEFF}'));
    }

    #[test]
    fn any_heap_of_headings_is_kept(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let text = pieces.concat();
        check(&read(&text), &text);
    }

    #[test]
    fn any_corrections_leave_a_sound_document_and_an_answer_for_each(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60),
        orders in prop::collection::vec((1_u32..40, 0_u8..17), 0..12),
    ) {
        let text = pieces.concat();
        let mut corrections = Corrections::default();
        for (line, order) in orders {
            match order {
                0..3 => {
                    corrections.texts.insert(line);
                }
                3..9 => {
                    corrections.headings.insert(line, Heading::Level(order - 2));
                }
                _ => {
                    let kind = Heading::KINDS[usize::from(order - 9) % Heading::KINDS.len()];
                    corrections.headings.insert(line, Heading::Kind(kind));
                }
            }
        }
        corrections.texts.retain(|line| !corrections.headings.contains_key(line));
        let raw = extract::extract(text.as_bytes()).map(|raw| raw.value).unwrap_or_default();
        let document = structure::corrected(raw, Source::default(), &corrections);
        check(&document.value, &text);
        let answers: Vec<u32> = document.diagnostics.iter()
            .filter(|answer| answer.code.starts_with("correction-"))
            .filter_map(|answer| answer.place.line)
            .collect();
        let asked: Vec<u32> = corrections.headings.keys().chain(&corrections.texts).copied().collect();
        prop_assert_eq!(answers, asked);
    }
}

/// A quadratic stage would take hours over these; a linear one takes a moment.
#[test]
fn the_work_is_linear_in_the_text() {
    for piece in [
        "一、\n",
        "一、甲\n",
        "二、甲\n",
        "（一）甲\n",
        "第一章\n",
        "第一章 总则\n",
        "第一条 甲。\n",
        "第九条 甲。\n",
        "1.1 甲\n",
        "\t\n",
        "\t甲\n\n",
        "甲\n\n",
        "\t甲\n乙\n",
        "甲\t乙\n",
        "——甲\n",
        "专栏1 甲\n1.乙\n",
        "附件\n",
        "# 甲\n",
        "|a|b|\n|-|-|\n",
        "目录\n第一章 总则\n",
        "甲",
        "\n",
        "《",
        "（",
        "一",
        "1",
        "关于印发",
        "第一章……1\n",
        "2021年9月8日\n",
        "第一条 甲。",
        "（一）甲；",
        "　　甲。",
        "〔2021〕",
        "甲乙（RCEP）",
        "》（GB1）",
        "甲乙丙（简称甲丙）",
        "专。",
        "附录A\n（资料性）\n",
        "附录A\n",
        "（资料性）\n",
        "附件：\n1.甲\n",
        "自起施行",
        "注：1.甲\n",
        "1.1.1.1.1.1.",
        "表1 甲\n单位：乙\n",
    ] {
        let text = piece.repeat(100_000 / piece.len());
        let document = read(&text);
        assert!(document.rebuilt() == text, "{piece:?} repeated is kept");
    }
}

/// The text of so many lines, each with its number.
fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// The same for what differs from line to line, all the way to the index, which is made in the program itself.
#[test]
fn the_work_is_linear_from_the_bytes_to_the_index() {
    let wide = |cells: usize| "|甲".repeat(cells) + "|\n";
    let years = |count: usize| numbered(count, |year| format!("|{}年", 1900 + year % 300));
    for (what, text) in [
        ("articles", numbered(5_000, |at| format!("第{}条　甲{at}。\n", at + 1))),
        ("decimals", numbered(5_000, |at| format!("{}.{}.{}.{} 甲\n", at / 970 + 1, at / 97 % 10 + 1, at % 97 + 1, at % 7 + 1))),
        ("ranks by turns", numbered(5_000, |at| ["一、甲\n", "（一）乙\n", "1.丙\n", "（1）丁\n", "①戊\n"][at % 5].to_owned())),
        (
            "short forms",
            numbered(2_000, |at| format!("抢抓区域全面经济伙伴关系{}协定（RC{}EP）。\n", "甲".repeat(at % 7), at % 10)),
        ),
        ("a line of words", numbered(30_000, |at| ('\u{4E00}'..).nth(at * 7919 % 20_000).unwrap_or('甲').to_string())),
        ("one word", "中华人民共和国".repeat(4_000)),
        ("traditional characters", "貿易發展".repeat(10_000)),
        ("a long table", format!("|指标|2020年|2025年|属性|\n|-|-|-|-|\n{}", wide(3).repeat(2_000))),
        ("a wide table", format!("{}{}\n{}", wide(1_000), "|-".repeat(1_000) + "|", wide(500).repeat(10))),
        ("a table of years", format!("|指标{}|\n{}\n{}", years(1_000), "|-".repeat(1_001) + "|", "|甲|1|\n".repeat(2_000))),
    ] {
        let library = Library::in_memory(&[("slow.md", text.as_bytes())]).unwrap().value;
        let id = library.listings()[0].id.clone();
        assert!(library.document(&id).unwrap().rebuilt() == text, "{what}: kept");
    }
}
