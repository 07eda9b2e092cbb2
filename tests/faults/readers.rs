//! Many readers beside a writer, and two writers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use celan::index::WriterLock;

use crate::world::{COMMON, World, common_units, file_name, told, total};

/// So many calls read, so many of them at a time.
const READERS: usize = 200;
const AT_A_TIME: usize = 20;

/// A change to the library: documents added, one removed.
const CHANGES: [(std::ops::Range<u64>, Option<u64>); 8] = [
    (10..30, None),
    (30..31, None),
    (0..0, Some(12)),
    (31..60, None),
    (0..0, Some(40)),
    (0..0, Some(3)),
    (60..75, None),
    (12..13, None),
];

#[test]
fn two_hundred_readers_see_the_old_or_the_new_state_while_one_writes() {
    let world = World::new();
    world.add(&world.incoming(0..10));
    // What every state holds, the first before any change.
    let mut held: Vec<u64> = (0..10).collect();
    let units = |held: &[u64]| held.iter().map(|document| common_units(*document)).sum::<u64>();
    let mut states = vec![units(&held)];
    for (added, removed) in &CHANGES {
        held.extend(added.clone());
        held.retain(|document| Some(*document) != *removed);
        states.push(units(&held));
    }
    let (begun, done, next) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let slowest = thread::scope(|scope| {
        scope.spawn(|| {
            for (change, (added, removed)) in CHANGES.iter().enumerate() {
                begun.store(change + 1, Ordering::SeqCst);
                if let Some(document) = removed {
                    world.run(&["remove", file_name(*document).trim_end_matches(".txt")], &[0]);
                } else {
                    world.add(&world.incoming(added.clone()));
                }
                done.store(change + 1, Ordering::SeqCst);
            }
        });
        let reader = || {
            let mut slowest = Duration::ZERO;
            while next.fetch_add(1, Ordering::SeqCst) < READERS {
                let (first, started) = (done.load(Ordering::SeqCst), Instant::now());
                let arguments = ["search", "--json", "--limit", "1", COMMON];
                let output = world.celan(&arguments).output().unwrap();
                let last = begun.load(Ordering::SeqCst);
                slowest = slowest.max(started.elapsed());
                let found = total(&told(&arguments, &output, &[0]).0);
                assert!(states[first..=last].contains(&found), "{found} is in none of the states {first} to {last} of {states:?}");
            }
            slowest
        };
        let readers: Vec<_> = (0..AT_A_TIME).map(|_| scope.spawn(reader)).collect();
        readers.into_iter().map(|reader| reader.join().unwrap()).max().unwrap()
    });
    eprintln!("{READERS} readers, {AT_A_TIME} at a time; the slowest took {slowest:?}");
    held.sort_unstable();
    world.must_hold(&held, &[3, 12, 40]);
}

#[test]
fn a_second_writer_waits_a_bounded_time_and_says_who_holds_the_lock() {
    let world = World::new();
    world.add(&world.incoming(0..2));
    let held = WriterLock::take(&world.library.join("index"), Duration::ZERO).unwrap();
    let folder = world.incoming(2..3);
    for arguments in [&["add", folder.to_str().unwrap()][..], &["remove", "notice-1"], &["reindex"], &["doctor"]] {
        let started = Instant::now();
        let (_, said) = world.run(arguments, &[2]);
        let waited = started.elapsed();
        assert!(said.contains(&format!("process {}", std::process::id())), "{said}");
        assert!((Duration::from_secs(4)..Duration::from_mins(1)).contains(&waited), "{waited:?}");
    }
    assert_eq!(world.count("甲1乙"), 1, "reading goes on");
    drop(held);
    world.add(&folder);
    world.must_hold(&[0, 1, 2], &[2]);
}

#[test]
fn the_lock_of_a_dead_process_holds_nobody_up() {
    let world = World::new();
    world.add(&world.incoming(0..2));
    // What a process that was killed leaves behind: the file with a number that may be anybody's by now.
    std::fs::write(world.library.join("index/writer.lock"), std::process::id().to_string()).unwrap();
    let started = Instant::now();
    world.add(&world.incoming(2..3));
    assert!(started.elapsed() < Duration::from_secs(4), "nobody is waited for");
    world.must_hold(&[0, 1, 2], &[2]);
}
