//! Records of an XLS file (\[MS-XLS\] §2.1.4) and the strings in them.
//!
//! A record is its kind, its length and at most 8224 bytes; what is longer goes on in `Continue` records. Strings are UTF-16 or,
//! where every character fits into a byte, Latin-1; which of the two is said anew where a string goes on in another record.

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;
use crate::extract::little_endian::{u8_at, u16_at, u16s, usize_at};

/// Records that are looked at; a sheet of a million cells has about as many. Sheets may lie in each other, so the file's size is no bound.
const MOST_RECORDS: u64 = 20_000_000;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'stream> {
    pub(super) kind: u16,
    pub(super) data: &'stream [u8],
    /// Where the next one begins.
    pub(super) end: usize,
}

impl Record<'_> {
    /// Ends the workbook's own records, and those of a sheet.
    pub(super) const END: u16 = 0x0A;
    /// Goes on with the record before it.
    pub(super) const CONTINUE: u16 = 0x3C;

    /// Whether a sheet, or the workbook, begins with it.
    pub(super) const fn begins(&self) -> bool {
        self.kind == 0x0809
    }
}

/// The stream, and how many of its records were looked at.
#[derive(Debug)]
pub(super) struct Records<'stream> {
    stream: &'stream [u8],
    seen: u64,
}

impl<'stream> Records<'stream> {
    pub(super) const fn new(stream: &'stream [u8]) -> Self {
        Self { stream, seen: 0 }
    }

    /// The record that begins at this byte, if the stream has all of it.
    ///
    /// # Errors
    ///
    /// Where more records were looked at than any honest workbook has.
    pub(super) fn next_at(&mut self, at: usize) -> Result<Option<Record<'stream>>, ExtractError> {
        self.seen += 1;
        if self.seen > MOST_RECORDS {
            return Err(too_large("条记录", "records of a workbook", MOST_RECORDS));
        }
        Ok(record(self.stream, at))
    }
}

fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let start = at.checked_add(4)?;
    let end = start.checked_add(usize::from(u16_at(stream, at.checked_add(2)?)?))?;
    Some(Record { kind: u16_at(stream, at)?, data: stream.get(start..end)?, end })
}

/// A string with its length in two bytes (§2.5.294).
pub(super) fn text(data: &[u8]) -> Option<String> {
    text_of_length(data.get(2..)?, usize::from(u16_at(data, 0)?))
}

/// A string of so many characters, as far as the record has them.
pub(super) fn text_of_length(data: &[u8], length: usize) -> Option<String> {
    let mut units = Vec::new();
    units_of(data.get(1..)?, length, u8_at(data, 0)? & 1 > 0, &mut units);
    Some(String::from_utf16_lossy(&units))
}

/// Takes at most `length` characters; gives how many bytes they were.
fn units_of(data: &[u8], length: usize, wide: bool, units: &mut Vec<u16>) -> usize {
    let before = units.len();
    if wide {
        units.extend(u16s(data).take(length));
        return (units.len() - before) * 2;
    }
    units.extend(data.iter().take(length).map(|byte| u16::from(*byte)));
    units.len() - before
}

/// The shared strings: one record and those that go on with it.
#[derive(Debug)]
pub(super) struct Strings<'stream> {
    parts: Vec<&'stream [u8]>,
    /// The part that is being read, and how far.
    part: usize,
    at: usize,
}

impl<'stream> Strings<'stream> {
    /// The first eight bytes count the strings; they are not believed.
    pub(super) fn new(data: &'stream [u8]) -> Self {
        Self { parts: vec![data], part: 0, at: 8 }
    }

    /// Adds the next part.
    pub(super) fn push(&mut self, data: &'stream [u8]) {
        self.parts.push(data);
    }

    /// The strings, as far as they are whole.
    pub(super) fn read(mut self) -> Vec<String> {
        let mut strings = Vec::new();
        while let Some(string) = self.string() {
            strings.push(string);
        }
        strings
    }

    /// A string with runs of fonts and a pronunciation after it (§2.5.293), which are passed over.
    fn string(&mut self) -> Option<String> {
        let [low, high, flags] = [self.byte()?, self.byte()?, self.byte()?];
        let length = usize::from(u16::from_le_bytes([low, high]));
        let runs = if flags & 8 > 0 { usize::from(u16::from_le_bytes([self.byte()?, self.byte()?])) } else { 0 };
        let spoken = if flags & 4 > 0 { usize_at(&[self.byte()?, self.byte()?, self.byte()?, self.byte()?], 0)? } else { 0 };
        let mut units = Vec::with_capacity(length);
        let mut wide = flags & 1 > 0;
        while units.len() < length {
            let rest = self.parts.get(self.part)?.get(self.at..).unwrap_or_default();
            self.at += units_of(rest, length - units.len(), wide, &mut units);
            if units.len() < length {
                (self.part, self.at) = (self.part + 1, 1);
                wide = u8_at(self.parts.get(self.part)?, 0)? & 1 > 0;
            }
        }
        self.skip(runs.checked_mul(4)?.checked_add(spoken)?);
        Some(String::from_utf16_lossy(&units))
    }

    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            (self.part, self.at) = (self.part + 1, 0);
        }
        let byte = u8_at(self.parts.get(self.part)?, self.at);
        self.at += 1;
        byte
    }

    fn skip(&mut self, mut count: usize) {
        while let Some(part) = self.parts.get(self.part) {
            let rest = part.len().saturating_sub(self.at);
            if count <= rest {
                self.at += count;
                return;
            }
            count -= rest;
            (self.part, self.at) = (self.part + 1, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A string of the shared table: its length, its flags, what the flags announce, and its first bytes.
    fn string(length: u16, flags: u8, announced: &[u8], bytes: &[u8]) -> Vec<u8> {
        [&length.to_le_bytes()[..], &[flags], announced, bytes].concat()
    }

    fn read(parts: &[Vec<u8>]) -> Vec<String> {
        let mut strings = Strings::new(&parts[0]);
        parts[1..].iter().for_each(|part| strings.push(part));
        strings.read()
    }

    #[test]
    fn strings_go_on_in_other_records_in_either_width() {
        let head = [0; 8].to_vec();
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let parts = [
            [head.clone(), string(3, 0, &[], b"abc"), string(6, 0, &[], b"ab")].concat(),
            [vec![1], wide("\u{20BB7}甲"), vec![0]].concat(),
        ];
        assert_eq!(read(&parts[..1]), ["abc"], "a string that is cut off is left out");
        assert_eq!(read(&[parts[0].clone(), [vec![1], wide("\u{20BB7}甲乙")].concat()]), ["abc", "ab\u{20BB7}甲乙"]);
        let rich = [head, string(1, 1 | 8 | 4, &[1, 0, 2, 0, 0, 0], &wide("甲"))].concat();
        let after = [vec![0, 0, 0, 0, 9, 9], string(1, 0, &[], b"z")].concat();
        assert_eq!(read(&[rich, after]), ["甲", "z"], "fonts and pronunciation are passed over, also into the next record");
    }

    #[test]
    fn strange_records_do_no_harm() {
        assert_eq!(read(&[Vec::new()]), [""; 0]);
        assert_eq!(read(&[vec![0; 8], vec![255; 64]]), [""; 0]);
        assert_eq!(text(&[5, 0, 0, b'a']).as_deref(), Some("a"));
        assert_eq!(text(&[5]), None);
        assert!(Records::new(&[9, 8, 255, 255]).next_at(0).unwrap().is_none());
        assert!(Records::new(&[]).next_at(usize::MAX).unwrap().is_none());
    }
}
