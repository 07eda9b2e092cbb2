//! Work on many files at once, whose results are taken up in the order of the files.
//!
//! Each extractor gets a thread that takes one file after the other; the calling thread takes the results as if there were one
//! thread only. A thread waits before it begins a file that is too far ahead of what has been taken up, by number or by bytes: what is
//! held in memory does not grow with the number of files. With a single extractor no thread is started.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Extractor;

/// So many files for each thread may be begun and not yet taken up: work for the time in which a shelf is written.
const FILES_AHEAD: usize = 128;

/// So many bytes of files may be begun and not yet taken up, each of which takes some seven bytes of memory; a longer file is worked
/// on alone.
const BYTES_AHEAD: u64 = 4 << 20;

/// From so many files or bytes on it pays to work on them side by side: another process for reading takes some milliseconds to start.
const MANY_FILES: usize = 64;
const MANY_BYTES: u64 = 1 << 20;

/// Those who help an extractor with files of these lengths: one for each processor, so that none is idle while one of them waits for its
/// process; none where the files are few.
pub(super) fn helpers(extractor: &dyn Extractor, lengths: &[u64]) -> Vec<Box<dyn Extractor>> {
    let are_many = lengths.len() > MANY_FILES || lengths.len() > 1 && lengths.iter().sum::<u64>() > MANY_BYTES;
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let wanted = if are_many { (processors + 1).min(lengths.len()) } else { 1 };
    (1..wanted).map_while(|_| extractor.another()).collect()
}

/// Makes something of every file, of which only the length in bytes is known here, and takes it up in order; ends at the first failure
/// of `take`. Where `take` wants to break off, no further file is begun and those that were are taken up. Gives how many were taken up.
/// The `others` help the first extractor, each in a thread of its own.
pub(super) fn in_order<Made: Send, Failure>(
    lengths: &[u64],
    first: &mut dyn Extractor,
    others: &mut [Box<dyn Extractor>],
    make: impl Fn(usize, &mut dyn Extractor) -> Made + Sync,
    mut take: impl FnMut(usize, Made) -> Result<ControlFlow<()>, Failure>,
) -> Result<usize, Failure> {
    if others.is_empty() {
        for file in 0..lengths.len() {
            if take(file, make(file, first))?.is_break() {
                return Ok(file + 1);
            }
        }
        return Ok(lengths.len());
    }
    let files_ahead = FILES_AHEAD * (1 + others.len());
    let state = Mutex::new(State::new(lengths.len()));
    let queue = Queue { lengths, files_ahead, state, room: Condvar::new(), arrival: Condvar::new() };
    thread::scope(|scope| {
        let _closing = Closing { queue: &queue, only_in_panic: false };
        let others = others.iter_mut().map(|other| -> &mut dyn Extractor { other.as_mut() });
        for extractor in std::iter::once(first).chain(others) {
            let (queue, make) = (&queue, &make);
            scope.spawn(move || {
                let _closing = Closing { queue, only_in_panic: true };
                while let Some(file) = queue.next() {
                    queue.put(file, make(file, extractor));
                }
            });
        }
        let mut file = 0;
        // Nothing more comes where all has been taken up, or a thread has panicked, which goes on here as soon as the threads are joined.
        while let Some(made) = queue.take(file) {
            if take(file, made)?.is_break() {
                queue.begin_no_more();
            }
            file += 1;
        }
        Ok(file)
    })
}

/// Which files are being worked on, and what has been made of those that were not taken up yet.
struct Queue<'files, Made> {
    lengths: &'files [u64],
    files_ahead: usize,
    state: Mutex<State<Made>>,
    /// There is room for another file, or no more are begun.
    room: Condvar,
    /// What was made of the file that is waited for has come, or does not come any more.
    arrival: Condvar,
}

struct State<Made> {
    /// One past the last file to begin.
    end: usize,
    /// The next file to begin.
    next: usize,
    /// How many have been taken up.
    taken: usize,
    /// Bytes of the files that were begun and not taken up.
    bytes: u64,
    made: BTreeMap<usize, Made>,
    closed: bool,
    /// How many threads wait for room. Nobody is woken in vain: waking is a matter for the system, and there are many files.
    waiting: usize,
}

impl<Made> State<Made> {
    /// So many files, none of which has been begun.
    fn new(files: usize) -> Self {
        Self { end: files, next: 0, taken: 0, bytes: 0, made: BTreeMap::new(), closed: false, waiting: 0 }
    }
}

