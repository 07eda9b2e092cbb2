//! What was read of a file at single places, without its mapping.
//!
//! A new process that looks at some two hundred places all over a large file and ends pays more for the mapping than for what it reads: with
//! every page that is looked at the system maps the fifteen around it, and takes all of them away again. To read the page into a buffer, have
//! it checked there and keep the few bytes that are wanted takes half of that. Whoever looks at a file for longer is better off with the
//! mapping, in which a page has to be checked only once: so the first [`MOST`] looks are read, and all others are left to the mapping.
//!
//! What has been read stays where it is as long as the file is open, so that it can be lent like the mapping itself.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::PAGE;

/// How many places of a file are read.
const MOST: usize = 512;

/// Length in bytes up to which a place is read.
const LONGEST: usize = 8 * 1024;

/// Places are kept from a multiple of so many bytes to another: what is looked at next is often beside what was looked at before.
const BLOCK: usize = 128;

/// Lists among which the places are spread by the block in which they begin.
const LISTS: usize = 64;

/// So many pages stay where they were read to, for what is looked at next beside what was looked at: searches by halves do little else.
const RECENT: usize = 16;

thread_local! {
    static RECENTLY: RefCell<Recent> = const { RefCell::new(Recent::NOTHING) };
}

/// What a thread has read last, of all files.
struct Recent {
    /// Of each of the pages that are kept the number of its file, and where it begins there.
    places: [(u64, usize); RECENT],
    /// As many of these pages as there have been, one after the other.
    pages: Vec<u8>,
    /// Where the next page is read to.
    next: usize,
    /// Where several pages are read to.
    long: Vec<u8>,
}

/// The number of the next file; 0 is none.
static FILES: AtomicU64 = AtomicU64::new(1);

/// The places of one file that have been read.
#[derive(Debug)]
pub(super) struct Glances {
    /// Which file it is.
    number: u64,
    count: AtomicUsize,
    lists: [OnceLock<Box<Glance>>; LISTS],
}

/// Bytes of the file from one place on, and what was read later of those in its list.
#[derive(Debug)]
struct Glance {
    start: usize,
    bytes: Box<[u8]>,
    next: OnceLock<Box<Self>>,
}

impl Glances {
    pub(super) fn new() -> Self {
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        Self { number, count: AtomicUsize::new(0), lists: [const { OnceLock::new() }; LISTS] }
    }

    /// Bytes of a file of this length, which are within it. `read` fills a buffer from a place on with whole pages, the last one of a file only
    /// as far as it goes, and tells whether they are what was written. None where they are not, where too much is asked for, or has been
    /// asked for before.
    pub(super) fn look(&self, range: &Range<usize>, length: usize, read: impl Fn(usize, &mut [u8]) -> bool) -> Option<&[u8]> {
        if range.len() > LONGEST || self.count.load(Ordering::Relaxed) >= MOST {
            return None;
        }
        if let Some(bytes) = self.find(range) {
            return Some(bytes);
        }
        let around = range.start / BLOCK * BLOCK..range.end.next_multiple_of(BLOCK).min(length);
        let pages = around.start / PAGE * PAGE..around.end.next_multiple_of(PAGE).min(length);
        let bytes = RECENTLY.with_borrow_mut(|recent| {
            let read = recent.read(self.number, &pages, read)?;
            read.get(around.start - pages.start..around.end - pages.start).map(Box::from)
        })?;
        self.keep(Box::new(Glance { start: around.start, bytes, next: OnceLock::new() }));
        self.find(range)
    }

    /// Bytes that have been read before.
    fn find(&self, range: &Range<usize>) -> Option<&[u8]> {
        let mut list = self.lists.get(range.start / BLOCK % LISTS)?;
        while let Some(glance) = list.get() {
            let start = range.start.checked_sub(glance.start);
            if let Some(bytes) = start.and_then(|start| glance.bytes.get(start..start + range.len())) {
                return Some(bytes);
            }
            list = &glance.next;
        }
        None
    }

    /// Puts what was read at the end of its list.
    fn keep(&self, mut glance: Box<Glance>) {
        self.count.fetch_add(1, Ordering::Relaxed);
        let Some(mut list) = self.lists.get(glance.start / BLOCK % LISTS) else { return };
        loop {
            match list.get() {
                Some(other) => list = &other.next,
                None => match list.set(glance) {
                    Ok(()) => return,
                    // Another thread was first.
                    Err(again) => glance = again,
                },
            }
        }
    }
}

impl Recent {
    const NOTHING: Self = Self { places: [(0, 0); RECENT], pages: Vec::new(), next: 0, long: Vec::new() };

