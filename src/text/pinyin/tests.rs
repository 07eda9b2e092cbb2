//! Tests of pinyin: what is read as such, and which words it finds.

use super::*;

fn matches(typed: &str, word: &str) -> Option<Quality> {
    PinyinQuery::parse(typed).and_then(|query| query.matches(word))
}

#[test]
fn syllables_may_be_set_apart_or_not() {
    for typed in ["yihuomaoyi", "yi huo mao yi", "yi'huo'mao'yi", "YiHuo MaoYi", " yi　huo maoyi "] {
        assert_eq!(matches(typed, "易货贸易"), Some(Quality::Full), "{typed}");
    }
    assert_eq!(matches("yihuomaoyi", "易货贸"), None);
    assert_eq!(matches("yihuomao", "易货贸易"), None);
    assert_eq!(matches("yihuo", "易货贸易"), None);
}

#[test]
fn initials_stand_for_their_syllables() {
    assert_eq!(matches("yhmy", "易货贸易"), Some(Quality::Initials));
    for typed in ["zsyz", "zhsyz", "zhshyzh", "zhsh y z"] {
        assert_eq!(matches(typed, "招商引资"), (typed != "zhshyzh").then_some(Quality::Initials), "{typed}");
    }
    assert_eq!(matches("aq", "安全"), Some(Quality::Initials));
    assert_eq!(matches("yihmy", "易货贸易"), Some(Quality::Mixed));
    assert_eq!(matches("yhmaoyi", "易货贸易"), Some(Quality::Mixed));
    assert_eq!(matches("yhmy", "易货"), None);
}

#[test]
fn all_readings_of_a_character_count() {
    for (typed, word) in [
        ("yinhang", "银行"),
        ("xingzheng", "行政"),
        ("chongqing", "重庆"),
        ("zhongdian", "重点"),
        ("zengchang", "增长"),
        ("changsha", "长沙"),
        ("diaojie", "调节"),
        ("tiaojie", "调节"),
        ("kuaiji", "会计"),
    ] {
        assert_eq!(matches(typed, word), Some(Quality::Full), "{typed}");
    }
    assert_eq!(readings('长'), ["zhang", "chang"]);
    assert!(readings('a').is_empty() && readings('，').is_empty());
    // Too rare for the table: it has no reading, and is found by none.
    assert_eq!(readings('𠮷').len(), 0);
    assert_eq!(matches("jiye", "𠮷野"), None);
}

#[test]
fn u_with_dots_is_typed_v_or_u() {
    for typed in ["lvse", "luse", "lüse"] {
        assert_eq!(matches(typed, "绿色"), Some(Quality::Full), "{typed}");
    }
    for typed in ["zhanlve", "zhanlue", "zhanlüe"] {
        assert_eq!(matches(typed, "战略"), Some(Quality::Full), "{typed}");
    }
    assert_eq!(matches("funv", "妇女"), Some(Quality::Full));
}

#[test]
fn letters_are_cut_in_every_way_unless_they_are_set_apart() {
    assert_eq!(matches("xian", "西安"), Some(Quality::Full));
    assert_eq!(matches("xian", "先"), Some(Quality::Full));
    assert_eq!(matches("xi an", "西安"), Some(Quality::Full));
    assert_eq!(matches("xi'an", "先"), None);
    assert_eq!(matches("fangan", "方案"), Some(Quality::Full));
    assert_eq!(matches("fangan", "反感"), Some(Quality::Full));
    assert_eq!(matches("fan gan", "方案"), None);
}

#[test]
fn what_cannot_be_read_so_is_no_pinyin() {
    for typed in
        ["", "a", "z", "investment", "digital", "university", "index", "vip", "易货", "yi4huo4", "yi-huo", "yihuo，", "𠮷", "5g"]
    {
        assert_eq!(PinyinQuery::parse(typed), None, "{typed}");
    }
    assert_eq!(PinyinQuery::parse(&"yi".repeat(51)), None);
    assert!(PinyinQuery::parse(&"yi".repeat(50)).is_some());
    // Each letter can be an initial; a whole syllable is not needed.
    assert_eq!(matches("RCEP", "易货贸易"), None);
    assert!(PinyinQuery::parse("RCEP").is_some());
}

#[test]
fn a_string_that_is_whole_syllables_is_never_read_as_a_mixture() {
    // g(公)an(安) would be one.
    assert_eq!(matches("gan", "公安"), None);
    assert_eq!(matches("ga", "公安"), Some(Quality::Initials));
}

const VOCABULARY: [(&str, u64); 10] = [
    ("贸易", 90),
    ("易货", 3),
    ("一伙", 5),
    ("以", 400),
    ("货", 20),
    ("疑惑", 1),
    ("毛衣", 1),
    ("没有", 30),
    ("银行", 60),
    ("rcep", 9),
];

#[test]
fn the_best_words_come_first() {
    let found = |typed| -> Vec<String> {
        best(&PinyinQuery::parse(typed).unwrap(), VOCABULARY, 2).into_iter().map(|word| word.word).collect()
    };
    assert_eq!(found("yihuo"), ["一伙", "易货"]);
    assert_eq!(found("my"), ["贸易", "没有"]);
    assert_eq!(found("rcep"), [""; 0]);
}

#[test]
fn strings_of_several_words_are_found_where_they_occur() {
    let text = "探索推进易货贸易试点，以货易货。";
    let found = |typed: &str| -> Vec<(String, usize)> {
        let lattice = PinyinQuery::parse(typed).unwrap().lattice(VOCABULARY);
        let readings = lattice.readings(50, |string| text.contains(string));
        readings.into_iter().map(|reading| (reading.text, reading.words.len())).collect()
    };
    assert_eq!(found("yihuomaoyi"), [("易货贸易".to_owned(), 2)]);
    assert_eq!(found("yhmy"), [("易货贸易".to_owned(), 2)]);
    assert_eq!(found("yihuoyihuo"), [("以货易货".to_owned(), 3)]);
}

#[test]
fn readings_come_by_number_of_words_and_frequency() {
    let lattice = PinyinQuery::parse("yihuomaoyi").unwrap().lattice(VOCABULARY);
    let readings: Vec<_> = lattice.readings(5, |_| true).into_iter().map(|reading| reading.text).collect();
    assert_eq!(readings, ["一伙贸易", "易货贸易", "疑惑贸易", "一伙毛衣", "易货毛衣"]);
    let words: Vec<_> = lattice.words(5, 10).map(|word| word.word.as_str()).collect();
    assert_eq!(words, ["贸易", "毛衣"]);
    assert_eq!((lattice.length(), lattice.words(1, 10).count()), (10, 0));
}
