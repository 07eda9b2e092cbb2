//! Marks: what the beginning of a line says it could be. A number is a candidate only; `sequence` decides.

use super::head;
use super::label::{self, Label};
use super::line::{Line, compact, is_space};
use super::rank::Rank;
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
    /// A heading of the format without a number.
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

/// Signs that lead a bullet.
const BULLETS: [&str; 12] = ["——", "──", "――", "—", "•", "●", "◆", "■", "▪", "◇", "★", "➢"];

/// The longest heading of a chapter whose label is followed by white space, and by none.
const LONGEST_HEADING: usize = 60;
const LONGEST_UNSPACED_HEADING: usize = 30;

/// The marks of all lines.
pub(super) fn marks(lines: &[Line<'_>], is_markdown: bool) -> Vec<Mark> {
    let mut in_list_of_annexes = false;
    let marks = lines.iter().map(|line| {
        let mark = mark(line, is_markdown);
        in_list_of_annexes = begins_list_of_annexes(line.text) || (in_list_of_annexes && is_list_entry(&mark));
        if in_list_of_annexes && is_list_entry(&mark) { Mark::Text } else { mark }
    });
    let mut marks: Vec<Mark> = marks.collect();
    raise_headings_over_articles(&mut marks);
    drop_lone_numbers(&mut marks);
    head_titled_annexes(lines, &mut marks);
    marks
}

/// 附件1：操作规程 heads an annex, title and all; where 附件2：…… follows right away, it is an entry of a list, and so is one
/// before a signature and a date.
fn head_titled_annexes(lines: &[Line<'_>], marks: &mut [Mark]) {
    let annexes: Vec<_> = lines.iter().map(|line| titled_annex(line.text)).collect();
    let number = |at: Option<usize>| at.and_then(|at| annexes.get(at).copied().flatten()).map(|(value, _)| value);
    let is_closing = |at: usize| {
        let mut after = lines.iter().skip(at + 1).take(2);
        after.any(|line| head::date_line(line.text).is_some())
    };
    for (at, (annex, mark)) in annexes.iter().zip(marks).enumerate() {
        let (before, after) = (number(at.checked_sub(1)), number(Some(at + 1)));
        if let (Some((value, len)), Mark::Text) = (*annex, &*mark)
            && before.is_none_or(|before| before.saturating_add(1) != value)
            && after.is_none_or(|after| after != value.saturating_add(1))
            && !is_closing(at)
            && at + 1 < lines.len()
        {
            *mark = Mark::Annex { value, len };
        }
    }
}

/// 附件1：操作规程, 附件2 任务清单: the number and the length of the label.
fn titled_annex(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix("附件")?.trim_start_matches(is_space);
    let numeral = numeral::leading(rest)?;
    let after = rest.get(numeral.len..)?;
    let title = after.trim_start_matches(|first: char| is_space(first) || matches!(first, '：' | ':'));
    let apart = title.len() < after.len() && !title.is_empty() && head::title_like(title) && !has_leaders(text);
    apart.then_some((numeral.value, text.len() - after.len()))
}

/// 1 总则 heads something where 1.1 comes next; without that it is a number in a table (1 全市生产总值年均增长率).
fn drop_lone_numbers(marks: &mut [Mark]) {
    let mut next: Option<Vec<u32>> = None;
    let mut lone = vec![false; marks.len()];
    for (mark, lone) in marks.iter().zip(&mut lone).rev() {
        let Mark::Number(Candidate { label, .. }) = mark else { continue };
        if label.rank == Rank::Decimal(1) {
            *lone = next.as_deref() != Some(&[label.value, 1]);
        }
        if !label.steps.is_empty() {
            next = Some(label.steps.clone());
        }
    }
    let mut headed = false;
    for (mark, lone) in marks.iter_mut().zip(lone) {
        // 3 附则 may follow 2 组织机构 without anything below it.
        let is_first_step = matches!(mark, Mark::Number(candidate) if candidate.label.rank == Rank::Decimal(1));
        if is_first_step && lone && !headed {
            *mark = Mark::Text;
        }
        headed |= is_first_step && !lone;
    }
}

/// Judicial interpretations group their articles under 一、二、三、: where 一、 stands before 第一条, it outranks all articles.
fn raise_headings_over_articles(marks: &mut [Mark]) {
    let ranks = marks.iter().filter_map(|mark| match mark {
        Mark::Number(candidate) if candidate.certain => Some(candidate.label.rank),
        Mark::Number(_)
        | Mark::Box { .. }
        | Mark::Annex { .. }
        | Mark::Bullet { .. }
        | Mark::Heading { .. }
        | Mark::Table
        | Mark::Text => None,
    });
    let mut ranks = ranks.filter(|rank| matches!(rank, Rank::Han | Rank::Article));
    if ranks.next() != Some(Rank::Han) || !ranks.any(|rank| rank == Rank::Article) {
        return;
    }
    for mark in marks {
        if let Mark::Number(candidate) = mark
            && candidate.label.rank == Rank::Han
        {
            candidate.label.rank = Rank::HanOverArticles;
        }
    }
}

/// What one line could be, taken by itself.
pub(super) fn mark(line: &Line<'_>, is_markdown: bool) -> Mark {
    if line.table.is_some() {
        return Mark::Table;
    }
    if has_leaders(line.text) {
        return Mark::Text;
    }
    if let Some(candidate) = candidate(line) {
        return Mark::Number(candidate);
    }
    if let Some(level) = line.heading_level {
        return Mark::Heading { level };
    }
    column(line.text)
        .map(|(value, len)| Mark::Box { value, len })
        .or_else(|| annex(line.text).map(|(value, len)| Mark::Annex { value, len }))
        .or_else(|| bullet(line.text, is_markdown).map(|len| Mark::Bullet { len }))
        .unwrap_or(Mark::Text)
}

/// 第一章 总则……3: an entry of a table of contents.
pub(super) fn has_leaders(text: &str) -> bool {
    text.contains("....") || text.contains("……") && text.ends_with(|last: char| last.is_ascii_digit()) || text.contains("····")
}

/// A notice lists its annexes after the body (附件：1.… ⏎ 2.…): the numbers count annexes and head nothing.
fn begins_list_of_annexes(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("附件") else { return false };
    rest.trim_start().strip_prefix(['：', ':']).is_some_and(|list| !list.trim().is_empty())
}

fn is_list_entry(mark: &Mark) -> bool {
    match mark {
        Mark::Number(candidate) => candidate.label.rank == Rank::Arabic,
        Mark::Box { .. } | Mark::Annex { .. } | Mark::Bullet { .. } | Mark::Heading { .. } | Mark::Table | Mark::Text => false,
    }
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
fn is_reference(rest: &str, spaced: bool) -> bool {
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

/// 专栏1, 专栏一：, and the title that may follow.
fn column(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix("专栏")?.trim_start_matches(is_space);
    let numeral = numeral::leading(rest)?;
    let after = rest.get(numeral.len..)?;
    let apart = after.is_empty() || after.starts_with(is_space) || after.starts_with(['：', ':', '、', '.', '．']);
    let short = text.chars().take(LONGEST_HEADING + 1).count() <= LONGEST_HEADING && !text.contains('。');
    (short && (apart || !is_reference(after, false))).then_some((numeral.value, text.len() - after.len()))
}

/// 附件 and 附件1, alone on their line but for a colon.
fn annex(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附 件")).or_else(|| text.strip_prefix("附　件"))?;
    let rest = rest.trim_start_matches(is_space);
    let numeral = numeral::leading(rest);
    let after = numeral.map_or(rest, |numeral| rest.get(numeral.len..).unwrap_or_default());
    let alone = compact(after);
    (alone.is_empty() || alone == "：" || alone == ":")
        .then(|| (numeral.map_or(1, |numeral| numeral.value), text.len() - after.trim_start_matches(is_space).len()))
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
