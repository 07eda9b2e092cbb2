//! Several passages in one file, in the style that is asked for.

use std::io::{self, Write};

use super::Style;
use super::passage::Passage;

/// A file that passages are written into one after the other, an empty line between them; those in JSON become one array.
#[derive(Debug)]
pub struct Several<W> {
    style: Style,
    writer: W,
    count: usize,
    /// What is to be in the array, where it is JSON.
    items: Vec<serde_json::Value>,
}

impl<W: Write + Default> Several<W> {
    /// A file with nothing in it.
    #[must_use]
    pub const fn new(style: Style, writer: W) -> Self {
        Self { style, writer, count: 0, items: Vec::new() }
    }

    /// How many passages have been written.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Writes one more.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write(&mut self, passage: &Passage<'_>) -> io::Result<()> {
        if self.style.is_json() {
            let mut written = Vec::new();
            self.style.write(passage, &mut written)?;
            self.items.append(&mut serde_json::from_slice(&written)?);
        } else {
            if self.count > 0 {
                writeln!(self.writer)?;
            }
            self.style.write(passage, &mut self.writer)?;
        }
        self.count += 1;
        Ok(())
    }

    /// Writes what is to come at the end; gives the writer back and begins anew.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn finish(&mut self) -> io::Result<W> {
        if self.style.is_json() {
            serde_json::to_writer_pretty(&mut self.writer, &std::mem::take(&mut self.items))?;
            writeln!(self.writer)?;
        }
        self.count = 0;
        Ok(std::mem::take(&mut self.writer))
    }
}

impl Style {
    /// The usual ending of files in this style.
    #[must_use]
    pub fn extension(&self) -> &'static str {
        match self.name {
            "markdown" => "md",
            "bibtex" => "bib",
            "csl-json" => "json",
            _ => "txt",
        }
    }

    fn is_json(&self) -> bool {
        self.extension() == "json"
    }
}
