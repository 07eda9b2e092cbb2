//! Indicators: the rows of a table of 规划指标 as numbers that a plan binds itself to.
//!
//! Such a table has a column of names (指标) and at least one of a year. Takes the cells of its rows with their columns, merged
//! cells already laid out (see `columns`), gives one [`Indicator`] a row.

use crate::document::indicator::{Indicator, YearValue};
use crate::document::node::NodeIndex;
use crate::document::table::Cell;
use crate::text::numeral;

use super::line::{beginning, compact};

/// What a column of such a table holds, told by its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Category,
    Number,
    Name,
    Unit,
    Year(u16),
    Growth,
    Property,
    Other,
}

impl Role {
    fn year(self) -> Option<u16> {
        match self {
            Self::Year(year) => Some(year),
            Self::Category | Self::Number | Self::Name | Self::Unit | Self::Growth | Self::Property | Self::Other => None,
        }
    }
}

/// A wider table is none of indicators: one for every year since 1949 is not as wide.
const MOST_COLUMNS: usize = 256;
/// What a head says is told by so many characters of it.
const LONGEST_HEAD: usize = 100;

/// The columns of an indicator table.
#[derive(Debug)]
pub(super) struct Heads {
    roles: Vec<Role>,
    /// The year of each column that has one, and the first column of that year.
    years: Vec<(u16, usize)>,
}

/// The roles of the columns, where the head is that of an indicator table. `below` is the row under the head row: where that is still
/// head (规划目标 over 2023年 and 2025年), what it says of a column counts.
pub(super) fn heads(head: &[Cell], below: Option<&[Cell]>) -> Option<(Heads, HeadRows)> {
    if head.last().is_none_or(|last| last.columns.end > MOST_COLUMNS) {
        return None;
    }
    let one = by_column(head);
    if let Some(heads) = roles(&one) {
        return Some((heads, HeadRows::One));
    }
    let below = by_column(below.filter(|below| below.iter().any(|cell| year(&compact(&cell.text)).is_some()))?);
    let both = one.into_iter().enumerate().map(|(at, (cell, text))| match below.get(at) {
        Some((own, written)) if !written.is_empty() => (head.len() + own, written.clone()),
        Some(_) | None => (cell, text),
    });
    roles(&both.collect::<Vec<_>>()).map(|heads| (heads, HeadRows::Two))
}

/// How many rows the head of a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadRows {
    /// The first row.
    One,
    /// The first two.
    Two,
}

/// For each column the cell of a head row over it, by its place, and its text.
fn by_column(head: &[Cell]) -> Vec<(usize, String)> {
    let texts = head.iter().map(|cell| compact(beginning(&cell.text, LONGEST_HEAD))).enumerate();
    texts.zip(head).flat_map(|(text, cell)| std::iter::repeat_n(text, cell.columns.len())).take(MOST_COLUMNS).collect()
}

fn roles(columns: &[(usize, String)]) -> Option<Heads> {
    let mut roles: Vec<Role> = columns.iter().map(|(_, text)| role(text)).collect();
    let first_of = |wanted: Role| roles.iter().position(|role| *role == wanted);
    let years: Vec<(u16, usize)> = roles.iter().filter_map(|role| role.year().zip(first_of(*role))).collect();
    // 项目, 2020年, 2025年: what has values in several years is an indicator, whatever its column is called.
    if !roles.contains(&Role::Name) && (years.len() > 1 || (!years.is_empty() && roles.contains(&Role::Property))) {
        let names = |text: &str| ["名称", "项目", "内容"].iter().any(|name| text.contains(name));
        for (role, (_, text)) in roles.iter_mut().zip(columns) {
            if *role == Role::Other && names(text) {
                *role = Role::Name;
            }
        }
    }
    // 指标 beside 主要指标 or 指标名称: only the first names, and what stands before it groups. A head over a running number and a name
    // names the last.
    let first = roles.iter().position(|role| *role == Role::Name)?;
    let own = columns.get(first)?.0;
    let named = columns.iter().rposition(|(cell, _)| *cell == own)?;
    for (at, role) in roles.iter_mut().enumerate() {
        if *role == Role::Name && at != named {
            *role = Role::Other;
        }
    }
    (!years.is_empty()).then_some(Heads { roles, years })
}

fn role(head: &str) -> Role {
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if has(&["增长", "增速", "年均"]) {
        Role::Growth
    } else if let Some(year) = year(head) {
        Role::Year(year)
    } else if has(&["属性", "性质"]) {
        Role::Property
    } else if has(&["类别", "类型", "分类", "领域"]) {
        Role::Category
    } else if has(&["序号", "编号"]) {
        Role::Number
    } else if has(&["单位"]) {
        Role::Unit
    } else if has(&["指标"]) {
        Role::Name
    } else {
        Role::Other
    }
}

/// 2025年, 2025年目标: the year that heads a column.
fn year(head: &str) -> Option<u16> {
    let start = head.find(|first| numeral::arabic_digit(first).is_some())?;
    let numeral = numeral::leading(head.get(start..)?)?;
    u16::try_from(numeral.value).ok().filter(|year| (1900..2200).contains(year))
}

impl Heads {
    /// The indicator in one row.
    pub(super) fn read(&self, node: NodeIndex, cells: &[Cell]) -> Option<Indicator> {
        let value = |column: usize, wanted: Role| {
            let cell = cells.iter().find(|cell| cell.columns.contains(&column))?;
            self.belongs(cell, wanted).then(|| cell.text.clone())
        };
        let alone = |wanted: Role| value(self.roles.iter().position(|role| *role == wanted)?, wanted);
        let (name, unit) = split_unit(&alone(Role::Name)?);
        let target = cells.iter().find(|cell| self.spans_values(cell)).map(|cell| cell.text.clone()).unwrap_or_default();
        let of_year =
            |(year, column): &(u16, usize)| YearValue { year: *year, value: value(*column, Role::Year(*year)).unwrap_or_default() };
        Some(Indicator {
            node,
            category: alone(Role::Category).unwrap_or_default(),
            number: alone(Role::Number).unwrap_or_default(),
            values: self.years.iter().map(of_year).collect(),
            annual_growth: alone(Role::Growth).unwrap_or_default(),
            target,
            property: alone(Role::Property).unwrap_or_default(),
            unit: if unit.is_empty() { alone(Role::Unit).unwrap_or_default() } else { unit },
            name,
        })
        .filter(|indicator| !indicator.name.is_empty())
    }

    /// Whether a cell stands for this role: alone in its column, or over several as their name.
    fn belongs(&self, cell: &Cell, wanted: Role) -> bool {
        cell.columns.len() == 1 || wanted == Role::Name || (wanted == Role::Category && !self.covers(cell, Role::Name))
    }

    fn covers(&self, cell: &Cell, wanted: Role) -> bool {
        self.roles.get(cell.columns.clone()).is_some_and(|roles| roles.contains(&wanted))
    }

    /// Words over several values: 累计完成100亿美元.
    fn spans_values(&self, cell: &Cell) -> bool {
        let values = |role: &Role| role.year().is_some() || *role == Role::Growth;
        cell.columns.len() > 1 && self.roles.get(cell.columns.clone()).is_some_and(|roles| roles.iter().all(values))
    }
}

/// 进出口总额（亿元） is 进出口总额 in 亿元.
fn split_unit(name: &str) -> (String, String) {
    let split = name.strip_suffix(['）', ')']).and_then(|open| open.rsplit_once(['（', '(']));
    let (name, unit) = split.unwrap_or((name, ""));
    (name.trim().to_owned(), unit.trim().to_owned())
}
