//! Addresses in words: 《标题》（文号）第四章 三、（四）.
//!
//! Reads from left to right what stands next; all of it must be understood.

use crate::document::locator::StepKind;
use crate::document::numbering::Form;
use crate::text::book_mark;
use crate::text::fold;
use crate::text::numeral::{self, Script};

use super::{DocumentHint, Pattern, PatternStep};

/// Reads an address in words.
pub(super) fn read(typed: &str) -> Option<Pattern> {
    let (document, mut rest) = document(typed);
    let mut pattern = Pattern { document, ..Pattern::default() };
    rest = rest.trim_start();
    while !rest.is_empty() {
        let after_word = matches!(pattern.steps.last(), Some(PatternStep::Written { .. }));
        if let Some((sentence, after)) = ordinal(rest, &["句"]) {
            pattern.sentence = Some(sentence).filter(|_| after.is_empty() && !pattern.steps.is_empty());
            pattern.sentence?;
            return Some(pattern);
        }
        let (step, after) = step(rest, after_word)?;
        pattern.steps.push(step);
        rest = after.trim_start();
    }
    (pattern.document.is_some() || !pattern.steps.is_empty()).then_some(pattern)
}

/// The document at the beginning: its title, its number, or both (then the number, which is unique).
fn document(typed: &str) -> (Option<DocumentHint>, &str) {
    let (title, rest) = match typed.strip_prefix('《').and_then(book_mark::closed) {
        Some((title, rest)) => (Some(DocumentHint::Title(fold::folded(title))), rest.trim_start()),
        None => (None, typed),
    };
    let bracketed = rest.strip_prefix(['（', '(']).and_then(|inner| {
        let (number, after) = inner.split_at_checked(inner.find('号')? + '号'.len_utf8())?;
        Some((number_hint(number)?, after.strip_prefix(['）', ')'])?))
    });
    let plain = || {
        let (number, after) = rest.split_at_checked(rest.find('号')? + '号'.len_utf8())?;
        Some((number_hint(number)?, after))
    };
    match bracketed.or_else(plain) {
        Some((number, after)) => (Some(number), after),
        None => (title, rest),
    }
}

/// 57号, 湘政办发〔2021〕57号, 国令第707号.
fn number_hint(number: &str) -> Option<DocumentHint> {
    let folded = fold::folded(number);
    let body = folded.strip_suffix('号')?;
    let digits = body.chars().rev().take_while(char::is_ascii_digit).count();
    let before = body.get(..body.len() - digits)?;
    let agency = before.is_empty() || before.ends_with([')', '第']);
    let plain = !before.contains(['《', '》', '。', '，', ',', ' ', '章', '条']) && before.chars().count() <= 30;
    (digits > 0 && agency && plain).then_some(DocumentHint::Number(folded))
}

/// One step, and what comes after it.
fn step(rest: &str, after_word: bool) -> Option<(PatternStep, &str)> {
    division(rest).or_else(|| counted(rest)).or_else(|| bullet(rest)).or_else(|| marked(rest, after_word))
}

/// 第四章, 第十七条, 第二款, 第3段.
fn division(rest: &str) -> Option<(PatternStep, &str)> {
    type Make = fn(u32, u32) -> PatternStep;
    const WORDS: [(&str, Make); 14] = [
        ("部分", |value, insertion| PatternStep::Written { form: Form::Part, value, insertion }),
        ("分编", |value, insertion| PatternStep::Written { form: Form::Part, value, insertion }),
        ("编", |value, insertion| PatternStep::Written { form: Form::Part, value, insertion }),
        ("篇", |value, insertion| PatternStep::Written { form: Form::Part, value, insertion }),
        ("章", |value, insertion| PatternStep::Written { form: Form::Chapter, value, insertion }),
        ("节", |value, insertion| PatternStep::Written { form: Form::Section, value, insertion }),
        ("条", |value, insertion| PatternStep::Written { form: Form::Article, value, insertion }),
        ("款", |value, _| PatternStep::Clause(value)),
        ("项", |value, _| PatternStep::Item(value)),
        ("目", |value, _| PatternStep::Subitem(value)),
        ("段", |value, _| PatternStep::Counted(StepKind::Paragraph, value)),
        ("点", |value, _| PatternStep::Counted(StepKind::Bullet, value)),
        ("行", |value, _| PatternStep::Counted(StepKind::Row, value)),
        ("表", |value, _| PatternStep::Counted(StepKind::Table, value)),
    ];
    WORDS.iter().find_map(|(word, make)| {
        let (value, after) = ordinal(rest, &[word])?;
        let inserted = after.strip_prefix('之').and_then(number);
        let (insertion, after) = inserted.map_or((0, after), |(insertion, _, after)| (insertion, after));
        Some((make(value, insertion), after))
    })
}

