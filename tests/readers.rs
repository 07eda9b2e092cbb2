//! The conformance suite of the readers: what holds for each of them, whatever it reads.
//!
//! A new reader adds a [`Sample`] of its own writing to [`SAMPLES`]; the suite refuses a registry with a reader that has none.

#![expect(clippy::expect_used, clippy::string_slice, reason = "tests stop at the first surprise")]

use std::ops::Range;

use proptest::prelude::*;

use celan::diagnostic::{Diagnostic, Language};
use celan::document::Document;
use celan::document::metadata::Source;
use celan::extract::{Limits, READERS, RawDocument, RawTable, Shape, extract, reader_of};
use celan::index::{pack, unpack};
use celan::library::File;
use celan::structure::structure;

/// A small document in the format of one reader.
struct Sample {
    /// [`celan::extract::Reader::english`] of the reader that must accept it.
    reader: &'static str,
    bytes: &'static [u8],
    /// How many tables are in it.
    tables: usize,
}

const SAMPLES: [Sample; 12] = [
    Sample { reader: "Word documents", bytes: include_bytes!("readers/notice.docx"), tables: 1 },
    Sample { reader: "OFD files", bytes: include_bytes!("readers/notice.ofd"), tables: 1 },
    Sample { reader: "Excel workbooks", bytes: include_bytes!("readers/indicators.xlsx"), tables: 2 },
    Sample { reader: "ODF spreadsheets", bytes: include_bytes!("readers/indicators.ods"), tables: 2 },
    Sample { reader: "PDF files", bytes: include_bytes!("readers/notice.pdf"), tables: 1 },
    Sample { reader: "old Excel workbooks", bytes: include_bytes!("readers/indicators.xls"), tables: 2 },
    Sample { reader: "old Word documents", bytes: include_bytes!("readers/notice.doc"), tables: 1 },
    Sample { reader: "old Word documents", bytes: include_bytes!("readers/plan.doc"), tables: 2 },
    Sample { reader: "web pages", bytes: include_bytes!("readers/notice.html"), tables: 1 },
    Sample { reader: "web pages", bytes: include_bytes!("readers/hostile.html"), tables: 1 },
    Sample { reader: "Markdown", bytes: include_bytes!("readers/notice.md"), tables: 1 },
    Sample { reader: "plain text", bytes: include_bytes!("readers/notice.txt"), tables: 1 },
];

/// The invariants of raw documents (`src/extract.rs`).
fn check(raw: &RawDocument) {
    let mut end = 0;
    assert_eq!(raw.blocks.is_empty(), raw.text.is_empty(), "a text has blocks");
    for block in &raw.blocks {
        assert_eq!(block.span.start, end, "blocks tile the text");
        end = block.span.end;
        let own = raw.text.get(block.span.clone()).expect("a block begins and ends between characters");
        let before = raw.text.get(..block.span.end - own.trim_start().len()).unwrap_or_default();
        if !own.trim().is_empty() && !matches!(block.shape, Shape::Table(_)) {
            assert_eq!(block.line as usize, before.matches('\n').count() + 1, "{own:?} stands in its line");
        }
        match &block.shape {
            Shape::Paragraph(hint) => assert!(own.trim_start().get(hint.markup..).is_some(), "markup is within the block"),
            Shape::Table(table) => check_table(&raw.text, table, &block.span),
        }
    }
    assert_eq!(end, raw.text.len(), "the last block ends with the text");
    assert!(!raw.text.contains('\0') && !raw.text.starts_with('\u{FEFF}'));
}

fn check_table(text: &str, table: &RawTable, block: &Range<usize>) {
    assert!(!table.rows.is_empty(), "a table has rows");
    let mut end = table.rows.first().map_or(0, |row| row.span.start);
    if let Some(caption) = &table.caption {
        assert!(block.start <= caption.start && caption.end <= end, "the caption stands before the rows");
    }
    for row in &table.rows {
        assert_eq!(row.span.start, end, "rows tile the table");
        end = row.span.end;
        assert!(row.line >= 1);
        let mut last = row.span.start;
        for cell in &row.cells {
            assert!(last <= cell.span.start && cell.span.end <= row.span.end, "cells lie in their row, in order");
            last = cell.span.end;
            let own = text.get(cell.span.clone()).expect("a cell begins and ends between characters");
            assert_eq!(own, own.trim(), "no white space around a cell");
            assert_ne!(cell.columns, Some(0), "a cell covers a column");
        }
    }
    assert_eq!(end, block.end, "the last row ends with the table");
}

