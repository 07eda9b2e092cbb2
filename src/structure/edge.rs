//! Edges of run-on lines: a head (title, 文号, addressee) or a closing (signature, date) that runs into the text beside it.
//!
//! ……的决定国发〔2005〕39号各省、自治区、直辖市人民政府：为……, ……认真贯彻执行。国务院办公厅2020年11月1日（此件公开发布）.
//! Takes a line, gives the places where its parts begin, by the order of parts in GB/T 9704-2012 §7.2–7.3. Linear.

use super::head;
use super::line::{beginning, compact, is_space};
use crate::text::numeral;

/// The longest 机关代字 (济工信装备字), and the longest closing.
const LONGEST_AGENCY: usize = 8;
const LONGEST_CLOSING: usize = 80;
const SHORTEST_TITLE: usize = 6;
/// A shorter one before 根据《 is the subject of a sentence (本规划根据《……》编制).
const SHORTEST_GLUED_TITLE: usize = 15;
/// A head is looked for in so many characters.
const LONGEST_HEAD: usize = 300;

/// Where the parts of a head begin that runs on, the first left out.
pub(super) fn head(text: &str) -> Vec<usize> {
    let head = beginning(text, LONGEST_HEAD);
    let mut found = Vec::new();
    let mut at = 0;
    // Few lines have what these look for, and a single character is looked for sooner.
    let (has_title, has_number) = (head.contains('《'), head.contains('号'));
    found.extend(has_number.then(|| order(head)).flatten());
    found.extend(has_title.then(|| glued_title(head)).flatten());
    if let Some((agency, after)) = has_number.then(|| number(head)).flatten() {
        found.extend([agency, after]);
        at = after;
    }
    found.extend(body(head, at));
    found.into_iter().filter_map(|at| visible(text, at)).collect()
}

/// The first visible character from here on.
fn visible(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.trim_start_matches(is_space);
    (!rest.is_empty()).then_some(text.len() - rest.len())
}

/// 第 559 号　　《条例》已经……: where the text begins after the number of an order.
fn order(text: &str) -> Option<usize> {
    let (number, after) = text.split_once('号')?;
    let serial = compact(number.strip_prefix('第')?);
    let numbered = numeral::value(&serial).is_some() && after.starts_with(is_space);
    numbered.then_some(text.len() - after.len())
}

/// 中华人民共和国……规划纲要根据《……的建议》编制，……: where the text begins after a title that nothing ends.
fn glued_title(text: &str) -> Option<usize> {
    let (title, basis) = text.split_once("根据《")?;
    let plain = !title.contains(['，', '、', '《', '》']) && basis.contains('》');
    let whole = plain && title.chars().count() >= SHORTEST_GLUED_TITLE && is_title(title);
    whole.then_some(title.len())
}

/// Where a 文号 begins and ends that follows a title directly.
fn number(text: &str) -> Option<(usize, usize)> {
    let (before, after) = text.split_once(['〔', '﹝', '［', '['])?;
    let end = text.len() - after.len() + after.find('号')? + '号'.len_utf8();
    let agencies = before.char_indices().rev().take(LONGEST_AGENCY).skip(1).map(|(at, _)| at);
    let mut starts = agencies.filter(|at| before.get(..*at).is_some_and(is_title));
    let start = starts.next()?;
    text.get(start..end).and_then(head::document_number).map(|_| (start, end))
}

/// 《……的解释》（法 before 释〔2000〕8号 is no title.
fn is_title(text: &str) -> bool {
    let open = text.rsplit_once('（').is_some_and(|(_, inside)| !inside.contains('）'));
    text.chars().count() >= SHORTEST_TITLE && !open && head::title_like(text) && head::ends_title(text)
}

/// Where the text begins that follows an addressee directly.
fn body(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let end = rest.find('：')? + '：'.len_utf8();
    let addressee = head::addressee(rest.get(..end)?.trim_start_matches(is_space))?;
    // 各级政府要抓紧做好工作：…… is a sentence.
    let plain = addressee.starts_with('各') && addressee.contains(['、', '，']) && !addressee.contains('要');
    (plain && rest.get(end..)?.contains('。')).then_some(from + end)
}

/// Where the parts of a closing begin that follows the last sentence of a line directly.
pub(super) fn closing(text: &str) -> Vec<usize> {
    let Some((sentences, tail)) = text.rsplit_once('。') else { return Vec::new() };
    let start = text.len() - tail.len();
    if tail.len() > LONGEST_CLOSING * 3 || sentences.is_empty() || !tail.contains('日') {
        return Vec::new();
    }
    let note = tail.find(['（', '(']).filter(|at| tail.get(*at..).is_some_and(head::note)).unwrap_or(tail.len());
    let signed = tail.get(..note).unwrap_or_default();
    let date = signed
        .char_indices()
        .filter(|(_, first)| numeral::begins(*first))
        .map(|(at, _)| at)
        .find(|at| signed.get(*at..).is_some_and(|rest| head::date_line(rest).is_some()));
    let Some(date) = date else { return Vec::new() };
    let name = signed.get(..date).unwrap_or_default();
    if !name.chars().all(|character| is_space(character) || character.is_alphabetic()) {
        return Vec::new();
    }
    let parts = [Some(start), Some(start + date).filter(|_| !name.trim().is_empty()), Some(start + note)];
    parts.into_iter().flatten().filter_map(|at| visible(text, at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, places: &[usize]) -> Vec<String> {
        let ends = places.iter().copied().chain([text.len()]);
        std::iter::once(0)
            .chain(places.iter().copied())
            .zip(ends)
            .filter_map(|(at, end)| text.get(at..end))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_parts_of_a_head_are_told_apart() {
        let text = "某市人民政府关于加强保护的决定某政发〔2005〕39号各县人民政府，市直各单位：为加强保护，决定如下。";
        let parts =
            ["某市人民政府关于加强保护的决定", "某政发〔2005〕39号", "各县人民政府，市直各单位：", "为加强保护，决定如下。"];
        assert_eq!(cut(text, &head(text)), parts);
        for text in ["根据国发〔2005〕39号文件的要求，各县：办理。", "各县、各部门要做好工作：一是宣传。", "某市关于保护的决定"]
        {
            assert!(head(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_parts_of_a_closing_are_told_apart() {
        let text = "请认真执行。某市人民政府办公室2020年11月1日（此件公开发布）";
        assert_eq!(cut(text, &closing(text)), ["请认真执行。", "某市人民政府办公室", "2020年11月1日", "（此件公开发布）"]);
        for text in ["请认真执行。", "办法自公布之日起施行。有效期至2020年11月1日止", "2020年11月1日"] {
            assert!(closing(text).is_empty(), "{text}");
        }
    }
}
