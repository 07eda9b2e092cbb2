//! Counts as aligned columns, with bars where there is a screen to draw them on.
//!
//! Pure: takes names, numbers and the width of the terminal, gives lines. Everything is measured in columns of the terminal, and
//! no line is wider than it. Without a terminal there are no bars and nothing is cut.

use crate::text::width::{Ambiguous, columns, pad, truncate};

/// What is to be drawn.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    /// The heads of the two columns that say what a row is.
    pub(super) heads: [String; 2],
    /// Address and name of each row; the addresses are all empty where there are none.
    pub(super) rows: Vec<[String; 2]>,
    /// The columns of numbers.
    pub(super) series: Vec<Series>,
    /// The name of the last row, which has the totals.
    pub(super) total: String,
}

/// A column of numbers.
#[derive(Debug, Clone)]
pub(super) struct Series {
    /// What is counted.
    pub(super) head: String,
    /// One for each row.
    pub(super) values: Vec<usize>,
    /// Their sum.
    pub(super) total: usize,
    /// Whether it is drawn as well, its largest value as long as there is room.
    pub(super) bars: bool,
}

/// As many series as fit beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// The line of heads.
    pub(super) head: String,
    /// A line for each row.
    pub(super) rows: Vec<String>,
    /// The line of totals.
    pub(super) total: String,
}

/// No name is cut to less than this.
const NARROWEST_NAME: usize = 12;
/// On a screen no name takes more than this.
const WIDEST_NAME: usize = 44;
/// On a screen no head of a series takes more than this.
const WIDEST_HEAD: usize = 16;
/// Bars shorter than this tell nothing.
const SHORTEST_BAR: usize = 6;
/// For bars of this length names are cut.
const GOOD_BAR: usize = 12;
/// Bars longer than this are hard to compare with their numbers.
const LONGEST_BAR: usize = 32;
/// Between columns.
const GAP: usize = 2;

/// The chart in `room` columns, or as wide as it needs where there is no terminal: one block, more where the series do not fit
/// beside each other.
pub(super) fn blocks(chart: &Chart, room: Option<usize>) -> Vec<Block> {
    let Some(room) = room else { return vec![block(chart, &chart.series, &natural(chart))] };
    let mut blocks = Vec::new();
    let mut rest = chart.series.as_slice();
    while !rest.is_empty() {
        let (layout, fitting) = layout(chart, rest, room);
        let (these, others) = rest.split_at(fitting);
        blocks.push(block(chart, these, &layout));
        rest = others;
    }
    blocks
}

/// How wide everything is.
struct Layout {
    address: usize,
    name: usize,
    bar: usize,
    /// The most columns that a head of a series takes.
    head: usize,
}

/// Everything at its own width, without bars.
fn natural(chart: &Chart) -> Layout {
    let [address, name] = own_widths(chart);
    Layout { address, name, bar: 0, head: usize::MAX }
}

/// Widths for a screen, and how many of `series` they are for: at least one.
fn layout(chart: &Chart, series: &[Series], room: usize) -> (Layout, usize) {
    let [address, own_name] = own_widths(chart);
    let narrowest_name = own_name.min(NARROWEST_NAME);
    let numbers = |count: usize| series.iter().take(count).map(|one| GAP + digits(one, WIDEST_HEAD)).sum::<usize>();
    let gap = if address > 0 { GAP } else { 0 };
    // Where even one series leaves no room for both, the address says which row it is, cut as a last resort.
    let left = room.saturating_sub(numbers(1));
    let is_cramped = address > 0 && address + gap + narrowest_name > left;
    let (address, gap, own_name, narrowest_name) =
        if is_cramped { (address.min(left), 0, 0, 0) } else { (address, gap, own_name.min(left.max(1)), narrowest_name.min(left)) };
    let fitting = (1..=series.len()).rev().find(|count| address + gap + narrowest_name + numbers(*count) <= room).unwrap_or(1);
    let drawn = series.iter().take(fitting).filter(|one| one.bars).count();
    let free = room.saturating_sub(address + gap + numbers(fitting));
    let bars = |bar: usize| drawn * (bar + 1);
    // Names give way until bars are of a good length; what is left goes to the bars.
    let widest_name = own_name.min(WIDEST_NAME).min(free);
    let name = widest_name.min(free.saturating_sub(bars(GOOD_BAR))).max(narrowest_name.min(free));
    let longest = free.saturating_sub(name).checked_div(drawn).map_or(0, |each| each.saturating_sub(1));
    let bar = if longest < SHORTEST_BAR { 0 } else { longest.min(LONGEST_BAR) };
    let name = if bar == 0 { widest_name } else { name };
    (Layout { address, name, bar, head: WIDEST_HEAD }, fitting)
}

/// The widest address and the widest name, heads included.
fn own_widths(chart: &Chart) -> [usize; 2] {
    let [addresses, names] = [0, 1].map(|at: usize| {
        let heads = chart.heads.get(at).into_iter();
        heads.chain(chart.rows.iter().filter_map(move |row| row.get(at))).map(|text| width(text)).max().unwrap_or(0)
    });
    [addresses, names.max(width(&chart.total))]
}

