//! The head of a packed document: its id, what it says of itself, its file.
//!
//! A list of results needs the heads of twenty documents; as JSON they took a third of the work of an excerpt. Texts have their length before
//! them, those that may be missing one more, or 0 where they are; a day is one number; a SHA-256 its 32 bytes, where it is one.

use crate::document::locator::DocumentId;
use crate::document::metadata::{Date, Metadata, Source};
use crate::index::varint;

/// How a checksum is written.
const AS_TEXT: u8 = 0;
const AS_BYTES: u8 = 1;

/// Bytes of a SHA-256.
const SHA256: usize = 32;

pub(super) fn put(bytes: &mut Vec<u8>, id: &DocumentId, metadata: &Metadata, source: &Source) {
    let Metadata { title, genre, issuer, document_number, date, effective, amended, validity, addressee, region } = metadata;
    let Source { file, sha256, bytes: length, corrections } = source;
    for text in [id.as_str(), title, file] {
        varint::put_bytes(bytes, text.as_bytes());
    }
    for text in [genre, issuer, document_number, validity, addressee, region, corrections] {
        put_optional(bytes, text.as_deref());
    }
    for date in [date, effective] {
        varint::put(bytes, date.map_or(0, number));
    }
    varint::put(bytes, amended.len() as u64);
    for date in amended {
        varint::put(bytes, number(*date));
    }
    varint::put(bytes, *length);
    if let Some(sum) = from_digits(sha256) {
        bytes.push(AS_BYTES);
        bytes.extend(sum);
    } else {
        bytes.push(AS_TEXT);
        varint::put_bytes(bytes, sha256.as_bytes());
    }
}

pub(super) fn take(bytes: &mut &[u8]) -> Option<(DocumentId, Metadata, Source)> {
    let mut text = || varint::take_text(bytes).map(str::to_owned);
    let (id, title, file) = (text()?, text()?, text()?);
    let mut optional = || take_optional(bytes);
    let (genre, issuer, document_number, validity) = (optional()?, optional()?, optional()?, optional()?);
    let (addressee, region, corrections) = (optional()?, optional()?, optional()?);
    let (date, effective) = (date(varint::take(bytes)?)?, date(varint::take(bytes)?)?);
    let amended = (0..varint::take(bytes)?).map(|_| self::date(varint::take(bytes)?)?).collect::<Option<_>>()?;
    let length = varint::take(bytes)?;
    let sha256 = match varint::take_byte(bytes)? {
        AS_TEXT => varint::take_text(bytes)?.to_owned(),
        AS_BYTES => {
            let (sum, rest) = bytes.split_first_chunk::<SHA256>()?;
            *bytes = rest;
            to_digits(sum)
        }
        _ => return None,
    };
    let metadata = Metadata { title, genre, issuer, document_number, date, effective, amended, validity, addressee, region };
    Some((DocumentId::new(&id), metadata, Source { file, sha256, bytes: length, corrections }))
}

fn put_optional(bytes: &mut Vec<u8>, text: Option<&str>) {
    varint::put(bytes, text.map_or(0, |text| text.len() as u64 + 1));
    bytes.extend(text.unwrap_or_default().as_bytes());
}

#[expect(clippy::option_option, reason = "none where the bytes are damaged, else the text, which may be missing")]
fn take_optional(bytes: &mut &[u8]) -> Option<Option<String>> {
    let Some(length) = varint::take(bytes)?.checked_sub(1) else { return Some(None) };
    let (text, rest) = bytes.split_at_checked(super::place(length)?)?;
    *bytes = rest;
    str::from_utf8(text).ok().map(|text| Some(text.to_owned()))
}

/// A day as a number that is not 0.
fn number(Date { year, month, day }: Date) -> u64 {
    (u64::from(year) << 16 | u64::from(month) << 8 | u64::from(day)) + 1
}

/// The day of a number, none for 0; none at all where it is too large.
#[expect(clippy::option_option, reason = "none where the bytes are damaged, else the day, which may be missing")]
fn date(number: u64) -> Option<Option<Date>> {
    let Some(number) = number.checked_sub(1) else { return Some(None) };
    let [day, month, ..] = number.to_le_bytes();
    Some(Some(Date { year: u16::try_from(number >> 16).ok()?, month, day }))
}

/// The bytes of a checksum in 64 lower-case hexadecimal digits; none for all else.
fn from_digits(text: &str) -> Option<[u8; SHA256]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut sum = [0; SHA256];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    for (byte, [high, low]) in sum.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    (pairs.len() == SHA256 && rest.is_empty()).then_some(sum)
}

fn to_digits(sum: &[u8; SHA256]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    sum.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_given_back_whatever_is_in_it() {
        let day = Date { year: 2021, month: 9, day: 8 };
        let strange = Date { year: u16::MAX, month: 0, day: u8::MAX };
        let full = Metadata {
            title: "库房𠮷条例".to_owned(),
            genre: Some("条例".to_owned()),
            issuer: Some(String::new()),
            document_number: Some("湘政办发〔2021〕57号".to_owned()),
            date: Some(day),
            effective: Some(strange),
            amended: vec![strange, day],
            validity: Some("有效期5年".to_owned()),
            addressee: Some("各市州".to_owned()),
            region: Some("湖南".to_owned()),
        };
        for metadata in [full, Metadata::default()] {
            for sha256 in ["0f".repeat(SHA256), "0F".repeat(SHA256), "0f".repeat(SHA256 + 1), "库房".to_owned(), String::new()] {
                for corrections in [None, Some("a1".repeat(SHA256))] {
                    let source = Source { file: "办法.txt".to_owned(), sha256: sha256.clone(), bytes: u64::MAX, corrections };
                    let id = DocumentId::new("湘政办发-2021-57");
                    let mut bytes = Vec::new();
                    put(&mut bytes, &id, &metadata, &source);
                    for cut in 0..bytes.len() {
                        assert_eq!(take(&mut bytes.get(..cut).unwrap()), None);
                    }
                    assert_eq!(take(&mut bytes.as_slice()), Some((id, metadata.clone(), source)));
                }
            }
        }
    }
}
