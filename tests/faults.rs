//! Faults inflicted on the real program: killed at random moments, disks that fill, folders that refuse, files that vanish, many readers
//! beside a writer, damaged index files. Afterwards the library holds the old or the new state of each document, and the doctor is content.
//!
//! `CELAN_FAULTS` is the number of kills (a few by default), `CELAN_FAULTS_SEED` chooses the documents and the moments, and
//! `CELAN_FAULTS_PROGRAM` names another build of the program. What is found is printed with the seed.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests stop at the first surprise and say what was run")]

#[path = "faults/damage.rs"]
mod damage;
#[path = "faults/kills.rs"]
mod kills;
#[path = "faults/readers.rs"]
mod readers;
#[path = "faults/world.rs"]
mod world;
#[path = "faults/writes.rs"]
mod writes;
