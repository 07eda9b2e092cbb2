//! 发文机关: the organs that a title or a signature names, one or several of them.
//!
//! Takes lines, gives names with 、 between. Organs that issue together stand beside each other with white space between, or below each
//! other (GB/T 9704-2012 §7.2.4, §7.3.5.2).

use super::head;
use super::line::{Line, compact};

/// What the names of organs end with.
const ENDS: &str = "部委局厅办院会署行府室社";
/// Who signs for an organ in person.
const OFFICES: [&str; 8] = ["总理", "主席", "省长", "市长", "主任", "部长", "局长", "委员长"];
/// Organs that sign one document.
const MOST: usize = 20;

/// 国家发展改革委 财政部 ⏎ 关于……的通知: organs with white space between them before one of the `verbs` of a title; none where there
/// is only one.
pub(super) fn joint(title: &[Line<'_>], verbs: &[&str]) -> Option<String> {
    let title = title.iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
    let before = title.get(..verbs.iter().filter_map(|verb| title.find(verb)).min()?)?;
    let names = apart(before);
    (names.len() > 1).then(|| names.join("、"))
}

/// The names in the lines right above the last date.
pub(super) fn signed(lines: &[&Line<'_>]) -> Option<String> {
    let date = lines.iter().rposition(|line| head::date_line(line.text).is_some())?;
    let above = lines.get(..date)?.iter().rev().filter(|line| !line.text.is_empty());
    let last = above.clone().next().and_then(|line| name(line))?;
    if !is_organ(&last) && apart(&last).len() < 2 {
        return Some(last);
    }
    let mut names: Vec<String> = Vec::new();
    for line in above.take(MOST) {
        let own = apart(line.text);
        match name(line).filter(|name| is_organ(name)) {
            _ if own.len() > 1 => names.extend(own.into_iter().rev()),
            Some(name) => names.push(name),
            None => break,
        }
    }
    names.reverse();
    (!names.is_empty()).then(|| names.join("、"))
}

/// The name that a line is; 总理　温家宝 is none of an organ.
fn name(line: &Line<'_>) -> Option<String> {
    let name = compact(line.text);
    let named =
        name.chars().count() > 2 && !OFFICES.iter().any(|office| name.starts_with(office)) && !name.contains(['。', '，', '：']);
    (named && !head::note(line.text) && head::date_line(line.text).is_none()).then_some(name)
}

/// The names of organs that white space parts; none where a piece is no such name (国 家 能 源 局 is one).
fn apart(text: &str) -> Vec<String> {
    let names: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if names.iter().all(|name| is_organ(name)) { names } else { Vec::new() }
}

fn is_organ(name: &str) -> bool {
    name.chars().count() > 2 && name.ends_with(|last: char| ENDS.contains(last))
}
