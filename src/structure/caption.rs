//! Captions: the lines right above a table that name it, where the format keeps them out of the table.
//!
//! 表1 主要指标 names the table below it, and so does a short line that ends as names of tables do; 单位：亿元 may stand in between.
//! Takes lines and marks, gives for each caption the table that it belongs to; each line is looked at a bounded number of times.

use std::ops::Range;

use crate::text::numeral;

use super::line::{Line, is_space};
use super::mark::Mark;

/// A caption is shorter than this, in characters.
const LONGEST: usize = 50;
/// Words that a caption without a number ends with.
const ENDS: [&str; 12] = ["表", "指标", "一览", "清单", "名单", "目录", "情况", "明细", "分工", "安排", "标准", "对照"];

/// A caption, as places in the list of lines and bytes of the document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caption {
    /// The first line of the caption.
    pub(super) at: usize,
    /// The line of the table.
    pub(super) table: usize,
    /// The bytes of its first line that are the number (表1); 0 where there is none.
    pub(super) label: usize,
    /// Where the name stands, number left out.
    pub(super) name: Range<usize>,
    /// The unit of all values, where a line under the caption says it: 亿元 of （单位：亿元）.
    pub(super) unit: String,
}

/// All captions from line `body` on, in order.
pub(super) fn find(lines: &[Line<'_>], marks: &[Mark], body: usize) -> Vec<Caption> {
    let tables = lines.iter().enumerate().skip(body).filter(|(_, line)| line.table.is_some_and(|table| table.caption.is_none()));
    tables.filter_map(|(table, _)| above(lines, marks, body, table)).collect()
}

fn above(lines: &[Line<'_>], marks: &[Mark], body: usize, table: usize) -> Option<Caption> {
    let is_free = |at: &usize| *at >= body && marks.get(*at) == Some(&Mark::Text);
    let mut at = table.checked_sub(1).filter(is_free)?;
    let unit = lines.get(at).and_then(|line| unit(line.text));
    if unit.is_some() {
        at = at.checked_sub(1).filter(is_free)?;
    }
    let line = lines.get(at)?;
    let label = label(line.text);
    let named = line.text.get(label..)?.trim_start_matches([':', '：', '.', '．', '、']);
    let named = named.trim_start_matches(is_space);
    let start = line.start + (line.text.len() - named.len());
    let caption = Caption { at, table, label, name: start..start + named.len(), unit: unit.unwrap_or_default() };
    let short = line.text.chars().take(LONGEST + 1).count() <= LONGEST && !line.text.contains(['。', '；']);
    // 见下表 and 如下表所示： announce a table and are sentences.
    let names = label > 0 || ENDS.iter().any(|end| line.text.ends_with(end)) && !line.text.contains('，');
    (short && names && !line.text.ends_with(['：', ':', '，'])).then_some(caption)
}

/// 表1, 附表2, 表3-1: the length of the number of a table; 0 where there is none, or where it is quoted (表1所示的).
pub(super) fn label(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("附表").or_else(|| text.strip_prefix('表')) else { return 0 };
    let rest = rest.trim_start_matches(is_space);
    let Some(numeral) = numeral::leading(rest) else { return 0 };
    let after = rest.get(numeral.len..).unwrap_or_default();
    let after = after.trim_start_matches(|next: char| next.is_ascii_digit() || matches!(next, '-' | '.' | '－' | '—'));
    let apart = after.is_empty() || after.starts_with(is_space) || after.starts_with(['：', ':', '、', '“', '《']);
    let quoted = ["所", "中", "的", "和", "及", "至", "给"].iter().any(|word| after.starts_with(word));
    if apart || !quoted { text.len() - after.len() } else { 0 }
}

/// 单位：亿元, （单位：万人）: between the caption and the table.
fn unit(text: &str) -> Option<String> {
    let bare = text.trim_matches(['（', '(', '）', ')']);
    let unit = bare.strip_prefix("单位")?.trim_start_matches(is_space).strip_prefix(['：', ':'])?;
    (text.chars().count() <= LONGEST).then(|| unit.trim_matches(is_space).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_tables_are_told_from_references() {
        let labels = ["表1 主要指标", "附表2：目标", "表3-1“十四五”指标", "表4", "表1所示的目标", "表明", "表一中的"];
        assert_eq!(labels.map(label), [4, 7, 6, 4, 0, 0, 0]);
    }
}
