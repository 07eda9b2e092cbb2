//! Sentences: the smallest stretch that an address can name (`4.3.4.s2`).
//!
//! Takes the text of a unit, gives the byte range of each sentence. A sentence ends at 。！？ (GB/T 15834-2011 §4.1–4.3: 句末点号)
//! together with the closing quotation marks and brackets that follow. ； does not end one: it parts clauses of a sentence.

use std::ops::Range;

/// The sentences of `text` in order, without the white space between them. What follows the last full stop is a sentence too.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if !ends_sentence(character) {
            continue;
        }
        let mut end = at + character.len_utf8();
        while let Some((at, closing)) = characters.next_if(|(_, next)| closes(*next) || ends_sentence(*next)) {
            end = at + closing.len_utf8();
        }
        // “坚持创新。”的要求: the quotation ends a sentence, the sentence around it goes on.
        if !characters.peek().is_some_and(|(_, next)| goes_on(*next)) {
            push_trimmed(&mut found, text, start..end);
            start = end;
        }
    }
    push_trimmed(&mut found, text, start..text.len());
    found
}

fn push_trimmed(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let Some(sentence) = text.get(range.clone()) else { return };
    let start = range.start + (sentence.len() - sentence.trim_start().len());
    let end = start + sentence.trim().len();
    if start < end {
        found.push(start..end);
    }
}

const fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '!' | '?' | '｡')
}

const fn closes(character: char) -> bool {
    matches!(character, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '〉' | '】')
}

const fn goes_on(character: char) -> bool {
    matches!(character, '，' | '、' | '；' | '：' | '的' | '等')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn a_sentence_ends_with_its_closing_marks() {
        assert_eq!(split("（一）优化环境。真抓实干！好吗？"), ["（一）优化环境。", "真抓实干！", "好吗？"]);
        assert_eq!(split("他说：“干得好。”大家同意。"), ["他说：“干得好。”", "大家同意。"]);
        assert_eq!(split("落实“坚持创新。”的要求。"), ["落实“坚持创新。”的要求。"]);
    }

    #[test]
    fn numbers_and_white_space_do_not_end_one() {
        assert_eq!(split(" 达到3.5万亿元；增长5%\n \n 以上 "), ["达到3.5万亿元；增长5%\n \n 以上"]);
        assert_eq!(split("𠮷。\n\n野。"), ["𠮷。", "野。"]);
        assert!(split(" \n").is_empty());
        assert!(split("").is_empty());
    }
}
