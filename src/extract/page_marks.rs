//! Page numbers in a text that was made from printed pages: `— 3 —` and `3` between lines, `79` glued to `10.1 推动……`.
//!
//! A page number tears sentences apart, so that nobody finds what stands on both sides of it. It is taken out of the text, its line
//! stays, and a diagnostic says so. What counts is the chain: numbers that rise by one from page to page, with a page of text
//! between each two, from the beginning of the document to its end. Bare digits may be cells of a table, hence they need a chain, and other cells around them forbid it; digits that
//! are all glued may number a list, hence they need a long chain that tears sentences.
//! A running head with the number in it (TD/T 1064—2021 7) goes with it. Takes lines, gives what to take out; each line is looked at a bounded number of times.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lines::Line;

/// Characters between the numbers of two pages, at least; a page has some six hundred. Half of the pages have so many; the rows of a
/// table do not.
const SHORTEST_PAGE: usize = 120;
const USUAL_PAGE: usize = 300;
/// Pages without a number before the first and after the last that has one: a cover, a table of contents, annexes.
const UNNUMBERED: usize = 12;
/// Bare digits are page numbers in chains of at least so many; a number between dashes needs none.
const SHORTEST_CHAIN: u32 = 4;
/// Glued numbers alone need a chain of so many, and half of them must stand after a line that does not end a sentence.
const SHORTEST_GLUED_CHAIN: u32 = 8;
/// So many pages may lack their number in a chain (blank pages, pages of a table).
const WIDEST_GAP: u32 = 3;
/// Pages of one document, in digits.
const LONGEST_NUMBER: usize = 4;
/// A running head, in characters.
const LONGEST_RUNNING_HEAD: usize = 40;
/// A line as short as this beside a bare number is another cell of its table.
const CELL: usize = 12;

/// A page number in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageMark {
    /// The bytes to take out: on the line, without the line break.
    pub(super) span: Range<usize>,
    /// The line, from 1.
    pub(super) line: u32,
    /// The page that ends here.
    pub(super) page: u32,
}

/// How much a line looks like a page number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// 10.1 推动…… after 79.
    Glued,
    /// 3
    Bare,
    /// — 3 —
    Dashed,
}

struct Candidate {
    mark: PageMark,
    look: Look,
    /// Characters of text before it.
    before: usize,
    /// Whether the line before it does not end a sentence.
    tears: bool,
    /// The best chain that ends here, and the candidate before it.
    chain: Chain,
    previous: Option<usize>,
}

/// What is known of a chain of page numbers, this one included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Chain {
    length: u32,
    bare: u32,
    tearing: u32,
}

impl Chain {
    fn and(self, candidate: &Candidate) -> Self {
        Self {
            length: self.length + 1,
            bare: self.bare + u32::from(candidate.look != Look::Glued),
            tearing: self.tearing + u32::from(candidate.tears),
        }
    }

    const fn is_long_enough(self) -> bool {
        self.bare >= SHORTEST_CHAIN || (self.length >= SHORTEST_GLUED_CHAIN && self.tearing * 2 >= self.length)
    }
}

/// The page numbers in a text, in order.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<PageMark> {
    let mut candidates = candidates(lines);
    link(&mut candidates);
    let mut kept: Vec<PageMark> = Vec::new();
    let best = candidates.iter().enumerate().max_by_key(|(_, candidate)| candidate.chain);
    let mut end = best.filter(|(_, candidate)| candidate.chain.is_long_enough()).map(|(at, _)| at);
    let mut chain: Vec<&Candidate> = Vec::new();
    while let Some(candidate) = end.and_then(|end| candidates.get(end)) {
        chain.push(candidate);
        end = candidate.previous;
    }
    chain.reverse();
    let characters = lines.iter().map(|line| line.text.trim().chars().count()).sum();
    if is_through(&chain, characters) {
        kept.extend(chain.iter().map(|candidate| candidate.mark.clone()));
    }
    let dashed = candidates.iter().filter(|candidate| candidate.look == Look::Dashed);
    kept.extend(dashed.map(|candidate| candidate.mark.clone()));
    kept.sort_by_key(|mark| mark.line);
    kept.dedup();
    kept
}

