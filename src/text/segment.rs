//! Segmentation: where the words of a Chinese text begin and end.
//!
//! jieba with a dictionary of our own loading. Its 350,000 words take 100 ms and 32 MB to load, of which one plan needs some
//! thousands: [`Segmenter::for_texts`] collects the words that occur in the texts at hand from a compact map (an `fst`, embedded,
//! read in place) and gives jieba those, with one dummy word that keeps the total of the frequencies. It then cuts to the letter as
//! with the whole dictionary ([`Segmenter::full`], for bulk imports). New words are not guessed (no HMM): a bound within a word of
//! the dictionary is the only kind that counts as crossing one. Words of the user's own are added with the frequency that makes jieba
//! keep them whole, and it is taken from the dummy word, so that everything else is cut as without them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fst::Map;
use fst::raw::Output;
use jieba_rs::{Jieba, TokenizeMode};

/// Word → frequency of jieba's dictionary; made by `make_dictionary.rs`.
static DICTIONARY: &[u8] = include_bytes!("segment/dictionary.fst");

/// Changes with the dictionary; an index segmented with another is rebuilt.
pub const DICTIONARY_VERSION: u32 = 1;

/// The sum of all frequencies in the dictionary, which jieba's probabilities are relative to.
pub const TOTAL_FREQUENCY: u64 = 60_101_964;

/// A private-use character, so that the word that stands for the rest of the dictionary occurs in no text.
const REST_OF_DICTIONARY: &str = "\u{F8FF}\u{F8FF}";

/// What jieba is told of the part of speech of every word: it looks it up for each, and to look an empty one up takes a third of loading on
/// processors with masked loads, for which a comparison of no bytes at an address that is none is a case to stop at.
const TAG: Option<&str> = Some("x");

/// A word of the user's has at least this frequency; what the dictionary has for a rare word.
const LEAST_OF_A_USER_WORD: usize = 3;

thread_local! {
    /// What [`words_of`] has met so far in this thread.
    static MET: RefCell<Met> = RefCell::new(Met::new());
}

/// Cuts texts into words.
pub struct Segmenter {
    jieba: Jieba,
}

/// A segmenter that learns the words of every text that it is given.
struct Met {
    segmenter: Segmenter,
    words: BTreeSet<String>,
    /// The frequency of the words that it has not met.
    rest: u64,
}

impl std::fmt::Debug for Segmenter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Segmenter")
    }
}