    /// Pages of a file; none where they are not what was written.
    fn read(&mut self, file: u64, pages: &Range<usize>, read: impl Fn(usize, &mut [u8]) -> bool) -> Option<&[u8]> {
        if pages.len() > PAGE {
            self.long.resize(self.long.len().max(pages.len()), 0);
            let long = self.long.get_mut(..pages.len())?;
            return read(pages.start, long).then_some(long);
        }
        let place = (file, pages.start);
        let known = self.places.iter().position(|known| *known == place);
        let at = known.unwrap_or(self.next);
        let end = (at + 1) * PAGE;
        self.pages.resize(self.pages.len().max(end), 0);
        let page = self.pages.get_mut(at * PAGE..end)?.get_mut(..pages.len())?;
        if known.is_none() {
            *self.places.get_mut(at)? = (0, 0);
            if !read(pages.start, page) {
                return None;
            }
            *self.places.get_mut(at)? = place;
            self.next = (at + 1) % RECENT;
        }
        Some(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of so many bytes in which no two blocks are alike.
    fn file(length: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from((at * 7 + at / BLOCK) % 251).unwrap()).collect()
    }

    /// Reads a file in memory, in which one page may not be what was written, and counts.
    struct Reading {
        file: Vec<u8>,
        damaged: Option<usize>,
        times: AtomicUsize,
    }

    impl Reading {
        fn new(length: usize, damaged: Option<usize>) -> Self {
            Self { file: file(length), damaged, times: AtomicUsize::new(0) }
        }

        fn look<'glances>(&self, glances: &'glances Glances, range: &Range<usize>) -> Option<&'glances [u8]> {
            glances.look(range, self.file.len(), |start, bytes| {
                assert!(start.is_multiple_of(PAGE));
                assert!(bytes.len().is_multiple_of(PAGE) || start + bytes.len() == self.file.len());
                bytes.copy_from_slice(&self.file[start..start + bytes.len()]);
                self.times.fetch_add(1, Ordering::Relaxed);
                self.damaged.is_none_or(|page| page * PAGE >= start + bytes.len() || (page + 1) * PAGE <= start)
            })
        }
    }

    #[test]
    fn what_is_looked_at_is_what_stands_there_and_is_read_once() {
        let (glances, reading) = (Glances::new(), Reading::new(5 * PAGE + 300, None));
        let end = reading.file.len();
        let places = [0..1, 500..530, 511..512, PAGE - 3..PAGE + 9, 2 * PAGE - 700..3 * PAGE + 1, 5 * PAGE..end];
        let beside = [2 * PAGE..2 * PAGE + 3, 511..512, 700..701, 2 * PAGE - 690..2 * PAGE, 5 * PAGE + 7..end];
        for (places, times) in [(places.as_slice(), 4), (&places, 4), (&beside, 5)] {
            for range in places {
                assert_eq!(reading.look(&glances, range), Some(&reading.file[range.clone()]), "{range:?}");
            }
            // Only what is on another page, or was read with others and begins in another block, is read again.
            assert_eq!(reading.times.load(Ordering::Relaxed), times);
        }
        for page in 0..2 * RECENT {
            let _ = reading.look(&glances, &(page % 5 * PAGE..page % 5 * PAGE + 1));
        }
        let other = (Glances::new(), Reading::new(PAGE, None));
        assert_eq!(other.1.look(&other.0, &(0..9)), Some(&other.1.file[0..9]), "the same place of another file");
        assert_eq!(other.1.times.load(Ordering::Relaxed), 1);
        assert_eq!(reading.look(&glances, &(0..LONGEST + 1)), None);
    }

    #[test]
    fn a_page_that_is_not_what_was_written_is_not_lent_and_others_are() {
        let (glances, reading) = (Glances::new(), Reading::new(3 * PAGE, Some(1)));
        for range in [PAGE..PAGE + 1, PAGE - 1..PAGE + 1, 2 * PAGE - 9..2 * PAGE + 9] {
            assert_eq!(reading.look(&glances, &range), None, "{range:?}");
        }
        for range in [PAGE - 1..PAGE, 2 * PAGE..2 * PAGE + 1] {
            assert_eq!(reading.look(&glances, &range), Some(&reading.file[range.clone()]), "{range:?}");
        }
    }

    #[test]
    fn after_many_looks_no_more_is_read_and_what_was_lent_stays() {
        let (glances, reading) = (Glances::new(), Reading::new((MOST + 9) * BLOCK, None));
        let places = || (0..MOST + 9).map(|block| block * BLOCK + 1..block * BLOCK + 40);
        let lent: Vec<_> = places().map(|range| reading.look(&glances, &range)).collect();
        assert_eq!(lent.iter().flatten().count(), MOST);
        assert!(lent.iter().zip(places()).all(|(bytes, range)| bytes.is_none_or(|bytes| bytes == &reading.file[range])));
    }

    #[test]
    fn threads_that_look_at_the_same_time_see_the_same() {
        let (glances, reading) = (Glances::new(), Reading::new(40 * PAGE, None));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for range in (0..35).map(|page| page * PAGE + 100..page * PAGE + 5000) {
                        let looked_at = reading.look(&glances, &range);
                        assert!(looked_at.is_none_or(|bytes| bytes == &reading.file[range.clone()]), "{range:?}");
                    }
                });
            }
        });
        assert!(glances.find(&(100..5000)).is_some());
    }
}
