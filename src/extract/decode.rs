//! Which encoding a text is in, and its characters.
//!
//! A byte order mark decides; else what is strictly valid UTF-8 is UTF-8 (no text in another encoding is by accident, beyond a few
//! characters); else UTF-16 by a heuristic of our own (`utf16`); else what the text declares (a web page does), where it then
//! decodes; else what `chardetng` makes of the bytes. GB2312 and GBK are read as GB18030, which contains both. Takes bytes, gives
//! text or the reason why these bytes are none. Bytes that belong to no character become U+FFFD and are told, never dropped.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::{Bilingual, Diagnostic, Place};

use super::error::ExtractError;
use super::{EncodingName, mojibake, recognise, utf16};

/// The characters of a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded<'bytes> {
    /// All of them, without a byte order mark.
    pub(super) text: Cow<'bytes, str>,
    /// The name of the encoding, as the Encoding Standard has it.
    pub(super) encoding: &'static str,
    /// Whether some bytes belonged to no character; U+FFFD stands for them.
    pub(super) has_gaps: bool,
}

/// More undecodable places than one in so many characters, and the guess at the encoding was wrong.
const FEWEST_CHARACTERS_A_GAP: usize = 20;
/// A text has control characters (other than line ends, tabs and form feeds) in at most one of so many.
const FEWEST_CHARACTERS_A_CONTROL: usize = 10;

/// The name of an encoding read back from where it was written; what is no such name is none.
///
/// # Errors
/// Where neither a text nor nothing was written.
pub fn known_encoding<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<EncodingName>, D::Error> {
    let written = <Option<Cow<'de, str>> as serde::Deserialize>::deserialize(deserializer)?;
    Ok(written.and_then(|name| Encoding::for_label(name.as_bytes())).map(Encoding::name))
}

/// Decodes a text; `declared` is the label of the encoding that the text itself names.
pub(super) fn decode<'bytes>(bytes: &'bytes [u8], declared: Option<&str>) -> Result<Decoded<'bytes>, ExtractError> {
    if let Some(error) = recognise::known(bytes) {
        return Err(error);
    }
    let decoded = with_mark(bytes)
        .or_else(|| strict_utf8(bytes))
        .or_else(|| utf16::guess(bytes).and_then(|encoding| plausible(bytes, encoding)))
        .or_else(|| plausible(bytes, UTF_8))
        .or_else(|| declared.and_then(chinese).and_then(|encoding| plausible(bytes, encoding)));
    let decoded = match decoded {
        Some(decoded) => decoded,
        None => guessed(bytes)?,
    };
    if is_binary(&decoded.text) {
        return Err(ExtractError::Binary);
    }
    match mojibake::find(&decoded.text) {
        Some(mistaken) => Err(ExtractError::Mojibake { mistaken }),
        None => Ok(decoded),
    }
}

/// What to say of the bytes that could not be decoded.
pub(super) fn gaps(decoded: &Decoded<'_>) -> Option<Diagnostic> {
    let first = decoded.text.find('\u{FFFD}').filter(|_| decoded.has_gaps)?;
    let lines = decoded.text.bytes().take(first).filter(|byte| *byte == b'\n').count() + 1;
    let (count, encoding) = (decoded.text.matches('\u{FFFD}').count(), decoded.encoding);
    let message = Bilingual::new(
        format!("从此行起有{count}处字节不是有效的 {encoding} 文字，以 U+FFFD 标出"),
        format!("from this line on {count} place(s) are not valid {encoding}; U+FFFD stands there"),
    );
    Some(Diagnostic::warning("undecodable-bytes", message, Place::line(u32::try_from(lines).unwrap_or(u32::MAX))))
}

/// A text with a byte order mark.
fn with_mark(bytes: &[u8]) -> Option<Decoded<'_>> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    plausible(bytes.get(length..)?, encoding)
}

fn strict_utf8(bytes: &[u8]) -> Option<Decoded<'_>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
    Some(Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), has_gaps: false })
}

/// The text in this encoding, if so few places cannot be decoded that the encoding must be right.
fn plausible<'bytes>(bytes: &'bytes [u8], encoding: &'static Encoding) -> Option<Decoded<'bytes>> {
    let (text, has_gaps) = encoding.decode_without_bom_handling(bytes);
    let (mut gaps, mut characters) = (0, 0);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        gaps += usize::from(character == '\u{FFFD}');
        characters += 1;
    }
    // UTF-16 is told by its ASCII as well.
    let counted = if encoding == UTF_16LE || encoding == UTF_16BE { text.chars().count() } else { characters };
    let fits = !has_gaps || gaps * FEWEST_CHARACTERS_A_GAP <= counted;
    fits.then_some(Decoded { text, encoding: encoding.name(), has_gaps })
}

/// The encoding of this label, if Chinese texts are written in it; UTF-8 and UTF-16 are told by the bytes.
fn chinese(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).and_then(read_as)
}

fn read_as(encoding: &'static Encoding) -> Option<&'static Encoding> {
    if encoding == GBK || encoding == GB18030 { Some(GB18030) } else { (encoding == BIG5).then_some(BIG5) }
}

/// What `chardetng` thinks; short texts, of which it can know little, are GB18030 where they look like it.
fn guessed(bytes: &[u8]) -> Result<Decoded<'_>, ExtractError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let looks = recognise::looks_like_gb18030(bytes).then_some(GB18030);
    let decoded = read_as(guess).or(looks).and_then(|encoding| plausible(bytes, encoding));
    decoded.ok_or_else(|| why_not(bytes, guess))
}

fn why_not(bytes: &[u8], guess: &'static Encoding) -> ExtractError {
    if bytes.contains(&0) {
        return ExtractError::Binary;
    }
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let line = bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let others = !guess.is_single_byte() && read_as(guess).is_none() && plausible(bytes, guess).is_some();
    if others {
        ExtractError::OtherEncoding { encoding: guess.name() }
    } else if at > 0 {
        ExtractError::Damaged { at, line }
    } else {
        ExtractError::Binary
    }
}

fn is_binary(text: &str) -> bool {
    let is_control = |character: &char| character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}');
    let controls = text.chars().filter(is_control).count();
    text.contains('\0') || controls > 3 && controls * FEWEST_CHARACTERS_A_CONTROL > text.chars().count()
}
