//! The suite that every exporter passes, on a document with everything odd that a text can hold.

use super::passage::Sentence;
use super::research::{CONCORDANCE_FORMATS, COUNT_FORMATS, Concordance};
use super::{Entry, INDICATOR_FORMATS, Passage, STYLES, Style};
use crate::analysis::concordance::Line;
use crate::analysis::counts::{self, Grouping, Label, Table};
use crate::document::Document;
use crate::document::indicator::{Indicator, YearValue};
use crate::document::kind::Kind;
use crate::document::locator::{Address, DocumentId};
use crate::document::metadata::{Date, Metadata, Source};
use crate::document::node::{Node, NodeIndex};
use crate::document::table::Cell;
use crate::search::Count;

/// A document of these units: kind, label, title, address and text.
fn document(units: &[(Kind, &str, &str, &str, &str)]) -> Document {
    let (mut text, mut nodes) = (String::new(), Vec::new());
    for (index, (kind, label, title, address, words)) in units.iter().enumerate() {
        let start = text.len();
        text.push_str(words);
        text.push('\n');
        let cells = if *kind == Kind::Row {
            words.split('\t').map(|word| Cell { text: word.to_owned(), span: 0..0, columns: 0..1 }).collect()
        } else {
            Vec::new()
        };
        nodes.push(Node {
            kind: *kind,
            numbering: None,
            label: (*label).to_owned(),
            title: (*title).to_owned(),
            title_span: None,
            span: start..text.len(),
            line_start: 1,
            line_end: 1,
            parent: index.checked_sub(1).filter(|_| address.contains('.')).map(NodeIndex),
            subtree_end: NodeIndex(units.len()),
            address: address.parse::<Address>().unwrap(),
            cells,
        });
    }
    Document {
        id: DocumentId::new("湘政办发-2021-57"),
        metadata: Metadata {
            title: "湖南省“十四五”商务和开放型经济发展规划".to_owned(),
            issuer: Some("湖南省人民政府办公厅".to_owned()),
            document_number: Some("湘政办发〔2021〕57号".to_owned()),
            date: Date::new(2021, 9, 8),
            ..Metadata::default()
        },
        source: Source::default(),
        text,
        nodes,
        abbreviations: Vec::new(),
        indicators: vec![Indicator {
            node: NodeIndex(0),
            category: "对外贸易".to_owned(),
            number: "1".to_owned(),
            name: "=进出口,\"总额\"".to_owned(),
            unit: "亿元".to_owned(),
            values: vec![YearValue { year: 2025, value: "-8400".to_owned() }, YearValue { year: 2020, value: "—".to_owned() }],
            annual_growth: "7左右".to_owned(),
            target: "累计\n完成".to_owned(),
            property: "预期性".to_owned(),
        }],
    }
}

fn plan() -> Document {
    document(&[
        (Kind::Chapter, "第四章", "推动外贸创新发展", "4", "第四章  推动外贸创新发展"),
        (Kind::Section, "三、", "扩大进口", "4.3", "三、扩大进口"),
        (Kind::Measure, "（四）", "促进平衡", "4.3.4", "（四）促进平衡。实施“三类‘500强’”计划。China’s 第二句\n续行。"),
        (Kind::Row, "", "", "4.3.4.r1", "1\t进出口总额\t\t4875"),
    ])
}

fn odd() -> Document {
    let odd = "{a}} \\ \"b\" % $ # & _ ^ ~ `c` *d* [e](f) <g> | 𠮷 “未闭合 \u{1b}[31m\u{7}\u{85}\u{9b}\u{202e}\u{2066}\r\nnext\u{2028}line";
    let mut document = document(&[
        (Kind::Chapter, "第一章", odd, "1", odd),
        (Kind::Row, "", "", "1.r1", odd),
        (Kind::Bullet, "——", odd, "1.r1.b1~2", "=1+1"),
        (Kind::Paragraph, "", "", "p1", "\u{3000}\t"),
    ]);
    document.id = DocumentId::new(odd);
    document.metadata.title = odd.to_owned();
    document.metadata.issuer = Some(odd.to_owned());
    document.metadata.document_number = Some("\u{1b}\n".to_owned());
    document
}

