//! What passes between the program and its worker: frames (a length of 8 bytes, little-endian, then so many bytes).
//!
//! The worker begins with an empty frame, which says that it is there. A question is a file, an answer what became of it: both are the
//! length of a head, the head in JSON, and what is long (the bytes of the file, the extracted text and its packed tree) as it is, since
//! JSON would only escape it for nothing: trees in JSON were a twentieth of the work of adding.

use std::borrow::Cow;
use std::io::{self, IoSlice, Read, Write};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Bilingual, Diagnostic};
use crate::extract::{EncodingName, FormatName, Limits, known_encoding, known_format};
use crate::index::{pack, unpack};
use crate::library::{File, Reading};

/// Bytes of a length.
const LENGTH: usize = size_of::<u64>();

/// So many bytes are taken from a stream at once: what a pipe commonly holds.
pub(super) const AT_ONCE: usize = 1 << 16;

/// A file to be read, but for its limits, which the worker has been told.
#[derive(Debug)]
pub(super) struct Question<'frame> {
    name: Cow<'frame, str>,
    corrections: Option<&'frame [u8]>,
    bytes: &'frame [u8],
}

/// The head of a question; the corrections beside the file are so long and stand before its bytes.
#[derive(Serialize, Deserialize)]
struct Asked<'frame> {
    #[serde(borrow)]
    name: Cow<'frame, str>,
    corrections: Option<usize>,
}

impl<'frame> Question<'frame> {
    /// A question about a file as the bytes of a frame.
    pub(super) fn packed(file: File<'_>) -> serde_json::Result<Vec<u8>> {
        let head = Asked { name: file.name.into(), corrections: file.corrections.map(<[u8]>::len) };
        headed(&head, &[file.corrections.unwrap_or_default(), file.bytes])
    }

    /// The question that these bytes are; none where they are none.
    pub(super) fn unpacked(bytes: &'frame [u8]) -> Option<Self> {
        let (Asked { name, corrections }, rest) = beheaded(bytes)?;
        let (own, bytes) = rest.split_at_checked(corrections.unwrap_or_default())?;
        Some(Self { name, corrections: corrections.map(|_| own), bytes })
    }

    /// The file that it is about, to be read within these limits.
    pub(super) fn file<'own>(&'own self, limits: &'own Limits) -> File<'own> {
        File { name: &self.name, bytes: self.bytes, corrections: self.corrections, limits }
    }
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// It was read.
    Read(Box<Reading>),
    /// It is nothing that can be read, and why.
    Refused(Bilingual),
    /// The reader gave up in disorder, at this place of the program.
    BrokeDown(String),
}

/// The head of a reply; after that of a document that was read come its tree, which is so many bytes long, and its text.
#[derive(Serialize, Deserialize)]
enum Answered {
    Read {
        tree: usize,
        diagnostics: Vec<Diagnostic>,
        #[serde(deserialize_with = "known_format")]
        format: FormatName,
        #[serde(deserialize_with = "known_encoding")]
        encoding: Option<EncodingName>,
    },
    Refused(Bilingual),
    BrokeDown(String),
}

impl Reply {
    /// The reply as the bytes of a frame.
    pub(super) fn packed(self) -> serde_json::Result<Vec<u8>> {
        let reading = match self {
            Self::Read(reading) => *reading,
            Self::Refused(message) => return headed(&Answered::Refused(message), &[]),
            Self::BrokeDown(place) => return headed(&Answered::BrokeDown(place), &[]),
        };
        let Reading { document, diagnostics, format, encoding } = reading;
        let tree = pack(&document)?;
        headed(&Answered::Read { tree: tree.len(), diagnostics, format, encoding }, &[&tree, document.text.as_bytes()])
    }

    /// The reply that these bytes are; none where they are none.
    pub(super) fn unpacked(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = beheaded(bytes)?;
        Some(match head {
            Answered::Read { tree, diagnostics, format, encoding } => {
                let (tree, text) = rest.split_at_checked(tree)?;
                let document = unpack(tree, str::from_utf8(text).ok()?)?;
                Self::Read(Box::new(Reading { document, diagnostics, format, encoding }))
            }
            Answered::Refused(message) => Self::Refused(message),
            Answered::BrokeDown(place) => Self::BrokeDown(place),
        })
    }
}

/// A head and what follows it.
fn headed(head: &impl Serialize, rest: &[&[u8]]) -> serde_json::Result<Vec<u8>> {
    let head = serde_json::to_vec(head)?;
    Ok([&[&(head.len() as u64).to_le_bytes(), head.as_slice()], rest].concat().concat())
}

/// The head and what follows it; none where there is no such head.
fn beheaded<'bytes, Head: Deserialize<'bytes>>(bytes: &'bytes [u8]) -> Option<(Head, &'bytes [u8])> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let (head, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    Some((serde_json::from_slice(head).ok()?, rest))
}

/// Writes one frame, its length and as much else as the stream takes at once: whoever waits for it is woken once.
pub(super) fn write(stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = (bytes.len() as u64).to_le_bytes();
    let written = match stream.write_vectored(&[IoSlice::new(&length), IoSlice::new(bytes)]) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
        written => written?,
    };
    stream.write_all(length.get(written..).unwrap_or_default())?;
    stream.write_all(bytes.get(written.saturating_sub(LENGTH)..).unwrap_or_default())?;
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
    if length > longest {
        return Err(io::ErrorKind::OutOfMemory.into());
    }
    let mut bytes = Vec::new();
    let mut missing = usize::try_from(length).unwrap_or(usize::MAX);
    while missing > 0 {
        let (start, step) = (bytes.len(), missing.min(AT_ONCE));
        bytes.try_reserve(step)?;
        bytes.resize(start + step, 0);
        stream.read_exact(bytes.get_mut(start..).unwrap_or_default())?;
        missing -= step;
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::BUILT_IN;

    #[test]
    fn a_file_and_its_document_come_out_as_they_went_in() {
        let table = "<p>约𠮷\u{202e}</p><table><tr><td colspan=2>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>".repeat(3);
        let corrections = "[[text]]\nline = 1\n[[heading]]\nline = 900\n".as_bytes();
        for bytes in [BUILT_IN, table.as_bytes(), b"", "一、甲".as_bytes()] {
            for corrections in [None, Some(&[][..]), Some(corrections)] {
                let file = File { name: "甲 \"乙\".txt", bytes, corrections, limits: &Limits::USUAL };
                let question = Question::packed(file).unwrap();
                let question = Question::unpacked(&question).unwrap();
                let read = file.read().unwrap();
                assert_eq!(question.file(&Limits::USUAL).read().unwrap(), read);
                let read = Reply::Read(Box::new(read));
                let mut stream = Vec::new();
                write(&mut stream, &read.clone().packed().unwrap()).unwrap();
                let frame = self::read(&mut stream.as_slice(), u64::MAX).unwrap().unwrap();
                assert_eq!(Reply::unpacked(&frame), Some(read));
            }
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
            assert!(Reply::unpacked(bytes).is_none() && Question::unpacked(bytes).is_none());
        }
    }
}
