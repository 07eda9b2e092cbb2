//! Validity: from when a document is in force, when it was amended, and how long it is valid, where it says so.
//!
//! 本法自2019年1月1日起施行。 stands in the last article; （……根据2018年12月29日《……的决定》第二次修正） in the head; 有效期5年 anywhere. Takes
//! lines, gives dates and words; linear.

use crate::document::metadata::Date;

use super::head;
use super::line::{Line, compact};

/// 有效期至2026年12月31日 is shorter, in characters.
const LONGEST_STATEMENT: usize = 24;
/// 自印发之日起施行 stands within so many characters before 施行.
const BEFORE: usize = 40;

/// The day from which the document is in force; `signed` is the day of issue, from which most are.
pub(super) fn effective(lines: &[Line<'_>], signed: Option<Date>) -> Option<Date> {
    lines.iter().rev().find_map(|line| in_force(line.text, signed))
}

/// 自2020年1月1日起施行, 自印发之日起30日后施行 (not told), 自公布之日起施行.
fn in_force(text: &str, signed: Option<Date>) -> Option<Date> {
    const VERBS: [&str; 5] = ["施行", "实施", "执行", "生效", "正式施行"];
    // What is abolished at the same time was once in force, too: the first counts.
    let verb = |at: &usize| text.get(at + '起'.len_utf8()..).is_some_and(|after| VERBS.iter().any(|verb| after.starts_with(verb)));
    let end = text.match_indices('起').map(|(at, _)| at).find(verb)?;
    let before: String = text.get(..end)?.chars().rev().take(BEFORE).collect::<Vec<_>>().into_iter().rev().collect();
    let (_, from) = before.rsplit_once('自')?;
    let from = compact(from);
    match head::first_date(&from) {
        Some(date) => from.ends_with('日').then_some(date),
        None => signed.filter(|_| ["发布之日", "公布之日", "印发之日", "下发之日"].contains(&from.as_str())),
    }
}

/// The days of amendment in the notes of a head, in order, each once.
pub(super) fn amended(head: &[Line<'_>]) -> Vec<Date> {
    let notes = head.iter().filter(|line| head::adoption(line.text) || head::note(line.text) || line.text.contains("根据"));
    let pieces = notes.flat_map(|line| line.text.split("根据").flat_map(|piece| piece.split("  ")));
    let pieces = pieces.flat_map(|piece| piece.split(['　', '）', '；']));
    let mut dates: Vec<Date> = pieces.filter(|piece| amends(piece)).filter_map(head::first_date).collect();
    dates.sort();
    dates.dedup();
    dates
}

/// ……会议通过的《……的决定》修正: what was done, the names of decisions left out.
fn amends(note: &str) -> bool {
    let mut depth = 0usize;
    let mut done = String::new();
    for character in note.chars() {
        match character {
            '《' | '〈' => depth += 1,
            '》' | '〉' => depth = depth.saturating_sub(1),
            _ if depth == 0 => done.push(character),
            _ => {}
        }
    }
    // ……会议通过的《中华人民共和国刑法修正案》, and nothing after it.
    done.trim_end().ends_with("通过的") || ["修正", "修订", "修改"].iter().any(|act| done.contains(act))
}

/// The day on which a document was made public, as its head tells it: 1999年6月7日 国家档案局发布.
pub(super) fn published(head: &[Line<'_>]) -> Option<Date> {
    let mut notes = head.iter().filter(|line| head::adoption(line.text) || head::note(line.text));
    notes.find(|line| ["公布", "发布"].iter().any(|act| line.text.contains(act))).and_then(|line| head::first_date(line.text))
}

/// 有效期至2026年12月31日: the statement, without the sentence around it.
pub(super) fn stated(lines: &[Line<'_>]) -> Option<String> {
    lines.iter().rev().find_map(|line| {
        let start = line.text.match_indices('效').map(|(at, _)| at).find_map(|at| {
            let start = at.checked_sub('有'.len_utf8())?;
            line.text.get(start..).filter(|rest| rest.starts_with("有效期")).map(|_| start)
        });
        let rest = line.text.get(start?..)?;
        let end = rest.find(['。', '，', '；', '）', ')']).unwrap_or(rest.len());
        let statement = compact(rest.get(..end)?);
        let told = statement.contains(['年', '月'])
            && statement.chars().any(|digit| digit.is_ascii_digit() || "一二三四五六七八九十两".contains(digit));
        (told && statement.chars().count() <= LONGEST_STATEMENT).then_some(statement)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amendments_are_told_from_what_they_amend() {
        assert!(amends("1999年12月25日第九届会议通过的《中华人民共和国刑法修正案》修正"));
        assert!(amends("2001年8月31日 第九届会议通过的《中华人民共和国刑法修正案（二）》"));
        assert!(!amends("2011年2月25日第十一届会议通过"));
        assert!(!amends("2011年2月25日公布的《关于修改〈办法〉的决定》"));
    }

    #[test]
    fn documents_are_in_force_from_the_day_they_name() {
        let signed = Date::new(2021, 3, 4);
        let abolishing = "本条例自2020年1月1日起施行。自2003年5月1日起施行的办法同时废止。";
        assert_eq!(in_force(abolishing, signed), Date::new(2020, 1, 1));
        assert_eq!(in_force("第十条　本条例自2020年1月1日起施行。", signed), Date::new(2020, 1, 1));
        assert_eq!(in_force("本办法自公布之日起施行。", signed), signed);
        assert_eq!(in_force("本办法自公布之日起30日后施行。", signed), None);
        assert_eq!(in_force("加快施行。", signed), None);
    }
}
