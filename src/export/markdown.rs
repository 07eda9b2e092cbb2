//! Markdown (`CommonMark` 0.31): the official citation with its locator as code; the words as a block quotation before it.

use std::io::{self, Write};

use super::passage::Passage;

pub(super) fn write(passage: &Passage<'_>, writer: &mut dyn Write) -> io::Result<()> {
    let citation = escaped(&format!("{}{}", passage.official_name(), passage.place()));
    let locator = code(&passage.address());
    match passage.quotation() {
        Some(words) => writeln!(writer, "> {}\n>\n> ——{citation} {locator}", escaped(&words)),
        None => writeln!(writer, "{citation} {locator}"),
    }
}

/// Text in which nothing is read as markup: signs that mark anywhere get a backslash, and so do the ones that begin a list.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut only_digits = true;
    for character in text.chars() {
        let marks = matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$');
        let begins_list =
            only_digits && (matches!(character, '-' | '+' | '=') && written.is_empty() || matches!(character, '.' | ')'));
        if marks || begins_list {
            written.push('\\');
        }
        written.push(character);
        only_digits &= character.is_ascii_digit();
    }
    written
}

/// A span of code, fenced by one backtick more than it holds in a row.
fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("{fence}{text}{fence}") } else { format!("{fence} {text} {fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("1. *a* [b](c) <d>"), "1\\. \\*a\\* \\[b\\](c) \\<d\\>");
        assert_eq!(escaped("- x"), "\\- x");
        assert_eq!(escaped("年均增长3.5%（7左右）"), "年均增长3.5%（7左右）");
        assert_eq!(code("a``b"), "``` a``b ```");
    }
}
