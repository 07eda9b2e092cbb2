//! Fetching single pages of a mapped file from the disk, before they are looked at.
//!
//! Where a page of a mapping is not in memory, a look at it reads the disk as far ahead as the system is set to, around that page: 128 KiB
//! where nobody has changed it, on some machines 8 MiB. A search that looks at some forty pages all over a large file then reads most of it.
//! A read at some place, of a file descriptor, reads that place, and further only when one read follows upon another. So a page that is
//! about to be looked at for the first time is asked for by such a read of one byte, and comes alone. Where many turn out to be in memory, as
//! they do in all searches but the first ones after the machine was started, nothing more is asked.

use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// Pages apart from each other that were in memory in a row, after which the rest is taken to be, too. With fewer, the pages that every
/// search asks for would speak for all others, and the second search after a start would read megabytes.
const ENOUGH: u32 = 64;

/// Length in bytes from which on pages are fetched: a smaller file is read ahead whole on any system, and may as well be.
const LEAST: usize = 128 * 1024;

/// A file whose pages are fetched.
#[derive(Debug)]
pub(super) struct Fetching {
    file: File,
    /// Pages in a row that were in memory.
    in_memory: AtomicU32,
    /// Where the page that was asked for last ends: one that begins there may have come with it, and says nothing about others.
    next: AtomicUsize,
}

impl Fetching {
    /// A file on the disk of so many bytes; none where it is small or cannot be opened. Its mapping is then read as it is.
    pub(super) fn open(file: &Path, length: usize) -> Option<Self> {
        let file = Some(file).filter(|_| length >= LEAST).and_then(|file| File::open(file).ok())?;
        Some(Self { file, in_memory: AtomicU32::new(0), next: AtomicUsize::new(usize::MAX) })
    }

    /// Has a page, given by its bytes, in memory, unless all of them seem to be. A disk that fails is met by whoever looks at the page.
    pub(super) fn fetch(&self, page: &Range<usize>) {
        if self.in_memory.load(Ordering::Relaxed) >= ENOUGH {
            return;
        }
        let place = page.start as u64;
        if !is_in_memory(&self.file, place) {
            self.in_memory.store(0, Ordering::Relaxed);
            read(&self.file, &mut [0], place);
        } else if self.next.load(Ordering::Relaxed) != page.start {
            self.in_memory.fetch_add(1, Ordering::Relaxed);
        }
        self.next.store(page.end, Ordering::Relaxed);
    }

    /// Has all of a range of bytes in memory.
    pub(super) fn fetch_all(&self, range: &Range<usize>) {
        let ends = [range.start, range.end.saturating_sub(1)];
        if !range.is_empty() && ends.into_iter().any(|place| !is_in_memory(&self.file, place as u64)) {
            read(&self.file, &mut vec![0; range.len()], range.start as u64);
        }
    }
}

/// Whether a byte can be read without waiting for the disk; where the system does not tell, it is taken to be so.
#[cfg(target_os = "linux")]
fn is_in_memory(file: &File, place: u64) -> bool {
    use std::io::IoSliceMut;

    use rustix::io::{Errno, ReadWriteFlags, preadv2};

    let mut byte = [0];
    let read = preadv2(file, &mut [IoSliceMut::new(&mut byte)], place, ReadWriteFlags::NOWAIT);
    read != Err(Errno::AGAIN)
}

#[cfg(not(target_os = "linux"))]
fn is_in_memory(_: &File, _: u64) -> bool {
    true
}

#[cfg(unix)]
fn read(file: &File, bytes: &mut [u8], place: u64) {
    // What is not in memory afterwards comes when it is looked at.
    let _ = std::os::unix::fs::FileExt::read_at(file, bytes, place);
}

#[cfg(not(unix))]
fn read(_: &File, _: &mut [u8], _: u64) {}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: usize = 4096;

    fn page(number: usize) -> Range<usize> {
        number * PAGE..(number + 1) * PAGE
    }

    #[test]
    fn pages_in_memory_are_soon_left_alone_and_neighbours_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shelf");
        std::fs::write(&path, vec![7; 200 * PAGE]).unwrap();
        let fetching = Fetching::open(&path, 200 * PAGE).unwrap();
        for number in 0..100 {
            fetching.fetch(&page(number));
        }
        assert_eq!(fetching.in_memory.load(Ordering::Relaxed), 1);
        for number in (100..200).rev() {
            fetching.fetch(&page(number));
        }
        assert_eq!(fetching.in_memory.load(Ordering::Relaxed), ENOUGH);
    }

    #[test]
    fn a_file_that_is_gone_small_or_shorter_than_it_was_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shelf");
        assert!(Fetching::open(&path, LEAST).is_none());
        std::fs::write(&path, [7; 10]).unwrap();
        assert!(Fetching::open(&path, 10).is_none());
        let fetching = Fetching::open(&path, LEAST).unwrap();
        for number in [3, 0, usize::MAX / PAGE - 1] {
            fetching.fetch(&page(number));
        }
        for range in [0..0, 0..10, 5..LEAST, LEAST..LEAST + 1] {
            fetching.fetch_all(&range);
        }
    }
}
