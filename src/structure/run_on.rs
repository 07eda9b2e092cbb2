//! Run-on lines: a whole document, or many articles of a law, on one line because a conversion has lost the line breaks.
//!
//! Such a line is taken apart where a paragraph begins beyond doubt, and where a number begins that continues a list
//! (一、……（一）……。（二）……。二、……, 第一条……。第二条……) or opens one that is continued. A number that fits nowhere stays in its
//! sentence. Takes lines, gives lines that tile the same blocks; linear.

use std::ops::Range;

use super::boundary::{self, Begins};
use super::line::Line;
use super::mark::{self, Mark};
use super::number_context;
use super::rank::Rank;
use super::sequence::{Count, Fit, Sequences, next_of_rank};
use super::table_note;

/// A head stands in the first lines.
const EARLY: usize = 80;

/// A part of a line that may be a line of its own.
struct Piece<'raw> {
    line: Line<'raw>,
    /// Its place in the text of the line.
    place: Range<usize>,
    /// What begins with it; none at the beginning of a line.
    begins: Option<Begins>,
}

/// Takes run-on lines apart.
pub(super) fn split(mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    for (is_note, line) in table_note::continued(&lines).into_iter().zip(&mut lines) {
        line.is_note = is_note;
    }
    let pieces: Vec<Vec<Piece<'_>>> = lines.iter().enumerate().map(|(at, line)| pieces(line, at < EARLY)).collect();
    if pieces.iter().all(|pieces| pieces.len() == 1) {
        return lines;
    }
    let mut marks: Vec<Mark> = pieces.iter().flatten().map(|piece| mark::mark(&piece.line, false)).collect();
    number_context::raise(&mut marks);
    let next = next_of_rank(&marks);
    let mut marked = marks.iter().zip(next);
    let mut sequences = Sequences::default();
    let mut whole = Vec::with_capacity(lines.len());
    for (line, pieces) in lines.into_iter().zip(pieces) {
        let mut places: Vec<Range<usize>> = Vec::new();
        let own: Vec<_> = marked.by_ref().take(pieces.len()).collect();
        let is_list = is_list_in_paragraph(own.iter().map(|(mark, _)| *mark));
        for (piece, (mark, next)) in pieces.into_iter().zip(own) {
            let heads = !is_list && count(&mut sequences, mark, next, piece.begins);
            match places.last_mut() {
                Some(last) if piece.begins == Some(Begins::Number) && !heads => last.end = piece.place.end,
                _ => places.push(piece.place),
            }
        }
        whole.extend(apart(line, &places));
    }
    whole
}

/// 继续办好“十件实事”。（1）……。（2）……: a paragraph that begins as text, in which nothing above items is counted, is one paragraph.
fn is_list_in_paragraph<'mark>(mut marks: impl Iterator<Item = &'mark Mark>) -> bool {
    let is_text = marks.next() == Some(&Mark::Text);
    is_text
        && marks.all(|mark| match mark {
            Mark::Number(candidate) => matches!(candidate.label.rank, Rank::Arabic | Rank::BracketedArabic | Rank::Circled),
            Mark::Text => true,
            Mark::Box { .. } | Mark::Annex { .. } | Mark::Bullet { .. } | Mark::Heading { .. } | Mark::Table => false,
        })
}

/// Counts the number of a piece where it fits; inside a line it must fit without a doubt. Tells whether it does.
fn count(sequences: &mut Sequences, mark: &Mark, next: Option<Count>, begins: Option<Begins>) -> bool {
    let candidate = match mark {
        Mark::Number(candidate) => candidate,
        Mark::Annex { .. } => {
            *sequences = Sequences::default();
            return false;
        }
        Mark::Box { .. } | Mark::Bullet { .. } | Mark::Heading { .. } | Mark::Table | Mark::Text => return false,
    };
    let count = Count::of(candidate);
    let continued = next.is_some_and(|next| next.value == count.value + 1);
    let opens = count.is_first() && (continued || candidate.label.rank == Rank::Article);
    let fits = match sequences.judge(candidate, next) {
        Some(Fit::Exact) => begins.is_none() || !count.is_first() || opens,
        Some(Fit::Gap | Fit::Repeat) => begins.is_none() || opens,
        None => false,
    };
    if fits {
        sequences.count(candidate.label.rank, count, &candidate.label.steps);
    }
    fits
}

/// A line cut at all its boundaries.
fn pieces<'raw>(line: &Line<'raw>, is_early: bool) -> Vec<Piece<'raw>> {
    let boundaries = if line.is_note || line.heading_level.is_some() || mark::has_leaders(line.text) {
        Vec::new()
    } else {
        boundary::find(line.text, is_early)
    };
    let ends = boundaries.iter().map(|(at, _)| *at).chain([line.text.len()]);
    let starts = std::iter::once((0, None)).chain(boundaries.iter().map(|(at, begins)| (*at, Some(*begins))));
    let pieces = starts.zip(ends).map(|((start, begins), end)| {
        let place = start..end;
        Piece { line: part(line, &place), place, begins }
    });
    pieces.collect()
}

/// The line as the lines that stand at `places` in its text, which tile it.
fn apart<'raw>(line: Line<'raw>, places: &[Range<usize>]) -> Vec<Line<'raw>> {
    if places.len() < 2 {
        return vec![line];
    }
    let mut parts: Vec<Line<'raw>> = places.iter().map(|place| part(&line, place)).collect();
    if let Some(first) = parts.first_mut() {
        first.span.start = line.span.start;
    }
    if let Some(last) = parts.last_mut() {
        last.span.end = line.span.end;
    }
    parts
}

fn part<'raw>(line: &Line<'raw>, place: &Range<usize>) -> Line<'raw> {
    Line {
        text: line.text.get(place.clone()).unwrap_or_default().trim_end(),
        start: line.start + place.start,
        span: line.start + place.start..line.start + place.end,
        number: line.number,
        heading_level: line.heading_level.filter(|_| place.start == 0),
        inside: place.start > 0,
        is_note: line.is_note,
        page: line.page,
        frame: line.frame,
        table: line.table.filter(|_| place.start == 0),
    }
}
