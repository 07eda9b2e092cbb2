//! What bytes are that no reader accepts: formats known by their first bytes, and texts in another encoding.

use super::container;
use super::error::ExtractError;

/// A format that is known but not read: its first bytes and its names.
struct Known {
    begins: &'static [u8],
    english: &'static str,
    chinese: &'static str,
}

const KNOWN: [Known; 5] = [
    Known { begins: b"%PDF", english: "a PDF file", chinese: " PDF 文件" },
    Known { begins: b"PK\x03\x04", english: "a ZIP container (DOCX, OFD, XLSX)", chinese: " ZIP 容器（DOCX、OFD、XLSX）" },
    Known { begins: b"\xD0\xCF\x11\xE0", english: "an OLE file (DOC, WPS, XLS)", chinese: " OLE 文件（DOC、WPS、XLS）" },
    Known { begins: b"{\\rtf", english: "an RTF file", chinese: " RTF 文件" },
    Known { begins: b"<?xml", english: "an XML file", chinese: " XML 文件" },
];

/// The bytes as UTF-8 text without a byte order mark, where they are plain text: no other format, no binary zeros.
pub(super) fn plain_text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    (known(bytes).is_none() && !text.contains('\0')).then_some(text)
}

/// Why no reader accepts these bytes.
pub(super) fn why_not(bytes: &[u8]) -> ExtractError {
    if container::is_container(bytes) {
        return container::why_not(bytes);
    }
    if let Some(error) = known(bytes) {
        return error;
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return ExtractError::OtherEncoding { encoding: "UTF-16" };
    }
    if bytes.contains(&0) {
        return ExtractError::Binary;
    }
    let Err(error) = std::str::from_utf8(bytes) else { return ExtractError::Binary };
    if looks_like_gb18030(bytes) {
        return ExtractError::OtherEncoding { encoding: "GB18030 (GBK, GB2312)" };
    }
    let at = error.valid_up_to();
    let line = bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    if at > 0 { ExtractError::Damaged { at, line } } else { ExtractError::Binary }
}

fn known(bytes: &[u8]) -> Option<ExtractError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(known) = KNOWN.iter().find(|known| bytes.starts_with(known.begins)) {
        return Some(ExtractError::Unsupported { english: known.english, chinese: known.chinese });
    }
    let start = bytes.trim_ascii_start();
    let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag));
    (begins(b"<!doctype") || begins(b"<html"))
        .then_some(ExtractError::Unsupported { english: "an HTML page", chinese: " HTML 网页" })
}

/// Two-byte characters of GB18030: a lead of 81–FE and a trail of 40–FE; nearly every high byte must belong to such a pair.
fn looks_like_gb18030(bytes: &[u8]) -> bool {
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