impl Segmenter {
    /// A segmenter for these texts and no others: right for them, and made in the time that it takes to read them.
    #[must_use]
    pub fn for_texts<'text>(texts: impl IntoIterator<Item = &'text str>) -> Self {
        Self::for_texts_with_user_words(texts, &[])
    }

    /// The same with words of the user's own, folded as the texts are; each is cut as one word.
    #[must_use]
    pub fn for_texts_with_user_words<'text>(texts: impl IntoIterator<Item = &'text str>, user_words: &'text [String]) -> Self {
        let mut words = BTreeMap::new();
        if let Some(dictionary) = dictionary() {
            for text in texts {
                collect_words(&dictionary, text, &mut words);
            }
            for word in user_words {
                collect_words(&dictionary, word, &mut words);
            }
        }
        Self::with_words(&words, user_words)
    }

    /// A segmenter for any text, with the whole dictionary.
    #[must_use]
    pub fn full() -> Self {
        Self::full_with_user_words(&[])
    }

    /// The same with words of the user's own, folded as the texts are; each is cut as one word.
    #[must_use]
    pub fn full_with_user_words(user_words: &[String]) -> Self {
        let mut jieba = Jieba::empty();
        let mut rest = TOTAL_FREQUENCY;
        if let Some(dictionary) = dictionary() {
            let mut stream = dictionary.stream();
            while let Some((word, frequency)) = fst::Streamer::next(&mut stream) {
                if let Ok(word) = str::from_utf8(word) {
                    jieba.add_word(word, usize::try_from(frequency).ok(), TAG);
                    rest = rest.saturating_sub(frequency);
                }
            }
        }
        Self::with_rest(jieba, rest, user_words)
    }

    fn with_words(words: &BTreeMap<&str, u64>, user_words: &[String]) -> Self {
        let mut jieba = Jieba::empty();
        let mut rest = TOTAL_FREQUENCY;
        for (word, frequency) in words {
            jieba.add_word(word, usize::try_from(*frequency).ok(), TAG);
            rest = rest.saturating_sub(*frequency);
        }
        Self::with_rest(jieba, rest, user_words)
    }

    /// A segmenter with these words; `rest` is the frequency of the rest of the dictionary.
    fn with_rest(mut jieba: Jieba, mut rest: u64, user_words: &[String]) -> Self {
        jieba.add_word(REST_OF_DICTIONARY, usize::try_from(rest).ok(), TAG);
        let mut segmenter = Self { jieba };
        for word in user_words.iter().filter(|word| !word.is_empty()) {
            rest = segmenter.add_user_word(word, rest);
        }
        segmenter
    }

    /// Adds a word of the user's, and gives what is left of the frequency of the rest of the dictionary.
    ///
    /// jieba suggests a frequency at which the word is more probable than its parts, and no less than it has already.
    fn add_user_word(&mut self, word: &str, rest: u64) -> u64 {
        let suggested = self.jieba.suggest_freq(word).max(LEAST_OF_A_USER_WORD);
        let known = dictionary().and_then(|dictionary| dictionary.get(word)).unwrap_or_default();
        self.jieba.add_word(word, Some(suggested), TAG);
        let more = u64::try_from(suggested).unwrap_or(u64::MAX).saturating_sub(known);
        let rest = rest.saturating_sub(more);
        self.jieba.add_word(REST_OF_DICTIONARY, usize::try_from(rest).ok(), TAG);
        rest
    }

    /// The words of `text`, as byte ranges in order of their end: the words that it is cut into and, before each longer one, the
    /// shorter words inside it (jieba's search mode). White space and punctuation are words of their own.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Range<usize>> {
        self.jieba.tokenize(text, TokenizeMode::Search, false).into_iter().map(|token| token.byte_start..token.byte_end).collect()
    }

    /// The words that `text` is cut into, one after another, without the shorter ones inside them.
    #[must_use]
    pub fn pieces<'text>(&self, text: &'text str) -> Vec<&'text str> {
        self.jieba.cut(text, false).into_iter().map(|token| token.word).collect()
    }

    /// The words of `text` that tell what it is about: those of two characters or more, and runs of single characters between them
    /// put together (自|贸|试验区: 自贸 is a word that no dictionary has yet).
    #[must_use]
    pub fn content_words(&self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        let mut run = String::new();
        for word in self.jieba.cut(text, false) {
            let word = word.word;
            let is_single = word.chars().nth(1).is_none();
            if is_single && word.chars().all(char::is_alphanumeric) {
                run.push_str(word);
                continue;
            }
            for found in [std::mem::take(&mut run).as_str(), word] {
                if found.chars().nth(1).is_some() && found.chars().any(char::is_alphanumeric) {
                    words.push(found.to_owned());
                }
            }
        }
        if run.chars().nth(1).is_some() {
            words.push(run);
        }
        words
    }
}

impl Met {
    fn new() -> Self {
        let segmenter = Segmenter::with_rest(Jieba::empty(), TOTAL_FREQUENCY, &[]);
        Self { segmenter, words: BTreeSet::new(), rest: TOTAL_FREQUENCY }
    }

    fn learn(&mut self, text: &str) {
        let mut words = BTreeMap::new();
        if let Some(dictionary) = dictionary() {
            collect_words(&dictionary, text, &mut words);
        }
        words.retain(|word, _| !self.words.contains(*word));
        if words.is_empty() {
            return;
        }
        for (word, frequency) in words {
            self.segmenter.jieba.add_word(word, usize::try_from(frequency).ok(), TAG);
            self.rest = self.rest.saturating_sub(frequency);
            self.words.insert(word.to_owned());
        }
        self.segmenter.jieba.add_word(REST_OF_DICTIONARY, usize::try_from(self.rest).ok(), TAG);
    }
}

/// The words of a short text, the same as those of [`Segmenter::words`]: for many such texts that are not known together. The room
/// that jieba takes at its beginning is half a megabyte, which a segmenter for each of them would take anew.
#[must_use]
pub fn words_of(text: &str) -> Vec<Range<usize>> {
    MET.with_borrow_mut(|met| {
        met.learn(text);
        met.segmenter.words(text)
    })
}

