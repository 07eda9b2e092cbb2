//! Tests of packed trees: documents as the structure stage makes them, documents as nobody makes them, damaged bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::document::abbreviation::Abbreviation;
use crate::document::excerpt::Excerpt;
use crate::document::indicator::{Indicator, YearValue};
use crate::document::locator::{Address, DocumentId, Step};
use crate::document::metadata::{Date, Metadata, Source};
use crate::document::numbering::{Form, Numbering};
use crate::document::table::Cell;
use crate::{extract, structure};

fn read(text: &str) -> Document {
    let raw = extract::extract(text.as_bytes()).unwrap().value;
    let source = Source { file: "办法.txt".to_owned(), sha256: "0f".repeat(32), bytes: 7, corrections: None };
    structure::structure(raw, source).value
}

fn there_and_back(document: &Document) -> Option<Document> {
    unpack(&pack(document).unwrap(), &document.text)
}

/// A law with divisions, inserted articles, clauses and items, and a plan with measures, bullets, a table and a box.
fn texts() -> [String; 3] {
    let articles = |numbers: [&str; 3]| -> String {
        numbers.map(|number| format!("第{number}条　库房应当上锁。\n　　钥匙由两人分管：\n（一）馆长；\n（二）值班员。\n")).concat()
    };
    let law = format!(
        "库房管理条例\n\n第一章　总则\n{}第二章　钥匙\n{}附件1\n登记表\n",
        articles(["一", "二", "二"]),
        articles(["三", "三条之一　另行规定。\n第四", "五"]),
    );
    let plan = "仓储发展规划\n\n一、基础\n（一）库房。建成三座\n库房。\n——扩大面积。\n1.通风\n（1）换气\n①每日\n\n二、指标\n\n\
        指标\t单位\t2025年\n库房\t座\t5\n钥匙\t把\t10\n\n专栏1 重点工程\n1.1 新库\r\n1.2 旧库\n"
        .to_owned();
    [law, plan, String::new()]
}

#[test]
fn documents_that_were_read_are_given_back() {
    for text in texts() {
        let document = read(&text);
        assert_eq!(there_and_back(&document).as_ref(), Some(&document), "{text}");
    }
}

#[test]
fn a_node_of_a_law_costs_a_few_bytes() {
    let article = |number: usize| format!("第{number}条　库房{}应当上锁。\n", "的门".repeat(number % 7));
    let text = (1..400).map(article).collect::<Vec<_>>().concat();
    let document = read(&text);
    assert!(document.nodes.len() >= 399);
    let packed = pack(&document).unwrap();
    assert!(packed.len() < 13 * document.nodes.len(), "{} bytes for {} nodes", packed.len(), document.nodes.len());
}

#[test]
fn damaged_bytes_and_other_texts_are_told() {
    let [law, ..] = texts();
    let document = read(&law);
    let packed = pack(&document).unwrap();
    assert_eq!(unpack(&packed, &format!("{law}。")), None);
    for cut in 0..packed.len() {
        assert_eq!(unpack(packed.get(..cut).unwrap(), &document.text), None);
    }
    for bit in 0..packed.len() * 8 {
        let mut flipped = packed.clone();
        *flipped.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
        assert_eq!(unpack(&flipped, &document.text), None);
    }
}

fn range() -> impl Strategy<Value = Range<usize>> {
    prop_oneof![(0_usize..40, 0_usize..40), (any::<usize>(), any::<usize>())].prop_map(|(start, end)| start..end)
}

fn address() -> impl Strategy<Value = Address> {
    let number = || prop_oneof![0_u32..4, any::<u32>()];
    let step = (proptest::sample::select(&address::KINDS[..]), number(), number(), number());
    vec(step.prop_map(|(kind, value, insertion, repeat)| Step { kind, value, insertion, repeat }), 0..4).prop_map(Address)
}

fn numbering() -> impl Strategy<Value = Numbering> {
    let forms = [Form::Part, Form::Han, Form::Circled, Form::Annex, Form::Box];
    let form = prop_oneof![proptest::sample::select(forms.to_vec()), any::<u8>().prop_map(|depth| Form::Decimal { depth })];
    (form, any::<u32>(), 0_u32..2, "[第一条a]{0,3}").prop_map(|(form, value, insertion, label)| Numbering {
        form,
        value,
        insertion,
        label,
    })
}

