//! Why the selected hit is where it is, as lines of a sheet: how the query was read, how the hit matches, its score by parts.

use super::results::Asked;
use super::search::Search;
use super::sheet::Line;
use crate::analysis::explained;
use crate::diagnostic::Language;

/// The lines; empty where nothing was searched for.
#[must_use]
pub fn lines(search: &Search, language: Language) -> Vec<Line> {
    let Some(results) = &search.results else { return Vec::new() };
    let hit = search.entry().and_then(|entry| entry.hit.as_ref());
    let asked = hit.map_or(0, |(_, asked)| *asked);
    let mut lines = Vec::new();
    if let Some(Asked { reading, query, explanation }) = results.asked.get(asked) {
        lines.push(Line::Heading(language.pick("检索式", "The query").to_owned()));
        let label = language.pick("理解", "reading").to_owned();
        lines.extend(reading.iter().map(|reading| Line::Row { left: label.clone(), right: reading.clone() }));
        let rows = explained::query(query, explanation, language).into_iter();
        lines.extend(rows.map(|row| Line::Row { left: row.label.to_owned(), right: row.text }));
    }
    let Some((hit, _)) = hit else { return lines };
    lines.extend([Line::Empty, Line::Heading(language.pick("所选单元", "The selected unit").to_owned())]);
    let row = |left: &str, right: String| Line::Row { left: left.to_owned(), right };
    lines.push(row(language.pick("匹配", "matches"), explained::matched(hit, language)));
    lines.extend(explained::parts(&hit.score, language).iter().map(|part| row(part.name, part.sum())));
    // The total stands below the sums: `1.00 × 8.0 =  8.00`.
    lines.push(row(language.pick("得分", "score"), format!("{:>18.2}", hit.score.total())));
    lines
}