fn dictionary() -> Option<Map<&'static [u8]>> {
    // The bytes are part of the program and checked by the tests: reading them cannot fail there and here differently.
    Map::new(DICTIONARY).ok()
}

/// All words of the dictionary that stand anywhere in `text`, overlapping or not.
fn collect_words<'text>(dictionary: &Map<&'static [u8]>, text: &'text str, words: &mut BTreeMap<&'text str, u64>) {
    let fst = dictionary.as_fst();
    for (start, _) in text.char_indices() {
        let mut node = fst.root();
        let mut output = Output::zero();
        for (length, byte) in text.bytes().skip(start).enumerate() {
            let Some(position) = node.find_input(byte) else { break };
            let transition = node.transition(position);
            output = output.cat(transition.out);
            node = fst.node(transition.addr);
            if node.is_final()
                && let Some(word) = text.get(start..=start + length)
            {
                words.insert(word, output.cat(node.final_output()).value());
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "ranges of words lie on character boundaries, which is what is tested")]
mod tests {
    use super::*;

    fn cut(segmenter: &Segmenter, text: &str) -> Vec<String> {
        segmenter.words(text).into_iter().map(|word| text[word].to_owned()).collect()
    }

    #[test]
    fn the_words_at_hand_cut_as_the_whole_dictionary_does() {
        let full = Segmenter::full();
        for text in
            ["探索推进易货贸易试点", "与境外贸易伙伴往来", "湘政办发(2021)57号", "3000亿元大关", "𠮷野家", "", "\t \n", "rcep协定"]
        {
            assert_eq!(cut(&Segmenter::for_texts([text]), text), cut(&full, text), "{text}");
        }
    }

    #[test]
    fn accidental_neighbours_are_no_word() {
        let text = "与境外贸易伙伴往来";
        assert_eq!(cut(&Segmenter::for_texts([text]), text), ["与", "境外", "贸易", "伙伴", "往来"]);
    }

    #[test]
    fn words_of_the_user_are_kept_whole_and_nothing_else_changes() {
        let plan = include_str!("../../corpus/湖南省“十四五”商务和开放型经济发展规划.txt");
        let words: Vec<String> = ["三高四新", "易货贸易", "贸易", "𠮷野家", "", "rcep协定"].map(str::to_owned).to_vec();
        let full = Segmenter::full_with_user_words(&words);
        for text in ["实施三高四新战略", "探索推进易货贸易试点", "在𠮷野家吃饭", "抢抓rcep协定机遇"]
        {
            let cuts = cut(&Segmenter::for_texts_with_user_words([text], &words), text);
            assert!(words.iter().any(|word| cuts.contains(word)), "{cuts:?}");
            assert_eq!(cuts, cut(&full, text));
        }
        let mut others = 0;
        for line in plan.lines().step_by(9).map(crate::text::fold::folded) {
            if words.iter().all(|word| word.is_empty() || !line.contains(word)) {
                others += 1;
                assert_eq!(
                    cut(&Segmenter::for_texts_with_user_words([line.as_str()], &words), &line),
                    cut(&Segmenter::for_texts([line.as_str()]), &line)
                );
            }
        }
        assert!(others > 30);
        // A word of the user's is no reason to cut through others: 境外|贸易, not 境|外贸|易.
        assert_eq!(cut(&Segmenter::for_texts_with_user_words(["境外贸易"], &["外贸".to_owned()]), "境外贸易"), ["境外", "贸易"]);
    }

    #[test]
    fn short_texts_one_after_another_are_cut_as_each_by_itself() {
        let plan = include_str!("../../corpus/湖南省“十四五”商务和开放型经济发展规划.txt");
        let full = Segmenter::full();
        let lines: Vec<String> = plan.lines().step_by(5).map(crate::text::fold::folded).collect();
        // Twice: what has been met already, and what had not been met when it was cut first.
        for text in lines.iter().chain(&lines).map(String::as_str).chain(["", "𠮷野家", "与境外贸易伙伴往来"]) {
            assert_eq!(words_of(text), full.words(text), "{text}");
        }
    }

    #[test]
    fn the_total_is_that_of_the_dictionary() {
        let dictionary = dictionary().unwrap();
        let mut stream = dictionary.stream();
        let mut total = 0;
        while let Some((_, frequency)) = fst::Streamer::next(&mut stream) {
            total += frequency;
        }
        assert_eq!(total, TOTAL_FREQUENCY);
    }
}
