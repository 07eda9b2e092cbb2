//! ZIP containers: the parts of a file that is many files (DOCX, OFD, XLSX, ODT), opened with suspicion.
//!
//! Takes bytes, gives one part at a time. Number of entries, expanded size and ratio of expansion are bounded, because a file of
//! a few kilobytes may expand to petabytes; what a part declares of its size is not believed. What the parts mean is left to the
//! readers; what a container is that no reader accepts, [`why_not`] says.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::error::ExtractError;
use super::limits::Limits;

/// The bytes of the text of one document; a book of a thousand pages has about five million.
pub(super) const LARGEST_TEXT: u64 = 64 << 20;
/// Small parts may be as regular as they like.
const SMALL_PART: u64 = 1 << 20;

/// An open container.
pub(super) struct Container<'bytes> {
    archive: ZipArchive<Cursor<&'bytes [u8]>>,
    /// What it may hold.
    pub(super) limits: Limits,
    /// Bytes expanded so far.
    expanded: u64,
}

/// Whether the bytes begin as a ZIP container does.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl<'bytes> Container<'bytes> {
    /// Opens a container.
    ///
    /// # Errors
    ///
    /// Where its directory is missing or damaged (a file cut off in transfer) or names too many entries.
    pub(super) fn open(bytes: &'bytes [u8], limits: &Limits) -> Result<Self, ExtractError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ExtractError::DamagedContainer)?;
        if archive.len() as u64 > limits.entries {
            return Err(too_large("个条目", "entries", limits.entries));
        }
        Ok(Self { archive, limits: *limits, expanded: 0 })
    }

    /// Opens a container to see what it is: which reader it is for does not depend on how much that reader is allowed.
    ///
    /// # Errors
    ///
    /// As [`Container::open`].
    pub(super) fn glance(bytes: &'bytes [u8]) -> Result<Self, ExtractError> {
        Self::open(bytes, &Limits { entries: u64::MAX, ..Limits::USUAL })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a part; `None` where there is none of this name.
    ///
    /// # Errors
    ///
    /// Where the part is damaged, encrypted, packed in an unknown way, or expands too far.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ExtractError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let damaged = || ExtractError::DamagedPart { part: name.to_owned(), at: None };
        let entry = self.archive.by_index(index).map_err(|_| damaged())?;
        let packed = entry.compressed_size();
        // One byte more than allowed tells a part that is too large from one that just fits.
        let (part, total) = (self.limits.part << 20, self.limits.expanded << 20);
        let allowed = part.min(total.saturating_sub(self.expanded));
        let mut bytes = Vec::new();
        entry.take(allowed + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let size = bytes.len() as u64;
        if size > allowed {
            let limit = if allowed < part { total } else { part };
            return Err(too_large("字节的展开内容", "expanded bytes", limit));
        }
        if size > SMALL_PART && size / packed.max(1) > self.limits.ratio {
            return Err(too_large("倍的压缩比", "expanded bytes for each packed byte", self.limits.ratio));
        }
        self.expanded += size;
        Ok(Some(bytes))
    }
}

/// A target as the name of a part: `/word/styles.xml` and `styles.xml` in `word` are the same.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            named => steps.push(named),
        }
    }
    steps.join("/")
}

/// The refusal of a file that goes past a limit.
pub(super) const fn too_large(chinese: &'static str, english: &'static str, limit: u64) -> ExtractError {
    ExtractError::TooLarge { english, chinese, limit }
}

/// A kind of container: a part that it alone has, and its names.
struct Known {
    part: &'static str,
    english: &'static str,
    chinese: &'static str,
}

const KNOWN: [Known; 2] = [
    Known { part: "xl/workbook.bin", english: "an XLSB file", chinese: " XLSB 文件" },
    Known { part: "ppt/presentation.xml", english: "a PPTX file", chinese: " PPTX 文件" },
];

/// What the part `mimetype` of a container may say, and the names of that format.
const KNOWN_TYPES: [(&str, &str, &str); 3] = [
    ("application/vnd.oasis.opendocument.text", "an ODT file", " ODT 文件"),
    ("application/vnd.oasis.opendocument.presentation", "an ODP file", " ODP 文件"),
    ("application/epub+zip", "an EPUB file", " EPUB 文件"),
];

/// Why no reader accepts this container.
pub(super) fn why_not(bytes: &[u8]) -> ExtractError {
    let (english, chinese) = match Container::open(bytes, &Limits::USUAL).and_then(|mut container| name(&mut container)) {
        Ok(names) => names.unwrap_or(("a ZIP container without a document", "不含文档的 ZIP 容器")),
        Err(error) => return error,
    };
    ExtractError::Unsupported { english, chinese }
}

fn name(container: &mut Container<'_>) -> Result<Option<(&'static str, &'static str)>, ExtractError> {
    if let Some(known) = KNOWN.iter().find(|known| container.has(known.part)) {
        return Ok(Some((known.english, known.chinese)));
    }
    let kind = container.read("mimetype")?.unwrap_or_default();
    let known = KNOWN_TYPES.iter().find(|(mimetype, _, _)| kind.trim_ascii() == mimetype.as_bytes());
    Ok(known.map(|(_, english, chinese)| (*english, *chinese)))
}

/// A generator of containers for tests.
#[cfg(test)]
pub(super) mod sample {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A container with these parts.
    pub(in crate::extract) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}
