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

/// Fewer lines tell no edge; those of the other side of the leaf do.
const FEW_LINES: usize = 8;
/// So many lines that end at one edge are believed.
const BELIEVED: usize = 3;

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
    (steps(sheet.width, 1.0), sheet.number.is_multiple_of(2))
}

/// Measures a document.
pub(super) fn measure(sheets: &[Sheet]) -> Usual {
    let size = usual_size(sheets);
    let mut by_side: BTreeMap<(i32, bool), Vec<&Line>> = BTreeMap::new();
    let mut widths: BTreeMap<i32, f32> = BTreeMap::new();
    for sheet in sheets {
        by_side.entry(side(sheet)).or_default().extend(lines(&sheet.elements));
        widths.insert(side(sheet).0, sheet.width);
    }
    let few: Vec<(i32, bool)> = by_side.iter().filter(|(_, lines)| lines.len() < FEW_LINES).map(|(side, _)| *side).collect();
    for (width, even) in few {
        if by_side.contains_key(&(width, !even)) {
            let own = by_side.remove(&(width, even)).unwrap_or_default();
            by_side.entry((width, !even)).or_default().extend(own);
        }
    }
    let edges = by_side.into_iter().filter_map(|(side, lines)| {
        let width = widths.get(&side.0).copied().unwrap_or(0.0);
        Some((side, edges(&lines, size, |left| width - left)?))
    });
    let edges = edges.collect();
    let usual = Usual { size, pitch: 0.0, edges };
    Usual { pitch: pitch(sheets, &usual), ..usual }
}

/// The lines among these elements, not those in frames and tables.
pub(super) fn lines(elements: &[Element]) -> impl Iterator<Item = &Line> {
    elements.iter().filter_map(|element| match element {
        Element::Line(line) => Some(line),
        Element::Column(_) | Element::Table(_) | Element::Frame(_) => None,
    })
}

/// The lines among these elements, those of columns too.
fn lines_and_columns(elements: &[Element]) -> impl Iterator<Item = &Line> {
    let columns = elements.iter().filter_map(|element| match element {
        Element::Column(lines) => Some(lines),
        Element::Line(_) | Element::Table(_) | Element::Frame(_) => None,
    });
    lines(elements).chain(columns.flatten())
}

/// The size that most characters have.
fn usual_size(sheets: &[Sheet]) -> f32 {
    let mut weights: BTreeMap<i32, (usize, f32)> = BTreeMap::new();
    for line in sheets.iter().flat_map(|sheet| lines_and_columns(&sheet.elements)) {
        let weight = weights.entry(steps(line.size, 0.25)).or_insert((0, line.size));
        weight.0 += line.text.chars().count();
    }
    let most = weights.values().max_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    most.map_or(12.0, |(_, size)| *size)
}

/// How many steps long something is, to compare what differs by a hair.
#[expect(clippy::cast_possible_truncation, reason = "what is too long for a number of steps is as long as the longest")]
pub(super) fn steps(length: f32, step: f32) -> i32 {
    (length / step).round() as i32
}

/// The edges that lines of a text begin and end at; none without lines.
///
/// The left edge is the leftmost that several lines share, or that one full line begins at: most lines of a page of short paragraphs
/// begin two characters to its right. The right edge is the rightmost that several lines share; a mark may hang over it, so lines
/// that end with one tell nothing. Where hardly any lines share it, it is told by `mirrored`: where it would be if the margins were equal.
pub(super) fn edges(all: &[&Line], size: f32, mirrored: impl Fn(f32) -> f32) -> Option<Edges> {
    let print: Vec<&Line> = all.iter().filter(|line| (line.size - size).abs() < size * 0.15).copied().collect();
    let lines = if print.len() < 2 { all } else { print.as_slice() };
    let shared = |places: &mut Vec<f32>| {
        places.sort_by(f32::total_cmp);
        let enough = (places.len() / 25).clamp(2, 20);
        let mut clusters = places.chunk_by(|one, other| other - one < size * ONE_EDGE).filter(|cluster| cluster.len() >= enough);
        clusters.next().and_then(|cluster| cluster.first()).or_else(|| places.first()).copied()
    };
    let unmarked = lines.iter().filter(|line| !line.text.ends_with(['，', '。', '、', '；', '：', '！', '？', '”', '）', '》']));
    let mut rights: Vec<f32> = unmarked.map(|line| -line.right).collect();
    if rights.len() < 2 {
        rights = lines.iter().map(|line| -line.right).collect();
    }
    let left = shared(&mut lines.iter().map(|line| line.left).collect())?;
    let widest = -shared(&mut rights)?;
    let many = rights.iter().filter(|right| (**right + widest).abs() < size * ONE_EDGE).count() >= BELIEVED;
    // A margin is seldom half of the page.
    let believed = many && widest - left > (mirrored(left) - left) / 2.0;
    let right = if believed { widest } else { widest.max(mirrored(left)) };
    let full = lines.iter().filter(|line| line.right > right - size * 1.5).map(|line| line.left).fold(f32::MAX, f32::min);
    // A title may be wider than the text; a line that hangs out by more than two characters is not of the text.
    Some(Edges { left: if full < left && left - full < size * 3.0 { full } else { left }, right })
}

/// The way from line to line within paragraphs: from full lines to lines that begin at the left edge. In texts without such lines that of
/// the closer quarter, because their paragraphs stand apart.
fn pitch(sheets: &[Sheet], usual: &Usual) -> f32 {
    const FALLBACK: f32 = 1.6;
    let (mut within, mut any) = (Vec::new(), Vec::new());
    for sheet in sheets {
        let (size, edges) = (usual.size, usual.edges(sheet));
        let lines: Vec<&Line> = lines(&sheet.elements).filter(|line| (line.size - size).abs() < size * 0.15).collect();
        for pair in lines.windows(2) {
            let (Some(last), Some(line)) = (pair.first(), pair.last()) else { continue };
            let way = (line.baseline - last.baseline) / size;
            if (0.9..4.0).contains(&way) {
                any.push(way);
                within.extend((last.right > edges.right - size && line.left < edges.left + size * ONE_EDGE).then_some(way));
            }
        }
    }
    within.sort_by(f32::total_cmp);
    any.sort_by(f32::total_cmp);
    within.get(within.len() / 2).or_else(|| any.get(any.len() / 4)).copied().unwrap_or(FALLBACK)
}
