//! Boundaries inside a line: the places where a lost line break may have been.
//!
//! A paragraph begins after the end of a sentence, after the indent of two ideographic spaces that GB/T 9704-2012 §7.3.3 asks for,
//! or right after the title of a heading (……的精准性（一）研究……). Each place is named with what begins there; whether it is
//! kept is for `run_on` to say. Every character is looked at a bounded number of times.

use crate::text::numeral;

use super::column;
use super::edge;
use super::head;
use super::label::{self, Label};
use super::line::{beginning, is_space};
use super::ordinary;
use super::rank::Rank;
use super::table_note;

/// A label and what follows it are read within this many characters.
const WINDOW: usize = 40;
/// The title of a heading that something follows without any mark; 一、二、三产业 is none.
const SHORTEST_TITLE: usize = 2;
const LONGEST_TITLE: usize = 60;
/// A date at the end of a line has fewer bytes than this.
const LONGEST_DATE: usize = 80;
/// The shortest remark in brackets that ends a measure; （一） is none.
const SHORTEST_REMARK: usize = 5;

/// What begins at a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// A paragraph, beyond doubt.
    Paragraph,
    /// A number that heads something if it fits.
    Number,
}

/// What stands before a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// 。！？, or an indent.
    Sentence,
    /// ；：, after which items of a law stand.
    Clause,
    /// A title that no mark ends, or a remark in brackets.
    Title,
    /// The middle of a sentence.
    Words,
}

/// What is remembered while a line is read from left to right.
#[derive(Debug, Default)]
struct Reading {
    /// The last visible character, closing quotation marks and brackets left out.
    mark: Option<char>,
    /// The last character of all.
    last: Option<char>,
    /// How many ideographic spaces stand right before.
    indent: usize,
    /// The rank of the last label, and how many characters of its title have been read; none where a sentence ended.
    headed: Option<Rank>,
    titled: Option<usize>,
    /// Where the last label ends.
    label_end: usize,
    in_article: bool,
    /// How many characters have followed the last opening bracket.
    bracketed: usize,
}

/// The boundaries inside `text`, a line without the white space around it, in order.
/// `is_early` is whether the head of the document may stand in it.
pub(super) fn find(text: &str, is_early: bool) -> Vec<(usize, Begins)> {
    // 附件：1.甲 and 注：1.乙 begin lists whose other items stand on lines of their own.
    if text.starts_with('附') || text.starts_with('注') {
        return Vec::new();
    }
    let text = table_note::begin(text).and_then(|end| text.get(..end)).unwrap_or(text);
    let mut reading = Reading::default();
    let mut edges: Vec<usize> = if is_early { edge::head(text) } else { Vec::new() };
    edges.extend(edge::closing(text));
    edges.dedup();
    let mut edges = edges.into_iter().peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        // Nine of ten characters begin nothing and end nothing.
        if at > 0 && reading.indent < 2 {
            let ordinary = ordinary_until(rest, edges.peek().map_or(rest.len(), |edge| edge.saturating_sub(at)));
            reading.pass_ordinary(at, ordinary);
            at += ordinary.len();
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let begins = reading.begins(text, at, character);
        let begins = edges.next_if_eq(&at).map(|_| Begins::Paragraph).or(begins);
        found.extend(begins.filter(|_| at > 0).map(|begins| (at, begins)));
        reading.pass(at, character);
        at += character.len_utf8();
    }
    found
}

/// The ordinary characters at the beginning of a text, no more than so many bytes of it.
fn ordinary_until(text: &str, end: usize) -> &str {
    let text = text.get(..end).unwrap_or(text);
    text.find(|character| !ordinary::is_ordinary(character)).and_then(|end| text.get(..end)).unwrap_or(text)
}

impl Reading {
    /// What begins here; remembers the label, if it is one.
    fn begins(&mut self, text: &str, at: usize, character: char) -> Option<Begins> {
        let may_begin = matches!(character, '第' | '（' | '(' | '专') || numeral::begins(character);
        if is_space(character) || (at > 0 && !may_begin && self.indent < 2) {
            return None;
        }
        let before = if at == 0 { Before::Sentence } else { self.before() };
        let rest = text.get(at..)?;
        // ……安全收贮。专栏9　山水林田湖生态工程（一）……
        if (at == 0 || (character == '专' && self.before() == Before::Sentence))
            && let Some((_, len)) = column::label(rest)
        {
            (self.headed, self.titled, self.label_end) = (Some(Rank::Box), Some(0), at + len);
            return Some(Begins::Paragraph);
        }
        let paragraph = self.is_indented(text.get(..at)?, rest).then_some(Begins::Paragraph);
        let Some(label) = self.label(rest, character) else { return paragraph };
        let titled = || label.rank == Rank::Chapter && text.get(..at).is_some_and(|title| self.is_title(title));
        if !self.may_stand(&label, before) && !titled() {
            return paragraph;
        }
        self.headed = Some(label.rank);
        self.titled = Some(0);
        self.label_end = at + label.len;
        self.in_article |= label.rank == Rank::Article;
        Some(paragraph.unwrap_or(Begins::Number))
    }

