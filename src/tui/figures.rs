//! The indicators of the plans as rows of a list: where they start, where they are to go, how fast, with a small chart; and the lines that
//! stand below the list for the one that is selected.
//!
//! Charts are data here: a value becomes a share of the greatest. Drawing them is left to the view.

use super::picker::{Column, Width};
use super::shelf::Shelf;
use crate::diagnostic::Language;
use crate::document::indicator::Indicator;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;

/// The greatest value of a chart is drawn as so much.
pub const SCALE: u32 = 1_000;

/// The columns of a chart beside a row.
pub const CHART: u16 = 7;

/// An indicator and where it stands.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its document's place on the shelf.
    pub place: usize,
    /// Its row there, and all that the row says.
    pub indicator: Indicator,
}

/// One value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its year; where it is a target in words the last one.
    pub year: u16,
    /// As it is written.
    pub written: String,
    /// Its share of the greatest value, of [`SCALE`]; none where it is no number, or any of them is below nought.
    pub share: Option<u64>,
}

/// The columns of the list.
#[must_use]
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("指标", "indicator", Width::Share(3)),
        Column::new("年", "years", Width::Exactly(9)).unsearched().shown_from(76),
        Column::new("基期", "from", Width::Exactly(8)).right().unsearched(),
        Column::new("目标", "to", Width::Exactly(9)).right().unsearched(),
        Column::new("年均%", "%/year", Width::Exactly(6)).right().unsearched().shown_from(48),
        Column::new("增幅", "change", Width::Exactly(6)).right().unsearched().shown_from(62),
        Column::new("走势", "chart", Width::Exactly(CHART)).drawn().shown_from(62),
        Column::new("单位", "unit", Width::Exactly(8)).shown_from(90),
        Column::new("属性", "property", Width::Exactly(6)).shown_from(104),
        Column::new("类别", "group", Width::Share(1)).shown_from(116),
        Column::new("文件", "document", Width::Share(2)).shown_from(132),
    ]
}

/// The indicators of a document, each with its row; nothing where the library does not list the document.
#[must_use]
pub fn rows(id: &DocumentId, indicators: Vec<Indicator>, shelf: &Shelf) -> Vec<(Figure, Vec<String>)> {
    let Some((place, entry)) = shelf.position(id).and_then(|place| Some((place, shelf.places().get(place)?))) else {
        return Vec::new();
    };
    let title = entry.listing.metadata.title.as_str();
    let with_row = |indicator: Indicator| {
        let row = row(&indicator, title);
        (Figure { place, indicator }, row)
    };
    indicators.into_iter().map(with_row).collect()
}

fn row(indicator: &Indicator, document: &str) -> Vec<String> {
    let first = indicator.values.first();
    let last = indicator.values.last().filter(|_| indicator.values.len() > 1);
    let years = match (first, last) {
        (Some(first), Some(last)) => format!("{}-{}", first.year, last.year),
        (Some(only), None) => only.year.to_string(),
        (None, _) => String::new(),
    };
    let target = last.map(|value| one_word(&value.value)).filter(|value| !value.is_empty());
    vec![
        indicator.name.clone(),
        years,
        first.map(|value| one_word(&value.value)).unwrap_or_default(),
        target.unwrap_or_else(|| one_word(&indicator.target)),
        growth(indicator),
        change(indicator),
        String::new(),
        indicator.unit.clone(),
        indicator.property.clone(),
        indicator.category.clone(),
        document.to_owned(),
    ]
}

fn one_word(written: &str) -> String {
    written.split_whitespace().collect()
}

impl Figure {
    /// The row of its table.
    #[must_use]
    pub const fn node(&self) -> NodeIndex {
        self.indicator.node
    }

    /// Its name with the unit.
    #[must_use]
    pub fn name(&self) -> String {
        let Indicator { name, unit, .. } = &self.indicator;
        if unit.is_empty() { name.clone() } else { format!("{name}（{unit}）") }
    }

    /// Its values, the last of them the target in words where there is no number for it.
    #[must_use]
    pub fn bars(&self) -> Vec<Bar> {
        let values = &self.indicator.values;
        let numbers: Vec<Option<f64>> = values.iter().map(|value| number(&value.value)).collect();
        let greatest = numbers.iter().flatten().copied().fold(f64::MIN_POSITIVE, f64::max);
        let is_drawn = numbers.iter().flatten().all(|number| *number >= 0.0);
        let bar = |(number, value): (Option<f64>, &crate::document::indicator::YearValue)| {
            let is_target = value.value.trim().is_empty() && Some(value) == values.last();
            let written = one_word(if is_target { &self.indicator.target } else { &value.value });
            Bar { year: value.year, written, share: number.filter(|_| is_drawn).map(|number| share(number / greatest)) }
        };
        numbers.into_iter().zip(values).map(bar).collect()
    }

