//! `celan search`: every unit that holds what was typed, best first.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use clap::{Arg, ArgGroup, ArgMatches};
use serde::Serialize;

use super::output::{FAINT, MATCH};
use super::session::Session;
use super::{Command, Outcome, choose, concordance, count, either, facets, json, parser, snippet, unit};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::locator::{Address, Locator};
use crate::library::Library;
use crate::query::{self, Query};
use crate::search::{Details, Hit, Match, Request, Response, Scope};

pub(super) const COMMAND: Command = Command { name: "search", describe, run };

/// How many hits are printed where nothing else is asked for.
const LIMIT: usize = 20;

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("检索：凡含所输文字的单元，无一遗漏", "Find every unit that holds what is typed"))
        .override_usage(language.pick("celan search [选项] 文字…", "celan search [OPTIONS] QUERY…"))
        .arg(Arg::new("query").required(true).num_args(1..).value_name(language.pick("文字", "QUERY")).help(language.pick(
            "空格分开的各词都要出现；引号内的按原样查",
            "Words set apart by spaces must all occur; in quotation marks as they are",
        )))
        .arg(parser::number(
            "limit",
            language.pick("最多列出 N 个单元，缺省 20；0 为全部", "Print at most N units, 20 by default; 0 for all"),
        ))
        .arg(within(language))
        .arg(parser::number(
            "kwic",
            language.pick(
                "逐处成行，上下对齐，每侧 N 列上下文；全部列出，--limit 限行数",
                "A line for each place, the terms aligned, N columns on each side; all of them, unless --limit says",
            ),
        ))
        .arg(count::by(language).conflicts_with_all(["kwic", "limit"]))
        .arg(parser::json(language).conflicts_with("csv"))
        .arg(parser::switch("csv", language.pick("输出 CSV（与 --kwic 或 --by 合用）", "Print CSV (with --kwic or --by)")))
        .group(ArgGroup::new("research").args(["kwic", "by"]))
        .mut_arg("csv", |csv| csv.requires("research"))
        .after_help(format!(
            "{}\n{}",
            query::help(language),
            language.pick(
                "以 - 开头的文字可直接查，也可写在 -- 之后。含 | ( ) 或引号的检索式请整个放进单引号，以免被终端改写。",
                "A query may begin with -; anything after -- is the query. Put one with | ( ) or quotation marks in single quotes, for the shell's sake."
            )
        ))
}

/// `--in`, which `count` has too.
pub(super) fn within(language: Language) -> Arg {
    Arg::new("in")
        .long("in")
        .value_name(language.pick("位置", "LOCATOR"))
        .help(language.pick("只在这个文件或位置之内查", "Look only in this document or unit"))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library_at_hand()?;
    let words: Vec<_> = matches.get_many::<String>("query").into_iter().flatten().map(String::as_str).collect();
    let typed = words.join(" ");
    let scope = match scope(session, &library, matches)? {
        Ok(scope) => scope,
        Err(outcome) => return Ok(outcome),
    };
    if matches.contains_id("by") {
        let counting = count::Counting { library: &library, scope: scope.as_ref(), typed: vec![typed] };
        return count::print(session, matches, &counting);
    }
    let limit = matches.get_one::<usize>("limit").copied();
    if let Some(context) = matches.get_one::<usize>("kwic") {
        let format = ["csv", "json"].into_iter().find(|format| matches.get_flag(format));
        let asked = concordance::Asked { context: *context, limit: limit.filter(|limit| *limit > 0), format };
        let request = Request { scope, ..Request::of(query::parse(&typed)) };
        return concordance::print(session, &library, &request, asked);
    }
    let limit = Some(limit.unwrap_or(LIMIT)).filter(|limit| *limit > 0);
    let json = matches.get_flag("json");
    let details = Details { facets: json, explanation: false };
    let request = Request { scope, limit, details, ..Request::of(query::parse(&typed)) };
    let response = library.search(&request).map_err(|error| session.failed(&error))?;
    let answer = Answer { library: &library, query: &request.query, response: &response, scoped: request.scope.is_some() };
    if json {
        answer.print_json(session)?;
    } else {
        answer.print(session)?;
    }
    Ok(if response.total == 0 { Outcome::Nothing } else { Outcome::Found })
}

/// What `--in` says, none where it was not given; the outcome of the call where it names nothing, which has been told.
pub(super) fn scope(
    session: &Session<'_>,
    library: &Library,
    matches: &ArgMatches,
) -> anyhow::Result<Result<Option<Scope>, Outcome>> {
    let Some(typed) = matches.get_one::<String>("in") else { return Ok(Ok(None)) };
    let Some(target) = choose::target(session, library, typed)? else { return Ok(Err(Outcome::Partial)) };
    let node = target.node.and_then(|index| target.document.node(index));
    let address = node.map_or_else(Address::default, |node| node.address.clone());
    Ok(Ok(Some(Scope { document: target.document.id.clone(), address })))
}

/// The whole answer in JSON.
#[derive(Serialize)]
struct AnswerEntry<'a> {
    query: &'a str,
    total: usize,
    occurrences: usize,
    facets: facets::Entry,
    hits: Vec<HitEntry<'a>>,
    related: Vec<HitEntry<'a>>,
}

/// A hit in JSON.
#[derive(Serialize)]
struct HitEntry<'d> {
    locator: Locator,
    citation: String,
    kind: &'static str,
    path: Vec<unit::Step<'d>>,
    text: &'d str,
    highlights: Vec<[usize; 2]>,
    #[serde(rename = "match")]
    matched: Match,
    score: f32,
}

