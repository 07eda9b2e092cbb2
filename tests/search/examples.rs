//! The documented examples of the query language do on the Hunan plan what the page says.
//!
//! What is expected is said here once more, unit by unit and without the parser. Examples of the page that are not listed fail.

use std::collections::BTreeSet;

use celan::document::Document;
use celan::document::node::Node;
use celan::index::Index;
use celan::query::{self, OPERATORS};
use celan::search::{Engine, Request};
use celan::text::fold::folded;

use crate::common::{document, plan};

/// A unit as the examples look at it.
struct Seen {
    address: String,
    text: String,
    title: String,
    body: String,
}

impl Seen {
    fn of(document: &Document, node: &Node) -> Self {
        let text = document.unit_text(node);
        let start = document.unit_start(node);
        let title = node.title_span.as_ref().map_or(0..0, |span| span.start - start..span.end - start);
        let indicator = document.indicators.iter().find(|one| document.node(one.node).unwrap().address == node.address);
        let body = format!("{}\t{}", &text[..title.start], &text[title.end..]);
        Self {
            address: node.address.to_string(),
            text: folded(text),
            title: folded(indicator.map_or(&text[title], |indicator| &indicator.name)),
            body: folded(&body),
        }
    }

    fn has(&self, string: &str) -> bool {
        self.text.contains(string)
    }

    fn under(&self, address: &str) -> bool {
        self.address == address || self.address.starts_with(&format!("{address}."))
    }

    fn in_one_sentence(&self, words: [&str; 2]) -> bool {
        self.text.split(['。', '!', '?']).any(|sentence| words.iter().all(|word| sentence.contains(word)))
    }

    /// Whether some two places of the words have no more than so many characters between them.
    fn within(&self, most: usize, words: [&str; 2]) -> bool {
        let places = |word: &str| self.text.match_indices(word).map(|(at, found)| (at, at + found.len())).collect::<Vec<_>>();
        let gap = |one: (usize, usize), other: (usize, usize)| {
            let (left, right) = if one < other { (one, other) } else { (other, one) };
            self.text.get(left.1..right.0).unwrap_or_default().chars().count()
        };
        places(words[0]).into_iter().any(|one| places(words[1]).into_iter().any(|other| gap(one, other) <= most))
    }
}

type Says = fn(&Seen) -> bool;

/// What each example of the page says of a unit of the plan.
const EXAMPLES: [(&str, Says); 18] = [
    ("外贸 企业", |unit| unit.has("外贸") && unit.has("企业")),
    ("“外贸 企业”", |unit| unit.has("外贸企业")),
    ("电商|电子商务", |unit| unit.has("电商") || unit.has("电子商务")),
    ("外贸 -农产品", |unit| unit.has("外贸") && !unit.has("农产品")),
    ("外贸 (农村 电商|易货)", |unit| unit.has("外贸") && unit.has("农村") && (unit.has("电商") || unit.has("易货"))),
    ("标题:(电商|易货)", |unit| unit.title.contains("电商") || unit.title.contains("易货")),
    ("正文:电商", |unit| unit.body.contains("电商")),
    ("章:第四章|附则", |unit| unit.under("4")),
    ("在:4.3", |unit| unit.under("4.3")),
    ("文件:自由贸易试验区", |_| false),
    ("文号:湘政办发", |_| true),
    ("发文:商务厅|财政厅", |_| false),
    ("年:2019-2021", |_| true),
    ("地区:湖南|湖北", |_| true),
    ("类:规划|条例", |_| true),
    ("同段:(电商 农村)", |unit| unit.has("电商") && unit.has("农村")),
    ("同句:(电商 农村)", |unit| unit.in_one_sentence(["电商", "农村"])),
    ("近10:(电商 农村)", |unit| unit.within(10, ["电商", "农村"])),
];

