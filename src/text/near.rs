//! The nearest words: what may have been meant where nothing was found.
//!
//! Takes the folded query and a vocabulary (word and frequency), gives strings a few slips away: a word for the whole query, or the query
//! with one stretch of it put right (易货贸意 → 易货贸易, though no dictionary has that word). A slip is a character more, less or
//! changed, or two that changed places (Damerau's distance in its restricted form). Exact, and the same in every run. Whether a string
//! occurs in the texts is for the caller to see; strings whose other parts are words come first, because they may.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The most characters of a query that are compared; a longer one is no slip of the finger.
const MOST_CHARACTERS: usize = 40;

/// So many characters of a word are compared; a longer one is near no query.
const MOST_WANTED: usize = MOST_CHARACTERS + 4;

/// The most words kept for one stretch of the query, the best first.
const MOST_FOR_A_STRETCH: usize = 50;

/// A string near the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The string.
    pub text: String,
    /// The slips between it and the query.
    pub slips: usize,
    /// The word of the vocabulary that was put in.
    pub word: String,
    /// What it was put in for; the whole query or a stretch of it.
    pub instead_of: String,
}

/// What the places of candidates are told by, the best smallest.
type Rank = (bool, usize, Reverse<usize>, Reverse<u64>);

/// A word near a stretch: slips, shared pairs, frequency, word; the best smallest.
type Entry = (usize, Reverse<usize>, Reverse<u64>, String);

/// A query, compared with the words of a vocabulary as they go by.
#[derive(Debug)]
pub struct Slips {
    characters: Vec<char>,
    /// The stretches that are words of two characters or more; nearly every character is a word.
    known: BTreeSet<(usize, usize)>,
    /// For each stretch the words near it, in order.
    near: BTreeMap<(usize, usize), Vec<Entry>>,
}

/// The slips that are forgiven in a stretch of so many characters.
const fn forgiven(length: usize) -> usize {
    match length {
        0 | 1 => 0,
        2..=4 => 1,
        5..=7 => 2,
        _ => 3,
    }
}

impl Slips {
    /// A folded query; none where it is a single character, or too long for a slip of the finger.
    #[must_use]
    pub fn of(query: &str) -> Option<Self> {
        let characters: Vec<char> = query.chars().collect();
        let is_compared = (2..=MOST_CHARACTERS).contains(&characters.len());
        is_compared.then_some(Self { characters, known: BTreeSet::new(), near: BTreeMap::new() })
    }

    /// Whether a word may make a difference to [`Slips::nearest`]: quick, so that a large vocabulary need not be held as a whole.
    #[must_use]
    pub fn may_lead_to(&self, word: &str) -> bool {
        let (mut length, mut shared) = (0, 0);
        for character in word.chars().take(MOST_WANTED) {
            length += 1;
            shared += usize::from(self.characters.contains(&character));
        }
        // A slip leaves all but one character, so that few words are worth a closer look.
        length > 1 && shared > 0 && shared + forgiven(length) >= length
    }

