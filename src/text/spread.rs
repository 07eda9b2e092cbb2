//! Justifying a line to the column: where it takes the columns that it is short of.
//!
//! In a grid of double-width cells a line falls short where it holds an odd number of Latin letters, or where the next word did not
//! fit. The columns go where print has a little space too: between Chinese and Latin letters or digits (中西文间距), then after marks.

use super::line_break::{begins_no_line, ends_no_line};

/// The places, in bytes of `line`, before which a column is to be left free so that the line becomes `spare` columns wider; none at
/// all where it has no room for as many.
#[must_use]
pub fn spread(line: &str, spare: usize) -> Vec<usize> {
    if spare == 0 {
        return Vec::new();
    }
    let (mut borders, mut marks) = (Vec::new(), Vec::new());
    for ((_, before), (at, after)) in line.char_indices().zip(line.char_indices().skip(1)) {
        if is_border(before, after) {
            borders.push(at);
        } else if is_mark(before) && !begins_no_line(after) && !ends_no_line(after) {
            marks.push(at);
        }
    }
    let rest = spare.saturating_sub(borders.len());
    if rest > marks.len() {
        return Vec::new();
    }
    let mut places = chosen(&borders, spare.min(borders.len()));
    places.extend(chosen(&marks, rest));
    places.sort_unstable();
    places
}

/// So many of the places, evenly.
fn chosen(places: &[usize], wanted: usize) -> Vec<usize> {
    (0..wanted).filter_map(|number| places.get((2 * number + 1) * places.len() / (2 * wanted)).copied()).collect()
}

/// Between scripts, and outside of quotation marks, which print sets with free room there.
const fn is_border(before: char, after: char) -> bool {
    (is_ideograph(before) && (is_latin(after) || after == '“')) || ((is_latin(before) || before == '”') && is_ideograph(after))
}

const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

const fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '%' | '+')
}

const fn is_mark(character: char) -> bool {
    matches!(character, '，' | '。' | '；' | '：' | '、' | '！' | '？' | '）' | '》')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaced(line: &str, spare: usize) -> String {
        let places = spread(line, spare);
        line.char_indices()
            .map(|(at, character)| if places.contains(&at) { format!(" {character}") } else { character.to_string() })
            .collect()
    }

    #[test]
    fn columns_go_between_scripts_first_and_then_after_marks() {
        assert_eq!(spaced("总额达4874亿元，居全国第14位", 0), "总额达4874亿元，居全国第14位");
        assert_eq!(spaced("总额达4874亿元，居全国第14位", 1), "总额达4874亿元，居全国第 14位");
        assert_eq!(spaced("总额达4874亿元，居全国第14位", 4), "总额达 4874 亿元，居全国第 14 位");
        assert_eq!(spaced("总额达4874亿元，居全国第14位", 5), "总额达 4874 亿元， 居全国第 14 位");
        assert_eq!(spaced("总额达4874亿元，居全国第14位", 6), "总额达4874亿元，居全国第14位");
        assert_eq!(spaced("称为“好”字，《𠮷》", 2), "称为 “好” 字，《𠮷》");
        assert_eq!(spaced("促进消费", 1), "促进消费");
    }
}