fn found(index: &Index, document: &Document, typed: &str) -> BTreeSet<String> {
    let response = index.search(&Request::of(query::parse(typed))).unwrap();
    response.hits.iter().map(|hit| document.nodes[hit.node.0].address.to_string()).collect()
}

#[test]
fn every_example_of_the_page_finds_what_the_page_says() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let units: Vec<Seen> = plan.walk().map(|(_, node)| Seen::of(&plan, node)).collect();
    let mut checked = 0;
    let mut with_hits = 0;
    for operator in OPERATORS {
        let (_, says) = EXAMPLES.iter().find(|(example, _)| *example == operator.syntax.chinese).unwrap();
        let expected: BTreeSet<String> = units.iter().filter(|unit| says(unit)).map(|unit| unit.address.clone()).collect();
        for example in [operator.syntax.chinese, operator.syntax.english] {
            assert_eq!(found(&index, &plan, example), expected, "{example}");
            checked += 1;
        }
        with_hits += usize::from(!expected.is_empty());
    }
    assert_eq!(checked, 2 * EXAMPLES.len());
    assert!(with_hits >= EXAMPLES.len() - 3, "{with_hits} examples find anything");
}

#[test]
fn fields_are_about_the_document_and_the_place() {
    let plan = plan();
    let law = document("law.txt", crate::documents::LAW);
    let index = Index::in_memory([&plan, &law]).unwrap();
    let total = |typed: &str| index.search(&Request::of(query::parse(typed))).unwrap().total;
    let all = |document: &Document| document.walk().filter(|(_, node)| !document.unit_text(node).is_empty()).count();
    for (typed, expected) in [
        ("类:条例", all(&law)),
        ("类:规划|条例", all(&plan) + all(&law)),
        ("年:2021", all(&plan)),
        ("年:2019", all(&law)),
        ("年:2019|2021", all(&plan) + all(&law)),
        ("年:2019..2021 -地区:湖南", all(&law)),
        ("年:2020-", all(&plan)),
        ("在:57号", all(&plan)),
        ("章:附则", law.walk().filter(|(_, node)| law.path(law.find(&node.address).unwrap())[0] == chapter(&law)).count()),
        ("在:第三条第二项", 1),
    ] {
        assert_eq!(total(typed), expected, "{typed}");
    }
}

/// The last chapter of a document.
fn chapter(document: &Document) -> celan::document::node::NodeIndex {
    document.children(None).map(|(index, _)| index).last().unwrap()
}

#[test]
fn what_looks_like_an_operator_and_is_none_is_found_as_it_stands() {
    let plan = plan();
    let index = Index::in_memory([&plan]).unwrap();
    let holding = |string: &str| -> BTreeSet<String> {
        let string = folded(string);
        let holds = plan.walk().filter(|(_, node)| folded(plan.unit_text(node)).contains(&string));
        holds.map(|(_, node)| node.address.to_string()).collect()
    };
    for standing in ["（三）", "湘政办发〔2021〕57号", "中国（湖南）自由贸易试验区", "“三类500强”重大"]
    {
        assert!(!holding(standing).is_empty(), "{standing} stands in the plan");
    }
    for typed in ["湘政办发〔2021〕57号", "中国（湖南）自由贸易试验区", "“三类500强”重大", "“三类500强”企业"]
    {
        assert_eq!(found(&index, &plan, typed), holding(typed), "{typed}");
    }
    let either: BTreeSet<String> = holding("（三）").union(&holding("（3）")).cloned().collect();
    assert_eq!(found(&index, &plan, "（三）"), either);
    assert_eq!(found(&index, &plan, "（3）"), either);
    assert_eq!(found(&index, &plan, "“（三）”"), holding("（三）"));
    let chapter: BTreeSet<String> = holding("第三章").union(&holding("第3章")).cloned().collect();
    assert_eq!((found(&index, &plan, "第3章"), found(&index, &plan, "第三章")), (chapter.clone(), chapter));
}
