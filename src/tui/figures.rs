//! The indicators of the plans as rows of a list: where they start, where they are to go, how fast, and a small chart.

use super::picker::{Column, Width};
use super::shelf::Shelf;
use crate::document::indicator::Indicator;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::text::width::Ambiguous;

/// The columns of a chart.
const CHART: usize = 10;

/// A place of an indicator: its document's place on the shelf, and its row.
pub type Figure = (usize, NodeIndex);

/// The columns of the list.
#[must_use]
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("指标", "indicator", Width::Share(3)),
        Column::new("年", "years", Width::Exactly(9)).unsearched().shown_from(76),
        Column::new("基期", "from", Width::Exactly(9)).right().unsearched(),
        Column::new("目标", "to", Width::Exactly(9)).right().unsearched(),
        Column::new("年均%", "%/year", Width::Exactly(7)).right().unsearched().shown_from(48),
        Column::new("走势", "chart", Width::Exactly(10)).unsearched().shown_from(62),
        Column::new("单位", "unit", Width::Exactly(8)).shown_from(90),
        Column::new("属性", "property", Width::Exactly(6)).shown_from(104),
        Column::new("类别", "group", Width::Share(1)).shown_from(116),
        Column::new("文件", "document", Width::Share(2)).shown_from(132),
    ]
}

/// The indicators of a document, each with its row; nothing where the library does not list the document.
#[must_use]
pub fn rows(id: &DocumentId, indicators: &[Indicator], shelf: &Shelf, ambiguous: Ambiguous) -> Vec<(Figure, Vec<String>)> {
    let Some((place, entry)) = shelf.position(id).and_then(|place| Some((place, shelf.places().get(place)?))) else {
        return Vec::new();
    };
    let title = entry.listing.metadata.title.as_str();
    indicators.iter().map(|indicator| ((place, indicator.node), row(indicator, title, ambiguous))).collect()
}

fn row(indicator: &Indicator, document: &str, ambiguous: Ambiguous) -> Vec<String> {
    let first = indicator.values.first();
    let last = indicator.values.last().filter(|_| indicator.values.len() > 1);
    let years = match (first, last) {
        (Some(first), Some(last)) => format!("{}-{}", first.year, last.year),
        (Some(only), None) => only.year.to_string(),
        (None, _) => String::new(),
    };
    let written = |value: &str| value.split_whitespace().collect::<String>();
    let target = last.map(|value| written(&value.value)).filter(|value| !value.is_empty());
    vec![
        indicator.name.clone(),
        years,
        first.map(|value| written(&value.value)).unwrap_or_default(),
        target.unwrap_or_else(|| written(&indicator.target)),
        growth(indicator),
        chart(indicator, ambiguous),
        indicator.unit.clone(),
        indicator.property.clone(),
        indicator.category.clone(),
        document.to_owned(),
    ]
}

/// The growth in a year as it is written, else as it follows from the values, with ≈; for shares in per cent it follows from nothing.
fn growth(indicator: &Indicator) -> String {
    if !indicator.annual_growth.trim().is_empty() {
        return indicator.annual_growth.trim().to_owned();
    }
    let follows = || {
        let (first, last) = (indicator.values.first()?, indicator.values.last()?);
        let (from, to) = (number(&first.value)?, number(&last.value)?);
        let years = last.year.checked_sub(first.year).filter(|years| *years > 0)?;
        let is_possible = from > 0.0 && to > 0.0 && !indicator.unit.contains(['%', '％']);
        is_possible.then(|| ((to / from).powf(1.0 / f64::from(years)) - 1.0) * 100.0)
    };
    follows().map(|growth| format!("≈{growth:.1}")).unwrap_or_default()
}

/// The values beside each other, the greatest as wide as the chart: solid as far as the smaller of the first and the last reaches, light
/// as far as the greater; with an arrow that tells which is which. Empty where there are no two numbers.
fn chart(indicator: &Indicator, ambiguous: Ambiguous) -> String {
    let numbers: Vec<f64> = indicator.values.iter().filter_map(|value| number(&value.value)).collect();
    let (Some(first), Some(last)) = (numbers.first().copied(), numbers.last().copied().filter(|_| numbers.len() > 1)) else {
        return String::new();
    };
    let greatest = numbers.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let least = numbers.iter().copied().fold(f64::MAX, f64::min);
    if least < 0.0 {
        return String::new();
    }
    let (arrow, solid, light) = match ambiguous {
        Ambiguous::Narrow if last > first => ("↗", "█", "░"),
        Ambiguous::Narrow if last < first => ("↘", "█", "░"),
        Ambiguous::Narrow => ("→", "█", "░"),
        Ambiguous::Wide if last > first => ("+", "#", "."),
        Ambiguous::Wide if last < first => ("-", "#", "."),
        Ambiguous::Wide => ("=", "#", "."),
    };
    let room = CHART - 1;
    let cells = (1..=room).filter(|cell| share(*cell, room) <= first.min(last) / greatest).count();
    let all = (1..=room).filter(|cell| share(*cell, room) <= first.max(last) / greatest).count();
    format!("{arrow}{}{}", solid.repeat(cells), light.repeat(all - cells))
}

/// The middle of a cell as a share of the room.
fn share(cell: usize, room: usize) -> f64 {
    let halves = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    (halves(cell) - 0.5) / halves(room)
}

/// The number at the beginning of a cell: 8400, 1.5万 counts as 1.5, 50以上 as 50.
fn number(written: &str) -> Option<f64> {
    let written: String = written.chars().filter(|character| !character.is_whitespace() && *character != ',').collect();
    let written = written.trim_start_matches(['≥', '>', '＞', '约', '达', '到']);
    let end = written.find(|character: char| !(character.is_ascii_digit() || character == '.')).unwrap_or(written.len());
    written.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::indicator::YearValue;

    fn indicator(values: &[(u16, &str)], unit: &str) -> Indicator {
        let values = values.iter().map(|(year, value)| YearValue { year: *year, value: (*value).to_owned() }).collect();
        let empty = String::new;
        Indicator {
            node: NodeIndex(3),
            category: empty(),
            number: empty(),
            name: "进出口总额".to_owned(),
            unit: unit.to_owned(),
            values,
            annual_growth: empty(),
            target: empty(),
            property: empty(),
        }
    }

    #[test]
    fn growth_follows_from_the_values_where_it_is_not_written() {
        assert_eq!(growth(&indicator(&[(2020, "100"), (2025, "200")], "亿元")), "≈14.9");
        assert_eq!(growth(&indicator(&[(2020, "10"), (2025, "20")], "%")), "");
        assert_eq!(growth(&indicator(&[(2020, "—"), (2025, "200")], "家")), "");
        assert_eq!(growth(&Indicator { annual_growth: "7左右".to_owned(), ..indicator(&[], "") }), "7左右");
    }

    #[test]
    fn charts_tell_from_where_to_where() {
        assert_eq!(chart(&indicator(&[(2020, "100"), (2025, "200")], ""), Ambiguous::Narrow), "↗█████░░░░");
        assert_eq!(chart(&indicator(&[(2020, "9"), (2025, "3")], ""), Ambiguous::Narrow), "↘███░░░░░░");
        assert_eq!(chart(&indicator(&[(2020, "1,000家"), (2025, "1000 以上")], ""), Ambiguous::Wide), "=#########");
        assert_eq!(chart(&indicator(&[(2020, "—"), (2025, "200")], ""), Ambiguous::Narrow), "");
    }
}
