//! The compact dictionary against jieba's own: same words, same cuts.

#![expect(clippy::string_slice, reason = "ranges of words lie on character boundaries, which is what is tested")]

use celan::text::segment::Segmenter;
use jieba_rs::{Jieba, TokenizeMode};
use proptest::prelude::*;

const PLAN: &str = include_str!("../corpus/湖南省“十四五”商务和开放型经济发展规划.txt");

fn cut_by_jieba<'text>(jieba: &Jieba, text: &'text str) -> Vec<&'text str> {
    jieba.tokenize(text, TokenizeMode::Search, false).into_iter().map(|token| token.word).collect()
}

fn cut<'text>(segmenter: &Segmenter, text: &'text str) -> Vec<&'text str> {
    segmenter.words(text).into_iter().map(|word| &text[word]).collect()
}

#[test]
fn a_whole_plan_and_each_of_its_lines_are_cut_as_by_jieba() {
    let jieba = Jieba::new();
    assert_eq!(cut(&Segmenter::for_texts([PLAN]), PLAN), cut_by_jieba(&jieba, PLAN));
    for line in PLAN.lines() {
        assert_eq!(cut(&Segmenter::for_texts([line]), line), cut_by_jieba(&jieba, line));
    }
}

#[test]
fn any_shuffle_of_the_plans_characters_is_cut_as_by_jieba() {
    let jieba = Jieba::new();
    let full = Segmenter::full();
    let characters: Vec<char> = PLAN.chars().filter(|character| !character.is_whitespace()).collect();
    let strings = prop::collection::vec(0..characters.len(), 1..40)
        .prop_map(|places| places.into_iter().map(|place| characters[place]).collect::<String>());
    proptest!(|(text in strings)| {
        let expected = cut_by_jieba(&jieba, &text);
        prop_assert_eq!(cut(&Segmenter::for_texts([text.as_str()]), &text), expected.clone());
        prop_assert_eq!(cut(&full, &text), expected);
    });
}