/// Whether a chain goes through the whole document of so many characters, page by page.
fn is_through(chain: &[&Candidate], characters: usize) -> bool {
    let Some((first, last)) = chain.first().zip(chain.last()) else { return false };
    let mut pages: Vec<usize> = chain
        .windows(2)
        .filter_map(|pair| {
            let [before, after] = pair else { return None };
            let count = usize::try_from(after.mark.page.saturating_sub(before.mark.page)).unwrap_or(1).max(1);
            Some(after.before.saturating_sub(before.before) / count)
        })
        .collect();
    pages.sort_unstable();
    let usual = pages.get(pages.len() / 2).copied().unwrap_or(0);
    let before = usize::try_from(first.mark.page).unwrap_or(0) + UNNUMBERED;
    let after = chain.len() / 2 + UNNUMBERED;
    usual >= USUAL_PAGE && first.before <= before * usual && characters.saturating_sub(last.before) <= after * usual
}

fn candidates(lines: &[Line<'_>]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut before = 0;
    let mut heads: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, rest) in lines.iter().filter_map(|line| running_head(line.text.trim())) {
        *heads.entry(rest).or_default() += 1;
    }
    let visible: Vec<&Line<'_>> = lines.iter().filter(|line| !line.is_blank()).collect();
    for (at, line) in visible.iter().enumerate() {
        let text = line.text.trim();
        let neighbour = |at: Option<usize>| at.and_then(|at| visible.get(at)).map_or(0, |line| line.text.trim().chars().count());
        let among_cells = at > 0 && neighbour(at.checked_sub(1)) <= CELL && neighbour(Some(at + 1)) <= CELL;
        let mut add = |look: Look, page: u32, length: usize| {
            let start = line.visible().start;
            let mark = PageMark { span: start..start + length, line: line.number, page };
            let above = at.checked_sub(1).and_then(|at| visible.get(at)).map_or("", |line| line.text.trim_end());
            let tears = !above.ends_with(['。', '：', '；', '！', '？', '”']);
            candidates.push(Candidate { mark, look, before, tears, chain: Chain::default(), previous: None });
        };
        let head = running_head(text).filter(|(_, rest)| heads.get(rest).is_some_and(|count| *count >= SHORTEST_CHAIN));
        if let Some((page, _)) = head {
            add(Look::Bare, page, text.len());
        } else if let Some((look, page)) = alone(text) {
            if look == Look::Dashed || !among_cells {
                add(look, page, text.len());
            }
        } else {
            for (page, length) in glued(text) {
                add(Look::Glued, page, length);
            }
        }
        before += text.chars().count();
    }
    candidates
}

/// A line that is a number and nothing else: — 3 —, －3－, 第3页, 3.
fn alone(text: &str) -> Option<(Look, u32)> {
    let bare = text.trim_matches(|character: char| character.is_whitespace() || is_dash(character));
    let dashed = text.starts_with(is_dash) && text.ends_with(is_dash);
    let named = bare.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')).map(str::trim);
    let digits = named.unwrap_or(bare);
    let page = number(digits)?;
    let look = if dashed || named.is_some() { Look::Dashed } else { Look::Bare };
    (dashed || bare.len() == text.len()).then_some((look, page))
}

/// A short line with a number at its beginning or end: the number and the rest. The same rest on page after page is a running head.
fn running_head(text: &str) -> Option<(u32, &str)> {
    let digit = |character: char| character.is_ascii_digit();
    let after = text.trim_start_matches(digit);
    let before = text.trim_end_matches(digit);
    let (digits, rest) = if after.len() < text.len() {
        (text.get(..text.len() - after.len())?, after.trim())
    } else {
        (text.get(before.len()..)?, before.trim())
    };
    let plain =
        !rest.is_empty() && rest.chars().count() <= LONGEST_RUNNING_HEAD && !rest.starts_with(['.', '、', '．', '年', '月']);
    Some((number(digits)?, rest)).filter(|_| plain && rest.chars().any(char::is_alphabetic))
}

const fn is_dash(character: char) -> bool {
    matches!(character, '—' | '-' | '－' | '–' | '―' | '─' | '·')
}

fn number(digits: &str) -> Option<u32> {
    let plain = (1..=LONGEST_NUMBER).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|page| plain && *page > 0 && !digits.starts_with('0'))
}

/// The numbers that may be glued to the beginning of a line, with their lengths: 79 of 7910.1 推动, 142 of 142结 语.
fn glued(text: &str) -> impl Iterator<Item = (u32, usize)> {
    let digits = text.len() - text.trim_start_matches(|first: char| first.is_ascii_digit()).len();
    (1..=digits.min(LONGEST_NUMBER - 1)).filter_map(|length| {
        let (head, rest) = text.split_at_checked(length)?;
        Some((number(head)?, length)).filter(|_| begins_line(rest))
    })
}

