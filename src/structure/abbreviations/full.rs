//! Where the full form begins that stands before a short one.
//!
//! Takes the text before the bracket and the short form, gives the full form, or none where its beginning is not certain. Of the text
//! only the last [`BEFORE`] characters are looked at, however long it is and however many brackets stand in it.

use crate::text::segment::words_of;

use super::{Script, Short};

/// The most characters of a full form.
const LONGEST: usize = 60;

/// So many characters before a bracket are looked at: twice the longest full form, so that the words about its beginning are cut as
/// they are in the whole text.
pub(super) const BEFORE: usize = 2 * LONGEST;

/// The most characters of a full form for one of a Chinese short form: what is longer is a definition.
const MOST_FOR_ONE: usize = 5;

/// Signs of a definition, which has a short form for its own document only: 经营危险废物的单位（以下简称经营单位）.
const DEFINING: [&str; 8] = ["的", "或者", "以及", "以下", "其他", "所属", "是", "建立"];

/// Words that stand before a name and are no part of it.
const BEFORE_A_NAME: [&str; 74] = [
    "申请", "涉及", "设置", "设立", "履行", "处置", "其他", "境内", "发挥", "有效", "打赢", "推进", "推动", "推广", "加快", "加强",
    "加入", "落实", "实施", "建设", "建立", "发展", "开展", "支持", "鼓励", "利用", "应用", "采用", "使用", "运用", "参与", "对接",
    "抓住", "抢抓", "签署", "签订", "深化", "完善", "健全", "优化", "提升", "提高", "扩大", "探索", "构建", "打造", "引进", "引入",
    "实现", "基于", "通过", "按照", "根据", "依据", "包括", "其中", "关于", "全面", "积极", "大力", "有序", "规范", "普及", "制定",
    "编制", "研究", "生效", "执行", "我国", "全国", "全省", "本省", "同时", "需要",
];

/// Those of them that names begin with too: 全国人民代表大会, 发展改革委员会.
const NAMES: [&str; 4] = ["全国", "发展", "建设", "研究"];

/// Words after which a name may begin; within a name they are rare.
const PARTICLES: [&str; 27] = [
    "的", "等", "在", "对", "以", "为", "按", "由", "将", "是", "了", "从", "向", "于", "用", "把", "被", "有", "并", "该", "各",
    "其", "到", "至", "也", "好", "啊",
];

/// Words that join two things, or stand within the name of one.
const JOINING: [&str; 6] = ["和", "与", "及", "或", "以及", "暨"];

/// The full form that ends where the bracket opens.
pub(super) fn of(before: &str, short: Short<'_>) -> Option<String> {
    let before = ending(before).trim_end();
    let full = match quoted(before) {
        Some(inner) => inner.to_owned(),
        None => match short.script {
            Script::Chinese => chinese(run(before), short.text)?,
            Script::Latin => latin(run(before), short.text)?,
        },
    };
    let length = full.chars().count();
    let holds = short.script == Script::Latin || abbreviates(&full, short.text);
    let is_chinese = full.chars().any(is_han);
    (holds && is_chinese && length <= LONGEST && length > short.text.chars().count().min(3)).then_some(full)
}

/// The last [`BEFORE`] characters.
fn ending(text: &str) -> &str {
    let start = text.char_indices().rev().take(BEFORE).last().map_or(0, |(start, _)| start);
    text.get(start..).unwrap_or_default()
}

/// The name in the marks that close right before the bracket.
fn quoted(before: &str) -> Option<&str> {
    let (open, inner) = [('《', '》'), ('“', '”'), ('「', '」')]
        .into_iter()
        .find_map(|(open, close)| before.strip_suffix(close).map(|inner| (open, inner)))?;
    // 《……〈……〉……》 has inner marks of another kind; where they are of the same, the beginning is not certain.
    let (_, name) = inner.rsplit_once(open)?;
    (!name.contains(['》', '”', '」'])).then_some(name)
}

