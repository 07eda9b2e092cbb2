//! Containers from plain text, so that a mutation changes what stands in a part and not merely its checksum.
//!
//! A line `=== name` begins a part; what stands before the first such line is dropped. The parts are stored, not packed.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What begins a part.
const MARK: &[u8] = b"=== ";

/// The parts, in order.
#[must_use]
pub fn parts(written: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for line in written.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(MARK) {
            parts.push((String::from_utf8_lossy(name).trim_end().to_owned(), Vec::new()));
        } else if let Some((_, content)) = parts.last_mut() {
            content.extend_from_slice(line);
        }
    }
    parts
}

/// A container of the parts; parts that it would not take (two of a name) are left out.
#[must_use]
pub fn container(written: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts(written) {
        if writer.start_file(name, stored).is_ok() {
            let _ = writer.write_all(&content);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}
