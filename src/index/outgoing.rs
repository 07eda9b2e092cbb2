//! A shelf on its way to the disk: written in a thread of its own while the next one is made.
//!
//! Takes a shelf under construction, gives what the commit names. One at a time: there are never more than two shelves in memory, the
//! one that is being written and a quarter of the one that is being made. Whoever gives up waits for the writing to end, so that nothing
//! is written after the lock of the index has been let go.

use std::io;
use std::path::Path;
use std::thread::{Builder, JoinHandle};

use tantivy::TantivyError;
use tantivy::directory::{Directory, TerminatingWrite};
use tantivy::index::SegmentMeta;

use super::error::IndexError;
use super::manifest::{ShelfEntry, shelf_file};
use super::shelf::builder::ShelfBuilder;

/// A shelf that has got its number.
pub(super) struct Outgoing {
    pub(super) directory: Box<dyn Directory>,
    pub(super) tantivy: tantivy::Index,
    pub(super) builder: ShelfBuilder,
    pub(super) number: u32,
}

/// A shelf that has been written.
pub(super) struct Written {
    pub(super) segment: SegmentMeta,
    pub(super) entry: ShelfEntry,
}

impl Outgoing {
    /// Writes the shelf and its segment.
    pub(super) fn write(self) -> Result<Written, IndexError> {
        let Self { directory, tantivy, builder, number } = self;
        let file = shelf_file(number);
        let path = Path::new(&file);
        // One that was killed may have left it behind.
        let _ = directory.delete(path);
        let mut write = directory.open_write(path).map_err(TantivyError::from)?;
        let units = builder.unit_count();
        let (segment, bytes, checksum) = builder
            .finish(&mut write, |inversion| inversion.write(&tantivy, number, units))
            .map_err(|error| IndexError::refused(&file, error))?;
        write.terminate().map_err(|error| IndexError::unwritable(&file, error))?;
        Ok(Written { segment, entry: ShelfEntry { number, bytes, checksum, removed: Vec::new() } })
    }
}

/// The shelf that is being written, if there is one.
#[derive(Default)]
pub(super) struct Writing(Option<(String, JoinHandle<Result<Written, IndexError>>)>);

impl Writing {
    /// Begins to write a shelf; the one before has been waited for.
    ///
    /// # Errors
    /// Where the system has no thread to give.
    pub(super) fn begin(&mut self, outgoing: Outgoing) -> Result<(), IndexError> {
        let file = shelf_file(outgoing.number);
        let thread = Builder::new().spawn(move || outgoing.write()).map_err(|error| IndexError::unwritable(&file, error))?;
        self.0 = Some((file, thread));
        Ok(())
    }

    /// Waits for the shelf that is being written.
    ///
    /// # Errors
    /// Where the disk failed.
    pub(super) fn wait(&mut self) -> Result<Option<Written>, IndexError> {
        let Some((file, thread)) = self.0.take() else { return Ok(None) };
        let broke_down = |_| Err(IndexError::unwritable(&file, io::Error::other("writing a shelf broke down")));
        thread.join().unwrap_or_else(broke_down).map(Some)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // What was written is not named by any commit, and what failed has been told otherwise.
        let _ = self.wait();
    }
}
