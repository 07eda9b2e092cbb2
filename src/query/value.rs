//! The values of fields → filters. Each function takes one value and gives the filters of which one must fit; none where the value
//! cannot be read as such, and what was typed is then searched literally.

use std::ops::RangeInclusive;

use super::address;
use super::clause::Filter;
use super::numerals;
use crate::text::fold;
use crate::text::numeral;

/// A folded value, where anything is left of it.
fn one(value: &str, filter: fn(String) -> Filter) -> Vec<Filter> {
    let folded = fold::folded(value);
    if folded.is_empty() { Vec::new() } else { vec![filter(folded)] }
}

/// 章: the heading in every spelling of its numbers; 章:4 means 第四章.
pub(super) fn headings(value: &str) -> Vec<Filter> {
    let value = value.trim();
    let number = numeral::value(value).is_some();
    let written = if number { format!("第{value}章") } else { value.to_owned() };
    let mut filters = one(&written, Filter::Heading);
    if !filters.is_empty() {
        filters.extend(numerals::others(&written).into_iter().map(|form| Filter::Heading(form.folded)));
    }
    filters
}

/// 在: an address.
pub(super) fn places(value: &str) -> Vec<Filter> {
    let pattern = address::parse(value).or_else(|| address::number(&fold::folded(value)));
    pattern.map(Filter::Within).into_iter().collect()
}

/// 文件: a part of the title of the document, its book marks left out.
pub(super) fn documents(value: &str) -> Vec<Filter> {
    let value = value.trim();
    let inner = value.strip_prefix('《').and_then(|inner| inner.strip_suffix('》'));
    one(inner.unwrap_or(value), Filter::Document)
}

/// 文号: a part of the number of the document.
pub(super) fn numbers(value: &str) -> Vec<Filter> {
    one(value, Filter::Number)
}

/// 发文: a part of the name of the issuer.
pub(super) fn issuers(value: &str) -> Vec<Filter> {
    one(value, Filter::Issuer)
}

/// 地区: the name of a region.
pub(super) fn regions(value: &str) -> Vec<Filter> {
    one(value, Filter::Region)
}

/// 类: the 文种.
pub(super) fn genres(value: &str) -> Vec<Filter> {
    one(value, Filter::Genre)
}

/// 年: a year or a range of years; either end may be left open.
pub(super) fn years(value: &str) -> Vec<Filter> {
    range(&fold::folded(value)).map(Filter::Year).into_iter().collect()
}

/// What may stand between two years; longer ones first.
const BETWEEN: [&str; 11] = ["——", "--", "..", "—", "–", "-", "~", "〜", "至", "到", "…"];

fn range(folded: &str) -> Option<RangeInclusive<u16>> {
    if let Some(only) = year(folded) {
        return Some(only..=only);
    }
    let (from, to) = BETWEEN.iter().find_map(|between| folded.split_once(between))?;
    let (from, to) = match (from.is_empty(), to.is_empty()) {
        (true, true) => return None,
        (true, false) => (0, year(to)?),
        (false, true) => (year(from)?, u16::MAX),
        (false, false) => (year(from)?, year(to)?),
    };
    Some(from.min(to)..=from.max(to))
}

/// 2021, 2021年, 二〇二一年: four digits, so that 21 and 十四五 are not taken for years.
fn year(written: &str) -> Option<u16> {
    let written = written.trim();
    let digits = written.strip_suffix('年').unwrap_or(written);
    let four = digits.chars().count() == 4;
    let value = numeral::value(digits).filter(|value| four && (1000..=9999).contains(value))?;
    u16::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(filters: Vec<Filter>) -> Vec<String> {
        let text = |filter| match filter {
            Filter::Heading(text) | Filter::Document(text) => text,
            Filter::Year(years) => format!("{years:?}"),
            Filter::Within(_) => "place".to_owned(),
            Filter::Number(_) | Filter::Issuer(_) | Filter::Region(_) | Filter::Genre(_) => String::new(),
        };
        filters.into_iter().map(text).collect()
    }

    #[test]
    fn years_are_single_or_ranges() {
        for (typed, expected) in [
            ("2021", "2021..=2021"),
            ("２０２１年", "2021..=2021"),
            ("二〇二一", "2021..=2021"),
            ("2019-2021", "2019..=2021"),
            ("2019－2021", "2019..=2021"),
            ("2019..2021", "2019..=2021"),
            ("2019—2021年", "2019..=2021"),
            ("2019年——2021年", "2019..=2021"),
            ("2021至2019", "2019..=2021"),
            ("2019～2021", "2019..=2021"),
            ("2019-", "2019..=65535"),
            ("..2021", "0..=2021"),
        ] {
            assert_eq!(folded(years(typed)), [expected], "{typed}");
        }
        for typed in ["", "21", "去年", "20211", "-", "十四五", "2021-22", "2021-1", "..", "2019-2020-2021"] {
            assert_eq!(folded(years(typed)), [""; 0], "{typed}");
        }
    }

    #[test]
    fn headings_are_looked_for_in_both_figures() {
        assert_eq!(folded(headings("4")), ["第4章", "第四章"]);
        assert_eq!(folded(headings("第四章")), ["第四章", "第4章"]);
        assert_eq!(folded(headings("优化布局")), ["优化布局"]);
        assert_eq!(folded(headings("\u{200B}")), [""; 0]);
    }

    #[test]
    fn a_place_is_an_address_or_a_number() {
        for typed in ["4.3", "4", "４", "第四章", "57号", "（三）", "第四章三（四）"] {
            assert_eq!(folded(places(typed)), ["place"], "{typed}");
        }
        assert_eq!(folded(places("外贸")), [""; 0]);
        assert_eq!(folded(documents("《外贸规划》")), ["外贸规划"]);
    }
}
