//! Tables flattened a cell a line without a sign of it, as copies from web pages and PDF files leave them.
//!
//! ```text
//! 序号 ⏎ 项目类别 ⏎ 单位 ⏎ 完成率 ⏎ 1 ⏎ 整治河道 ⏎ 条 ⏎ 113% ⏎ 2 ⏎ 新开河道 ⏎ 条 ⏎ 100% ⏎ 3 ⏎ ……
//! ```
//!
//! Two kinds are told without guessing: those whose rows count from 1 under 序号, and those whose head names years over columns that
//! hold numbers in every row. Everything else stays lines. Takes lines, gives tables; each line is looked at a bounded number of
//! times.

use std::ops::Range;

use super::flat_table::Found;
use super::lines::Line;
use super::{RawCell, RawRow, RawTable};

/// Columns of such a table, at least and at most.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=12;
/// Lines of a head row, broken cells included.
const LONGEST_HEAD: usize = 18;
/// A cell of a head row, in characters.
const LONGEST_HEADING: usize = 20;
/// A row is broken over at most so many lines for each of its columns.
const LINES_A_CELL: usize = 4;
const FEWEST_ROWS: usize = 3;

/// The table that begins at line `start`, if one does.
pub(super) fn at(lines: &[Line<'_>], start: usize) -> Option<Found> {
    let first = lines.get(start)?.text.trim();
    if matches!(first, "序号" | "编号") {
        counted(lines, start)
    } else if matches!(first, "指标" | "指标名称" | "主要指标" | "类别" | "项目" | "名称" | "领域") {
        dated(lines, start)
    } else {
        None
    }
}

/// The places of the lines from `start` on that are not blank.
fn visible<'lines>(lines: &'lines [Line<'_>], start: usize) -> impl Iterator<Item = usize> + Clone + 'lines {
    lines.iter().enumerate().skip(start).filter(|(_, line)| !line.is_blank()).map(|(at, _)| at)
}

/// A table whose rows begin with 1, 2, 3.
fn counted(lines: &[Line<'_>], start: usize) -> Option<Found> {
    let text = |at: usize| lines.get(at).map_or("", |line| line.text.trim());
    let is_heading = |at: &usize| !text(*at).ends_with('。') && text(*at).chars().count() <= LONGEST_HEADING;
    let head: Vec<usize> =
        visible(lines, start).take(LONGEST_HEAD + 1).take_while(|at| text(*at) != "1" && is_heading(at)).collect();
    let mut next = visible(lines, head.last()? + 1).next().filter(|at| text(*at) == "1")?;
    let mut rows: Vec<Vec<usize>> = Vec::new();
    loop {
        let number = rows.len() + 2;
        let longest = head.len() * LINES_A_CELL;
        let row: Vec<usize> = visible(lines, next).take(longest).collect();
        // A page begins with the head row again.
        let is_end = |at: &usize| text(*at).parse() == Ok(number);
        let Some(end) = row.iter().position(is_end) else {
            rows.push(row);
            break;
        };
        let own = row.get(..end).unwrap_or_default();
        let repeated = own.iter().position(|at| text(*at) == text(start)).unwrap_or(own.len());
        rows.push(own.get(..repeated).unwrap_or_default().to_vec());
        next = *row.get(end)?;
    }
    let whole = rows.len() - 1;
    let columns = usual_length(rows.get(..whole)?)?;
    let usual = rows.iter().take(whole).filter(|row| row.len() == columns).count();
    if rows.len() < FEWEST_ROWS || usual * 3 < whole * 2 || !COLUMNS.contains(&columns) || columns > head.len() {
        return None;
    }
    // Nothing says where the last row ends: it is as long as the others.
    let last = rows.last_mut()?;
    last.truncate(columns);
    let stop = last.iter().skip(1).position(|at| begins_something_else(text(*at))).map_or(last.len(), |at| at + 1);
    last.truncate(stop);
    let rows = std::iter::once(&head).chain(&rows).map(|row| self::row(lines, &joined(lines, row, columns)));
    let rows: Vec<RawRow> = rows.collect::<Option<_>>()?;
    found(lines, start, rows)
}

/// A table with a head of a fixed number of columns, years among them, that hold numbers in each row.
fn dated(lines: &[Line<'_>], start: usize) -> Option<Found> {
    let text = |at: &usize| lines.get(*at).map_or("", |line| line.text.trim());
    let cells: Vec<usize> = visible(lines, start).take_while(|at| !begins_something_else(text(at))).take(400).collect();
    let fitting = COLUMNS.filter_map(|columns| {
        let mut rows = cells.chunks_exact(columns);
        let head = rows.next()?;
        let years: Vec<usize> = (0..columns).filter(|at| head.get(*at).is_some_and(|at| is_year(text(at)))).collect();
        let plain = head.iter().all(|at| !is_value(text(at)) && text(at).chars().count() <= LONGEST_HEADING);
        let fits = |row: &&[usize]| {
            let named = row.first().is_some_and(|at| !is_value(text(at)));
            named && years.iter().all(|year| row.get(*year).is_some_and(|at| is_value(text(at))))
        };
        let count = rows.take_while(fits).count();
        (plain && !years.is_empty() && count >= FEWEST_ROWS).then_some((count * columns, columns, count))
    });
    let (_, columns, count) = fitting.max()?;
    let rows = cells.chunks_exact(columns).take(count + 1).map(|row| {
        let single: Vec<Range<usize>> = row.iter().map(|at| *at..*at + 1).collect();
        self::row(lines, &single)
    });
    let rows: Vec<RawRow> = rows.collect::<Option<_>>()?;
    found(lines, start, rows)
}

fn found(lines: &[Line<'_>], start: usize, rows: Vec<RawRow>) -> Option<Found> {
    let last = rows.last()?.cells.last()?.span.end;
    let end = lines.iter().skip(start).take_while(|line| line.start < last).count();
    Some(Found { lines: start..start + end, table: RawTable { caption: None, rows } })
}

/// The length that most rows have.
fn usual_length(rows: &[Vec<usize>]) -> Option<usize> {
    let lengths = rows.iter().map(Vec::len);
    lengths.clone().max_by_key(|length| (lengths.clone().filter(|other| other == length).count(), *length))
}

/// The lines of a row put together so that there are no more cells than columns: what is broken is longer than what is not.
fn joined(lines: &[Line<'_>], row: &[usize], columns: usize) -> Vec<Range<usize>> {
    let mut cells: Vec<Range<usize>> = row.iter().map(|at| *at..*at + 1).collect();
    let length = |cell: &Range<usize>| lines.get(cell.end - 1).map_or(0, |line| line.text.trim().chars().count());
    while cells.len() > columns {
        // The first cell is the number of the row.
        let candidates = (1..cells.len() - 1).filter_map(|at| Some((length(cells.get(at)?), std::cmp::Reverse(at))));
        let Some((_, std::cmp::Reverse(at))) = candidates.max() else { break };
        let next = cells.remove(at + 1);
        if let Some(cell) = cells.get_mut(at) {
            cell.end = next.end;
        }
    }
    cells
}

fn row(lines: &[Line<'_>], cells: &[Range<usize>]) -> Option<RawRow> {
    let first = lines.get(cells.first()?.start)?;
    let cells = cells.iter().map(|cell| {
        let (first, last) = (lines.get(cell.start)?, lines.get(cell.end - 1)?);
        Some(RawCell { span: first.visible().start..last.visible().end, columns: None })
    });
    Some(RawRow { span: first.start..first.start, line: first.number, cells: cells.collect::<Option<_>>()? })
}

/// A heading or a note: no cell.
fn begins_something_else(text: &str) -> bool {
    let numbered = text.starts_with('第') && text.contains(['章', '节', '条']) || text.starts_with("（一）");
    let section = text.chars().next().is_some_and(|first| "一二三四五六七八九十".contains(first)) && text.contains('、');
    numbered
        || section
        || ["注：", "注:", "表", "专栏", "附件", "备注："].iter().any(|begin| text.starts_with(begin))
        || text.ends_with('。')
}

/// 2025年, 2025年目标值
fn is_year(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    digits == 4 && text.chars().count() <= 10 && text.contains('年')
}

/// 8400, 11.7%, ≥95, —: what stands in a column of values.
fn is_value(text: &str) -> bool {
    let sign = |character: char| "0123456789.,，%％+-－—–/／≥≤＞＜><〔〕[]（）()左右约".contains(character);
    !text.is_empty() && text.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn grid(text: &str) -> Vec<Vec<&str>> {
        let table = at(&lines(text), 0).map(|found| found.table).unwrap_or_default();
        let rows = table.rows.iter().map(|row| row.cells.iter().filter_map(|cell| text.get(cell.span.clone())).collect());
        rows.collect()
    }

    #[test]
    fn rows_that_count_from_one_are_a_table() {
        let text = "序号\n\n项目类别\n\n“十三五”规划\n\n目标\n\n完成率\n\n1\n\n整治河道\n\n350\n\n113%\n\n2\n\n新开河道\n\n40\n\n100%\n\n3\n\n改造片区\n\n200\n\n510%\n\n各地要加强管理。";
        let expected = [
            vec!["序号", "项目类别", "“十三五”规划\n\n目标", "完成率"],
            vec!["1", "整治河道", "350", "113%"],
            vec!["2", "新开河道", "40", "100%"],
            vec!["3", "改造片区", "200", "510%"],
        ];
        assert_eq!(grid(text), expected);
    }

    #[test]
    fn years_over_numbers_are_a_table() {
        let text = "指标\n2020年\n2025年\n属性\n生产总值（亿元）\n100\n150\n预期性\n绿地率（%）\n38.2\n≥40\n约束性\n桥梁（座）\n—\n12\n预期性\n以上指标分解到各区。";
        assert_eq!(grid(text).len(), 4);
        assert_eq!(grid(text).get(2), Some(&vec!["绿地率（%）", "38.2", "≥40", "约束性"]));
    }

    #[test]
    fn a_list_of_words_is_no_table() {
        assert!(grid("序号\n名称\n1\n甲\n各地要抓好落实。").is_empty());
        assert!(grid("指标\n要求\n甲\n乙\n丙\n丁\n戊\n己\n").is_empty());
    }
}
