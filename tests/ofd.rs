//! Documents that are set as OFD have the tree of the text that they were set from.

#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

#[path = "common/ofd.rs"]
mod ofd;

use celan::document::Document;
use celan::document::metadata::Source;
use celan::extract::{RawDocument, extract};
use celan::structure::structure;

const NOTICE: &str = include_str!("readers/notice.txt");

/// Everything that structure tells of a document but where in the text it stands, and how its words are broken into lines.
fn outline(raw: RawDocument) -> (Document, Vec<String>) {
    let document = structure(raw, Source::default()).value;
    let nodes = document.nodes.iter().map(|node| {
        let cells: Vec<_> = node.cells.iter().map(|cell| format!("{}{:?}", cell.text, cell.columns)).collect();
        format!("{:?} {} {} {} {cells:?}", node.kind, node.address, node.label, node.title)
    });
    let nodes = nodes.collect();
    (document, nodes)
}

fn set(raw: &RawDocument) -> Vec<u8> {
    ofd::typeset(&ofd::parts(raw))
}

/// What the text says, without white space.
fn words(document: &Document) -> String {
    document.text.split_whitespace().collect()
}

#[test]
fn a_notice_set_as_ofd_has_the_tree_of_its_text() {
    let raw = extract(NOTICE.as_bytes()).expect("the notice is read").value;
    let bytes = set(&raw);
    assert_eq!(bytes, include_bytes!("readers/notice.ofd"), "the sample is what the writer makes of the notice");
    let read = extract(&bytes).expect("the OFD is read");
    let ((ours, nodes), (theirs, expected)) = (outline(read.value), outline(raw));
    assert_eq!(nodes, expected);
    assert_eq!(words(&ours), words(&theirs));
    assert!(nodes.len() > 10, "{nodes:#?}");
}

#[test]
fn the_plan_of_hunan_set_as_ofd_has_the_tree_of_its_text() {
    let raw = extract(celan::corpus::BUILT_IN).expect("the plan is read").value;
    let read = extract(&set(&raw)).expect("the OFD is read");
    let pages = read.value.blocks.iter().filter_map(|block| block.page).max();
    assert!(pages > Some(20), "{pages:?}");
    let ((ours, nodes), (theirs, expected)) = (outline(read.value), outline(raw));
    for (own, other) in nodes.iter().zip(&expected) {
        assert_eq!(own, other);
    }
    assert_eq!(nodes.len(), expected.len());
    assert_eq!(words(&ours), words(&theirs));
    assert_eq!(ours.metadata.title, theirs.metadata.title);
    let indicators = |document: &Document| document.indicators.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>();
    assert_eq!(indicators(&ours), indicators(&theirs));
}
