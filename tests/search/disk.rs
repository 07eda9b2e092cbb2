//! An index on the disk that is made by one commit after another.

use std::path::Path;
use std::time::Duration;

use celan::document::Document;
use celan::index::{Index, Opened, Writer, WriterLock};

/// Changes an index: takes documents out, puts others in, all in one commit. `expected_bytes` of text are announced.
pub(crate) fn change(folder: &Path, out: &[&Document], into: &[Document], expected_bytes: u64) {
    let lock = WriterLock::take(folder, Duration::from_secs(5)).unwrap();
    let mut writer = Writer::begin(&lock, expected_bytes, &[]).unwrap();
    for document in out {
        writer.remove(&document.id);
    }
    for document in into {
        writer.add(document).unwrap();
    }
    writer.commit("").unwrap();
}

/// The index as it is on the disk.
pub(crate) fn open(folder: &Path) -> Index {
    match Index::open(folder) {
        Opened::Ready(index) => *index,
        Opened::Absent | Opened::Unusable(_) => unreachable!("the index has just been written"),
    }
}

/// How many shelves it has.
pub(crate) fn shelves(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_str().unwrap().starts_with("shelf-")).count()
}
