//! Questions as people type them → what to look for: 哪一章讲农村电商 is about 农村电商, and a chapter is wanted.
//!
//! [`understand`] takes what was typed where the literal string is found nowhere. The table `question.tsv` names the question words,
//! requests and particles, and what may be dropped between them; nothing is dropped from what is no question by that table. Words
//! that are dropped must be words of their own as segmentation sees them: 有 of 有机农业 and 对 of 对外贸易 stay. A title in 《》 or a
//! string in quotation marks is one piece whatever is in it. Which pieces are words of the library is left to the engine.

use std::ops::Range;

use super::operators::{QUOTES, closing};
use crate::text::numeral;
use crate::text::segment::words_of;

static TABLE: &str = include_str!("question.tsv");

/// What is longer, in characters, is no question but a passage.
const LONGEST: usize = 120;

/// A question as understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The pieces of its content, in the order typed; never empty.
    pub kept: Vec<String>,
    /// What was left out, in the order typed; single characters last.
    pub dropped: Vec<String>,
    /// What would answer it, where the question says.
    pub wants: Option<Want>,
}

/// What would answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// 哪一章: a chapter or section.
    Chapter,
    /// 多少: a number, an indicator.
    Figure,
    /// 哪里, 哪一条: the unit itself.
    Place,
    /// 什么是: a definition.
    Definition,
    /// 怎么, 如何: measures.
    Means,
    /// 谁, 哪个部门: who does it.
    Actor,
    /// 什么时候: a date or a term.
    Time,
    /// 为什么: a reason.
    Reason,
}

/// What a row of the table says about its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ask,
    Open,
    Close,
    Frame,
    Fill,
    Cut,
    Vague,
    Verb,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
struct Row {
    kind: Kind,
    phrase: &'static str,
    want: Option<Want>,
}

/// A phrase of the table in the text.
#[derive(Debug, Clone)]
struct Mark {
    span: Range<usize>,
    row: Row,
}

/// A stretch of the text that is kept or dropped.
enum Stretch {
    Kept(Range<usize>),
    Dropped(Range<usize>),
}

/// Reads a question or a wordy request; none where what was typed is neither.
#[must_use]
pub fn understand(typed: &str) -> Option<Question> {
    let text = typed.trim().trim_end_matches(is_final).trim_end();
    let asked = typed.trim_end().ends_with(['？', '?']);
    if text.chars().take(LONGEST + 1).count() > LONGEST || text.contains(['。', '；', '\n']) || is_title(text) {
        return None;
    }
    let rows = rows();
    let frame = rows.iter().find_map(|row| framed(text, row));
    let subject = frame.as_ref().map_or(0..text.len(), |(subject, _)| subject.clone());
    let reader = Reader::new(text, subject);
    let marks = reader.marks(&rows);
    let evidence = |mark: &&Mark| matches!(mark.row.kind, Kind::Ask | Kind::Open | Kind::Close);
    if !asked && frame.is_none() && marks.iter().find(evidence).is_none() {
        return None;
    }
    let of_marks = || marks.iter().filter(|mark| mark.row.kind == Kind::Ask).find_map(|mark| mark.row.want);
    let wants = of_marks().or(frame.and_then(|(_, want)| want));
    let mut stretches = reader.stretches(&marks, wants, Vague::Dropped);
    if !stretches.iter().any(|stretch| matches!(stretch, Stretch::Kept(_))) {
        stretches = reader.stretches(&marks, wants, Vague::Kept);
    }
    reader.question(&stretches, wants)
}

/// Whether nouns that only repeat what is wanted are dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vague {
    Dropped,
    Kept,
}

/// The part of a text that a question is about, and where its words begin and end.
struct Reader<'text> {
    text: &'text str,
    subject: Range<usize>,
    bounds: Vec<usize>,
}

impl<'text> Reader<'text> {
    fn new(text: &'text str, subject: Range<usize>) -> Self {
        let mut bounds = vec![0];
        bounds.extend(words_of(text).into_iter().map(|word| word.end));
        Self { text, subject, bounds }
    }

    fn is_bound(&self, at: usize) -> bool {
        at == self.subject.start || at == self.subject.end || self.bounds.binary_search(&at).is_ok()
    }

    /// The phrases of the table, the longest at each place, from left to right.
    fn marks(&self, rows: &[Row]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut at = self.subject.start;
        while let Some(next) = self.text.get(at..self.subject.end).and_then(|rest| rest.chars().next()) {
            if let Some(end) = self.protected(at) {
                at = end;
                continue;
            }
            match self.mark(at, rows, self.begins(at, &marks)) {
                Some(mark) => {
                    at = mark.span.end;
                    marks.push(mark);
                }
                None => at += next.len_utf8(),
            }
        }
        marks
    }

