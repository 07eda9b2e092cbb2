//! The best first: the order of hits, by a table of small documents, and the same in every run and build.

use celan::document::Document;
use celan::document::locator::DocumentId;
use celan::index::Index;
use celan::search::{Engine, Request};

use crate::common::{document, plan};
use crate::disk::{change, open};
use crate::documents::{bulk, small};
use crate::queries::read;

const TABLE: &str = include_str!("order.txt");

/// A row of the table: a document, a query, the addresses of its hits in order.
struct Row<'table> {
    name: &'table str,
    text: String,
    query: &'table str,
    expected: Vec<&'table str>,
}

fn rows() -> Vec<Row<'static>> {
    let cases = TABLE.split("\n# ").skip(1);
    let mut rows = Vec::new();
    for case in cases {
        let (name, rest) = case.split_once('\n').unwrap();
        let asks = |line: &&str| line.contains(" => ");
        let text = rest.lines().filter(|line| !asks(line)).collect::<Vec<_>>().join("\n");
        for line in rest.lines().filter(asks) {
            let (query, expected) = line.split_once(" => ").unwrap();
            rows.push(Row { name, text: text.trim().to_owned(), query, expected: expected.split(' ').collect() });
        }
    }
    rows
}

#[test]
fn hits_stand_in_the_order_of_the_table() {
    let rows = rows();
    assert!(rows.len() >= 12, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let document = document("order.txt", &row.text);
        let found = ordered(&Index::in_memory([&document]).unwrap(), row.query);
        let found: Vec<String> = found.into_iter().map(|(_, node, _)| document.nodes[node].address.to_string()).collect();
        if found != row.expected {
            wrong.push(format!("{}: {} => {}", row.name, row.query, found.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Document, node and score of the hits, of those by synonyms and of related units, in order.
fn ordered(index: &Index, typed: &str) -> Vec<(String, usize, f32)> {
    let response = index.search(&Request { limit: Some(60), ..Request::of(read(typed)) }).unwrap();
    let hits = response.hits.iter().chain(&response.synonyms.hits).chain(&response.related);
    hits.map(|hit| (hit.document.as_str().to_owned(), hit.node.0, hit.score.total())).collect()
}

const QUERIES: [&str; 14] = [
    "外贸",
    "企业",
    "电商",
    "的",
    "外贸 企业",
    "电商 农村 站点",
    "“外贸企业”",
    "贸易|创新",
    "支持 -农村",
    "标题:外贸",
    "近5:(外贸 企业)",
    "易货贸易 试点 制度",
    "农村电商没有的人才",
    "电商带头人航天员",
];

#[test]
fn documents_put_in_by_any_order_of_commits_stand_in_the_same_order() {
    let copy = |number: usize, document: &Document| Document { id: DocumentId::new(&format!("copy-{number}")), ..document.clone() };
    let few: Vec<Document> = small().iter().enumerate().flat_map(|(at, one)| [copy(at, one), copy(9 - at, one)]).collect();
    let many = [few.clone(), vec![plan()], bulk()].concat();
    for documents in [few, many] {
        let at_once = Index::in_memory(&documents).unwrap();
        let reversed = Index::in_memory(documents.iter().rev()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = documents.split_at(documents.len() / 2);
        change(folder.path(), &[], second, 0);
        // So much is announced that several threads take part.
        for some in first.chunks(3) {
            change(folder.path(), &[], some, 1 << 30);
        }
        let piecemeal = open(folder.path());
        for typed in QUERIES {
            let expected = ordered(&at_once, typed);
            assert!(!expected.is_empty(), "{typed}");
            assert_eq!(ordered(&at_once, typed), expected, "{typed} again");
            assert_eq!(ordered(&reversed, typed), expected, "{typed}, put in from the last to the first");
            assert_eq!(ordered(&piecemeal, typed), expected, "{typed}, put in by several commits");
        }
    }
}
