//! What an answer says of itself, in words that both faces use: that there is nothing, and how what was typed was read instead.

use super::{Answer, Instead, Meant};
use crate::diagnostic::Language;
use crate::query::{Clause, Term};
use crate::search::Response;

/// Where was looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// In the whole library.
    Library,
    /// In a part of it that was named beside the query.
    Part,
}

impl Answer {
    /// Whether the library holds what was typed, or a synonym of it, or has the place that it names. What is found by another reading
    /// does not count.
    #[must_use]
    pub const fn is_found(&self) -> bool {
        is_in(&self.response) || self.place.is_some()
    }

    /// Whether units are to be offered that hold only some of the words: not where there is something better.
    #[must_use]
    pub fn offers_related(&self) -> bool {
        let nothing_instead = |instead: &Instead| !is_in(&instead.response) && instead.response.related.is_empty();
        !self.is_found() && self.instead.as_ref().is_none_or(nothing_instead)
    }

    /// That nothing is what was typed, and how much is certain about it: which terms the library does not hold at all.
    #[must_use]
    pub fn nothing(&self, extent: Extent, language: Language) -> String {
        let terms = self.query.terms();
        let (chinese, english) = if self.query.clause.is_none() {
            ("没有可检索的文字".to_owned(), "there is nothing to search for".to_owned())
        } else if self.place.is_some() {
            let typed = self.query.typed.trim();
            (
                format!("按位置理解；文中没有“{typed}”这串文字"),
                format!("read as the address of a place; no text contains `{typed}`"),
            )
        } else if extent == Extent::Part {
            self.not_here(&terms)
        } else if self.absent.is_empty() {
            not_together(&terms, self.query.clause.as_ref())
        } else {
            self.not_at_all(&terms)
        };
        language.pick(chinese.as_str(), english.as_str()).to_owned()
    }

    /// Nothing in the part that was looked in.
    fn not_here(&self, terms: &[&Term]) -> (String, String) {
        let [only] = terms else {
            let (chinese, english) = listed(terms.iter().map(|term| term.text.as_str()));
            return match terms {
                [] => ("这个范围里没有符合检索式的单元".to_owned(), "no unit of this part fits the query".to_owned()),
                _ => {
                    (format!("这个范围里没有一个单元同时含有{chinese}"), format!("no unit of this part contains all of {english}"))
                }
            };
        };
        let typed = &only.text;
        let (chinese, english) = if self.absent.contains(typed) {
            ("，整个文库也没有（已通读全文核对）", ", nor does the library (checked by reading all texts)")
        } else {
            ("，文库别处有", ", though the library does")
        };
        (format!("这个范围里没有“{typed}”{chinese}"), format!("this part does not contain `{typed}`{english}"))
    }

    /// Terms that no text holds; the others, where there are any, are named too.
    fn not_at_all(&self, terms: &[&Term]) -> (String, String) {
        let (chinese, english) = listed(self.absent.iter().map(String::as_str));
        let present: Vec<&Term> = terms.iter().filter(|term| !self.absent.contains(&term.text)).copied().collect();
        let (has_chinese, has_english) = match present.as_slice() {
            [] => (String::new(), String::new()),
            present => {
                let (chinese, english) = listed(present.iter().map(|term| term.text.as_str()));
                let other_forms = present.iter().any(|term| term.synonyms().next().is_some());
                let (or_chinese, or_english) = if other_forms { ("或其同义写法", " or a synonym") } else { ("", "") };
                (format!("；有{chinese}{or_chinese}"), format!("; it does contain {english}{or_english}"))
            }
        };
        (
            format!("文库中没有{chinese}（已通读全文核对）{has_chinese}"),
            format!("the library does not contain {english} (checked by reading all texts){has_english}"),
        )
    }
}

/// All terms occur, but not as the query wants them.
fn not_together(terms: &[&Term], clause: Option<&Clause>) -> (String, String) {
    let is_term = |clause: &Clause| matches!(clause, Clause::Term(_));
    let only_terms = matches!(clause, Some(Clause::All(clauses)) if clauses.iter().all(is_term));
    if !only_terms {
        return ("文库中没有符合检索式的单元".to_owned(), "no unit of the library fits the query".to_owned());
    }
    let (chinese, english) = listed(terms.iter().map(|term| term.text.as_str()));
    (
        format!("文库中没有一个单元同时含有{chinese}（各自都有）"),
        format!("no unit of the library contains all of {english} (each occurs by itself)"),
    )
}

/// Terms in quotation marks, one after the other.
fn listed<'text>(texts: impl Iterator<Item = &'text str> + Clone) -> (String, String) {
    let chinese: Vec<String> = texts.clone().map(|text| format!("“{text}”")).collect();
    let english: Vec<String> = texts.map(|text| format!("`{text}`")).collect();
    (chinese.concat(), english.join(", "))
}

const fn is_in(response: &Response) -> bool {
    response.total > 0 || response.synonyms.total > 0
}

impl Instead {
    /// How what was typed was read, and what was searched for.
    #[must_use]
    pub fn reading(&self, language: Language) -> String {
        let typed = &self.query.typed;
        let (chinese, english) = match &self.meant {
            Meant::Question(question) => {
                let (dropped, without) = listed(question.dropped.iter().map(String::as_str));
                let (kept, sought) = listed(question.kept.iter().map(String::as_str));
                if question.dropped.is_empty() {
                    (format!("按问句理解：检索{kept}"), format!("read as a question about {sought}"))
                } else {
                    (
                        format!("按问句理解：去掉{dropped}，检索{kept}"),
                        format!("read as a question about {sought}, without {without}"),
                    )
                }
            }
            Meant::Pinyin => (format!("按拼音读作“{typed}”"), format!("read as pinyin for `{typed}`")),
            Meant::Slip => (format!("是不是要找“{typed}”"), format!("did you mean `{typed}`")),
        };
        language.pick(chinese.as_str(), english.as_str()).to_owned()
    }
}

impl Meant {
    /// Its name in data.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Question(_) => "question",
            Self::Pinyin => "pinyin",
            Self::Slip => "slip",
        }
    }

    /// What was left out of a question; empty for other readings.
    #[must_use]
    pub fn dropped(&self) -> &[String] {
        match self {
            Self::Question(question) => &question.dropped,
            Self::Pinyin | Self::Slip => &[],
        }
    }
}