prop_compose! {
    fn node()(
        kind in proptest::sample::select(&Kind::ALL[..]),
        numbering in proptest::option::of(numbering()),
        (label, title) in ("[第一条a]{0,3}", "[第一条a\\n]{0,3}"),
        (title_span, span) in (proptest::option::of(range()), range()),
        (line_start, line_end) in any::<(u32, u32)>(),
        (parent, subtree_end) in (proptest::option::of(prop_oneof![0_usize..6, any::<usize>()]), any::<usize>()),
        address in address(),
        cells in vec(("[第一条a\\n]{0,3}", range(), range()), 0..3),
    ) -> Node {
        let cells = cells.into_iter().map(|(text, span, columns)| Cell { text, span, columns }).collect();
        let (parent, subtree_end) = (parent.map(NodeIndex), NodeIndex(subtree_end));
        Node { kind, numbering, label, title, title_span, span, line_start, line_end, parent, subtree_end, address, cells }
    }
}

fn document() -> impl Strategy<Value = Document> {
    ("[第一条a \\n]{0,20}", vec(node(), 0..8), any::<String>()).prop_map(|(text, nodes, word)| Document {
        id: DocumentId::new(&word),
        metadata: Metadata { title: word.clone(), date: Date::new(2021, 9, 8), ..Metadata::default() },
        source: Source { file: word.clone(), ..Source::default() },
        text,
        nodes,
        abbreviations: vec![Abbreviation { full: "对外贸易".to_owned(), short: "外贸".to_owned(), node: NodeIndex(0) }],
        indicators: vec![Indicator {
            node: NodeIndex(usize::MAX),
            category: String::new(),
            number: word.clone(),
            name: word.clone(),
            unit: String::new(),
            values: vec![YearValue { year: 2025, value: word }],
            annual_growth: String::new(),
            target: String::new(),
            property: String::new(),
        }],
    })
}

proptest! {
    #[test]
    fn any_document_is_given_back(document in document()) {
        prop_assert_eq!(there_and_back(&document), Some(document));
    }

    #[test]
    fn a_document_of_any_text_is_given_back(lines in vec("(第[一二三]条　?|[一二]、|（一）|1\\.|——|附件1|\\t|)[\\PC]{0,8}", 0..12)) {
        let document = read(&lines.join("\n"));
        prop_assert_eq!(there_and_back(&document), Some(document));
    }

    #[test]
    fn damaged_columns_do_no_harm(made in document(), bytes: Vec<u8>, cut: usize, flip: usize) {
        let _ = unpack(&bytes, &made.text);
        let _ = super::document(&bytes, &made.text);
        let mut columns = columns(&made).unwrap();
        prop_assert_eq!(super::document(columns.get(..cut % columns.len()).unwrap(), &made.text), None);
        let (byte, bit) = (flip / 8 % columns.len(), flip % 8);
        *columns.get_mut(byte).unwrap() ^= 1 << bit;
        let _ = super::document(&columns, &made.text);
    }
}

/// A text of some hundred nodes.
fn long() -> String {
    let [law, plan, _] = texts();
    let articles =
        (6..60).map(|number| format!("第{number}条　库房{}应当上锁。\n（一）钥匙；\n（二）门。\n", "的".repeat(number % 5)));
    [law, articles.collect(), plan].concat()
}

/// What is said of a node that is wanted.
fn own(document: &Document, index: NodeIndex) -> (usize, Wanted) {
    let node = document.node(index).unwrap();
    (index.0, Wanted { text: document.slice(node.span.clone()).to_owned(), parent: node.parent.map(|parent| parent.0) })
}

/// An excerpt with these nodes, as a shelf asks for it.
fn excerpt(document: &Document, packed: &[u8], nodes: &[NodeIndex]) -> Option<Excerpt> {
    let tree = PackedTree::new(packed)?;
    let parent = |node: usize| document.nodes.get(node)?.parent.map(|parent| parent.0);
    let way: Vec<NodeIndex> = nodes.iter().flat_map(|node| document.path(*node)).collect();
    let also = way.iter().filter_map(|node| tree.cited_with(node.0, parent)).map(NodeIndex);
    let wanted = way.iter().copied().chain(also).map(|node| own(document, node)).collect();
    tree.excerpt(&wanted)
}

