//! The answer to a search on its way out: for people here, as JSON in [`entry`].
//!
//! What was typed comes first and is counted by itself. Units with synonyms, results of another reading and related units follow, each
//! under a heading of its own on standard output; counts and advice go to standard error.

mod entry;
mod explained;

use std::collections::BTreeMap;
use std::io::Write;

use super::output::{BOLD, FAINT, MATCH};
use super::session::Session;
use super::{either, search, snippet, unit};
use crate::analysis::explained::further;
use crate::diagnostic::Language;
use crate::document::excerpt::Excerpt;
use crate::document::locator::DocumentId;
use crate::library::{self, Extent, Instead, Library, Target};
use crate::search::{Further, Hit, Response};

/// Whether to say why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Explaining {
    /// No.
    Nothing,
    /// How the query was read, and the score of each hit.
    All,
}

/// An answer to be shown.
pub(super) struct Shown<'a> {
    pub(super) library: &'a Library,
    pub(super) answer: &'a library::Answer,
    pub(super) excerpts: BTreeMap<DocumentId, Excerpt>,
    pub(super) extent: Extent,
    pub(super) explaining: Explaining,
}

impl Shown<'_> {
    /// Prints everything for people.
    pub(super) fn print(&self, session: &mut Session<'_>) -> anyhow::Result<()> {
        let (answer, response) = (self.answer, &self.answer.response);
        session.tell(&answer.query.readings);
        self.print_reading(session, &answer.query, response)?;
        if let Some(place) = &answer.place {
            print_place(session, place)?;
        }
        self.print_hits(session, &response.hits)?;
        let is_nothing = response.total == 0 && response.synonyms.total == 0;
        let counted = if is_nothing { answer.nothing(self.extent, session.language) } else { totals(response, session.language) };
        say(session, &counted)?;
        self.print_synonyms(session, &response.synonyms)?;
        if let Some(instead) = &answer.instead {
            self.print_instead(session, instead)?;
        }
        if answer.offers_related() {
            self.print_related(session, &response.related)?;
        }
        match self.suggestions(session.language) {
            Some(suggestions) => say(session, &suggestions),
            None => Ok(()),
        }
    }

    fn print_instead(&self, session: &mut Session<'_>, instead: &Instead) -> anyhow::Result<()> {
        let response = &instead.response;
        let reading = instead.reading(session.language);
        let counted = if response.total == 0 && response.synonyms.total == 0 {
            session.language.pick("没有一个单元全部含有", "no unit contains all of it").to_owned()
        } else {
            totals(response, session.language)
        };
        print_heading(session, &format!("{reading}{}{counted}", session.language.pick("：", ": ")))?;
        self.print_reading(session, &instead.query, response)?;
        self.print_hits(session, &response.hits)?;
        self.print_synonyms(session, &response.synonyms)?;
        self.print_related(session, &response.related)
    }

    fn print_synonyms(&self, session: &mut Session<'_>, synonyms: &Further) -> anyhow::Result<()> {
        let Some(told) = further(synonyms, session.language) else { return Ok(()) };
        let shown = synonyms.hits.len();
        if shown == 0 {
            return say(session, &format!("{told}{}", more(0, session.language)));
        }
        let rest = if shown < synonyms.total { more(shown, session.language) } else { String::new() };
        print_heading(session, &format!("{told}{rest}"))?;
        self.print_hits(session, &synonyms.hits)
    }

    fn print_related(&self, session: &mut Session<'_>, related: &[Hit]) -> anyhow::Result<()> {
        if related.is_empty() {
            return Ok(());
        }
        print_heading(session, session.language.pick("相近的结果（只含部分文字）：", "Related (only some of the words):"))?;
        self.print_hits(session, related)
    }

    fn print_hits(&self, session: &mut Session<'_>, hits: &[Hit]) -> anyhow::Result<()> {
        hits.iter().try_for_each(|hit| self.print_hit(session, hit))
    }

    /// The way to the unit and its locator on one line, the words around the matches on the next.
    fn print_hit(&self, session: &mut Session<'_>, hit: &Hit) -> anyhow::Result<()> {
        let Some(excerpt) = self.excerpts.get(&hit.document) else { return Ok(()) };
        let (document, place) = (excerpt.document(), excerpt.place(hit.node));
        let Some((index, node)) = place.and_then(|index| Some((index, document.node(index)?))) else { return Ok(()) };
        let (output, language) = (&mut session.output, session.language);
        output.marked(&document.locator(node).to_string(), FAINT)?;
        output.text("  ")?;
        output.text(unit::breadcrumb(document, index))?;
        if !hit.through.is_empty() {
            let through = hit.through.join(language.pick("、", ", "));
            let label = either(language, format!("  〔同义：{through}〕"), format!("  [synonym: {through}]"));
            output.marked(&label, FAINT)?;
        }
        output.text("\n    ")?;
        for piece in snippet::pieces(document.unit_text(node), &hit.highlights) {
            if piece.marked { output.marked(&piece.text, MATCH)? } else { output.text(&piece.text)? }
        }
        output.line("")?;
        if self.explaining == Explaining::All {
            explained::print_hit(output, hit, language)?;
        }
        output.line("")?;
        Ok(())
    }

    /// What the library does have that may have been meant.
    fn suggestions(&self, language: Language) -> Option<String> {
        let searched = self.answer.instead.as_ref().map(|instead| instead.query.typed.as_str());
        let others = self.answer.suggestions.iter().filter(|suggestion| Some(suggestion.text.as_str()) != searched);
        let plural = |units: usize| if units == 1 { "" } else { "s" };
        let others = others.map(|other| {
            let (text, units, many) = (&other.text, other.units, plural(other.units));
            either(language, format!("{text}（{units} 个单元）"), format!("{text} ({units} unit{many})"))
        });
        let others = others.collect::<Vec<_>>().join(language.pick("、", ", "));
        let lead = language.pick("文库中有相近的词：", "the library has: ");
        (!others.is_empty() && self.answer.place.is_none()).then(|| format!("{lead}{others}"))
    }
}

