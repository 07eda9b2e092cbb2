//! `celan count`: how often terms occur where, one column a term; and the same table for the one query of `celan search --by`.
//!
//! Each argument of `count` is a query of its own, while the words of `search` make one: hence two commands.

use std::sync::Arc;

use clap::{Arg, ArgMatches};

use super::chart::{self, Chart, Series};
use super::session::Session;
use super::{Command, Outcome, either, exported, parser, search, unit};
use crate::analysis::counts::{self, Grouping, Keep, Label, Row, Table, Term};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::metadata::Metadata;
use crate::export::research::COUNT_FORMATS;
use crate::library::Library;
use crate::query;
use crate::search::{Details, Facets, Request, Scope};

pub(super) const COMMAND: Command = Command { name: "count", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(language.pick("计数：各词在各章、各文件中出现多少处", "Count how often terms occur in each chapter or document"))
        .override_usage(language.pick("celan count [选项] 词…", "celan count [OPTIONS] QUERY…"))
        .arg(Arg::new("query").required(true).num_args(1..).value_name(language.pick("词", "QUERY")).help(language.pick(
            "每个参数各为一列；要同时含有几个词，把它们写在一对引号里：'外贸 企业'",
            "Each argument is a column; words that must all occur go into one: 'foreign trade'",
        )))
        .arg(by(language))
        .arg(search::within(language))
        .arg(parser::json(language).conflicts_with("csv"))
        .arg(parser::switch("csv", language.pick("输出 CSV", "Print CSV")))
        .after_help(language.pick(
            "缺省：只查一个文件时按章，否则按文件。表中为处数；CSV 和 JSON 兼有单元数。",
            "By chapter where one document is looked in, else by document, unless --by says. The table has places; CSV and JSON have units too.",
        ))
}

/// `--by`, which `search` has too.
pub(super) fn by(language: Language) -> Arg {
    Arg::new("by")
        .long("by")
        .value_name(language.pick("分组", "GROUP"))
        .value_parser(Grouping::ALL.map(Grouping::name))
        .hide_possible_values(true)
        .help(language.pick(
            "分组计数：chapter 章，document 文件，year 年份，region 地区",
            "Count by GROUP: chapter, document, year or region",
        ))
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library()?;
    let typed = matches.get_many::<String>("query").into_iter().flatten().cloned().collect();
    let scope = match search::scope(session, &library, matches)? {
        Ok(scope) => scope,
        Err(outcome) => return Ok(outcome),
    };
    print(session, matches, &Counting { library: &library, scope: scope.as_ref(), typed })
}

/// What is counted where.
#[derive(Debug)]
pub(super) struct Counting<'l> {
    pub(super) library: &'l Library,
    pub(super) scope: Option<&'l Scope>,
    /// The queries.
    pub(super) typed: Vec<String>,
}

/// Counts and prints, in the format that `matches` asks for.
pub(super) fn print(session: &mut Session<'_>, matches: &ArgMatches, counting: &Counting<'_>) -> anyhow::Result<Outcome> {
    let typed = matches.get_one::<String>("by").and_then(|name| Grouping::named(name));
    let default = if counting.only_document().is_some() { Grouping::Chapter } else { Grouping::Document };
    let (table, documents) = counting.table(session, typed.unwrap_or(default))?;
    if let Some(format) = COUNT_FORMATS.into_iter().find(|format| matches.get_flag(format.name)) {
        let mut bytes = Vec::new();
        format.write(&table, &mut bytes)?;
        exported::print(session, format.name, &bytes)?;
    } else {
        print_chart(session, &table, &documents)?;
        counting.tell_totals(session, &table)?;
    }
    let any = table.terms.iter().any(|term| term.total.units > 0);
    Ok(if any { Outcome::Found } else { Outcome::Nothing })
}

