//! What passes between the program and its worker: frames (a length of 8 bytes, little-endian, then so many bytes).
//!
//! The worker begins with an empty frame, which says that it is there. A question is the bytes of a file. An answer is the length of
//! its head, the head in JSON, and the extracted text as it is: the text is most of the answer and would only be escaped for nothing.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Bilingual, Diagnostic, Warned};
use crate::extract::RawDocument;

/// Bytes of a length.
const LENGTH: usize = size_of::<u64>();

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// It was read.
    Read(Warned<RawDocument>),
    /// It is nothing that can be read, and why.
    Refused(Bilingual),
    /// The reader gave up in disorder, at this place of the program.
    BrokeDown(String),
}

/// A reply without the text.
#[derive(Serialize, Deserialize)]
enum Head {
    Read { document: RawDocument, diagnostics: Vec<Diagnostic> },
    Refused(Bilingual),
    BrokeDown(String),
}

impl Reply {
    /// The reply as the bytes of a frame.
    pub(super) fn packed(self) -> serde_json::Result<Vec<u8>> {
        let mut text = String::new();
        let head = match self {
            Self::Read(mut raw) => {
                text = std::mem::take(&mut raw.value.text);
                Head::Read { document: raw.value, diagnostics: raw.diagnostics }
            }
            Self::Refused(message) => Head::Refused(message),
            Self::BrokeDown(place) => Head::BrokeDown(place),
        };
        let head = serde_json::to_vec(&head)?;
        Ok([&(head.len() as u64).to_le_bytes(), head.as_slice(), text.as_bytes()].concat())
    }

    /// The reply that these bytes are; none where they are none.
    pub(super) fn unpacked(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
        let (head, text) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        Some(match serde_json::from_slice(head).ok()? {
            Head::Read { mut document, diagnostics } => {
                document.text = String::from_utf8(text.to_vec()).ok()?;
                Self::Read(Warned { value: document, diagnostics })
            }
            Head::Refused(message) => Self::Refused(message),
            Head::BrokeDown(place) => Self::BrokeDown(place),
        })
    }
}

/// Writes one frame.
pub(super) fn write(stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(&(bytes.len() as u64).to_le_bytes())?;
    stream.write_all(bytes)?;
    stream.flush()
}

/// Reads one frame; none at the end of the stream. Memory is taken as the bytes come, not as their length is promised.
pub(super) fn read(stream: &mut impl Read, longest: u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; LENGTH];
    match stream.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    stream.take(length.min(longest)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(Some(bytes)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::BUILT_IN;
    use crate::extract::extract;

    #[test]
    fn a_document_comes_out_as_it_went_in() {
        let table = "<p>约𠮷\u{202e}</p><table><tr><td colspan=2>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>".repeat(3);
        for bytes in [BUILT_IN, table.as_bytes(), b"", "一、甲".as_bytes()] {
            let read = Reply::Read(extract(bytes).unwrap());
            let mut stream = Vec::new();
            write(&mut stream, &read.clone().packed().unwrap()).unwrap();
            let frame = self::read(&mut stream.as_slice(), u64::MAX).unwrap().unwrap();
            assert_eq!(Reply::unpacked(&frame), Some(read));
        }
        for reply in [Reply::Refused(Bilingual::new("否", "no")), Reply::BrokeDown("body.rs:7".to_owned())] {
            assert_eq!(Reply::unpacked(&reply.clone().packed().unwrap()), Some(reply));
        }
    }

    #[test]
    fn what_is_no_frame_or_no_reply_is_told_from_the_end() {
        assert_eq!(read(&mut [].as_slice(), 9).unwrap(), None);
        assert!(read(&mut [9, 0, 0, 0, 0, 0, 0, 0, 1].as_slice(), u64::MAX).is_err(), "cut off");
        assert!(read(&mut [255; 16].as_slice(), 1 << 20).is_err(), "too long");
        for bytes in [&b""[..], &[255; 12], &[2, 0, 0, 0, 0, 0, 0, 0, b'{', b'}']] {
            assert_eq!(Reply::unpacked(bytes), None);
        }
    }
}
