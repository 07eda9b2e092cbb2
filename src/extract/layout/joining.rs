//! Two lines → one text: what stands between the end of a line and the begin of the next.

use super::lines::{Line, is_latin};

/// Adds the text of the next line to that of the lines before it.
///
/// Chinese goes on without a space. Words are parted by one; a hyphen at the end of a line is kept, because nobody can tell an end-of-line
/// hyphen from one that belongs to the word. Digits go on: in Chinese print a number is torn wherever the line ends (20⏎25年).
pub(super) fn join(text: &mut String, next: &str) {
    let (before, after) = (text.chars().next_back(), next.chars().next());
    let parted = before.zip(after).is_some_and(|(before, after)| {
        let (word, digit) =
            (|character: char| is_latin(character) && character != '-', |character: char| character.is_ascii_digit());
        let opens = "([{/".contains(before) || ")]},.;:!?%/".contains(after);
        word(before)
            && word(after)
            && !(digit(before) && (digit(after) || after == '.'))
            && !(before == '.' && digit(after))
            && !opens
    });
    if parted {
        text.push(' ');
    }
    text.push_str(next);
}

/// The lines of a cell as its paragraphs, a line each.
///
/// A cell is narrow and its lines are centred or not: a paragraph ends where a sentence does and room is left.
pub(super) fn joined_lines(lines: &[Line]) -> String {
    let (left, right) = lines.iter().fold((f32::MAX, f32::MIN), |(left, right), line| (left.min(line.left), right.max(line.right)));
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let ended = before.is_some_and(|before| {
            let short = right - before.right > before.size * 1.5 && before.left - left < before.size * 0.5;
            short && before.text.ends_with(['。', '；', '：', '！', '？'])
        });
        if ended {
            text.push('\n');
            text.push_str(&line.text);
        } else {
            join(&mut text, &line.text);
        }
        before = Some(line);
    }
    text.trim().to_owned()
}
