//! Compound files (OLE): the streams of a file that is a file system of its own (DOC, WPS, XLS), opened with suspicion.
//!
//! Takes bytes, gives one stream at a time ([MS-CFB]: sectors chained by an allocation table, a tree of names, small streams within a
//! stream of their own). A chain that goes in a circle or leaves the file is damage; what a file
//! declares of its sizes is not believed. A last sector that is cut short is read as far as it goes, since Word writes such files.
//! What the streams mean is left to the readers; what a file is that no reader accepts, [`why_not`] says.

use super::error::ExtractError;
use super::little_endian::{slice, u8_at, u16_at, u16s, u32_at, usize_at};

/// What every compound file begins with.
const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Where the header names the first sectors of the allocation table, and how many it has room for.
const FIRST_TABLES: (usize, usize) = (0x4C, 109);
/// The largest number of a sector; greater ones are marks: end of a chain, free, table.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// The mark of no entry in the tree of names.
const NO_ENTRY: u32 = 0xFFFF_FFFF;
/// An entry of the directory.
const ENTRY: usize = 128;

/// An open compound file.
pub(super) struct Compound<'bytes> {
    bytes: &'bytes [u8],
    sector: usize,
    small_sector: usize,
    /// Streams shorter than this lie in small sectors.
    cutoff: usize,
    /// For each sector the one after it in its chain.
    next: Vec<u32>,
    /// The same for the small sectors.
    next_small: Vec<u32>,
    /// What the small sectors are cut from.
    small: Vec<u8>,
    /// The streams of the root, not those of storages within it: a document embedded in this one has streams of the same names.
    streams: Vec<Stream>,
}

/// An entry of the directory.
struct Stream {
    name: String,
    start: u32,
    size: usize,
}

/// Whether the bytes begin as a compound file does.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE.get(..4).unwrap_or(&SIGNATURE))
}

impl<'bytes> Compound<'bytes> {
    /// Opens a compound file.
    ///
    /// # Errors
    ///
    /// Where its header or its directory is missing or damaged (a file cut off in transfer).
    pub(super) fn open(bytes: &'bytes [u8]) -> Result<Self, ExtractError> {
        Self::opened(bytes).ok_or(ExtractError::DamagedCompound)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.stream(name).is_some()
    }

    /// The bytes of a stream; `None` where there is none of this name.
    ///
    /// # Errors
    ///
    /// Where its chain of sectors ends before the stream does.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ExtractError> {
        let Some(stream) = self.stream(name) else { return Ok(None) };
        let read = if stream.size < self.cutoff {
            chained(&self.small, 0, self.small_sector, &self.next_small, stream.start, stream.size)
        } else {
            chained(self.bytes, self.sector, self.sector, &self.next, stream.start, stream.size)
        };
        match read {
            Some(bytes) if bytes.len() == stream.size => Ok(Some(bytes)),
            Some(_) | None => Err(ExtractError::DamagedPart { part: name.to_owned(), at: None }),
        }
    }

    fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    fn opened(bytes: &'bytes [u8]) -> Option<Self> {
        let shift =
            |at: usize, allowed: [u16; 2]| u16_at(bytes, at).filter(|shift| allowed.contains(shift)).map(|shift| 1 << shift);
        if !bytes.starts_with(&SIGNATURE) {
            return None;
        }
        let (sector, small_sector) = (shift(0x1E, [9, 12])?, shift(0x20, [6, 6])?);
        let next = allocation_table(bytes, sector)?;
        let whole = |start: u32| chained(bytes, sector, sector, &next, start, usize::MAX);
        let directory = whole(u32_at(bytes, 0x30)?)?;
        let (root, streams) = root_streams(&directory)?;
        let next_small = whole(u32_at(bytes, 0x3C)?).unwrap_or_default();
        let small = chained(bytes, sector, sector, &next, root.start, root.size).unwrap_or_default();
        Some(Self {
            bytes,
            sector,
            small_sector,
            cutoff: usize_at(bytes, 0x38)?,
            next_small: next_small.chunks_exact(4).filter_map(|entry| u32_at(entry, 0)).collect(),
            next,
            small,
            streams,
        })
    }
}

