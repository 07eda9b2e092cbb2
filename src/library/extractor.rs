//! Who turns the bytes of a file into a document: this process, or one that the face has set up for it.
//!
//! A file is a stranger's: reading it may break down, take all memory or never end. A face that can start processes hands the
//! library an [`Extractor`] that reads each file outside of this process; tests and programs that embed the library are content with
//! [`InProcess`].

use std::fmt::Debug;

use crate::extract::ExtractError;

use super::reading::{File, Reading};

/// Reads files one after the other.
pub trait Extractor: Debug + Send {
    /// Reads one file, like [`File::read`]: the same file within the same limits gives the same answer.
    ///
    /// # Errors
    /// Where the file cannot be read, or reading it was given up.
    fn read(&mut self, file: File<'_>) -> Result<Reading, ExtractError>;

    /// Nothing more is to be read for now: what is held for reading may go.
    fn rest(&mut self) {}

    /// Another of its kind, to read files at the same time; none where files are read one after the other.
    fn another(&self) -> Option<Box<dyn Extractor>> {
        None
    }
}

/// Reads in this process: what breaks the reader down breaks the process down, and the limits of time and memory do not hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct InProcess;

impl Extractor for InProcess {
    fn read(&mut self, file: File<'_>) -> Result<Reading, ExtractError> {
        file.read()
    }

    fn another(&self) -> Option<Box<dyn Extractor>> {
        Some(Box::new(*self))
    }
}
