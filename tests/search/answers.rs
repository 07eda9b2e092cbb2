//! What is typed is answered: by a table of small cases, and for anything at all without an error and in bounded time.

use std::fs;
use std::time::{Duration, Instant};

use celan::corpus::{BUILT_IN, BUILT_IN_NAME, Corpus};
use celan::document::Document;
use celan::library::{Answer, Library, Meant};
use celan::query;
use celan::search::{Request, Response};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use tempfile::TempDir;

const TABLE: &str = include_str!("answers.tsv");

const OPINION: &str = "\
山城市人民政府关于促进会展和低空经济发展的意见\n\
山政发〔2024〕8号\n\n\
各区人民政府：\n\n\
第一章　总体要求\n\n\
到2027年，会展业总收入达到300亿元，年均增长8%。\n\n\
第二章　会展业\n\n\
（一）引进品牌展会。举办中国国际进口博览会配套活动，展览面积超过20万平方米。\n\n\
（二）建设展馆。建设山城国际会展中心（以下简称山展中心），完善设施。\n\n\
（三）培育会展企业。支持会展企业做大做强，依托山展中心建立招商机制。\n\n\
第三章　低空经济\n\n\
（一）发展无人机产业。推广无人机物流配送。\n\n\
（二）完善保障。鼓励电子商务企业参与，适用第3条规定。\n";

const SETTINGS: &str = "synonyms = [[\"无人机\", \"无人飞行器\"]]\n";

fn library(files: &[(&str, &[u8])], settings: &str) -> (TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library");
    Corpus::create(&path, files).unwrap();
    fs::write(path.join("celan.toml"), settings).unwrap();
    let library = Library::open(&path).unwrap().value;
    (folder, library)
}

fn ask(library: &Library, typed: &str) -> Answer {
    library.ask(Request { limit: Some(20), ..Request::of(query::parse(typed)) }).unwrap()
}

/// How something was answered, the addresses, and what was said, as the table has it.
fn told(document: &Document, answer: &Answer) -> [String; 3] {
    let response = &answer.response;
    if let Some(place) = &answer.place {
        let node = place.node.map_or("-".to_owned(), |node| document.nodes[node.0].address.to_string());
        return ["place".to_owned(), node, "-".to_owned()];
    }
    let through = |response: &Response| {
        let first = response.synonyms.hits.iter().flat_map(|hit| hit.through.clone()).next();
        first.unwrap_or_else(|| "-".to_owned())
    };
    let (how, response, said) = if response.total > 0 {
        ("typed", response, through(response))
    } else if response.synonyms.total > 0 {
        ("synonym", response, through(response))
    } else if let Some(instead) = &answer.instead {
        let how = match &instead.meant {
            Meant::Question(_) => "question",
            Meant::Pinyin => "pinyin",
            Meant::Slip => "slip",
        };
        (how, &instead.response, instead.query.typed.clone())
    } else if let Some(first) = answer.suggestions.first() {
        return ["offered".to_owned(), "-".to_owned(), first.text.clone()];
    } else if answer.absent.is_empty() || response.related.is_empty() {
        ("nothing", response, answer.absent.join(" "))
    } else {
        ("related", response, answer.absent.join(" "))
    };
    [how.to_owned(), addresses(document, response), said]
}

fn addresses(document: &Document, response: &Response) -> String {
    let address = |sign: &str, node: usize| format!("{sign}{}", document.nodes[node].address);
    let mut addresses: Vec<String> = response.hits.iter().map(|hit| address("", hit.node.0)).collect();
    addresses.extend(response.synonyms.hits.iter().map(|hit| address("+", hit.node.0)));
    if addresses.is_empty() {
        addresses.extend(response.related.iter().map(|hit| address("", hit.node.0)));
    }
    if addresses.is_empty() { "-".to_owned() } else { addresses.join(" ") }
}

