//! Folding by example, and its properties over arbitrary Unicode and over an alphabet made to break them.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

#[test]
fn spellings_that_readers_take_for_the_same_fold_alike() {
    for spellings in [
        "湘政办发〔2021〕57号|湘政办发［2021］57号|湘政办发(2021)57号|湘政办发﹝2021﹞57号|湘政辦發【2021】57號",
        "ＲＣＥＰ|rcep|RCEP|ⓇⒸⒺⓅ",
        "第一章  发展基础|第一章发展基础|第一章\n发展基础",
        "“三高四新”|「三高四新」|『三高四新』|\"三高四新\"|﹁三高四新﹂|｢三高四新｣",
        "到 2025 年|到2025年|到２０２５年",
        "𠮷　野|𠮷野",
        "２１．７％|21.7%|21.7﹪|21.7 %",
        "abc （ＤＥＦ）， x|ABC(def),x",
        "易貨貿易|易货贸易|易貨贸易",
        "羣衆|群眾|群众",
        "由於|由于",
        "⽂化|文化",
        "⻓江|长江|長江",
        "豈|豈|岂",
        "㈠加快|(一)加快|（一）加快",
        "⑴加快|(1)加快|⑴ 加快",
        "5㎡|5m²|５ｍ²",
        "30 ℃|30℃|30°C",
        "㏒|log",
        "——坚持|⸺坚持|――坚持|－－坚持|--坚持|── 坚持",
        "1—3月|1-3月|1－3月|1–3月|1−3月|1 — 3月",
        "30～50|30~50|30〜50|30 ～ 50",
        "卡尔·马克思|卡尔•马克思|卡尔・马克思|卡尔‧马克思|卡尔･马克思",
        "二○二一年|二〇二一年|二◯二一年",
        "1∶1|1:1|1：1",
        "café|cafe\u{301}|CAFÉ",
        "ガ|ｶﾞ|カ\u{3099}",
        "外\u{FE00}贸\u{E0100}|外贸|\u{202B}外\u{200B}贸\u{202C}|外\u{AD}贸\u{FEFF}",
        "ΟΔΟΣ|οδος",
        "……|⋯⋯",
    ] {
        let mut spellings = spellings.split('|');
        let first = spellings.next().unwrap();
        for other in spellings {
            assert_eq!(folded(first), folded(other), "{first} and {other}");
        }
    }
}

#[test]
fn two_numbers_never_become_one_and_nothing_its_opposite() {
    for (text, not_found) in [
        ("①2021", "12021"),
        ("10²", "102"),
        ("m²", "m2"),
        ("㎡", "m2"),
        ("H₂O", "h2o"),
        ("2½", "21"),
        ("2⒈", "21"),
        ("Ⅱ级", "Ⅰ级"),
        ("❶2", "12"),
        ("㊀二", "一二"),
        ("2㋀", "21月"),
        ("第3章", "第三章"),
        ("a≠b", "="),
    ] {
        assert!(!folded(text).contains(&folded(not_found)), "{not_found} in {text}");
    }
}

#[test]
fn simplified_texts_keep_their_characters() {
    for text in ["著名", "显著", "乾隆", "乾坤", "瞭望", "慰藉", "覆盖", "大坂", "哪吒", "彷徨", "芸", "沪", "予", "弁", "缶"]
    {
        assert_eq!(folded(text), text);
    }
}

#[test]
fn cells_are_kept_apart() {
    assert_eq!(folded("每年新增100个\n\t预期性"), "每年新增100个\t预期性");
    assert_eq!(folded("1650\n\t12"), "1650\t12");
    assert_eq!(folded("a  b\nc"), "a b c");
}

#[test]
fn a_range_maps_back_to_the_original_characters() {
    let original = "以 “ＡＢ” 为㈠\u{200B}㎡";
    let folding = fold(original);
    assert_eq!(folding.text, "以\"ab\"为(一)m²");
    for (found, source) in [("ab", "ＡＢ"), ("一", "㈠"), ("为(", "为㈠"), (")m", "㈠\u{200B}㎡"), ("²", "㎡"), ("以\"", "以 “")]
    {
        let at = folding.text.find(found).unwrap();
        assert_eq!(original.get(folding.original(at..at + found.len())), Some(source), "{found}");
    }
    assert_eq!(original.get(folding.original(0..folding.text.len())), Some(original));
    assert_eq!(folding.folded_position(original.find('为').unwrap()), folding.text.find('为').unwrap());
    assert_eq!(folding.folded_position(original.find('\u{200B}').unwrap()), folding.text.find('m').unwrap());
}

