//! Asking every shelf the same: as many at once as there are processors, the answers in the order of the shelves.
//!
//! For what has to read all texts or all words of a library, and is asked seldom.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::open::Index;
use super::shelf::Shelf;

/// The most threads that read: more of them than channels to the memory help nobody.
const MOST_THREADS: usize = 8;

impl Index {
    /// What `ask` makes of each shelf.
    pub(super) fn every_shelf<Answer: Send>(&self, ask: impl Fn(&Shelf) -> Answer + Sync) -> Vec<Answer> {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        if self.shelves.len() < 2 || threads < 2 || self.is_small() {
            return self.shelves.iter().map(ask).collect();
        }
        let next = AtomicUsize::new(0);
        // Shelves differ in length: each thread takes the next one as soon as it is done.
        let take = || {
            let taken = std::iter::from_fn(|| {
                let at = next.fetch_add(1, Ordering::Relaxed);
                Some((at, ask(self.shelves.get(at)?)))
            });
            taken.collect::<Vec<_>>()
        };
        let mut answers = thread::scope(|scope| {
            let others: Vec<_> = (1..threads.min(self.shelves.len())).map(|_| scope.spawn(take)).collect();
            let mut answers = take();
            for other in others {
                match other.join() {
                    Ok(taken) => answers.extend(taken),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            answers
        });
        answers.sort_unstable_by_key(|(at, _)| *at);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }
}
