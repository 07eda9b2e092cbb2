//! Fetching single pages of a mapped file from the disk, before they are looked at.
//!
//! Where a page of a mapping is not in memory, a look at it reads the disk as far ahead as the system is set to, around that page: 128 KiB
//! where nobody has changed it, on some machines 8 MiB. A search that looks at some forty pages all over a large file then reads most of it.
//! A read at some place, of a file descriptor, reads that place, and further only when one read follows upon another. So a page that is
//! about to be looked at for the first time is asked for by such a read of one byte, and comes alone; several pages in a row are announced
//! to the system, which reads them at once. Who goes on asking for single pages looks whether some more are in memory all over the file, as
//! they are in all searches but the first ones after the machine was started; then nothing more is asked: to ask for what is there takes as
//! long as to use it. Where searches before this one have looked says nothing: all of them look at the same places first. A system that
//! wants memory takes a page here and there; so one of these places may be missing, and is read then, or every search from then on would ask
//! for every page.

use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};

/// Places all over the file of which all but one have to be in memory for all of it to be taken to be: of files of which half is, one in a
/// hundred seems to be whole, and of those of which all but a hundredth is, all but four in a thousand do.
const PLACES: usize = 10;

/// Length in bytes from which on pages are fetched: a smaller file is read ahead whole on any system, and may as well be.
const LEAST: usize = 128 * 1024;

/// So many single pages are asked for before it is looked whether they need to be; fewer have been.
const FEW: u8 = 8;
/// Pages are asked for one by one.
const ONE_BY_ONE: u8 = FEW + 1;
/// All of it seems to be in memory.
const IN_MEMORY: u8 = FEW + 2;

/// Bytes that the system reads and maps together.
pub(super) const PAGE: usize = 4096;

/// A file whose pages are fetched.
#[derive(Debug)]
pub(super) struct Fetching {
    file: File,
    length: usize,
    /// How many single pages have been asked for, up to [`FEW`]; then [`ONE_BY_ONE`] or [`IN_MEMORY`].
    state: AtomicU8,
}

impl Fetching {
    /// A file on the disk of so many bytes; none where it is small or cannot be opened. Its mapping is then read as it is.
    pub(super) fn open(file: &Path, length: usize) -> Option<Self> {
        let file = Some(file).filter(|_| length >= LEAST).and_then(|file| File::open(file).ok())?;
        Some(Self { file, length, state: AtomicU8::new(0) })
    }

    /// Has one page or several, given by their bytes, in memory, unless all of them seem to be. A disk that fails is met by whoever looks at
    /// them.
    pub(super) fn fetch(&self, pages: &Range<usize>) {
        if self.state.load(Ordering::Relaxed) == IN_MEMORY {
            return;
        }
        if pages.len() > PAGE {
            announce(&self.file, pages);
        } else if !self.seems_in_memory(pages.start) {
            read(&self.file, &mut [0], pages.start as u64);
        }
    }

    /// Whether all of the file seems to be in memory; `place` is the byte that is wanted.
    fn seems_in_memory(&self, place: usize) -> bool {
        let mut state = self.state.load(Ordering::Relaxed);
        if state < FEW {
            // Two threads that count one page do no harm.
            self.state.store(state + 1, Ordering::Relaxed);
        } else if state == FEW {
            let mut places = std::iter::once(place).chain((0..PLACES).map(|part| self.length / PLACES * part));
            state = match missing(&mut places, |place| is_in_memory(&self.file, place as u64)) {
                Missing::Nothing => IN_MEMORY,
                Missing::One(place) => {
                    read(&self.file, &mut [0], place as u64);
                    IN_MEMORY
                }
                Missing::More => ONE_BY_ONE,
            };
            self.state.store(state, Ordering::Relaxed);
        }
        state == IN_MEMORY
    }

    /// Whether the file is as long as it was said to be.
    pub(super) fn is_of_its_length(&self) -> bool {
        self.file.metadata().is_ok_and(|file| file.len() == self.length as u64)
    }