/// A place that was typed: the way to it, and how its text begins.
fn print_place(session: &mut Session<'_>, place: &Target) -> anyhow::Result<()> {
    let document = &place.document;
    let (output, language) = (&mut session.output, session.language);
    output.marked(language.pick("位置：", "Place: "), BOLD)?;
    let Some((index, node)) = place.node.and_then(|index| Some((index, document.node(index)?))) else {
        output.marked(document.id.as_str(), FAINT)?;
        output.line(format_args!("  {}", document.official_name()))?;
        return Ok(output.line("")?);
    };
    output.marked(&document.locator(node).to_string(), FAINT)?;
    output.line(format_args!("  {}", unit::breadcrumb(document, index)))?;
    let text = place.sentence.clone().map_or_else(|| document.unit_text(node), |sentence| document.slice(sentence));
    let beginning: String = snippet::pieces(text, &[]).into_iter().map(|piece| piece.text).collect();
    output.line(format_args!("    {beginning}"))?;
    Ok(output.line("")?)
}

/// A line above what is kept apart.
fn print_heading(session: &mut Session<'_>, heading: &str) -> anyhow::Result<()> {
    session.output.marked(heading, BOLD)?;
    session.output.line("")?;
    Ok(session.output.line("")?)
}

/// A line on standard error, after everything that was printed before it.
fn say(session: &mut Session<'_>, message: &str) -> anyhow::Result<()> {
    session.output.flush()?;
    session.say(message);
    Ok(())
}

/// How much there is of what was typed, and how much of it was printed where that is not all.
fn totals(response: &Response, language: Language) -> String {
    let amount = search::amount(response.total, response.occurrences, language);
    let shown = response.hits.len();
    if shown == response.total { amount } else { format!("{amount}{}", more(shown, language)) }
}

fn more(shown: usize, language: Language) -> String {
    match shown {
        0 => language.pick("；--limit 0 列出全部", "; --limit 0 shows all").to_owned(),
        _ => either(language, format!("；列出前 {shown} 个，--limit 0 列出全部"), format!("; {shown} shown, --limit 0 shows all")),
    }
}
