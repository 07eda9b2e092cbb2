//! Random queries, as people might type them: words, strings of the texts, and all operators upon them.

use celan::document::Document;
use celan::query::{self, Form, Origin, Query};
use celan::text::fold::{fold, folded};
use proptest::prelude::*;

const WORDS: [&str; 30] = [
    "外贸",
    "企业",
    "电商",
    "电子商务",
    "农村",
    "贸易",
    "易货",
    "易货贸",
    "货贸易",
    "的",
    "，",
    "。",
    "支持",
    "应当",
    "第3章",
    "第二章",
    "（一）",
    "外貿",
    "ｒｃｅｐ",
    "abc",
    "É",
    "e",
    "𠮷",
    "²",
    "一",
    "(",
    "10",
    "发展",
    "境外贸易",
    "没有这个词",
];

const FILTERS: [&str; 22] = [
    "章:第二章",
    "章:2",
    "章:附则",
    "章:培育|其他",
    "在:2.1",
    "在:第三条",
    "在:12号",
    "在:第三条第二项",
    "文件:数字商务",
    "文件:条例|通知",
    "文号:云政办发",
    "发文:人民政府",
    "年:2019",
    "年:2020-2022",
    "年:-2019",
    "地区:云岭",
    "类:规划|条例",
    "类:通知",
    "-年:2019",
    "-章:第一章",
    "-在:2",
    "在:1|2",
];

/// What a part of a query is looked for by: marks put around parts.
const MARKS: [(&str, &str); 13] = [
    ("“", "”"),
    ("(", ")"),
    ("（", "）"),
    ("-", ""),
    ("-(", ")"),
    ("标题:", ""),
    ("标题:(", ")"),
    ("正文:(", ")"),
    ("同段:(", ")"),
    ("同句:(", ")"),
    ("近3:(", ")"),
    ("near12:(", ")"),
    ("正文:", ""),
];

/// Other forms of terms, as a library has them.
const SYNONYMS: [(&str, &str); 6] =
    [("外贸", "对外贸易"), ("外贸", "易货贸易"), ("电商", "电子商务"), ("贸易", "外贸"), ("农村", "乡"), ("企业", "企业的")];

/// A query as typed.
pub(crate) fn typed(documents: &[Document]) -> impl Strategy<Value = String> + use<> {
    let atom = prop_oneof![
        4 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        2 => substring(documents),
    ];
    let part = atom.prop_recursive(3, 12, 3, |part| {
        let row = prop::collection::vec(part.clone(), 1..4);
        let marked = (row, prop::sample::select(&[" ", "|", " OR ", "　"][..]), prop::sample::select(&MARKS[..]));
        prop_oneof![
            marked.prop_map(|(row, between, (before, after))| format!("{before}{}{after}", row.join(between))),
            (part.clone(), part).prop_map(|(one, other)| format!("{one}|{other}")),
        ]
    });
    let filter = prop::sample::select(&FILTERS[..]).prop_map(str::to_owned);
    let either = prop_oneof![6 => part, 1 => filter];
    prop::collection::vec(either, 1..4).prop_map(|parts| parts.join(" "))
}

/// One to six characters that stand together in some unit, as they are written there.
fn substring(documents: &[Document]) -> impl Strategy<Value = String> + use<> {
    let units = documents.iter().flat_map(|document| document.walk().map(|(_, node)| document.unit_text(node).chars().collect()));
    let units: Vec<Vec<char>> = units.filter(|unit: &Vec<char>| !unit.is_empty()).collect();
    (0..units.len(), any::<prop::sample::Index>(), 1..=6_usize).prop_map(move |(unit, start, length)| {
        let unit = &units[unit];
        unit.iter().skip(start.index(unit.len())).take(length).collect()
    })
}

/// The query as read, with the synonyms of its terms.
pub(crate) fn read(typed: &str) -> Query {
    let mut query = query::parse(typed);
    let Some(clause) = &mut query.clause else { return query };
    for term in clause.terms_mut().into_iter().filter(|term| !term.exact) {
        for (_, other) in SYNONYMS.iter().filter(|(member, _)| fold(member).text == term.folded) {
            term.others.push(Form { text: (*other).to_owned(), folded: folded(other), origin: Origin::Synonym });
        }
    }
    query
}
