//! 专栏: boxes that set projects and indicators off from the text of a plan.
//!
//! 专栏1 over its content; 任务专栏1, 重点专栏二, where a plan has several kinds; or the whole box run together on one line.

use super::line::{beginning, is_space};
use super::mark;
use crate::text::numeral;

/// The longest line that is all heading.
const LONGEST_HEADING: usize = 60;
/// Enough to see that a line is longer than any heading.
const WINDOW: usize = LONGEST_HEADING + 1;
/// 任务, 重点工程: what may stand before 专栏.
const LONGEST_PREFIX: usize = 4;

/// The number of a box and the length of its label, white space after it left out, where a text begins with one. Only the first
/// [`WINDOW`] characters are looked at: `boundary` asks at many places of one line.
pub(super) fn label(text: &str) -> Option<(u32, usize)> {
    if !text.chars().take(LONGEST_PREFIX + 1).any(|character| character == '专') {
        return None;
    }
    let text = beginning(text, WINDOW);
    let start = text.find("专栏")?;
    let prefix = text.get(..start)?;
    let rest = text.get(start..)?.strip_prefix("专栏")?.trim_start_matches(is_space);
    let numeral = numeral::leading(rest)?;
    let after = rest.get(numeral.len..)?;
    let apart = after.is_empty() || after.starts_with(is_space) || after.starts_with(['：', ':', '、', '.', '．']);
    let fits = prefix.is_empty() || (apart && prefix.chars().count() <= LONGEST_PREFIX && prefix.chars().all(is_han));
    let named = apart || (is_heading(text) && !mark::is_reference(after, false));
    (fits && named).then_some((numeral.value, text.len() - after.len()))
}

/// Whether the line of a box holds its heading and nothing else.
pub(super) fn is_heading(text: &str) -> bool {
    text.chars().take(LONGEST_HEADING + 1).count() <= LONGEST_HEADING && !text.contains('。')
}

fn is_han(character: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&character) && !matches!(character, '见' | '在' | '如' | '和' | '本' | '按')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_told_by_the_beginning_of_a_line_however_long_it_is() {
        for text in ["专栏", "专栏9　工程", "专项。", "任务专栏10　平台", "十四五规划专栏"] {
            let near = format!("{text}{}", "推进".repeat(WINDOW));
            let far = format!("{near}。专栏1 工程{}", "专。".repeat(WINDOW));
            assert_eq!(label(&near), label(&far), "{text}");
        }
    }

    #[test]
    fn boxes_are_told_from_references_to_them() {
        let labels = ["专栏1 工程", "专栏二：指标", "任务专栏10　平台", "专栏3推动治污", "见专栏1 的工程", "专栏1中的项目", "专栏"];
        let values = labels.map(|text| label(text).map(|(value, _)| value));
        assert_eq!(values, [Some(1), Some(2), Some(10), Some(3), None, None, None]);
    }
}
