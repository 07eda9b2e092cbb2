//! Going through a folder: what is in it, with what the file system says of each thing.
//!
//! In a library of a hundred thousand files nearly all of the time goes into asking for the length and time of each: the names come in
//! portions, and the files of a large portion are asked about by two threads. What is visited, and that a folder comes before what is
//! in it, does not depend on that; the order is that of the file system.

use std::fs::{DirEntry, Metadata, ReadDir, read_dir};
use std::io;
use std::path::Path;

use super::CorpusError;

/// So many names are held at once.
const PORTION: usize = 1 << 12;

/// From so many names on they are asked about by two threads.
const SIDE_BY_SIDE: usize = 1 << 9;

/// Visits what is in a folder but hidden things, and the folders in it, each before what is in it. Links are not followed.
pub(super) fn walk(folder: &Path, visit: &mut dyn FnMut(&Path, &Metadata)) -> Result<(), CorpusError> {
    let failed = |source| CorpusError::Io { path: folder.to_owned(), source };
    let mut entries = read_dir(folder).map_err(failed)?;
    loop {
        let portion = next_portion(&mut entries).map_err(failed)?;
        if portion.is_empty() {
            return Ok(());
        }
        for (entry, metadata) in portion.iter().zip(asked(&portion)) {
            // A file may vanish between the listing and the question: then there is nothing to visit.
            let Some(metadata) = metadata else { continue };
            let path = entry.path();
            visit(&path, &metadata);
            if metadata.is_dir() {
                walk(&path, visit)?;
            }
        }
    }
}

/// The next names that are not hidden; none when there are no more.
fn next_portion(entries: &mut ReadDir) -> io::Result<Vec<DirEntry>> {
    let is_visible =
        |entry: &io::Result<DirEntry>| entry.as_ref().map_or(true, |entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    entries.filter(is_visible).take(PORTION).collect()
}

/// What the file system says of each; none of what is gone.
fn asked(portion: &[DirEntry]) -> Vec<Option<Metadata>> {
    let ask = |entries: &[DirEntry]| entries.iter().map(|entry| entry.metadata().ok()).collect::<Vec<_>>();
    if portion.len() < SIDE_BY_SIDE {
        return ask(portion);
    }
    let (first, second) = portion.split_at(portion.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| ask(second));
        let mut answers = ask(first);
        answers.extend(other.join().unwrap_or_else(|_| ask(second)));
        answers
    })
}