    /// The strings nearest to the query, at most so many: those whose other parts are words of the vocabulary, then by slips, then by
    /// the pairs of characters that they share with it, then the most frequent.
    #[must_use]
    pub fn nearest<'word>(mut self, vocabulary: impl IntoIterator<Item = (&'word str, u64)>, most: usize) -> Vec<Near> {
        for (word, frequency) in vocabulary {
            self.compare(word, frequency);
        }
        self.best(most)
    }

    fn compare(&mut self, word: &str, frequency: u64) {
        if !self.may_lead_to(word) {
            return;
        }
        let wanted: Vec<char> = word.chars().take(MOST_WANTED).collect();
        let places = self.characters.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted);
        self.known.extend(places.map(|(at, _)| (at, at + wanted.len())));
        if self.is_cut_by(&wanted) {
            return;
        }
        for (start, end) in self.stretches(wanted.len()) {
            let Some(stretch) = self.characters.get(start..end) else { continue };
            let most = forgiven(wanted.len().max(stretch.len()));
            let slips = distance(stretch, &wanted);
            if slips == 0 || slips > most {
                continue;
            }
            let entry = (slips, Reverse(shared_pairs(stretch, &wanted)), Reverse(frequency), word.to_owned());
            let near = self.near.entry((start, end)).or_default();
            let at = near.partition_point(|other| *other < entry);
            if at < MOST_FOR_A_STRETCH {
                near.insert(at, entry);
                near.truncate(MOST_FOR_A_STRETCH);
            }
        }
    }

    /// Latin words are compared as wholes: a letter put right in the midst of another word is nonsense.
    fn is_cut_by(&self, wanted: &[char]) -> bool {
        wanted.iter().all(char::is_ascii_alphanumeric) && !self.characters.iter().all(char::is_ascii_alphanumeric)
    }

    /// The stretches that a word of this length is compared with: the whole query and, of the others, those of about its length.
    fn stretches(&self, wanted: usize) -> Vec<(usize, usize)> {
        let whole = self.characters.len();
        let slips = forgiven(wanted);
        let mut stretches = Vec::new();
        if whole.abs_diff(wanted) <= forgiven(whole.max(wanted)) {
            stretches.push((0, whole));
        }
        if self.characters.iter().all(char::is_ascii_alphanumeric) {
            return stretches;
        }
        for length in wanted.saturating_sub(slips).max(1)..=(wanted + slips).min(whole - 1) {
            stretches.extend((0..=whole - length).map(|start| (start, start + length)));
        }
        stretches
    }

    fn best(self, most: usize) -> Vec<Near> {
        let whole = self.characters.len();
        let (before, after) = (self.covered_before(), self.covered_after());
        let mut ranked: Vec<(Rank, Near)> = Vec::new();
        for ((start, end), words) in &self.near {
            let rest_known = before.get(*start) == Some(&true) && after.get(*end) == Some(&true);
            for (slips, _, frequency, word) in words {
                let text: Vec<char> = self.part(0, *start).chain(word.chars()).chain(self.part(*end, whole)).collect();
                let rank = (!rest_known, *slips, Reverse(shared_pairs(&self.characters, &text)), *frequency);
                let instead_of = self.part(*start, *end).collect();
                ranked.push((rank, Near { text: text.into_iter().collect(), slips: *slips, word: word.clone(), instead_of }));
            }
        }
        ranked.sort_by(|left, right| (left.0, &left.1.text, &left.1.word).cmp(&(right.0, &right.1.text, &right.1.word)));
        let mut seen = BTreeSet::new();
        let distinct = ranked.into_iter().map(|(_, near)| near).filter(|near| seen.insert(near.text.clone()));
        distinct.take(most).collect()
    }

    fn part(&self, start: usize, end: usize) -> impl Iterator<Item = char> {
        self.characters.get(start..end).unwrap_or_default().iter().copied()
    }

    /// For each place, whether the query before it is made of words.
    fn covered_before(&self) -> Vec<bool> {
        let mut covered = vec![false; self.characters.len() + 1];
        if let Some(first) = covered.first_mut() {
            *first = true;
        }
        for end in 1..covered.len() {
            let reached = self.known.iter().any(|(start, word_end)| *word_end == end && covered.get(*start) == Some(&true));
            if let Some(covered) = covered.get_mut(end) {
                *covered = reached;
            }
        }
        covered
    }

    /// For each place, whether the query after it is made of words.
    fn covered_after(&self) -> Vec<bool> {
        let mut covered = vec![false; self.characters.len() + 1];
        if let Some(last) = covered.last_mut() {
            *last = true;
        }
        for start in (0..self.characters.len()).rev() {
            let reached = self.known.iter().any(|(word_start, end)| *word_start == start && covered.get(*end) == Some(&true));
            if let Some(covered) = covered.get_mut(start) {
                *covered = reached;
            }
        }
        covered
    }
}

/// The slips between two strings of characters: the optimal string alignment distance.
#[must_use]
pub fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
    for (row, one) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let changed = at(&last, column) + usize::from(one != other);
            let mut least = changed.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = row > 0 && column > 0 && left.get(row - 1) == Some(other) && right.get(column - 1) == Some(one);
            if swapped {
                least = least.min(at(&before_last, column - 1) + 1);
            }
            current.push(least);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(left.len())
}