    /// How fast it is to go, how far, and what it is for: 年均 12% · 增幅 +72% · 预期性 · 对外贸易.
    #[must_use]
    pub fn summary(&self, language: Language) -> String {
        let (growth, change) = (growth(&self.indicator), change(&self.indicator));
        let percent = if growth.ends_with(['%', '％']) { "" } else { "%" };
        let is_told = !matches!(growth.as_str(), "" | "—" | "-" | "–");
        let growth = is_told.then(|| match language {
            Language::Chinese => format!("年均 {growth}{percent}"),
            Language::English => format!("{growth}{percent} a year"),
        });
        let change = (!change.is_empty()).then(|| match language {
            Language::Chinese => format!("增幅 {change}"),
            Language::English => format!("{change} in all"),
        });
        let kept = [&self.indicator.property, &self.indicator.category].into_iter().filter(|words| !words.is_empty()).cloned();
        growth.into_iter().chain(change).chain(kept).collect::<Vec<_>>().join(" · ")
    }
}

/// The growth in a year as it is written, else as it follows from the values, with ≈; for shares in per cent it follows from nothing.
fn growth(indicator: &Indicator) -> String {
    if !indicator.annual_growth.trim().is_empty() {
        return indicator.annual_growth.trim().to_owned();
    }
    let follows = || {
        let (first, last) = (indicator.values.first()?, indicator.values.last()?);
        let (from, to) = ends(indicator)?;
        let years = last.year.checked_sub(first.year).filter(|years| *years > 0)?;
        (to > 0.0).then(|| ((to / from).powf(1.0 / f64::from(years)) - 1.0) * 100.0)
    };
    follows().map(|growth| format!("≈{growth:.1}")).unwrap_or_default()
}

/// How much more the last value is than the first, in per cent of that.
fn change(indicator: &Indicator) -> String {
    ends(indicator).map(|(from, to)| format!("{:+.0}%", (to / from - 1.0) * 100.0)).unwrap_or_default()
}

/// The first and the last value, where they are quantities that can be divided: shares in per cent cannot.
fn ends(indicator: &Indicator) -> Option<(f64, f64)> {
    let (first, last) = (indicator.values.first()?, indicator.values.last().filter(|_| indicator.values.len() > 1)?);
    let (from, to) = (number(&first.value)?, number(&last.value)?);
    (from > 0.0 && !indicator.unit.contains(['%', '％'])).then_some((from, to))
}

/// A part of one as a part of [`SCALE`]; what is more than nothing is drawn as something.
fn share(part: f64) -> u64 {
    let steps = (1..=SCALE).take_while(|step| f64::from(*step) - 0.5 <= part * f64::from(SCALE)).count();
    let least = usize::from(part > 0.0) * usize::try_from(SCALE / 8).unwrap_or_default();
    u64::try_from(steps.max(least)).unwrap_or_default()
}

/// The number at the beginning of a cell: 8400, 1.5万 counts as 1.5, 50以上 as 50.
fn number(written: &str) -> Option<f64> {
    let written: String = written.chars().filter(|character| !character.is_whitespace() && *character != ',').collect();
    let written = written.trim_start_matches(['≥', '>', '＞', '约', '达', '到']);
    let digits = written.strip_prefix('-').unwrap_or(written);
    let end = digits.find(|character: char| !(character.is_ascii_digit() || character == '.')).unwrap_or(digits.len());
    written.get(..written.len() - digits.len() + end)?.parse().ok()
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
        for (from, to, unit, told) in
            [("4875", "8400", "亿元", "+72%"), ("9", "3", "", "-67%"), ("0", "3", "", ""), ("11.7", "15", "%", "")]
        {
            assert_eq!(change(&indicator(&[(2020, from), (2025, to)], unit)), told);
        }
    }

    #[test]
    fn a_chart_has_the_greatest_value_in_full_and_the_others_as_parts_of_it() {
        let shares = |values: &[(u16, &str)]| {
            let figure = Figure { place: 0, indicator: indicator(values, "") };
            figure.bars().into_iter().map(|bar| bar.share).collect::<Vec<_>>()
        };
        assert_eq!(shares(&[(2020, "100"), (2025, "200")]), [Some(500), Some(1000)]);
        assert_eq!(shares(&[(2020, "1,000家"), (2025, "1000 以上")]), [Some(1000), Some(1000)]);
        assert_eq!(shares(&[(2020, "1"), (2025, "1000")]), [Some(125), Some(1000)]);
        assert_eq!(shares(&[(2020, "—"), (2025, "200")]), [None, Some(1000)]);
        assert_eq!(shares(&[(2020, "0"), (2025, "0")]), [Some(0), Some(0)]);
        assert_eq!(shares(&[(2020, "-3"), (2025, "2")]), [None, None]);
    }

    #[test]
    fn a_target_in_words_stands_for_the_last_value() {
        let target = "累计完成\n100亿美元".to_owned();
        let figure = Figure { place: 0, indicator: Indicator { target, ..indicator(&[(2020, "14.9"), (2025, "")], "亿美元") } };
        let written: Vec<_> = figure.bars().into_iter().map(|bar| bar.written).collect();
        assert_eq!(written, ["14.9", "累计完成100亿美元"]);
        assert_eq!((figure.name(), figure.summary(Language::Chinese)), ("进出口总额（亿美元）".to_owned(), String::new()));
    }
}