    /// Whether nothing but marks that are dropped, punctuation and white space stand before this place.
    fn begins(&self, at: usize, marks: &[Mark]) -> bool {
        let mut reached = self.subject.start;
        let nothing = |span: Range<usize>| self.text.get(span).is_some_and(|text| !text.contains(char::is_alphanumeric));
        let dropped = marks.iter().all(|mark| {
            let follows = nothing(reached..mark.span.start) && mark.row.kind != Kind::Verb;
            reached = mark.span.end;
            follows
        });
        dropped && nothing(reached..at)
    }

    fn mark(&self, at: usize, rows: &[Row], begins: bool) -> Option<Mark> {
        let rest = self.text.get(at..self.subject.end)?;
        let fits = |row: &&Row| {
            let end = at + row.phrase.len();
            let place = match row.kind {
                Kind::Open => begins,
                Kind::Close => end == self.subject.end,
                Kind::Frame => false,
                Kind::Ask | Kind::Fill | Kind::Cut | Kind::Vague | Kind::Verb => true,
            };
            // 多少 and 哪一章 are question words however they are segmented; a single character must be a word.
            let certain = row.kind == Kind::Ask && !row.phrase.is_ascii() && row.phrase.chars().nth(1).is_some();
            place && starts(rest, row.phrase) && (certain || self.is_whole(at..end, row.phrase))
        };
        let longest = rows.iter().filter(fits).max_by_key(|row| (row.phrase.len(), row.kind == Kind::Ask))?;
        Some(Mark { span: at..at + longest.phrase.len(), row: *longest })
    }

    fn is_whole(&self, span: Range<usize>, phrase: &str) -> bool {
        if phrase.is_ascii() {
            let before = self.text.get(..span.start).and_then(|text| text.chars().next_back());
            let after = self.text.get(span.end..).and_then(|text| text.chars().next());
            let joins = |character: char| character.is_ascii_alphanumeric() || character == '-';
            return !before.is_some_and(joins) && !after.is_some_and(joins);
        }
        self.is_bound(span.start) && self.is_bound(span.end)
    }

    /// The end of a title or quotation that begins here.
    fn protected(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..self.subject.end)?;
        let open = rest.chars().next()?;
        let close = if open == '《' { '》' } else { closing(&QUOTES, open)? };
        let len = rest.get(open.len_utf8()..)?.find(close)?;
        Some(at + open.len_utf8() + len + close.len_utf8())
    }

    /// The whole text as stretches: what the table drops, and what lies between.
    fn stretches(&self, marks: &[Mark], wants: Option<Want>, vague: Vague) -> Vec<Stretch> {
        let mut stretches = vec![Stretch::Dropped(0..self.subject.start)];
        let mut reached = self.subject.start;
        for mark in marks {
            let (drops, ends) = match mark.row.kind {
                Kind::Ask | Kind::Open | Kind::Close | Kind::Fill | Kind::Cut | Kind::Frame => (true, true),
                Kind::Vague => {
                    let repeats = mark.row.want.is_none() || mark.row.want == wants;
                    let drops = vague == Vague::Dropped && repeats;
                    (drops, drops)
                }
                // A verb stands apart where a piece begins with it.
                Kind::Verb => (false, mark.span.start == reached),
            };
            if !ends {
                continue;
            }
            self.keep(reached..mark.span.start, &mut stretches);
            stretches.push(if drops { Stretch::Dropped(mark.span.clone()) } else { Stretch::Kept(mark.span.clone()) });
            reached = mark.span.end;
        }
        self.keep(reached..self.subject.end, &mut stretches);
        stretches.push(Stretch::Dropped(self.subject.end..self.text.len()));
        stretches
    }

    /// A stretch to keep, cut at punctuation, around titles and quotations, and after a year.
    fn keep(&self, span: Range<usize>, stretches: &mut Vec<Stretch>) {
        let (mut from, mut at) = (span.start, span.start);
        while let Some(next) = self.text.get(at..span.end).and_then(|rest| rest.chars().next()) {
            let end = at + next.len_utf8();
            if let Some(close) = self.protected(at).filter(|close| *close <= span.end) {
                self.keep_piece(from..at, stretches);
                let last = self.text.get(..close).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
                stretches.push(Stretch::Kept(end..close - last));
                (from, at) = (close, close);
            } else if is_cut(next) {
                self.keep_piece(from..at, stretches);
                (from, at) = (end, end);
            } else {
                at = end;
            }
        }
        self.keep_piece(from..span.end, stretches);
    }

    fn keep_piece(&self, span: Range<usize>, stretches: &mut Vec<Stretch>) {
        let Some(piece) = self.text.get(span.clone()) else { return };
        let start = span.start + (piece.len() - piece.trim_start().len());
        let end = start + piece.trim().len();
        if start >= end {
            return;
        }
        let Some(year) = self.year(start..end) else {
            stretches.push(Stretch::Kept(start..end));
            return;
        };
        self.keep_piece(start..year.start, stretches);
        stretches.push(Stretch::Kept(year.clone()));
        let rest = self.text.get(year.end..end).unwrap_or_default();
        let after = year.end + rest.chars().next().filter(|first| "底末初前后".contains(*first)).map_or(0, char::len_utf8);
        stretches.push(Stretch::Dropped(year.end..after));
        self.keep_piece(after..end, stretches);
    }

    /// The first year in a piece that has more in it: 2025年.
    fn year(&self, piece: Range<usize>) -> Option<Range<usize>> {
        let text = self.text.get(piece.clone())?;
        let year = text.match_indices('年').find_map(|(at, sign)| {
            let digits = text.get(..at)?.chars().rev().take_while(|digit| numeral::arabic_digit(*digit).is_some());
            let len: usize = digits.map(char::len_utf8).sum();
            let start = at - len;
            (text.get(start..at)?.chars().count() == 4).then_some(start..at + sign.len())
        })?;
        (year != (0..text.len())).then_some(piece.start + year.start..piece.start + year.end)
    }

    fn question(&self, stretches: &[Stretch], wants: Option<Want>) -> Option<Question> {
        let mut question = Question { wants, ..Question::default() };
        for stretch in stretches {
            let (span, list) = match stretch {
                Stretch::Kept(span) => (span, &mut question.kept),
                Stretch::Dropped(span) => (span, &mut question.dropped),
            };
            let piece = self.text.get(span.clone()).unwrap_or_default().trim();
            if !piece.is_empty() && !list.iter().any(|known| known == piece) {
                list.push(piece.to_owned());
            }
        }
        // 开 of 要开多少列 says little where there is more to look for.
        let says_much = |piece: &String| piece.chars().nth(1).is_some();
        if question.kept.iter().any(says_much) {
            let (kept, dropped): (Vec<_>, Vec<_>) = question.kept.into_iter().partition(says_much);
            question.kept = kept;
            question.dropped.extend(dropped);
        }
        (!question.kept.is_empty()).then_some(question)
    }
}

