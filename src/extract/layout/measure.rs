//! What is usual in a document: the size of its print, the edges of its text, the way from line to line.
//!
//! Takes the sheets without their heads and feet. Left and right pages may have other edges (bound at the inner side), and so may pages of
//! other widths.

use std::collections::BTreeMap;

use super::lines::Line;
use super::sheet::{Element, Sheet};

/// Edges closer than this are one, in sizes.
const ONE_EDGE: f32 = 0.5;

/// The edges of a block of text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Edges {
    pub(super) left: f32,
    pub(super) right: f32,
}

/// What is usual in a document.
#[derive(Debug, Default)]
pub(super) struct Usual {
    /// The size of the print.
    pub(super) size: f32,
    /// From baseline to baseline, in sizes.
    pub(super) pitch: f32,
    edges: BTreeMap<(i32, bool), Edges>,
}

impl Usual {
    /// The edges of the text on a page.
    pub(super) fn edges(&self, sheet: &Sheet) -> Edges {
        let (width, even) = side(sheet);
        let own = self.edges.get(&(width, even)).or_else(|| self.edges.get(&(width, !even)));
        own.copied().unwrap_or(Edges { left: 0.0, right: sheet.width })
    }
}

/// Pages of the same width and side.
fn side(sheet: &Sheet) -> (i32, bool) {
    (sheet.width.round() as i32, sheet.number % 2 == 0)
}

/// Measures a document.
pub(super) fn measure(sheets: &[Sheet]) -> Usual {
    let size = usual_size(sheets);
    let mut by_side: BTreeMap<(i32, bool), Vec<&Line>> = BTreeMap::new();
    for sheet in sheets {
        by_side.entry(side(sheet)).or_default().extend(lines(&sheet.elements));
    }
    // A few lines tell no edge; the other side of the leaf does.
    const FEW_LINES: usize = 8;
    let few: Vec<(i32, bool)> = by_side.iter().filter(|(_, lines)| lines.len() < FEW_LINES).map(|(side, _)| *side).collect();
    for (width, even) in few {
        if by_side.contains_key(&(width, !even)) {
            let own = by_side.remove(&(width, even)).unwrap_or_default();
            by_side.entry((width, !even)).or_default().extend(own);
        }
    }
    let edges = by_side.into_iter().filter_map(|(side, lines)| Some((side, edges(&lines, size)?))).collect();
    Usual { size, pitch: pitch(sheets, size), edges }
}

/// The lines among these elements, not those in frames and tables.
pub(super) fn lines(elements: &[Element]) -> impl Iterator<Item = &Line> {
    elements.iter().filter_map(|element| match element {
        Element::Line(line) => Some(line),
        Element::Table(_) | Element::Frame(_) => None,
    })
}

/// The size that most characters have.
fn usual_size(sheets: &[Sheet]) -> f32 {
    let mut weights: BTreeMap<i32, usize> = BTreeMap::new();
    for line in sheets.iter().flat_map(|sheet| lines(&sheet.elements)) {
        *weights.entry((line.size * 4.0).round() as i32).or_default() += line.text.chars().count();
    }
    let most = weights.iter().max_by_key(|(size, weight)| (**weight, **size));
    most.map_or(12.0, |(size, _)| *size as f32 / 4.0)
}

/// The edges that lines of a text begin and end at; none without lines.
///
/// The left edge is the leftmost one that several lines share, or that one full line begins at: most lines of a page of short paragraphs
/// begin two characters to its right. The right edge is the rightmost one that several lines share.
pub(super) fn edges(all: &[&Line], size: f32) -> Option<Edges> {
    let print: Vec<&Line> = all.iter().filter(|line| (line.size - size).abs() < size * 0.15).copied().collect();
    let lines = if print.len() < 2 { all } else { print.as_slice() };
    let shared = |places: &mut Vec<f32>| {
        places.sort_by(f32::total_cmp);
        let enough = (places.len() / 25).clamp(2, 20);
        let clusters = places.chunk_by(|one, other| other - one < size * ONE_EDGE);
        clusters.filter(|cluster| cluster.len() >= enough).filter_map(|cluster| cluster.first().copied()).next()
    };
    let mut rights: Vec<f32> = lines.iter().map(|line| -line.right).collect();
    let right = -shared(&mut rights).or_else(|| rights.first().copied())?;
    let mut lefts: Vec<f32> = lines.iter().map(|line| line.left).collect();
    let shared_left = shared(&mut lefts).or_else(|| lefts.first().copied())?;
    let full = lines.iter().filter(|line| line.right > right - size * 1.5).map(|line| line.left).fold(f32::MAX, f32::min);
    // A title may be wider than the text; a line that hangs out by more than two characters is not of the text.
    let left = if full < shared_left && shared_left - full < size * 3.0 { full } else { shared_left };
    Some(Edges { left, right })
}

/// The way from line to line within paragraphs: that of the closer quarter of the lines, for in texts whose paragraphs stand apart the
/// others may be the more.
fn pitch(sheets: &[Sheet], size: f32) -> f32 {
    const FALLBACK: f32 = 1.6;
    let mut ways: Vec<f32> = Vec::new();
    for sheet in sheets {
        let lines: Vec<&Line> = lines(&sheet.elements).filter(|line| (line.size - size).abs() < size * 0.15).collect();
        let way = |pair: &[&Line]| Some((pair.last()?.baseline - pair.first()?.baseline) / size);
        ways.extend(lines.windows(2).filter_map(way).filter(|way| (0.9..4.0).contains(way)));
    }
    ways.sort_by(f32::total_cmp);
    ways.get(ways.len() / 4).copied().unwrap_or(FALLBACK)
}
