//! Marks: what the beginning of a line says it could be. A number is a candidate only; `sequence` decides.

use super::label::{self, Label};
use super::line::{Line, compact, is_space};
use super::rank::Rank;
use super::{annex, column, number_context};
use crate::text::numeral;

/// What a line could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A numbered heading, if its number fits.
    Number(Candidate),
    /// 专栏1, with the length of the label in bytes.
    Box { value: u32, len: usize },
    /// 附件1 on a line of its own.
    Annex { value: u32, len: usize },
    /// ——, with its length in bytes.
    Bullet { len: usize },
    /// A heading without a number: of the level that the format says, from 1; 0 for 前言 and 结语, which are as high as the highest.
    Heading { level: u8 },
    /// A table.
    Table,
    /// Anything else.
    Text,
}

/// A line that looks like a numbered heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) label: Label,
    /// Whether its form leaves little doubt (white space after 第三条, a mark after the number); the others must fit exactly.
    pub(super) certain: bool,
    /// Whether a person says that it is a heading (`corrections`): then it is one, whether it fits or not.
    pub(super) ordered: bool,
}

impl Mark {
    /// The number, where its form leaves little doubt.
    pub(super) fn certain(&self) -> Option<&Candidate> {
        match self {
            Self::Number(candidate) if candidate.certain => Some(candidate),
            Self::Number(_)
            | Self::Box { .. }
            | Self::Annex { .. }
            | Self::Bullet { .. }
            | Self::Heading { .. }
            | Self::Table
            | Self::Text => None,
        }
    }
}

/// Signs that lead a bullet.
const BULLETS: [&str; 12] = ["——", "──", "――", "—", "•", "●", "◆", "■", "▪", "◇", "★", "➢"];

/// The longest heading of a chapter whose label is followed by white space, and by none.
const LONGEST_HEADING: usize = 60;
const LONGEST_UNSPACED_HEADING: usize = 30;

/// An entry of a table of contents, its dots included, in bytes.
const LONGEST_ENTRY: usize = 600;