/// The text after the last mark of punctuation; brackets that close within it are part of it.
fn run(before: &str) -> &str {
    let mut depth = 0usize;
    for (at, character) in before.char_indices().rev() {
        match character {
            '）' | ')' => depth += 1,
            '（' | '(' if depth > 0 => depth -= 1,
            _ if is_han(character) || character.is_ascii_alphanumeric() => {}
            '—' | '·' | '-' => {}
            _ if depth > 0 => {}
            _ => return before.get(at + character.len_utf8()..).unwrap_or_default(),
        }
    }
    if depth == 0 { before } else { "" }
}

/// The nearest beginning from which the run holds the short form.
fn chinese(run: &str, short: &str) -> Option<String> {
    let first = short.chars().next()?;
    let holds_from = |start: usize| {
        run.get(start..).is_some_and(|rest| {
            let begins = rest.starts_with(first) || before_brackets(rest).is_some_and(|inner| inner.starts_with(first));
            begins && is_balanced(rest) && abbreviates(rest, short)
        })
    };
    // Most brackets hold something else, which is told in less time than it takes to cut words.
    if !run.char_indices().any(|(start, _)| holds_from(start)) {
        return None;
    }
    let start = starts(run).into_iter().rev().find(|start| holds_from(*start));
    let full = run.get(start?..)?;
    let is_name = !DEFINING.iter().any(|sign| full.contains(sign))
        && !BEFORE_A_NAME.iter().any(|verb| full.starts_with(verb) && !NAMES.contains(verb))
        && full.chars().count() <= MOST_FOR_ONE * short.chars().count();
    is_name.then(|| full.to_owned())
}

/// 中国（湖南）自由贸易试验区 may be called by what its brackets hold.
fn before_brackets(rest: &str) -> Option<&str> {
    let (before, inner) = rest.split_once(['（', '('])?;
    (2..=3).contains(&before.chars().count()).then_some(inner)
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0i32;
    for character in text.chars() {
        match character {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Whether the characters of `short` occur in `full` in order, and not side by side as they are.
fn abbreviates(full: &str, short: &str) -> bool {
    let mut rest = full.chars();
    !full.contains(short) && short.chars().all(|wanted| rest.any(|character| character == wanted))
}

/// The last words of the run, where their number is that of a Latin short form.
fn latin(run: &str, short: &str) -> Option<String> {
    let joined = short.contains('&');
    let starts = starts(run);
    let word = |place: usize| run.get(*starts.get(place)?..starts.get(place + 1).copied().unwrap_or(run.len()));
    let is = |place: usize, list: &[&str]| word(place).is_some_and(|word| list.contains(&word));
    let mut first = (0..starts.len()).rev().find(|place| is(*place, &PARTICLES)).map_or(0, |place| place + 1);
    while is(first, &BEFORE_A_NAME) && !is(first + 1, &JOINING) {
        first += 1;
    }
    if (first..starts.len()).any(|place| is(place, &JOINING)) != joined {
        return None;
    }
    let full = run.get(*starts.get(first)?..)?;
    let letters = short.chars().filter(char::is_ascii_uppercase).count();
    // Two or three characters a letter: 国内生产总值 GDP, 区域全面经济伙伴关系协定 RCEP.
    let length = full.chars().count();
    let fits = (2 * letters - 1..=3 * letters + 1).contains(&length);
    (fits && full.chars().all(is_han)).then(|| full.to_owned())
}

/// Where the words of the run begin.
fn starts(run: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut end = 0;
    let mut words = words_of(run);
    // Shorter words within longer ones come first; only the longest count.
    words.sort_by_key(|word| (word.start, std::cmp::Reverse(word.end)));
    for word in words {
        if word.start >= end {
            end = word.end;
            starts.push(word.start);
        }
    }
    starts
}

/// Chinese characters of the common planes.
pub(super) const fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
