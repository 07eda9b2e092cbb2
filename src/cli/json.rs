//! JSON on standard output: language-free, exact, and harmless to look at.

use std::io::Write;

use serde::Serialize;

use super::output::Output;

/// Prints `value` with indentation and a line break at its end.
pub(super) fn print(output: &mut Output, value: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print_text(output, &text)
}

/// Prints JSON that is already text.
///
/// `serde_json` escapes C0 itself. C1, DEL and the marks that turn the direction of text are legal in a JSON string but commands to
/// a terminal; outside a string they cannot occur, so each can be written as its escape without changing the data.
pub(super) fn print_text(output: &mut Output, text: &str) -> anyhow::Result<()> {
    let mut clean = text;
    while let Some((position, character)) = clean.char_indices().find(|(_, character)| is_command(*character)) {
        let (before, after) = clean.split_at(position);
        write!(output, "{before}\\u{:04x}", u32::from(character))?;
        clean = after.get(character.len_utf8()..).unwrap_or_default();
    }
    writeln!(output, "{}", clean.trim_end())?;
    Ok(())
}

fn is_command(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_is_escaped_and_read_back() {
        let odd = ["a\u{1b}[31m\u{7f}\u{85}\u{9b}2J\u{202e}b\u{2066}", "策览𠮷\u{2028}\n"];
        let mut output = Output::into_memory();
        print(&mut output, &odd).unwrap();
        assert!(output.printed().chars().all(|character| character == '\n' || !character.is_control() && !is_command(character)));
        assert_eq!(serde_json::from_str::<Vec<String>>(output.printed()).unwrap(), odd);
    }
}