/// How many pairs of neighbours of one string are neighbours in the other, and how many single characters it has; pairs count twice.
fn shared_pairs(left: &[char], right: &[char]) -> usize {
    let pairs = left.windows(2).filter(|pair| right.windows(2).any(|other| other == *pair)).count();
    let single = left.iter().filter(|character| right.contains(character)).count();
    2 * pairs + single
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nearest<'word>(query: &str, vocabulary: impl IntoIterator<Item = (&'word str, u64)>, most: usize) -> Vec<Near> {
        Slips::of(query).map(|slips| slips.nearest(vocabulary, most)).unwrap_or_default()
    }

    const VOCABULARY: [(&str, u64); 14] = [
        ("贸易", 90),
        ("易货", 3),
        ("生意", 40),
        ("意见", 70),
        ("贸", 1),
        ("一带一路", 12),
        ("区域", 30),
        ("经济", 80),
        ("高质量", 50),
        ("高质量发展", 45),
        ("发展", 99),
        ("rcep", 9),
        ("𠮷野家", 2),
        ("伙伴关系", 6),
    ];

    fn found(query: &str) -> Vec<String> {
        nearest(query, VOCABULARY, 3).into_iter().map(|near| near.text).collect()
    }

    #[test]
    fn a_stretch_of_the_query_is_put_right_where_the_rest_is_words() {
        let near = nearest("易货贸意", VOCABULARY, 10);
        let first = near.first().unwrap();
        let expected = Near { text: "易货贸易".into(), slips: 1, word: "贸易".into(), instead_of: "贸意".into() };
        assert_eq!(*first, expected);
        // 生意 for 贸意 is as near, and rarer.
        assert!(near.iter().any(|near| near.text == "易货生意"));
        assert_eq!(found("区域经记").first().map(String::as_str), Some("区域经济"));
    }

    #[test]
    fn characters_more_less_changed_or_swapped_are_slips() {
        for typed in ["一带路", "一带一一路", "一代一路", "一一带路", "带一路"] {
            assert_eq!(found(typed).first().map(String::as_str), Some("一带一路"), "{typed}");
        }
        assert_eq!(found("易货贸贸易").first().map(String::as_str), Some("易货贸易"));
        assert_eq!(found("高质发展量").first().map(String::as_str), Some("高质量发展"));
        assert_eq!(found("recp").first().map(String::as_str), Some("rcep"));
        assert_eq!(found("𠮷野加").first().map(String::as_str), Some("𠮷野家"));
    }

    #[test]
    fn what_is_far_from_every_word_has_no_neighbour() {
        assert_eq!(found("量子纠缠"), [""; 0]);
        assert_eq!(found("贸"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
        assert_eq!(found("policy"), [""; 0]);
        assert_eq!(found(&"贸意".repeat(21)), [""; 0]);
    }

    #[test]
    fn a_query_of_words_is_not_offered_itself() {
        assert!(!found("易货贸易").contains(&"易货贸易".to_owned()));
    }

    #[test]
    fn distances_are_those_of_the_definition() {
        for (left, right, expected) in
            [("", "", 0), ("", "贸易", 2), ("贸易", "易贸", 1), ("易货贸易", "贸易", 2), ("ca", "abc", 3)]
        {
            let (left, right): (Vec<_>, Vec<_>) = (left.chars().collect(), right.chars().collect());
            assert_eq!(distance(&left, &right), expected);
            assert_eq!(distance(&right, &left), expected);
        }
    }

    proptest! {
        #[test]
        fn any_query_is_answered_and_always_alike(query in "[贸易货意经济a-c𠮷]{0,12}") {
            let near = nearest(&query, VOCABULARY, 8);
            prop_assert_eq!(&near, &nearest(&query, VOCABULARY.into_iter().rev(), 8));
            prop_assert!(near.iter().all(|near| near.text != query));
        }
    }
}
