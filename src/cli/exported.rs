//! What an exporter wrote, on standard output: exact in a pipe or a file, harmless on a screen.

use std::io::Write;

use super::session::Session;
use super::{Printed, json};

/// Prints the bytes of the format of this name.
pub(super) fn print(session: &mut Session<'_>, format: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let text = String::from_utf8_lossy(bytes);
    if format == "json" {
        return json::print_text(&mut session.output, &text);
    }
    let printed: Printed =
        if session.world.output_is_terminal { session.output.text(&text) } else { session.output.write_all(bytes) };
    Ok(printed?)
}
