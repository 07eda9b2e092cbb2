//! Which document or unit is meant by what was typed.

use clap::{Arg, ArgMatches};

use super::session::Session;
use crate::diagnostic::Language;
use crate::document::locator::DocumentId;
use crate::export::passage::{Passage, Sentence};
use crate::library::{Library, Listing, Target};
use crate::text::fold;
use crate::text::sentence::sentences;

/// How many documents are named where several are meant alike.
const SHOWN: usize = 10;

/// The argument that names a place, required; it may be typed with spaces (第四章 三 （四）).
pub(super) fn argument(language: Language) -> Arg {
    Arg::new("place").required(true).num_args(1..).value_name(language.pick("位置", "LOCATOR")).help(
        language.pick("如 4.3.4、第四章三（四）、四三四、57号、4.3.4.s2", "Such as 4.3.4, 第四章三（四）, 四三四, 57号, 4.3.4.s2"),
    )
}

/// What was typed for [`argument`].
pub(super) fn typed(matches: &ArgMatches) -> String {
    matches.get_many::<String>("place").into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The place as the exporters take it.
pub(super) fn passage(target: &Target, quoted: bool) -> Passage<'_> {
    let unit = target.node.and_then(|node| target.document.node(node)).map_or("", |node| target.document.unit_text(node));
    let sentence = target.sentence.clone().map(|span| {
        let before = sentences(unit).iter().take_while(|sentence| sentence.start < span.start).count();
        Sentence { number: u32::try_from(before + 1).unwrap_or(u32::MAX), span }
    });
    Passage { document: &target.document, node: target.node, through: None, sentence, quoted }
}

/// The place that `typed` names: an address or a name that the library understands, else a part of one document's title, also as
/// the document of an address (刑法/a17).
///
/// None where it names nothing, which has been told.
pub(super) fn target(session: &Session<'_>, library: &Library, typed: &str) -> anyhow::Result<Option<Target>> {
    if let Some(target) = library.resolve(typed).map_err(|error| session.failed(&error))? {
        return Ok(Some(target));
    }
    if let Some((name, address)) = typed.split_once('/')
        && let [listing] = named(library.listings(), name).as_slice()
    {
        let full = format!("{}/{address}", listing.id);
        if let Some(target) = library.resolve(&full).map_err(|error| session.failed(&error))? {
            return Ok(Some(target));
        }
    }
    let Some(listing) = document(session, library, typed)? else { return Ok(None) };
    let document = library.document(&listing.id).map_err(|error| session.failed(&error))?;
    Ok(Some(Target { document, node: None, sentence: None }))
}

/// The one document that `typed` names: by id, which needs no look at the others, 文号 or title, else by the end of its 文号 (57号), else by a part of its title.
///
/// None where there is no such document, which has been told.
///
/// # Errors
/// Where several documents are meant alike.
pub(super) fn document(session: &Session<'_>, library: &Library, typed: &str) -> anyhow::Result<Option<Listing>> {
    let language = session.language;
    let by_id = library.listing(&DocumentId::new(typed)).map_err(|error| session.failed(&error))?;
    if let Some(listing) = by_id.filter(|listing| listing.id.as_str() == typed) {
        return Ok(Some(listing));
    }
    let found = named(library.listings(), typed);
    match found.as_slice() {
        [] => {
            let lead = language.pick("文库里没有", "this library has no");
            let hint = language.pick(
                "；celan list 列出全部文件，celan toc 列出全部位置",
                "; `celan list` lists the documents, `celan toc` the places in them",
            );
            session.say(&format!("{lead}{}{hint}", quoted(session, typed)));
            Ok(None)
        }
        [only] => Ok(Some((*only).clone())),
        several => {
            let lead = language.pick("有几个文件都符合", "several documents match");
            let hint = language.pick("，请写出其中一个的编号：", "; type the id of one of them:");
            let ids: String = several
                .iter()
                .take(SHOWN)
                .flat_map(|listing| ["\n  ", listing.id.as_str(), "  ", &listing.metadata.title])
                .collect();
            let more = if several.len() > SHOWN { "\n  …" } else { "" };
            anyhow::bail!("{lead}{}{hint}{ids}{more}", quoted(session, typed))
        }
    }
}

/// What was typed, in the quotation marks of the language.
pub(super) fn quoted(session: &Session<'_>, typed: &str) -> String {
    let (before, after) = session.language.pick(("“", "”"), (" `", "`"));
    format!("{before}{typed}{after}")
}

/// The documents that `typed` names, by the narrowest reading that names any.
fn named<'l>(listings: &'l [Listing], typed: &str) -> Vec<&'l Listing> {
    let typed = fold::folded(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let names = |listing: &Listing| {
        let number = listing.metadata.document_number.as_deref().unwrap_or_default();
        [fold::folded(listing.id.as_str()), fold::folded(number), fold::folded(&listing.metadata.title)]
    };
    let readings: [fn(&[String; 3], &str) -> bool; 3] = [
        |names, typed| names.iter().any(|name| name == typed || name.strip_prefix("中华人民共和国") == Some(typed)),
        |[_, number, _], typed| {
            let before = number.strip_suffix(typed).and_then(|before| before.chars().next_back());
            before.is_some_and(|before| !before.is_numeric() || !typed.starts_with(char::is_numeric))
        },
        |[_, _, title], typed| title.contains(typed),
    ];
    let by = |reads: &fn(&[String; 3], &str) -> bool| -> Vec<&Listing> {
        listings.iter().filter(|listing| reads(&names(listing), &typed)).collect()
    };
    readings.iter().map(by).find(|found| !found.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::metadata::{Metadata, Source};

    fn listing(id: &str, number: &str, title: &str) -> Listing {
        let metadata = Metadata { title: title.to_owned(), document_number: Some(number.to_owned()), ..Metadata::default() };
        Listing { id: DocumentId::new(id), metadata, source: Source::default(), units: 0 }
    }

    #[test]
    fn the_narrowest_reading_that_names_any_counts() {
        let listings = [
            listing("湘政办发-2021-57", "湘政办发〔2021〕57号", "湖南省“十四五”商务规划"),
            listing("湘政办发-2021-157", "湘政办发〔2021〕157号", "湖南省物流规划"),
            listing("物流", "", "物流规划"),
            listing("法", "", "中华人民共和国刑法"),
            listing("解释", "", "关于刑法的解释"),
        ];
        let ids = |typed| named(&listings, typed).iter().map(|listing| listing.id.to_string()).collect::<Vec<_>>().join(" ");
        let cases = [
            ("57号", "湘政办发-2021-57"),
            ("湘政办发[2021]57号", "湘政办发-2021-57"),
            ("湘政办发-2021-157", "湘政办发-2021-157"),
            ("商务", "湘政办发-2021-57"),
            ("物流", "物流"),
            ("规划", "湘政办发-2021-57 湘政办发-2021-157 物流"),
            ("刑法", "法"),
            ("外贸", ""),
            (" ", ""),
        ];
        for (typed, expected) in cases {
            assert_eq!(ids(typed), expected, "{typed}");
        }
    }
}
