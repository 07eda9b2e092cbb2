//! Corrections: what a person says of a document that was read wrongly, stronger than what its lines look like.
//!
//! `read` takes them from the file beside the source (`foo.txt.celan.toml`); [`Corrections::mark`] changes the marks of the lines that
//! are named, [`Corrections::amend`] what the head says, and [`Corrections::account`] tells what became of each: a note where it was
//! obeyed, a warning where it could not be. None is passed over in silence. Lines are those of the extracted text.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Bilingual, Diagnostic, Place};
use crate::document::kind::Kind;
use crate::document::locator::DocumentId;
use crate::document::metadata::{Date, Metadata};
use crate::document::node::Node;

use super::line::Line;
use super::mark::{Candidate, Mark};
use super::{head, label, level, metadata, region};

/// How a heading is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// By its depth, from 1 (chapter) to 6.
    Level(u8),
    /// As a node of this kind: one of [`Heading::KINDS`].
    Kind(Kind),
}

impl Heading {
    /// The kinds that a heading can be told to be.
    pub const KINDS: [Kind; 7] =
        [Kind::Part, Kind::Chapter, Kind::Section, Kind::Article, Kind::Measure, Kind::Item, Kind::Subitem];
    /// The deepest level.
    pub const DEEPEST: u8 = 6;

    /// The level that makes a heading of it.
    fn level(self) -> u8 {
        match self {
            Self::Level(level) => level,
            Self::Kind(kind) => level::of_kind(kind),
        }
    }
}

/// What is to be read otherwise than it looks. Without any, a document is read as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// The title.
    pub title: Option<String>,
    /// 发文机关.
    pub issuer: Option<String>,
    /// 发文字号, in its usual form.
    pub document_number: Option<String>,
    /// 成文日期.
    pub date: Option<Date>,
    /// Lines that are headings.
    pub headings: BTreeMap<u32, Heading>,
    /// Lines that are none.
    pub texts: BTreeSet<u32>,
}

