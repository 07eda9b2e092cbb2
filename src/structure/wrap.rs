//! Wrapped lines: texts whose paragraphs are broken at a fixed width, as PDF conversions leave them.
//!
//! In such a text a line that is full and does not end a sentence goes on in the next one, over the end of a page too. Whether a
//! text is wrapped is told by its lines: many of those that another follows directly are as wide as the widest.

use std::collections::HashSet;

use super::line::{Line, compact};

/// Columns: lines of wrapped texts are at least and at most this wide.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;
/// Fewer pairs of lines than this tell nothing.
const FEWEST_PAIRS: usize = 8;
/// A line is full when no more than this many columns are left: an indent, and a mark that must not begin a line.
const SLACK: usize = 8;
/// Lines from the last line of a page to the first of the next, the number of the page between blank lines.
const PAGE_GAP: u32 = 6;

/// For each line whether it goes on with the line before it. The lines of the front matter may be a table of contents.
pub(super) fn continued(lines: &[Line<'_>], front: usize) -> Vec<bool> {
    let mut continued = vec![false; lines.len()];
    let Some(width) = wrapped_width(lines) else { return continued };
    let entries: HashSet<String> = lines.iter().take(front).map(|line| entry(line.text)).collect();
    for ((before, line), continued) in lines.iter().zip(lines.iter().skip(1)).zip(continued.iter_mut().skip(1)) {
        let goes_on =
            |before: &Line<'_>| is_full(before, width) && !ends_paragraph(before.text) && !entries.contains(&entry(before.text));
        *continued = adjacent(before, line) && goes_on(before);
    }
    continued
}

/// Whether nothing but the end of a page lies between two lines.
fn adjacent(before: &Line<'_>, line: &Line<'_>) -> bool {
    before.number + 1 == line.number || (before.page != line.page && before.number + PAGE_GAP >= line.number)
}

/// A heading that is an entry of the table of contents is complete, however full its line is.
fn entry(text: &str) -> String {
    let mut entry = compact(text);
    entry.truncate(entry.trim_end_matches(|last: char| matches!(last, '.' | '…' | '·') || last.is_ascii_digit()).len());
    entry
}

/// The width at which the text is wrapped, if it is.
fn wrapped_width(lines: &[Line<'_>]) -> Option<usize> {
    let pairs = lines.iter().zip(lines.iter().skip(1)).filter(|(line, next)| line.number + 1 == next.number);
    let mut widths: Vec<usize> = pairs.map(|(line, _)| width(line.text)).collect();
    widths.sort_unstable();
    let widest = widths.get(widths.len() * 9 / 10).copied().filter(|widest| WIDTHS.contains(widest))?;
    let full = widths.iter().filter(|width| width.abs_diff(widest) <= SLACK).count();
    (widths.len() >= FEWEST_PAIRS && full * 5 >= widths.len() * 2).then_some(widest)
}

fn is_full(line: &Line<'_>, wrapped: usize) -> bool {
    line.table.is_none() && width(line.text) + SLACK >= wrapped
}

fn ends_paragraph(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）', ')', '》']).ends_with(['。', '！', '？', '：', ':'])
}

/// Columns, as far as they matter here: two for every character but those of ASCII.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}
