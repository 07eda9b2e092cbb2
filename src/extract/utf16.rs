//! UTF-16 without a byte order mark: told by what the code units would be.
//!
//! Read in the right byte order, nearly every unit of a Chinese text is a Chinese character, a mark, or ASCII; read in the wrong
//! one, or where the bytes are no UTF-16, units fall all over the plane. Takes bytes, gives the encoding.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Fewer units than this tell nothing.
const FEWEST_UNITS: usize = 4;
/// So many units are looked at: the beginning of a text is like the rest.
const MOST_UNITS: usize = 4096;
/// Per cent of the units that must be what Chinese texts are made of.
const SHARE: usize = 90;

/// UTF-16 in one of its byte orders, where these bytes are that.
pub(super) fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let little = share(bytes, u16::from_le_bytes);
    let big = share(bytes, u16::from_be_bytes);
    if little.max(big) < SHARE {
        return None;
    }
    Some(if little >= big { UTF_16LE } else { UTF_16BE })
}

/// Per cent of the units that Chinese texts are made of.
fn share(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> usize {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().take(MOST_UNITS).map(|pair| unit(*pair));
    let (mut count, mut usual) = (0, 0);
    for unit in units {
        count += 1;
        usual += usize::from(is_usual(unit));
    }
    if count < FEWEST_UNITS { 0 } else { usual * 100 / count }
}

/// Line ends, tabs, ASCII, punctuation, circled numbers, Chinese characters, full-width forms, and surrogates (𠮷).
const fn is_usual(unit: u16) -> bool {
    matches!(
        unit,
        0x09 | 0x0A | 0x0C | 0x0D | 0x20..=0x7E | 0xA0 | 0xB7 | 0x2010..=0x203B | 0x2160..=0x2179 | 0x2460..=0x24FF
            | 0x3000..=0x303F | 0x3400..=0x9FFF | 0xD840..=0xD86F | 0xDC00..=0xDFFF | 0xFF00..=0xFFEF
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_byte_order_is_told_by_the_units() {
        for text in ["中华人民共和国（𠮷）\r\n第一条 2021", "only ASCII\n"] {
            assert_eq!(guess(&units(text, u16::to_le_bytes)), Some(UTF_16LE));
            assert_eq!(guess(&units(text, u16::to_be_bytes)), Some(UTF_16BE));
        }
        assert_eq!(guess(b"\xD6\xD0\xBB\xAA\xC8\xCB\xC3\xF1\xB9\xB2\xBA\xCD\xB9\xFA"), None, "GBK");
        assert_eq!(guess(b""), None);
    }
}