/// The plan that every library begins with, read as any other file.
fn built_in() -> Document {
    let raw = crate::extract::extract(crate::corpus::BUILT_IN).unwrap().value;
    crate::structure::structure(raw, Source { file: crate::corpus::BUILT_IN_NAME.to_owned(), ..Source::default() }).value
}

fn written(style: Style, passage: &Passage<'_>) -> String {
    let mut bytes = Vec::new();
    style.write(passage, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn passages(document: &Document) -> Vec<Passage<'_>> {
    let mut places = vec![(None, None)];
    for (index, node) in document.walk() {
        let whole = Sentence { number: 1, span: 0..document.unit_text(node).len() };
        let outside = Sentence { number: 9, span: 1..usize::MAX };
        places.extend([(Some(index), None), (Some(index), Some(whole)), (Some(index), Some(outside))]);
    }
    let both = places.into_iter().flat_map(|place| [(place.clone(), false), (place, true)]);
    both.map(|((node, sentence), quoted)| Passage { document, node, through: None, sentence, quoted }).collect()
}

#[test]
fn every_style_writes_every_place_without_control_characters() {
    for document in [plan(), odd(), built_in()] {
        for style in STYLES {
            for passage in passages(&document) {
                let text = written(style, &passage);
                assert!(text.ends_with('\n') && !text.trim().is_empty(), "{}: {text:?}", style.name);
                let harmful = text.chars().find(|character| {
                    character.is_control() && *character != '\n'
                        || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                });
                assert_eq!(harmful, None, "{}: {text:?}", style.name);
            }
        }
    }
}

#[test]
fn bibtex_is_balanced_and_its_key_is_plain() {
    let style = Style::named("bibtex").unwrap();
    for document in [plan(), odd(), built_in()] {
        for passage in passages(&document) {
            let text = written(style, &passage);
            let mut depth = 0_i32;
            for (at, character) in text.trim_end().char_indices() {
                depth += i32::from(character == '{') - i32::from(character == '}');
                assert!(depth > 0 || at < "@misc{".len() || at + 1 == text.trim_end().len(), "{text}");
            }
            assert_eq!(depth, 0, "{text}");
            let key = text.strip_prefix("@misc{").unwrap().split_once(",\n").unwrap().0;
            assert!(key.chars().all(|character| character.is_alphanumeric() || "-_.:+".contains(character)), "{key}");
        }
    }
}

#[test]
fn csl_json_is_read_back() {
    let style = Style::named("csl-json").unwrap();
    for document in [plan(), odd(), built_in()] {
        for passage in passages(&document) {
            let items: serde_json::Value = serde_json::from_str(&written(style, &passage)).unwrap();
            assert_eq!(items[0]["id"], passage.address());
            assert_eq!(items[0]["type"], "regulation");
        }
    }
}

#[test]
fn one_line_styles_are_one_line() {
    for name in ["official", "plain", "gbt7714"] {
        for document in [plan(), odd(), built_in()] {
            for passage in passages(&document) {
                assert_eq!(written(Style::named(name).unwrap(), &passage).lines().count(), 1, "{name}");
            }
        }
    }
}

#[test]
fn each_style_writes_a_measure_with_its_words() {
    let document = plan();
    let passage = Passage { document: &document, node: Some(NodeIndex(2)), through: None, sentence: None, quoted: true };
    let expected = [
        (
            "official",
            "《湖南省“十四五”商务和开放型经济发展规划》（湘政办发〔2021〕57号）第四章 三、（四）：“（四）促进平衡。实施‘三类“500强”’计划。China’s 第二句续行。”\n",
        ),
        (
            "plain",
            "湖南省“十四五”商务和开放型经济发展规划，湘政办发〔2021〕57号，2021年9月8日，第四章 三、（四）：“（四）促进平衡。实施‘三类“500强”’计划。China’s 第二句续行。”\n",
        ),
        (
            "gbt7714",
            "湖南省人民政府办公厅. 湖南省“十四五”商务和开放型经济发展规划：湘政办发〔2021〕57号[A]. 2021-09-08: 第四章 三、（四）. “（四）促进平衡。实施‘三类“500强”’计划。China’s 第二句续行。”\n",
        ),
        (
            "markdown",
            "> （四）促进平衡。实施“三类‘500强’”计划。China’s 第二句续行。\n>\n> ——《湖南省“十四五”商务和开放型经济发展规划》（湘政办发〔2021〕57号）第四章 三、（四） `湘政办发-2021-57/4.3.4`\n",
        ),
        (
            "bibtex",
            "@misc{湘政办发-2021-57:4.3.4,\n  author = {{湖南省人民政府办公厅}},\n  title = {{湖南省“十四五”商务和开放型经济发展规划}},\n  howpublished = {湘政办发〔2021〕57号},\n  year = {2021},\n  month = {9},\n  day = {8},\n  note = {第四章 三、（四）},\n  annote = {（四）促进平衡。实施“三类‘500强’”计划。China’s 第二句续行。},\n  language = {chinese},\n}\n",
        ),
    ];
    for (name, text) in expected {
        assert_eq!(written(Style::named(name).unwrap(), &passage), text, "{name}");
    }
    let items: serde_json::Value = serde_json::from_str(&written(Style::named("csl-json").unwrap(), &passage)).unwrap();
    assert_eq!(items[0]["section"], "第四章 三、（四）");
    assert_eq!(items[0]["issued"]["date-parts"], serde_json::json!([[2021, 9, 8]]));
}

#[test]
fn a_row_is_quoted_by_its_cells_and_a_sentence_by_its_words() {
    let document = plan();
    let official = Style::named("official").unwrap();
    let row = Passage { document: &document, node: Some(NodeIndex(3)), through: None, sentence: None, quoted: true };
    assert!(written(official, &row).ends_with("：“1，进出口总额，4875”\n"));
    let sentence = Sentence { number: 2, span: "（四）促进平衡。".len().."（四）促进平衡。实施".len() };
    let passage = Passage { document: &document, node: Some(NodeIndex(2)), through: None, sentence: Some(sentence), quoted: true };
    assert!(written(official, &passage).ends_with("三、（四）第2句：“实施”\n"));
    assert_eq!(passage.locator().to_string(), "湘政办发-2021-57/4.3.4.s2");
}

#[test]
fn a_document_without_a_head_is_still_cited() {
    let mut document = plan();
    document.metadata = Metadata { title: "规划".to_owned(), ..Metadata::default() };
    let passage = Passage { document: &document, node: None, through: None, sentence: None, quoted: true };
    let expected =
        [("official", "《规划》\n"), ("plain", "规划\n"), ("gbt7714", "规划[A].\n"), ("markdown", "《规划》 `湘政办发-2021-57`\n")];
    for (name, text) in expected {
        assert_eq!(written(Style::named(name).unwrap(), &passage), text, "{name}");
    }
}

#[test]
fn indicators_are_read_back_from_every_format() {
    let document = plan();
    let entries = [Entry { document: &document, indicator: &document.indicators[0] }];
    let text = |at: usize| {
        let mut bytes = Vec::new();
        INDICATOR_FORMATS[at].write(&entries, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    assert_eq!(
        text(0),
        "category,no,indicator,unit,y2020,y2025,annual_growth_pct,target_text,property,document,locator\n\
         对外贸易,1,\"'=进出口,\"\"总额\"\"\",亿元,—,-8400,7左右,\"累计\n完成\",预期性,湘政办发-2021-57,湘政办发-2021-57/4\n"
    );
    let rows: serde_json::Value = serde_json::from_str(&text(1)).unwrap();
    assert_eq!(rows[0]["values"], serde_json::json!({"2025": "-8400", "2020": "—"}));
    assert_eq!(rows[0]["indicator"], "=进出口,\"总额\"");
}

/// What a format writes.
fn bytes(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn counts_are_read_back_from_every_format() {
    let count = |units, occurrences| Count { units, occurrences };
    let term = |typed: &str, total| counts::Term { typed: typed.to_owned(), total };
    let row = |label, locator: Option<&str>, citation: &str, counts| counts::Row {
        label,
        locator: locator.map(|locator| locator.parse().unwrap()),
        citation: citation.to_owned(),
        counts,
    };
    let named = Label::Named("第四章 “甲”,\"乙\"".to_owned());
    let table = Table {
        grouping: Grouping::Chapter,
        terms: vec![term("=外贸", count(3, 7)), term("-内贸", count(1, 1))],
        rows: vec![
            row(named, Some("甲/4"), "《甲》第四章", vec![count(2, 6), count(1, 1)]),
            row(Label::Unknown, None, "", vec![count(1, 1), count(0, 0)]),
        ],
    };
    let [csv, json] = COUNT_FORMATS.map(|format| bytes(|bytes| format.write(&table, bytes)));
    let expected = "\
term,group,units,occurrences,document,locator,citation
'=外贸,\"第四章 “甲”,\"\"乙\"\"\",2,6,甲,甲/4,《甲》第四章
'-内贸,\"第四章 “甲”,\"\"乙\"\"\",1,1,甲,甲/4,《甲》第四章
'=外贸,unknown,1,1,,,
'-内贸,unknown,0,0,,,
";
    assert_eq!(csv, expected);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let expected = serde_json::json!({
        "by": "chapter",
        "terms": [{"query": "=外贸", "units": 3, "occurrences": 7}, {"query": "-内贸", "units": 1, "occurrences": 1}],
        "rows": [
            {"group": "第四章 “甲”,\"乙\"", "document": "甲", "locator": "甲/4", "citation": "《甲》第四章",
             "counts": [{"units": 2, "occurrences": 6}, {"units": 1, "occurrences": 1}]},
            {"group": "unknown", "document": null, "locator": null, "citation": null,
             "counts": [{"units": 1, "occurrences": 1}, {"units": 0, "occurrences": 0}]},
        ],
    });
    assert_eq!(json, expected);
}

#[test]
fn concordance_lines_are_read_back_from_every_format() {
    let document = plan();
    let node = NodeIndex(2);
    let text = document.unit_text(document.node(node).unwrap());
    let start = text.find("平衡").unwrap();
    let line = Line {
        node,
        before: "@促进".to_owned(),
        term: "平衡".to_owned(),
        after: "。".to_owned(),
        highlight: start..start + "平衡".len(),
    };
    let whole = Concordance { query: "平衡", total: 1, occurrences: 1, lines: vec![(&document, line)] };
    let [csv, json] = CONCORDANCE_FORMATS.map(|format| bytes(|bytes| format.write(&whole, bytes)));
    let citation = "《湖南省“十四五”商务和开放型经济发展规划》（湘政办发〔2021〕57号）第四章 三、（四）";
    let expected =
        format!("before,term,after,document,locator,citation\n'@促进,平衡,。,湘政办发-2021-57,湘政办发-2021-57/4.3.4,{citation}\n");
    assert_eq!(csv, expected);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let characters = text.find("平衡").map(|at| text.get(..at).unwrap().chars().count()).unwrap();
    let expected = serde_json::json!({
        "query": "平衡", "total": 1, "occurrences": 1,
        "lines": [{
            "locator": "湘政办发-2021-57/4.3.4", "citation": citation,
            "before": "@促进", "term": "平衡", "after": "。", "highlight": [characters, characters + 2],
        }],
    });
    assert_eq!(json, expected);
}