impl Counting<'_> {
    /// The totals of each term, and what its synonyms have beyond them.
    fn tell_totals(&self, session: &mut Session<'_>, table: &Table) -> anyhow::Result<()> {
        std::io::Write::flush(&mut session.output)?;
        for term in &table.terms {
            let request = Request { scope: self.scope.cloned(), ..Request::of(query::parse(&term.typed)) };
            let known = search::known(session, self.library, &request)?;
            session.say(&in_words(term, session.language));
            if let Some(uncounted) = search::uncounted(&known, session.language) {
                session.say(&format!("  {uncounted}"));
            }
        }
        Ok(())
    }

    /// The document that is looked in, where it is one only.
    fn only_document(&self) -> Option<&DocumentId> {
        match (self.scope, self.library.listings()) {
            (Some(scope), _) => Some(&scope.document),
            (None, [only]) => Some(&only.id),
            (None, _) => None,
        }
    }

    /// The table, and the documents that its rows are in where it is one of chapters.
    fn table(&self, session: &Session<'_>, grouping: Grouping) -> anyhow::Result<(Table, Vec<Arc<Document>>)> {
        let mut facets = Vec::new();
        for typed in &self.typed {
            let details = Details { facets: true, explanation: false };
            let request = Request { scope: self.scope.cloned(), limit: Some(0), details, ..Request::of(query::parse(typed)) };
            let response = self.library.search(&request).map_err(|error| session.failed(&error))?;
            facets.push(response.facets);
        }
        let in_scope = |id: &DocumentId| self.scope.is_none_or(|scope| scope.document == *id);
        let listings = self.library.listings().iter().filter(|listing| in_scope(&listing.id));
        let heads = listings.map(|listing| (&listing.id, &listing.metadata));
        let mut documents = Vec::new();
        let rows = match grouping {
            Grouping::Chapter => {
                let whole = self.scope.is_none_or(|scope| scope.address.0.is_empty());
                let keep = if whole && self.only_document().is_some() { Keep::All } else { Keep::Found };
                documents = self.documents(session, &facets, heads, keep)?;
                counts::by_chapter(&facets, documents.iter().map(AsRef::as_ref), keep)
            }
            Grouping::Document => counts::by_document(&facets, heads, Keep::Found),
            Grouping::Year => counts::by_year(&facets, heads),
            Grouping::Region => counts::by_region(&facets, heads),
        };
        let terms = self.typed.iter().zip(&facets);
        let terms = terms.map(|(typed, facets)| Term { typed: typed.clone(), total: counts::total(facets) }).collect();
        Ok((Table { grouping, terms, rows }, documents))
    }

    /// The documents that have rows.
    fn documents<'m>(
        &self,
        session: &Session<'_>,
        facets: &[Facets],
        heads: impl Iterator<Item = (&'m DocumentId, &'m Metadata)>,
        keep: Keep,
    ) -> anyhow::Result<Vec<Arc<Document>>> {
        let is_in = |facets: &Facets, id: &DocumentId| facets.documents.binary_search_by(|(found, _)| found.cmp(id)).is_ok();
        let wanted = heads.filter(|(id, _)| keep == Keep::All || facets.iter().any(|facets| is_in(facets, id)));
        wanted.map(|(id, _)| self.library.document(id).map_err(|error| session.failed(&error))).collect()
    }
}

/// Prints the table for people; on a screen each document above its chapters where there are several.
fn print_chart(session: &mut Session<'_>, table: &Table, documents: &[Arc<Document>]) -> anyhow::Result<()> {
    let room = session.world.output_is_terminal.then(|| session.world.columns.unwrap_or(80));
    let chart = chart(table, session.language, room.is_some());
    // A table of nothing but zeros says less than one line.
    let is_empty = table.terms.iter().all(|term| term.total.units == 0);
    let blocks = if is_empty { Vec::new() } else { chart::blocks(&chart, room) };
    let named = if documents.len() > 1 { room } else { None };
    for (position, block) in blocks.iter().enumerate() {
        if position > 0 {
            session.output.line("")?;
        }
        session.output.line(&block.head)?;
        let mut above = None;
        for (row, line) in table.rows.iter().zip(&block.rows) {
            let document = row.locator.as_ref().map(|locator| &locator.document);
            if let Some(room) = named.filter(|_| document != above)
                && let Some(document) = documents.iter().find(|one| Some(&one.id) == document)
            {
                unit::print_document(&mut session.output, document, room)?;
                above = Some(&document.id);
            }
            session.output.line(line)?;
        }
        if table.rows.len() > 1 {
            session.output.line(&block.total)?;
        }
    }
    Ok(())
}

fn chart(table: &Table, language: Language, on_screen: bool) -> Chart {
    let is_chapter = table.grouping == Grouping::Chapter;
    let address = |row: &Row| match &row.locator {
        Some(locator) if is_chapter && on_screen => locator.address.to_string(),
        Some(locator) => locator.to_string(),
        None => String::new(),
    };
    let rows = table.rows.iter().map(|row| [address(row), name(&row.label, language).to_owned()]).collect();
    let head = match table.grouping {
        Grouping::Chapter => language.pick("章", "Chapter"),
        Grouping::Document => language.pick("文件", "Document"),
        Grouping::Year => language.pick("年份", "Year"),
        Grouping::Region => language.pick("地区", "Region"),
    };
    let located = table.rows.iter().any(|row| row.locator.is_some());
    let heads = [if located { language.pick("位置", "Locator") } else { "" }, head].map(str::to_owned);
    let units = |at: usize| table.rows.iter().filter_map(|row| row.counts.get(at)).map(|count| count.units).collect();
    let places = |at: usize| table.rows.iter().filter_map(|row| row.counts.get(at)).map(|count| count.occurrences).collect();
    let series = match table.terms.as_slice() {
        [only] => {
            let (of_units, of_places) = language.pick(("单元", "处"), ("Units", "Places"));
            let units = Series { head: of_units.to_owned(), values: units(0), total: only.total.units, bars: false };
            let places = Series { head: of_places.to_owned(), values: places(0), total: only.total.occurrences, bars: true };
            vec![units, places]
        }
        several => several
            .iter()
            .enumerate()
            .map(|(at, term)| Series { head: term.typed.clone(), values: places(at), total: term.total.occurrences, bars: true })
            .collect(),
    };
    Chart { heads, rows, series, total: language.pick("合计", "Total").to_owned() }
}

/// The name of a group in the language of the call.
fn name(label: &Label, language: Language) -> &str {
    match label {
        Label::Named(name) => name,
        Label::Front => language.pick("正文前", "before the first chapter"),
        Label::Text => language.pick("全文（无章节）", "whole text (no chapters)"),
        Label::Unknown => language.pick("不详", "unknown"),
    }
}

fn in_words(term: &Term, language: Language) -> String {
    let (typed, units, places) = (&term.typed, term.total.units, term.total.occurrences);
    let amount = search::amount(units, places, language);
    either(language, format!("“{typed}”：{amount}"), format!("`{typed}`: {amount}"))
}