impl<Made> Queue<'_, Made> {
    fn state(&self) -> MutexGuard<'_, State<Made>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn length(&self, file: usize) -> u64 {
        self.lengths.get(file).copied().unwrap_or_default()
    }

    /// The next file to work on, as soon as there is room for it; none when all have been begun or the work has ended.
    fn next(&self) -> Option<usize> {
        let mut state = self.state();
        while !state.closed && state.next < state.end && !self.has_room(&state) {
            state.waiting += 1;
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        if state.closed || state.next >= state.end {
            return None;
        }
        let file = state.next;
        state.next += 1;
        state.bytes += self.length(file);
        Some(file)
    }

    fn has_room(&self, state: &State<Made>) -> bool {
        let ahead = state.next - state.taken;
        ahead == 0 || ahead < self.files_ahead && state.bytes + self.length(state.next) <= BYTES_AHEAD
    }

    fn put(&self, file: usize, made: Made) {
        let mut state = self.state();
        state.made.insert(file, made);
        let is_waited_for = file == state.taken;
        drop(state);
        if is_waited_for {
            self.arrival.notify_one();
        }
    }

    /// What was made of this file, the first that has not been taken up, waiting for it; none where nobody is going to make it any more.
    fn take(&self, file: usize) -> Option<Made> {
        let is_missing = |state: &mut State<Made>| !state.closed && file < state.end && !state.made.contains_key(&file);
        let mut state = self.arrival.wait_while(self.state(), is_missing).unwrap_or_else(PoisonError::into_inner);
        let made = state.made.remove(&file)?;
        state.taken = file + 1;
        state.bytes = state.bytes.saturating_sub(self.length(file));
        let has_room = state.waiting > 0 && self.has_room(&state);
        drop(state);
        if has_room {
            self.room.notify_all();
        }
        Some(made)
    }

    fn begin_no_more(&self) {
        let mut state = self.state();
        state.end = state.next;
        drop(state);
        self.room.notify_all();
    }

    fn close(&self) {
        self.state().closed = true;
        self.room.notify_all();
        self.arrival.notify_all();
    }
}

/// Lets nothing more be begun when dropped, so that nobody waits for one who has gone: the calling thread in any case, the others
/// where they panic.
struct Closing<'queue, 'files, Made> {
    queue: &'queue Queue<'files, Made>,
    only_in_panic: bool,
}

impl<Made> Drop for Closing<'_, '_, Made> {
    fn drop(&mut self) {
        if !self.only_in_panic || thread::panicking() {
            self.queue.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::library::InProcess;

    fn others(count: usize) -> Vec<Box<dyn Extractor>> {
        std::iter::repeat_with(|| Box::new(InProcess) as _).take(count).collect()
    }

    /// Makes something of each file with so many threads; gives what was taken up.
    fn made(lengths: &[u64], threads: usize, make: impl Fn(usize) -> String + Sync) -> Vec<(usize, String)> {
        let mut taken = Vec::new();
        let take = |file, made| {
            taken.push((file, made));
            Ok::<_, ()>(ControlFlow::Continue(()))
        };
        in_order(lengths, &mut InProcess, &mut others(threads - 1), |file, _| make(file), take).unwrap();
        taken
    }

    #[test]
    fn results_are_taken_up_in_order_whoever_is_the_first_to_finish() {
        // Long and short files by turns, some of them longer than all that may be held.
        let lengths: Vec<u64> = (0..300).map(|file| if file % 7 == 0 { BYTES_AHEAD + 1 } else { file }).collect();
        let work = |file: usize| {
            let rounds = if file.is_multiple_of(3) { 20_000 } else { 1 };
            format!("{file}: {}", (0..rounds).fold(file, |sum, round| sum.wrapping_mul(31).wrapping_add(round)))
        };
        let one_by_one = made(&lengths, 1, work);
        assert_eq!(one_by_one.len(), 300);
        for threads in [2, 5] {
            assert_eq!(made(&lengths, threads, work), one_by_one);
        }
        assert_eq!(made(&[], 3, work), []);
    }

    #[test]
    fn no_more_is_begun_than_may_be_held() {
        let (begun, taken, most) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let make = |_, _: &mut dyn Extractor| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) + 1 - taken.load(Ordering::SeqCst);
            most.fetch_max(ahead, Ordering::SeqCst);
        };
        let take = |_, ()| {
            thread::yield_now();
            taken.fetch_add(1, Ordering::SeqCst);
            Ok::<_, ()>(ControlFlow::Continue(()))
        };
        in_order(&vec![BYTES_AHEAD / 8; 500], &mut InProcess, &mut others(2), make, take).unwrap();
        // One more may be begun between its being given out and its being counted as taken.
        assert!(most.load(Ordering::SeqCst) <= 9, "{most:?}");
    }

    #[test]
    fn the_first_failure_ends_the_work() {
        let begun = AtomicUsize::new(0);
        let make = |_, _: &mut dyn Extractor| begun.fetch_add(1, Ordering::SeqCst);
        let take = |file, _| if file == 3 { Err("full") } else { Ok(ControlFlow::Continue(())) };
        assert_eq!(in_order(&[1; 1000], &mut InProcess, &mut others(1), make, take), Err("full"));
        assert!(begun.load(Ordering::SeqCst) <= 4 + 2 * FILES_AHEAD);
    }

    #[test]
    fn where_it_is_broken_off_what_was_begun_is_taken_up_and_nothing_else_is_begun() {
        for threads in [1, 3] {
            let begun = AtomicUsize::new(0);
            let make = |file, _: &mut dyn Extractor| {
                begun.fetch_add(1, Ordering::SeqCst);
                file
            };
            let mut taken = Vec::new();
            let take = |file, made| {
                taken.push((file, made));
                Ok::<_, ()>(if file == 40 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            let count = in_order(&[1; 1000], &mut InProcess, &mut others(threads - 1), make, take).unwrap();
            assert_eq!(taken, (0..count).map(|file| (file, file)).collect::<Vec<_>>());
            assert_eq!(begun.load(Ordering::SeqCst), count);
            assert!((41..=41 + FILES_AHEAD * threads).contains(&count), "{count}");
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_in_the_work_is_not_waited_for() {
        made(&[1; 100], 2, |file| if file == 50 { panic!("the work broke down") } else { String::new() });
    }
}
