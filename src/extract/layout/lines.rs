//! Glyphs → printed lines: which stand on one baseline, in which order, with which spaces.
//!
//! A page says where glyphs stand, not where spaces are. Between Latin words a gap is a space; between ideographs only a wide gap is
//! one (总　则), because justified lines spread their glyphs. A space that the file itself has is believed where a gap is seen.
//! Glyphs that are printed twice, a hair apart, are bold and read once.

use super::Glyph;
use super::raised::{self, Raised};

/// Baselines of one line lie closer than this, in sizes of its glyphs.
const SAME_BASELINE: f32 = 0.3;
/// A gap between Latin words, in sizes: a space is a quarter wide and may be pressed a little.
const LATIN_GAP: f32 = 0.18;
/// A gap that is seen at all; what the file calls a space but has no width is none.
const SEEN_GAP: f32 = 0.1;
/// A gap between ideographs that is meant.
const WIDE_GAP: f32 = 0.8;
/// A gap that tears a line into parts (columns of a table without rules).
const TEARING_GAP: f32 = 1.5;
/// Lines of so many glyphs tell how far they are spread.
const SPREAD_GLYPHS: usize = 6;

/// What leads from the title of a chapter to the number of its page.
const LEADERS: &str = ".…·．⋯‥・";

/// A line as printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    /// Its characters, left to right.
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// The size of most of its glyphs.
    pub(super) size: f32,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// How wide its beginning is that cannot be torn: a Latin word, an ideograph and the marks that cling to it.
    pub(super) lead: f32,
    /// Whether it begins a paragraph for sure.
    pub(super) opens: bool,
    /// Its parts, where wide gaps tear it; otherwise one.
    pub(super) parts: Vec<Part>,
}

/// A part of a line between wide gaps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
}

/// The lines of these glyphs, top to bottom; `marks` counts the signs of footnotes that are left out.
pub(super) fn lines(glyphs: Vec<Glyph>, marks: &mut usize) -> Vec<Line> {
    let rows = raised::joined(rows(glyphs));
    rows.into_iter().filter_map(|row| line(row, marks)).collect()
}

/// Glyphs by their baselines, top to bottom.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row)
                if row
                    .first()
                    .is_some_and(|first| glyph.baseline - first.baseline < first.size.min(glyph.size) * SAME_BASELINE) =>
            {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    rows
}

/// The glyph of the middle, by size; none where nothing visible is in the row.
pub(super) fn usual_size(row: &[Glyph]) -> Option<f32> {
    let mut sizes: Vec<f32> = row.iter().filter(|glyph| is_visible(glyph)).map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

pub(super) fn is_visible(glyph: &Glyph) -> bool {
    glyph.text.chars().any(|character| !character.is_whitespace())
}

fn line(mut row: Vec<Glyph>, marks: &mut usize) -> Option<Line> {
    let size = usual_size(&row)?;
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    let row = once(row);
    let mut baselines: Vec<f32> = row.iter().filter(|glyph| glyph.size > size * 0.8).map(|glyph| glyph.baseline).collect();
    baselines.sort_by(f32::total_cmp);
    let baseline = baselines.get(baselines.len() / 2).copied()?;
    let spread = spread(&row);
    let mut written = Written { size, spread, ..Written::default() };
    for (glyph, raised) in raised::told(&row, baseline, size, marks) {
        written.glyph(glyph, &raised);
    }
    let visible = || row.iter().filter(|glyph| is_visible(glyph));
    let (left, right) = (visible().next()?.x, visible().map(end).fold(f32::MIN, f32::max));
    let parts: Vec<Part> = written.parts.into_iter().filter(|part| !part.text.is_empty()).collect();
    let text = shortened(&written.text);
    let (bold, lead) = (visible().all(|glyph| glyph.bold), lead(&row));
    (!text.is_empty()).then_some(Line { text, left, right, baseline, size, bold, lead, opens: false, parts })
}

/// A glyph that is printed again within less than half its own width is bold.
fn once(row: Vec<Glyph>) -> Vec<Glyph> {
    const NEIGHBOURS: usize = 4;
    let mut kept: Vec<Glyph> = Vec::with_capacity(row.len());
    for glyph in row {
        let again = |other: &&mut Glyph| {
            other.text == glyph.text
                && glyph.x - other.x < other.width * 0.4
                && (glyph.baseline - other.baseline).abs() < other.size * 0.2
        };
        match kept.iter_mut().rev().take(NEIGHBOURS).filter(|other| is_visible(other)).find(again) {
            Some(twin) => twin.bold = true,
            None => kept.push(glyph),
        }
    }
    kept
}

fn end(glyph: &Glyph) -> f32 {
    glyph.x + glyph.width
}

/// The gap that usually is between the glyphs of this line: above zero in lines that are spread to the edge.
fn spread(row: &[Glyph]) -> f32 {
    let visible: Vec<&Glyph> = row.iter().filter(|glyph| is_visible(glyph)).collect();
    // Leaders stand as far from each other as they like.
    let leads = |glyph: &Glyph| LEADERS.contains(glyph.text.as_str());
    let pairs = visible.windows(2).filter(|pair| !pair.iter().any(|glyph| leads(glyph)));
    let mut gaps: Vec<f32> = pairs.filter_map(|pair| Some(pair.last()?.x - end(pair.first()?))).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0).max(0.0);
    if gaps.len() + 1 < SPREAD_GLYPHS { 0.0 } else { usual }
}

