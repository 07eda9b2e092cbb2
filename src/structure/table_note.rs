//! Notes under tables: 注：1.〔〕内为五年累计数。 ⏎ 2.…… ⏎ 3.……: their numbers head nothing.

use super::label;
use super::line::Line;
use super::rank::Rank;

/// For each line whether it goes on with the notes that a line before it began.
pub(super) fn continued(lines: &[Line<'_>]) -> Vec<bool> {
    let mut last = None;
    let continued = lines.iter().map(|line| {
        let number = label::read(line.text).filter(|label| label.rank == Rank::Arabic).map(|label| label.value);
        let goes_on = last.is_some_and(|last| number.is_some_and(|number| number > last));
        if begin(line.text).is_some() {
            last = Some(1);
        } else if goes_on {
            last = number;
        } else if !line.text.is_empty() {
            last = None;
        }
        goes_on
    });
    continued.collect()
}

/// Where the notes begin in a line: 注：1.
pub(super) fn begin(text: &str) -> Option<usize> {
    if !text.contains('注') {
        return None;
    }
    let numbered = |mark: &str| text.find(mark).filter(|at| text.get(at + mark.len()..).is_some_and(is_first));
    ["注：", "注:"].iter().find_map(|mark| numbered(mark))
}

fn is_first(rest: &str) -> bool {
    let label = label::read(rest.trim_start());
    label.is_some_and(|label| matches!(label.rank, Rank::Arabic | Rank::BracketedArabic | Rank::Circled) && label.value == 1)
}
