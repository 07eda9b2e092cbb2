//! Mojibake (乱码): text that was once read in a wrong encoding and saved so, as valid UTF-8 that says nothing.
//!
//! Takes text, tells which encoding it was mistaken for. Three accidents account for nearly all of it: UTF-8 read as GBK (鐨勶紝),
//! UTF-8 read as Mac Cyrillic, Windows-1251 or 1252 (дЄ≠еНО, ä¸­å), GBK read as Windows-1252 (ÖÐ»ª). Only a text that is mojibake as a whole
//! is refused; one that quotes a line of it is not.

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};

use super::recognise;

/// So many characters are looked at.
const SAMPLE: usize = 4000;
/// The most frequent characters of UTF-8 read as GBK: they are what 的 ， 。 （ 、 国 become.
const GBK_TELLTALES: [char; 6] = ['鐨', '锛', '銆', '鍥', '涓', '鏀'];

/// The encoding that the text was mistaken for, where it is mojibake.
pub(super) fn find(text: &str) -> Option<&'static str> {
    let sample = || text.chars().filter(|character| !character.is_whitespace()).take(SAMPLE);
    let (mut characters, mut telltales, mut foreign) = (0, 0, 0);
    for character in sample() {
        characters += 1;
        telltales += usize::from(GBK_TELLTALES.contains(&character));
        // Western and Cyrillic letters with marks: no Chinese text is made of them.
        foreign += usize::from(matches!(character, '\u{80}'..='\u{52F}'));
    }
    if telltales >= 4 && telltales * 20 >= characters {
        return Some("GBK");
    }
    if foreign < 8 || foreign * 4 < characters {
        return None;
    }
    let sample: String = sample().collect();
    [WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC].into_iter().find(|encoding| hides_chinese(&sample, encoding)).map(Encoding::name)
}

/// Whether the bytes that the text stands for in this encoding are Chinese in another.
fn hides_chinese(sample: &str, encoding: &'static Encoding) -> bool {
    let (bytes, _, _) = encoding.encode(sample);
    let original = String::from_utf8_lossy(&bytes);
    let chinese =
        original.chars().filter(|character| matches!(character, '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')).count();
    let lost = original.chars().filter(|character| *character == '\u{FFFD}').count();
    chinese >= 4 && chinese >= lost || encoding == WINDOWS_1252 && recognise::looks_like_gb18030(&bytes)
}

#[cfg(test)]
mod tests {
    use encoding_rs::GBK;

    use super::*;

    #[test]
    fn what_was_read_in_a_wrong_encoding_is_told_by_it() {
        let text = "中华人民共和国国务院令，第622号。《无障碍环境建设条例》已经通过，现予公布，自2012年起施行。";
        for encoding in [GBK, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC] {
            let (mistaken, _) = encoding.decode_without_bom_handling(text.as_bytes());
            assert_eq!(find(&mistaken), Some(encoding.name()), "{mistaken}");
        }
        let (bytes, _, _) = GBK.encode(text);
        assert_eq!(find(&WINDOWS_1252.decode_without_bom_handling(&bytes).0), Some("windows-1252"));
        for honest in [text, "Приказ о развитии торговли и промышленности", "Décret relatif à l’élève zélé", "", "涓涓细流"]
        {
            assert_eq!(find(honest), None, "{honest}");
        }
    }
}