/// The width up to the first place where a line could be torn.
fn lead(row: &[Glyph]) -> f32 {
    let mut visible = row.iter().skip_while(|glyph| !is_visible(glyph)).peekable();
    let Some(first) = visible.next() else { return 0.0 };
    let mut last = first;
    while let Some(next) = visible.peek() {
        let (before, after) = (last.text.chars().next_back(), next.text.chars().next());
        let (Some(before), Some(after)) = (before, after) else { break };
        // B2B、B2C is not torn either.
        let listed = first.text.starts_with(is_latin) && is_closing(before) && is_latin(after);
        let clings = (is_latin(before) && is_latin(after)) || is_opening(before) || is_closing(after) || listed;
        if !clings || after.is_whitespace() {
            break;
        }
        last = next;
        visible.next();
    }
    end(last) - first.x
}

/// Whether a character belongs to words that are set with spaces between them.
pub(super) fn is_latin(character: char) -> bool {
    character.is_ascii_graphic() || (character.is_alphanumeric() && character < '\u{2E80}')
}

fn is_opening(character: char) -> bool {
    "（《〈“‘【〔［([{".contains(character)
}

fn is_closing(character: char) -> bool {
    "，。、；：！？）》〉”’】〕］％%)]},.;:!?…—".contains(character)
}

/// A line as far as it is written.
#[derive(Default)]
struct Written {
    size: f32,
    spread: f32,
    text: String,
    parts: Vec<Part>,
    /// The end of the last visible glyph.
    end: Option<f32>,
    /// The white space that the file has after it.
    space: Option<char>,
}

impl Written {
    fn glyph(&mut self, glyph: &Glyph, raised: &Raised) {
        if !is_visible(glyph) {
            let wide = glyph.text.contains('\u{3000}') || self.space == Some('\u{3000}');
            self.space = Some(if wide { '\u{3000}' } else { ' ' });
            return;
        }
        let text = match raised {
            Raised::Not => glyph.text.trim(),
            Raised::Written(text) => text,
        };
        let space = self.end.and_then(|end| self.between(glyph.x - end, text));
        let torn = self.end.is_none_or(|end| glyph.x - end - self.spread > TEARING_GAP * self.size);
        self.text.extend(space);
        self.text.push_str(text);
        match self.parts.last_mut().filter(|_| !torn) {
            Some(part) => {
                part.text.extend(space);
                part.text.push_str(text);
                part.right = part.right.max(end(glyph));
            }
            None => self.parts.push(Part { text: text.to_owned(), left: glyph.x, right: end(glyph) }),
        }
        self.end = Some(self.end.unwrap_or(f32::MIN).max(end(glyph)));
        self.space = None;
    }

    /// What a gap before `next` says.
    fn between(&self, gap: f32, next: &str) -> Option<char> {
        let (before, after) = (self.text.chars().next_back()?, next.chars().next()?);
        let (wide, seen) = ((gap - self.spread) / self.size, gap / self.size);
        if is_latin(before) && is_latin(after) {
            return (wide > LATIN_GAP || (self.space.is_some() && seen > SEEN_GAP)).then_some(' ');
        }
        if wide > WIDE_GAP {
            return Some('\u{3000}');
        }
        self.space.filter(|_| seen > SEEN_GAP)
    }
}

/// Leaders (第一章 总则………………3) are as long as the line leaves room; two marks are enough.
fn shortened(text: &str) -> String {
    const SHORTEST: usize = 4;
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let run = rest.trim_start_matches(|character| LEADERS.contains(character) || character == ' ');
        let leaders = rest.strip_suffix(run).unwrap_or_default();
        let weight = |leader: char| if leader == '…' || leader == '⋯' { 2 } else { usize::from(leader != ' ') };
        if LEADERS.contains(character) && leaders.chars().map(weight).sum::<usize>() > SHORTEST {
            kept.push_str("……");
            rest = run;
        } else {
            kept.push(character);
            rest = rest.strip_prefix(character).unwrap_or_default();
        }
    }
    kept
}