#[test]
fn an_item_is_cited_by_its_clause_where_its_article_has_several() {
    let text = "第一条　库房应当上锁：\n（一）前门；\n（二）后门：\n1.上锁；\n2.下锁。\n钥匙由馆长保管。\n第二条　库房应当通风：\n（一）前窗；\n（二）后窗。\n";
    let document = read(text);
    let packed = pack(&document).unwrap();
    let items = document.walk().filter(|(_, node)| matches!(node.kind, Kind::Item | Kind::Subitem)).map(|(index, _)| index);
    let cited = items.map(|item| {
        let excerpt = excerpt(&document, &packed, &[item]).unwrap();
        let place = excerpt.place(item).unwrap();
        let known = [excerpt.document().place_in_words(place), excerpt.spread().place_in_words(item)];
        assert_eq!(known, [document.place_in_words(item), document.place_in_words(item)]);
        document.place_in_words(item)
    });
    let first = ["第一条第一款第一项", "第一条第一款第二项", "第一条第一款第二项第一目", "第一条第一款第二项第二目"];
    assert_eq!(cited.collect::<Vec<_>>(), [&first[..], &["第二条第一项", "第二条第二项"]].concat());
}

#[test]
fn an_excerpt_says_of_its_units_what_the_whole_document_says() {
    for text in texts().into_iter().chain([long()]) {
        let document = read(&text);
        let packed = pack(&document).unwrap();
        for (wanted, node) in document.walk() {
            let path = document.path(wanted);
            let excerpt = excerpt(&document, &packed, &[wanted]).unwrap();
            let known = excerpt.document();
            assert!((path.len()..=path.len() + 1).contains(&known.nodes.len()));
            assert!(known.text.len() <= document.text.len());
            let spread = excerpt.clone().spread();
            assert_eq!((spread.path(wanted), spread.nodes.len()), (path.clone(), document.nodes.len()));
            for (known, at) in [(known, excerpt.place(wanted).unwrap()), (&spread, wanted)] {
                let same = known.node(at).unwrap();
                assert_eq!((same.kind, known.unit_text(same)), (node.kind, document.unit_text(node)));
                assert_eq!(known.locator(same), document.locator(node));
                assert_eq!(known.citation(at), document.citation(wanted));
                for (here, step) in known.path(at).into_iter().zip(&path) {
                    assert_eq!(known.name_in_words(here), document.name_in_words(*step));
                    assert_eq!(titled(known, here), titled(&document, *step));
                }
            }
        }
    }
}

/// The title of a node, and what it was read from.
fn titled(document: &Document, node: NodeIndex) -> (String, Option<String>) {
    let node = document.node(node).unwrap();
    (node.title.clone(), node.title_span.clone().map(|span| document.slice(span).to_owned()))
}

#[test]
fn an_excerpt_of_several_units_numbers_them_as_the_whole_does() {
    for text in texts().into_iter().chain([long()]) {
        let document = read(&text);
        let packed = pack(&document).unwrap();
        for chosen in [2, 3, 5, 16, 40, 99] {
            let wanted: Vec<NodeIndex> = document.walk().map(|(index, _)| index).filter(|index| index.0 % chosen == 1).collect();
            let above: BTreeSet<NodeIndex> = wanted.iter().flat_map(|index| document.path(*index)).collect();
            let excerpt = excerpt(&document, &packed, &wanted).unwrap();
            for index in &wanted {
                let place = excerpt.place(*index).unwrap();
                assert_eq!(excerpt.document().node(place).unwrap().address, document.nodes[index.0].address);
                assert_eq!(excerpt.document().citation(place), document.citation(*index));
            }
            for (index, node) in document.walk().filter(|(index, _)| !above.contains(index)) {
                assert!(node.kind == Kind::Clause || excerpt.place(index).is_none());
            }
        }
    }
}

#[test]
fn an_excerpt_without_what_stands_above_its_units_is_none() {
    let document = read("第一章 总则\n第一条 甲。\n第二条 乙。\n");
    let packed = pack(&document).unwrap();
    let excerpt = |wanted| PackedTree::new(&packed).unwrap().excerpt(&BTreeMap::from([wanted]));
    let below = document.walk().find(|(_, node)| node.parent.is_some()).map(|(index, _)| index).unwrap();
    assert_eq!(excerpt(own(&document, below)), None);
    let none = Wanted { text: String::new(), parent: None };
    for beyond in [document.nodes.len(), 1 << 40] {
        assert_eq!(excerpt((beyond, none.clone())), None);
    }
}
