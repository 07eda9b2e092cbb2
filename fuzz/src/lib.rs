//! What the fuzzer runs: [`targets`]. `tests/fuzz.rs` of the program runs the same functions on stable Rust.

pub mod targets;