#[test]
fn what_is_typed_is_answered_as_the_table_says() {
    let (_folder, library) = library(&[("opinion.txt", OPINION.as_bytes())], SETTINGS);
    assert!(library.faults().is_empty());
    let document = library.document(&library.listings()[0].id).unwrap();
    let rows = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut wrong = Vec::new();
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let told = told(&document, &ask(&library, columns[0]));
        if told[..] != columns[1..] {
            wrong.push(format!("{}\t{}", columns[0], told.join("\t")));
        }
    }
    assert!(wrong.is_empty(), "answered otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn a_half_typed_query_finds_no_less_than_its_words_are_offered() {
    let (_folder, library) = library(&[("opinion.txt", OPINION.as_bytes())], SETTINGS);
    for typed in [
        "“无人机",
        "无人机”",
        "(无人机",
        "无人机)",
        "「无人机",
        "无人机|",
        "标题:",
        "-无人机",
        "--无人机",
        "无人机 -",
        "近3:(无人机",
        "政策:无人机",
    ] {
        let answer = ask(&library, typed);
        let found = answer.response.total + answer.response.synonyms.total;
        let shown = found + answer.response.related.len() + answer.suggestions.len();
        assert!(shown > 0 || typed == "标题:", "{typed}: {answer:#?}");
    }
}

/// Not a measure of speed: what takes this long, on any machine, does not end.
const PATIENCE: Duration = Duration::from_secs(300);

fn assert_answered(library: &Library, typed: &str) {
    let started = Instant::now();
    let answer = ask(library, typed);
    let shown: String = typed.chars().take(40).collect();
    assert!(started.elapsed() < PATIENCE, "{shown}… took {:?}", started.elapsed());
    assert_eq!(answer.query.typed, typed);
    let hits = answer.response.hits.len() + answer.response.synonyms.hits.len();
    assert!(hits <= 20, "{shown}: {hits} hits");
    for hit in answer.response.hits.iter().chain(&answer.response.synonyms.hits).chain(&answer.response.related) {
        let document = library.document(&hit.document).unwrap();
        let unit = document.unit_text(document.node(hit.node).unwrap());
        assert!(hit.highlights.iter().all(|place| unit.get(place.clone()).is_some_and(|text| !text.is_empty())), "{shown}");
    }
}

#[test]
fn nothing_typed_is_an_error() {
    let (_small_folder, small) = library(&[("opinion.txt", OPINION.as_bytes())], SETTINGS);
    let (_folder, plan) = library(&[("opinion.txt", OPINION.as_bytes()), (BUILT_IN_NAME, BUILT_IN)], SETTINGS);
    let config = Config { cases: 300, rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..Config::default() };
    let anything = prop_oneof![
        any::<String>(),
        "\\PC{0,30}",
        "[-|（）()“”\":：　 a-zA-Z0-9年章在近同句段标题正文外贸企业]{0,30}",
        "(标题|正文|章|在|年|近[0-9]{1,5}|同句|同段|文号|类)[:：][(（]?[“\"]?[外贸 |-]{0,6}[)）”]?",
        "[a-zü' ]{2,20}",
        "[一二三四五六七八九十百千万亿零〇0-9.年月日第章条（）]{1,12}",
        "[外内贸易企業业发發展开放农村电商吗呢什么怎如何哪多少]{1,12}",
    ];
    proptest!(config, |(typed in anything, in_plan in prop::bool::weighted(0.2))| {
        assert_answered(if in_plan { &plan } else { &small }, &typed);
    });
}

#[test]
fn nothing_typed_is_too_long() {
    let (_folder, library) = library(&[("opinion.txt", OPINION.as_bytes()), (BUILT_IN_NAME, BUILT_IN)], SETTINGS);
    let of = |part: &str| part.chars().cycle().take(10_000).collect::<String>();
    for part in [
        "外贸",
        "外贸 ",
        "电商",
        "wai",
        "yi huo ",
        "a",
        "(",
        "（",
        "“",
        "“外贸",
        "外贸|",
        "|",
        "-",
        "- ",
        "-外贸 ",
        "标题:",
        "标题:(",
        "近3:(",
        "a|b ",
        "第三章",
        "三",
        "1.",
        "哪一章",
        "怎么",
        "多少外贸",
        "章:外贸 ",
        "年:2021 ",
        "\u{301}",
        "\u{200B}",
        "\u{200B}外",
        "\t外",
        "🌾",
        "外贸。",
        "((外 贸) ",
        "同句:(外贸 企业) ",
    ] {
        assert_answered(&library, &of(part));
    }
}
