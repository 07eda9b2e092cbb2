//! Front matter: where the head of a document ends and its body begins.
//!
//! The head is the title, the number, the addressee, notes in brackets. A notice that forwards a document (关于印发《X》的通知) is a
//! letter: all of it, signature and date included, stands before the body, up to the line that says X again. A table of contents
//! after either belongs to the front matter as well. Takes lines and marks, gives places; linear.

use crate::text::book_mark;

use std::ops::Range;

use super::contents;
use super::head;
use super::line::{Line, compact};
use super::mark::Mark;
use super::rank::Rank;

/// What stands before the body, as places in the list of lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Front {
    /// One past the last line of the front matter; 0 where there is none.
    pub(super) end: usize,
    /// The lines of the title of the letter, or of the document where no letter is before it.
    pub(super) title: Range<usize>,
    /// The lines of the title of the document that a letter forwards.
    pub(super) attached: Option<Range<usize>>,
}

/// A head longer than this is no head.
const LONGEST_HEAD: usize = 80;
/// The title of the attached document is looked for in this many lines, and broken over at most so many.
const LONGEST_LETTER: usize = 200;
const LONGEST_TITLE: usize = 5;

/// Finds the front matter.
pub(super) fn find(lines: &[Line<'_>], marks: &[Mark]) -> Front {
    let limit = head_end(lines, marks, 0);
    let title = title(lines, limit.min(LONGEST_HEAD));
    let attached = attached(lines, marks, &title);
    let mut end = match &attached {
        Some(attached) => head_end(lines, marks, attached.end),
        None if limit == lines.len() || limit > LONGEST_HEAD => strict_end(lines, &title, limit),
        None => limit,
    };
    if let Some(after) = contents::end(lines, marks, end) {
        end = head_end(lines, marks, after);
    }
    Front { end, title, attached }
}

/// The first line from `start` on that belongs to the body: a heading, a table, or a sentence.
fn head_end(lines: &[Line<'_>], marks: &[Mark], start: usize) -> usize {
    let mut end = start;
    for (line, mark) in lines.iter().zip(marks).skip(start) {
        match mark {
            Mark::Text => {}
            // # 标题: the one heading of the first level at the very beginning is the title.
            Mark::Heading { level: 1 } if end == 0 => {}
            // ——2021年3月5日在第十三届全国人民代表大会第四次会议上, under the title of a report.
            Mark::Bullet { .. } if head::adoption(line.text) => {}
            Mark::Number(_) | Mark::Box { .. } | Mark::Annex { .. } | Mark::Bullet { .. } | Mark::Heading { .. } | Mark::Table => {
                break;
            }
        }
        if head::addressee(line.text).is_some() {
            return end + 1;
        }
        let label = line.text.ends_with(['：', ':']) && line.text.chars().count() <= 8;
        let known = line.text.is_empty() || head::note(line.text) || head::adoption(line.text) || label;
        if !known && !head::title_like(line.text) {
            break;
        }
        end += 1;
    }
    end
}

/// Without a body to stop it, the head ends with the last line that can be nothing else.
fn strict_end(lines: &[Line<'_>], title: &Range<usize>, limit: usize) -> usize {
    let strict = lines.iter().take(limit.min(LONGEST_HEAD)).enumerate().filter(|(_, line)| {
        head::document_number(line.text).is_some() || head::addressee(line.text).is_some() || head::release_note(line.text)
    });
    strict.map(|(at, _)| at + 1).next_back().unwrap_or(0).max(title.end)
}

/// The lines of the title: up to the first that ends as titles do, together with the title lines right before it.
fn title(lines: &[Line<'_>], limit: usize) -> Range<usize> {
    let head = lines.get(..limit).unwrap_or_default();
    let joins = |line: &Line<'_>| {
        head::title_like(line.text)
            && head::document_number(line.text).is_none()
            && head::date_line(line.text).is_none()
            && !head::note(line.text)
            && !head::adoption(line.text)
            && !line.text.ends_with("文件")
            && !head::states_purpose(line.text)
            && !line.text.contains('\\')
            && !head::contents_title(line.text)
    };
    let ends = |line: &&Line<'_>| joins(line) && head::ends_title(line.text);
    // An order has a title of its own (国务院令) before that of what it puts in force.
    let last =
        head.iter().position(|line| ends(&line) && !line.text.ends_with('令')).or_else(|| head.iter().position(|line| ends(&line)));
    let Some(last) = last else {
        return 0..usize::from(head.first().is_some_and(joins));
    };
    // ……第十四个五年规划 ⏎ 和二〇三五年远景目标纲要
    let goes_on = |line: &Line<'_>| ends(&line) && line.text.starts_with(['和', '及', '暨']);
    let last = if head.get(last + 1).is_some_and(goes_on) { last + 1 } else { last };
    let before = head.get(..last).unwrap_or_default().iter().rev();
    let start = last - before.take(LONGEST_TITLE - 1).take_while(|line| joins(line)).count();
    start..last + 1
}

/// Where the title of the forwarded document stands in full, after the letter.
fn attached(lines: &[Line<'_>], marks: &[Mark], title: &Range<usize>) -> Option<Range<usize>> {
    let names = forwarded_names(lines, title);
    for start in title.end..lines.len().min(LONGEST_LETTER) {
        if names.is_empty() || marks.get(start).is_some_and(is_own_body) {
            return None;
        }
        if let Some(end) = names.iter().find_map(|name| repeated(lines, start, name)) {
            return Some(start..end);
        }
    }
    None
}

/// A letter with chapters or 一、 of its own says something itself; what it forwards is its annex.
fn is_own_body(mark: &Mark) -> bool {
    match mark {
        Mark::Number(candidate) => candidate.certain && (candidate.label.rank.is_division() || candidate.label.rank == Rank::Han),
        Mark::Box { .. } | Mark::Annex { .. } => true,
        Mark::Bullet { .. } | Mark::Heading { .. } | Mark::Table | Mark::Text => false,
    }
}

/// 关于印发《X》的通知, 关于印发X的通知, 现公布《X》: what is forwarded, without white space.
fn forwarded_names(lines: &[Line<'_>], title: &Range<usize>) -> Vec<String> {
    const FORWARDS: [&str; 8] = ["印发", "转发", "批转", "发布", "公布", "颁布", "下发", "修订后的"];
    let joined: String = lines.get(title.clone()).unwrap_or_default().iter().map(|line| compact(line.text)).collect();
    let letter = lines.get(title.end..).unwrap_or_default().iter().take(LONGEST_TITLE * 4);
    let letter: String = letter.map(|line| compact(line.text)).filter(|line| line.chars().count() < 400).collect();
    let mut names = Vec::new();
    for (text, is_title) in [(&joined, true), (&letter, false)] {
        for word in FORWARDS {
            let Some((before, after)) = text.split_once(word) else { continue };
            names.extend(quoted(after).or_else(|| quoted_before(before)));
            names.extend(after.rsplit_once('的').map(|(name, _)| name.to_owned()).filter(|_| is_title));
        }
    }
    names.retain(|name| name.chars().count() >= 4);
    names
}

/// 《X》 at the beginning of a text, book marks inside it balanced.
fn quoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('《').or_else(|| text.strip_prefix("修订后的《"))?;
    book_mark::closed(inner).map(|(name, _)| name.to_owned())
}

/// 《X》已经…同意，现印发给你们: the name stands before the verb.
fn quoted_before(text: &str) -> Option<String> {
    let (_, from) = text.rsplit_once("：").unwrap_or(("", text));
    quoted(from.get(from.find('《')?..)?)
}

/// One past the last of the lines from `start` on that together say `name`.
fn repeated(lines: &[Line<'_>], start: usize, name: &str) -> Option<usize> {
    let mut rest = name;
    for (at, line) in lines.iter().enumerate().skip(start).take(LONGEST_TITLE) {
        let piece = if line.text.len() <= name.len() * 3 { compact(line.text) } else { return None };
        rest = rest.strip_prefix(piece.trim_start_matches('《').trim_end_matches('》')).filter(|_| !piece.is_empty())?;
        if rest.is_empty() {
            return Some(at + 1);
        }
    }
    None
}
