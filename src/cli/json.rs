//! JSON on standard output: language-free, exact, and harmless to look at.

use std::io::Write;

use serde::Serialize;

use super::output::Output;

/// Prints `value` with indentation and a line break at its end.
pub(super) fn print(output: &mut Output, value: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print_text(output, &text)
}

/// A list that is printed as by [`print()`], one value after the other, so that no more than one has to be held.
#[derive(Debug, Default)]
pub(super) struct List {
    has_begun: bool,
}

impl List {
    /// Prints the next value.
    pub(super) fn push(&mut self, output: &mut Output, value: &impl Serialize) -> anyhow::Result<()> {
        // A line break within a string is written as an escape: these are all between values.
        let text = serde_json::to_string_pretty(value)?.replace('\n', "\n  ");
        let before = if std::mem::replace(&mut self.has_begun, true) { ",\n  " } else { "[\n  " };
        output.write_all(before.as_bytes())?;
        print_clean(output, &text)
    }

    /// Prints its end.
    pub(super) fn end(self, output: &mut Output) -> anyhow::Result<()> {
        output.write_all(if self.has_begun { b"\n]\n" } else { b"[]\n" })?;
        Ok(())
    }
}

/// Prints JSON that is already text.
pub(super) fn print_text(output: &mut Output, text: &str) -> anyhow::Result<()> {
    print_clean(output, text.trim_end())?;
    writeln!(output)?;
    Ok(())
}

/// Prints JSON so that it is harmless.
///
/// `serde_json` escapes C0 itself. C1, DEL and the marks that turn the direction of text are legal in a JSON string but commands to
/// a terminal; outside a string they cannot occur, so each can be written as its escape without changing the data.
fn print_clean(output: &mut Output, mut text: &str) -> anyhow::Result<()> {
    while let Some((position, character)) = text.char_indices().find(|(_, character)| is_command(*character)) {
        let (before, after) = text.split_at(position);
        write!(output, "{before}\\u{:04x}", u32::from(character))?;
        text = after.get(character.len_utf8()..).unwrap_or_default();
    }
    output.write_all(text.as_bytes())?;
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

    #[test]
    fn a_list_is_printed_alike_at_once_and_one_by_one() {
        for values in [vec![], vec![vec!["一\n二"]], vec![vec!["a\u{202e}b"], vec![], vec!["c", "d"]]] {
            let (mut at_once, mut one_by_one) = (Output::into_memory(), Output::into_memory());
            print(&mut at_once, &values).unwrap();
            let mut list = List::default();
            for value in &values {
                list.push(&mut one_by_one, value).unwrap();
            }
            list.end(&mut one_by_one).unwrap();
            assert_eq!(one_by_one.printed(), at_once.printed());
        }
    }
}