fn starts(rest: &str, phrase: &str) -> bool {
    rest.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase))
}

/// The subject of a request that is written around it: 关于…的措施.
fn framed(text: &str, row: &Row) -> Option<(Range<usize>, Option<Want>)> {
    let (head, tail) = row.phrase.split_once('…').filter(|_| row.kind == Kind::Frame)?;
    let subject = text.strip_prefix(head)?.strip_suffix(tail)?;
    let long_enough = subject.trim().chars().nth(1).is_some();
    long_enough.then(|| (head.len()..head.len() + subject.len(), row.want))
}

/// 关于如何……的通知 is the title of a document.
fn is_title(text: &str) -> bool {
    const GENRES: [&str; 12] = ["通知", "意见", "办法", "规定", "方案", "规划", "条例", "决定", "公告", "批复", "函", "通告"];
    let asks_for = ["办法", "规定"].iter().any(|genre| text.ends_with(&format!("的{genre}")));
    text.starts_with("关于") && !asks_for && GENRES.iter().any(|genre| text.ends_with(genre))
}

const fn is_final(character: char) -> bool {
    matches!(character, '？' | '?' | '。' | '！' | '!' | '~' | '～' | '…')
}

/// Punctuation that ends a piece; what belongs to names and numbers does not.
fn is_cut(character: char) -> bool {
    let joins = matches!(
        character,
        '(' | ')' | '（' | '）' | '〔' | '〕' | '[' | ']' | '-' | '—' | '－' | '·' | '.' | '%' | '％' | '+' | '&' | '/' | ' ' | '_'
    );
    !character.is_alphanumeric() && !joins
}

fn rows() -> Vec<Row> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let (kind, phrase, want) = (columns.next()?, columns.next()?, columns.next()?);
    let kind = match kind {
        "ask" => Kind::Ask,
        "open" => Kind::Open,
        "close" => Kind::Close,
        "frame" => Kind::Frame,
        "fill" => Kind::Fill,
        "cut" => Kind::Cut,
        "vague" => Kind::Vague,
        "verb" => Kind::Verb,
        _ => return None,
    };
    let want = match want {
        "-" => None,
        "chapter" => Some(Want::Chapter),
        "figure" => Some(Want::Figure),
        "place" => Some(Want::Place),
        "definition" => Some(Want::Definition),
        "means" => Some(Want::Means),
        "actor" => Some(Want::Actor),
        "time" => Some(Want::Time),
        "reason" => Some(Want::Reason),
        _ => return None,
    };
    (!phrase.is_empty()).then_some(Row { kind, phrase, want })
}

#[cfg(test)]
mod tests;
