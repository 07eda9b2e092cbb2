//! The order of rows by a column: numbers by their value, dates and Latin words by their characters, Chinese by pinyin; what is empty
//! stands last either way round.

use std::cmp::Ordering;

use super::matching::Rank;
use super::rows::Rows;
use super::{Order, number};
use crate::text::pinyin::readings;

/// What a cell is ordered by.
#[derive(Debug, PartialEq)]
enum Key {
    Number(f64),
    Text(String),
    Empty,
}

/// Orders rows (rank and number) by a column; equals keep the order in which they were given.
pub(super) fn sort(ranked: &mut Vec<(Rank, u32)>, rows: &Rows, order: Order) {
    let key = |row: u32| key(rows.cell(number(row), order.column));
    let mut keyed: Vec<_> = ranked.iter().map(|ranked| (key(ranked.1), *ranked)).collect();
    keyed.sort_by(|left, right| compare(&left.0, &right.0, order.is_descending).then(left.1.1.cmp(&right.1.1)));
    *ranked = keyed.into_iter().map(|(_, ranked)| ranked).collect();
}

fn compare(left: &Key, right: &Key, is_descending: bool) -> Ordering {
    let turned = |ordering: Ordering| if is_descending { ordering.reverse() } else { ordering };
    match (left, right) {
        (Key::Empty, Key::Empty) => Ordering::Equal,
        (Key::Empty, _) => Ordering::Greater,
        (_, Key::Empty) => Ordering::Less,
        (Key::Number(left), Key::Number(right)) => turned(left.total_cmp(right)),
        (Key::Number(_), Key::Text(_)) => turned(Ordering::Less),
        (Key::Text(_), Key::Number(_)) => turned(Ordering::Greater),
        (Key::Text(left), Key::Text(right)) => turned(left.cmp(right)),
    }
}

fn key(cell: &str) -> Key {
    let cell = cell.trim();
    if cell.is_empty() || matches!(cell, "—" | "–" | "-" | "——") {
        return Key::Empty;
    }
    let number: String = cell.chars().filter(|character| !matches!(character, ',' | '，' | '%' | '+')).collect();
    if let Some(number) = number.parse::<f64>().ok().filter(|number| number.is_finite()) {
        return Key::Number(number);
    }
    let mut text = String::new();
    for character in cell.chars().filter(|character| !is_bracket(*character)) {
        match readings(character).first() {
            Some(reading) => text.push_str(reading),
            None => text.extend(character.to_lowercase()),
        }
        text.push(' ');
    }
    Key::Text(text)
}

/// Marks that a title is not ordered by.
const fn is_bracket(character: char) -> bool {
    matches!(character, '《' | '》' | '“' | '”' | '（' | '）' | '〔' | '〕' | '(' | ')' | '"')
}
