//! Tables of contents: headings that stand once more before the body.

use super::head;
use super::line::{Line, compact};
use super::mark::{Candidate, Mark, has_leaders};

/// An entry of a table of contents is short.
const LONGEST_ENTRY: usize = 80;

/// One past the table of contents that begins at `start`, where one does.
///
/// Its first numbered entry comes back as the first heading of the body, and all between the two is short: with or without a line
/// 目录 before it, with or without dots and page numbers.
pub(super) fn end(lines: &[Line<'_>], marks: &[Mark], start: usize) -> Option<usize> {
    let begins = |line: &Line<'_>| head::contents_title(line.text) || line.text.ends_with("目录") && line.text.len() < 120;
    let titled = start > 0 && lines.get(start.saturating_sub(12)..start).is_some_and(|before| before.iter().any(begins));
    let mut first: Option<&Candidate> = None;
    let mut entries = 0;
    let mut last_leader = None;
    for (at, (line, mark)) in lines.iter().zip(marks).enumerate().skip(start) {
        if let (Mark::Number(candidate), Some(first)) = (mark, first)
            && is_same(candidate, first)
            && entries > 1
        {
            return Some(at);
        }
        let leads = has_leaders(line.text);
        if leads {
            last_leader = Some(at + 1);
        } else if !is_entry(line) {
            break;
        }
        if let Mark::Number(candidate) = mark {
            first = first.or(Some(candidate));
            entries += 1;
        } else if !titled && !leads && last_leader.is_none() {
            break;
        }
    }
    last_leader
}

fn is_same(candidate: &Candidate, first: &Candidate) -> bool {
    candidate.label.rank == first.label.rank
        && candidate.label.value == first.label.value
        && candidate.label.steps == first.label.steps
}

fn is_entry(line: &Line<'_>) -> bool {
    line.table.is_none()
        && line.text.chars().take(LONGEST_ENTRY + 1).count() <= LONGEST_ENTRY
        && !line.text.contains(['。', '；'])
        && !compact(line.text).is_empty()
}
