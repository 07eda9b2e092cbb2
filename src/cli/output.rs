//! Standard output: buffered, cleaned for terminals, quiet when the reader has gone.
//!
//! A pipe that is closed early (`celan toc | head -1`) shows as an error of [`std::io::ErrorKind::BrokenPipe`] in the `Result` of a
//! write; commands pass it up with `?` and the program ends as if all had been read.

use std::fmt;
use std::io::{self, BufWriter, Stdout, Write};

use super::Printed;
use super::world::World;
use crate::text::safe::safe;

/// Where the data of a command goes.
#[derive(Debug)]
pub(super) struct Output {
    sink: Sink,
    /// Whether matches are coloured.
    pub(super) colours: bool,
    /// Whether anything has been printed, or is about to be.
    pub(super) has_begun: bool,
}

#[derive(Debug)]
enum Sink {
    Standard(BufWriter<Stdout>),
    #[cfg(test)]
    Memory(Vec<u8>),
}

impl Output {
    /// Standard output of this process.
    pub(super) fn standard(world: &World) -> Self {
        Self {
            sink: Sink::Standard(BufWriter::with_capacity(1 << 16, io::stdout())),
            colours: world.wants_colours(),
            has_begun: false,
        }
    }

    /// One line of text from documents, file names or messages; nothing in it can command a terminal.
    pub(super) fn line(&mut self, text: impl fmt::Display) -> Printed {
        self.text(text)?;
        self.write_all(b"\n")
    }

    /// Text without a line break after it, made safe like [`Output::line`].
    pub(super) fn text(&mut self, text: impl fmt::Display) -> Printed {
        self.write_all(safe(&text.to_string()).as_bytes())
    }

    /// Text that stands out, by `sgr` (the numbers of an ANSI escape) where colours are wanted.
    pub(super) fn marked(&mut self, text: &str, sgr: &str) -> Printed {
        if self.colours && !text.is_empty() { write!(self, "\u{1b}[{sgr}m{}\u{1b}[0m", safe(text)) } else { self.text(text) }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.has_begun = true;
        match &mut self.sink {
            Sink::Standard(writer) => writer.write(bytes),
            #[cfg(test)]
            Sink::Memory(buffer) => buffer.write(bytes),
        }
    }

    fn flush(&mut self) -> Printed {
        match &mut self.sink {
            Sink::Standard(writer) => writer.flush(),
            #[cfg(test)]
            Sink::Memory(_) => Ok(()),
        }
    }
}

/// How a match is marked: bold yellow, which reads on dark and light grounds alike.
pub(super) const MATCH: &str = "1;33";
/// How what is beside the point (locators, breadcrumbs) steps back.
pub(super) const FAINT: &str = "2";
/// How a title stands out.
pub(super) const BOLD: &str = "1";

#[cfg(test)]
impl Output {
    /// A writer that keeps what is printed.
    pub(super) fn into_memory() -> Self {
        Self { sink: Sink::Memory(Vec::new()), colours: false, has_begun: false }
    }

    /// What was printed so far.
    pub(super) fn printed(&self) -> &str {
        match &self.sink {
            Sink::Memory(buffer) => std::str::from_utf8(buffer).unwrap_or_default(),
            Sink::Standard(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_command_the_terminal() {
        let mut output = Output::into_memory();
        output.colours = true;
        output.marked("a\u{1b}[2Jb", MATCH).unwrap();
        output.line("\u{1b}]0;x\u{7}").unwrap();
        assert!(!output.printed().contains("\u{1b}[2J") && !output.printed().contains('\u{7}'));
        assert!(output.printed().starts_with("\u{1b}[1;33ma") && output.printed().ends_with('\n'));
    }
}
