//! Makes the seeds of `fuzz/seeds/` that are not written by hand, from the samples of the readers: `cargo run --example make-seeds`.
//!
//! The parts of a container are written out as `fuzz/src/targets/packed.rs` reads them; other binary formats are copied.

#![expect(clippy::unwrap_used, reason = "stops at the first surprise")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;

/// The sample, the folder of its seed, and whether it is written out in parts.
const SAMPLES: [(&str, &str, bool); 8] = [
    ("notice.docx", "docx", true),
    ("notice.ofd", "ofd", true),
    ("indicators.xlsx", "xlsx", true),
    ("indicators.ods", "ods", true),
    ("notice.doc", "doc", false),
    ("indicators.xls", "xls", false),
    ("notice.docx", "container", false),
    ("notice.ofd", "container", false),
];

/// Parts that no reader looks at.
const LEFT_OUT: [&str; 6] = ["Configurations2/", "Thumbnails/", "settings.xml", "manifest.rdf", "docProps/", "meta.xml"];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (sample, target, in_parts) in SAMPLES {
        let bytes = fs::read(root.join("tests/readers").join(sample)).unwrap();
        let folder = root.join("fuzz/seeds").join(target);
        fs::create_dir_all(&folder).unwrap();
        let (name, seed) = if in_parts { ("sample.parts", parts(bytes)) } else { (sample, bytes) };
        fs::write(folder.join(name), seed).unwrap();
    }
}

fn parts(bytes: Vec<u8>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut written = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        if LEFT_OUT.iter().any(|left_out| name.starts_with(left_out)) {
            continue;
        }
        written.extend_from_slice(format!("=== {name}\n").as_bytes());
        entry.read_to_end(&mut written).unwrap();
        written.push(b'\n');
    }
    written
}
