//! Concordance: every place that a search found, with what stands around it, to be read one below the other.
//!
//! Takes a document and a hit in it, gives a [`Line`] for each highlight. The text is the original one, laid flat: line breaks, tabs
//! and runs of white space become one space. What stands around is cut in columns of a terminal (UAX #11), never within a grapheme.
//! Putting the lines below each other, and on what, is left to the faces.

use std::ops::Range;

use crate::document::Document;
use crate::document::node::NodeIndex;
use crate::search::Hit;
use crate::text::width::{Ambiguous, fitting, fitting_end};

/// One place in its surroundings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The unit it is in; what stands around never reaches beyond it.
    pub node: NodeIndex,
    /// What stands before the place.
    pub before: String,
    /// The place itself, whole.
    pub term: String,
    /// What stands after the place.
    pub after: String,
    /// Where the place is: bytes of the unit's text (`Document::unit_text`).
    pub highlight: Range<usize>,
}

/// The places of `hit` in `document`, in order, with at most `context` columns of text on each side.
///
/// A hit without a place in the text (it was asked for by the heading above it, say) gives no line. Linear in the text of the unit
/// and in what is given back.
#[must_use]
pub fn lines(document: &Document, hit: &Hit, context: usize) -> Vec<Line> {
    let Some(node) = document.node(hit.node) else { return Vec::new() };
    let (flat, places) = flattened(document.unit_text(node), &hit.highlights);
    let line = |(highlight, place): (&Range<usize>, Range<usize>)| Line {
        node: hit.node,
        before: fitting_end(flat.get(..place.start).unwrap_or_default(), context, Ambiguous::Narrow).to_owned(),
        term: flat.get(place.clone()).unwrap_or_default().to_owned(),
        after: fitting(flat.get(place.end..).unwrap_or_default(), context, Ambiguous::Narrow).to_owned(),
        highlight: highlight.clone(),
    };
    hit.highlights.iter().zip(places).map(line).collect()
}

/// `text` on one line, and where the `places` of it (in order, not overlapping) are then.
fn flattened(text: &str, places: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let mut flat = String::with_capacity(text.len());
    let mut bounds = places.iter().flat_map(|place| [place.start, place.end]).peekable();
    let mut moved = Vec::with_capacity(2 * places.len());
    for (at, character) in text.char_indices() {
        while bounds.next_if(|bound| *bound <= at).is_some() {
            moved.push(flat.len());
        }
        if !character.is_whitespace() {
            flat.push(character);
        } else if !flat.ends_with(' ') {
            flat.push(' ');
        }
    }
    moved.extend(bounds.map(|_| flat.len()));
    let pairs = moved.chunks_exact(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?));
    let places = pairs.collect();
    (flat, places)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::metadata::Source;
    use crate::extract::extract;
    use crate::search::{Match, Score};
    use crate::structure::structure;
    use crate::text::width::columns;

    /// The lines for every place of `term` in the last unit of a text, as `before|term|after`.
    fn shown(text: &str, term: &str, context: usize) -> Vec<String> {
        let document = structure(extract(text.as_bytes()).unwrap().value, Source::default()).value;
        let node = NodeIndex(document.nodes.len() - 1);
        let unit = document.unit_text(document.node(node).unwrap());
        let highlights: Vec<_> = unit.match_indices(term).map(|(at, found)| at..at + found.len()).collect();
        let hit = Hit {
            document: document.id.clone(),
            node,
            highlights,
            matched: Match::Word,
            through: Vec::new(),
            score: Score::default(),
        };
        let lines = lines(&document, &hit, context);
        assert!(lines.iter().zip(&hit.highlights).all(|(line, highlight)| line.highlight == *highlight));
        lines.iter().map(|line| format!("{}|{}|{}", line.before, line.term, line.after)).collect()
    }

    #[test]
    fn what_stands_around_is_cut_by_columns() {
        let text = "关于易货的通知\n\n一、目标\n\n𠮷店推动易货（Barter）贸易，发展易货。\n";
        assert_eq!(shown(text, "易货", 6), ["店推动|易货|（Bart", "，发展|易货|。"]);
        assert_eq!(shown(text, "易货", 7), ["店推动|易货|（Barte", "，发展|易货|。"]);
        assert_eq!(shown(text, "易货", 0), ["|易货|", "|易货|"]);
        assert_eq!(shown(text, "没有", 9), Vec::<String>::new());
        let whole = ["𠮷店推动|易货|（Barter）贸易，发展易货。", "𠮷店推动易货（Barter）贸易，发展|易货|。"];
        assert_eq!(shown(text, "易货", usize::MAX), whole);
    }

    #[test]
    fn a_line_is_a_line() {
        assert_eq!(shown("甲\n\n一、乙\n\n发展\t外 \u{3000}贸\t和 外贸。\n", "外 \u{3000}贸", 20), ["发展 |外 贸| 和 外贸。"]);
        assert_eq!(flattened("a \n\t b", &[Range { start: 1, end: 3 }, 3..6]), ("a b".to_owned(), vec![1..2, 2..3]));
        assert_eq!(flattened("", &[Range { start: 0, end: 0 }, 0..4]), (String::new(), vec![0..0, 0..0]));
    }

    proptest! {
        #[test]
        fn no_side_is_wider_than_asked_and_nothing_breaks(text in any::<String>(), from in 0_usize..20, context in 0_usize..12) {
            let characters: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (from.min(characters.len() - 1), (from + 2).min(characters.len() - 1));
            let place = characters[from]..characters[to];
            let (flat, places) = flattened(&text, std::slice::from_ref(&place));
            prop_assert!(!flat.contains(['\n', '\t']));
            let squeezed = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeezed(flat.get(places[0].clone()).unwrap()), squeezed(text.get(place).unwrap()));
            let before = fitting_end(flat.get(..places[0].start).unwrap(), context, Ambiguous::Narrow);
            prop_assert!(columns(before, Ambiguous::Narrow) <= context);
        }
    }
}