    /// Whether an indent sets off what follows: after a sentence or the title of the whole, before a —— or the date at the end.
    fn is_indented(&self, before: &str, rest: &str) -> bool {
        let ended = || matches!(self.mark, Some('。' | '：' | '；' | '！' | '？'));
        let is_date = || rest.len() < LONGEST_DATE && head::date_line(rest).is_some();
        self.indent >= 2 && (ended() || rest.starts_with("——") || is_date() || self.is_title(before))
    }

    fn before(&self) -> Before {
        match self.mark {
            _ if self.indent >= 2 => Before::Sentence,
            Some('。' | '！' | '？') => Before::Sentence,
            Some('；' | '：' | ';' | ':') => Before::Clause,
            Some(_) | None if self.is_under_title() || self.ends_remark() => Before::Title,
            Some(_) | None => Before::Words,
        }
    }

    /// Whether all since the last heading can be its title; articles and items have none.
    fn is_under_title(&self) -> bool {
        let heads = self.headed.is_some_and(|rank| match rank {
            Rank::Part
            | Rank::SubPart
            | Rank::Chapter
            | Rank::Section
            | Rank::HanOverChapters
            | Rank::HanOverArticles
            | Rank::Han
            | Rank::Box => true,
            Rank::Annex
            | Rank::Article
            | Rank::Clause
            | Rank::Decimal(_)
            | Rank::BracketedHan
            | Rank::Arabic
            | Rank::BracketedArabic
            | Rank::Circled => false,
        });
        heads && self.titled.is_some_and(|count| (SHORTEST_TITLE..=LONGEST_TITLE).contains(&count))
    }

    /// ……（发展改革委牵头，各有关部门按职责分工负责）二、: measures end with those who answer for them.
    fn ends_remark(&self) -> bool {
        matches!(self.last, Some('）' | ')')) && self.bracketed >= SHORTEST_REMARK
    }

    /// 规划环境影响评价条例第一章: the title of the whole runs into its first chapter.
    fn is_title(&self, before: &str) -> bool {
        self.headed.is_none() && before.len() <= LONGEST_TITLE * 3 && head::title_like(before) && head::ends_title(before)
    }

    /// The label that begins here, unless it begins in the middle of a number.
    fn label(&self, rest: &str, character: char) -> Option<Label> {
        let digit = |character: char| numeral::han_digit(character).or_else(|| numeral::arabic_digit(character)).is_some();
        let begins = matches!(character, '第' | '（' | '(') || numeral::leading(rest).is_some();
        if !begins || (self.last.is_some_and(|last| digit(last) || matches!(last, '十' | '第')) && character != '第') {
            return None;
        }
        label::read(beginning(rest, WINDOW))
    }

    /// Whether a number of this rank may head something after what stands before it.
    fn may_stand(&self, label: &Label, before: Before) -> bool {
        match label.rank {
            Rank::Part
            | Rank::SubPart
            | Rank::Chapter
            | Rank::Section
            | Rank::Article
            | Rank::HanOverChapters
            | Rank::HanOverArticles
            | Rank::Han => before == Before::Sentence || before == Before::Title,
            // Items of an article are parts of one sentence: 有下列情形之一的：（一）……；（二）……。
            Rank::BracketedHan => match before {
                Before::Sentence | Before::Title => true,
                Before::Clause => self.in_article || (label.value == 1 && self.mark == Some('：')),
                Before::Words => false,
            },
            // 包括：1.甲；2.乙 is a list within a sentence.
            Rank::Arabic | Rank::BracketedArabic => match before {
                Before::Sentence => true,
                Before::Clause => label.value == 1 && self.mark == Some('：'),
                Before::Title => self.ends_remark(),
                Before::Words => false,
            },
            Rank::Annex | Rank::Clause | Rank::Box | Rank::Decimal(_) | Rank::Circled => false,
        }
    }

    /// [`Self::pass`] for characters none of which is a mark, a bracket, white space or a numeral.
    fn pass_ordinary(&mut self, at: usize, ordinary: &str) {
        let Some(last) = ordinary.chars().next_back() else { return };
        self.indent = 0;
        (self.mark, self.last) = (Some(last), Some(last));
        self.bracketed += ordinary.chars().count();
        let after_label = || ordinary.get(self.label_end.saturating_sub(at)..).map_or(0, |title| title.chars().count());
        self.titled = self.titled.map(|count| count + after_label());
    }

    fn pass(&mut self, at: usize, character: char) {
        self.indent = if character == '\u{3000}' { self.indent + 1 } else { 0 };
        if is_space(character) {
            return;
        }
        if !matches!(character, '”' | '’' | '）' | ')' | '》') {
            self.mark = Some(character);
        }
        self.last = Some(character);
        self.bracketed = if matches!(character, '（' | '(') { 0 } else { self.bracketed + 1 };
        self.titled = match character {
            '。' | '；' | '：' | '！' | '？' => None,
            _ => self.titled.map(|count| count + usize::from(at >= self.label_end)),
        };
    }
}
