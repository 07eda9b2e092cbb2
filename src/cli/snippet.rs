//! A unit's text cut down to what is around its matches, for one line of a list.

use std::ops::Range;

/// How many characters are kept on each side of a match.
const AROUND: usize = 24;
/// Units of up to this many characters are shown whole.
const WHOLE: usize = 120;
/// The text around so many matches is shown at most.
const MATCHES: usize = 4;

/// A piece of a snippet, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What is printed, on one line.
    pub(super) text: String,
    /// Whether it is a match.
    pub(super) marked: bool,
}

/// The pieces of `text` around `highlights` (bytes, in order, not overlapping); stretches left out are shown as `…`.
pub(super) fn pieces(text: &str, highlights: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut reached = 0;
    for stretch in stretches(text, highlights) {
        if stretch.start > reached {
            push(&mut pieces, "…", false);
        }
        reached = stretch.start;
        for highlight in highlights.iter().filter(|highlight| stretch.start <= highlight.start && highlight.end <= stretch.end) {
            push(&mut pieces, text.get(reached..highlight.start).unwrap_or_default(), false);
            push(&mut pieces, text.get(highlight.clone()).unwrap_or_default(), true);
            reached = highlight.end;
        }
        push(&mut pieces, text.get(reached..stretch.end).unwrap_or_default(), false);
        reached = stretch.end;
    }
    if reached < text.len() {
        push(&mut pieces, "…", false);
    }
    pieces
}

/// Stretches of the text that hold all matches, merged where they meet.
fn stretches(text: &str, highlights: &[Range<usize>]) -> Vec<Range<usize>> {
    if text.chars().nth(WHOLE).is_none() {
        return std::iter::once(0..text.len()).collect();
    }
    let mut merged: Vec<Range<usize>> = Vec::new();
    let around = highlights.iter().take(MATCHES).map(|highlight| back(text, highlight.start)..ahead(text, highlight.end));
    // A match by title or number only has no place in the text: its beginning is shown.
    let beginning = highlights.is_empty().then(|| 0..ahead(text, 0));
    for stretch in around.chain(beginning) {
        match merged.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = stretch.end.max(last.end),
            _ => merged.push(stretch),
        }
    }
    merged
}

fn back(text: &str, from: usize) -> usize {
    let before = text.get(..from).unwrap_or_default();
    before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at)
}

fn ahead(text: &str, from: usize) -> usize {
    let after = text.get(from..).unwrap_or_default();
    after.char_indices().nth(AROUND).map_or(text.len(), |(at, _)| from + at)
}

/// Line breaks and runs of white space become one space.
fn push(pieces: &mut Vec<Piece>, text: &str, marked: bool) {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        let space = character.is_whitespace();
        if !(space && line.ends_with(' ')) {
            line.push(if space { ' ' } else { character });
        }
    }
    if !line.is_empty() {
        pieces.push(Piece { text: line, marked });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, highlights: &[Range<usize>]) -> String {
        pieces(text, highlights)
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn a_short_unit_is_shown_whole() {
        assert_eq!(shown("发展\n 易货贸易。", &[Range { start: 8, end: 20 }]), "发展 [易货贸易]。");
        assert_eq!(shown("没有", &[]), "没有");
        assert_eq!(shown("", &[]), "");
    }

    #[test]
    fn a_long_unit_is_cut_around_its_matches() {
        let text = format!("{}易货{}易货{}", "前".repeat(100), "中".repeat(100), "后".repeat(100));
        let (first, second) = (300..306, 606..612);
        let expected = format!("…{0}[易货]{1}…{1}[易货]{2}…", "前".repeat(24), "中".repeat(24), "后".repeat(24));
        assert_eq!(shown(&text, &[first, second]), expected);
        assert_eq!(shown(&text, &[]), format!("{}…", "前".repeat(24)));
    }

    #[test]
    fn ranges_off_the_bounds_of_characters_are_no_harm() {
        assert_eq!(shown("𠮷字外贸", &[1..3, 7..13]), "[外贸]");
    }
}
