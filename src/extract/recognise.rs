//! What bytes are that no reader accepts: formats known by their first bytes. Also what GB18030 looks like.

use super::error::ExtractError;
use super::{compound, container};

/// A format that is known but not read: its first bytes and its names.
struct Known {
    begins: &'static [u8],
    english: &'static str,
    chinese: &'static str,
}

const KNOWN: [Known; 5] = [
    Known { begins: b"PK\x03\x04", english: "a ZIP container (DOCX, OFD, XLSX)", chinese: " ZIP 容器（DOCX、OFD、XLSX）" },
    Known { begins: b"\xDB\xA5\x2D\x00", english: "a Word 2 document", chinese: " Word 2 文档" },
    Known { begins: b"{\\rtf", english: "an RTF file", chinese: " RTF 文件" },
    Known { begins: b"<?xml", english: "an XML file", chinese: " XML 文件" },
    Known { begins: b"From: <Saved by", english: "a web archive (MHTML)", chinese: "网页存档（MHTML）" },
];

/// A format that is known by its first bytes but has no reader.
pub(super) fn known(bytes: &[u8]) -> Option<ExtractError> {
    if container::is_container(bytes) {
        return Some(container::why_not(bytes));
    }
    if compound::is_compound(bytes) {
        return Some(compound::why_not(bytes));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let known = KNOWN.iter().find(|known| bytes.starts_with(known.begins))?;
    // XHTML is XML and a web page.
    let begin = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if known.begins == b"<?xml" && begin.windows(5).any(|tag| tag.eq_ignore_ascii_case(b"<html")) {
        return None;
    }
    Some(ExtractError::Unsupported { english: known.english, chinese: known.chinese })
}

/// Two-byte characters of GB18030: a lead of 81–FE and a trail of 40–FE; nearly every high byte must belong to such a pair.
pub(super) fn looks_like_gb18030(bytes: &[u8]) -> bool {
    let (mut pairs, mut strays) = (0usize, 0usize);
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        if byte.is_ascii() {
            continue;
        }
        match rest.next() {
            Some(0x40..=0x7E | 0x80..=0xFE) if (0x81..=0xFE).contains(byte) => pairs += 1,
            Some(_) => strays += 1,
            None => {}
        }
    }
    // GB2312 puts its characters at B0–F7 and its marks at A1–A9; the common ones lie there in any real text.
    pairs > 3 && strays * 50 < pairs && common_share(bytes) >= 80
}

/// Per cent of the two-byte pairs whose lead is one of GB2312.
fn common_share(bytes: &[u8]) -> usize {
    let (mut pairs, mut common) = (0usize, 0usize);
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        if !byte.is_ascii() {
            let trail = rest.next().copied().unwrap_or_default();
            pairs += 1;
            common += usize::from(matches!(byte, 0xA1..=0xA9 | 0xB0..=0xF7) && trail >= 0xA1);
        }
    }
    (common * 100).checked_div(pairs).unwrap_or(0)
}
