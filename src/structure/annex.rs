//! Annexes: where 附件 heads a document of its own, and where it begins the list of annexes that a notice ends with.
//!
//! Takes lines with their marks, changes marks. GB/T 9704-2012 §7.3.4 and §7.4: the list stands before signature and date, 附件1 on
//! a line of its own over the annex; documents as they are found write the two alike.

use super::head;
use super::line::{Line, compact, is_space};
use super::mark::{self, Mark};
use super::rank::Rank;
use crate::text::numeral;

/// Lines after a list of annexes in which signature and date stand.
const CLOSING: usize = 4;
/// An entry of a list of annexes is shorter.
const LONGEST_ENTRY: usize = 60;

/// 附件 and 附件1, alone on their line but for a colon.
pub(super) fn label(text: &str) -> Option<(u32, usize)> {
    // 附 录 A (GB/T 1.1-2020 §9.13), alone on its line.
    if !text.starts_with('附') {
        return None;
    }
    if text.len() <= LONGEST_ENTRY
        && let Some(letter) = compact(text).strip_prefix("附录").filter(|letter| letter.len() == 1)
        && let Some(letter) = letter.bytes().next().filter(u8::is_ascii_uppercase)
    {
        return Some((u32::from(letter - b'A') + 1, text.len()));
    }
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附 件")).or_else(|| text.strip_prefix("附　件"))?;
    let rest = rest.trim_start_matches(is_space);
    let numeral = numeral::leading(rest);
    let after = numeral.map_or(rest, |numeral| rest.get(numeral.len..).unwrap_or_default());
    let alone = compact(after);
    (alone.is_empty() || alone == "：" || alone == ":")
        .then(|| (numeral.map_or(1, |numeral| numeral.value), text.len() - after.trim_start_matches(is_space).len()))
}

/// Makes the numbers in a list of annexes text: 附件：1.甲 ⏎ 2.乙, and 附件： ⏎ 1.甲 ⏎ 2.乙 ⏎ signature and date.
pub(super) fn drop_lists(lines: &[Line<'_>], marks: &mut [Mark]) {
    let mut in_list = false;
    for at in 0..lines.len() {
        let (Some(line), Some(mark)) = (lines.get(at), marks.get(at)) else { break };
        let alone = matches!(mark, Mark::Annex { .. }) && is_list_alone(lines, marks, at);
        in_list = alone || begins_list(line.text) || (in_list && is_entry(line, mark));
        let counts = alone || (in_list && is_number(mark));
        if let Some(mark) = marks.get_mut(at).filter(|_| counts) {
            *mark = Mark::Text;
        }
    }
}

/// 附件：1.甲: the first entry on the line of the label.
fn begins_list(text: &str) -> bool {
    let Some(rest) = ["附件", "附表", "附图", "附录"].iter().find_map(|word| text.strip_prefix(word)) else { return false };
    rest.trim_start().strip_prefix(['：', ':']).is_some_and(|list| !list.trim().is_empty())
}

/// 附件： over entries, with signature and date right after them.
fn is_list_alone(lines: &[Line<'_>], marks: &[Mark], at: usize) -> bool {
    let colon = lines.get(at).is_some_and(|line| line.text.ends_with(['：', ':']));
    let below = || lines.iter().zip(marks).skip(at + 1);
    let entries = below().take_while(|(line, mark)| is_entry(line, mark)).count();
    let dated = || below().skip(entries).take(CLOSING).any(|(line, _)| head::date_line(line.text).is_some());
    colon && entries > 0 && dated()
}

fn is_entry(line: &Line<'_>, mark: &Mark) -> bool {
    is_number(mark) && line.text.chars().take(LONGEST_ENTRY + 1).count() <= LONGEST_ENTRY && !line.text.ends_with('。')
}

fn is_number(mark: &Mark) -> bool {
    match mark {
        Mark::Number(candidate) => candidate.label.rank == Rank::Arabic,
        Mark::Box { .. } | Mark::Annex { .. } | Mark::Bullet { .. } | Mark::Heading { .. } | Mark::Table | Mark::Text => false,
    }
}

/// 附件1：操作规程 heads an annex, title and all; where 附件2：…… follows right away, it is an entry of a list, and so is one
/// before a signature and a date.
pub(super) fn head_titled(lines: &[Line<'_>], marks: &mut [Mark]) {
    let annexes: Vec<_> = lines.iter().map(|line| titled(line.text)).collect();
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
fn titled(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix("附件")?.trim_start_matches(is_space);
    let numeral = numeral::leading(rest)?;
    let after = rest.get(numeral.len..)?;
    let title = after.trim_start_matches(|first: char| is_space(first) || matches!(first, '：' | ':'));
    let apart = title.len() < after.len() && !title.is_empty() && head::title_like(title) && !mark::has_leaders(text);
    apart.then_some((numeral.value, text.len() - after.len()))
}