impl Corrections {
    /// Marks the lines as they are to be read.
    pub(super) fn mark(&self, lines: &[Line<'_>], marks: &mut [Mark]) {
        if self.headings.is_empty() && self.texts.is_empty() {
            return;
        }
        let ranks = level::Ranks::learn(lines, marks);
        for (line, mark) in lines.iter().zip(marks).filter(|(line, _)| line.table.is_none()) {
            if self.texts.contains(&line.number) {
                *mark = Mark::Text;
            } else if let Some(heading) = self.headings.get(&line.number).filter(|_| !line.inside && !line.text.is_empty()) {
                *mark = ordered(*heading, line, mark, &ranks);
            }
        }
    }

    /// Lets the head say what it is told to say; the region and the id follow from that.
    pub(super) fn amend(&self, metadata: &mut Metadata, id: &mut DocumentId) {
        if self.title.is_none() && self.issuer.is_none() && self.document_number.is_none() && self.date.is_none() {
            return;
        }
        let amend = |told: &Option<String>, said: &mut Option<String>| {
            if told.is_some() {
                said.clone_from(told);
            }
        };
        if let Some(title) = &self.title {
            metadata.title.clone_from(title);
            metadata.genre = head::genre(title).map(str::to_owned);
        }
        amend(&self.issuer, &mut metadata.issuer);
        amend(&self.document_number, &mut metadata.document_number);
        metadata.date = self.date.or(metadata.date);
        let number = metadata.document_number.as_deref().and_then(head::document_number);
        let agency = number.as_ref().map(|number| number.agency.as_str());
        metadata.region = region::find(metadata.issuer.as_deref(), agency, &metadata.title);
        if let Some(number) = number.filter(|_| self.document_number.is_some()) {
            *id = DocumentId::new(&metadata::id(&number));
        }
    }

    /// What became of each correction.
    pub(super) fn account(&self, lines: &[Line<'_>], nodes: &[Node], text: &str) -> Vec<Diagnostic> {
        let mut said = self.head_accounts();
        if self.headings.is_empty() && self.texts.is_empty() {
            return said;
        }
        let ground = Ground::new(lines, text);
        for (number, heading) in &self.headings {
            said.push(match ground.line(*number) {
                Ok(line) if is_heading(nodes, line) => obeyed(*number, &as_heading(*heading)),
                Ok(_) => refused(*number, &Bilingual::new("这一行不能作标题", "this line cannot be made a heading")),
                Err(why) => refused(*number, &why),
            });
        }
        for number in &self.texts {
            said.push(match ground.line(*number) {
                Ok(line) if is_title_of_another(nodes, line) => {
                    refused(*number, &Bilingual::new("这一行是上一行标题的一部分", "this line is a part of the heading before it"))
                }
                Ok(_) => obeyed(*number, &Bilingual::new("正文", "text")),
                Err(why) => refused(*number, &why),
            });
        }
        said
    }

    fn head_accounts(&self) -> Vec<Diagnostic> {
        let date = self.date.map(|date| date.to_string());
        let told = [
            ("标题", "title", self.title.as_ref()),
            ("发文机关", "issuer", self.issuer.as_ref()),
            ("文号", "document number", self.document_number.as_ref()),
            ("成文日期", "date", date.as_ref()),
        ];
        let told = told.into_iter().filter_map(|(chinese, english, value)| Some((chinese, english, value?)));
        let note = |(chinese, english, value)| {
            let message = Bilingual::new(format!("{chinese}按更正作“{value}”"), format!("{english} corrected to `{value}`"));
            Diagnostic::note(APPLIED, message, Place::default())
        };
        told.map(note).collect()
    }
}

/// The code of a correction that was obeyed.
const APPLIED: &str = "correction-applied";
/// The code of one that was not.
const REFUSED: &str = "correction-refused";

/// The code of a file of corrections that is wrong in itself.
const FAULTY: &str = "faulty-corrections";

/// Whether a diagnostic says that a correction could not be understood or followed.
#[must_use]
pub fn is_fault(diagnostic: &Diagnostic) -> bool {
    [FAULTY, REFUSED].contains(&diagnostic.code.as_str())
}

/// The mark of a line that is a heading. A number at its beginning is kept, and its rank too where that is of the kind that was told.
fn ordered(heading: Heading, line: &Line<'_>, mark: &Mark, ranks: &level::Ranks) -> Mark {
    let level = heading.level();
    let known = if let Mark::Number(candidate) = mark { Some(candidate.label.clone()) } else { label::read(line.text) };
    let Some(mut label) = known else { return Mark::Heading { level } };
    let fits = match heading {
        Heading::Level(_) => label.rank == ranks.rank(level),
        Heading::Kind(kind) => label.rank.kind() == kind,
    };
    if !fits {
        label.rank = ranks.rank(level);
        label.steps = Vec::new();
    }
    Mark::Number(Candidate { label, certain: true, ordered: true })
}

/// The lines as corrections name them.
struct Ground<'l, 'raw> {
    /// Lines by their number; of a line that was taken apart, its beginning.
    lines: BTreeMap<u32, &'l Line<'raw>>,
    /// All lines of the text, also those that are blank or go on with the one before.
    text: Vec<&'l str>,
}

impl<'l, 'raw> Ground<'l, 'raw> {
    fn new(lines: &'l [Line<'raw>], text: &'l str) -> Self {
        let beginnings = lines.iter().filter(|line| !line.inside);
        Self { lines: beginnings.map(|line| (line.number, line)).collect(), text: text.lines().collect() }
    }

    /// The line with this number, or why there is none that could be corrected.
    fn line(&self, number: u32) -> Result<&'l Line<'raw>, Bilingual> {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let Some(text) = place.and_then(|place| self.text.get(place)) else {
            let last = self.text.len();
            return Err(Bilingual::new(format!("全文只有{last}行"), format!("the text has only {last} lines")));
        };
        match self.lines.get(&number) {
            Some(line) if line.table.is_some() => Err(Bilingual::new("这一行是表格", "a table stands on this line")),
            Some(line) if !line.text.is_empty() => Ok(line),
            Some(_) | None if text.trim().is_empty() => Err(Bilingual::new("这一行没有文字", "this line has no text")),
            Some(_) | None => {
                Err(Bilingual::new("这一行属于前面的段落或表格", "this line belongs to the paragraph or table before it"))
            }
        }
    }
}

/// Whether a heading begins with this line.
fn is_heading(nodes: &[Node], line: &Line<'_>) -> bool {
    let node = nodes.binary_search_by_key(&line.span.start, |node| node.span.start).ok().and_then(|place| nodes.get(place));
    node.is_some_and(|node| node.kind.is_outline() && !matches!(node.kind, Kind::Front | Kind::Bullet | Kind::Table))
}

/// 第一章 ⏎ 总则: a heading without a title has taken the line after it along.
fn is_title_of_another(nodes: &[Node], line: &Line<'_>) -> bool {
    let after = nodes.partition_point(|node| node.span.start <= line.start);
    let node = after.checked_sub(1).and_then(|place| nodes.get(place));
    let titled = node.filter(|node| node.kind != Kind::Front && node.span.start < line.span.start);
    titled.and_then(|node| node.title_span.clone()).is_some_and(|title| title.contains(&line.start))
}

fn as_heading(heading: Heading) -> Bilingual {
    match heading {
        Heading::Level(level) => Bilingual::new(format!("{level}级标题"), format!("a heading of level {level}")),
        Heading::Kind(kind) => Bilingual::new(format!("标题（{}）", kind.name()), format!("a heading ({})", kind.name())),
    }
}

fn obeyed(line: u32, what: &Bilingual) -> Diagnostic {
    let message = Bilingual::new(format!("按更正作{}", what.chinese), format!("read as {}, as corrected", what.english));
    Diagnostic::note(APPLIED, message, Place::line(line))
}

fn refused(line: u32, why: &Bilingual) -> Diagnostic {
    let (chinese, english) = (&why.chinese, &why.english);
    let message = Bilingual::new(format!("更正无法采用：{chinese}"), format!("the correction cannot be followed: {english}"));
    Diagnostic::warning(REFUSED, message, Place::line(line))
}

#[cfg(test)]
mod tests;
