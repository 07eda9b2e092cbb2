//! Few heaps, and such as shrink, for the commands that build an index.
//!
//! glibc gives each thread a heap of its own (an arena), up to eight for each processor. The threads that make documents ready and those that
//! write shelves come and go, and each heap keeps what its threads have freed: over 100,000 documents that was more than was in use, and
//! grew. It also keeps ever larger pieces, as it sees such pieces freed. With a heap for each thread that makes documents ready, which
//! gives back what is free at its end, memory stays the same whatever the number of documents; with a single one they would wait for each
//! other, which costs two of them a fifth of their time. glibc reads its environment for this when a process starts, and has no other way
//! that is safe: so the program starts itself once more, as the same process with the same arguments and files.

use std::thread;

use super::world::World;

/// The variables of glibc's allocator (mallopt(3)): how many heaps there may be, and how many bytes may lie free at the end of one. Whoever
/// sets the first knows better.
pub(super) const ARENAS: &str = "MALLOC_ARENA_MAX";
const LEFT_OVER: (&str, &str) = ("MALLOC_TRIM_THRESHOLD_", "1048576");

/// Starts the program anew with few heaps, where that has not been done and is of use; goes on as it is where the system refuses.
pub(super) fn share(world: &World) {
    if cfg!(all(target_os = "linux", target_env = "gnu")) && world.variable(ARENAS).is_none() {
        start_anew(world);
    }
}

#[cfg(unix)]
fn start_anew(world: &World) {
    use std::os::unix::process::CommandExt;

    let Some((program, (name, arguments))) = world.program.path().zip(world.arguments.split_first()) else { return };
    // As many as there are threads that make documents ready: one more than processors.
    let heaps = thread::available_parallelism().map_or(1, usize::from) + 1;
    // This comes back only where it failed.
    let _ = std::process::Command::new(program).arg0(name).args(arguments).env(ARENAS, heaps.to_string()).envs([LEFT_OVER]).exec();
}

#[cfg(not(unix))]
fn start_anew(_: &World) {}