/// 第 N 章 and the like.
fn ordinal<'text>(rest: &'text str, words: &[&str]) -> Option<(u32, &'text str)> {
    let (value, _, after) = number(rest.strip_prefix('第')?.trim_start())?;
    let after = after.trim_start();
    words.iter().find_map(|word| after.strip_prefix(word)).map(|after| (value, after))
}

/// 表1, 附件2, 专栏3, 正文前.
fn counted(rest: &str) -> Option<(PatternStep, &str)> {
    if let Some(after) = rest.strip_prefix("正文前") {
        return Some((PatternStep::Counted(StepKind::Front, 1), after));
    }
    let named = [("附件", StepKind::Annex), ("专栏", StepKind::Box), ("表", StepKind::Table)];
    named.into_iter().find_map(|(word, kind)| {
        let after = rest.strip_prefix(word)?.trim_start();
        let (value, after) = number(after).map_or((1, after), |(value, _, after)| (value, after));
        let known = after.is_empty()
            || after.starts_with(|next: char| next.is_whitespace() || "第一二三四五六七八九十（(“：:、".contains(next));
        known.then(|| (PatternStep::Counted(kind, value), after.trim_start_matches(['：', ':'])))
    })
}

/// “——坚持守正创新”
fn bullet(rest: &str) -> Option<(PatternStep, &str)> {
    let (inner, after) = rest.strip_prefix(['“', '"'])?.split_once(['”', '"'])?;
    let marked = inner.starts_with(|sign: char| !sign.is_alphanumeric());
    marked.then(|| (PatternStep::Bullet(fold::folded(inner)), after))
}

/// 三、 （四） 1. （1） ①, and 三 alone after a word (第四章三).
fn marked(rest: &str, after_word: bool) -> Option<(PatternStep, &str)> {
    let written = |form, value| PatternStep::Written { form, value, insertion: 0 };
    if let Some(inner) = rest.strip_prefix(['（', '(']) {
        let (value, script, after) = number(inner.trim_start())?;
        let after = after.trim_start().strip_prefix(['）', ')'])?;
        let form = if script == Script::Han { Form::BracketedHan } else { Form::BracketedArabic };
        return Some((written(form, value), after));
    }
    let (value, script, after) = number(rest)?;
    let mark = after.strip_prefix(['、', '.', '．']);
    match script {
        Script::Circled => Some((written(Form::Circled, value), after)),
        Script::Han => {
            let open = after.is_empty() || after.starts_with(['（', '(', ' ', '\u{3000}', '第']);
            mark.or(Some(after).filter(|_| after_word && open)).map(|after| (written(Form::Han, value), after))
        }
        // 1.2 after a place is a decimal number: its steps are looked up one below the other.
        Script::Arabic => {
            mark.or(Some(after).filter(|after| after_word && after.is_empty())).map(|after| (written(Form::Arabic, value), after))
        }
    }
}

fn number(rest: &str) -> Option<(u32, Script, &str)> {
    let numeral = numeral::leading(rest)?;
    (numeral.value > 0).then_some((numeral.value, numeral.script, rest.get(numeral.len..)?))
}