/// Characters that rules are about, beside each other; and now and then any other.
fn nasty() -> impl Strategy<Value = String> {
    let special: Vec<char> = " \t\n\u{3000}\u{A0}()（〔[]〕“”\"'‘,，;：:!?%％-—－–⸺~～〜·•.．…⋯+/abАЯéÉßİςΣ0123٣２²³₂½①❶⑴⒈㈠㊀Ⅲⅲ㋀㎡㎨℃°№ﬁ\
        中文国國発著乾於苧薴貿贸一二十〇○⼀⻓豈㐂𠮷𫝈𫝈か\u{3099}ｶﾞガ가\u{1100}\u{1161}ㄱ㈎\u{301}\u{323}ệ\u{345}\u{200B}\u{200D}\u{AD}\u{FE0F}\u{202E}\u{E0001}\u{E0100}\
        \u{E000}\u{F8FF}\u{10FFFF}\u{378}\u{FFFF}\u{D7FF}\u{0}\u{7F}\u{85}¨´﹍︙ﷺ"
        .chars()
        .collect();
    let character = prop_oneof![9 => select(special), 1 => any::<char>()];
    prop::collection::vec(character, 0..40).prop_map(|characters| characters.into_iter().collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![nasty(), prop::collection::vec(any::<char>(), 0..40).prop_map(|characters| characters.into_iter().collect())]
}

/// A part of `text` on character boundaries.
fn part(text: &str, one: Index, other: Index) -> &str {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (one, other) = (*one.get(&bounds), *other.get(&bounds));
    text.get(one.min(other)..one.max(other)).unwrap()
}

/// What each visible character of the folded form is, and the original character that it must map to.
fn expected_sources(original: &str) -> Vec<(char, Range<usize>)> {
    let folded_characters = |(at, character): (usize, char)| {
        folded(character.encode_utf8(&mut [0; 4]))
            .chars()
            .map(move |folded| (folded, at..at + character.len_utf8()))
            .collect::<Vec<_>>()
    };
    original.char_indices().flat_map(folded_characters).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_stands_in_a_text_stands_in_its_folded_form(text in any_text(), one in any::<Index>(), other in any::<Index>()) {
        let typed = part(&text, one, other).trim();
        prop_assert!(folded(&text).contains(&folded(typed)), "{typed:?} in {text:?}: {:?} in {:?}", folded(typed), folded(&text));
    }

    #[test]
    fn every_character_maps_back_to_the_one_that_folds_to_it(original in any_text()) {
        let folding = fold(&original);
        let visible = folding.text.char_indices().filter(|(_, character)| !character.is_whitespace());
        let sources: Vec<_> = visible.map(|(at, character)| (character, folding.original(at..at + character.len_utf8()))).collect();
        prop_assert_eq!(&sources, &expected_sources(&original));
        for (_, source) in sources {
            let at = folding.folded_position(source.start);
            prop_assert!(folding.original(at..at + 1).start == source.start);
        }
    }

    #[test]
    fn a_stretch_maps_back_to_a_text_that_holds_it(original in any_text(), one in any::<Index>(), other in any::<Index>()) {
        let folding = fold(&original);
        let stretch = part(&folding.text, one, other).trim();
        let start = stretch.as_ptr().addr() - folding.text.as_ptr().addr();
        let source = original.get(folding.original(start..start + stretch.len())).expect("spans lie on character boundaries");
        prop_assert!(folded(source).contains(stretch), "{stretch:?} from {source:?}");
    }

    #[test]
    fn folding_twice_is_folding_once_with_the_map_and_without(original in any_text()) {
        let once = folded(&original);
        prop_assert_eq!(folded(&once), once.clone());
        prop_assert_eq!(fold(&original).text, once);
    }

    #[test]
    fn characters_come_in_order_and_what_is_the_same_can_be_passed_over(original in any_text(), pass in any::<Vec<bool>>()) {
        let folding = fold(&original);
        let all: Vec<_> = folding.characters().collect();
        let places: Vec<_> = all.iter().map(|(at, character, _)| (*at, *character)).collect();
        prop_assert_eq!(places, folding.text.char_indices().collect::<Vec<_>>());
        let (mut characters, mut rest) = (folding.characters(), all.as_slice());
        for pass in pass {
            let same = characters.same().to_owned();
            let (passed, after) = rest.split_at(same.chars().count());
            let start = passed.first().map_or(0, |(_, _, start)| *start);
            prop_assert_eq!(original.get(start..start + same.len()), Some(same.as_str()));
            if pass {
                characters.pass(same.len());
                rest = after;
            } else {
                prop_assert_eq!(characters.next(), rest.first().copied());
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }

    #[test]
    fn memory_that_held_another_text_folds_as_new(before in any_text(), original in any_text()) {
        let mut folding = fold(&before);
        folding.fold_anew(&original);
        prop_assert_eq!(folding, fold(&original));
    }
}