/// Whether a line may begin so; what follows a number within a sentence (年, %, 万) shows that it is none of a page.
fn begins_line(rest: &str) -> bool {
    const MEASURES: &str = "年月日时分秒个亿万千百倍元项家户公米吨人次%％℃度岁周天届期种类条款章节级座处所名台套件批号位路";
    let Some(first) = rest.chars().next() else { return false };
    if first.is_ascii_digit() {
        let label = rest.trim_start_matches(|next: char| next.is_ascii_digit() || next == '.');
        let numbered = rest.len() - label.len() <= 8 && !rest.starts_with('0');
        return numbered && label.starts_with([' ', '、', '\u{3000}'])
            || (numbered && rest.contains('.') && label.chars().next().is_some_and(is_han));
    }
    (is_han(first) && !MEASURES.contains(first)) || matches!(first, '“' | '《' | '（')
}

fn is_han(character: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&character)
}

/// Finds for each candidate the best chain that ends with it.
fn link(candidates: &mut [Candidate]) {
    let mut ends: BTreeMap<u32, usize> = BTreeMap::new();
    for at in 0..candidates.len() {
        let Some(candidate) = candidates.get(at) else { continue };
        let page = candidate.mark.page;
        let reach = page.saturating_sub(WIDEST_GAP + 1)..page;
        let before = ends.range(reach).filter_map(|(_, end)| candidates.get(*end).map(|before| (*end, before)));
        // Of equal chains the one that lacks the fewest pages.
        let best =
            before.filter(|(_, before)| follows(before, candidate)).max_by_key(|(_, before)| (before.chain, before.mark.page));
        let (previous, chain) = best.map_or((None, Chain::default()), |(end, before)| (Some(end), before.chain));
        let chain = chain.and(candidate);
        let is_longer = ends.get(&page).and_then(|end| candidates.get(*end)).is_none_or(|known| known.chain < chain);
        if let Some(candidate) = candidates.get_mut(at) {
            (candidate.previous, candidate.chain) = (previous, chain);
        }
        if is_longer {
            ends.insert(page, at);
        }
    }
}

/// Whether a page of text lies between two numbers, for each page that they are apart.
fn follows(before: &Candidate, after: &Candidate) -> bool {
    let pages = usize::try_from(after.mark.page.saturating_sub(before.mark.page)).unwrap_or(usize::MAX);
    after.before.saturating_sub(before.before) >= SHORTEST_PAGE.saturating_mul(pages)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    /// Pages of dull text, each with its number as `mark` writes it.
    fn book(pages: Range<u32>, mark: impl Fn(u32) -> String) -> String {
        let page = "加快推进各项工作落到实处，确保目标任务如期完成，不断提高人民生活水平。".repeat(10);
        pages.flat_map(|number| [page.clone(), "\n".to_owned(), mark(number)]).collect()
    }

    fn pages(text: &str) -> Vec<u32> {
        find(&lines(text)).iter().map(|mark| mark.page).collect()
    }

    #[test]
    fn numbers_of_pages_rise_from_page_to_page() {
        assert_eq!(pages(&book(1..6, |number| format!("{number}\n"))), [1, 2, 3, 4, 5]);
        assert_eq!(pages(&book(1..3, |number| format!("— {number} —\n"))), [1, 2]);
        assert_eq!(pages(&book(1..4, |number| format!("{number}\n"))), [0; 0], "a chain of three may be chance");
        assert_eq!(pages("1\n甲\n2\n乙\n3\n丙\n4\n丁\n5\n"), [0; 0], "cells of a table");
    }

    #[test]
    fn numbers_glued_to_the_next_line_belong_to_the_chain() {
        let text = book(75..84, |number| match number {
            79 => format!("{number}10.1 推动主城区升级\n"),
            81 => format!("{number}结 语\n"),
            83 => format!("{number}附件：名词解释\n"),
            _ => format!("{number}\n"),
        });
        let found = find(&lines(&text));
        assert_eq!(found.iter().map(|mark| mark.page).collect::<Vec<_>>(), [75, 76, 77, 78, 79, 80, 81, 82, 83]);
        assert_eq!(found.get(4).map(|mark| mark.span.len()), Some(2));
    }

    #[test]
    fn measures_at_the_beginning_of_a_line_are_none() {
        let text = book(1..6, |number| if number == 3 { "3年内完成\n".to_owned() } else { format!("{number}\n") });
        assert_eq!(pages(&text), [1, 2, 4, 5]);
    }
}
