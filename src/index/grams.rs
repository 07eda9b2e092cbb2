//! Overlapping bigrams: the tokens by which any string of two characters or more is found.
//!
//! A folded text is read as its characters without white space; each pair of neighbours is one token, at the position of its first
//! character. tantivy's own n-gram tokenizer gives all tokens one position, so that phrases of them cannot be asked for. A string
//! is then looked up as a phrase of the fewest bigrams that cover it: those at 0, 2, 4 … and the last.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts folded text into overlapping bigrams with positions.
#[derive(Debug, Clone, Default)]
pub(super) struct GramTokenizer {
    token: Token,
}

/// The bigrams of one text.
pub(super) struct GramStream<'stream> {
    characters: std::str::CharIndices<'stream>,
    first: Option<(usize, char)>,
    position: usize,
    token: &'stream mut Token,
}

impl Tokenizer for GramTokenizer {
    type TokenStream<'stream> = GramStream<'stream>;

    fn token_stream<'stream>(&'stream mut self, text: &'stream str) -> GramStream<'stream> {
        let mut characters = text.char_indices();
        let first = next_visible(&mut characters);
        self.token.reset();
        GramStream { characters, first, position: 0, token: &mut self.token }
    }
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        let (Some((start, first)), Some((at, second))) = (self.first, next_visible(&mut self.characters)) else { return false };
        self.token.text.clear();
        self.token.text.extend([first, second]);
        self.token.offset_from = start;
        self.token.offset_to = at + second.len_utf8();
        self.token.position = self.position;
        self.position += 1;
        self.first = Some((at, second));
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn next_visible(characters: &mut std::str::CharIndices<'_>) -> Option<(usize, char)> {
    characters.find(|(_, character)| !character.is_whitespace())
}

/// The fewest bigrams that cover a folded string, each with its position in it; none for a string of fewer than two characters.
pub(super) fn covering(folded: &str) -> Vec<(usize, String)> {
    let characters: Vec<char> = folded.chars().filter(|character| !character.is_whitespace()).collect();
    let last = characters.len().saturating_sub(2);
    characters
        .windows(2)
        .enumerate()
        .filter(|(position, _)| position % 2 == 0 || *position == last)
        .map(|(position, pair)| (position, pair.iter().collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_overlapping_pairs_at_rising_positions() {
        let mut tokenizer = GramTokenizer::default();
        let mut stream = tokenizer.token_stream("易货 a𠮷\tb");
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        let expected = [(0, "易货"), (1, "货a"), (2, "a𠮷"), (3, "𠮷b")].map(|(position, text)| (position, text.to_owned()));
        assert_eq!(tokens, expected);
    }

    #[test]
    fn a_string_is_covered_by_the_fewest_pairs() {
        let positions = |text: &str| covering(text).into_iter().map(|(position, _)| position).collect::<Vec<_>>();
        assert_eq!(positions("易"), [0; 0]);
        assert_eq!(positions("易货"), [0]);
        assert_eq!(positions("易货贸"), [0, 1]);
        assert_eq!(positions("易货贸易"), [0, 2]);
        assert_eq!(positions("易货贸易制"), [0, 2, 3]);
        assert_eq!(covering("a b"), [(0, "ab".to_owned())]);
    }
}
