//! Overlapping bigrams: the tokens by which any string of two characters or more is found.
//!
//! A folded text is read as its characters without white space; each pair of neighbours is one token, and the last character makes
//! one with a line break, so that the units that hold a single character are those of all the tokens that begin with it. Tokens have
//! no positions: what holds all the pairs of a string is only proposed, and verified against the text.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts folded text into overlapping bigrams.
#[derive(Debug, Clone, Default)]
pub(super) struct GramTokenizer {
    token: Token,
}

/// The bigrams of one text.
pub(super) struct GramStream<'stream> {
    characters: std::str::Chars<'stream>,
    first: Option<char>,
    token: &'stream mut Token,
}

impl Tokenizer for GramTokenizer {
    type TokenStream<'stream> = GramStream<'stream>;

    fn token_stream<'stream>(&'stream mut self, text: &'stream str) -> GramStream<'stream> {
        let mut characters = text.chars();
        let first = next_visible(&mut characters);
        self.token.reset();
        // Positions are not indexed; without this they would begin at the largest number there is.
        self.token.position = 0;
        GramStream { characters, first, token: &mut self.token }
    }
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(first) = self.first else { return false };
        self.first = next_visible(&mut self.characters);
        self.token.text.clear();
        self.token.text.extend([first, self.first.unwrap_or(END)]);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// What the last character of a text makes a pair with; no folded text contains it.
const END: char = '\n';

fn next_visible(characters: &mut std::str::Chars<'_>) -> Option<char> {
    characters.find(|character| !character.is_whitespace())
}

/// How the units that may hold a folded string are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// Those that hold all of these pairs.
    Pairs(Vec<String>),
    /// Those that hold any token that begins with this character.
    Character(char),
}

/// How to look a folded string up; none where nothing in it is visible.
pub(super) fn lookup(folded: &str) -> Option<Lookup> {
    let characters: Vec<char> = folded.chars().filter(|character| !character.is_whitespace()).collect();
    match characters.as_slice() {
        [] => None,
        [only] => Some(Lookup::Character(*only)),
        several => {
            let mut pairs: Vec<String> = several.windows(2).map(|pair| pair.iter().collect()).collect();
            pairs.sort_unstable();
            pairs.dedup();
            Some(Lookup::Pairs(pairs))
        }
    }
}

/// Cuts the words of a unit, each closed by a line break, apart again.
#[derive(Debug, Clone, Default)]
pub(super) struct LineTokenizer {
    token: Token,
}

/// The words of one text.
pub(super) struct LineStream<'stream> {
    rest: &'stream str,
    token: &'stream mut Token,
}

impl Tokenizer for LineTokenizer {
    type TokenStream<'stream> = LineStream<'stream>;

    fn token_stream<'stream>(&'stream mut self, text: &'stream str) -> LineStream<'stream> {
        self.token.reset();
        // Positions are not indexed; without this they would begin at the largest number there is.
        self.token.position = 0;
        LineStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((word, rest)) = self.rest.split_once('\n') else { return false };
        self.rest = rest;
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(tokenizer: &mut impl Tokenizer, text: &str) -> Vec<String> {
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push(stream.token().text.clone());
        }
        tokens
    }

    #[test]
    fn a_text_is_cut_into_overlapping_pairs() {
        assert_eq!(tokens(&mut GramTokenizer::default(), "易货 a𠮷\tb"), ["易货", "货a", "a𠮷", "𠮷b", "b\n"]);
        assert_eq!(tokens(&mut GramTokenizer::default(), "易"), ["易\n"]);
        assert!(tokens(&mut GramTokenizer::default(), " ").is_empty());
    }

    #[test]
    fn words_are_cut_at_line_breaks() {
        assert_eq!(tokens(&mut LineTokenizer::default(), "易货\n贸易\n"), ["易货", "贸易"]);
        assert!(tokens(&mut LineTokenizer::default(), "").is_empty());
    }

    #[test]
    fn a_string_is_looked_up_by_its_pairs() {
        let pairs = |pairs: &[&str]| Some(Lookup::Pairs(pairs.iter().map(ToString::to_string).collect()));
        assert_eq!(lookup(" "), None);
        assert_eq!(lookup("易"), Some(Lookup::Character('易')));
        assert_eq!(lookup("a b"), pairs(&["ab"]));
        assert_eq!(lookup("对对对"), pairs(&["对对"]));
        assert_eq!(lookup("cba"), pairs(&["ba", "cb"]));
    }
}