    /// Whether it is the file that stands at this path now; never where the system does not tell.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        is_same(&self.file, path)
    }

    /// Whether a byte is in memory.
    pub(super) fn is_at_hand(&self, place: usize) -> bool {
        is_in_memory(&self.file, place as u64)
    }

    /// Bytes of the file; none where they cannot be read.
    pub(super) fn read_all(&self, range: &Range<usize>) -> Option<Vec<u8>> {
        let mut bytes = vec![0; range.len()];
        self.read(range.start, &mut bytes).then_some(bytes)
    }

    /// Reads bytes from a place on; whether all of them were there.
    pub(super) fn read(&self, start: usize, bytes: &mut [u8]) -> bool {
        read(&self.file, bytes, start as u64)
    }
}

/// What of some places is not in memory.
#[derive(Debug, PartialEq, Eq)]
enum Missing {
    Nothing,
    One(usize),
    More,
}

/// Looks for the places that are not in memory, no further than the second.
fn missing(places: &mut dyn Iterator<Item = usize>, is_in_memory: impl Fn(usize) -> bool) -> Missing {
    let mut missing = places.filter(|place| !is_in_memory(*place));
    match (missing.next(), missing.next()) {
        (None, _) => Missing::Nothing,
        (Some(one), None) => Missing::One(one),
        (Some(_), Some(_)) => Missing::More,
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

/// Tells the system that several pages will be looked at; it begins to read those that are not in memory.
#[cfg(target_os = "linux")]
fn announce(file: &File, pages: &Range<usize>) {
    use rustix::fs::{Advice, fadvise};

    // A system that does not listen reads when they are looked at.
    let _ = fadvise(file, pages.start as u64, std::num::NonZeroU64::new(pages.len() as u64), Advice::WillNeed);
}

#[cfg(not(target_os = "linux"))]
fn announce(_: &File, _: &Range<usize>) {}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let both = file.metadata().and_then(|file| Ok((file, path.metadata()?)));
    both.is_ok_and(|(file, there)| (file.dev(), file.ino()) == (there.dev(), there.ino()))
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &Path) -> bool {
    false
}

#[cfg(unix)]
fn read(file: &File, bytes: &mut [u8], place: u64) -> bool {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, place).is_ok()
}

#[cfg(not(unix))]
fn read(_: &File, _: &mut [u8], _: u64) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize) -> Range<usize> {
        number * PAGE..(number + 1) * PAGE
    }

    #[test]
    fn a_file_that_was_just_written_is_in_memory_and_no_page_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shelf");
        std::fs::write(&path, vec![7; 200 * PAGE]).unwrap();
        let fetching = Fetching::open(&path, 200 * PAGE).unwrap();
        for asked in 0..=FEW {
            assert_eq!(fetching.state.load(Ordering::Relaxed), asked);
            fetching.fetch(&(20 * PAGE..90 * PAGE));
            fetching.fetch(&page(150 - usize::from(asked)));
        }
        assert_eq!(fetching.state.load(Ordering::Relaxed), IN_MEMORY);
    }

    #[test]
    fn one_page_that_the_system_took_is_brought_back_and_no_more_is_asked() {
        let among = |gone: &[usize]| missing(&mut (0..PLACES), |place| !gone.contains(&place));
        assert_eq!([among(&[]), among(&[3]), among(&[3, 9])], [Missing::Nothing, Missing::One(3), Missing::More]);
        let looked_at = std::cell::Cell::new(0);
        let count = |_| {
            looked_at.set(looked_at.get() + 1);
            false
        };
        assert_eq!((missing(&mut (0..PLACES), count), looked_at.get()), (Missing::More, 2), "two are enough");
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
        fetching.fetch(&(0..3 * LEAST));
        let read = |start, length| fetching.read(start, &mut vec![0; length]);
        assert_eq!([read(0, 0), read(2, 8), read(2, 9), read(LEAST, 1)], [true, true, false, false]);
    }
}