/// The marks of all lines.
pub(super) fn marks(lines: &[Line<'_>], is_markdown: bool) -> Vec<Mark> {
    let mut marks: Vec<Mark> = lines.iter().map(|line| mark(line, is_markdown)).collect();
    annex::drop_lists(lines, &mut marks);
    number_context::raise(&mut marks);
    number_context::drop_lone(&mut marks);
    annex::head_titled(lines, &mut marks);
    marks
}

/// What one line could be, taken by itself.
pub(super) fn mark(line: &Line<'_>, is_markdown: bool) -> Mark {
    if line.table.is_some() {
        return Mark::Table;
    }
    if line.is_note || has_leaders(line.text) {
        return Mark::Text;
    }
    if let Some(candidate) = candidate(line) {
        return Mark::Number(candidate);
    }
    if let Some(level) = line.heading_level {
        return Mark::Heading { level };
    }
    if is_preface(line.text) {
        return Mark::Heading { level: 0 };
    }
    column::label(line.text)
        .map(|(value, len)| Mark::Box { value, len })
        .or_else(|| annex::label(line.text).map(|(value, len)| Mark::Annex { value, len }))
        .or_else(|| bullet(line.text, is_markdown).map(|len| Mark::Bullet { len }))
        .unwrap_or(Mark::Text)
}

/// 前　言, 结　语: the parts of a document that are never numbered.
fn is_preface(text: &str) -> bool {
    const NAMES: [&str; 9] = ["前言", "引言", "序言", "导言", "绪论", "结语", "结束语", "后记", "编后语"];
    text.len() <= LONGEST_UNSPACED_HEADING && NAMES.contains(&compact(text).as_str())
}

/// 第一章 总则……3: an entry of a table of contents.
pub(super) fn has_leaders(text: &str) -> bool {
    if text.len() > LONGEST_ENTRY {
        return false;
    }
    text.contains("....") || text.contains("……") && text.ends_with(|last: char| last.is_ascii_digit()) || text.contains("····")
}

fn candidate(line: &Line<'_>) -> Option<Candidate> {
    let label = label::read(line.text)?;
    let after = line.text.get(label.len..)?;
    let rest = after.trim_start_matches(is_space);
    let spaced = rest.len() < after.len() || rest.is_empty();
    let certain = if label.rank == Rank::Article {
        article(rest, spaced)?
    } else if label.rank.is_division() {
        division(rest, spaced || line.heading_level.is_some())?
    } else {
        marked(&label, rest)?
    };
    Some(Candidate { label, certain, ordered: false })
}

/// 第四章规定的…… at the beginning of a wrapped line is a reference; a heading is short and has no full stop.
fn division(rest: &str, spaced: bool) -> Option<bool> {
    let length = rest.chars().take(LONGEST_HEADING + 1).count();
    if rest.contains(['。', '；']) || rest.ends_with(['，', '、', '：']) || is_reference(rest, spaced) {
        return None;
    }
    if spaced {
        return (length <= LONGEST_HEADING).then_some(true);
    }
    (length <= LONGEST_UNSPACED_HEADING && !rest.contains(['，', '：'])).then_some(false)
}

/// 第三条所称…… is a reference; an article has white space or a bracketed title after its number.
fn article(rest: &str, spaced: bool) -> Option<bool> {
    if spaced || rest.starts_with(['【', '〔', '（', '(', '［']) {
        return Some(true);
    }
    (!is_reference(rest, false)).then_some(false)
}

/// Words that follow a number which is quoted; the second list only where no white space parts them from it (第二章 中医教育).
pub(super) fn is_reference(rest: &str, spaced: bool) -> bool {
    const ALWAYS: [&str; 14] = ["规定", "所称", "所列", "所规", "所述", "所指", "、", "，", "。", "；", "）", ")", "》", "”"];
    const UNSPACED: [&str; 11] = ["第", "至", "和", "的", "中", "以及", "或", "及", "与", "之", "款"];
    let begins = |word: &&str| rest.starts_with(*word);
    ALWAYS.iter().any(begins) || (!spaced && UNSPACED.iter().any(begins))
}

/// 一、（一）1. and the like: something must follow, and it must not show that the number is quoted.
fn marked(label: &Label, rest: &str) -> Option<bool> {
    const QUOTED: [&str; 27] = [
        "、",
        "，",
        "；",
        "。",
        "）",
        ")",
        "》",
        "”",
        "和（",
        "至（",
        "或（",
        "或者（",
        "及（",
        "与（",
        "至第",
        "项规定",
        "项所",
        "项的",
        "项、",
        "项至",
        "项和",
        "项或",
        "项，",
        "项情形",
        "款规定",
        "款所",
        "款第",
    ];
    if rest.is_empty() || QUOTED.iter().any(|quoted| rest.starts_with(quoted)) {
        return None;
    }
    let next = numeral::leading(rest).and_then(|numeral| rest.get(numeral.len..));
    // 一、二、三产业: numerals in a row are a list of words.
    if label.rank == Rank::Han && next.is_some_and(|after| after.starts_with('、')) {
        return None;
    }
    // 1.5亿元 and 12 月 at the beginning of a wrapped line are no headings: such a number must fit exactly.
    Some(label.steps.is_empty()).filter(|_| label.steps.is_empty() || !rest.starts_with(['%', '％', '亿', '万', '倍', '元']))
}

/// The length of the sign that leads a bullet.
fn bullet(text: &str, is_markdown: bool) -> Option<usize> {
    if is_markdown && let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return rest.starts_with(' ').then_some(1);
    }
    let sign = BULLETS.iter().find(|sign| text.starts_with(**sign))?;
    // ——— is one sign, however long it was drawn.
    let after = text.get(sign.len()..)?.trim_start_matches(['—', '─', '―']);
    let rest = after.trim_start_matches(is_space);
    // — 12 — is the number of a page.
    let page = rest.trim_end_matches(is_space).trim_end_matches(['—', '─', '―']).trim_end_matches(is_space);
    let is_page = !page.is_empty() && page.chars().all(|character| numeral::arabic_digit(character).is_some());
    (!rest.is_empty() && !is_page).then_some(text.len() - after.len())
}
