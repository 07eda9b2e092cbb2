//! Titles: what of a heading is its name, and what is text that runs on.
//!
//! （四）探索推进易货贸易试点。完善易货贸易…… has the title 探索推进易货贸易试点: in plans a heading ends at its first 。 and the body
//! runs on. A numbered line that is one long sentence has no title.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::kind::Kind;
use crate::document::node::{Node, NodeIndex};
use crate::document::numbering::Form;

use super::column;
use super::line::is_space;

/// The longest title before a body that runs on, and the longest line that is all title.
const LONGEST_RUN_IN: usize = 40;
const LONGEST_LINE: usize = 60;
/// A point that is a title even though nothing runs on from it: ——坚持守正创新。
const LONGEST_SHORT: usize = 25;
/// A name before a colon, remarks in brackets left out.
const LONGEST_NAME: usize = 30;
/// What follows the colon of a title that goes on after it.
const LONGEST_PART: usize = 15;

/// What tells how the title of a node is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    pub(super) kind: Kind,
    /// Whether it stands in an article of a law, whose items are parts of a sentence.
    pub(super) in_article: bool,
    /// Whether anything stands under it: a sentence alone is text, a sentence over others heads them.
    pub(super) has_children: bool,
}

/// The place of the title in `text`, the characters of a node after its label.
pub(super) fn find(text: &str, context: Context) -> Option<Range<usize>> {
    let mut start = text.len() - text.trim_start_matches(leads).len();
    // 附录A ⏎ （资料性） ⏎ 指标体系: how binding the annex of a standard is belongs to no title.
    if let (Kind::Annex, Some(rest)) = (context.kind, text.get(start..)) {
        let named = ["（资料性）", "（规范性）", "(资料性)", "(规范性)"].iter().find_map(|status| rest.strip_prefix(status));
        start = named.map_or(start, |named| text.len() - named.trim_start_matches(leads).len());
    }
    let rest = text.get(start..)?.trim_end_matches(is_space);
    let length = match context.kind {
        Kind::Box if !column::is_heading(rest) => return None,
        Kind::Part | Kind::Chapter | Kind::Box | Kind::Annex => rest.len(),
        Kind::Article => article(rest)?,
        Kind::Section | Kind::Measure | Kind::Item | Kind::Subitem if context.in_article => return None,
        Kind::Section | Kind::Measure | Kind::Item | Kind::Subitem => heading(rest, context.has_children)?,
        Kind::Bullet => bullet(rest)?,
        Kind::Front | Kind::Clause | Kind::Table | Kind::Row | Kind::Paragraph => return None,
    };
    (length > 0).then_some(start..start + length)
}

/// White space and the marks that may stand between a label and its title.
fn leads(character: char) -> bool {
    is_space(character) || matches!(character, '：' | ':' | '、' | '.' | '．')
}

fn heading(rest: &str, has_children: bool) -> Option<usize> {
    if let Some(length) = before_colon(rest, has_children) {
        return Some(length);
    }
    let Some((title, body)) = rest.split_once('。') else {
        let plain = !rest.contains(['；', '！', '？']) && !rest.ends_with(['：', ':', '，', '、']);
        return (plain && fits(rest, LONGEST_LINE)).then_some(rest.len());
    };
    if title.contains(['；', '！', '？']) {
        return None;
    }
    let all = is_remark(body.trim_matches(is_space));
    let states = ["有下列", "之日起", "，应", "，要", "，须", "，由", "，必须", "，不得"].iter().any(|word| title.contains(word));
    let fitting = if all { has_children && !states && fits(title, LONGEST_LINE) } else { fits(title, LONGEST_RUN_IN) };
    fitting.then_some(title.len())
}

/// Headings of one rank are written alike: where most of them are sentences (六、国务院实行总理负责制，……), the first sentence of the
/// others is none of a title either, unless all headings beside it have one. Titles that fill their line stay.
pub(super) fn keep_alike(text: &str, nodes: &mut [Node]) {
    const FEWEST: usize = 5;
    let runs_in = |node: &Node| {
        let end = node.title_span.as_ref().map(|span| span.end);
        end.and_then(|end| text.get(end..)).is_some_and(|after| after.starts_with('。'))
    };
    // How many have a title, and how many there are: in the whole document, and under each heading.
    let mut whole: BTreeMap<Form, (usize, usize)> = BTreeMap::new();
    let mut beside: BTreeMap<(Form, Option<NodeIndex>), (usize, usize)> = BTreeMap::new();
    for node in nodes.iter() {
        let Some(numbering) = &node.numbering else { continue };
        for (titled, all) in [whole.entry(numbering.form).or_default(), beside.entry((numbering.form, node.parent)).or_default()] {
            *titled += usize::from(node.title_span.is_some());
            *all += 1;
        }
    }
    for node in nodes {
        let Some(form) = node.numbering.as_ref().map(|numbering| numbering.form) else { continue };
        let (titled, all) = whole.get(&form).copied().unwrap_or_default();
        let alone = beside.get(&(form, node.parent)).is_none_or(|(titled, all)| titled < all || *all < 2);
        if all >= FEWEST && titled * 5 < all * 2 && alone && runs_in(node) {
            node.title_span = None;
            node.title.clear();
        }
    }
}

