//! Cells that a spreadsheet shows and never computes: what a document says must not run on the desk of whoever opens the table.

use std::borrow::Cow;

/// A cell that no spreadsheet computes.
///
/// Formulas begin with `=`, `@`, a tab or a carriage return, or with `+` or `-` (full-width forms too) where what follows is more
/// than a number: `-3.5`, `+7%`, a lone `-` and `—` stay as they are.
pub(super) fn harmless(cell: &str) -> Cow<'_, str> {
    let mut characters = cell.chars();
    let computes = match characters.next() {
        Some('=' | '＝' | '@' | '＠' | '\t' | '\r' | '\n') => true,
        Some('+' | '-' | '＋' | '－') => {
            !characters.all(|character| character.is_ascii_digit() || matches!(character, '.' | ',' | '%'))
        }
        _ => false,
    };
    if computes { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not_touched() {
        for cell in ["", "—", "-", "-3.5", "+7%", "7左右", "−3", "1,234", "–", "a=b"] {
            assert_eq!(harmless(cell), cell);
        }
        for cell in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1+2", "\t=1", "＝1", "－A1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
    }
}
