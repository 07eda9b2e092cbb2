//! Where the hits are, as rows of a list: by year, region, kind, issuer, document, chapter. Each row stands for what is put into the query to
//! narrow it to these hits, so that the query says all there is to say.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::picker::{Column, Width};
use super::shelf::Shelf;
use crate::diagnostic::Language;
use crate::document::metadata::Metadata;
use crate::search::{Count, Facets};

/// The columns of the list.
#[must_use]
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("按", "by", Width::Exactly(8)),
        Column::new("收窄到", "narrow to", Width::Share(1)),
        Column::new("单元", "units", Width::Exactly(6)).right().unsearched(),
        Column::new("处", "places", Width::Exactly(6)).right().unsearched(),
    ]
}

/// A field of the query by the word before its colon, and what a document has for it.
type Field = (&'static str, &'static str, fn(&Metadata) -> Option<String>);

/// The fields that a document tells.
const FIELDS: [Field; 4] = [
    ("年", "year", |metadata| metadata.year().map(|year| year.to_string())),
    ("地区", "region", |metadata| metadata.region.clone()),
    ("类", "genre", |metadata| metadata.genre.clone()),
    ("发文", "issuer", |metadata| metadata.issuer.clone()),
];

/// For every way to narrow the hits what is put into the query, and the row. Ways that keep all hits are left out. `chapters` are the names
/// of the chapters of the facets.
#[must_use]
pub fn rows(facets: &Facets, chapters: &[String], shelf: &Shelf, language: Language) -> Vec<(String, Vec<String>)> {
    let all: usize = facets.documents.iter().map(|(_, count)| count.units).sum();
    let mut rows = Vec::new();
    let metadata = |id| shelf.position(id).and_then(|place| shelf.places().get(place)).map(|place| &place.listing.metadata);
    for (chinese, english, value) in FIELDS {
        let mut counts: BTreeMap<String, Count> = BTreeMap::new();
        for (id, count) in &facets.documents {
            if let Some(value) = metadata(id).and_then(value).filter(|value| !value.trim().is_empty()) {
                add(counts.entry(value).or_default(), *count);
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        if chinese != "年" {
            counts.sort_by(|left, right| right.1.units.cmp(&left.1.units).then_with(|| left.0.cmp(&right.0)));
        }
        push(&mut rows, counts, language.pick(chinese, english), all);
    }
    let documents = facets.documents.iter().filter_map(|(id, count)| Some((metadata(id)?, *count)));
    let name = |metadata: &Metadata| {
        metadata.document_number.clone().map_or_else(|| (false, metadata.title.clone()), |number| (true, number))
    };
    let mut documents: Vec<_> = documents.collect();
    documents.sort_by_key(|(_, count)| Reverse(count.units));
    for (metadata, count) in documents.into_iter().filter(|(_, count)| count.units < all) {
        let (is_number, value) = name(metadata);
        let field = if is_number { language.pick("文号", "number") } else { language.pick("文件", "document") };
        let label = language.pick("文件", "document");
        rows.push((written(field, &value), cells(label, &metadata.title, count)));
    }
    let mut counts: Vec<(String, Count)> = Vec::new();
    for (name, (_, _, count)) in chapters.iter().zip(&facets.chapters).filter(|(name, _)| !name.is_empty()) {
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, sum)) => add(sum, *count),
            None => counts.push((name.clone(), *count)),
        }
    }
    push(&mut rows, counts, language.pick("章", "chapter"), all);
    rows
}

fn push(rows: &mut Vec<(String, Vec<String>)>, counts: Vec<(String, Count)>, field: &'static str, all: usize) {
    let narrowing = counts.into_iter().filter(|(_, count)| count.units < all);
    rows.extend(narrowing.map(|(value, count)| (written(field, &value), cells(field, &value, count))));
}

fn cells(label: &str, value: &str, count: Count) -> Vec<String> {
    vec![label.to_owned(), value.to_owned(), count.units.to_string(), count.occurrences.to_string()]
}

/// The field as it is typed: its value in quotation marks that it does not hold itself, where it is not one plain word.
fn written(field: &str, value: &str) -> String {
    let is_plain = value.chars().all(char::is_alphanumeric);
    let marks = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』')];
    let marks = marks.into_iter().find(|(open, close)| !value.contains([*open, *close]));
    match marks.filter(|_| !is_plain) {
        Some((open, close)) => format!("{field}:{open}{value}{close}"),
        None => format!("{field}:{value}"),
    }
}

fn add(sum: &mut Count, count: Count) {
    sum.units += count.units;
    sum.occurrences += count.occurrences;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Clause, parse};

    #[test]
    fn what_is_put_into_a_query_is_read_as_a_field() {
        for value in ["2021", "湖南省“十四五”规划", "湘政办发〔2021〕57号", "第四章 推动外贸", "省商务厅、省财政厅"]
        {
            for field in ["文件", "文号", "章", "发文"] {
                let query = parse(&format!("外贸 {}", written(field, value)));
                assert!(query.readings.is_empty(), "{field} {value}: {:?}", query.readings);
                assert!(
                    matches!(&query.clause, Some(Clause::All(all)) if all.len() == 2 && !matches!(all.last(), Some(Clause::Term(_)))),
                    "{field} {value}: {query:?}"
                );
            }
        }
    }
}