/// （1）智能装备：规范…… and 2、基础设施领域不动产投资信托基金（REITs）：是指……: a name, not the beginning of a sentence.
fn before_colon(rest: &str, has_children: bool) -> Option<usize> {
    const SENTENCE: [&str; 16] = [
        "应当", "可以", "必须", "不得", "下列", "如下", "以下", "具备", "符合", "包括", "要求", "规定", "决定", "认为", "指出",
        "强调",
    ];
    let end = rest.find(['：', ':'])?;
    let name = rest.get(..end)?;
    let body = rest.get(end..)?.trim_start_matches(['：', ':']);
    let mut depth = 0usize;
    let own: String = name
        .chars()
        .filter(|character| {
            depth += usize::from(matches!(character, '（' | '('));
            let outside = depth == 0;
            depth = depth.saturating_sub(usize::from(matches!(character, '）' | ')')));
            outside
        })
        .collect();
    let is_name = !own.contains(['，', '。', '；', '！', '？'])
        && !own.ends_with(['的', '为', '是', '有', '和'])
        && !SENTENCE.iter().any(|word| own.contains(word));
    (is_name && depth == 0 && fits(&own, LONGEST_NAME) && fits(name, LONGEST_LINE)).then_some(end)?;
    let body = body.trim();
    if body.is_empty() {
        return has_children.then_some(end);
    }
    // 1.典型场景：研发设计 is a title as a whole.
    let is_part = body.chars().take(LONGEST_PART + 1).count() <= LONGEST_PART
        && !body.contains(['。', '，', '；'])
        && !body.contains(|digit: char| digit.is_ascii_digit());
    Some(if is_part && has_children { rest.len() } else { end })
}

/// Nothing, or a remark in brackets that says who is responsible (负责部门：税务总局).
fn is_remark(body: &str) -> bool {
    body.is_empty()
        || (body.starts_with(['（', '(']) && body.ends_with(['）', ')', '。']) && body.matches(['（', '(']).count() == 1)
}

/// ——坚持守正创新。…… or ●装备制造：……
fn bullet(rest: &str) -> Option<usize> {
    let end = rest.find(['。', '：', '，', '；']).unwrap_or(rest.len());
    let title = rest.get(..end)?;
    let mark = rest.get(end..)?.chars().next();
    let runs_on = mark.is_some_and(|mark| rest.get(end + mark.len_utf8()..).is_some_and(|body| !body.trim().is_empty()));
    match mark {
        None => fits(title, LONGEST_SHORT).then_some(end),
        Some('。') if !runs_on => fits(title, LONGEST_SHORT).then_some(end),
        Some('。' | '：') if runs_on => fits(title, LONGEST_RUN_IN).then_some(end),
        // A title with a comma in it: ——坚持以人民为中心，共同富裕。……
        Some('，') => {
            heading(rest, false).filter(|length| *length < rest.len() && fits(rest.get(..*length).unwrap_or(rest), LONGEST_SHORT))
        }
        Some(_) => None,
    }
}

/// 第一条 【立法目的】……, or a line that is a title and nothing else.
fn article(rest: &str) -> Option<usize> {
    if rest.starts_with(['【', '〔']) {
        return rest.find(['】', '〕']).map(|end| end + '】'.len_utf8());
    }
    let plain = !rest.contains(['。', '，', '；', '：']);
    (plain && fits(rest, LONGEST_SHORT)).then_some(rest.len())
}

fn fits(title: &str, longest: usize) -> bool {
    title.chars().take(longest + 1).count() <= longest
}

/// A title as people read it: the pieces of a broken line put together.
pub(super) fn joined(title: &str) -> String {
    let mut pieces = title.split(['\n', '\r']).map(|piece| piece.trim_matches(is_space)).filter(|piece| !piece.is_empty());
    let mut joined = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
        if latin(joined.chars().last()) && latin(piece.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(piece);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(kind: Kind, text: &str) -> Option<&str> {
        find(text, Context { kind, in_article: false, has_children: true }).and_then(|range| text.get(range))
    }

    #[test]
    fn a_title_ends_where_the_body_runs_on() {
        assert_eq!(title(Kind::Measure, "探索推进易货贸易试点。完善机制。"), Some("探索推进易货贸易试点"));
        assert_eq!(title(Kind::Measure, "基本原则。"), Some("基本原则"));
        let leaf = Context { kind: Kind::Item, in_article: false, has_children: false };
        assert_eq!(find("其他配套措施。", leaf), None, "a sentence over nothing is text");
        assert_eq!(title(Kind::Item, "智能装备（含部件）：规范应用标准。"), Some("智能装备（含部件）"));
        assert_eq!(title(Kind::Item, "有下列情形之一的：甲；乙。"), None);
        assert_eq!(title(Kind::Section, "发展𠮷环境"), Some("发展𠮷环境"));
        assert_eq!(title(Kind::Bullet, "坚持守正创新。持续实施。"), Some("坚持守正创新"));
        assert_eq!(title(Kind::Bullet, "装备：做强。"), Some("装备"));
        assert_eq!(title(Kind::Bullet, "全省生产总值增长，效益提高。"), None);
        assert_eq!(title(Kind::Article, " 【目的】为了"), Some("【目的】"));
        assert_eq!(title(Kind::Article, " 为了规范，制定本法。"), None);
        assert_eq!(find("偷税的。", Context { kind: Kind::Item, in_article: true, has_children: false }), None);
    }

    #[test]
    fn broken_titles_are_rejoined() {
        assert_eq!(joined("商务和开放型\r\n\n  经济发展规划"), "商务和开放型经济发展规划");
        assert_eq!(joined("free trade\nzone"), "free trade zone");
    }
}
