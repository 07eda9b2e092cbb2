//! Indicators (规划指标): the numbers that a plan binds itself to.

use serde::{Deserialize, Serialize};

use super::node::NodeIndex;

/// The value of an indicator in one year, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearValue {
    /// The year that heads the column, such as 2025.
    pub year: u16,
    /// The cell as written (`8400`, `—`); empty where the cell is merged into a target in words.
    pub value: String,
}

/// One row of an indicator table, its merged cells understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The row that it was read from.
    pub node: NodeIndex,
    /// The group that the row belongs to (对外贸易); carried down from merged cells.
    pub category: String,
    /// Its running number as written; empty where it has none.
    pub number: String,
    /// Its name without the unit.
    pub name: String,
    /// The unit from the brackets after the name (亿元, %); empty where there is none.
    pub unit: String,
    /// Its values in the order of the columns.
    pub values: Vec<YearValue>,
    /// Annual growth in per cent, as written (`7左右`).
    pub annual_growth: String,
    /// A target in words that spans value columns (累计完成100亿美元).
    pub target: String,
    /// 预期性 (anticipated) or 约束性 (binding), as written.
    pub property: String,
}
