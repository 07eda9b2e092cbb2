//! `celan search`: every unit that holds what was typed, best first.

use clap::{Arg, ArgGroup, ArgMatches};

use super::answer::{Explaining, Shown};
use super::session::Session;
use super::{Command, Outcome, choose, concordance, count, either, parser};
use crate::diagnostic::Language;
use crate::document::locator::Address;
use crate::library::{self, Extent, Library};
use crate::query;
use crate::search::{Details, Request, Scope};

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
        .arg(
            parser::switch(
                "explain",
                language.pick(
                    "说明检索式如何理解、各单元为何这样排列",
                    "Say how the query was read and why each unit stands where it stands",
                ),
            )
            .conflicts_with_all(["kwic", "by"]),
        )
        .arg(parser::json(language).conflicts_with("csv"))
        .arg(parser::switch("csv", language.pick("输出 CSV（与 --kwic 或 --by 合用）", "Print CSV (with --kwic or --by)")))
        .group(ArgGroup::new("research").args(["kwic", "by"]))
        .mut_arg("csv", |csv| csv.requires("research"))
}

/// What the help says below the arguments: the operators of queries, and more.
pub(super) fn more_help(language: Language) -> String {
    let more = language.pick(
        "以 - 开头的文字可直接查，也可写在 -- 之后。含 | ( ) 或引号的检索式请整个放进单引号，以免被终端改写。\n\
         同义写法另列另计；都没有时，再按问句、拼音或错字理解，结果分开列出。\n\
         退出码：0 有所输文字或其同义写法，或位置存在；1 没有，按别的理解找到的不算；2 出错。",
        "A query may begin with -; anything after -- is the query. Put one with | ( ) or quotation marks in single quotes, for the shell's sake.\n\
         Units with synonyms are listed and counted apart. Where there is neither, the query is read as a question, as pinyin or as a slip.\n\
         Exit codes: 0 what was typed, a synonym of it or the place is there; 1 it is not, whatever another reading found; 2 error.",
    );
    format!("{}\n{more}", query::help(language))
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
    let (json, explain) = (matches.get_flag("json"), matches.get_flag("explain"));
    let details = Details { facets: json, explanation: explain };
    let request = Request { scope, limit, details, ..Request::of(query::parse(&typed)) };
    let extent = extent(&request);
    let answer = library.ask(request).map_err(|error| session.failed(&error))?;
    let responses = std::iter::once(&answer.response).chain(answer.instead.as_ref().map(|instead| &instead.response));
    let hits = responses.flat_map(|response| response.hits.iter().chain(&response.synonyms.hits).chain(&response.related));
    let excerpts = library.excerpts(hits).map_err(|error| session.failed(&error))?;
    let explaining = if explain { Explaining::All } else { Explaining::Nothing };
    let shown = Shown { library: &library, answer: &answer, excerpts, extent, explaining };
    if json {
        shown.print_json(session)?;
    } else {
        shown.print(session)?;
    }
    let outcome = if answer.is_found() { Outcome::Found } else { Outcome::Nothing };
    // The process is about to end. Giving mapped files and memory back one by one takes a twentieth of a search; the system does it at once.
    std::mem::forget((shown.excerpts, answer, library));
    Ok(outcome)
}

/// Where a request looks.
pub(super) const fn extent(request: &Request) -> Extent {
    if request.scope.is_some() { Extent::Part } else { Extent::Library }
}

/// All that is known of a request without its hits, for commands that count what was typed and no more.
pub(super) fn known(session: &Session<'_>, library: &Library, request: &Request) -> anyhow::Result<library::Answer> {
    let request = Request { limit: Some(0), details: Details::default(), ..request.clone() };
    library.ask(request).map_err(|error| session.failed(&error))
}

/// That there are units with synonyms that were not counted; none where there are no such units.
pub(super) fn uncounted(answer: &library::Answer, language: Language) -> Option<String> {
    let (units, places) = (answer.response.synonyms.total, answer.response.synonyms.occurrences);
    let amount = amount(units, places, language);
    (units > 0).then(|| either(language, format!("另有同义写法未计入：{amount}"), format!("synonyms not counted: {amount}")))
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

/// So many units with so many places.
pub(super) fn amount(units: usize, places: usize, language: Language) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (many_units, many_places) = (plural(units), plural(places));
    either(language, format!("{units} 个单元，{places} 处"), format!("{units} unit{many_units}, {places} place{many_places}"))
}
