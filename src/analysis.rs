//! Questions about documents that have been read: pure functions, no disk and no screen.
//!
//! [`verify`] checks the promises of the model on a document at hand. It runs on every document that is imported.

pub mod verify;
