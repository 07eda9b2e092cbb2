//! One document in every format and encoding: the same tree, the same addresses, the same indicators.
//!
//! The samples in `tests/formats` are the built-in plan as other programs write it (`tests/formats/make` makes them).

#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

mod common;

use celan::document::Document;
use celan::document::metadata::Source;
use celan::extract::extract;
use celan::structure::structure;

fn read(bytes: &[u8]) -> Document {
    let raw = extract(bytes).expect("it is read");
    let document = structure(raw.value, Source { file: celan::corpus::BUILT_IN_NAME.to_owned(), ..Source::default() }).value;
    assert_eq!(document.rebuilt(), document.text, "the tree gives the text back");
    document
}

/// The tree: address, kind, label, title, and for what has no title its characters, white space left out.
fn tree(document: &Document) -> Vec<String> {
    let nodes = document.nodes.iter().map(|node| {
        let own = document.text.get(node.span.clone()).unwrap_or_default();
        let own: String = own.chars().filter(|character| !character.is_whitespace()).collect();
        let cells: Vec<_> = node.cells.iter().map(|cell| format!("{}@{:?}", cell.text, cell.columns)).collect();
        let words = if cells.is_empty() { own } else { cells.join("|") };
        format!("{} {} {} {} {words}", node.address, node.kind.name(), node.label, node.title)
    });
    nodes.collect()
}

fn indicators(document: &Document) -> Vec<String> {
    let rows = document.indicators.iter().map(|row| {
        let values: Vec<_> = row.values.iter().map(|value| format!("{}={}", value.year, value.value)).collect();
        let (values, growth) = (values.join(","), &row.annual_growth);
        format!("{} {} {} {} {values} {growth} {} {}", row.category, row.number, row.name, row.unit, row.target, row.property)
    });
    rows.collect()
}

fn same(name: &str, bytes: &[u8]) {
    let (plan, read) = (common::plan(), read(bytes));
    let (expected, found) = (tree(&plan), tree(&read));
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(found.len(), expected.len(), "{name}");
    assert_eq!(indicators(&read), indicators(&plan), "{name}");
    assert_eq!(indicators(&plan).len(), 22);
    let (head, expected) = (&read.metadata, &plan.metadata);
    assert_eq!((read.id.as_str(), head), (plan.id.as_str(), expected), "{name}");
}

#[test]
fn the_plan_is_the_same_in_every_encoding() {
    let text = std::str::from_utf8(common::PLAN).expect("the plan is UTF-8");
    let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    same("GB18030", &encoding_rs::GB18030.encode(text).0);
    same("UTF-16LE", &units(u16::to_le_bytes));
    same("UTF-16BE with a mark", &[b"\xFE\xFF".to_vec(), units(u16::to_be_bytes)].concat());
    same("CR LF", text.replace('\n', "\r\n").as_bytes());
}

#[test]
fn the_plan_is_the_same_in_word() {
    same(".docx", include_bytes!("formats/plan.docx"));
    same(".docx made from .odt", include_bytes!("formats/plan-from-odt.docx"));
}

#[test]
fn the_plan_is_the_same_in_old_word() {
    same(".doc", include_bytes!("formats/plan.doc"));
}

#[test]
fn the_plan_is_the_same_as_printed_pages() {
    same(".pdf", include_bytes!("formats/plan.pdf"));
}

#[test]
fn the_plan_is_the_same_in_ofd() {
    same(".ofd", include_bytes!("formats/plan.ofd"));
}

#[test]
fn the_plan_is_the_same_as_a_web_page() {
    same(".html", include_bytes!("formats/plan.html"));
}
