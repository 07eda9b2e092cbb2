//! Wrapped lines: texts whose paragraphs are broken at a fixed width, as PDF conversions leave them.
//!
//! In such a text a line that is full and does not end a sentence goes on in the next one, over page numbers (— 2 —) too. Whether a
//! text is wrapped is told by its lines: many of those that another follows directly are as wide as the widest.

use std::collections::HashSet;

use crate::text::numeral;

use super::line::{Line, compact, is_space};

/// Columns: lines of wrapped texts are at least and at most this wide.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;
/// Fewer pairs of lines than this tell nothing.
const FEWEST_PAIRS: usize = 8;
/// A line is full when no more than this many columns are left: an indent, and a mark that must not begin a line.
const SLACK: usize = 8;

/// For each line whether it goes on with the line before it. The lines of the front matter may be a table of contents.
pub(super) fn continued(lines: &[Line<'_>], front: usize) -> Vec<bool> {
    let mut continued = vec![false; lines.len()];
    let Some(width) = wrapped_width(lines) else { return continued };
    let entries: HashSet<String> = lines.iter().take(front).map(|line| entry(line.text)).collect();
    let mut before: Option<(&Line<'_>, u32)> = None;
    for (line, continued) in lines.iter().zip(&mut continued) {
        let adjacent = before.is_some_and(|(_, last)| last + 1 == line.number);
        let goes_on =
            |before: &Line<'_>| is_full(before, width) && !ends_paragraph(before.text) && !entries.contains(&entry(before.text));
        let page = is_page_number(line.text);
        *continued = adjacent && (page || before.is_some_and(|(before, _)| goes_on(before)));
        // The number of a page belongs to the line before it, and the line after it may go on with that line.
        before = match before {
            Some((before, _)) if page => Some((before, line.number)),
            _ => Some((line, line.number)),
        };
    }
    continued
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

/// — 2 —, - 2 -, 2
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|character: char| is_space(character) || matches!(character, '—' | '-' | '－' | '–' | '·'));
    !bare.is_empty() && bare.chars().all(|character| numeral::arabic_digit(character).is_some()) && bare.chars().count() <= 4
}

/// Columns, as far as they matter here: two for every character but those of ASCII.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}