impl<'d> HitEntry<'d> {
    /// None where the index names a node that the document does not have.
    fn of(document: &'d Document, hit: &Hit) -> Option<Self> {
        let node = document.node(hit.node)?;
        let text = document.unit_text(node);
        Some(Self {
            locator: document.locator(node),
            citation: document.citation(hit.node),
            kind: node.kind.name(),
            path: unit::path(document, hit.node),
            text,
            highlights: in_characters(text, &hit.highlights),
            matched: hit.matched,
            score: hit.score.total(),
        })
    }
}

/// A response on its way out.
pub(super) struct Answer<'a> {
    pub(super) library: &'a Library,
    pub(super) query: &'a Query,
    pub(super) response: &'a Response,
    pub(super) scoped: bool,
}

impl Answer<'_> {
    fn print_json(&self, session: &mut Session<'_>) -> anyhow::Result<()> {
        let documents = |hits: &[Hit]| {
            let documents = hits.iter().map(|hit| self.library.document(&hit.document));
            documents.collect::<Result<Vec<_>, _>>().map_err(|error| session.failed(&error))
        };
        let (of_hits, of_related) = (documents(&self.response.hits)?, documents(&self.response.related)?);
        let entry = AnswerEntry {
            query: &self.query.typed,
            total: self.response.total,
            occurrences: self.response.occurrences,
            facets: facets::entry(session, self.library, &self.response.facets)?,
            hits: entries(&of_hits, &self.response.hits),
            related: entries(&of_related, &self.response.related),
        };
        json::print(&mut session.output, &entry)
    }

    fn print(&self, session: &mut Session<'_>) -> anyhow::Result<()> {
        for hit in &self.response.hits {
            self.print_hit(session, hit)?;
        }
        session.output.flush()?;
        session.say(&self.totals(session.language));
        if !self.response.related.is_empty() {
            session.output.line(session.language.pick("相近的结果（只含部分文字）：", "Related (only some of the words):"))?;
            session.output.line("")?;
        }
        for hit in &self.response.related {
            self.print_hit(session, hit)?;
        }
        Ok(())
    }

    /// The way to the unit and its locator on one line, the words around the matches on the next.
    fn print_hit(&self, session: &mut Session<'_>, hit: &Hit) -> anyhow::Result<()> {
        let document = self.library.document(&hit.document).map_err(|error| session.failed(&error))?;
        let Some(node) = document.node(hit.node) else { return Ok(()) };
        let output = &mut session.output;
        output.marked(&document.locator(node).to_string(), FAINT)?;
        output.text("  ")?;
        output.line(unit::breadcrumb(&document, hit.node))?;
        output.text("    ")?;
        for piece in snippet::pieces(document.unit_text(node), &hit.highlights) {
            if piece.marked { output.marked(&piece.text, MATCH)? } else { output.text(&piece.text)? }
        }
        output.line("")?;
        output.line("")?;
        Ok(())
    }

    /// How much there is; where there is nothing, that, and how the query was read.
    fn totals(&self, language: Language) -> String {
        let (units, places, shown) = (self.response.total, self.response.occurrences, self.response.hits.len());
        if units == 0 {
            return self.nothing(language);
        }
        let amount = amount(units, places, language);
        if shown == units {
            return amount;
        }
        either(
            language,
            format!("{amount}；列出前 {shown} 个，--limit 0 列出全部"),
            format!("{amount}; {shown} shown, --limit 0 shows all"),
        )
    }

    /// That there is nothing.
    pub(super) fn nothing(&self, language: Language) -> String {
        let (opened, closed) = language.pick(("“", "”"), ("`", "`"));
        let terms: Vec<_> = self.query.terms().into_iter().map(|term| format!("{opened}{}{closed}", term.text)).collect();
        let place =
            if self.scoped { language.pick("这个范围里", "this part") } else { language.pick("文库中", "the library") };
        match terms.as_slice() {
            [] => language.pick("没有可检索的文字", "there is nothing to search for").to_owned(),
            [only] => either(language, format!("{place}没有{only}"), format!("{place} does not contain {only}")),
            several => {
                let (chinese, english) = (several.concat(), several.join(", "));
                either(
                    language,
                    format!("{place}没有一个单元同时含有{chinese}"),
                    format!("no unit of {place} contains all of {english}"),
                )
            }
        }
    }
}

/// So many units with so many places.
pub(super) fn amount(units: usize, places: usize, language: Language) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (many_units, many_places) = (plural(units), plural(places));
    either(language, format!("{units} 个单元，{places} 处"), format!("{units} unit{many_units}, {places} place{many_places}"))
}

fn entries<'d>(documents: &'d [Arc<Document>], hits: &[Hit]) -> Vec<HitEntry<'d>> {
    documents.iter().zip(hits).filter_map(|(document, hit)| HitEntry::of(document, hit)).collect()
}

/// Highlights counted in characters (Unicode scalar values) instead of bytes.
fn in_characters(text: &str, highlights: &[Range<usize>]) -> Vec<[usize; 2]> {
    let mut characters = text.char_indices().map(|(at, _)| at).enumerate().peekable();
    let mut reached = 0;
    let mut count_to = |byte: usize| {
        while characters.next_if(|(_, at)| *at < byte).is_some() {
            reached += 1;
        }
        reached
    };
    highlights.iter().map(|highlight| [count_to(highlight.start), count_to(highlight.end)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_are_counted_in_characters() {
        assert_eq!(in_characters("𠮷a外贸，外贸", &[5..11, 14..20]), [[2, 4], [5, 7]]);
        assert_eq!(in_characters("外贸", &[0..6, 6..9]), [[0, 2], [2, 2]]);
    }
}
