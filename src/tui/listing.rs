//! The list of results as rows: headings broken to the width of the list, two rows for a unit, one for a suggestion.

use super::results::{Item, Results, Tone};
use super::tree::scrolled;
use crate::text::line_break::{Measure, wrap};
use crate::text::width::Ambiguous;

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A line of a heading or notice.
    Text(String, Tone),
    /// The name and count of a group of items, by its place among the groups.
    Group(usize),
    /// Where in its document the hits of a group lie.
    Map(usize),
    /// The breadcrumb of the unit that is this item.
    Head(usize),
    /// A line of its text.
    Snippet(usize),
    /// The suggestion that is this item.
    Suggestion(usize),
}

impl Row {
    /// The item that it belongs to.
    #[must_use]
    pub const fn item(&self) -> Option<usize> {
        match self {
            Self::Text(..) | Self::Group(_) | Self::Map(_) => None,
            Self::Head(item) | Self::Snippet(item) | Self::Suggestion(item) => Some(*item),
        }
    }
}

/// All rows of some results in a list of so many columns.
#[must_use]
pub fn rows(results: &Results, columns: usize, ambiguous: Ambiguous) -> Vec<Row> {
    let measure = Measure { columns: columns.saturating_sub(2).max(2), first_indent: 0, ambiguous };
    let mut rows = Vec::new();
    for section in &results.sections {
        let heading = section.heading.as_str();
        let lines = wrap(heading, &measure).into_iter();
        rows.extend(lines.map(|line| Row::Text(heading.get(line).unwrap_or_default().trim_end().to_owned(), section.tone)));
        for item in section.items.clone() {
            let first = results.groups.partition_point(|group| group.at < item);
            for (number, group) in results.groups.iter().enumerate().skip(first).take_while(|(_, group)| group.at == item) {
                let name = (!group.name.is_empty()).then_some(Row::Group(number));
                rows.extend(name.into_iter().chain(group.map.as_ref().map(|_| Row::Map(number))));
            }
            match results.items.get(item) {
                Some(Item::Unit(_)) => rows.extend([Row::Head(item), Row::Snippet(item)]),
                Some(Item::Suggestion(_)) => rows.push(Row::Suggestion(item)),
                None => {}
            }
        }
    }
    rows
}

/// The first row to be seen in a list of `height` rows, so that all rows of the selected item can be seen, with what stands above it
/// where there is room.
#[must_use]
pub fn first_row(rows: &[Row], first: usize, selected: usize, height: usize) -> usize {
    let of_selected = |row: &Row| row.item() == Some(selected);
    let last = rows.iter().rposition(of_selected).unwrap_or(0);
    let top = rows.iter().position(of_selected).unwrap_or(0);
    let headed = rows.iter().take(top).rposition(|row| row.item().is_some()).map_or(0, |before| before + 1);
    let top = if last - headed < height { headed } else { top };
    scrolled(first.min(top), last, height.max(1)).min(rows.len().saturating_sub(height.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_selected_can_be_seen_with_its_heading() {
        let text = || Row::Text("题".to_owned(), Tone::Heading);
        let rows = [text(), Row::Head(0), Row::Snippet(0), text(), text(), Row::Head(1), Row::Snippet(1), Row::Suggestion(2)];
        assert_eq!(first_row(&rows, 0, 0, 4), 0);
        assert_eq!(first_row(&rows, 0, 1, 4), 3);
        assert_eq!(first_row(&rows, 7, 0, 4), 0);
        assert_eq!(first_row(&rows, 0, 1, 2), 5);
        assert_eq!(first_row(&rows, 0, 2, 4), 4);
        assert_eq!(first_row(&[], 3, 0, 4), 0);
    }
}
