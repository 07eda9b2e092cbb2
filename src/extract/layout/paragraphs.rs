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
    /// The edges of the text that it stands in.
    pub(super) edges: Edges,
    /// Whether it stands on the same page.
    pub(super) same_page: bool,
    /// The way to it from the line before it, if that is of the same paragraph and page.
    pub(super) pitch: Option<f32>,
    /// The way from the line after it to the next, if those are of one paragraph.
    pub(super) following: Option<f32>,
}

/// Whether a line goes on with the paragraph of the line before.
pub(super) fn goes_on(before: &Before<'_>, line: &Line, edges: Edges, usual: &Usual) -> bool {
    let last = before.line;
    let size = last.size.max(line.size);
    let other_print =
        (last.size - line.size).abs() > size * 0.12 || (last.bold && !line.bold && ends_short(last, before.edges, 0.0));
    if line.opens || other_print || is_entry(&last.text) || is_centred(last, before.edges) {
        return false;
    }
    let way = line.baseline - last.baseline;
    let usual_way = before.pitch.or(before.following).unwrap_or(usual.pitch * size);
    if before.same_page && way > usual_way * GAP {
        return false;
    }
    if ends_short(last, before.edges, line.lead) {
        return false;
    }
    let unfinished = !is_finished(&last.text) && !begins_item(&line.text);
    if is_centred(line, edges) {
        // The lines of a title were chosen and are left to `structure`; a heading in the size of the text was wrapped.
        return unfinished && line.size < usual.size * 1.15;
    }
    let (indent, last_indent) = ((line.left - edges.left) / size, (last.left - before.edges.left) / size);
    // Signature and date stand alone at the right; only the second annex of a list hangs as far.
    if before.pitch.is_none() && last_indent > INDENT.1 && !begins_item(&last.text) {
        return false;
    }
    if indent <= INDENT.0 {
        return !begins_item(&line.text) || !(is_finished(&last.text) || last.text.ends_with(['）', ')']));
    }
    // Further in: the lines of a block that hangs (附件：1. …), as long as its sentence is not finished.
    let hangs = indent > INDENT.1 || (indent - last_indent).abs() < 0.3;
    hangs && unfinished
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
pub(super) fn is_finished(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）', ')', '》', '」']).ends_with(['。', '！', '？', '；', '：', '.', ';'])
}

/// Whether a text begins with the number or the sign of an item: 第一章, 第三条, 一、, （一）, 1., —— and so on.
pub(super) fn begins_item(text: &str) -> bool {
    let number = |character: char| "一二三四五六七八九十百零〇".contains(character) || character.is_ascii_digit();
    let after = |text: &str| {
        let rest = text.trim_start_matches(number);
        (rest.len() < text.len()).then(|| rest.chars().next()).flatten()
    };
    // 16.创新监管模式 is an item, 16.5 is not.
    let dotted = || {
        text.trim_start_matches(|digit: char| digit.is_ascii_digit())
            .trim_start_matches('.')
            .starts_with(|next: char| !next.is_ascii())
    };
    match text.chars().next() {
        Some('第') => after(text.trim_start_matches('第')).is_some_and(|unit| "编章节条部篇".contains(unit)),
        Some('（' | '(') => after(text.trim_start_matches(['（', '('])).is_some_and(|close| "）)".contains(close)),
        Some('—') => text.starts_with("——"),
        Some(_) => after(text).is_some_and(|mark| "、．".contains(mark) || (mark == '.' && dotted())),
        None => false,
    }
}