fn block(chart: &Chart, series: &[Series], layout: &Layout) -> Block {
    let rows = chart.rows.iter().enumerate().map(|(at, row)| {
        let cells = series.iter().map(|one| {
            let value = one.values.get(at).copied().unwrap_or_default();
            let most = one.values.iter().copied().max().unwrap_or_default();
            (one, value.to_string(), bar(value, most, if one.bars { layout.bar } else { 0 }))
        });
        line(row, cells, layout)
    });
    let heads = series.iter().map(|one| (one, truncate(&one.head, layout.head, Ambiguous::Narrow).into_owned(), String::new()));
    let totals = series.iter().map(|one| (one, one.total.to_string(), String::new()));
    let total = if layout.name == 0 { [chart.total.clone(), String::new()] } else { [String::new(), chart.total.clone()] };
    Block { rows: rows.collect(), head: line(&chart.heads, heads, layout), total: line(&total, totals, layout) }
}

/// Address, name, then each number at the right of its column with its bar after it; no white space at the end.
fn line<'s>(row: &[String; 2], cells: impl Iterator<Item = (&'s Series, String, String)>, layout: &Layout) -> String {
    let [address, name] = row;
    let mut line = pad(address, layout.address, Ambiguous::Narrow);
    if layout.address > 0 && layout.name > 0 {
        line.push_str(&" ".repeat(GAP));
    }
    line.push_str(&pad(name, layout.name, Ambiguous::Narrow));
    for (series, number, bar) in cells {
        let before = GAP + digits(series, layout.head).saturating_sub(width(&number));
        line.push_str(&" ".repeat(before));
        line.push_str(&number);
        if series.bars && layout.bar > 0 {
            line.push(' ');
            line.push_str(&pad(&bar, layout.bar, Ambiguous::Narrow));
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The columns that the numbers of a series and its head take.
fn digits(series: &Series, widest_head: usize) -> usize {
    let numbers = series.values.iter().chain([&series.total]).map(|number| number.to_string().len());
    numbers.max().unwrap_or(0).max(width(&series.head).min(widest_head))
}

/// A bar of `value` where one of `most` has `length` columns, in eighths of a column; what is there at all is seen.
fn bar(value: usize, most: usize, length: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (value * length * 8 + most / 2).checked_div(most).unwrap_or(0);
    let eighths = if value > 0 && length > 0 { eighths.max(1) } else { eighths };
    let rest = EIGHTHS.get(eighths % 8).copied().unwrap_or_default();
    format!("{}{rest}", "█".repeat(eighths / 8))
}

fn width(text: &str) -> usize {
    columns(text, Ambiguous::Narrow)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn series(head: &str, values: &[usize], bars: bool) -> Series {
        Series { head: head.to_owned(), values: values.to_vec(), total: values.iter().sum(), bars }
    }

    fn chart(series: Vec<Series>) -> Chart {
        let row = |address: &str, name: &str| [address.to_owned(), name.to_owned()];
        let rows = vec![row("f1", "正文前"), row("1", "第一章 发展𠮷祥基础"), row("2", "第二章 “双循环”RCEP")];
        Chart { heads: ["地址", "章"].map(str::to_owned), rows, series, total: "合计".to_owned() }
    }

    fn drawn(chart: &Chart, room: Option<usize>) -> String {
        let lines = blocks(chart, room).into_iter().flat_map(|block| [vec![block.head], block.rows, vec![block.total]].concat());
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_stand_below_each_other_and_bars_fill_the_rest() {
        let one = chart(vec![series("单元", &[0, 1, 12], false), series("处", &[0, 1, 31], true)]);
        let piped = "\
地址  章                   单元  处
f1    正文前                  0   0
1     第一章 发展𠮷祥基础     1   1
2     第二章 “双循环”RCEP    12  31
      合计                   13  32";
        assert_eq!(drawn(&one, None), piped);
        let narrow = "\
地址  章            单元  处
f1    正文前           0   0
1     第一章 发展…     1   1 ▍
2     第二章 “双…     12  31 ███████████
      合计            13  32";
        assert_eq!(drawn(&one, Some(40)), narrow);
    }

    #[test]
    fn terms_that_do_not_fit_beside_each_other_stand_below() {
        let three = chart(["自由贸易试验区", "外贸", "RCEP"].map(|head| series(head, &[1, 2, 3], true)).into());
        let narrow = "\
地址  章            自由贸易试验区  外贸
f1    正文前                     1     1
1     第一章 发展…               2     2
2     第二章 “双…                3     3
      合计                       6     6
地址  章               RCEP
f1    正文前              1 ████
1     第一章 发展𠮷…      2 ████████
2     第二章 “双循环…     3 ████████████
      合计                6";
        assert_eq!(drawn(&three, Some(40)), narrow);
    }

    #[test]
    fn what_is_there_is_seen_and_what_is_not_is_not() {
        assert_eq!(["", "▏", "████"].map(str::to_owned), [bar(0, 1000, 4), bar(1, 1000, 4), bar(1000, 1000, 4)]);
        assert_eq!((bar(1, 2, 5), bar(0, 0, 5), bar(3, 3, 0)), ("██▌".to_owned(), String::new(), String::new()));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            names in prop::collection::vec("[章一RCEP，“”𠮷 ]{0,30}", 1..5),
            heads in prop::collection::vec("[外贸a]{1,20}", 1..6),
            address in "[a-z0-9-]{0,24}", value in 0_usize..10_000_000, room in 30_usize..220,
        ) {
            let rows: Vec<_> = names.iter().map(|name| [address.clone(), name.clone()]).collect();
            let values = vec![value; rows.len()];
            let series: Vec<_> = heads.iter().map(|head| series(head, &values, true)).collect();
            let chart = Chart { heads: [String::new(), "章".to_owned()], rows, series, total: "合计".to_owned() };
            for line in drawn(&chart, Some(room)).lines() {
                prop_assert!(width(line) <= room, "{line}");
            }
        }
    }
}
