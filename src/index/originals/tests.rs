//! Tests of packed originals: what must hold for any text, and what official texts cost.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::text::fold::{fold, folded};

fn packed(folded: &str, original: &str) -> Vec<u8> {
    let mut packed = vec![7];
    encode(folded, (original, &fold(original)), &mut packed);
    assert_eq!(packed.remove(0), 7, "bytes before are left alone");
    packed
}

/// What units are made of.
fn unit() -> impl Strategy<Value = String> {
    const PIECES: [&str; 33] = [
        "第一条",
        "第三章",
        "　",
        "　　",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "，",
        ",",
        "（一）",
        "(",
        "］",
        "〔2021〕57号",
        "“",
        "”",
        "「",
        "\"",
        "'",
        "：",
        "10:30",
        "——",
        "～",
        "对外贸易",
        "對外貿易",
        "ＲＣＥＰ",
        "GDP",
        "İﬁ㎏①½",
        "𠮷",
        "\u{200B}",
        "\u{FEFF}",
        "e\u{301}",
    ];
    vec(proptest::sample::select(&PIECES[..]), 0..30).prop_map(|pieces| pieces.concat())
}

#[test]
fn an_official_text_costs_nothing() {
    for original in [
        "第一条 为了规范立法活动，健全国家立法制度（以下简称“制度”），根据宪法，制定本法。\n",
        "（湘政办发〔2021〕57号）：增长10.5%；2021-2025年，a/b类；——坚持“三个代表”！\n",
        "《立法法》第七十二条：设区的市（自治州）“可以”制定；“应当”报批。\n",
        "\n",
    ] {
        assert_eq!(packed(&folded(original), original), Vec::<u8>::new(), "{original}");
    }
}

#[test]
fn what_was_not_expected_costs_a_byte_or_two() {
    for (original, bytes) in [
        ("第一条　为了规范立法活动。\n", 1),
        ("第一条 为了规范立法活动。\n\n", 1),
        ("　　为了规范\n", 1),
        ("为了规范立法活动,健全国家,完善制度\n", 1),
        ("「为了规范」立法活动\n", 1),
        ("签署RCEP协定\n", 4),
        ("签署２１协定", 3),
        ("为了规范立法活动，健全国家立法制度，完善制\n度。\n", 2),
    ] {
        assert_eq!(packed(&folded(original), original).len(), bytes, "{original:?}");
    }
}

#[test]
fn damaged_bytes_are_told() {
    let folded = "为了规范";
    for packed in [&[0x0E][..], &[0x60], &[0x2E, 9, 1, b'x'], &[0x2E, 0, 0], &[0x2D, 0, 0xD8], &[0xF0, 0xFF], &[0x00], &[0x27]] {
        assert_eq!(decode(folded, packed), None, "{packed:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_given_back(original: String) {
        let folded = folded(&original);
        let packed = packed(&folded, &original);
        prop_assert_eq!(decode(&folded, &packed), Some(original));
    }

    #[test]
    fn a_unit_is_given_back(original in unit()) {
        let folded = folded(&original);
        let packed = packed(&folded, &original);
        prop_assert!(packed.len() <= original.len() + 12);
        prop_assert_eq!(decode(&folded, &packed), Some(original));
    }

    #[test]
    fn a_text_of_another_unit_is_given_back(folded: String, original in unit()) {
        let packed = packed(&folded, &original);
        prop_assert_eq!(decode(&folded, &packed), Some(original));
    }

    #[test]
    fn damaged_bytes_do_no_harm(original in unit(), bytes: Vec<u8>, cut: usize, flip: usize) {
        let folded = folded(&original);
        let _ = decode(&folded, &bytes);
        let mut packed = packed(&folded, &original);
        if !packed.is_empty() {
            let _ = decode(&folded, packed.get(..cut % packed.len()).unwrap());
            let (byte, bit) = (flip / 8 % packed.len(), flip % 8);
            *packed.get_mut(byte).unwrap() ^= 1 << bit;
            if let Some(text) = decode(&folded, &packed) {
                prop_assert!(text.len() <= 4 * folded.len() + packed.len() + 2 + 6 * packed.len());
            }
        }
    }
}
