//! Where a paragraph ends: whether a line goes on with the paragraph of the line before it.
//!
//! Official documents indent a paragraph by two characters and fill its lines to the right edge (GB/T 9704-2012 §5.2.3). A line
//! begins a paragraph where it is indented, and where the line before it left room for its first word. Titles are centred and
//! their lines stay lines; web pages that were printed do not indent, but leave a gap.

use super::lines::Line;
use super::measure::{Edges, Usual};

/// A line that is indented by this much begins a paragraph, in sizes.
const INDENT: (f32, f32) = (1.2, 3.6);
/// Centred lines stand off both edges by this much.
const CENTRED: f32 = 2.6;
/// How much wider than usual the gap before a new paragraph is.
const GAP: f32 = 1.3;
/// Room that is left by chance: a mark at the end of a line may be half as wide as it looks.
const CHANCE: f32 = 0.6;

/// The line before.
pub(super) struct Before<'line> {
    pub(super) line: &'line Line,
    /// Whether it stands on the same page.
    pub(super) same_page: bool,
    /// The way to it from the line before it, if that is of the same paragraph.
    pub(super) pitch: Option<f32>,
}

/// Whether a line goes on with the paragraph of the line before.
pub(super) fn goes_on(before: &Before<'_>, line: &Line, edges: Edges, usual: &Usual) -> bool {
    let last = before.line;
    let size = last.size.max(line.size);
    let other_print = (last.size - line.size).abs() > size * 0.12 || (last.bold && !line.bold && ends_short(last, edges, 0.0));
    if line.opens || other_print || is_entry(&last.text) || is_centred(last, edges) || is_centred(line, edges) {
        return false;
    }
    let way = line.baseline - last.baseline;
    let usual_way = before.pitch.unwrap_or(usual.pitch * size);
    if before.same_page && way > usual_way * GAP {
        return false;
    }
    if ends_short(last, edges, line.lead) {
        return false;
    }
    let indent = (line.left - edges.left) / size;
    if indent <= INDENT.0 {
        return !begins_item(&line.text) || !is_finished(&last.text);
    }
    // Further in: the lines of a block that hangs (附件：1. …), as long as its sentence is not finished.
    let hangs = indent > INDENT.1 || (line.left - last.left).abs() < size * 0.3;
    hangs && !is_finished(&last.text) && !begins_item(&line.text)
}

/// Whether a line ends so early that a word of this width would have had room.
fn ends_short(line: &Line, edges: Edges, word: f32) -> bool {
    edges.right - line.right > word.max(line.size) + line.size * CHANCE
}

/// Whether a line stands in the middle between the edges, off both of them.
fn is_centred(line: &Line, edges: Edges) -> bool {
    let (left, right) = (line.left - edges.left, edges.right - line.right);
    let off = CENTRED * line.size.min((edges.right - edges.left) / 20.0);
    left > off && right > off && (left - right).abs() < line.size.max((edges.right - edges.left) * 0.04)
}

/// Whether a line ends as an entry of a table of contents does: 第一章 总则……3.
fn is_entry(text: &str) -> bool {
    let entry = text.trim_end_matches(|character: char| character.is_ascii_digit() || "()（）-—".contains(character));
    entry.len() < text.len() && entry.ends_with("……")
}

/// Whether a sentence ends here.
fn is_finished(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）', ')', '》', '」']).ends_with(['。', '！', '？', '；', '：', '.', ';'])
}

/// Whether a text begins with the number or the sign of an item: 第一章, 第三条, 一、, （一）, 1., —— and so on.
fn begins_item(text: &str) -> bool {
    let number = |character: char| "一二三四五六七八九十百零〇".contains(character) || character.is_ascii_digit();
    let after = |text: &str| {
        let rest = text.trim_start_matches(number);
        (rest.len() < text.len()).then(|| rest.chars().next()).flatten()
    };
    match text.chars().next() {
        Some('第') => after(text.trim_start_matches('第')).is_some_and(|unit| "编章节条部篇".contains(unit)),
        Some('（' | '(') => after(text.trim_start_matches(['（', '('])).is_some_and(|close| "）)".contains(close)),
        Some('—') => text.starts_with("——"),
        Some(_) => after(text).is_some_and(|mark| "、．".contains(mark)),
        None => false,
    }
}
