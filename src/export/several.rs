//! Several passages in one file, in the style that is asked for.

use std::io::{self, Write};

use super::Style;
use super::passage::Passage;

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

    /// Writes passages one after the other, an empty line between them; those in JSON become one array.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write_all(&self, passages: &[Passage<'_>], writer: &mut dyn Write) -> io::Result<()> {
        let mut items: Vec<serde_json::Value> = Vec::new();
        for (number, passage) in passages.iter().enumerate() {
            let mut written = Vec::new();
            self.write(passage, &mut written)?;
            if self.extension() == "json" {
                items.append(&mut serde_json::from_slice(&written)?);
                continue;
            }
            if number > 0 {
                writeln!(writer)?;
            }
            writer.write_all(&written)?;
        }
        if self.extension() == "json" {
            serde_json::to_writer_pretty(&mut *writer, &items)?;
            writeln!(writer)?;
        }
        Ok(())
    }
}