/// For each sector of the file the one after it. The table lies in sectors itself: the header names the first 109, a chain of
/// further sectors the others.
fn allocation_table(bytes: &[u8], sector: usize) -> Option<Vec<u32>> {
    // The header takes the place of one sector.
    let sectors = (bytes.len() / sector).saturating_sub(1) + usize::from(!bytes.len().is_multiple_of(sector));
    let entries = sector / 4;
    // What the table says of sectors that the file does not have is of no use to anyone.
    let needed = sectors.div_ceil(entries);
    let mut tables: Vec<u32> = (0..FIRST_TABLES.1).map_while(|at| u32_at(bytes, FIRST_TABLES.0 + at * 4)).collect();
    let mut further = u32_at(bytes, 0x44)?;
    while tables.len() < needed && further < LAST_SECTOR {
        let Some(names) = sector_at(bytes, sector, sector, further) else { break };
        let mut names = names.chunks_exact(4).filter_map(|name| u32_at(name, 0)).collect::<Vec<_>>();
        further = names.pop().unwrap_or(NO_ENTRY);
        tables.extend(names);
    }
    let mut next = Vec::with_capacity(sectors);
    for table in tables.into_iter().filter(|table| *table < LAST_SECTOR).take(needed) {
        let entries = sector_at(bytes, sector, sector, table)?;
        next.extend(entries.chunks_exact(4).filter_map(|entry| u32_at(entry, 0)));
    }
    next.truncate(sectors);
    Some(next)
}

/// The bytes of a sector, fewer where the file ends within it. The sectors begin at byte `first`.
fn sector_at(bytes: &[u8], first: usize, sector: usize, number: u32) -> Option<&[u8]> {
    let start = usize::try_from(number).ok()?.checked_mul(sector)?.checked_add(first)?;
    slice(bytes, start, sector).or_else(|| bytes.get(start..)).filter(|read| !read.is_empty())
}

/// At most `size` bytes of the chain that begins at a sector; `None` where it leaves the file or goes in a circle.
fn chained(bytes: &[u8], first: usize, sector: usize, next: &[u32], start: u32, size: usize) -> Option<Vec<u8>> {
    let mut read = Vec::with_capacity(size.min(bytes.len()));
    let mut seen = vec![false; next.len()];
    let mut number = start;
    while number < LAST_SECTOR && read.len() < size {
        let place = usize::try_from(number).ok()?;
        if std::mem::replace(seen.get_mut(place)?, true) {
            return None;
        }
        let part = sector_at(bytes, first, sector, number)?;
        read.extend_from_slice(part.get(..part.len().min(size - read.len()))?);
        number = *next.get(place)?;
    }
    Some(read)
}

/// The root entry and the streams right under it, found by walking the tree of names.
fn root_streams(directory: &[u8]) -> Option<(Stream, Vec<Stream>)> {
    let root = slice(directory, 0, ENTRY).filter(|entry| u8_at(entry, 66) == Some(5))?;
    let mut seen = vec![false; directory.len() / ENTRY];
    let mut waiting = vec![u32_at(root, 76)?];
    let mut streams = Vec::new();
    while let Some(number) = waiting.pop() {
        let place = usize::try_from(number).ok().filter(|_| number != NO_ENTRY);
        let Some((place, seen)) = place.and_then(|place| Some((place, seen.get_mut(place)?))) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let Some(entry) = slice(directory, place * ENTRY, ENTRY) else { continue };
        waiting.extend([u32_at(entry, 68)?, u32_at(entry, 72)?]);
        if u8_at(entry, 66) == Some(2) {
            streams.push(stream(entry)?);
        }
    }
    Some((stream(root)?, streams))
}

fn stream(entry: &[u8]) -> Option<Stream> {
    // The length of the name is in bytes and counts the zero at its end.
    let length = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(62);
    let name = char::decode_utf16(u16s(entry.get(..length)?)).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(Stream { name: name.collect(), start: u32_at(entry, 116)?, size: usize_at(entry, 120)? })
}

/// A kind of compound file: a stream that it alone has, and its names.
struct Known {
    stream: &'static str,
    english: &'static str,
    chinese: &'static str,
}

const KNOWN: [Known; 5] = [
    Known { stream: "PowerPoint Document", english: "a PPT file", chinese: " PPT 文件" },
    Known { stream: "VisioDocument", english: "a Visio drawing", chinese: " Visio 绘图" },
    Known { stream: "__properties_version1.0", english: "an Outlook message (MSG)", chinese: " Outlook 邮件（MSG）" },
    Known { stream: "FileHeader", english: "an HWP file", chinese: " HWP 文件" },
    Known { stream: "MatOST", english: "a Microsoft Works document", chinese: " Microsoft Works 文档" },
];

/// Why no reader accepts this compound file.
pub(super) fn why_not(bytes: &[u8]) -> ExtractError {
    let compound = match Compound::open(bytes) {
        Ok(compound) => compound,
        Err(error) => return error,
    };
    // A DOCX or XLSX with a password is a compound file with the encrypted container in it.
    if compound.has("EncryptedPackage") {
        return ExtractError::Encrypted;
    }
    let known = KNOWN.iter().find(|known| compound.has(known.stream)).map(|known| (known.english, known.chinese));
    let (english, chinese) = known.unwrap_or(("an OLE file without a document", "不含文档的 OLE 文件"));
    ExtractError::Unsupported { english, chinese }
}

#[cfg(test)]
pub(super) mod tests;
