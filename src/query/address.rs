//! Addresses as people speak and type them → an address to look up.
//!
//! [`parse`] takes what was typed and tells whether it is an address at all; [`resolve`] finds the place in a document. Both are
//! pure. What is no address is searched for instead, so [`parse`] is strict: all of the text must be understood.
//!
//! | typed | means |
//! |---|---|
//! | `4.3.4`, `四三四`, `湘政办发-2021-57/4.3.4` | the stable address, its numbers in Chinese, with the document |
//! | `第四章三（四）`, `第4章 三 (四)`, `第四章 三、（四）` | numbers as documents write them |
//! | `第十七条第二款第三项`, `a17.2.3`, `a17.1` | places in a law; the first 款 is the article itself |
//! | `4.3.4.s2`, `第四章 三、（四）第2句` | a sentence of a unit |
//! | `第一章 二、第3段`, `表1第5行`, `附件2` | what is counted |
//! | `57号`, `湘政办发〔2021〕57号`, 《标题》（文号）第四章 | a document by its number or title, with or without a place in it |

mod place;
mod words;

use std::ops::Range;

use crate::document::Document;
use crate::document::locator::{Address, DocumentId, Step, StepKind};
use crate::document::metadata::Metadata;
use crate::document::node::NodeIndex;
use crate::document::numbering::Form;
use crate::text::fold;
use crate::text::numeral;

/// An address as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    /// The document it names; none where any document may be meant.
    pub document: Option<DocumentHint>,
    /// The way down to the place; empty for the document as a whole.
    pub steps: Vec<PatternStep>,
    /// The sentence within the unit, from 1.
    pub sentence: Option<u32>,
}

/// How a document is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentHint {
    /// By its stable name, `湘政办发-2021-57`.
    Id(DocumentId),
    /// By its 文号 or the end of it, folded: `湘政办发(2021)57号`, `57号`.
    Number(String),
    /// By its title, folded.
    Title(String),
}

/// One step of the way down to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternStep {
    /// A step of a stable address.
    Exact(Step),
    /// A number in the form that documents write: 第四章, 三、, （四）, 附件2.
    Written {
        /// The form.
        form: Form,
        /// The number.
        value: u32,
        /// The number after 之, 0 where there is none.
        insertion: u32,
    },
    /// 第二款; the first is the article itself.
    Clause(u32),
    /// 第三项 of a law, written （三） in it.
    Item(u32),
    /// 第一目 of a law, written 1. in it.
    Subitem(u32),
    /// What is counted under the step before: 第3段, 第2点, 表1, 第5行.
    Counted(StepKind, u32),
    /// A bullet by its title: “——坚持守正创新”, folded.
    Bullet(String),
}

/// What an address points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The document as a whole.
    Document,
    /// A unit of it.
    Node(NodeIndex),
    /// A sentence of a unit.
    Sentence {
        /// The unit.
        node: NodeIndex,
        /// Bytes of the document's text.
        span: Range<usize>,
    },
}

/// Reads an address; none where what was typed is not one, and should be searched for.
#[must_use]
pub fn parse(typed: &str) -> Option<Pattern> {
    let typed = typed.trim();
    if typed.chars().take(MOST + 1).count() > MOST {
        return None;
    }
    locator(typed).or_else(|| dotted(typed)).or_else(|| digits_in_words(typed)).or_else(|| words::read(typed))
}

/// No address is longer than a full citation with a long title.
const MOST: usize = 300;

/// A single number where an address is certain to be meant: `4` is the fourth chapter, or whatever is numbered 4 at the top.
#[must_use]
pub fn number(typed: &str) -> Option<Pattern> {
    let value = typed.trim().parse().ok()?;
    Some(Pattern { steps: vec![PatternStep::Exact(Step::new(StepKind::Number, value))], ..Pattern::default() })
}

/// Finds the place in a document; none where the document is another one or has no such place.
#[must_use]
pub fn resolve(document: &Document, pattern: &Pattern) -> Option<Target> {
    if pattern.document.as_ref().is_some_and(|hint| !hint.names(&document.id, &document.metadata)) {
        return None;
    }
    if pattern.steps.is_empty() {
        return pattern.document.as_ref().map(|_| Target::Document);
    }
    let node = place::find(document, &pattern.steps)?;
    match pattern.sentence {
        Some(sentence) => place::sentence(document, node, sentence).map(|span| Target::Sentence { node, span }),
        None => Some(Target::Node(node)),
    }
}

impl DocumentHint {
    /// Whether this is (or may be) the document's name.
    #[must_use]
    pub fn names(&self, document: &DocumentId, metadata: &Metadata) -> bool {
        match self {
            Self::Id(id) => document == id,
            Self::Number(number) => {
                let known = metadata.document_number.as_deref().map(fold::folded).unwrap_or_default();
                // 57号 must not name 157号.
                known.strip_suffix(number.as_str()).is_some_and(|before| {
                    let digit = |character: char| numeral::arabic_digit(character).is_some();
                    !(before.ends_with(digit) && number.starts_with(digit))
                })
            }
            Self::Title(title) => fold::folded(&metadata.title) == *title,
        }
    }
}

/// `湘政办发-2021-57/4.3.4`
fn locator(typed: &str) -> Option<Pattern> {
    let (document, address) = typed.split_once('/')?;
    let named = !document.is_empty() && !document.contains(char::is_whitespace);
    let mut pattern = if address.is_empty() { Pattern::default() } else { steps(address)? };
    pattern.document = Some(DocumentHint::Id(DocumentId::new(document)));
    (named && (address.is_empty() || !address.contains('/'))).then_some(pattern)
}

/// `4.3.4`, `a17.2.3`, `1.2.p3`; a single bare number is searched for.
fn dotted(typed: &str) -> Option<Pattern> {
    let pattern = steps(typed)?;
    let lone = pattern.steps.len() == 1 && pattern.sentence.is_none() && typed.chars().all(|character| character.is_ascii_digit());
    (!lone).then_some(pattern)
}

fn steps(address: &str) -> Option<Pattern> {
    let address: Address = fold::folded(address).parse().ok()?;
    let (sentences, steps): (Vec<Step>, Vec<Step>) = address.0.iter().partition(|step| step.kind == StepKind::Sentence);
    let last_is_sentence = address.0.last().is_some_and(|step| step.kind == StepKind::Sentence);
    let well_formed = !steps.is_empty() && (sentences.is_empty() || (sentences.len() == 1 && last_is_sentence));
    well_formed.then(|| Pattern {
        document: None,
        steps: steps.into_iter().map(PatternStep::Exact).collect(),
        sentence: sentences.first().map(|step| step.value),
    })
}

/// `四三四` is 4.3.4; 四十三 is a number and is searched for.
fn digits_in_words(typed: &str) -> Option<Pattern> {
    let values: Option<Vec<u32>> = typed.chars().map(|digit| numeral::han_digit(digit).filter(|value| *value > 0)).collect();
    let values = values.filter(|values| (2..=6).contains(&values.len()))?;
    let steps = values.into_iter().map(|value| PatternStep::Exact(Step::new(StepKind::Number, value)));
    Some(Pattern { steps: steps.collect(), ..Pattern::default() })
}

#[cfg(test)]
mod tests;
