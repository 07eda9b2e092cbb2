//! Closings: signature, date and 此件公开发布 at the end of a letter (GB/T 9704-2012 §7.3.5).
//!
//! They end the document, not its last measure: they stand at the top level.

use super::head;
use super::line::{Line, is_space};
use super::mark::Mark;

/// A closing is at most this many lines.
const LONGEST: usize = 12;
/// The name of an organ in a signature.
const LONGEST_NAME: usize = 30;

/// For each line whether it belongs to a closing; closings stand at the end and before annexes.
pub(super) fn find(lines: &[Line<'_>], marks: &[Mark], body: usize) -> Vec<bool> {
    let mut closing = vec![false; lines.len()];
    let annexes = marks.iter().enumerate().filter(|(_, mark)| matches!(mark, Mark::Annex { .. })).map(|(at, _)| at);
    for end in annexes.chain([lines.len()]).filter(|end| *end > body) {
        let start = start(lines, marks, body, end);
        closing.iter_mut().take(end).skip(start).for_each(|line| *line = true);
    }
    closing
}

/// Where the closing begins that ends before `end`; `end` where there is none.
fn start(lines: &[Line<'_>], marks: &[Mark], body: usize, end: usize) -> usize {
    let (mut start, mut dated) = (end, false);
    for at in (body..end).rev().take(LONGEST) {
        let (Some(line), Some(Mark::Text)) = (lines.get(at), marks.get(at)) else { break };
        let date = head::date_line(line.text).is_some();
        let belongs = date || head::release_note(line.text) || line.text.is_empty() || (dated && is_name(line.text));
        if !belongs {
            break;
        }
        dated |= date;
        start = at;
    }
    if dated { start } else { end }
}

/// 湖南省人民政府办公厅: no mark of punctuation at all.
fn is_name(text: &str) -> bool {
    text.chars().count() <= LONGEST_NAME
        && text.chars().all(|character| is_space(character) || character.is_alphanumeric() || "（）()".contains(character))
}