fn document(raw: RawDocument) -> Document {
    let document = structure(raw, Source::default()).value;
    assert_eq!(document.rebuilt(), document.text, "the tree gives the text back");
    document
}

/// What the encodings and formats of one document must agree on.
fn tree(bytes: &[u8]) -> Vec<(String, String, String)> {
    let document = document(extract(bytes).expect("it is read").value);
    let mut tree: Vec<_> =
        document.nodes.iter().map(|node| (node.address.to_string(), node.label.clone(), node.title.clone())).collect();
    let head = &document.metadata;
    tree.push((document.id.as_str().to_owned(), head.title.clone(), format!("{:?} {:?}", head.document_number, head.date)));
    tree
}

#[test]
fn every_reader_has_a_sample_and_reads_it() {
    for reader in &READERS {
        assert!(SAMPLES.iter().any(|sample| sample.reader == reader.english), "{} has no sample", reader.english);
        assert!(!reader.extensions.is_empty() && !reader.chinese.is_empty());
        assert!(reader.extensions.iter().all(|extension| extension.chars().all(|letter| letter.is_ascii_lowercase())));
    }
    for sample in &SAMPLES {
        assert_eq!(reader_of(sample.bytes).map(|reader| reader.english), Some(sample.reader));
        let raw = extract(sample.bytes).expect("a sample is read").value;
        check(&raw);
        let tables = raw.blocks.iter().filter(|block| matches!(block.shape, Shape::Table(_))).count();
        assert_eq!(tables, sample.tables, "{}: {}", sample.reader, raw.text);
        let invented = raw.text.chars().find(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'));
        assert_eq!(invented, None, "{}", sample.reader);
        document(raw);
    }
}

#[test]
fn what_is_read_survives_the_way_out_of_a_worker() {
    for sample in &SAMPLES {
        let file = File { name: "甲", bytes: sample.bytes, corrections: None, limits: &Limits::USUAL };
        let read = file.read().expect("a sample is read");
        let (tree, text) = (pack(&read.document).expect("it can be packed"), read.document.text.as_str());
        assert_eq!(unpack(&tree, text).as_ref(), Some(&read.document), "{}", sample.reader);
        assert_eq!(unpack(&tree, &format!("{text}甲")), None, "the text of another document");
        let sent = serde_json::to_string(&read.diagnostics).expect("they can be sent");
        let arrived: Vec<Diagnostic> = serde_json::from_str(&sent).expect("they arrive");
        assert_eq!(arrived, read.diagnostics, "{}", sample.reader);
    }
}

#[test]
fn what_is_refused_is_refused_in_both_languages() {
    let deep = format!("<html>{}", "<div>".repeat(100_000));
    for bytes in [&b"%PDF-1.7"[..], b"\0\x01\x02\x03", b"PK\x03\x04", deep.as_bytes()] {
        let error = extract(bytes).expect_err("it is refused");
        let (chinese, english) = (error.in_language(Language::Chinese), error.in_language(Language::English));
        assert!(chinese.chars().any(|character| character >= '\u{4E00}') && english.is_ascii(), "{chinese} / {english}");
    }
    let said = extract(deep.as_bytes()).expect_err("it is refused").to_string();
    assert_eq!(said, "the elements of this web page lie more than 512 deep in each other: save it as plain text first");
}

#[test]
fn a_document_is_the_same_in_every_encoding_and_format() {
    let text = include_str!("readers/notice.txt");
    let expected = tree(text.as_bytes());
    assert!(expected.len() > 10, "{expected:#?}");
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let page = include_str!("readers/notice.html");
    let (gbk_page, _, _) = encoding_rs::GB18030.encode(page);
    for (name, bytes) in [
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("GB18030", gb18030.into_owned()),
        ("UTF-16LE", units(u16::to_le_bytes)),
        ("UTF-16BE", units(u16::to_be_bytes)),
        ("HTML in UTF-8 that declares GBK", page.as_bytes().to_vec()),
        ("HTML in GB18030", gbk_page.into_owned()),
        // Set on three small pages, with page numbers.
        ("PDF", include_bytes!("readers/notice.pdf").to_vec()),
    ] {
        assert_eq!(tree(&bytes), expected, "{name}");
    }
}

#[test]
fn a_page_fills_the_gaps_of_the_texts_head() {
    let page = "<html><head><title>关于规范停车秩序的通知_甲市政府网</title></head><body>\
        <ul><li>发布机构：甲市公安局</li><li>文号：甲公发〔2022〕3号</li><li>成文日期：2022-03-04</li></ul>\
        <div id=zoom><p>各派出所：</p><p>一、划定车位。由各区负责，并在本月底以前全部完成。</p></div></body></html>";
    let head = document(extract(page.as_bytes()).expect("it is read").value).metadata;
    assert_eq!((head.title.as_str(), head.issuer.as_deref()), ("关于规范停车秩序的通知", Some("甲市公安局")));
    assert_eq!(head.document_number.as_deref(), Some("甲公发〔2022〕3号"));
    assert_eq!(head.date.map(|date| date.to_string()).as_deref(), Some("2022-03-04"));
}

#[test]
fn a_page_without_a_known_container_is_read_without_its_menu() {
    let page = "<html><body><div><a href=1>首页</a><a href=2>政务公开</a></div><div class=x><div class=y>\
        <p>为规范停车秩序，现就有关事项通知如下，请认真贯彻执行。</p><p>一、划定车位</p></div></div></body></html>";
    let text = extract(page.as_bytes()).expect("it is read").value.text;
    assert_eq!(text, "为规范停车秩序，现就有关事项通知如下，请认真贯彻执行。\n\n一、划定车位");
}

#[test]
fn what_a_page_lacks_or_overdoes_is_said() {
    let said =
        |page: &str| extract(page.as_bytes()).expect("it is read").diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>();
    let empty = "<html><body><div id=app></div><script>draw()</script></body></html>";
    assert_eq!(said(empty), ["this page has no visible text; scripts may make it: save the complete page in a browser"]);
    let wide = "<html><body><div id=zoom><table><tr><td colspan=999999>甲</td><td>乙</td></tr><tr><td>丙</td><td rowspan=5000>丁</td></tr></table></body></html>";
    assert_eq!(
        said(wide),
        ["2 cell(s) of tables claim to cover an absurd number of rows or columns: read as the most that is allowed"]
    );
    let cells = format!(
        "<html><body><div id=zoom><table><tr>{}</tr><tr><td>末</td><td>行</td></tr></table></body></html>",
        "<td>格</td>".repeat(500)
    );
    let text = extract(cells.as_bytes()).expect("it is read").value.text;
    assert_eq!(text.matches('格').count(), 500, "no cell is lost");
}

#[test]
fn cells_over_rows_and_columns_keep_their_places() {
    let raw = extract(include_bytes!("readers/hostile.html")).expect("it is read").value;
    let table = raw.blocks.iter().find_map(|block| match &block.shape {
        Shape::Table(table) => Some(table),
        Shape::Paragraph(_) => None,
    });
    let rows = table.expect("a table").rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| (&raw.text[cell.span.clone()], cell.columns.unwrap_or(0)));
        cells.collect::<Vec<_>>()
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            vec![("类别", 1), ("名称", 2), ("目标", 2)],
            vec![("", 1), ("", 2), ("2023年", 1), ("2025年", 1)],
            vec![("对外贸易", 1), ("1", 1), ("总额（亿元）", 1), ("84", 1), ("120", 1)],
            vec![("", 1), ("2", 1), ("增速", 1), ("7%左右", 2)],
            vec![("", 1), ("3", 1), ("a b", 1), ("5", 1), ("6", 1)],
        ]
    );
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(read) = extract(&bytes) {
            check(&read.value);
        }
    }

    #[test]
    fn no_damage_to_a_sample_makes_its_reader_panic(
        sample in 0..SAMPLES.len(), at in any::<prop::sample::Index>(), length in 0..40usize, put in prop::collection::vec(any::<u8>(), 0..6),
    ) {
        let mut bytes = SAMPLES[sample].bytes.to_vec();
        let start = at.index(bytes.len());
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, put);
        if let Ok(read) = extract(&bytes) {
            check(&read.value);
            document(read.value);
        }
    }

    #[test]
    fn no_heap_of_tags_makes_the_reader_of_pages_panic(pieces in prop::collection::vec(prop::sample::select(&TAGS[..]), 0..60)) {
        let page = format!("<html><body>{}", pieces.concat());
        if let Ok(read) = extract(page.as_bytes()) {
            check(&read.value);
            document(read.value);
        }
    }
}

const TAGS: [&str; 34] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "<td rowspan=3>",
    "<td colspan=\"99999999\">",
    "<th rowspan=0 colspan=2>",
    "<caption>",
    "</caption>",
    "<tbody>",
    "<p>",
    "</p>",
    "<br>",
    "<div id=zoom>",
    "</div>",
    "<h1>",
    "</h1>",
    "<b>",
    "</a>",
    "<a>",
    "<pre>",
    "<li>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "&nbsp;",
    "&#12;",
    "一、目标",
    "　第一条 𠮷",
    "2025年",
    "\n",
    "\t",
];
